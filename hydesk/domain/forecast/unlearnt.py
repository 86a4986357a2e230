"""Without earlier years: the course of years of other cities bent by this city's own months (``city_course``), and within it
each project by how projects of its kind usually go on (``usual``).

How paces so far tell later ones, and how far projects scatter about that, differs by city too: the year's newer months are
forecast from its first ones, and what that shows is drawn into what is usual (docs/rules.md §10.6).
"""

from __future__ import annotations

from collections.abc import Sequence

from hydesk.domain.forecast.city_course import CityCourse, solved
from hydesk.domain.forecast.rows import MOST, RECENT, ForecastRow, row_of, unit_pace
from hydesk.domain.forecast.sums import LooseSpread, units_spread
from hydesk.domain.forecast.teachers import Outcome
from hydesk.domain.forecast.usual import (
    RESUMED,
    Scatter,
    capped,
    first_scatter,
    first_weights,
    moving_scatter,
    moving_weights,
    paused,
    waited_scatter,
    waiting,
)
from hydesk.domain.project_year import MONTHS, ProjectYear

_SAMPLE = 4000
_LEAST = 0.05
_MOST_PACE = 4.0
_PRIOR_ROWS = 40.0
"""What is usual counts like so many projects of the city's own."""
_BELIEVED, _ENDS_BELIEVED = 0.6, 0.13
"""So much of how the first months differed from the usual is taken to hold for the rest; of how far they scattered so much
for each month there is, all of it from August on."""
_HELD_BACK = 0.65
"""Where projects would have to bring far more than usual, or less, to follow the city's course, they do so by this power."""
_OF_UNIT = 0.08
"""By what part of its rest a unit is usually off beside its projects' luck."""


class Unlearnt:
    """What a year without any before it is told by."""

    def __init__(self, listed: Sequence[ProjectYear], month: int) -> None:
        self._month = month
        planned = [p for p in listed if p.annual_plan]
        sample = planned[::max(1, len(planned) // _SAMPLE)]
        self._course = CityCourse.of(sample, month)
        self._pace = unit_pace(listed, month)
        self._whole = _whole_pace(sample, month)
        self._extra: Sequence[float] = (0.0,) * 6
        self._shift = (0.0, 0.0, 0.0)
        self._of_unit = _OF_UNIT
        if month >= 2:
            self._look_back(sample, month)
        self._scale = 1.0
        self._scale = self._fitting(sample)

    def _look_back(self, listed: Sequence[ProjectYear], month: int) -> None:
        """Forecast the year's newer months from its first ones: what that shows of this city's projects and units."""
        half = month // 2
        brought = self._course.between(half, month)
        if brought <= 0:
            return
        pace, whole = unit_pace(listed, half), _whole_pace(listed, half)
        seen: list[tuple[ProjectYear, tuple[float, ...], float, float]] = []
        for p in listed:
            if p.newest(half) != half or p.newest(month) != month or p.done(half) <= 0 or _quiet(p, half):
                continue
            row = row_of(p, half, pace, whole)
            came = (p.done(month) - p.done(half)) / row.plan / brought
            seen.append((p, self._features(row, pace, whole), min(MOST, came), row.room / brought))
        if not seen:
            return
        usual = first_weights(half)
        own = _drawn(usual, [f for _, f, _, _ in seen], [y for _, _, y, _ in seen])
        self._extra = [_BELIEVED * (a - b) for a, b in zip(own, usual, strict=True)]
        expected = [max(_LEAST, _product(own, f)) for _, f, _, _ in seen]
        came_of = sorted(y / e for (_, _, y, _), e in zip(seen, expected, strict=True))
        low, _, high = (came_of[int(q * len(came_of))] for q in (0.1, 0.5, 0.9))
        sure = min(1.0, _ENDS_BELIEVED * month) * len(seen) / (len(seen) + _PRIOR_ROWS)
        usual_low, _, usual_high = first_scatter(half)
        self._shift = sure * (low - usual_low), 0.0, sure * (high - usual_high)
        scatter = Scatter(0.0, max(0.01, low), max(0.3, came_of[len(came_of) // 2]), max(1.0, high))
        units: dict[str, list[float]] = {}
        for (p, _, y, room), e in zip(seen, expected, strict=True):
            mean, variance = scatter.moments(room / e)
            plan = p.annual_plan or 0
            sums = units.setdefault(p.unit, [0.0, 0.0, 0.0])
            for at, more in enumerate((y * plan, e * mean * plan, variance * (e * plan) ** 2)):
                sums[at] += more
        came_all, expected_all = (sum(s[at] for s in units.values()) for at in (0, 1))
        level = came_all / expected_all if expected_all else 1.0
        self._of_unit = units_spread([Outcome(name, 0, a, b * level, c * level * level) for name, (a, b, c) in units.items()], _OF_UNIT)

    def _features(self, row: ForecastRow, pace: dict[str, float], whole: float) -> tuple[float, ...]:
        p, at = row.project, row.at
        first = next((m for m, v in enumerate(p.year_investment[:at], 1) if v), at)
        passed = max(1e-4, self._course.between(first - 1, at))
        share = min(_MOST_PACE, row.done / row.plan / passed)
        recent = share
        if at > RECENT:
            lately = max(1e-4, self._course.between(max(first - 1, at - RECENT), at))
            recent = min(_MOST_PACE, max(0.0, (row.done - p.done(at - RECENT)) / row.plan / lately))
        of_unit = min(3.0, pace.get(p.unit, whole) / whole) - 1 if whole else 0.0
        new = 0.0 if p.begun else 1.0
        return 1.0, share, recent, of_unit, new, new * (at - first < RECENT)

    def _going_on(self, row: ForecastRow) -> tuple[float, Scatter]:
        """What it is expected to bring if anything, of its plan, and how that scatters."""
        left = self._course.between(row.at)
        if row.at == MONTHS:
            return 0.0, Scatter(1.0, 1.0, 1.0, 1.0)
        if not row.plan:
            passed = self._course.between(0, row.at)
            return (left / passed * row.at / MONTHS if passed else 0.0), Scatter(0.0, 0.3, 0.9, 1.8)
        left *= self._scale
        if row.at == 0:
            return left, Scatter(0.05, 0.3, 0.9, 1.75)
        if row.waiting:
            _, ahead, late, _, permitted, begun, _ = row.features
            mean, nothing = waiting(row.at, ahead * MONTHS, late * MONTHS, bool(permitted), bool(begun))
            return left * mean / (1 - nothing), Scatter(nothing, *waited_scatter(row.at))
        weights = [a + b for a, b in zip(moving_weights(row.at), self._extra, strict=True)]
        features = self._features(row, self._pace, self._whole)
        expected = left * max(_LEAST, _product(weights, features))
        if row.at > 1 and (quiet := _quiet(row.project, row.at)):
            return expected, Scatter(paused(row.at, quiet >= RECENT), *RESUMED)
        low, mid, high = (u + s for u, s in zip(moving_scatter(row.at), self._shift, strict=True))
        low = max(0.02, low)
        return expected, Scatter(0.004 * row.at, low, max(low, mid), max(low, mid, high) + 0.01)

    def _fitting(self, listed: Sequence[ProjectYear]) -> float:
        """By what projects' rests are to be multiplied so that together they bring what the city's course does."""
        rows = [row_of(p, self._month, self._pace, self._whole) for p in listed]
        wanted = sum(row.plan * self._course.between(row.at) for row in rows)
        each = [(row.plan * (1 - scatter.nothing) * expected, row.room / expected)
                for row in rows for expected, scatter in (self._going_on(row),) if expected > 0]
        if not wanted or not each:
            return 1.0
        low, high = 0.3, 3.0
        for _ in range(12):
            at = (low + high) / 2
            low, high = (at, high) if sum(at * e * capped(room / at) for e, room in each) < wanted else (low, at)
        return float(high**_HELD_BACK)

    def span(self, row: ForecastRow) -> tuple[float, float, float]:
        """Low, middle and high rest of the year, of the plan."""
        expected, scatter = self._going_on(row)
        low, mid, high = (max(0.0, min(row.room, expected * q)) for q in scatter.ends)
        return low, mid, high

    def mean(self, row: ForecastRow) -> tuple[float, float]:
        """The mean rest, of the plan, and its variance."""
        expected, scatter = self._going_on(row)
        if expected <= 0:
            return 0.0, 0.0
        mean, variance = scatter.moments(row.room / expected)
        return mean * expected, variance * expected * expected

    def begun(self, row: ForecastRow) -> float:
        """The rest of the year, of the plan, of a project that waits, if it begins now."""
        at = max(1, row.at)
        mean, nothing = waiting(at, 0, 0, True, False)
        return min(row.room, self._course.between(at) * self._scale * mean / (1 - nothing))

    @property
    def spread(self) -> LooseSpread:
        """How widely sums of its projects spread."""
        return LooseSpread(self._of_unit, self._course.off)


def _quiet(p: ProjectYear, month: int) -> int:
    """How many of the newest months up to ``month`` brought nothing."""
    held, count = p.year_investment, 0
    while month - count > 1 and held[month - count - 2] is not None and held[month - count - 1] == held[month - count - 2]:
        count += 1
    return count


def _whole_pace(listed: Sequence[ProjectYear], month: int) -> float:
    planned = sum(p.annual_plan or 0 for p in listed)
    return sum(p.done(month) for p in listed) / planned if planned else 0.0


def _product(weights: Sequence[float], features: Sequence[float]) -> float:
    return sum(w * x for w, x in zip(weights, features, strict=True))


def _drawn(usual: Sequence[float], rows: Sequence[Sequence[float]], wanted: Sequence[float]) -> list[float]:
    """Weights by least squares, drawn to the usual ones."""
    size = len(usual)
    missed = [y - _product(usual, x) for x, y in zip(rows, wanted, strict=True)]
    matrix = [[sum(x[i] * x[j] for x in rows) + (_PRIOR_ROWS if i == j else 0.0) for j in range(size)] for i in range(size)]
    right = [sum(x[i] * y for x, y in zip(rows, missed, strict=True)) for i in range(size)]
    return [u + d for u, d in zip(usual, solved(matrix, right), strict=True)]
