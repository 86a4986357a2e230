"""Every project as it stands at a period, and what there is to choose from: periods, years, units, classes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, and_, case, func, or_, select

from hydesk.db.asked_once import asked_once
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
    aliased,
)
from hydesk.db.queries import AnyRow, AnySelect
from hydesk.db.references import rows_of
from hydesk.domain.collector import collector_paused
from hydesk.domain.fields import PLAN_FIELDS, PROGRESS_MONEY, PROGRESS_TEXTS, Field
from hydesk.domain.money import Yuan
from hydesk.domain.month_plan import MonthPlan
from hydesk.domain.own_columns import NO_OWN
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import ReportingUnit
from hydesk.domain.standing import CARRIED, OTHERS, ProjectStanding
from hydesk.services.rules.settings import kept_value, office_settings
from hydesk.services.standings.own_columns import read_own_columns, read_own_values
from hydesk.services.standings.read_figures import Figures, figures_of, recent_figures

_NO_OTHERS: dict[Field, Yuan | str] = {}
_DATED = ("开工", "竣工", "投产", "达产")
"""The nodes whose planned and actual dates a standing holds, in the order of its fields."""
_NO_DATES: tuple[date | None, ...] = (None,) * (2 * len(_DATED))


def list_standings(ledger: Ledger, period: Period, *, left: bool = False) -> list[ProjectStanding]:
    """The projects on the list of the period's year, in ledger order, with the newest figures known at ``period``.

    With ``left`` those too that had left the list by the period's end.
    """
    with ledger.read() as connection:
        return read_standings(connection, period, left=left)


def first_standings(ledger: Ledger, period: Period, count: int) -> list[ProjectStanding] | None:
    """The first ``count`` of ``list_standings``, quickly; None where there are hardly more than those.

    What a screen can show of tens of thousands while it reads the rest.
    """
    with ledger.read() as connection:
        listed = select(YearPlan.project_id).where(YearPlan.year == period.year)
        if not connection.execute(listed.order_by(YearPlan.project_id).offset(_HARDLY_MORE * count).limit(1)).first():
            return None
        query = (
            select(Project.id).join(YearPlan, YearPlan.project_id == Project.id)
            .where(*_on_the_list(period)).order_by(Project.id).limit(count)
        )
        ids = set(connection.execute(query).scalars())
        return read_standings(connection, period, figures_of(connection, period, ids), some=ids)


_HARDLY_MORE = 20
"""Up to this many screenfuls are read at once: that is over before anybody has looked."""


def _on_the_list(period: Period, *, left: bool = False) -> tuple[Any, ...]:
    here = (YearPlan.year == period.year, YearPlan.present, Project.present)
    return here if left else (*here, or_(YearPlan.dropped_on.is_(None), YearPlan.dropped_on > period.day))


def listed_units(connection: Connection, period: Period) -> set[str]:
    """The units that have projects on the list of the period's year; an empty word for projects without one."""
    # Until when units had projects of the year: one answer for all its periods.
    query = select(Unit.name, YearPlan.dropped_on).select_from(Project).join(YearPlan, YearPlan.project_id == Project.id).outerjoin(
        Unit, Unit.id == Project.unit_id).where(*_on_the_list(period, left=True)).distinct()
    listed = asked_once(connection, ("listed_units", period.year), lambda: connection.execute(query).tuples().all())
    return {name or "" for name, dropped in listed if dropped is None or dropped > period.day}


def read_standings(
    connection: Connection, period: Period, figures: Figures | None = None, project: int | None = None,
    some: Collection[int] | None = None, *, left: bool = False,
) -> list[ProjectStanding]:
    """As ``list_standings``, within an open transaction; ``figures`` where the caller has read them already.

    With ``project``, of that one only; with ``some``, of those few; with ``left`` also those that had left by then.
    """
    some = some if project is None else [project]
    held = recent_figures(connection, period) if figures is None else figures
    dates = _dates(connection, some)
    late = overdue_problems(connection, period)
    own = read_own_values(connection, read_own_columns(connection), period, some)
    with collector_paused():
        standings = []
        for row in map(tuple, _projects(connection, period, some, left)):
            key = row[0]
            newest, others = _newest(held, key, row[_BEFORE], period)
            if CARRIED:
                others |= {f: v for f, v in zip(CARRIED, row[_LEADERS + 3:], strict=True) if v}
            values: tuple[Any, ...] = (
                *row[:_OVERRIDE], *newest, *(days := dates.get(key, _NO_DATES))[:4], held.reported(key), *row[_OVERRIDE:_OVERRIDE + 2],
                *late.get(key, (0, 0)), others or _NO_OTHERS, *row[_LEADERS:_LEADERS + 2], own.get(key, NO_OWN),
                MonthPlan.read(months) if (months := row[_LEADERS + 2]) else None, *days[4:])
            standings.append(ProjectStanding(*values))
        return standings


def _projects(
    connection: Connection, period: Period, some: Collection[int] | None, left: bool = False
) -> Sequence[Any]:
    """The rows of the year's list, in the order of the fields of ``ProjectStanding``; then the lamp's override and what
    only the card prints."""
    category, industry, chain = aliased(ProjectClass), aliased(ProjectClass), aliased(ProjectClass)
    nature = func.coalesce(YearPlan.nature, Project.nature)
    query = (
        select(
            Project.id, *map(_word, (
                Project.code, Project.approval_code, Project.name, Unit.name, Project.location, category.name,
                industry.name, chain.name, nature, Project.level, Project.investor_kind, Project.builder,
                Project.responsible_unit, Project.contact, Project.scale)),
            Project.start_year, Project.finish_year, _word(Batch.name), _word(YearPlan.year_goal),
            Project.total_investment, YearPlan.invested_before, YearPlan.annual_plan,
            YearPlan.lamp_meaning, _word(YearPlan.lamp_reason), _word(Project.city_leader), _word(Project.county_leader),
            YearPlan.month_plan,
            *(getattr(YearPlan if f in PLAN_FIELDS else Project, f.value) for f in CARRIED),
        )
        .join(YearPlan, YearPlan.project_id == Project.id)
        .outerjoin(Unit, Unit.id == Project.unit_id)
        .outerjoin(category, category.id == Project.category_id)
        .outerjoin(industry, industry.id == Project.industry_id)
        .outerjoin(chain, chain.id == Project.chain_id)
        .outerjoin(Batch, Batch.id == YearPlan.batch_id)
        .where(*_on_the_list(period, left=left))
        .order_by(Project.id)
    )
    if some is not None:
        query = query.where(Project.id.in_(some))
    return connection.execute(query).all()


_BEFORE = 21
"""Where 截至上年底累计 stands in a row of ``_projects``."""
_OVERRIDE = 23
"""Where the lamp's override begins there."""
_LEADERS = 25
"""Where the leaders begin there."""
_SUMS = tuple((f, PROGRESS_MONEY.index(f) + 2) for f in OTHERS if f in PROGRESS_MONEY)
_WORDS = tuple((f, PROGRESS_TEXTS.index(f)) for f in OTHERS if f in PROGRESS_TEXTS)
_NAMED_WORDS = tuple(PROGRESS_TEXTS.index(f) for f in (Field.PROGRESS_TEXT, Field.PROBLEM_TEXT, Field.NEXT_WORK_TEXT))


def _word(column: Any) -> Any:
    return func.coalesce(column, "")


def _newest(
    held: Figures, project: int, invested_before: Yuan | None, period: Period
) -> tuple[tuple[Any, ...], dict[Field, Yuan | str]]:
    """The newest figures known: sums to date of whichever period holds one last, amounts of the own period only.

    In the order of ``ProjectStanding``: as_of and its day, the amounts, the three texts. A week's own amounts of the
    running month are no month's, so ``month_investment`` comes from the month's own row alone. Beside them what is
    known of the other fields (``OTHERS``).
    """
    month_of, week_of = period.last_month, None if period.is_month else period
    as_of: Period | None = None
    day: date | None = None
    own_month = own_week = own_bureau = year = since = funds = bureau = None
    others: dict[Field, Yuan | str] = {}
    done = held.completed(project, invested_before)
    for at, on, m, y, s, f, bm, by, w, *_ in done:
        if at == month_of:
            own_month, own_bureau = m, bm
        elif week_of is not None and at == week_of:
            own_week = w
        if y is not None:
            as_of, day, year = at, on, y
        elif year is None and not (m is s is f is bm is by is w is None):
            as_of, day = at, on  # no sum of the year yet: the newest figure of any kind
        since, funds = (since if s is None else s), (funds if f is None else f)
        bureau = bureau if by is None else by
    words = held.texts(project)
    texts = tuple(words[i] or "" for i in _NAMED_WORDS) if words else ("", "", "")
    if words:
        others |= {field: text for field, i in _WORDS if (text := words[i])}
    for field, i in _SUMS:
        amounts: list[Any] = [row[i] for row in done if row[i] is not None]
        if amounts:
            others[field] = amounts[-1]
    return (as_of, day, own_month, own_week, year, since, funds, own_bureau, bureau, *texts), others


def _dates(connection: Connection, some: Collection[int] | None) -> dict[int, list[date | None]]:
    """Per project the planned and the actual day of each of ``_DATED``."""
    query = (
        select(Milestone.project_id, MilestoneType.name, Milestone.baseline, Milestone.actual)
        .join(MilestoneType, and_(MilestoneType.id == Milestone.type_id, MilestoneType.name.in_(_DATED)))
    )
    if some is not None:
        query = query.where(Milestone.project_id.in_(some))
    found: dict[int, list[date | None]] = {}
    places = {node: 2 * i for i, node in enumerate(_DATED)}
    for project_id, node, baseline, actual in connection.execute(query).all():
        dates = found.get(project_id)
        if dates is None:
            dates = found[project_id] = [None] * len(_NO_DATES)
        at = places[node]
        dates[at], dates[at + 1] = baseline, actual
    return found


def overdue_problems(connection: Connection, period: Period) -> dict[int, tuple[int, int]]:
    """Per project: its problems open past their deadline at the period's end, and the longest delay in days."""
    query: AnySelect = select(Problem.project_id, Problem.due_on).where(
        Problem.present, Problem.due_on < period.day, or_(Problem.closed_on.is_(None), Problem.closed_on > period.day),
        or_(Problem.raised_on.is_(None), Problem.raised_on <= period.day))
    found: dict[int, tuple[int, int]] = {}
    for project_id, due_on in connection.execute(query).all():
        count, delay = found.get(project_id, (0, 0))
        found[project_id] = (count + 1, max(delay, (period.day - due_on).days))
    return found


def read_schedule_share(connection: Connection, period: Period) -> Decimal | None:
    """What part of the year's plan is of listed projects with a plan by month; None without any plan."""
    query = select(func.sum(YearPlan.annual_plan), func.sum(case((YearPlan.month_plan.is_not(None), YearPlan.annual_plan)))).join(
        Project, Project.id == YearPlan.project_id).where(*_on_the_list(period))
    whole, told = connection.execute(query).one()
    return Decimal(int(told or 0)) / int(whole) if whole else None


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


UNIT_OFF = "unit_off/"
"""Before the key of a unit: the setting that says it is retired (停用)."""
UNIT_GROUP = "unit_group/"
"""Before the key of a unit: the setting that names the group (分组) it ranks in, where that is not its kind."""


def list_units(ledger: Ledger, *, retired: bool = True) -> list[ReportingUnit]:
    """The reporting units in the office's order; with ``retired`` also those that report no more."""
    with ledger.read() as connection:
        return [u for u in read_units(connection) if retired or not u.retired]


def read_units(connection: Connection) -> list[ReportingUnit]:
    """All units, within a transaction that is already open; a retired one that no project was ever of is left out."""
    off = {int(key.removeprefix(UNIT_OFF)) for key, value in office_settings(connection).items()
           if key.startswith(UNIT_OFF) and value == "true"}
    groups = read_set_groups(connection)
    used = set(connection.execute(select(Project.unit_id).where(Project.unit_id.in_(off)).distinct()).scalars()) if off else off
    return [
        ReportingUnit(u.name, u.kind or "", u.region_code,
                      tuple((u.short_names or "").split("\n")) if u.short_names else (), u.id in off, groups.get(u.id, ""))
        for u in _in_order(connection) if u.id not in off or u.id in used
    ]


def read_set_groups(connection: Connection) -> dict[int, str]:
    """The groups that were set, by the unit's key."""
    return {int(key.removeprefix(UNIT_GROUP)): kept_value(value, "", str) for key, value in office_settings(connection).items()
            if key.startswith(UNIT_GROUP)}


def read_groups(connection: Connection) -> dict[str, str]:
    """The group (分组) each unit ranks in, by the unit's name, in the office's order of units; its kind where no group
    was set."""
    groups = read_set_groups(connection)
    return {u.name: groups.get(u.id) or u.kind or "" for u in _in_order(connection)}


def _in_order(connection: Connection) -> list[AnyRow]:
    return sorted(rows_of(connection, Unit.__table__), key=lambda u: (u.position is not None, u.position or 0, u.id))


def list_classes(ledger: Ledger, kind: str = "category") -> list[str]:
    """The classes of a kind (category 类别, industry 优势产业, chain 产业链) in the office's order."""
    with ledger.read() as connection:
        return list(connection.execute(
            select(ProjectClass.name).where(ProjectClass.kind == kind).order_by(ProjectClass.position)).scalars())
