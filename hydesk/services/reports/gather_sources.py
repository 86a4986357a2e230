"""Read what reports draw on beside the standings, as it stood at a period's end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, or_, select

from hydesk.db.models import (
    Milestone,
    MilestoneType,
    Problem,
    Project,
    Unit,
    YearPlan,
)
from hydesk.db.queries import AnySelect
from hydesk.db.shelves import chunks
from hydesk.domain.dates import LooseDate, Precision
from hydesk.domain.fields import CONTINUED
from hydesk.domain.lists import ListChange
from hydesk.domain.milestones import START, UNNEEDED
from hydesk.domain.periods import Period
from hydesk.domain.project_year import MONTHS
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.sources import (
    AdjustmentLine,
    LastYear,
    Leaders,
    MonthPoint,
    NodeStanding,
    ProblemStanding,
    Sources,
)
from hydesk.services.doubts.forecast_year import read_year_end
from hydesk.services.projects.list_adjustments import ListedAdjustment, read_adjustments
from hydesk.services.standings.compare_years import last_year_view
from hydesk.services.standings.own_columns import read_own_columns
from hydesk.services.standings.period_view import PeriodView
from hydesk.services.standings.read_figures import Figures
from hydesk.services.standings.read_scope import known_words, short_units
from hydesk.services.standings.sub_projects import read_part_counts
from hydesk.services.standings.year_curve import curve_of


def gather_sources(
    connection: Connection, view: PeriodView, figures: Figures,
    about: Sequence[ProjectStanding] | None = None, *, years: bool = False, notices: bool = False, outlook: bool = True,
) -> Sources:
    """All sources for the projects of ``view``; the curve is that of ``about`` where the report is about some of them only.

    With ``notices`` what parts of notices draw on beside, with ``years`` last year's list too; without ``outlook`` not where the
    year will end.
    """
    period, standings = view.period, view.standings
    listed = {s.id for s in standings}
    going = {s.id for s in standings if s.nature == CONTINUED}
    own = standings if about is None else about
    curve = curve_of(view.reach, own, figures)
    end = read_year_end(connection, period) if outlook and len(own) == len(standings) and period.is_month and standings else None
    open_end = end is not None and 0 < end.month < MONTHS
    return Sources(
        nodes=tuple(n for n in _nodes(connection, period, listed)
                    # A 续建 was begun long ago: an old plan for its start is neither due nor overdue.
                    if not (n.node == START and n.actual is None and n.project_id in going)),
        problems=_problems(connection, period, listed),
        adjustments=_adjustments(connection, period),
        leaders=_leaders(connection, {s.id for s in own}),
        curve=tuple(MonthPoint(p.month, p.planned, p.done) for p in curve),
        parts=read_part_counts(connection),
        year_end=end.city if end is not None and open_end else None,
        year_end_wide=end is not None and not end.learnt,
        own=tuple(read_own_columns(connection)),
        **(_for_notices(connection, view, years=years) if notices else {}),
    )


def _for_notices(connection: Connection, view: PeriodView, *, years: bool) -> dict[str, Any]:
    then = last_year_view(connection, view) if years else None
    return {
        "words": {key: tuple(known_words(connection, key)) for key in _WORDS}, "short": short_units(connection),
        "last_year": None if then is None else LastYear(then.period, then.shown, tuple(then.members(connection)), then.rules.closed),
        "unneeded": frozenset(connection.execute(
            select(Milestone.project_id, MilestoneType.name).join(MilestoneType, MilestoneType.id == Milestone.type_id)
            .where(Milestone.handling == UNNEEDED)).tuples())}


_WORDS = ("class", "industry", "chain")
"""Fields of scopes whose words the office orders; of the others a report knows the order."""


def _leaders(connection: Connection, listed: set[int]) -> tuple[Leaders, ...]:
    query = select(Project.id, Project.city_leader, Project.county_leader).where(
        or_(Project.city_leader.is_not(None), Project.county_leader.is_not(None))).order_by(Project.id)
    made = (Leaders(r.id, r.city_leader or "", r.county_leader or "") for r in connection.execute(query) if r.id in listed)
    return tuple(x for x in made if x.city or x.county)


def _loose(day: date | None, precision: str | None) -> LooseDate | None:
    return None if day is None else LooseDate(day, Precision(precision or "day"))


def _nodes(connection: Connection, period: Period, listed: set[int]) -> tuple[NodeStanding, ...]:
    """The nodes of the listed projects; rows as bare tuples, for there are fourteen to a project."""
    query: AnySelect = (
        select(Milestone.project_id, MilestoneType.name, MilestoneType.stage, Milestone.baseline, Milestone.baseline_precision,
               Milestone.forecast, Milestone.forecast_precision, Milestone.actual, Milestone.actual_precision)
        .join(MilestoneType, MilestoneType.id == Milestone.type_id)
        .where(or_(Milestone.handling.is_(None), Milestone.handling != UNNEEDED))
        .order_by(Milestone.project_id, MilestoneType.position)
    )
    found, end = [], period.end
    for project, node, stage, planned, exactly, forecast, near, actual, known in map(tuple, connection.execute(query).all()):
        if project in listed:
            done = actual if actual is None or actual <= end else None
            found.append(NodeStanding(
                project, node, stage, _loose(planned, exactly), _loose(forecast, near), _loose(done, known)))
    return tuple(found)


def _problems(connection: Connection, period: Period, listed: set[int]) -> tuple[ProblemStanding, ...]:
    query = select(Problem).where(
        Problem.present, or_(Problem.raised_on.is_(None), Problem.raised_on <= period.end)).order_by(Problem.id)
    found = []
    for row in connection.execute(query).mappings():
        if row["project_id"] not in listed:
            continue
        closed = row["closed_on"]
        if closed is not None and closed > period.end:
            closed = None
        status = row["status"] or ""
        if status == "closed" and closed is None and row["closed_on"] is not None:
            status = "working"
        found.append(ProblemStanding(
            row["id"], row["project_id"], row["title"] or "", row["detail"] or "", row["measures"] or "",
            row["responsible"] or "", row["leader"] or "", status, row["raised_on"], row["due_on"], closed))
    return tuple(found)


def _adjustments(connection: Connection, period: Period) -> tuple[AdjustmentLine, ...]:
    """Dated acts of the year until the period's end, the oldest first, and those who left without one."""
    query = (
        select(Project.id, Unit.name.label("unit"), Project.total_investment, YearPlan.annual_plan)
        .outerjoin(Unit, Unit.id == Project.unit_id)
        .outerjoin(YearPlan, (YearPlan.project_id == Project.id) & (YearPlan.year == period.year))
    )
    acts = [a for a in reversed(read_adjustments(connection, period.year)) if a.on <= period.end]
    ids = {a.project_id for a in acts}
    facts = {r.id: r for part in chunks(ids) for r in connection.execute(query.where(Project.id.in_(part)))}
    made = [_line(a, facts.get(a.project_id)) for a in acts]
    said = {line.project_id for line in made if line.kind == ListChange.DROPPED.label}
    return (*made, *(line for line in _dropped(connection, period) if line.project_id not in said))


def _line(act: ListedAdjustment, facts: Any) -> AdjustmentLine:
    """``act`` as a line: what was and what is, each field in both columns."""
    before = "；".join(f"{c.label} {c.old}" for c in act.changes if c.old)
    after = "；".join(f"{c.label} {c.new or '空'}" for c in act.changes)
    unit, total, plan = (facts.unit, facts.total_investment, facts.annual_plan) if facts else (None, None, None)
    return AdjustmentLine(act.project_id, act.code, act.name, unit or "", act.kind.label, act.on, act.reason, act.batch,
                          act.other, total, plan, act.document, before, after)


def _dropped(connection: Connection, period: Period) -> list[AdjustmentLine]:
    """Projects that left the list without a reasoned adjustment."""
    query = (
        select(Project.id, Project.code, Project.name, Unit.name.label("unit"), YearPlan.dropped_on,
               Project.total_investment, YearPlan.annual_plan)
        .join(YearPlan, YearPlan.project_id == Project.id)
        .outerjoin(Unit, Unit.id == Project.unit_id)
        .where(YearPlan.year == period.year, YearPlan.present, Project.present, YearPlan.dropped_on.is_not(None),
               YearPlan.dropped_on <= period.end)
        .order_by(YearPlan.dropped_on, Project.id)
    )
    return [
        AdjustmentLine(r.id, r.code or "", r.name or "", r.unit or "", ListChange.DROPPED.label, r.dropped_on,
                       "未填原因", "", "", r.total_investment, r.annual_plan)
        for r in connection.execute(query)
    ]
