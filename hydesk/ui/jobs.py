"""Work off the UI thread: with progress and cancel, and one writer at a time.

A job's callbacks are connected before it starts and always run on the UI thread. Cancel is asked for by the user
and happens inside the work: the next time it reports progress, ``Cancelled`` is raised there, and the use case leaves
everything as it was.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from hydesk.domain.errors import Cancelled
from hydesk.domain.job_progress import Progress

Work = Callable[[Progress], Any]

_REPORT_EVERY = 0.05


class _Wire(QObject):
    """Carries what happens in the worker's thread to the UI thread."""

    progressed = Signal(float, str)
    finished = Signal(object, object)


class _Task:
    """What runs in the worker's thread. Holds no reference to the job, so that nothing of Qt dies in that thread."""

    def __init__(self, work: Work, wire: _Wire, stop: threading.Event) -> None:
        self._work, self._wire, self._stop = work, wire, stop
        self._last = 0.0

    def run(self) -> None:
        """Do the work and send what came of it."""
        result: Any = None
        error: BaseException | None = None
        try:
            if self._stop.is_set():
                raise Cancelled
            result = self._work(self._report)
        except BaseException as e:
            error = e
        if isValid(self._wire):
            self._wire.finished.emit(result, error)
        del result, error

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
        self.owner = owner
        self._stop = threading.Event()
        self._wire = _Wire(self)
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
            if not isValid(self.owner):
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
    idle = Signal()
    """The last job that was under way has ended, with all that followed from it at once."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._readers = ThreadPoolExecutor(3, "hydesk-read")
        self._writer = ThreadPoolExecutor(1, "hydesk-write")
        self.closed = False
        self._running: set[Job] = set()
        self._futures: set[Future[None]] = set()
        self._closed = False

    def start(
        self, title: str, work: Work, owner: QObject, *, done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None, cancelled: Callable[[], None] | None = None,
        writes: bool = False, quiet: bool = False,
    ) -> Job:
        """Run ``work(progress)`` off the UI thread, then one of the callbacks on it, unless ``owner`` is gone.

        Without ``failed`` an exception goes to the signal ``failed``, which the window shows. After ``close`` nothing is
        begun any more: a timer of a page may still ask while the program ends.
        """
        job = Job(title, owner, self, quiet=quiet)
        if self._closed:
            job.cancel()
            return job
        job._done, job._cancelled = done, cancelled
        job._failed = failed or self.failed.emit
        self._running.add(job)
        job.ended.connect(self._forget)
        self.started.emit(job)
        pool = self._writer if writes else self._readers
        future = pool.submit(_Task(work, job._wire, job._stop).run)
        self._futures = {f for f in self._futures if not f.done()} | {future}
        return job

    def _forget(self) -> None:
        job = self.sender()
        if isinstance(job, Job):
            self._running.discard(job)
            if not self._running:
                self.idle.emit()

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._running)

    def finish(self, most: float | None = None) -> None:
        """Cancel what can be cancelled and wait for the rest, ``most`` seconds at most; called when the window closes."""
        for job in list(self._running):
            job.cancel()
        wait(self._futures, most)

    def close(self) -> None:
        """``finish``, and give the threads back; no job is begun afterwards."""
        self._closed = True
        self.finish()
        self._writer.shutdown()
        self._readers.shutdown()
