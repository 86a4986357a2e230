"""The keyboard stays in the page: where what has it goes out of sight, it returns to what had it before.

Qt would hand it to whatever comes next in the order of Tab, which from the last strip of a page is the navigation.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from shiboken6 import isValid

_REMEMBERED = 12
"""Places to go back to; a strip over a form over a list needs three."""


class KeyboardPlace(QObject):
    """Watches where the keyboard is in the screens of one window, as long as it lives."""

    def __init__(self, screens: QStackedWidget) -> None:
        super().__init__(screens)
        self._screens = screens
        self._places: list[QWidget] = []
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved)

    def give_back(self) -> None:
        """To what had the keyboard last in the screen in front, and is there still."""
        self._places = [p for p in self._places if isValid(p)]
        there = (p for p in reversed(self._places) if self._in_front(p) and p.isVisible() and p.isEnabled())
        (next(there, None) or self._screens).setFocus(Qt.FocusReason.OtherFocusReason)

    def _in_front(self, widget: QWidget) -> bool:
        front = self._screens.currentWidget()
        return front is not None and (widget is front or front.isAncestorOf(widget))

    def _moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if now is None or now is self._screens:
            return
        inside = self._screens.isAncestorOf(now)
        if inside and not self._in_front(now):
            # Qt gives the keyboard also to what stands in a page behind, if only it is asked to.
            self._hand_to(old)
        elif old is not None and isValid(old) and self._in_front(old) and not (old.isVisible() and old.isEnabled()):
            self.give_back()
        elif inside:
            self._places = [*(p for p in self._places[1 - _REMEMBERED:] if p is not now), now]

    def _hand_to(self, old: QWidget | None) -> None:
        if old is not None and isValid(old) and old.isVisible() and old.isEnabled():
            old.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.give_back()
