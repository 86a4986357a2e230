"""专项统计: one matter (开工, 竣工, 投产, 达产, 前期, 同比) by any dimension, with the projects behind each figure (docs/rules.md §5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import date
from enum import Enum

from sqlalchemy import Connection

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.measures.named import MEASURES, Quantity
from hydesk.domain.measures.preparation import Permit
from hydesk.domain.measures.reach import Reach
from hydesk.domain.measures.subjects import (
    Counted,
    Subject,
    columns_of,
    count_permits,
    count_preparations,
    count_subject,
    count_years,
)
from hydesk.domain.measures.totals import group_by
from hydesk.domain.measures.words import standing
from hydesk.domain.measures.year_on_year import compare_years
from hydesk.domain.periods import Period
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.check import ensure_agreement
from hydesk.reports.kinds import ReportKind
from hydesk.reports.model import Report
from hydesk.reports.subject import subject_report
from hydesk.services.milestones.list_permits import read_permits
from hydesk.services.pages.cross_table import NONE, CrossBy, Dimension, group_order, read_groups_of
from hydesk.services.reports.report_forms import report_form
from hydesk.services.standings.compare_years import compare_rows, last_year_side, last_year_view, side_of
from hydesk.services.standings.period_view import PeriodView, read_view


class PermitBy(Enum):
    """What permits are told apart by beside their projects; the value is the word on the screen."""

    NODE = "前期环节"
    DEPARTMENT = "责任部门"

    @property
    def label(self) -> str:
        """The word on the screen."""
        return self.value

    def of(self, permit: Permit) -> str:
        """The row that ``permit`` stands in."""
        return permit.node.shown if self is PermitBy.NODE else permit.node.granted_by or NONE


RowsBy = CrossBy | PermitBy
"""What the rows of a table may be: projects told apart, or permits."""


@dataclass(frozen=True, slots=True)
class SubjectTable:
    """Figures of a subject by rows. ``columns``: the ids of the measures; every row has one figure each."""

    period: Period
    subject: Subject
    rows_by: str
    columns: tuple[str, ...]
    rows: Mapping[str, tuple[Counted, ...]]
    whole: tuple[Counted, ...]
    reach: Reach
    note: str = ""
    """What the table says under its title, beside the date."""
    waits: Mapping[int, str] = field(default_factory=dict)
    """By project still in preparation: what it waits for, in words."""

    def of(self, id: str) -> Counted:
        """The whole's figure of the measure ``id``. Raises ValueError for one that does not stand here."""
        return self.whole[self.columns.index(id)]


def subject_table(
    ledger: Ledger, period: Period, subject: Subject, rows_by: RowsBy = Dimension.UNIT, scope: Scope = WHOLE
) -> SubjectTable:
    """The figures of ``subject`` over the projects of ``scope`` at ``period``, told apart by ``rows_by``; by ``PermitBy``
    only 前期手续 can be, anything else is then told apart by unit."""
    with ledger.read() as connection:
        view = read_view(connection, period, scope=scope)
        if isinstance(rows_by, PermitBy) and subject is Subject.PERMITS:
            return _permits(view, read_permits(connection, view), rows_by.label, rows_by.of, ())
        made: CrossBy = Dimension.UNIT if isinstance(rows_by, PermitBy) else rows_by
        groups = {g.standing.id: g.names.get(made, NONE) for g in read_groups_of(connection, view)}
        order = group_order(connection, made)
        if subject is Subject.YEAR_ON_YEAR:
            return _years(connection, view, made, groups, order)
        permits = read_permits(connection, view) if subject in (Subject.PERMITS, Subject.PREPARATION) else []
    if subject is Subject.PERMITS:
        return _permits(view, permits, made.label, lambda x: groups[x.project.id], order)
    return _counted(view, subject, made.label, groups, order, permits)


def _counted(
    view: PeriodView, subject: Subject, rows_by: str, groups: Mapping[int, str], order: Sequence[str], permits: Sequence[Permit]
) -> SubjectTable:
    by, year = view.yardstick, view.period.year

    def told(items: Sequence[ProjectStanding]) -> tuple[Counted, ...]:
        return count_preparations(items, permits, year, by) if subject is Subject.PREPARATION else count_subject(subject, items, year, by)

    rows = group_by(view.standings, lambda s: groups[s.id], order)
    return SubjectTable(view.period, subject, rows_by, columns_of(subject), {name: told(items) for name, items in rows.items()},
                        told(view.standings), view.reach, waits=_waits(permits))


def _permits(
    view: PeriodView, permits: Sequence[Permit], rows_by: str, key: Callable[[Permit], str], order: Sequence[str]
) -> SubjectTable:
    rows: dict[str, list[Permit]] = {name: [] for name in order}
    for x in permits:
        rows.setdefault(key(x), []).append(x)
    own = {name: count_permits(items) for name, items in rows.items() if items}
    count = len({x.project.id for x in permits})
    return SubjectTable(view.period, Subject.PERMITS, rows_by, columns_of(Subject.PERMITS), own, count_permits(permits), view.reach,
                        f"仍在前期的 {count} 个项目在开工以前的手续，按件计", _waits(permits))


def _waits(permits: Sequence[Permit]) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for x in permits:
        if x.open:
            found.setdefault(x.project.id, []).append(x.words)
    return {i: "；".join(words) for i, words in found.items()}


def _years(
    connection: Connection, view: PeriodView, rows_by: CrossBy, groups: Mapping[int, str], order: Sequence[str]
) -> SubjectTable:
    then = last_year_view(connection, view)
    old = {} if then is None else {g.standing.id: g.names.get(rows_by, NONE) for g in read_groups_of(connection, then)}
    rows = compare_rows(view, then, lambda s: groups[s.id], lambda s: old[s.id], order)
    whole = compare_years(side_of(view), last_year_side(then, view.shown))
    return SubjectTable(
        view.period, Subject.YEAR_ON_YEAR, rows_by.label, columns_of(Subject.YEAR_ON_YEAR),
        {name: count_years(found) for name, found in rows.items()}, count_years(whole), view.reach, whole.words)


def days_of(subject: Subject, project: ProjectStanding) -> tuple[date | None, date | None]:
    """The planned and the actual day that ``subject`` is about."""
    goal = subject.goal
    return (project.planned_start, project.actual_start) if goal is None else (goal.planned(project), goal.actual(project))


def subject_as_report(ledger: Ledger, made: SubjectTable, scope: Scope = WHOLE, today: date | None = None) -> Report:
    """``made`` as a report, to print, to Word and to Excel; the rules of its rates stand below it."""
    rates = [MEASURES[id].words for id in made.columns if MEASURES[id].quantity is Quantity.RATE]
    notes = ["注：" + "；".join(rates), *([made.note] if made.note else []),
             "；".join(x for x in (standing(made.reach), f"只统计{scope.words}" if scope.narrowed else "") if x)]
    report = subject_report(
        made.period, f"{made.subject.value}情况表", made.rows_by, made.columns, made.rows, made.whole, notes,
        form=report_form(ledger, ReportKind.STATISTICS), issued=today or date.today())
    ensure_agreement(report)
    return report
