"""How widely sums of projects spread: what units and the city were off by when earlier years were forecast."""

from __future__ import annotations

import math
from collections.abc import Sequence

from hydesk.dataclass import dataclass
from hydesk.domain.forecast.teachers import Lessons, Outcome

_NORMAL = 1.2816
"""Standard deviations that hold four fifths, half of them on each side."""
_PRIOR_YEARS = 2.0
"""The usual spread of years counts like so many years of the ledger's own."""
_FEW_YEARS = 1.15
"""So many standard deviations hold four fifths of cities' years: with two usual years and a few of its own, by trial."""
_ITSELF = 1.2
"""A single earlier year, which is forecast from itself, turns out so much too well."""
_FEW_UNITS = 1.03
"""Ends of a few dozen outcomes lie a little too near."""
_PRIOR_UNITS = 20.0


@dataclass(frozen=True, slots=True)
class ForecastPart:
    """A project's expected rest of the year and its variance, in yuan."""

    mean: float
    variance: float


@dataclass(frozen=True, slots=True)
class Spread:
    """By what part of its rest a unit is off beside its projects' luck (``of_unit``); ``low``, ``mid`` and ``high`` are how
    far units stood from what was expected, in standard deviations."""

    of_unit: float
    low: float
    mid: float
    high: float
    usual_year: float
    """By what part of its rest a city's year is usually off beside luck, as a square."""
    squares: float
    """What the earlier years were off by, of their rest, as a sum of squares; luck is in them."""
    luck: float
    """What of these luck alone would make."""
    years: int

    def of(self, units: Sequence[Sequence[ForecastPart]], level: str) -> tuple[float, float, float]:
        """Low, middle and high rest of the year of a scope, given by its units' projects."""
        means = [sum(p.mean for p in own) for own in units]
        luck = sum(p.variance for own in units for p in own)
        whole = sum(means)
        if len(units) == 1 and level == "unit":
            deviation = math.sqrt(luck + (self.of_unit * whole) ** 2)
            return whole + self.low * deviation, whole + self.mid * deviation, whole + self.high * deviation
        of_year = (_PRIOR_YEARS * self.usual_year + max(0.0, self.squares - self.luck)) / (_PRIOR_YEARS + self.years)
        own_part = max(0.0, self.of_unit**2 - of_year)
        # A city's years were off by luck, units and year alike; of a group there are fewer units to level each other out.
        variance = luck + own_part * sum(m * m for m in means) + of_year * whole**2
        if level == "city":
            variance = (_PRIOR_YEARS * (luck + self.usual_year * whole**2) + self.squares * whole**2) / (_PRIOR_YEARS + self.years)
        deviation = _FEW_YEARS * math.sqrt(variance)
        return whole - deviation, whole, whole + deviation


@dataclass(frozen=True, slots=True)
class LooseSpread:
    """Without earlier years: a unit is off by ``of_unit`` of its rest beside luck and the city, the city by ``of_city``."""

    of_unit: float
    of_city: float

    def of(self, units: Sequence[Sequence[ForecastPart]], level: str) -> tuple[float, float, float]:
        """Low, middle and high rest of the year of a scope, given by its units' projects. Its logarithm is normal."""
        means = [sum(p.mean for p in own) for own in units]
        whole = sum(means)
        if whole <= 0:
            return 0.0, 0.0, 0.0
        luck = sum(p.variance for own in units for p in own) + sum((self.of_unit * m) ** 2 for m in means)
        # What the city's course may be off by has the luck of all its projects in it.
        variance = self.of_city**2 + (0.0 if level == "city" else luck / whole**2)
        off = _NORMAL * math.sqrt(math.log1p(variance))
        return whole * math.exp(-off), whole, whole * math.exp(off)


def spread_of(teacher: Lessons) -> Spread:
    """What the outcomes of earlier years tell of spreads, with the usual ones where they tell little."""
    of_unit, of_year = teacher.usual_spread
    held, count = teacher.outcomes, teacher.years
    if not held:
        return Spread(of_unit, -_NORMAL, 0.0, _NORMAL, of_year**2, 0.0, 0.0, 0)
    own = units_spread(held, of_unit)
    off = sorted((o.came - o.expected) / math.sqrt(o.variance + (own * o.expected) ** 2 + 1.0) for o in held)
    # All years but one taught each of them; all of them teach now, and are that much surer. One year taught itself.
    surer = (1 + 1 / count) / (1 + 1 / (count - 1)) if count > 1 else _ITSELF**2
    squares = luck = 0.0
    for year in {o.year for o in held} if count > 1 else ():
        of_one = [o for o in held if o.year == year]
        whole = sum(o.expected for o in of_one)
        squares += ((sum(o.came for o in of_one) - whole) / whole) ** 2 * surer
        luck += (sum(o.variance for o in of_one) + own * own * sum(o.expected**2 for o in of_one)) / whole**2 * surer
    low, mid, high = (_quantile(off, q) * (_FEW_UNITS * math.sqrt(surer) if q != 0.5 else 1.0) for q in (0.1, 0.5, 0.9))
    return Spread(own, low, mid, high, of_year**2 * (1 + 1 / count), squares, luck, count if count > 1 else 0)


def units_spread(held: Sequence[Outcome], usual: float) -> float:
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
