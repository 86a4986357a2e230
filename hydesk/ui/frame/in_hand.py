"""Lets others know what this window has in hand, and says in the top line who else has it: a mark, never a lock."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from hydesk.domain.matters import Matter
from hydesk.ui.claims import HasInHand
from hydesk.ui.desk import Desk

EVERY = 500
"""Milliseconds between two looks at what is in hand; another place of the keyboard is looked at right away."""
_NO_LOCK = "几个人可以同时做，谁也不挡谁：同一处改得不一样时，后存的一个会先看到对方改了什么，再决定"


class InHand(QObject):
    """Lives as long as the window, whose screen in front is asked."""

    def __init__(self, desk: Desk, window: QWidget, front: Callable[[], QWidget | None], claim: Callable[[str | None], None],
                 say: Callable[[str, str], None]) -> None:
        """``claim`` tells the server; ``say`` takes the words for the top line and their tip."""
        super().__init__(window)
        self._desk, self._window, self._front, self._claim, self._say = desk, window, front, claim, say
        desk.claims.changed.connect(self.look)
        timer = QTimer(self)
        timer.setInterval(EVERY)
        timer.timeout.connect(self.look)
        timer.start()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self.look)

    def look(self, *_: object) -> None:
        """Tell what is in hand now, and say who else has it."""
        matter = self._matter()
        self._claim(matter.key if matter is not None and matter.works and self._desk.may() else None)
        words = self._desk.claims.words(matter)
        self._say(words, _NO_LOCK if words else "")

    def _matter(self) -> Matter | None:
        screen = self._front() if self._window.isVisible() else None
        return screen.in_hand() if isinstance(screen, HasInHand) else None
