"""Two projects in one cell: whether a cell's words hold the whole names of several, whatever parts them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from hydesk.domain.snapshot import KnownProject
from hydesk.returns.name_forms import SHORTEST_HELD, squeezed_names
from hydesk.returns.text import loose_key, name_key

_PARTS = re.compile(r"[\n;；、,，/|+＋&及和与暨]")
_BESIDE_NAMES = re.compile(r"(?:建设|项目|工程|\d{1,2}|[(（)）.、①-⑳\s。])*")


def parts_names(words: str) -> bool:
    """Whether a sign or a word stands in ``words`` by which clerks part names."""
    return bool(_PARTS.search(words))


def held_in(text: str, pool: Iterable[tuple[str, KnownProject]]) -> list[KnownProject]:
    """The projects of ``pool`` (by the forms of their names) whose names stand in ``text`` side by side, the longest names first."""
    found: dict[str, KnownProject] = {}
    for key, p in sorted(((k, p) for k, p in pool if len(k) >= SHORTEST_HELD and k in text), key=lambda f: -len(f[0])):
        if p.code not in found and key in text:
            found[p.code] = p
            text = text.replace(key, "\n", 1)
    return list(found.values())


def nothing_else(text: str, held: Sequence[KnownProject]) -> bool:
    """Whether ``text`` holds whole names and numbers only: names side by side, parted by a space or by nothing."""
    for key in sorted((k for p in held for n in (p.name, *p.names) for k in (name_key(n), loose_key(n))), key=len, reverse=True):
        text = text.replace(squeezed_names(key), "\n")
    return all(_BESIDE_NAMES.fullmatch(rest) for rest in text.split("\n"))
