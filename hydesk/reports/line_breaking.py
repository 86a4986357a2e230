"""Where lines may break in Chinese official text.

Numbers and Latin words (3514.6, 1000kV) stay whole; a line never begins with a closing mark nor ends with an
opening one; dashes —— and ellipses …… are not torn apart. Only something wider than a whole line is cut anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

CLOSING = frozenset("，。、；：？！）》〉」』】〕｝］”’％‰℃°℉·…—～,.;:?!)]}%㎡㎥㎏㎞㎜㎝")
"""Marks (and units) that may not begin a line."""

OPENING = frozenset("（《〈「『【〔｛［“‘([{￥¥$№#")
"""Marks that may not end a line."""

_ATOM = re.compile(r"\s+|[^\s\u2018\u2019\u201c\u201d\u2014\u2026\u2e80-\U0010ffff]+|.", re.DOTALL)


def clusters(text: str) -> list[tuple[int, int]]:
    """The pieces of ``text`` that stay whole, as (start, end); blanks between them belong to no piece."""
    pieces: list[tuple[int, int]] = []
    for match in _ATOM.finditer(text):
        start, end = match.span()
        if text[start].isspace():
            continue
        if pieces and (text[start] in CLOSING or text[pieces[-1][1] - 1] in OPENING):
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
    return pieces


def break_lines(text: str, widths: Sequence[float], first: float, rest: float) -> list[tuple[int, int]]:
    """The lines of ``text`` as (start, end), blanks at their ends left out.

    ``widths`` holds the width of every character; ``first`` and ``rest`` are the widths of the first line and of
    the others, in the same unit. An empty text has no lines.
    """
    edge = [0.0, *accumulate(widths)]
    slack = 1e-6
    lines: list[tuple[int, int]] = []
    begin = end = -1
    room = first
    for start, stop in clusters(text):
        if begin >= 0 and edge[stop] - edge[begin] <= room + slack:
            end = stop
            continue
        if begin >= 0:
            lines.append((begin, end))
            room = rest
        begin, end = start, stop
        while edge[end] - edge[begin] > room + slack and end - begin > 1:
            cut = begin + 1
            while edge[cut + 1] - edge[begin] <= room + slack:
                cut += 1
            lines.append((begin, cut))
            begin, room = cut, rest
    if begin >= 0:
        lines.append((begin, end))
    return lines
