"""Qt, loaded so that Python keeps its own ``import``."""

from __future__ import annotations

import builtins


def load_qt() -> None:
    """Load Qt before anything of the window is imported.

    PySide puts an ``import`` of its own in Python's place, for programs that ask for other names of its methods
    (``__feature__``). It reads the source of every module imported afterwards to see whether that uses PySide: a tenth of
    the whole start, and 15 MB.
    """
    own = builtins.__import__
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = own
