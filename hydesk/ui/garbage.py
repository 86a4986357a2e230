"""Cyclic garbage is collected on the UI thread only.

Python collects in whatever thread happens to allocate. When that is a job's thread and a dead window or model is in
the garbage, Qt objects are destroyed in the wrong thread, and the program dies now and then with a segmentation fault.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 1000
"""Milliseconds between looks."""


class UiGarbage(QObject):
    """Takes collecting over from Python for as long as it lives; made and used on the UI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect_what_is_due)
        self._timer.start(_EVERY)

    def collect_what_is_due(self) -> None:
        """Collect the generations that Python itself would have collected by now."""
        for generation, (count, threshold) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)):
            if threshold and count > threshold:
                gc.collect(generation)
