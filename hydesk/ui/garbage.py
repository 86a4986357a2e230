"""Cyclic garbage is collected on the UI thread only, and not while somebody waits.

Python collects in whatever thread happens to allocate. When that is a job's thread and a dead window or model is in
the garbage, Qt objects are destroyed in the wrong thread, and the program dies now and then with a segmentation fault.

Searching what a large job has just made, nearly all of it kept, would silence the window for a tenth of a second: it
is set aside at once and searched when nobody looks at the window, or after a long while.
"""

from __future__ import annotations

import gc
import sys
import time
from contextlib import suppress

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

_EVERY = 1000
"""Milliseconds between looks."""
_MANY = 30_000
"""New objects whose search would be felt (about 5 ms)."""
_AT_LAST = 20 * 60.0
"""Seconds after which what was set aside is searched although the window is in use."""


_ARENA_MAX = -8
"""``M_ARENA_MAX`` of the C library's ``mallopt``."""


def share_one_heap() -> None:
    """Let all threads take memory from one heap, before there are any; on Linux, where each would have its own.

    What a thread that read a page gave back stayed with it: a window held 292 MB where it holds 257 so. Threads that take
    turns with Python's lock gain nothing by heaps of their own.
    """
    if sys.platform.startswith("linux"):
        import ctypes

        with suppress(OSError, AttributeError):  # another C library than glibc
            ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


class UiGarbage(QObject):
    """Takes collecting over from Python for as long as it lives; made and used on the UI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._set_aside_at: float | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect_what_is_due)
        self._timer.start(_EVERY)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._state_changed)

    def collect_what_is_due(self) -> None:
        """Collect the generations that Python itself would have collected by now, as far as it is not felt."""
        if self._set_aside_at is not None and time.monotonic() - self._set_aside_at > _AT_LAST:
            self.collect_all()
            return
        counts = gc.get_count()
        if counts[0] > _MANY:
            gc.freeze()
            self._set_aside_at = self._set_aside_at or time.monotonic()
            return
        for generation, (count, threshold) in enumerate(zip(counts, gc.get_threshold(), strict=True)):
            if threshold and count > threshold:
                gc.collect(generation)

    def collect_all(self) -> None:
        """Search everything, what was set aside too."""
        self._set_aside_at = None
        gc.unfreeze()
        gc.collect()

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state is not Qt.ApplicationState.ApplicationActive and self._set_aside_at is not None:
            self.collect_all()
