"""Lessons of the earlier years, month by month, and how sums turned out when each year was forecast from the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from hydesk.domain.forecast.learnt import Learnt, learn
from hydesk.domain.forecast.rows import ForecastRow, rest_of, row_of, unit_pace
from hydesk.domain.project_year import MONTHS, ProjectYear

_SAMPLE = 4000
"""Of more projects of a year so many teach, and so many stand in the sums that are looked back at."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a unit's rest of the year turned out, in a year forecast from the others: yuan as shares of nothing, floats."""

    unit: str
    year: int
    came: float
    expected: float
    variance: float


class Teacher(Protocol):
    """What tells how the rest of a year goes."""

    def span(self, row: ForecastRow) -> tuple[float, float, float]:
        """Low, middle and high rest of the year, of the plan."""
        ...

    def mean(self, row: ForecastRow) -> tuple[float, float]:
        """The mean rest, of the plan, and its variance."""
        ...

    @property
    def outcomes(self) -> Sequence[Outcome]:
        """How units' sums turned out in earlier years; empty where none is known."""
        ...

    @property
    def usual_spread(self) -> tuple[float, float]:
        """By what part of the rest a unit and the whole city are off where no outcome tells it (standard deviations)."""
        ...


@dataclass
class Lessons:
    """By the month of a project's newest figure what earlier years teach."""

    earlier: Mapping[int, Sequence[ProjectYear]]
    month: int
    taught: dict[int, tuple[Learnt | None, Learnt | None]] = field(default_factory=dict)
    outcomes: Sequence[Outcome] = ()
    ranges: bool = True

    def of_month(self, month: int) -> tuple[Learnt | None, Learnt | None]:
        """Lessons for projects at work and waiting, as of ``month``."""
        held = self.taught.get(month)
        if held is None:
            held = self.taught[month] = _teach(self.earlier, month, self.ranges)
        return held

    def _own(self, row: ForecastRow) -> Learnt | None:
        working, waiting = self.of_month(row.at)
        return (waiting or working) if row.waiting else working

    def span(self, row: ForecastRow) -> tuple[float, float, float]:
        """Low, middle and high rest of the year, of the plan."""
        own = self._own(row)
        if own is None or len(own.weights) != len(row.features):
            return _plain_span(row)
        return own.span(row)

    def mean(self, row: ForecastRow) -> tuple[float, float]:
        """The mean rest, of the plan, and its variance."""
        own = self._own(row)
        if own is None or len(own.weights) != len(row.features):
            low, mid, high = _plain_span(row)
            return mid, ((high - low) / 2.5) ** 2
        return own.mean(row)

    @property
    def usual_spread(self) -> tuple[float, float]:
        """What a unit and a city are off by, of the rest of the year, before the ledger's own years have a say."""
        return 0.15, 0.05


def _plain_span(row: ForecastRow) -> tuple[float, float, float]:
    left = (MONTHS - row.at) / MONTHS
    return 0.2 * left, left, min(row.room, 2.0 * left)


def lessons(earlier: Mapping[int, Sequence[ProjectYear]], month: int) -> Lessons:
    """What ``earlier`` years, all reported to their ends, teach as of ``month``."""
    found = Lessons(earlier, month)
    outcomes: list[Outcome] = []
    for year in earlier:
        others = {y: held for y, held in earlier.items() if y != year} or earlier
        outcomes += _outcomes(Lessons(others, month, ranges=False), earlier[year], year, month)
    found.outcomes = outcomes
    return found


def _rows(held: Sequence[ProjectYear], month: int) -> list[ForecastRow]:
    pace = unit_pace(held, month)
    planned = [p for p in held if p.annual_plan]
    usual = sum(pace.values()) / len(pace) if pace else month / MONTHS
    return [r for p in planned if (r := row_of(p, month, pace, usual)).at == month or not month]


def _teach(earlier: Mapping[int, Sequence[ProjectYear]], month: int, ranges: bool) -> tuple[Learnt | None, Learnt | None]:
    rows = [r for held in earlier.values() for r in _rows(held[::max(1, len(held) // _SAMPLE)], month)]
    if not month:
        # Before anything is reported every project waits: its year is all before it.
        rows = [_at_start(r) for r in rows]
    found = []
    for waiting in (False, True):
        own = [r for r in rows if r.waiting == waiting]
        found.append(learn(own, [rest_of(r.project, r) for r in own], ranges=ranges))
    return found[0], found[1]


def _at_start(row: ForecastRow) -> ForecastRow:
    return row_of(row.project, 0, {}, 0.0)


def _outcomes(taught: Lessons, held: Sequence[ProjectYear], year: int, month: int) -> list[Outcome]:
    pace = unit_pace(held, month)
    usual = sum(pace.values()) / len(pace) if pace else month / MONTHS
    sums: dict[str, list[float]] = {}
    for p in held[::max(1, len(held) // _SAMPLE)]:
        if not p.annual_plan:
            continue
        row = row_of(p, month, pace, usual)
        mean, variance = taught.mean(row) if row.at < MONTHS else (0.0, 0.0)
        own = sums.setdefault(p.unit, [0.0, 0.0, 0.0])
        own[0] += rest_of(p, row) * row.plan
        own[1] += mean * row.plan
        own[2] += variance * row.plan * row.plan
    return [Outcome(unit, year, *own) for unit, own in sums.items() if own[1] > 0]
