"""The columns of the ledger table: head, text, sort key and alignment of each, as data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field, replace
from decimal import Decimal
from operator import attrgetter
from typing import Any

from hydesk.dataclass import dataclass
from hydesk.domain.fields import AMOUNTS, BASIC, STATE, TIME, Field, FieldGroup, FieldKind
from hydesk.domain.lamps import Lamp
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.measured import AsOf
from hydesk.domain.measures.named import OF_FIELD
from hydesk.domain.measures.reach import as_of
from hydesk.domain.measures.words import span
from hydesk.domain.milestones import STAGES
from hydesk.domain.money import (
    NO_FIGURE,
    MoneyUnit,
    Yuan,
    format_money,
    format_percent,
    format_points,
    in_unit,
)
from hydesk.domain.own_columns import LedgerField, OwnColumn, OwnKind, own_sort_key, show_own_value
from hydesk.domain.periods import Period
from hydesk.domain.scopes.cases import stage_of
from hydesk.domain.standing import ATTRIBUTES, ProjectStanding
from hydesk.services.projects.list_more_facts import MoreFacts


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A project with what is worked out from it once."""

    project: ProjectStanding
    lamp: Lamp
    completion: Decimal | None
    gap: Decimal | None
    """完成率 less 时间进度 at the project's own date, the two as shown; negative when behind."""
    started: bool
    """已开工 by the office's rule."""
    more: MoreFacts = field(default_factory=MoreFacts)

    @property
    def stage(self) -> str:
        """The stage it has reached."""
        return stage_of(self.project, self.more.reached, self.started)


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """One column. Exactly one of ``money``, ``text``, ``ratio``, ``number`` and ``figure`` says where the value comes from."""

    key: str
    head: str
    width: int
    group: str
    money: Callable[[LedgerLine], Yuan | None] | None = None
    text: Callable[[LedgerLine], str] | None = None
    ratio: Callable[[LedgerLine], Decimal | None] | None = None
    number: Callable[[LedgerLine], int] | None = None
    figure: Callable[[LedgerLine], Decimal | None] | None = None
    """A number that is neither money nor a share, shown with every digit."""
    points: bool = False
    field: LedgerField | None = None
    """The field, or the own column, that is edited in place here, if any."""
    shown: bool = True
    quiet: bool = False
    private: bool = False
    """Left out of exports unless it is asked for: telephone numbers."""
    order: Callable[[LedgerLine], Any] | None = None
    """Sort key where the text's own order is not meant."""
    of: str = ""
    """The id of the measure that stands here, where ``field`` does not tell it."""

    @property
    def measure(self) -> str:
        """The id of the measure that stands here; empty for words."""
        return self.of or (OF_FIELD.get(self.field, "") if isinstance(self.field, Field) else "")

    @property
    def right(self) -> bool:
        """Whether figures stand here, flush right."""
        return self.text is None

    @property
    def kind(self) -> str:
        """words, money, rate, points, figure or count."""
        if self.figure is not None:
            return "figure"
        if self.text is not None:
            return "words"
        if self.ratio is not None:
            return "points" if self.points else "rate"
        return "money" if self.money is not None else "count"

    def title(self, period: Period, at: AsOf) -> str:
        """The head for ``period``, whose sums are as of ``at``: 6月完成, 1–6月累计."""
        return self.head.replace("{sum}", span(at, "–")).replace("{m}", str(period.last_month.number))

    def display(self, line: LedgerLine, unit: MoneyUnit) -> str:
        """The text of the cell."""
        if self.money is not None:
            return format_money(self.money(line), unit)
        if self.ratio is not None:
            value = self.ratio(line)
            return format_points(value) if self.points else format_percent(value)
        if self.number is not None:
            return str(self.number(line) or "")
        if self.figure is not None:
            return show_own_value(self.figure(line)) or NO_FIGURE
        assert self.text is not None
        return " ".join(self.text(line).split())

    def value(self, line: LedgerLine, unit: MoneyUnit) -> str | int | Decimal | None:
        """What a workbook's cell holds: numbers as numbers, exactly, money in ``unit``."""
        if self.money is not None:
            amount = self.money(line)
            return None if amount is None else in_unit(amount, unit)
        if self.ratio is not None:
            value = self.ratio(line)
            return value * 100 if self.points and value is not None else value
        if self.number is not None:
            return self.number(line) or None
        if self.figure is not None:
            return self.figure(line)
        assert self.text is not None
        return self.text(line).strip() or None

    def sort_key(self, line: LedgerLine) -> Any:
        """What to sort by; None (always last) where nothing is known."""
        if self.order is not None:
            return self.order(line)
        if self.money is not None:
            return self.money(line)
        if self.ratio is not None:
            return self.ratio(line)
        if self.number is not None:
            return self.number(line) or None
        if self.figure is not None:
            return self.figure(line)
        assert self.text is not None
        return self.text(line) or None


_SEVERITY = {m: i for i, m in enumerate(
    (Meaning.SERIOUSLY_LAGGING, Meaning.LAGGING, Meaning.ON_TRACK, Meaning.AHEAD, Meaning.UNREPORTED, Meaning.NO_DATA))}


def _day(value: Any) -> str:
    return value.isoformat() if value is not None else ""


_LISTED: tuple[LedgerColumn | Field, ...] = (
    LedgerColumn("code", "编号", 100, BASIC, text=lambda x: x.project.code, quiet=True),
    Field.NAME, Field.REPORTING_UNIT, Field.CATEGORY, Field.NATURE, Field.TOTAL_INVESTMENT, Field.ANNUAL_PLAN,
    Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT,
    LedgerColumn("completion", "完成率", 74, AMOUNTS, ratio=lambda x: x.completion, of="completion"),
    LedgerColumn("gap", "较时间进度", 92, AMOUNTS, ratio=lambda x: x.gap, points=True, of="gap"),
    LedgerColumn("meaning", "进度", 118, STATE, text=lambda x: x.lamp.label, order=lambda x: _SEVERITY[x.lamp.meaning],
           of="meaning"),
    Field.PROGRESS_TEXT, Field.PROBLEM_TEXT, Field.BUILDER, Field.RESPONSIBLE_UNIT, Field.INVESTED_BEFORE,
    Field.TOTAL_INVESTED, Field.FUNDS_ARRIVED, Field.STATISTICS_YEAR,
    LedgerColumn("stage", "阶段", 82, STATE, text=lambda x: x.stage, order=lambda x: STAGES.index(x.stage), shown=False),
    Field.NEXT_WORK_TEXT, Field.YEAR_GOAL,
    LedgerColumn("late_problems", "逾期问题", 82, STATE, number=lambda x: x.project.problems_overdue, shown=False, of="problems"),
    Field.INDUSTRY, Field.CHAIN, Field.LEVEL, Field.INVESTOR_KIND, Field.BATCH,
    LedgerColumn("sub_projects", "子项目数", 78, BASIC, number=lambda x: x.more.sub_projects, shown=False, of="split_count"),
    LedgerColumn("names", "其他名称", 180, BASIC, text=lambda x: "、".join(x.more.names), shown=False, quiet=True),
    Field.APPROVAL_CODE, Field.LOCATION, Field.SCALE, Field.FUNDING,
    LedgerColumn("planned_start", "计划开工", 96, TIME, text=lambda x: _day(x.project.planned_start), shown=False),
    LedgerColumn("start", "开工时间", 96, TIME, text=lambda x: _day(x.project.actual_start), shown=False),
    LedgerColumn("planned_finish", "计划竣工", 96, TIME, text=lambda x: _day(x.project.planned_finish), shown=False),
    LedgerColumn("finish", "竣工时间", 96, TIME, text=lambda x: _day(x.project.actual_finish), shown=False),
    LedgerColumn("planned_production", "计划投产", 96, TIME, text=lambda x: _day(x.project.planned_production), shown=False),
    LedgerColumn("production", "投产时间", 96, TIME, text=lambda x: _day(x.project.actual_production), shown=False),
    LedgerColumn("planned_capacity", "计划达产", 96, TIME, text=lambda x: _day(x.project.planned_capacity), shown=False),
    LedgerColumn("capacity", "达产时间", 96, TIME, text=lambda x: _day(x.project.actual_capacity), shown=False),
    Field.START_YEAR, Field.FINISH_YEAR,
    LedgerColumn("as_of", "数据截至", 110, TIME, text=lambda x: at.full_label if (at := as_of(x.project)) else "", shown=False,
           order=lambda x: at.key if (at := as_of(x.project)) else None),
    Field.CITY_LEADER, Field.COUNTY_LEADER, Field.CONTACT, Field.PHONE, Field.REMARK,
)
"""The columns in order: fields as they are declared, and what is worked out."""


def declared(field: Field) -> LedgerColumn:
    """The column of ``field`` as its declaration has it."""
    at = field.spec.column
    assert at is not None
    read = reader(field)
    made = LedgerColumn(at.key, at.head, at.width, at.group, field=field, shown=at.shown, quiet=at.quiet,
                        private=field.spec.private)
    if field.kind is FieldKind.MONEY:
        return replace(made, money=read)
    plain = field in ATTRIBUTES and field.kind is FieldKind.TEXT
    return replace(made, text=read if plain else lambda line: str(read(line) or ""))


def reader(field: Field) -> Callable[[LedgerLine], Any]:
    """What gives the value of ``field``: a figure or fact of the period by its attribute, the others by name."""
    if field in ATTRIBUTES:
        return attrgetter(f"project.{ATTRIBUTES[field]}")
    if field.group is FieldGroup.PROGRESS:
        return lambda line: line.project.others.get(field)
    return lambda line: line.more.facts.get(field)


COLUMNS: tuple[LedgerColumn, ...] = tuple(c if isinstance(c, LedgerColumn) else declared(c) for c in (
    *_LISTED, *(f for f in Field if f.spec.column is not None and f not in _LISTED)))
FROZEN = 2
"""The first columns stay in sight when the table scrolls sideways."""
INDEX = {c.key: i for i, c in enumerate(COLUMNS)}


def index_in(columns: Sequence[LedgerColumn], key: str) -> int | None:
    """Which of ``columns``, the program's own and behind them the office's, is that of ``key``; None where none is."""
    return INDEX.get(key) if key in INDEX else next((i for i, c in enumerate(columns) if c.key == key), None)


GROUPS = tuple(dict.fromkeys(c.group for c in COLUMNS))
OWN = "自建栏目"
"""The heading of the office's own columns, which stand behind all others."""
_LETTER = 14
"""Pixels of a Chinese sign in a head."""


def own_column(column: OwnColumn, *, filled: bool = True) -> LedgerColumn:
    """The column of one of the office's own; shown by itself where any project has something there."""
    key = column.id
    width = min(220, max(90, _LETTER * len(column.head) + 30))
    head = column.name if column.kind.base is OwnKind.MONEY else column.head
    made = LedgerColumn(column.key, head, width, OWN, field=column, shown=filled)
    if column.kind.base is OwnKind.MONEY:
        return replace(made, money=lambda line: value if isinstance(value := line.project.own.get(key), int) else None)
    if column.kind.base is OwnKind.NUMBER:
        return replace(made, figure=lambda line: value if isinstance(value := line.project.own.get(key), Decimal) else None)
    return replace(made, text=lambda line: show_own_value(line.project.own.get(key)),
                   order=lambda line: own_sort_key(column, line.project.own.get(key)))
