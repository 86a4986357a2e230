"""Without earlier years: the season and the year ends other cities are known by, with the wide ranges that go with them.

Source: domain rules of measures: year ends from 110 to 169 % of plan, half years 44 to 67.5 %, nine to ten months 73 to
141 %, eleven months 103 %. The spreads of single projects and of units are our decision.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from hydesk.domain.forecast.rows import ForecastRow, row_of, unit_pace
from hydesk.domain.forecast.teachers import Outcome
from hydesk.domain.project_year import ProjectYear

_SHARES = (0.035, 0.065, 0.135, 0.21, 0.285, 0.37, 0.45, 0.535, 0.625, 0.72, 0.84, 1.0)
"""What part of a year is done by the end of each month: half years of 44 to 67.5 % of plans that end at 110 to 169 %."""
_SHARE_SPREAD = (0.38, 0.33, 0.27, 0.22, 0.19, 0.165, 0.15, 0.125, 0.10, 0.085, 0.06, 0.01)
"""How far cities' seasons differ from that, as a spread of the logarithm."""
_END, _END_SPREAD = 1.25, 0.20
"""Where a year ends, of its plan: the middle, and the spread of its logarithm."""
_WAITING = 0.85
"""What a project not yet begun brings, of what the city's pace would have it bring from its planned day on."""
_WAITING_HIGH = 2.4


def _working(at: int) -> tuple[float, float, float]:
    """Low, middle and high of a working project's rest over what its pace and the city's would have it: the later in the
    year the more single bills decide."""
    return 0.32 - 0.028 * at, 0.68 + 0.02 * at, 1.05 + 0.09 * at


class Unlearnt:
    """What a year without any before it is told by: its own pace, the usual season and end."""

    outcomes: Sequence[Outcome] = ()
    years = 0

    def __init__(self, listed: Sequence[ProjectYear], month: int) -> None:
        self._month = month
        told = [p for p in listed if p.annual_plan and month and p.newest(month) == month]
        planned, done = sum(p.annual_plan or 0 for p in told), sum(p.done(month) for p in told)
        self._end, self._off = _END, _END_SPREAD
        if done and planned:
            # Where the usual season leads from here and where years usually end, each by how sure it is.
            trust = _END_SPREAD**2 / (_END_SPREAD**2 + _SHARE_SPREAD[month - 1] ** 2)
            led = min(4.0, done / planned / _SHARES[month - 1])
            self._end = math.exp(trust * math.log(led) + (1 - trust) * math.log(_END))
            self._off = _END_SPREAD * math.sqrt(1 - trust)
        self._scale = 1.0
        self._scale = self._fitting(told, done, planned)

    def _fitting(self, told: Sequence[ProjectYear], done: int, planned: int) -> float:
        """By what projects' rests are to be multiplied so that together they lead to the year's end."""
        pace = unit_pace(told, self._month)
        rows = [row_of(p, self._month, pace, done / planned if planned else 0.0) for p in told]
        rest = sum(self.mean(row)[0] * row.plan for row in rows)
        return max(0.3, min(3.0, (self._end * planned - done) / rest)) if rest and self._end * planned > done else 1.0

    @property
    def usual_spread(self) -> tuple[float, float]:
        """A unit's and a city's rest may be off by so much: what the pace tells narrows it month by month."""
        left = 1 - (_SHARES[self._month - 1] if self._month else 0.0)
        of_year = min(0.6, self._off / max(left, 0.1))
        return math.hypot(0.12, of_year), of_year

    def _rest(self, row: ForecastRow) -> float:
        passed = _SHARES[row.at - 1] if row.at else 0.0
        left = 1 - passed
        if row.waiting:
            begins = max(0.0, row.features[1]) if row.features else 0.0
            return self._scale * (_WAITING * self._end * max(0.1, left - begins) if row.features and row.at else self._end * left)
        own = row.done / row.plan / passed if row.plan and passed else self._end
        trust = row.at / (row.at + 4.0)
        return self._scale * left * (trust * min(own, 3.0) + (1 - trust) * self._end)

    def span(self, row: ForecastRow) -> tuple[float, float, float]:
        """Low, middle and high rest of the year, of the plan."""
        rest = self._rest(row)
        low, mid, high = (0.0, 0.9, _WAITING_HIGH) if row.waiting else _working(row.at)
        return min(row.room, low * rest), min(row.room, mid * rest), min(row.room, high * rest)

    def mean(self, row: ForecastRow) -> tuple[float, float]:
        """The mean rest, of the plan, and its variance."""
        rest = self._rest(row)
        return min(row.room, rest * 0.95), (0.5 * rest) ** 2
