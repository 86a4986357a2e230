"""How widely sums of projects spread: what units and the city were off by when earlier years were forecast."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from hydesk.domain.forecast.teachers import Outcome, Teacher

_NORMAL = 1.2816
"""Standard deviations that hold four fifths, half of them on each side."""
_PRIOR_YEARS = 2.0
"""The usual spread of years counts like so many years of the ledger's own."""
_PRIOR_UNITS = 20.0


@dataclass(frozen=True, slots=True)
class ForecastPart:
    """A project's expected rest of the year and its variance, in yuan."""

    mean: float
    variance: float


@dataclass(frozen=True, slots=True)
class Spread:
    """By what part of its rest a unit is off beside its projects' luck (``of_unit``), by what part the city's year is
    (``of_year``); ``low``, ``mid`` and ``high`` are how far units stood from what was expected, in standard deviations."""

    of_unit: float
    of_year: float
    low: float
    mid: float
    high: float
    of_city: float
    """Standard deviations that hold four fifths of a city's years, half on each side."""

    def of(self, units: Sequence[Sequence[ForecastPart]], level: str) -> tuple[float, float, float]:
        """Low, middle and high rest of the year of a scope, given by its units' projects."""
        means = [sum(p.mean for p in own) for own in units]
        luck = sum(p.variance for own in units for p in own)
        whole = sum(means)
        if len(units) == 1 and level == "unit":
            deviation = math.sqrt(luck + (self.of_unit * whole) ** 2)
            return whole + self.low * deviation, whole + self.mid * deviation, whole + self.high * deviation
        own_part = max(0.0, self.of_unit**2 - self.of_year**2)
        seen = ((self.high - self.low) / (2 * _NORMAL)) ** 2
        deviation = math.sqrt(seen * (luck + own_part * sum(m * m for m in means)) + (self.of_year * whole) ** 2)
        return whole - self.of_city * deviation, whole, whole + self.of_city * deviation


def spread_of(teacher: Teacher) -> Spread:
    """What the outcomes of earlier years tell of spreads, with the usual ones where they tell little."""
    of_unit, of_year = teacher.usual_spread
    held = teacher.outcomes
    if not held:
        return Spread(of_unit, of_year, -_NORMAL, 0.0, _NORMAL, _NORMAL)
    own = _of_units(held, of_unit)
    off = sorted((o.came - o.expected) / math.sqrt(o.variance + (own * o.expected) ** 2 + 1.0) for o in held)
    seen = ((_quantile(off, 0.9) - _quantile(off, 0.1)) / (2 * _NORMAL)) ** 2
    years = sorted({o.year for o in held})
    squares = 0.0
    for year in years:
        of_one = [o for o in held if o.year == year]
        whole = sum(o.expected for o in of_one)
        error = (sum(o.came for o in of_one) - whole) / whole
        by_luck = seen * (sum(o.variance for o in of_one) + max(0.0, own**2 - of_year**2) * sum(o.expected**2 for o in of_one)) / whole**2
        squares += error**2 - by_luck if len(years) > 1 else of_year**2
    year_spread = math.sqrt(max(0.1 * of_year**2, (_PRIOR_YEARS * of_year**2 + squares) / (_PRIOR_YEARS + len(years))))
    return Spread(own, min(own, year_spread) if own else year_spread, _quantile(off, 0.1), _quantile(off, 0.5), _quantile(off, 0.9),
                  _NORMAL)


def _of_units(held: Sequence[Outcome], usual: float) -> float:
    """The part by which units are off beside their projects' luck: such that half of them lie within its middle half."""
    ratios = [((o.came - o.expected) ** 2, o.variance, o.expected**2) for o in held]

    def middle(spread: float) -> float:
        parts = sorted(e / (v + spread * spread * x + 1.0) for e, v, x in ratios)
        return parts[len(parts) // 2]

    low, high = 0.0, 2.0
    for _ in range(24):
        at = (low + high) / 2
        low, high = (at, high) if middle(at) > 0.455 else (low, at)
    weight = len(held) / (len(held) + _PRIOR_UNITS)
    return weight * low + (1 - weight) * usual


def _quantile(ordered: Sequence[float], share: float) -> float:
    at = share * (len(ordered) + 1) - 1
    if at <= 0:
        return min(ordered[0], -_NORMAL) if share < 0.5 else ordered[0]
    if at >= len(ordered) - 1:
        return ordered[-1]
    low = int(at)
    return ordered[low] + (at - low) * (ordered[low + 1] - ordered[low])
