"""The columns of the ledger table: head, text, sort key and alignment of each, as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hydesk.domain.fields import Field
from hydesk.domain.indicators import Lamp, Meaning
from hydesk.domain.money import MoneyUnit, Yuan, format_money, format_percent, format_points
from hydesk.domain.periods import Period
from hydesk.domain.standing import ProjectStanding


@dataclass(frozen=True, slots=True)
class Line:
    """A project with what is worked out from it once."""

    project: ProjectStanding
    lamp: Lamp
    completion: Decimal | None
    gap: Decimal | None
    """完成率 less 时间进度; negative when behind."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Exactly one of ``money``, ``text`` and ``ratio`` says where the value comes from."""

    key: str
    head: str
    width: int
    money: Callable[[ProjectStanding], Yuan | None] | None = None
    text: Callable[[Line], str] | None = None
    ratio: Callable[[Line], Decimal | None] | None = None
    points: bool = False
    field: Field | None = None
    """The field that is edited in place here, if any."""
    shown: bool = True
    quiet: bool = False
    order: Callable[[Line], Any] | None = None
    """Sort key where the text's own order is not meant."""

    @property
    def right(self) -> bool:
        """Whether figures stand here, flush right."""
        return self.money is not None or self.ratio is not None

    def title(self, period: Period) -> str:
        """The head for ``period``; the month's number stands in it."""
        month = period.last_month.number
        return self.head.replace("{M}", "1" if month == 1 else f"1–{month}").replace("{m}", str(month))

    def display(self, line: Line, unit: MoneyUnit) -> str:
        """The text of the cell."""
        if self.money is not None:
            return format_money(self.money(line.project), unit)
        if self.ratio is not None:
            value = self.ratio(line)
            return format_points(value) if self.points else format_percent(value)
        assert self.text is not None
        return " ".join(self.text(line).split())

    def sort_key(self, line: Line) -> Any:
        """What to sort by; None (always last) where nothing is known."""
        if self.order is not None:
            return self.order(line)
        if self.money is not None:
            return self.money(line.project)
        if self.ratio is not None:
            return self.ratio(line)
        assert self.text is not None
        return self.text(line) or None


_SEVERITY = {m: i for i, m in enumerate(
    (Meaning.SERIOUSLY_LAGGING, Meaning.LAGGING, Meaning.ON_TRACK, Meaning.AHEAD, Meaning.NO_DATA))}


def _day(value: Any) -> str:
    return value.isoformat() if value is not None else ""


COLUMNS: tuple[Column, ...] = (
    Column("code", "编号", 100, text=lambda x: x.project.code, quiet=True),
    Column("name", "项目名称", 226, text=lambda x: x.project.name, field=Field.NAME),
    Column("unit", "县市区", 86, text=lambda x: x.project.unit),
    Column("category", "类别", 82, text=lambda x: x.project.category),
    Column("nature", "性质", 58, text=lambda x: x.project.nature, shown=False),
    Column("total", "总投资", 114, money=lambda p: p.total_investment, field=Field.TOTAL_INVESTMENT),
    Column("plan", "年度计划", 112, money=lambda p: p.annual_plan, field=Field.ANNUAL_PLAN),
    Column("month", "{m}月完成", 94, money=lambda p: p.month_investment),
    Column("year", "{M}月累计", 104, money=lambda p: p.year_investment),
    Column("completion", "完成率", 74, ratio=lambda x: x.completion),
    Column("gap", "较时间进度", 92, ratio=lambda x: x.gap, points=True),
    Column("meaning", "进度", 92, text=lambda x: f"{x.lamp.meaning.mark} {x.lamp.meaning.label}",
           order=lambda x: _SEVERITY[x.lamp.meaning]),
    Column("progress", "形象进度", 200, text=lambda x: x.project.progress_text, quiet=True),
    Column("problem", "存在问题", 180, text=lambda x: x.project.problem_text, quiet=True),
    Column("builder", "业主单位", 170, text=lambda x: x.project.builder, field=Field.BUILDER, quiet=True),
    Column("responsible", "责任单位", 150, text=lambda x: x.project.responsible_unit,
           field=Field.RESPONSIBLE_UNIT, quiet=True),
    Column("before", "截至上年底", 112, money=lambda p: p.invested_before, shown=False),
    Column("since", "开工累计", 112, money=lambda p: p.total_invested, shown=False),
    Column("funds", "到位资金", 106, money=lambda p: p.funds_arrived, shown=False),
    Column("statistics", "累计入统", 106, money=lambda p: p.statistics_year, shown=False),
    Column("industry", "优势产业", 96, text=lambda x: x.project.industry, shown=False),
    Column("level", "级别", 58, text=lambda x: x.project.level, shown=False),
    Column("batch", "批次", 78, text=lambda x: x.project.batch, shown=False),
    Column("start", "开工时间", 96, text=lambda x: _day(x.project.actual_start), shown=False),
    Column("contact", "联系人", 78, text=lambda x: x.project.contact, shown=False),
)
FROZEN = 2
"""The first columns stay in sight when the table scrolls sideways."""
INDEX = {c.key: i for i, c in enumerate(COLUMNS)}
