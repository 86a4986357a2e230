"""Names that are near to one that was typed and is not there: those it is part of or that are part of it, then those alike."""

from __future__ import annotations

from collections.abc import Collection

_ALIKE = 0.5
"""Least likeness of two names, 0 to 1, at which one may be a slip for the other."""
_MOST = 6


def nearest(said: str, known: Collection[str]) -> list[str]:
    """Some of ``known`` that ``said`` may stand for, the likeliest first; none where nothing is near."""
    from difflib import get_close_matches

    holding = [n for n in known if said and (said in n or (len(n) > 1 and n in said))]
    return list(dict.fromkeys([*holding, *get_close_matches(said, known, 4, _ALIKE)]))[:_MOST]


def none_called(said: str, what: str, known: Collection[str]) -> str:
    """没有“征集”这个环节，相近的有：征收。: what to say of a name that is not there; without a near one all are named."""
    near = nearest(said, known)
    listed = f"相近的有：{'、'.join(near)}" if near else f"可用：{'、'.join(known)}" if known else f"现在还没有{what}"
    return f"没有“{said}”这个{what}，{listed}"
