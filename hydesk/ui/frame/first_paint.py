"""For measuring a start, from source as frozen: says when the ledger's rows were first painted, or when the first page
stands still, and leaves.

Switched on by the environment variable HYDESK_FIRST_PAINT (``ledger``, or ``home`` for the first page), by benchmarks only.
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from hydesk.ui.frame.main_window import MainWindow
from hydesk.ui.jobs import Job, Jobs

SWITCH = "HYDESK_FIRST_PAINT"
HOME = "home"
_QUIET = 0.25
"""Seconds after the last reading after which the page counts as still."""


def wanted() -> str:
    """What of this start is measured; empty for none."""
    return os.environ.get(SWITCH, "")


def _say(what: str) -> None:
    if sys.stdout is not None:  # a windowed program of Windows has none
        print(what, flush=True)


class FirstPaint(QObject):
    """Shows the ledger and waits for its rows."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        window.go_to("ledger")
        self._ledger: Any = window.made("ledger")
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(1)

    def _look(self) -> None:
        if self._ledger.model.visible:
            self._timer.stop()
            self._ledger.table.viewport().repaint()
            _say("painted")
            QApplication.exit(0)


class Stillness(QObject):
    """Waits until the screen in front has read all it shows and paints no more; says when it painted last (seconds since
    1970). What the program looks after meanwhile, such as the backup, is no reading of the screen's."""

    def __init__(self, window: MainWindow, jobs: Jobs) -> None:
        super().__init__(window)
        self._window = window
        self._reading: set[int] = set()
        self._painted = self._read = time.time()
        jobs.started.connect(self._note)
        window.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(10)

    def _note(self, job: Job) -> None:
        if isinstance(job.owner, QWidget) and job.owner is not self._window:
            key = id(job)
            self._reading.add(key)
            job.ended.connect(lambda: self._end(key))

    def _end(self, key: int) -> None:
        self._reading.discard(key)
        self._read = time.time()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest and (self._reading or time.time() - self._read < _QUIET):
            self._painted = time.time()
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        if not self._reading and time.time() - self._read > _QUIET:
            self._timer.stop()
            _say(f"still {self._painted:.4f}")
            QApplication.exit(0)
