"""How likely it is that so many come out alike by chance. Floats here are odds, never money."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from hydesk.dataclass import dataclass

WEAK, STRONG = 3e-4, 1e-7
"""A coincidence this rare within one unit's month is asked about; this rare, strongly."""


def at_least(count: int, expected: float) -> float:
    """The chance of ``count`` or more rare events where ``expected`` are to be looked for (Poisson)."""
    if count <= 0:
        return 1.0
    if expected <= 0:
        return 0.0
    if count > expected + 40 * math.sqrt(expected) + 60:
        return 0.0
    term = math.exp(-expected + count * math.log(expected) - math.lgamma(count + 1))
    whole, at = 0.0, count
    while term > whole * 1e-12 and at < count + 400:
        whole += term
        at += 1
        term *= expected / at
    return min(1.0, whole)


def of_many(count: int, whole: int, share: float) -> float:
    """The chance of ``count`` or more of ``whole`` where each comes out so with the chance ``share`` (binomial)."""
    if count <= 0 or share >= 1:
        return 1.0
    if share <= 0:
        return 0.0
    odds = math.log(share / (1 - share))
    term = math.exp(math.lgamma(whole + 1) - math.lgamma(count + 1) - math.lgamma(whole - count + 1)
                    + whole * math.log(1 - share) + count * odds)
    total = 0.0
    for at in range(count, whole + 1):
        total += term
        if at < whole:
            term *= (whole - at) / (at + 1) * math.exp(odds)
    return min(1.0, total)


_NARROW = 0.02
"""A bunch is no wider than this part of its value: within 0.4 points, 0.3 % and 0.7 % are not alike."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Values that lie together: which (places in what was given), about where, how likely by chance."""

    places: tuple[int, ...]
    middle: float
    chance: float
    exact: bool
    """They are one value but for the rounding of each."""


def cluster(values: Sequence[float], rounding: Sequence[float], widths: Sequence[float], thinnest: float) -> Cluster | None:
    """The least likely bunch among ``values``, each known to ± half its ``rounding``.

    Bunches up to each of ``widths`` wide are tried, nought among them for values that are the same but for rounding. What
    is to be expected is told by how many lie round about, ``thinnest`` per unit of value at least; the chance counts
    every place where a bunch could have been.
    """
    order = sorted(range(len(values)), key=values.__getitem__)
    points = [values[i] for i in order]
    best: Cluster | None = None
    for width in widths:
        for first, low in enumerate(points):
            slack = rounding[order[first]]
            last = bisect_right(points, low + width + slack + 1e-12)
            count = last - first
            if count < 3 or (best is not None and count < len(best.places) - 2):
                continue
            inside = [j for j in range(first, last) if points[j] - low <= width + (slack + rounding[order[j]]) / 2 + 1e-12]
            if len(inside) < 3:
                continue
            middle = sum(points[j] for j in inside) / len(inside)
            if width > _NARROW * middle:
                continue
            span = width + sum(rounding[order[j]] for j in inside) / len(inside) + 1e-9
            about = max(0.15 * abs(middle), 8 * span, 0.015)
            beside = bisect_right(points, middle + about) - bisect_left(points, middle - about) - len(inside)
            density = max((beside + 0.5) / max(2 * about - span, span), thinnest)
            chance = at_least(len(inside) - 1, density * span) * len(points)
            if best is None or chance < best.chance:
                best = Cluster(tuple(order[j] for j in inside), middle, chance, width == 0)
    return best
