"""Every project as it stands at a period, and what there is to choose from: periods, years, units, classes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select
from sqlalchemy.orm import aliased

from hydesk.db.ledger import Ledger
from hydesk.db.models import (
    Batch,
    Milestone,
    MilestoneType,
    Problem,
    Progress,
    Project,
    ProjectClass,
    Unit,
    YearPlan,
)
from hydesk.domain.fields import Field
from hydesk.domain.money import Yuan
from hydesk.domain.periods import Period
from hydesk.domain.progress import complete_year
from hydesk.domain.snapshot import PeriodFigures, ReportingUnit
from hydesk.domain.standing import ProjectStanding
from hydesk.services.read_figures import Figures, recent_figures

_WORDS = ("code", "approval_code", "name", "unit", "location", "category", "industry", "chain", "nature", "level",
          "investor_kind", "builder", "responsible_unit", "contact", "scale", "batch", "year_goal", "lamp_reason")
_DATES = {("开工", "baseline"): "planned_start", ("开工", "actual"): "actual_start",
          ("竣工", "baseline"): "planned_finish", ("竣工", "actual"): "actual_finish"}
_NO_DATES = dict.fromkeys(_DATES.values())


def list_standings(ledger: Ledger, period: Period) -> list[ProjectStanding]:
    """The projects on the list of the period's year, in ledger order, with the newest figures known at ``period``."""
    with ledger.read() as connection:
        return read_standings(connection, period)


def read_standings(
    connection: Connection, period: Period, figures: Figures | None = None
) -> list[ProjectStanding]:
    """As ``list_standings``, within an open transaction; ``figures`` where the caller has read them already."""
    months = recent_figures(connection, period) if figures is None else figures
    dates = _dates(connection)
    late = overdue_problems(connection, period)
    standings = []
    for row in _projects(connection, period):
        facts: dict[str, Any] = dict(row)
        for word in _WORDS:
            facts[word] = facts[word] or ""
        held, reported = months.get(facts["id"], ([], False))
        facts |= _newest(complete_year(held, facts["invested_before"]), period)
        facts |= dates.get(facts["id"], _NO_DATES)
        overdue, delay = late.get(facts["id"], (0, 0))
        standings.append(ProjectStanding(**facts, reported=reported, problems_overdue=overdue, problem_delay=delay))
    return standings


def _projects(connection: Connection, period: Period) -> list[Any]:
    category, industry, chain = aliased(ProjectClass), aliased(ProjectClass), aliased(ProjectClass)
    query = (
        select(
            Project.id, Project.code, Project.approval_code, Project.name, Unit.name.label("unit"), Project.location,
            category.name.label("category"), industry.name.label("industry"), chain.name.label("chain"),
            func.coalesce(YearPlan.nature, Project.nature).label("nature"), Project.level, Project.investor_kind, Project.builder, Project.responsible_unit,
            Project.contact, Project.scale, Project.start_year, Project.finish_year, Batch.name.label("batch"),
            YearPlan.year_goal, Project.total_investment, YearPlan.invested_before, YearPlan.annual_plan,
            YearPlan.lamp_meaning, YearPlan.lamp_reason,
        )
        .join(YearPlan, YearPlan.project_id == Project.id)
        .outerjoin(Unit, Unit.id == Project.unit_id)
        .outerjoin(category, category.id == Project.category_id)
        .outerjoin(industry, industry.id == Project.industry_id)
        .outerjoin(chain, chain.id == Project.chain_id)
        .outerjoin(Batch, Batch.id == YearPlan.batch_id)
        .where(YearPlan.year == period.year, YearPlan.present, Project.present,
               or_(YearPlan.dropped_on.is_(None), YearPlan.dropped_on > period.end))
        .order_by(Project.id)
    )
    return list(connection.execute(query).mappings())


def _newest(months: list[PeriodFigures], period: Period) -> dict[str, Any]:
    """The newest figures known: the year to date as of its period, the month only where it is the period's own."""
    money: dict[Field, Yuan] = {}
    texts: dict[Field, str] = {}
    as_of: Period | None = None
    own: Mapping[Field, Yuan] = {}
    for held in months:
        if held.period == period.last_month:
            own = held.money
        if held.money:
            as_of = held.period
        money.update(held.money)
        if held.texts:
            texts = dict(held.texts)
    return {
        "as_of": as_of,
        "month_investment": own.get(Field.MONTH_INVESTMENT),
        "year_investment": money.get(Field.YEAR_INVESTMENT),
        "total_invested": money.get(Field.TOTAL_INVESTED),
        "funds_arrived": money.get(Field.FUNDS_ARRIVED),
        "statistics_month": own.get(Field.STATISTICS_MONTH),
        "statistics_year": money.get(Field.STATISTICS_YEAR),
        "progress_text": texts.get(Field.PROGRESS_TEXT, ""),
        "problem_text": texts.get(Field.PROBLEM_TEXT, ""),
        "next_work_text": texts.get(Field.NEXT_WORK_TEXT, ""),
    }


def _dates(connection: Connection) -> dict[int, dict[str, Any]]:
    query = (
        select(Milestone.project_id, MilestoneType.name, Milestone.baseline, Milestone.actual)
        .join(MilestoneType, and_(MilestoneType.id == Milestone.type_id, MilestoneType.name.in_(("开工", "竣工"))))
    )
    found: dict[int, dict[str, Any]] = {}
    for project_id, node, baseline, actual in connection.execute(query):
        dates = found.setdefault(project_id, dict(_NO_DATES))
        dates[_DATES[node, "baseline"]] = baseline
        dates[_DATES[node, "actual"]] = actual
    return found


def overdue_problems(connection: Connection, period: Period) -> dict[int, tuple[int, int]]:
    """Per project: its problems open past their deadline at the period's end, and the longest delay in days."""
    query = select(Problem.project_id, Problem.due_on).where(
        Problem.present, Problem.due_on < period.end, or_(Problem.closed_on.is_(None), Problem.closed_on > period.end),
        or_(Problem.raised_on.is_(None), Problem.raised_on <= period.end))
    found: dict[int, tuple[int, int]] = {}
    for project_id, due_on in connection.execute(query):
        count, delay = found.get(project_id, (0, 0))
        found[project_id] = (count + 1, max(delay, (period.end - due_on).days))
    return found


def known_periods(ledger: Ledger) -> list[Period]:
    """The periods that hold figures, oldest first."""
    with ledger.read() as connection:
        found = connection.execute(select(Progress.period).distinct()).scalars()
        return sorted((Period.parse(p) for p in found), key=lambda p: p.sort_key)


def ledger_years(ledger: Ledger) -> list[int]:
    """The years that have a project list, oldest first."""
    with ledger.read() as connection:
        query = select(YearPlan.year).where(YearPlan.present).group_by(YearPlan.year).having(func.count() > 0)
        return sorted(connection.execute(query).scalars())


def list_units(ledger: Ledger) -> list[ReportingUnit]:
    """The reporting units in the office's order."""
    with ledger.read() as connection:
        return read_units(connection)


def read_units(connection: Connection) -> list[ReportingUnit]:
    """As ``list_units``, within a transaction that is already open."""
    return [
        ReportingUnit(u.name, u.kind, u.region_code, tuple((u.short_names or "").split("\n")) if u.short_names else ())
        for u in connection.execute(
            select(Unit.name, Unit.kind, Unit.region_code, Unit.short_names).order_by(Unit.position))
    ]


def list_classes(ledger: Ledger, kind: str = "category") -> list[str]:
    """The classes of a kind (category 类别, industry 优势产业, chain 产业链) in the office's order."""
    with ledger.read() as connection:
        return list(connection.execute(
            select(ProjectClass.name).where(ProjectClass.kind == kind).order_by(ProjectClass.position)).scalars())
