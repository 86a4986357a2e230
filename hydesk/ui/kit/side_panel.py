"""The one panel at the right of a page: a heading, a scrolled body or a form, and buttons pinned below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from hydesk.ui import icons, tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.escape import on_escape
from hydesk.ui.kit.form import PanelForm
from hydesk.ui.kit.tab_order import tab_as_laid_out


def headed(panel: QWidget, heading: QWidget, desk: Desk, close: Callable[[], object]) -> QVBoxLayout:
    """The layout of a panel at the right, begun with its heading and the ✕ that closes it."""
    cross = QToolButton()
    cross.setObjectName("flat")
    icons.put(cross, "close", desk.theme, 14)
    cross.setToolTip("关闭（Esc）")
    cross.setAccessibleName("关闭详情")
    cross.clicked.connect(lambda _on=False: close())
    head = QHBoxLayout()
    head.addWidget(heading, 1)
    head.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
    return in_column(head, on=panel, gap=6, margins=(16, 12, 8, 8))


def scrolled(body: QWidget | None = None) -> QScrollArea:
    """What scrolls in a panel: up and down only, ``body`` as wide as it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if body is not None:
        area.setWidget(body)
    return area


def pinned_below(page: QWidget, body: QWidget, acts: Sequence[QWidget | None]) -> None:
    """Lay ``page`` of a panel out: ``body`` scrolls, ``acts`` stand still below it in a row; None takes the room between."""
    row = QHBoxLayout()
    row.setContentsMargins(12, 6, 12, 8)
    for one in acts:
        row.addWidget(one) if one is not None else row.addStretch(1)
    in_column((scrolled(body), 1), row, on=page, gap=0, margins=0)


class SidePanel(QFrame):
    """A scrolled body under a heading with buttons pinned below; Esc or ✕ closes it, a form in it first."""

    closed = Signal()

    def __init__(self, desk: Desk, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("panel")
        self.setFixedWidth(tokens.PANEL_WIDTH)
        self.setAccessibleName(name)
        self.form: PanelForm | None = None
        self.pinned: list[QWidget] = []
        """The buttons below, in order."""
        self.heading = label("", "heading", wrap=True)
        self.heading.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = QWidget()
        self._bar = QGridLayout(self.bar)
        self._bar.setContentsMargins(0, 6, 8, 4)
        self._bar.setSpacing(6)
        self.bar.hide()
        self.area = scrolled()
        layout = headed(self, self.heading, desk, self.close_body)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.bar)
        on_escape(self, self.close_body)

    def close_body(self) -> None:
        """Put the panel away."""
        self.form = None
        self.hide()
        self.closed.emit()

    def show_form(self, form: PanelForm) -> None:
        """Let ``form`` be filled in; one that would write is not opened where nothing can be written."""
        if form.WRITES and self._desk.refuses():
            form.deleteLater()
            return
        self.form = form
        form.left.connect(self.close_body)
        self.heading.setText("")
        self.pin((form.buttons,))
        self.area.setWidget(form)
        self.show()
        tab_as_laid_out(self)

    def pin(self, buttons: Sequence[QWidget]) -> None:
        """Let ``buttons`` stand below, three in a row, in place of those there are."""
        while (item := self._bar.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.pinned = list(buttons)
        for i, one in enumerate(buttons):
            self._bar.addWidget(one, i // 3, i % 3, 1, 3 if len(self.pinned) == 1 else 1)
        self.bar.setVisible(bool(buttons))

    def show_body(self, heading: str, body: QWidget) -> None:
        """Show words in place of what is there."""
        self.form = None
        self.heading.setText(heading)
        self.area.setWidget(body)
        self.show()


def lines_body(lines: Sequence[tuple[str, str]], more: Sequence[QWidget] = (), first: Sequence[QWidget] = ()) -> QWidget:
    """Names in quiet above their words, for a panel; ``first`` stands above them, ``more`` below."""
    body = QWidget()
    layout = in_column(*first, on=body, gap=2, margins=(0, 0, 8, 4))
    for name, words in lines:
        layout.addWidget(label(name, "small"))
        said = label(words or "—", "", wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(said)
        layout.addSpacing(4)
    for one in more:
        layout.addWidget(one)
    layout.addStretch(1)
    return body
