"""Where lines may break in Chinese official text.

Lines of body text are never stretched: where the next words do not fit, the white halves of marks are taken away to let
them, else the line ends short; which line gives way to which is weighed over the paragraph (``fit_lines``).

Numbers and Latin words (3514.6, 1000kV) stay whole; a line never begins with a closing mark nor ends with an
opening one; dashes —— and ellipses …… are not torn apart. Only something wider than a whole line is cut anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from hydesk.dataclass import dataclass

CLOSING = frozenset("，。、；：？！）》〉」』】〕｝］”’％‰℃°℉·…—～,.;:?!)]}%㎡㎥㎏㎞㎜㎝")
"""Marks (and units) that may not begin a line."""

OPENING = frozenset("（《〈「『【〔｛［“‘([{￥¥$№#")
"""Marks that may not end a line."""

SQUEEZED_AFTER = frozenset("，。、；：）》〉」』】〕")
"""Full-width marks whose right half is white: it may be taken away to let a line hold what belongs on it."""
SQUEEZED_BEFORE = frozenset("（《〈「『【〔")
"""Full-width marks whose left half is white."""

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


@dataclass(frozen=True, slots=True)
class FittedLine:
    """A line of ``text[start:end]`` of which ``squeeze`` (0 to 1) of the white halves of its marks is taken away."""

    start: int
    end: int
    squeeze: float


_A_LINE = 1000.0
_SQUEEZED = 0.1


def fit_lines(text: str, widths: Sequence[float], first: float, rest: float) -> list[FittedLine]:
    """The lines of ``text``, as few as can be, as even as can be, none wider than its room, marks squeezed by half at most.

    ``widths``, ``first`` and ``rest`` as in ``break_lines``.
    """
    pieces = _pieces(text, widths, min(first, rest))
    if not pieces:
        return []
    edge = [0.0, *accumulate(widths)]
    white = [0.0, *accumulate(_white(c, w) for c, w in zip(text, widths, strict=True))]
    em = max(widths)
    best: list[tuple[float, int, float]] = [(0.0, 0, 0.0)]
    for stop in range(1, len(pieces) + 1):
        end, found = pieces[stop - 1][1], (float("inf"), stop - 1, 0.0)
        for start in range(stop - 1, -1, -1):
            begin, room = pieces[start][0], rest if start else first
            # A mark that opens a line keeps its left half: the line begins at the edge.
            opened = _white(text[begin], widths[begin]) if text[begin] in SQUEEZED_BEFORE else 0.0
            spare, give = room - (edge[end] - edge[begin]), white[end] - white[begin] - opened
            if spare + give < -_SLACK and start < stop - 1:
                break
            squeeze = min(-spare / give, 1.0) if spare < -_SLACK and give else 0.0
            short = 0.0 if stop == len(pieces) else max(spare, 0.0) / em
            cost = best[start][0] + _A_LINE + short * short + (_SQUEEZED + squeeze * squeeze / 2 if squeeze else 0.0)
            if cost < found[0]:
                found = (cost, start, squeeze)
        best.append(found)
    lines: list[FittedLine] = []
    stop = len(pieces)
    while stop:
        _, start, squeeze = best[stop]
        lines.append(FittedLine(pieces[start][0], pieces[stop - 1][1], squeeze))
        stop = start
    return lines[::-1]


_SLACK = 1e-6


def _white(char: str, width: float) -> float:
    """The white half of a mark, which may be taken away."""
    return width / 2 if char in SQUEEZED_AFTER or char in SQUEEZED_BEFORE else 0.0


def _pieces(text: str, widths: Sequence[float], room: float) -> list[tuple[int, int]]:
    """As ``clusters``; what is wider than a line is cut."""
    cut: list[tuple[int, int]] = []
    for start, stop in clusters(text):
        while sum(widths[start:stop]) > room + _SLACK and stop - start > 1:
            held, at = 0.0, start
            while at < stop - 1 and held + widths[at] <= room + _SLACK:
                held, at = held + widths[at], at + 1
            cut.append((start, max(at, start + 1)))
            start = cut[-1][1]
        cut.append((start, stop))
    return cut
