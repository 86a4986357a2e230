"""Pinyin initials for search: 衡州大道 → hzdd."""

from __future__ import annotations

import json
from functools import cache, lru_cache

from hydesk.resource_files import resource


@cache
def _table() -> tuple[tuple[tuple[int, str], ...], dict[str, str], int]:
    """The letters of single characters by blocks of code points, the phrases read otherwise, and the longest of these.

    Made by scripts/make_initials.py.
    """
    kept = json.loads(resource("pinyin", "initials.json").read_text(encoding="utf-8"))
    blocks = tuple((int(first, 16), letters) for first, letters in kept["letters"].items())
    return blocks, kept["phrases"], max(map(len, kept["phrases"]))


@cache
def _letter(character: str) -> str:
    """The first letter of a character's commonest reading; of what has none, the character itself."""
    point = ord(character)
    for first, letters in _table()[0]:
        if first <= point < first + len(letters):
            return letters[point - first].strip() or character
    return character.lower()


@lru_cache(maxsize=65536)
def initials(name: str) -> str:
    """Initials of ``name`` in lower case; letters and digits stay.

    Where a phrase is read otherwise than its characters alone (重庆 cq, 重点 zd), the longest one that fits counts.
    """
    _, phrases, longest = _table()
    said, at = [], 0
    while at < len(name):
        for length in range(min(longest, len(name) - at), 1, -1):
            letters = phrases.get(name[at:at + length])
            if letters is not None:
                said.append(letters)
                at += length
                break
        else:
            said.append(_letter(name[at]))
            at += 1
    return "".join(said)
