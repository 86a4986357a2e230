"""An act that follows a little after the last of several reasons for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Delayed(QTimer):
    """``start`` lets ``act`` follow once; starting again meanwhile puts it off anew."""

    def __init__(self, owner: QObject, act: Callable[[], object], after: int = 0) -> None:
        """``after`` is in milliseconds; zero: when all that is waiting to be dealt with now has been."""
        super().__init__(owner)
        self.setSingleShot(True)
        self.setInterval(after)
        self.timeout.connect(act)

    def follow(self, *_told: object) -> None:
        """``start``, for signals that tell something beside."""
        self.start()
