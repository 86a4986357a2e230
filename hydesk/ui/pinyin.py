"""Pinyin initials for search: 衡州大道 → hzdd."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=65536)
def initials(name: str) -> str:
    """Initials of ``name`` in lower case; letters and digits stay. Slow the first time (loads its tables)."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
