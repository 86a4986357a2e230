"""What of a project is looked at on the way to the year's end: shares of its plan, never later than the month asked for."""

from __future__ import annotations

from collections.abc import Sequence

from hydesk.dataclass import dataclass
from hydesk.domain.money import Yuan
from hydesk.domain.project_year import MONTHS, ProjectYear

RECENT = 3
"""Months whose pace counts as the newest."""
MOST = 5.0
"""A year's rest beyond so many plans is taken as so many: a plan far too small teaches nothing."""


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """A project as a month finds it. Shares are of its plan of the year."""

    project: ProjectYear
    at: int
    """The month of its newest figure, 0 where there is none."""
    done: Yuan
    waiting: bool
    """No money yet: whether and when it begins decides."""
    features: tuple[float, ...]
    room: float
    """What is left of its total investment."""

    @property
    def plan(self) -> Yuan:
        """The year's plan; 0 where there is none."""
        return self.project.annual_plan or 0


def unit_pace(projects: Sequence[ProjectYear], month: int) -> dict[str, float]:
    """By unit what share of the plan its reported projects have done by ``month``."""
    sums: dict[str, list[int]] = {}
    for p in projects:
        at = p.newest(month)
        if p.annual_plan and at == month:
            held = sums.setdefault(p.unit, [0, 0])
            held[0] += p.year_investment[at - 1] or 0
            held[1] += p.annual_plan
    return {unit: done / planned for unit, (done, planned) in sums.items()}


def row_of(p: ProjectYear, month: int, pace: dict[str, float], usual_pace: float) -> ForecastRow:
    """The project as ``month`` finds it; ``pace`` that of the units then, ``usual_pace`` where a unit has none."""
    at = p.newest(month)
    done = p.done(month)
    plan = p.annual_plan or 0
    own_pace = pace.get(p.unit, usual_pace)
    if not plan:
        return ForecastRow(p, at, done, not done, (), MOST)
    left = p.total_investment - (p.invested_before or 0) - done if p.total_investment else None
    room = min(MOST, max(0.0, left / plan)) if left is not None else MOST
    if not done:
        return ForecastRow(p, at, done, True, _waiting(p, max(at, at if at else month), own_pace), room)
    share = min(MOST, done / plan)
    before = p.done(at - RECENT) if at > RECENT else 0
    recent = min(MOST, max(0.0, (done - before) / plan))
    first = next((m for m, v in enumerate(p.year_investment[:at], 1) if v), at)
    new = 0.0 if p.begun else 1.0
    return ForecastRow(p, at, done, False, (1.0, share, recent, own_pace, new, new * (at - first) / MONTHS, min(room, 2.0)), room)


def _waiting(p: ProjectYear, month: int, own_pace: float) -> tuple[float, ...]:
    planned = p.planned_start
    known = planned is not None and planned.year >= p.year
    ahead = ((planned.year - p.year) * MONTHS + planned.month - month) / MONTHS if planned is not None and known else 0.0
    late = -min(0.0, ahead)
    permitted = any(d.year < p.year or (d.year == p.year and d.month <= month) for d in p.permits.values())
    begun = p.actual_start is not None and (p.actual_start.year, p.actual_start.month) <= (p.year, month)
    return (1.0, max(0.0, ahead), min(late, 0.5), float(known), float(permitted), float(begun or p.begun), own_pace)


def rest_of(p: ProjectYear, row: ForecastRow) -> float:
    """What the rest of the year brought, of the plan: for years that are over."""
    return max(-0.3, min(MOST, (p.done(MONTHS) - row.done) / row.plan))
