"""Last period | as sent | the ledger | what would be written, in four boxes; for several findings of one cause a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from hydesk.dataclass import dataclass
from hydesk.domain.findings import Finding
from hydesk.ui import style, tokens
from hydesk.ui.kit.basic import label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.elided import ElidedLabel
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.pending_look import paint_pending, pending_font
from hydesk.ui.screens.returns.sides import Side, Sides
from hydesk.ui.style import Theme


class _Box(QFrame):
    """One side; a figure that can be traced answers a click."""

    traced = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self.pending = theme, False
        self._side: Side | None = None
        self.head, self.below = ElidedLabel("quiet"), ElidedLabel("small")
        self.figure = label("")
        in_column(self.head, self.figure, self.below, on=self, gap=2, margins=(14, 8, 10, 8))

    def say(self, side: Side, *, pending: bool, wrong: bool) -> None:
        """Show ``side``; ``wrong`` is the one in question."""
        self._side = side
        self.pending = pending
        self.head.say(side.head)
        self.below.say(side.below)
        font = style.figures(tokens.BODY_PT + (3 if len(side.figure) <= 16 else 1), bold=True)
        self.figure.setFont(pending_font(font) if pending else font)
        self.figure.setText(side.figure)
        p = self._theme.palette
        self.figure.setStyleSheet(f"color: {p.accent if pending else p.serious if wrong else p.text}")
        self.setAccessibleName(f"{side.head} {side.figure} {side.below}")
        self.setCursor(Qt.CursorShape.PointingHandCursor if side.field is not None else Qt.CursorShape.ArrowCursor)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.pending:
            painter = QPainter(self)
            paint_pending(painter, self.rect().adjusted(3, 3, -3, -3), self._theme.palette)
            painter.end()
        super().paintEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._side is not None and self._side.field is not None:
            self.traced.emit(self._side)
        super().mouseReleaseEvent(event)


class FourSides(QFrame):
    """The four boxes of one finding."""

    traced = Signal(object)
    """The Side whose figure one wants to trace."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName("这个数的四面")
        self.boxes = [_Box(theme) for _ in range(4)]
        self._sides: Sides | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        for i, box in enumerate(self.boxes):
            if i:
                line = QFrame()
                line.setFixedWidth(1)
                line.setStyleSheet(f"background: {theme.palette.line}")
                layout.addWidget(line)
            layout.addWidget(box, 1)
            box.traced.connect(self.traced)

    def show_sides(self, sides: Sides | None) -> None:
        """Show the sides there are."""
        self._sides = sides
        self.setVisible(sides is not None)
        if sides is not None:
            for box, side in zip(self.boxes, (sides.last, sides.sent, sides.ledger, sides.written), strict=True):
                box.say(side, pending=sides.pending and side is sides.written, wrong=side is sides.sent)

    def traceable(self) -> Side | None:
        """The first figure that can be traced."""
        sides = self._sides
        found = (sides.last, sides.ledger) if sides is not None else ()
        return next((s for s in found if s.field is not None), None)


@dataclass(slots=True)
class Member:
    """One finding of several; ``ticked``: the answer is meant for it too."""

    finding: Finding
    name: str
    place: str
    sides: Sides | None
    said: str
    ticked: bool


_FIGURES = range(3, 7)
"""The columns of figures."""


class MemberTable(Listing[Member]):
    """Several findings of one cause: the space bar or a click on the box leaves one out of the answer."""

    shown_one = Signal(object)
    ticks_changed = Signal()
    entered_on = Signal()

    def __init__(self, theme: Theme) -> None:
        p = theme.palette
        self._theme = theme
        super().__init__([
            ListColumn("答复", lambda m: "☑" if m.ticked else "☐", 44, color=lambda m: QColor(p.accent if m.ticked else p.quiet)),
            ListColumn("位置", lambda m: m.place, 64, color=lambda _m: QColor(p.quiet)),
            ListColumn("项目", lambda m: m.name, 0, tip=lambda m: m.finding.message),
            ListColumn("上期 / 台账", lambda m: m.sides.last.figure if m.sides else "—", 104, right=True),
            ListColumn("来表", lambda m: m.sides.sent.figure if m.sides else "—", 104, right=True, bold=lambda _m: True),
            ListColumn("相差", lambda m: m.sides.gap if m.sides else "", 104, right=True, color=lambda _m: QColor(p.quiet)),
            ListColumn("将入库", lambda m: m.sides.written.figure if m.sides else "", 100, right=True,
                       color=lambda m: QColor(p.accent) if m.sides and m.sides.pending else QColor(p.quiet)),
            ListColumn("答过", lambda m: m.said, 78, color=lambda _m: QColor(p.quiet)),
        ], theme, "同一个原因的各处")
        self.selectionModel().currentRowChanged.connect(lambda at, _old: self.shown_one.emit(self.list.items[at.row()]) if at.isValid() else None)
        self.clicked.connect(lambda at: self.flip(at.row()) if at.column() == 0 else None)

    def show_members(self, members: Sequence[Member]) -> None:
        """Show ``members``; nothing for none."""
        self.list.show_items(list(members))
        self.setVisible(bool(members))
        for column in _FIGURES:  # of totals and the like the sentence tells it all
            self.setColumnHidden(column, not any(m.sides for m in members))
        if members:
            self.selectionModel().blockSignals(True)
            self.selectRow(0)
            self.selectionModel().blockSignals(False)
        rows = min(len(members), 8)
        self.setFixedHeight(tokens.HEAD_HEIGHT + rows * tokens.ROW_HEIGHT + 2)

    def ticked(self) -> list[Finding]:
        """Those the answer is meant for."""
        return [m.finding for m in self.list.items if m.ticked]

    def flip(self, row: int) -> None:
        """Leave one out of the answer, or take it in again."""
        if 0 <= row < len(self.list.items):
            self.list.items[row].ticked = not self.list.items[row].ticked
            self.list.refresh_all()
            self.ticks_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Space and plain:
            self.flip(self.currentIndex().row())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if not event.isAutoRepeat():
                self.entered_on.emit()
        else:
            super().keyPressEvent(event)


def spacer(height: int) -> QWidget:
    """A gap of ``height`` points."""
    made = QWidget()
    made.setFixedHeight(tokens.wide(height))
    return made
