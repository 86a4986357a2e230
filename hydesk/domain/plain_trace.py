"""An error told without private data: kinds and places in the program, never what the message says."""

from __future__ import annotations

import traceback
from pathlib import PurePath
from types import TracebackType


def plain_trace(error: BaseException) -> str:
    """Where ``error`` came from, its causes first.

    The words of an exception may hold names, figures, telephone numbers or folders: they are left out.
    """
    told: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        told.insert(0, _one(current, current.__traceback__))
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\n".join(told)


def _one(error: BaseException, trace: TracebackType | None) -> str:
    lines = [f"  {_place(f.filename)}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)]
    kind = type(error)
    return "\n".join([*lines, f"{kind.__module__}.{kind.__qualname__}"])


def _place(file: str) -> str:
    """The file from its package on; folders above may be named after people."""
    parts = PurePath(file.replace("\\", "/")).parts
    for mark in ("hydesk", "site-packages", "lib"):
        if mark in parts:
            return "/".join(parts[parts.index(mark):])
    return parts[-1] if parts else file
