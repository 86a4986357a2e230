"""开工, 竣工, 投产, 达产 by any dimension, with the projects behind each figure (docs/rules.md §5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from hydesk.db.ledger import Ledger
from hydesk.domain.measures.named import MEASURES, Quantity
from hydesk.domain.measures.reach import Reach
from hydesk.domain.measures.subjects import Counted, Subject, columns_of, count_subject, count_years
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
from hydesk.services.pages.cross_table import NONE, CrossBy, Dimension, group_order, read_groups_of
from hydesk.services.reports.report_forms import report_form
from hydesk.services.standings.compare_years import compare_rows, last_year_side, last_year_view, side_of
from hydesk.services.standings.period_view import PeriodView, read_view


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

    def of(self, id: str) -> Counted:
        """The whole's figure of the measure ``id``. Raises ValueError for one that does not stand here."""
        return self.whole[self.columns.index(id)]


def subject_table(
    ledger: Ledger, period: Period, subject: Subject, rows_by: CrossBy = Dimension.UNIT, scope: Scope = WHOLE
) -> SubjectTable:
    """The figures of ``subject`` over the projects of ``scope`` at ``period``, told apart by ``rows_by``."""
    with ledger.read() as connection:
        view = read_view(connection, period, scope=scope)
        groups = {g.standing.id: g.names.get(rows_by, NONE) for g in read_groups_of(connection, view)}
        order = group_order(connection, rows_by)
        if subject is Subject.YEAR_ON_YEAR:
            return _years(connection, view, rows_by, groups, order)
    by, year = view.yardstick, period.year
    rows = group_by(view.standings, lambda s: groups[s.id], order)
    return SubjectTable(
        period, subject, rows_by.label, columns_of(subject), {name: count_subject(subject, items, year, by) for name, items in rows.items()},
        count_subject(subject, view.standings, year, by), view.reach)


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
