"""Lessons of the earlier years, month by month, and how sums turned out when each year was forecast from the others."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from hydesk.dataclass import dataclass
from hydesk.domain.forecast.learnt import HELD, HELD_ALONE, Learnt, Placed, learn, tail_that_holds
from hydesk.domain.forecast.rows import ForecastRow, rest_of, row_of, unit_pace
from hydesk.domain.project_year import MONTHS, ProjectYear

_SAMPLE = 4000
"""Of more projects of a year so many teach, and so many stand in the sums that are looked back at."""

_OF_UNIT, _OF_YEAR, _OF_MONTH = 0.15, 0.045, 0.10
"""By what part of the rest a unit is usually off, a city by its year, and by the luck of each month, which levels out over
the months left."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a unit's rest of the year turned out, in a year forecast from the others: yuan as shares of nothing, floats."""

    unit: str
    year: int
    came: float
    expected: float
    variance: float


@dataclass
class Lessons:
    """By the month of a project's newest figure what earlier years teach."""

    earlier: Mapping[int, Sequence[ProjectYear]]
    month: int
    taught: dict[int, tuple[Learnt | None, Learnt | None]] = field(default_factory=dict)
    outcomes: Sequence[Outcome] = ()
    tail: float = (1 - HELD) / 2
    """What is cut off at each end of a project's range, so that it holds as many as it says."""

    def of_month(self, month: int) -> tuple[Learnt | None, Learnt | None]:
        """Lessons for projects at work and waiting, as of ``month``."""
        held = self.taught.get(month)
        if held is None:
            held = self.taught[month] = _teach(self.earlier, month)
        return held

    def _own(self, row: ForecastRow) -> Learnt | None:
        working, waiting = self.of_month(row.at)
        return (waiting or working) if row.waiting else working

    def span(self, row: ForecastRow) -> tuple[float, float, float]:
        """Low, middle and high rest of the year, of the plan."""
        own = self._own(row)
        if own is None or len(own.weights) != len(row.features):
            return _plain_span(row)
        return own.span(row, self.tail)

    def mean(self, row: ForecastRow) -> tuple[float, float]:
        """The mean rest, of the plan, and its variance."""
        own = self._own(row)
        if own is None or len(own.weights) != len(row.features):
            low, mid, high = _plain_span(row)
            return mid, ((high - low) / 2.5) ** 2
        return own.mean(row)

    def begun(self, row: ForecastRow) -> float:
        """The rest of the year, of the plan, of a project that waits, if it begins now: as of those whose start was due and
        which had their permits."""
        if not row.features:
            return 0.0
        first, _, _, known, _, started, pace = row.features
        return self.mean(replace(row, features=(first, 0.0, 0.0, known, 1.0, started, pace)))[0]

    def placed(self, row: ForecastRow, came: float) -> Placed | None:
        """The row beside what is taught of it; None where nothing is."""
        own = self._own(row)
        if own is None or len(own.weights) != len(row.features):
            return None
        expected = own.expected(row)
        return Placed(own.bin_of(expected), expected, row.room, came)

    @property
    def years(self) -> int:
        """How many earlier years teach."""
        return len(self.earlier)

    @property
    def usual_spread(self) -> tuple[float, float]:
        """What a unit and a city are off by, of the rest of the year, before the ledger's own years have a say."""
        return _OF_UNIT, math.hypot(_OF_YEAR, _OF_MONTH / math.sqrt(max(1, MONTHS - self.month)))


def _plain_span(row: ForecastRow) -> tuple[float, float, float]:
    left = (MONTHS - row.at) / MONTHS
    return 0.2 * left, left, min(row.room, 2.0 * left)


def lessons(earlier: Mapping[int, Sequence[ProjectYear]], month: int) -> Lessons:
    """What ``earlier`` years, all reported to their ends, teach as of ``month``.

    Each is forecast from the others: how that turned out says how wide ranges are to be. A single one from itself.
    """
    found = Lessons(earlier, month)
    outcomes: list[Outcome] = []
    placed: list[Placed] = []
    for year, held in earlier.items():
        others = {y: kept for y, kept in earlier.items() if y != year}
        of_year, rows = _outcomes(Lessons(others, month) if others else found, held, year, month)
        outcomes += of_year
        placed += rows
    found.outcomes = outcomes
    if placed:
        found.tail = tail_that_holds(placed, HELD if len(earlier) > 1 else HELD_ALONE)
    return found


def _rows(held: Sequence[ProjectYear], month: int) -> list[ForecastRow]:
    pace = unit_pace(held, month)
    planned = [p for p in held if p.annual_plan]
    usual = sum(pace.values()) / len(pace) if pace else month / MONTHS
    return [r for p in planned if (r := row_of(p, month, pace, usual)).at == month or not month]


def _teach(earlier: Mapping[int, Sequence[ProjectYear]], month: int) -> tuple[Learnt | None, Learnt | None]:
    rows = [r for held in earlier.values() for r in _rows(held[::max(1, len(held) // _SAMPLE)], month)]
    if not month:
        # Before anything is reported every project waits: its year is all before it.
        rows = [_at_start(r) for r in rows]
    found = []
    for waiting in (False, True):
        own = [r for r in rows if r.waiting == waiting]
        found.append(learn(own, [rest_of(r.project, r) for r in own]))
    return found[0], found[1]


def _at_start(row: ForecastRow) -> ForecastRow:
    return row_of(row.project, 0, {}, 0.0)


def _outcomes(taught: Lessons, held: Sequence[ProjectYear], year: int, month: int) -> tuple[list[Outcome], list[Placed]]:
    pace = unit_pace(held, month)
    usual = sum(pace.values()) / len(pace) if pace else month / MONTHS
    sums: dict[str, list[float]] = {}
    placed = []
    for p in held[::max(1, len(held) // _SAMPLE)]:
        if not p.annual_plan:
            continue
        row = row_of(p, month, pace, usual)
        came = rest_of(p, row)
        mean, variance = taught.mean(row) if row.at < MONTHS else (0.0, 0.0)
        own = sums.setdefault(p.unit, [0.0, 0.0, 0.0])
        own[0] += came * row.plan
        own[1] += mean * row.plan
        own[2] += variance * row.plan * row.plan
        if row.at < MONTHS and (at := taught.placed(row, max(0.0, came))) is not None:
            placed.append(at)
    return [Outcome(unit, year, *own) for unit, own in sums.items() if own[1] > 0], placed
