"""The drawing library comes off the UI thread: loading it on it would silence the window for half a second."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from hydesk.ui.jobs import Jobs, Progress

if TYPE_CHECKING:
    from hydesk.ui.kit.curve import CurveView


def with_curve(jobs: Jobs, owner: QObject, act: Callable[[type[CurveView]], None]) -> None:
    """Do ``act`` with the class of the year's curve, at once where it is loaded, else after a job, unless ``owner``
    is gone by then."""

    def load(_progress: Progress = lambda _f, _t: None) -> type[CurveView]:
        from hydesk.ui.kit.curve import CurveView

        return CurveView

    if "hydesk.ui.kit.curve" in sys.modules:
        act(load())
    else:
        jobs.start("准备图表", load, owner, done=act, quiet=True)
