"""What others write while this window is open: the command line, or another desk on the same server."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from hydesk.services.acts.newest_event import newest_event
from hydesk.ui.desk import Desk
from hydesk.ui.operations import DECIDING

EVERY, EVERY_ON_SERVER = 5000, 1500
"""Milliseconds between two looks: at a file, and at a server, where others are the rule."""


class Others(QObject):
    """Looks now and then whether the log has grown by what this window did not write, and then says what changed."""

    def __init__(self, desk: Desk, window: QWidget, say_reached: Callable[[bool], None] = lambda _there: None) -> None:
        """``say_reached`` is told at every look whether the ledger answered."""
        super().__init__(window)
        self._desk, self._window, self._say_reached = desk, window, say_reached
        self._seen: tuple[int, int] | None = None
        """The newest event at the last look, and how many this window had written by then."""
        self._looking = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY if desk.ledger.path is not None else EVERY_ON_SERVER)
        self._timer.timeout.connect(self.look)
        self._timer.start()

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
        return _typing_in_a_cell() or any(
            w.isVisible() for w in self._window.findChildren(QWidget) if w.property(DECIDING))

    def _found(self, now: tuple[int, int] | None) -> None:
        self._looking = False
        self._say_reached(True)
        if now is None:  # this window wrote meanwhile: the next look will do
            return
        before, self._seen = self._seen, now
        if before is not None and now[0] - before[0] != now[1] - before[1]:
            self._desk.operations.look_again()
            self._desk.notice("别处刚有改动（命令行或另一台电脑），已重新读取。")


def _typing_in_a_cell() -> bool:
    editor = QApplication.focusWidget()
    viewport = editor.parentWidget() if editor is not None else None
    table = viewport.parentWidget() if viewport is not None else None
    return isinstance(table, QAbstractItemView) and viewport is table.viewport()
