"""The projects of this year's list and of the earlier ones, month by month, as they were known at a period.

What a later return or a later year's list wrote is taken back, as far as the change log tells (docs/rules.md §9.1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, case, func, or_, select

from hydesk.db.marks import entry_holds
from hydesk.db.models import (
    Import,
    LogEntry,
    Milestone,
    MilestoneType,
    Progress,
    Project,
    ProjectClass,
    Unit,
    YearPlan,
)
from hydesk.db.places import Entity, read_date
from hydesk.db.queries import AnySelect
from hydesk.db.shelves import chunks
from hydesk.domain.collector import collector_paused
from hydesk.domain.money import Yuan
from hydesk.domain.periods import Period
from hydesk.domain.project_year import MONTHS, NO_WORDS, NOTHING, ProjectYear
from hydesk.services.standings.list_standings import read_groups

EARLIER = 4
"""So many earlier years are looked at: what was longer ago teaches little of now."""
PERMITS = ("用地", "规划许可", "施工许可")
START = "开工"
_PROJECT_FIELDS = ("total_investment",)
_PLAN_FIELDS = ("annual_plan", "invested_before")

Later = Mapping[tuple[str, int, str, str], str | None]
"""By entity, project, scope and field what a place held before anything later than the period was written to it."""


def read_project_years(connection: Connection, period: Period, *, sums_teach: bool = False) -> dict[int, list[ProjectYear]]:
    """By year the projects of its list: the period's own and up to ``EARLIER`` before it, nothing later than ``period``.

    With ``sums_teach`` of the earlier years only the year's sums are read, month by month: all that a forecast looks at.
    """
    later = _later_writes(connection, period)
    dates = _dates(connection, period, later)
    listed = select(YearPlan.year).where(YearPlan.present, YearPlan.year <= period.year).distinct().order_by(YearPlan.year)
    years = [y for y in connection.execute(listed).scalars() if y >= period.year - EARLIER]
    groups = read_groups(connection)
    found: dict[int, list[ProjectYear]] = {}
    with collector_paused():
        sums = _sums(connection, [y for y in years if y != period.year]) if sums_teach else {}
        for year in years:
            own = year == period.year
            months = (sums.get(year, {}) if sums_teach and not own
                      else _months(connection, year, period if own else None, later if own else {}))
            found[year] = _one_year(connection, year, period, dates, later, months, groups)
    return found


def _one_year(
    connection: Connection, year: int, period: Period, dates: Mapping[int, Mapping[str, Any]], later: Later,
    months: Mapping[int, _Months], groups: Mapping[str, str],
) -> list[ProjectYear]:
    own = year == period.year
    query = (
        select(Project.id, Project.code, Project.name, Unit.name, func.coalesce(YearPlan.nature, Project.nature, ""),
               YearPlan.annual_plan, Project.total_investment, YearPlan.invested_before, func.coalesce(ProjectClass.name, ""),
               func.coalesce(Project.builder, ""), func.coalesce(Project.location, ""))
        .join(YearPlan, YearPlan.project_id == Project.id)
        .outerjoin(Unit, Unit.id == Project.unit_id)
        .outerjoin(ProjectClass, ProjectClass.id == Project.category_id)
        .where(YearPlan.year == year, YearPlan.present, Project.present)
        .order_by(Project.id))
    if own:
        query = query.where(or_(YearPlan.dropped_on.is_(None), YearPlan.dropped_on > period.day))
    found = []
    for key, code, name, unit, nature, plan, total, before, category, builder, place in map(tuple, connection.execute(query).all()):
        if later:
            plan = _back(later, Entity.PLAN, key, str(year), "annual_plan", plan)
            before = _back(later, Entity.PLAN, key, str(year), "invested_before", before)
            total = _back(later, Entity.PROJECT, key, "", "total_investment", total)
        day = dates.get(key, {})
        money = months.get(key)
        found.append(ProjectYear(
            key, code or "", name or "", unit or "", year, nature, plan, total, before, category, builder, place,
            day.get("planned"), day.get("actual"), day.get("permits", {}),
            money.year if money else NOTHING, money.funds if money else NOTHING, money.bureau if money else NOTHING,
            money.words if money else NO_WORDS, money.weeks if money else (), groups.get(unit or "", "")))
    return found


def _back(later: Later, entity: Entity, project: int, scope: str, field: str, held: Yuan | None) -> Yuan | None:
    key = (entity.value, project, scope, field)
    if key not in later:
        return held
    old = later[key]
    return None if old is None else int(old)


class _Months:
    """A project's twelve months while they are being filled, in the order of their days."""

    __slots__ = ("bureau", "closed", "funds", "weeks", "words", "year")

    def __init__(self) -> None:
        self.year: list[Yuan | None] = [None] * MONTHS
        self.funds: list[Yuan | None] = [None] * MONTHS
        self.bureau: list[Yuan | None] = [None] * MONTHS
        self.words: list[str] = [""] * MONTHS
        self.weeks: list[tuple[int, int, Yuan]] = []
        self.closed = 0

    def take(self, day: date, is_month: bool, money: Sequence[Yuan | None], words: str | None) -> None:
        """One period's row, its money as in ``_MONEY``; sums that are not told follow from the month before (docs/rules.md §1.4).

        A week that ends with its month changes nothing of what the month's own return told.
        """
        at = day.month - 1
        month, year, funds, bureau_month, bureau = money
        if not is_month and year is not None:
            self.weeks.append((day.month, day.day, year))
        if not self.take_sum(day.month, is_month, month, year):
            return
        if is_month and bureau is None and bureau_month is not None:
            bureau_before = 0 if not at else self.bureau[at - 1]
            bureau = None if bureau_before is None else bureau_before + bureau_month
        if funds is not None:
            self.funds[at] = funds
        if bureau is not None:
            self.bureau[at] = bureau
        if words:
            self.words[at] = words

    def take_sum(self, number: int, is_month: bool, month: Yuan | None, year: Yuan | None) -> bool:
        """The year's sum as one period of the month ``number`` tells it; False for a week after its month's own return."""
        at = number - 1
        if is_month:
            self.closed = number
            if year is None and month is not None:
                before = 0 if not at else self.year[at - 1]
                year = None if before is None else before + month
        elif self.closed == number:
            return False
        if year is not None:
            self.year[at] = year
        return True


def _months(connection: Connection, year: int, period: Period | None, later: Later) -> dict[int, _Months]:
    columns = [Progress.project_id, Progress.period, Progress.ends_on, Progress.month_investment, Progress.year_investment,
               Progress.funds_arrived, Progress.statistics_month, Progress.statistics_year]
    # Of years that are over only sums teach, and the words that explained a leap.
    columns.append(Progress.progress_text)
    query = select(*columns).where(Progress.year == year).order_by(Progress.ends_on, Progress.period)
    if period is not None:
        query = query.where(Progress.ends_on <= period.day)
    found: dict[int, _Months] = {}
    last_month = period.last_month.number if period is not None else MONTHS
    for row in map(tuple, connection.execute(query).all()):
        project, name, day, *money, words = row
        at = day.month - 1
        if at >= last_month:
            continue
        if later:
            money = [_back(later, Entity.PROGRESS, project, name, f, v) for f, v in zip(_MONEY, money, strict=True)]
        held = found.get(project)
        if held is None:
            held = found[project] = _Months()
        held.take(day, name[5] != "W", money, words)
    return found


def _sums(connection: Connection, years: Collection[int]) -> dict[int, dict[int, _Months]]:
    """Of years that are over the sums alone, by year and project. A month's name says which it is; of a week, and of a month
    told to a day of its own, the last day does."""
    by_day = or_(Progress.period.like("____-W%"), Progress.day.is_not(None))
    query: AnySelect = select(
        Progress.year, Progress.project_id, Progress.period, case((by_day, Progress.ends_on)), Progress.month_investment,
        Progress.year_investment).where(Progress.year.in_(years)).order_by(Progress.ends_on, Progress.period)
    found: dict[int, dict[int, _Months]] = {year: {} for year in years}
    for year, project, name, day, month, so_far in map(tuple, connection.execute(query).all()):
        held = found[year].get(project)
        if held is None:
            held = found[year][project] = _Months()
        held.take_sum(int(name[5:7]) if day is None else day.month, name[5] != "W", month, so_far)
    return found


_MONEY = ("month_investment", "year_investment", "funds_arrived", "statistics_month", "statistics_year")


def _dates(connection: Connection, period: Period, later: Later) -> dict[int, dict[str, Any]]:
    """Per project its planned and actual start and the permits it got by the period's end."""
    query: AnySelect = (
        select(Milestone.project_id, MilestoneType.name, Milestone.baseline, Milestone.actual)
        .join(MilestoneType, and_(MilestoneType.id == Milestone.type_id, MilestoneType.name.in_((START, *PERMITS)))))
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for project, node, baseline, actual in map(tuple, connection.execute(query).all()):
        key = (Entity.MILESTONE.value, project, node, "actual")
        if key in later:
            old = later[key]
            actual = read_date(old).day if old else None
        known: date | None = actual if actual is not None and actual <= period.day else None
        own = found[project]
        if node == START:
            own["planned"], own["actual"] = baseline, known
        elif known is not None:
            own.setdefault("permits", {})[node] = known
    return found


def _later_writes(connection: Connection, period: Period) -> dict[tuple[str, int, str, str], str | None]:
    """What places held before returns of later periods and lists of later years wrote to them."""
    imports: AnySelect = select(Import.act_id, Import.period, Import.year)
    acts = [act for act, told, year in map(tuple, connection.execute(imports).all())
            if _is_later(told, year, period)]
    found: dict[tuple[str, int, str, str], str | None] = {}
    fields = (*_PROJECT_FIELDS, *_PLAN_FIELDS, "actual", *_MONEY)
    for some in chunks(acts):
        query: AnySelect = (
            select(LogEntry.entity, LogEntry.project_id, LogEntry.scope, LogEntry.field, LogEntry.old)
            .where(LogEntry.act_id.in_(some), entry_holds(), LogEntry.field.in_(fields), LogEntry.import_id.is_not(None))
            .order_by(LogEntry.id))
        for entity, project, scope, field, old in map(tuple, connection.execute(query).all()):
            if entity != Entity.PROGRESS or _scope_day(scope) <= period.day:
                found.setdefault((entity, project, scope, field), old)
    return found


def _is_later(told: str | None, year: int | None, period: Period) -> bool:
    if told:
        return Period.parse(told).day > period.day
    return year is not None and year > period.year


def _scope_day(scope: str) -> date:
    return Period.parse(scope).day

