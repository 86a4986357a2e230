"""What is held against what was looked at and kept: a change that moves anything fails, until somebody has looked again.

It stands beside tests of rules, never in their place: it says that something moved, not what is right. To keep what is
found now, after reading the differences: HYDESK_KEEP=1 pytest <the test>.
"""

from __future__ import annotations

import difflib
import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from hydesk.domain.periods import Period


def on_day(patch: pytest.MonkeyPatch, day: date) -> None:
    """Let the use cases take ``day`` for today where nobody tells them which day it is."""
    class _Kind(type(date)):  # type: ignore[misc]
        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, date)

    class _Day(date, metaclass=_Kind):
        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return day

    for name, module in list(sys.modules.items()):
        if name.startswith("hydesk.services.") and getattr(module, "date", None) is date:
            patch.setattr(module, "date", _Day)


def hold(kept: Path, lines: Iterable[str]) -> None:
    """Fail where ``lines`` are not those of the file ``kept``."""
    found = ["⏎".join(line.splitlines()) for line in lines]
    if os.environ.get("HYDESK_KEEP"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text("\n".join(found) + "\n", encoding="utf-8", newline="\n")
    before = kept.read_text(encoding="utf-8").splitlines()
    moved = list(difflib.unified_diff(before, found, "kept", "now", lineterm="", n=0))[:40]
    assert not moved, "\n".join(moved)


def whole_of(name: str, value: Any, most: tuple[int, int] = (40, 8)) -> Iterator[str]:
    """As ``lines_of``, and one number over everything: every entry of every list, and what the classes reckon of their fields.

    Where only that number moves, write everything out before and after the change and compare: HYDESK_WHOLE=<a folder> pytest <the test>.
    """
    yield from lines_of(name, value, most=most)
    every = list(lines_of(name, value, most=(10**9, 10**9), reckoned=True))
    if os.environ.get("HYDESK_WHOLE"):
        (Path(os.environ["HYDESK_WHOLE"]) / f"{name}.txt").write_text("\n".join(every), encoding="utf-8", newline="\n")
    number = zlib.crc32("\n".join(every).encode())
    yield f"all of it: {len(every)} lines {number:08x}"


def lines_of(name: str, value: Any, depth: int = 0, most: tuple[int, int] = (40, 8), *, reckoned: bool = False) -> Iterator[str]:
    """Plain data as lines; fields that say nothing, and files, are left out. Of a long list ``most`` entries are written out, from all over
    it: so many of an outer one, so many of lists within lists. ``reckoned``: with the plain properties of classes."""
    pad = " " * depth
    if value is None or value == "" or callable(value) or isinstance(value, Path) or (isinstance(value, (tuple, list, dict, frozenset)) and not value) or value is False or value == 0:
        return
    if is_dataclass(value) and not isinstance(value, type):
        parts = [(f.name, getattr(value, f.name)) for f in fields(value) if f.repr]
        plain = " ".join(f"{k}={_said(v)}" for k, v in parts if _plain(v) and v not in (None, "", False) and v != 0)
        yield f"{pad}{name}: {type(value).__name__} {plain}{' '.join(_reckoned(value)) if reckoned else ''}"
        for k, v in parts:
            if not _plain(v):
                yield from lines_of(k, v, depth + 1, most, reckoned=reckoned)
    elif isinstance(value, Mapping):
        yield f"{pad}{name}: {len(value)}"
        for k, v in list(value.items())[::_step(value, depth, most)]:
            yield from lines_of(_said(k), v, depth + 1, most, reckoned=reckoned)
    elif isinstance(value, (list, tuple)) and not hasattr(value, "_fields"):
        yield f"{pad}{name}: {len(value)}"
        for i, v in list(enumerate(value))[::_step(value, depth, most)]:
            yield from lines_of(str(i), v, depth + 1, most, reckoned=reckoned)
    elif isinstance(value, (set, frozenset)):
        yield f"{pad}{name}: {' '.join(sorted(map(_said, value)))}"
    else:
        yield f"{pad}{name}: {_said(value)}"


def _reckoned(value: Any) -> Iterator[str]:
    kind = type(value)
    for k in dir(kind):
        if not k.startswith("_") and isinstance(getattr(kind, k), (property, cached_property)):
            v = getattr(value, k)
            if _plain(v):
                yield f".{k}={_said(v)}"
            elif isinstance(v, (list, tuple, dict, set, frozenset)):
                yield f".{k}×{len(v)}"


def _step(value: Any, depth: int, most: tuple[int, int]) -> int:
    return max(1, -(-len(value) // most[depth >= 2]))


def _plain(value: Any) -> bool:
    return value is None or isinstance(value, (str, int, Decimal, date, datetime, Enum, Period, float)) or (
        isinstance(value, tuple) and all(isinstance(v, (str, int)) for v in value))


def _said(value: Any) -> str:
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, datetime):
        return "…"  # it is told in the time of the place
    if isinstance(value, float):
        return f"{float(f'{value:.9g}'):.4g}"  # a last bit that another Python adds up otherwise moves no half to the other side
    if isinstance(value, Decimal):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return str(value)
