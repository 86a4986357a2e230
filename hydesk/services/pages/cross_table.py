"""统计: projects counted and summed over one or two dimensions, from any choice of projects; as a report to print."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum

from sqlalchemy import Connection, select

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.models import ProjectClass
from hydesk.domain.fields import NATURES
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.own_sums import show_sum
from hydesk.domain.measures.reach import Reach, reach_of
from hydesk.domain.measures.totals import Totals, group_by, sum_up
from hydesk.domain.measures.words import standing
from hydesk.domain.milestones import STAGES
from hydesk.domain.money import MoneyUnit, format_money, format_percent
from hydesk.domain.own_columns import YES_NO, OwnColumn, OwnKind
from hydesk.domain.periods import Period
from hydesk.domain.scopes.fields import SCOPE_FIELDS, ScopeField, ScopeMember, own_field
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.check import ensure_agreement
from hydesk.reports.cross import CrossFigure, cross_report
from hydesk.reports.figures import FigureStyle
from hydesk.reports.kinds import ReportKind
from hydesk.reports.model import Report
from hydesk.services.reports.report_forms import report_form
from hydesk.services.standings.list_standings import read_groups, read_units
from hydesk.services.standings.own_columns import read_own_columns
from hydesk.services.standings.period_view import PeriodView, read_view

NONE = "未填"
"""The group of projects of which the dimension says nothing."""


class Dimension(Enum):
    """What projects are told apart by; the value is the word on the screen."""

    UNIT = "单位"
    GROUP = "分组"
    CATEGORY = "类别"
    NATURE = "建设性质"
    STAGE = "阶段"
    CHAIN = "产业链"
    INDUSTRY = "优势产业"
    LEVEL = "级别"
    INVESTOR = "投资主体"
    BATCH = "批次"
    MEANING = "进度"
    CITY_LEADER = "市级联系领导"
    COUNTY_LEADER = "县级包联领导"

    @property
    def label(self) -> str:
        """The word on the screen, as an own column has it."""
        return self.value


CrossBy = Dimension | OwnColumn
"""What projects are told apart by: a dimension every ledger has, or a column of the office's own."""
_OWN_KINDS = (OwnKind.CHOICE, OwnKind.YES_NO, OwnKind.PERSON, OwnKind.TEXT)
"""Own columns by whose values projects can be told apart; figures and days are too many."""


class CrossMeasure(Enum):
    """What is counted or summed."""

    COUNT = "项目个数"
    TOTAL = "总投资"
    PLAN = "年度计划投资"
    DONE = "年初至今完成"
    RATE = "完成率"

    @property
    def unit(self) -> str:
        """个, 万元 or %."""
        return {CrossMeasure.COUNT: "个", CrossMeasure.RATE: "%"}.get(self, "万元")

    @property
    def id(self) -> str:
        """The id of the measure (``domain/measures/named``)."""
        return {CrossMeasure.COUNT: "count", CrossMeasure.TOTAL: "total_investment", CrossMeasure.PLAN: "annual_plan",
                CrossMeasure.DONE: "year_investment", CrossMeasure.RATE: "completion"}[self]

    def of(self, totals: Totals) -> int | Decimal | None:
        """The measure of a group: whole things, yuan or an exact rate; None where nothing is known."""
        return {CrossMeasure.COUNT: totals.count, CrossMeasure.TOTAL: totals.known("total_investment"),
                CrossMeasure.PLAN: totals.known("annual_plan"), CrossMeasure.DONE: totals.known("year_investment"),
                CrossMeasure.RATE: totals.completion}[self]

    def show(self, totals: Totals) -> str:
        """The measure of a group as the screen shows it."""
        value = self.of(totals)
        if self is CrossMeasure.COUNT:
            return str(value)
        if self is CrossMeasure.RATE:
            return format_percent(totals.completion, sign=False)
        return format_money(None if value is None else int(value), MoneyUnit.WAN)

    @property
    def printed(self) -> CrossFigure:
        """The measure as a report prints it."""
        key, show = _PRINTED[self.id]
        return CrossFigure(self.value, self.unit, key, show, self.of, ("year", "plan") if self is CrossMeasure.RATE else None)


_PRINTED = {"count": ("count", FigureStyle.COUNT), "total_investment": ("total", FigureStyle.WAN), "annual_plan": ("plan", FigureStyle.WAN),
            "year_investment": ("year", FigureStyle.WAN), "completion": ("rate", FigureStyle.RATE)}
"""By the id of a measure: the end of its figures' keys, and how they are written."""


@dataclass(frozen=True, slots=True)
class OwnMeasure:
    """A column of the office's own that adds up, as a measure: 用地已交（亩）, 资金缺口（万元）."""

    column: OwnColumn

    @property
    def value(self) -> str:
        """What it is called."""
        return self.column.name

    @property
    def unit(self) -> str:
        """What it counts in."""
        return self.column.unit

    @property
    def id(self) -> str:
        """The id of the measure (``domain/measures/named``)."""
        return "own"

    def of(self, totals: Totals) -> int | Decimal | None:
        """The sum over a group; None where no project has a figure."""
        return totals.own(self.column).amount

    def show(self, totals: Totals) -> str:
        """The sum over a group as the screen shows it."""
        return show_sum(self.column, self.of(totals))

    @property
    def printed(self) -> CrossFigure:
        """The sum as a report prints it."""
        style = FigureStyle.WAN if self.column.kind.base is OwnKind.MONEY else FigureStyle.NUMBER
        return CrossFigure(self.value, self.unit, f"own{self.column.id}", style, self.of)


CrossOf = CrossMeasure | OwnMeasure
"""What is counted or summed: of the program's own, or of a column of the office's own."""


def list_measures(ledger: Ledger) -> list[CrossOf]:
    """All that can be counted or summed in this ledger, its own columns last."""
    with ledger.read() as connection:
        return [*CrossMeasure, *_own_measures(connection)]


def _own_measures(connection: Connection) -> list[OwnMeasure]:
    return [OwnMeasure(c) for c in read_own_columns(connection) if c.adds_up]


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Groups by rows and columns. ``cells`` lack groups without projects; ``ids`` are the projects of each row and cell
    (column "" is the row's whole)."""

    period: Period
    rows_by: CrossBy
    columns_by: CrossBy | None
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], Totals]
    row_totals: Mapping[str, Totals]
    column_totals: Mapping[str, Totals]
    whole: Totals
    reach: Reach
    """Who has reported, as of when the figures are."""
    ids: Mapping[tuple[str, str], tuple[int, ...]]
    own: tuple[OwnMeasure, ...] = ()
    """The office's own measures of which any project here has a figure."""

    @property
    def measures(self) -> tuple[CrossOf, ...]:
        """All that is known of the groups, side by side."""
        return (*CrossMeasure, *self.own)


@dataclass(frozen=True, slots=True)
class Grouped:
    """A project and the group it belongs to in each dimension."""

    standing: ProjectStanding
    names: Mapping[CrossBy, str]


def list_groups(ledger: Ledger, period: Period, scope: Scope = WHOLE) -> list[Grouped]:
    """Every project of ``scope`` with its groups."""
    with ledger.read() as connection:
        return read_groups_of(connection, read_view(connection, period, scope=scope))


def read_groups_of(connection: Connection, view: PeriodView) -> list[Grouped]:
    """Every project of ``view`` with its groups, within an open transaction."""
    fields: dict[CrossBy, ScopeField] = {of: SCOPE_FIELDS[key] for of, key in _FIELDS.items()}
    fields |= {column: own_field(column) for column in _own_dimensions(connection)}
    return [Grouped(m.project, {of: _name(m, field) for of, field in fields.items()}) for m in view.members(connection)]


def _own_dimensions(connection: Connection) -> list[OwnColumn]:
    return [c for c in read_own_columns(connection) if c.kind in _OWN_KINDS]


def list_dimensions(ledger: Ledger) -> list[CrossBy]:
    """All by which the projects of this ledger can be told apart, its own columns last."""
    with ledger.read() as connection:
        return [*Dimension, *_own_dimensions(connection)]


def _name(member: ScopeMember, field: ScopeField) -> str:
    """The one group a project belongs to: of several leaders all together, so that no project counts twice."""
    held = field.read(member)
    return (held if isinstance(held, str) else "、".join(held)) or NONE


def cross_table(
    ledger: Ledger, period: Period, rows_by: CrossBy, columns_by: CrossBy | None = None,
    project_ids: Collection[int] | None = None, scope: Scope = WHOLE,
) -> CrossTable:
    """Sums of the projects of ``scope`` (or of ``project_ids`` among them) by one or two dimensions."""
    with ledger.read() as connection:
        view = read_view(connection, period, scope=scope)
        listed = read_groups_of(connection, view)
    if project_ids is not None:
        wanted = set(project_ids)
        listed = [g for g in listed if g.standing.id in wanted]
    groups = {g.standing.id: g.names for g in listed}
    standings = [g.standing for g in listed]
    with ledger.read() as connection:
        order = {d: group_order(connection, d) for d in (rows_by, columns_by) if d is not None}
        own = _own_measures(connection)

    def group(of: CrossBy, s: ProjectStanding) -> str:
        return groups[s.id].get(of, NONE)

    by_row = group_by(standings, lambda s: group(rows_by, s), order[rows_by])
    by_column = group_by(standings, lambda s: group(columns_by, s), order[columns_by]) if columns_by else {}
    cells: dict[tuple[str, str], Totals] = {}
    ids: dict[tuple[str, str], tuple[int, ...]] = {}
    for row, items in by_row.items():
        ids[row, ""] = tuple(s.id for s in items)
        inner = group_by(items, lambda s: group(columns_by, s)) if columns_by else {}
        for column, some in inner.items():
            cells[row, column] = sum_up(some)
            ids[row, column] = tuple(s.id for s in some)
    whole = sum_up(standings)
    return CrossTable(
        period, rows_by, columns_by, tuple(by_row), tuple(by_column), cells,
        {name: sum_up(items) for name, items in by_row.items()}, {name: sum_up(items) for name, items in by_column.items()},
        whole, reach_of(standings, period, view.rules.closed, shown=view.shown), ids,
        tuple(m for m in own if m.of(whole) is not None))


_FIELDS: Mapping[Dimension, str] = {
    Dimension.UNIT: "unit", Dimension.GROUP: "group", Dimension.CATEGORY: "class", Dimension.NATURE: "nature",
    Dimension.STAGE: "stage", Dimension.CHAIN: "chain", Dimension.INDUSTRY: "industry", Dimension.LEVEL: "level",
    Dimension.INVESTOR: "investor", Dimension.BATCH: "batch", Dimension.MEANING: "lamp",
    Dimension.CITY_LEADER: "city_leader", Dimension.COUNTY_LEADER: "county_leader",
}
"""The field of scopes by which each tells projects apart."""
_CLASSES = {Dimension.CATEGORY: "category", Dimension.CHAIN: "chain", Dimension.INDUSTRY: "industry"}


def group_order(connection: Connection, of: CrossBy) -> Sequence[str]:
    """The office's own order of a dimension's groups, where it has one."""
    if isinstance(of, OwnColumn):
        return of.choices or (YES_NO if of.kind is OwnKind.YES_NO else ())
    if of is Dimension.UNIT:
        return [u.name for u in read_units(connection)]
    if of is Dimension.MEANING:
        return [m.label for m in Meaning]
    if of is Dimension.NATURE:
        return NATURES
    if of is Dimension.STAGE:
        return STAGES
    if of is Dimension.GROUP:
        return list(dict.fromkeys(read_groups(connection).values()))
    if of in _CLASSES:
        query = select(ProjectClass.name).where(ProjectClass.kind == _CLASSES[of]).order_by(ProjectClass.position)
        return list(connection.execute(query).scalars())
    return []


def cross_as_report(ledger: Ledger, made: CrossTable, measure: CrossOf, note: str = "",
                    today: date | None = None) -> Report:
    """``made`` as a report with its picture, to print, to Word and to Excel; ``note`` says which projects it counts.

    With two dimensions every cell shows ``measure``; with one, all measures stand side by side.
    """
    report = cross_report(
        made.period, made.rows_by.label, made.columns_by.label if made.columns_by else "", made.rows, made.columns,
        made.cells, made.row_totals, made.column_totals, made.whole, measure.printed, [m.printed for m in made.measures],
        form=report_form(ledger, ReportKind.STATISTICS), issued=today or date.today(),
        note="；".join(x for x in (standing(made.reach), note) if x))
    ensure_agreement(report)
    return report
