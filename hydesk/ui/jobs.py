"""Work off the UI thread: with progress and cancel, and one writer at a time.

A job's callbacks are connected before it starts and always run on the UI thread. Cancel is asked for by the user
and happens inside the work: the next time it reports progress, ``Cancelled`` is raised there, and the use case leaves
everything as it was.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot
from shiboken6 import isValid

from hydesk.domain.errors import Cancelled

log = logging.getLogger(__name__)

Progress = Callable[[float, str], None]
"""Fraction done (0 to 1) and what is being done, in Chinese."""
Work = Callable[[Progress], Any]

_REPORT_EVERY = 0.05


class _Wire(QObject):
    """Carries what happens in the worker's thread to the UI thread."""

    progressed = Signal(float, str)
    finished = Signal(object, object)


class _Task(QRunnable):
    def __init__(self, work: Work, wire: _Wire, stop: threading.Event) -> None:
        super().__init__()
        self._work, self._wire, self._stop = work, wire, stop
        self._last = 0.0

    def run(self) -> None:
        try:
            if self._stop.is_set():
                raise Cancelled
            result, error = self._work(self._report), None
        except BaseException as e:
            result, error = None, e
        if isValid(self._wire):
            self._wire.finished.emit(result, error)

    def _report(self, fraction: float, text: str) -> None:
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._last >= _REPORT_EVERY and isValid(self._wire):
            self._last = now
            self._wire.progressed.emit(fraction, text)


class Job(QObject):
    """One piece of work under way."""

    progressed = Signal(float, str)
    ended = Signal()
    """However it ended: done, failed or cancelled."""

    def __init__(self, title: str, owner: QObject, parent: QObject, *, quiet: bool) -> None:
        super().__init__(parent)
        self.title = title
        self.quiet = quiet
        """A quiet job shows no progress line: reading what a screen shows."""
        self._owner = owner
        self._stop = threading.Event()
        self._wire = _Wire()
        self._wire.progressed.connect(self.progressed, Qt.ConnectionType.QueuedConnection)
        self._wire.finished.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._done: Callable[[Any], None] | None = None
        self._failed: Callable[[Exception], None] | None = None
        self._cancelled: Callable[[], None] | None = None

    @property
    def stopping(self) -> bool:
        """Whether cancel was asked for."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop; what it has not committed is not done."""
        self._stop.set()

    @Slot(object, object)
    def _finish(self, result: Any, error: BaseException | None) -> None:
        try:
            if not isValid(self._owner):
                return
            if error is None:
                if self._done:
                    self._done(result)
            elif isinstance(error, Cancelled):
                if self._cancelled:
                    self._cancelled()
            elif self._failed and isinstance(error, Exception):
                self._failed(error)
            else:
                raise error
        finally:
            self.ended.emit()
            self.deleteLater()


class Jobs(QObject):
    """Runs jobs: readers side by side, writers one after the other."""

    started = Signal(object)
    failed = Signal(object)
    """An exception that the job's owner did not take itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._readers = QThreadPool(self)
        self._readers.setMaxThreadCount(3)
        self._writer = QThreadPool(self)
        self._writer.setMaxThreadCount(1)
        self._running: set[Job] = set()

    def start(
        self, title: str, work: Work, owner: QObject, *, done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None, cancelled: Callable[[], None] | None = None,
        writes: bool = False, quiet: bool = False,
    ) -> Job:
        """Run ``work(progress)`` off the UI thread, then one of the callbacks on it, unless ``owner`` is gone.

        Without ``failed`` an exception goes to the signal ``failed``, which the window shows.
        """
        job = Job(title, owner, self, quiet=quiet)
        job._done, job._cancelled = done, cancelled
        job._failed = failed or self.failed.emit
        self._running.add(job)
        job.ended.connect(lambda: self._running.discard(job))
        self.started.emit(job)
        pool = self._writer if writes else self._readers
        pool.start(_Task(work, job._wire, job._stop))
        return job

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._running)

    def finish(self) -> None:
        """Cancel what can be cancelled and wait for the rest; called when the window closes."""
        for job in list(self._running):
            job.cancel()
        self._writer.waitForDone()
        self._readers.waitForDone()
