"""Without earlier years: the season and the year ends other cities are known by, with the wide ranges that go with them.

Source: domain rules of measures: year ends from 110 to 169 % of plan, half years 44 to 67.5 %, nine to ten months 73 to
141 %, eleven months 103 %. The spreads of single projects and of units are our decision.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from hydesk.domain.forecast.rows import ForecastRow
from hydesk.domain.forecast.teachers import Outcome
from hydesk.domain.project_year import ProjectYear

_SHARES = (0.045, 0.08, 0.16, 0.24, 0.325, 0.42, 0.50, 0.58, 0.67, 0.755, 0.86, 1.0)
"""What part of a year is done by the end of each month."""
_END, _END_SPREAD = 1.25, 0.16
"""Where a year ends, of its plan: the middle, and the spread of its logarithm."""
_PACE_SPREAD = (0.9, 0.8, 0.55, 0.45, 0.36, 0.30, 0.26, 0.22, 0.19, 0.15, 0.11, 0.01)
"""How far a city's pace by a month misleads about its end, as a spread of the logarithm."""
_LOW, _MID, _HIGH = 0.25, 0.85, 1.85
"""A working project's rest over what its pace and the city's would have it: the ends and the middle."""
_WAITING = 0.45


class Unlearnt:
    """What a year without any before it is told by: its own pace, the usual season and end."""

    outcomes: Sequence[Outcome] = ()

    def __init__(self, listed: Sequence[ProjectYear], month: int) -> None:
        told = [p for p in listed if p.annual_plan and p.newest(month) == month and month]
        planned = sum(p.annual_plan or 0 for p in told)
        self._end = _END
        if planned and (done := sum(p.done(month) for p in told)):
            share = done / planned / _SHARES[month - 1]
            trust = _END_SPREAD**2 / (_END_SPREAD**2 + _PACE_SPREAD[month - 1] ** 2)
            self._end = math.exp(trust * math.log(share) + (1 - trust) * math.log(_END))
        self._month = month

    @property
    def usual_spread(self) -> tuple[float, float]:
        """A unit's and a city's rest may be off by so much: what the pace tells narrows it month by month."""
        pace = _PACE_SPREAD[max(0, self._month - 1)] if self._month else 1.0
        end = 1 / math.sqrt(1 / _END_SPREAD**2 + 1 / pace**2)
        left = 1 - (_SHARES[self._month - 1] if self._month else 0.0)
        return min(0.6, 0.12 + end / max(left, 0.12)), min(0.5, end / max(left, 0.15))

    def _rest(self, row: ForecastRow) -> float:
        passed = _SHARES[row.at - 1] if row.at else 0.0
        left = 1 - passed
        if row.waiting:
            begins = max(0.0, row.features[1]) if row.features else 0.0
            return _WAITING * self._end * max(0.1, left - begins) if row.features and row.at else self._end * left
        own = row.done / row.plan / passed if row.plan and passed else self._end
        trust = row.at / (row.at + 4.0)
        return left * (trust * min(own, 3.0) + (1 - trust) * self._end)

    def span(self, row: ForecastRow) -> tuple[float, float, float]:
        """Low, middle and high rest of the year, of the plan."""
        rest = self._rest(row)
        if row.waiting:
            return 0.0, min(row.room, 0.5 * rest), min(row.room, 2.4 * rest)
        return min(row.room, _LOW * rest), min(row.room, _MID * rest), min(row.room, _HIGH * rest)

    def mean(self, row: ForecastRow) -> tuple[float, float]:
        """The mean rest, of the plan, and its variance."""
        rest = self._rest(row)
        return min(row.room, rest * 0.95), (0.7 * rest) ** 2
