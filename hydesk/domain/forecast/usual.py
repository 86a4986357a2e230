"""How projects of a kind usually go on, where the ledger has no earlier year to tell it (docs/rules.md §10.6).

A project either brings nothing more this year or brings something: how likely the first is depends on whether it moves,
has paused, has stopped for a quarter or waits for its start; how much the second comes to scatters about what its pace,
its age and its city have one expect. The numbers are our decision, by trial over cities of unlike habits.
"""

from __future__ import annotations

import math
from statistics import NormalDist

from hydesk.dataclass import dataclass
from hydesk.domain.project_year import MONTHS

_NORMAL = NormalDist()
_END = 1.2816
_CUT = 1.5
_STOPPED_FOR_GOOD = 0.7


@dataclass(frozen=True, slots=True)
class Scatter:
    """What comes of an expectation of 1: ``nothing`` is the chance of nothing at all; else one in ten lies below ``low``
    and above ``high``."""

    nothing: float
    low: float
    mid: float
    high: float

    def quantile(self, share: float) -> float:
        """What ``share`` of such projects stay below; logarithms run straight on both sides of the middle."""
        if share <= self.nothing:
            return 0.0
        at = _NORMAL.inv_cdf(min(0.999, (share - self.nothing) / (1 - self.nothing)))
        end = self.high if at > 0 else self.low
        return float(self.mid * (end / self.mid) ** (abs(at) / _END))

    @property
    def ends(self) -> tuple[float, float, float]:
        """Low, middle and high of the range that holds four of five. One in ten below and above; where more than that bring
        nothing, the low end is nought and two in ten lie above."""
        low = self.quantile(0.1)
        level = 0.9 if low or self.nothing > _STOPPED_FOR_GOOD else 0.8
        return low, self.quantile(0.5), self.quantile(level)

    def moments(self, room: float) -> tuple[float, float]:
        """Mean and variance where no more than ``room`` can come."""
        mean = capped(room)
        spread = (self.high - self.low) / (2 * _END) * min(1.0, room / 2)
        some = 1 - self.nothing
        return some * mean, some * (mean * mean + spread * spread) - (some * mean) ** 2


def capped(room: float) -> float:
    """What an expectation of 1 comes to where no more than ``room`` can come."""
    return min(1.0, room * (1 - math.exp(-_CUT / room))) if room > 0 else 0.0


def moving_weights(month: int) -> tuple[float, ...]:
    """What a project at work brings after ``month`` of what the city brings of its plan: by itself, for its pace so far, for
    that of the last three months, its unit's, for being new, and begun within three months."""
    return 1.0 - 0.05 * month, 0.07, 0.06 + 0.033 * month, 0.04, 0.02 * month, 0.028 * month


def first_weights(month: int) -> tuple[float, ...]:
    """The same for the months from ``month`` to twice as many."""
    return 0.66 + 0.07 * max(0, 4 - month), 0.2, 0.22, 0.02, 0.07 * month - 0.2, 0.07 * month - 0.2


def moving_scatter(month: int) -> tuple[float, float, float]:
    """Low, middle and high of what a project at work brings, of what is expected."""
    late, autumn = max(0, month - 9), month >= 8
    return 0.41 + 0.02 * autumn - 0.05 * late, 0.90 - 0.007 * month, 1.48 + 0.013 * month - 0.04 * autumn + 0.12 * late


def first_scatter(month: int) -> tuple[float, float, float]:
    """The same for the months from ``month`` to twice as many."""
    return min(0.45, 0.22 + 0.1 * (month - 1)), 0.84 + 0.03 * month, 1.98 - 0.09 * month


_PAUSED = (0.02, 0.03, 0.15, 0.30, 0.45, 0.56, 0.63, 0.69, 0.70, 0.75, 0.85)
_STOPPED = (0.02, 0.03, 0.15, 0.20, 0.50, 0.69, 0.80, 0.90, 0.94, 0.96, 0.97)
RESUMED = (0.30, 1.0, 1.9)
"""Low, middle and high of what comes where works that paused go on."""


def waited_scatter(month: int) -> tuple[float, float, float]:
    """Low, middle and high of what comes where works that waited do begin, of what is expected."""
    return 0.19 - 0.012 * month, 0.90 - 0.035 * month, 1.85 + 0.05 * month


def paused(month: int, quarter: bool) -> float:
    """The chance that a project brings nothing more that brought nothing in ``month`` (or the whole last ``quarter``)."""
    return (_STOPPED if quarter else _PAUSED)[month - 1]


def waiting(month: int, ahead: float, late: float, permitted: bool, begun: bool) -> tuple[float, float]:
    """What a project without money brings, of what the city brings of its plan, on the mean, and the chance of nothing:
    its start is ``ahead`` or ``late`` by so many months, ``permitted`` to build, recorded as ``begun``."""
    if begun:
        mean = max(0.2, 1.0 - 0.13 * month)
        return mean, min(0.92, 0.1 + 0.12 * month)
    if late > 0:
        mean = max(0.03, 1.2 - 0.2 * late)
    else:
        part = max(0.0, 1 - ahead / max(1, MONTHS - month))
        mean = min(1.0, 0.25 + 0.03 * month + (0.92 - 0.03 * month) * part)
    nothing = 0.05 + 0.02 * max(0, month - 4) + 0.05 * max(0, month - 8) + (0.3 + 0.04 * month) * (1 - min(1.0, mean))
    nothing = min(0.97, nothing + (0.06 + 0.012 * month if late > 0 else 0.0))
    if permitted:
        return mean * (1.15 + 0.05 * month), nothing * 0.6
    return mean * 0.92, nothing
