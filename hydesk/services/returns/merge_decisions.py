"""Decisions of two desks on one received return, put together: each keeps what the other did not touch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Decisions = Mapping[str, Any]
_GONE = object()


def merge_decisions(base: Decisions, mine: Decisions, theirs: Decisions) -> dict[str, Any]:
    """``theirs``, which is kept, with what this desk changed since ``base``; where both decided otherwise, mine is the later."""
    merged: dict[str, Any] = {}
    for part in dict.fromkeys((*theirs, *mine, *base)):
        held = theirs.get(part, mine.get(part, base.get(part)))
        if not isinstance(held, list | dict):
            value = mine.get(part) if mine.get(part) != base.get(part) else theirs.get(part)
            if value is not None:
                merged[part] = value
            continue
        was, own, kept = _keyed(base.get(part)), _keyed(mine.get(part)), _keyed(theirs.get(part))
        for key in dict.fromkeys((*was, *own)):
            if own.get(key, _GONE) == was.get(key, _GONE):
                continue
            if key in own:
                kept[key] = own[key]
            else:
                kept.pop(key, None)
        merged[part] = kept if isinstance(held, dict) else [[*key, value] for key, value in kept.items()]
    return merged


def _keyed(part: Any) -> dict[Any, Any]:
    """A part of decisions by what each is about: lines of a list end with what was decided."""
    if isinstance(part, dict):
        return dict(part)
    return {tuple(line[:-1]): line[-1] for line in part or ()}
