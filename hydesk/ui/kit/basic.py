"""Small shared widgets: cards, labels, empty states, menu chips."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QFrame,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from hydesk.ui.kit.tab_order import tab_as_laid_out
from hydesk.ui.plain import plain_text


def label(text: str = "", kind: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """A label of a kind the style sheet knows: title, quiet, heading, small, error."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if kind:
        made.setObjectName(kind)
    made.setWordWrap(wrap)
    return made


def button(text: str, pressed: Callable[[], object], *, kind: str = "", tip: str = "") -> QPushButton:
    """A button that calls ``pressed``; ``kind`` primary or link."""
    made = QPushButton(text)
    if kind:
        made.setObjectName(kind)
    if kind in ("link", "row", "quiet_row", "aside"):
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    if tip:
        made.setToolTip(plain_text(tip))
    made.setAutoDefault(False)
    made.clicked.connect(lambda _=False: pressed())
    return made


def inset(box: QAbstractSpinBox) -> None:
    """Keep the words of a box for numbers off its edge; the style sheet has no say in there."""
    box.lineEdit().setTextMargins(6, 0, 0, 0)


class Card(QFrame):
    """A surface with a hairline; may be clickable by mouse and keyboard."""

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None, *, clickable: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._clickable = clickable
        if clickable:
            self.setProperty("clickable", True)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._clickable and event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
                event.position().toPoint()):
            self.clicked.emit()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._clickable and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
            return
        super().keyPressEvent(event)


_PASSING = ("正在", "已取消", "没有符合条件")
"""Sentences that begin so need no page of the handbook: what passes by itself, and the clerk's own filter."""


class EmptyState(QWidget):
    """One sentence saying what belongs here, the buttons that put it there, and the handbook's page on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._layout.setSpacing(12)
        self.sentence = label("", "quiet", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setMinimumWidth(420)
        self._layout.addWidget(self.sentence, 0, Qt.AlignmentFlag.AlignCenter)
        self.page = button("看手册　F1", self._open_page, kind="link")
        self._layout.addWidget(self.page, 0, Qt.AlignmentFlag.AlignCenter)

    def say(self, text: str) -> None:
        """Show ``text``."""
        self.sentence.setText(text)
        self.page.setVisible(not text.startswith(_PASSING))

    def _open_page(self) -> None:
        """The window around knows the handbook; without one there is nothing to open."""
        menu = getattr(self.window(), "help_menu", None)
        if menu is not None:
            menu.show_page_for(self)

    def offer(self, widget: QWidget) -> None:
        """Add a button below the sentence."""
        self._layout.insertWidget(self._layout.count() - 1, widget, 0, Qt.AlignmentFlag.AlignCenter)

    def showEvent(self, event: QShowEvent) -> None:
        tab_as_laid_out(self)
        super().showEvent(event)


class StayMenu(QMenu):
    """A menu of check marks that stays open while they are set."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.activeAction()
        if action is not None and action.isCheckable():
            action.trigger()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.trigger()
            return
        super().keyPressEvent(event)


class FilterChip(QToolButton):
    """县市区：全部 ▾, with a menu of choices and how many each would show."""

    chosen = Signal()

    def __init__(self, title: str, word: Callable[[Any], str] = str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._title, self._word = title, word
        self._menu = StayMenu(self)
        self.setMenu(self._menu)
        self._actions: dict[Any, QAction] = {}
        self.values: frozenset[Any] = frozenset()
        self._say()

    def offer(self, counts: Mapping[Any, int], order: list[Any]) -> None:
        """Set the choices: ``order`` lists them, ``counts`` says how many rows each would show."""
        if list(self._actions) != order:
            self._menu.clear()
            self._actions = {}
            for value in order:
                action = self._menu.addAction("")
                action.setCheckable(True)
                action.triggered.connect(self._take)
                self._actions[value] = action
        for value, action in self._actions.items():
            action.setText(f"{self._word(value) or '（空）'}\t{counts.get(value, 0)}")
            action.setChecked(value in self.values)
        self._say(counts)

    def choose(self, values: frozenset[Any]) -> None:
        """Set the choice without telling anybody."""
        self.values = values
        for value, action in self._actions.items():
            action.setChecked(value in values)
        self._say()

    def _take(self) -> None:
        self.values = frozenset(v for v, a in self._actions.items() if a.isChecked())
        self._say()
        self.chosen.emit()

    def _say(self, counts: Mapping[Any, int] | None = None) -> None:
        if not self.values:
            text = f"{self._title}：全部"
        elif len(self.values) <= 2:
            known = [v for v in self._actions if v in self.values] or sorted(self.values, key=str)
            text = f"{self._title}：" + "、".join(
                (self._word(v) or "（空）") + (f" {counts.get(v, 0)}" if counts else "") for v in known)
        else:
            text = f"{self._title}：{len(self.values)} 项"
        self.setText(text + " ▾")
        self.setAccessibleName(text)
        on = bool(self.values)
        if self.property("on") != on:
            self.setProperty("on", on)
            restyle(self)


def restyle(widget: QWidget) -> None:
    """Read the style sheet again after a property changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def set_tone(widget: QWidget, tone: str) -> None:
    """Colour a label, a button or a bar: ahead, on_track, lagging, serious, quiet, or nothing.

    The colour comes from the style sheet, so that it follows when the theme is switched.
    """
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        restyle(widget)


def is_change_of_theme(event: QEvent) -> bool:
    """Whether colours or fonts changed, so that what was painted is stale."""
    return event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange)
