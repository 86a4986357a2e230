"""Nothing of what a reader of foreign formats says on its way down reaches the person's screen.

calamine's panics are caught as exceptions, but write their story to the error stream first.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_within = 0
_kept: int | None = None


@contextmanager
def silence() -> Iterator[None]:
    """The process's error stream goes nowhere within; may be entered by several threads at once."""
    _begin()
    try:
        yield
    finally:
        _end()


def _begin() -> None:
    global _within, _kept
    with _lock:
        _within += 1
        if _within > 1:
            return
        try:
            _kept = os.dup(2)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 2)
            os.close(nowhere)
        except OSError:
            _kept = None  # a window without a console has no such stream


def _end() -> None:
    global _within, _kept
    with _lock:
        _within -= 1
        if _within or _kept is None:
            return
        os.dup2(_kept, 2)
        os.close(_kept)
        _kept = None
