"""What others do while this window is open: the command line at the same file, other desks at the same server."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from hydesk.services.acts.newest_event import newest_event
from hydesk.services.acts.watch_others import Heard, ServerWatch, watch_others
from hydesk.ui.desk import Desk
from hydesk.ui.kit.typing import typing_in_a_cell
from hydesk.ui.operations import DECIDING

EVERY, AGAIN = 5000, 500
"""Milliseconds between two looks at a file; and until news from a server are looked at that came at an ill moment."""


class _Wire(QObject):
    """Carries what is seen in the watch's thread to the UI thread."""

    seen = Signal(object)


class Others(QObject):
    """Looks now and then whether the log has grown by what this window did not write, and then says what changed."""

    def __init__(self, desk: Desk, window: QWidget, say_reached: Callable[[bool], None] = lambda _there: None) -> None:
        """``say_reached`` is told at every look whether the ledger answered."""
        super().__init__(window)
        self._desk, self._window, self._say_reached = desk, window, say_reached
        self._seen: tuple[int, int] | None = None
        """The newest event at the last look, and how many this window had written by then."""
        self._looking = False
        self._news = desk.ledger.path is not None
        """Whether there may be something to look at: of a file always, of a server once the watch saw its log grow."""
        self._newest = -1
        self._missed = False
        """Whether the server was away, so that screens may have failed to read."""
        self._watch: ServerWatch | None = None
        if desk.ledger.path is None:
            wire = _Wire(self)
            wire.seen.connect(self._hear)
            self._watch = watch_others(desk.ledger, lambda seen: wire.seen.emit(seen) if isValid(wire) else None)
            self.destroyed.connect(self._watch.stop)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY if desk.ledger.path is not None else AGAIN)
        self._timer.timeout.connect(lambda: self.look() if self._news else None)
        self._timer.start()

    def claim(self, key: str | None) -> None:
        """Let others see that this window has the matter called ``key`` in hand; None: nothing."""
        if self._watch is not None:
            self._watch.claim(key)

    def _hear(self, seen: Heard) -> None:
        self._say_reached(seen.reached)
        if not seen.reached:
            self._missed = True
            return
        self._desk.claims.show(seen.claims)
        if seen.newest != self._newest or self._missed:
            self._newest, self._news = seen.newest, True
            self.look()

    def look(self) -> None:
        """Look now, off the UI thread; while this window is at work itself, or somebody is filling in a form or a cell, the
        next look will do."""
        if self._looking or self._desk.jobs.busy or not self._window.isVisible() or self._deciding():
            return
        self._looking = True
        ledger = self._desk.ledger

        def work(_progress: object) -> tuple[int, int] | None:
            own = ledger.sealed
            newest = newest_event(ledger)
            return (newest, own) if own == ledger.sealed else None

        self._desk.jobs.start("看有没有别人的改动", work, self, quiet=True, done=self._found,
                              failed=lambda _error: self._not_reached())

    def _not_reached(self) -> None:
        self._looking = False
        self._say_reached(False)

    def _deciding(self) -> bool:
        return typing_in_a_cell() or any(
            w.isVisible() for w in self._window.findChildren(QWidget) if w.property(DECIDING))

    def _found(self, now: tuple[int, int] | None) -> None:
        self._looking = False
        self._news = now is None or self._desk.ledger.path is not None
        self._say_reached(True)
        if now is None:  # this window wrote meanwhile: the next look will do
            return
        before, self._seen = self._seen, now
        others = before is not None and now[0] - before[0] != now[1] - before[1]
        missed, self._missed = self._missed, False
        if others or missed:
            self._desk.operations.look_again()
        if others:
            self._desk.notice("别处刚有改动（命令行或另一台电脑），已重新读取。")
