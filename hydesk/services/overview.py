"""The period at a glance: totals, time progress, ranking, meanings, the year's curve, starts, nodes and problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import Connection, func, select

from hydesk.db.ledger import Ledger
from hydesk.db.models import Milestone, MilestoneType, Problem, Project
from hydesk.domain.indicators import Meaning, Ranked, Starts, Totals, group_by, rank, sum_up
from hydesk.domain.lamps import project_lamp
from hydesk.domain.periods import Period
from hydesk.domain.standing import ProjectStanding
from hydesk.domain.starts import count_starts, started_early, to_start
from hydesk.services.list_standings import list_units, read_standings
from hydesk.services.read_figures import figures_of_year
from hydesk.services.settings import lamp_rule, time_progress
from hydesk.services.year_curve import CurvePoint, curve_of


@dataclass(frozen=True, slots=True)
class DueMilestone:
    """A node that is due soon or overdue: planned or forecast, and not done."""

    project_id: int
    project: str
    name: str
    due_on: date
    days: int
    """Days from the period's end; below zero when overdue."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What 首页 shows; every figure comes from the same standings as the ledger's table and the report."""

    period: Period
    totals: Totals
    time_progress: Decimal
    ranking: list[Ranked]
    meanings: dict[Meaning, int]
    curve: list[CurvePoint]
    unreported: list[str]
    """Units none of whose projects has been reported for the period."""
    starts: Starts
    milestones_due: tuple[DueMilestone, ...]
    """Due within 60 days of the period's end, soonest first."""
    milestones_overdue: tuple[DueMilestone, ...]
    problems_open: int
    problems_overdue: int
    judged: tuple[int, ...] = ()
    """Ids of the projects whose meaning a person judged."""
    started_early: tuple[int, ...] = ()
    """Ids of the projects behind ``starts.early``."""


def overview(ledger: Ledger, period: Period) -> Overview:
    """The overview at ``period``."""
    with ledger.read() as connection:
        figures = figures_of_year(connection, period)
        standings = read_standings(connection, period, figures)
        due, overdue = _milestones(connection, period, {s.id for s in standings})
        problems = _problems(connection, period)
    elapsed = time_progress(ledger, period)
    rule = lamp_rule(ledger)
    order = [u.name for u in list_units(ledger)]
    units = group_by(standings, lambda s: s.unit, order)
    meanings = Counter(project_lamp(s, elapsed, rule, period.end).meaning for s in standings)
    return Overview(
        period=period, totals=sum_up(standings), time_progress=elapsed,
        ranking=rank((name, sum_up(items)) for name, items in units.items()),
        meanings={m: meanings[m] for m in Meaning},
        curve=curve_of(period, standings, figures),
        unreported=[name for name, items in units.items() if not any(s.reported for s in items)],
        starts=starts_of(standings, period), milestones_due=due, milestones_overdue=overdue,
        problems_open=problems[0], problems_overdue=problems[1],
        judged=tuple(s.id for s in standings if s.lamp_meaning is not None),
        started_early=tuple(
            s.id for s in standings if to_start(s, period.year) and started_early(s, period.end)))


def starts_of(standings: Sequence[ProjectStanding], period: Period) -> Starts:
    """开工情况 of the period's year, by the same rule as the report's."""
    return count_starts(standings, period.year, period.end)


def _milestones(
    connection: Connection, period: Period, listed: set[int]
) -> tuple[tuple[DueMilestone, ...], tuple[DueMilestone, ...]]:
    due_on = func.coalesce(Milestone.forecast, Milestone.baseline)
    query = (
        select(Project.id, Project.name, MilestoneType.name.label("node"), due_on.label("due_on"))
        .join(Milestone, Milestone.project_id == Project.id)
        .join(MilestoneType, MilestoneType.id == Milestone.type_id)
        .where(Project.present, Milestone.actual.is_(None), due_on.between(
            date(period.year, 1, 1), period.end + timedelta(days=60)))
        .order_by(due_on, Project.id)
    )
    found = [DueMilestone(r.id, r.name or "", r.node, r.due_on, (r.due_on - period.end).days)
             for r in connection.execute(query) if r.id in listed]
    return tuple(m for m in found if m.days >= 0), tuple(m for m in found if m.days < 0)


def _problems(connection: Connection, period: Period) -> tuple[int, int]:
    query = select(Problem.due_on).where(Problem.closed_on.is_(None), Problem.raised_on <= period.end)
    dues = connection.execute(query).scalars().all()
    return len(dues), sum(d is not None and d < period.end for d in dues)
