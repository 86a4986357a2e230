"""The columns of the ledger table: head, text, sort key and alignment of each, as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from hydesk.domain.fields import Field
from hydesk.domain.lamps import Lamp
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.measured import AsOf
from hydesk.domain.measures.named import OF_FIELD
from hydesk.domain.measures.reach import as_of
from hydesk.domain.measures.words import span
from hydesk.domain.money import MoneyUnit, Yuan, format_money, format_percent, format_points, in_unit
from hydesk.domain.periods import Period
from hydesk.domain.standing import ProjectStanding
from hydesk.services.projects.list_more_facts import STAGES, MoreFacts


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A project with what is worked out from it once."""

    project: ProjectStanding
    lamp: Lamp
    completion: Decimal | None
    gap: Decimal | None
    """完成率 less 时间进度 at the project's own date; negative when behind."""
    started: bool = False
    """已开工 by the office's rule."""
    more: MoreFacts = field(default_factory=MoreFacts)

    @property
    def stage(self) -> str:
        """The stage of the furthest node done; works under way or finished say more than papers do."""
        p = self.project
        if p.actual_finish is not None or self.more.reached == STAGES[3]:
            return STAGES[3]
        if p.nature == "续建" or self.more.reached == STAGES[2]:
            return STAGES[2]
        return STAGES[1] if self.started or self.more.reached == STAGES[1] else STAGES[0]


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """One column. Exactly one of ``money``, ``text``, ``ratio`` and ``number`` says where the value comes from."""

    key: str
    head: str
    width: int
    group: str
    money: Callable[[ProjectStanding], Yuan | None] | None = None
    text: Callable[[LedgerLine], str] | None = None
    ratio: Callable[[LedgerLine], Decimal | None] | None = None
    number: Callable[[LedgerLine], int] | None = None
    points: bool = False
    field: Field | None = None
    """The field that is edited in place here, if any."""
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
        return self.of or (OF_FIELD.get(self.field, "") if self.field is not None else "")

    @property
    def right(self) -> bool:
        """Whether figures stand here, flush right."""
        return self.text is None

    @property
    def kind(self) -> str:
        """words, money, rate, points or count."""
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
            return format_money(self.money(line.project), unit)
        if self.ratio is not None:
            value = self.ratio(line)
            return format_points(value) if self.points else format_percent(value)
        if self.number is not None:
            return str(self.number(line) or "")
        assert self.text is not None
        return " ".join(self.text(line).split())

    def value(self, line: LedgerLine, unit: MoneyUnit) -> str | int | Decimal | None:
        """What a workbook's cell holds: numbers as numbers, exactly, money in ``unit``."""
        if self.money is not None:
            amount = self.money(line.project)
            return None if amount is None else in_unit(amount, unit)
        if self.ratio is not None:
            value = self.ratio(line)
            return value * 100 if self.points and value is not None else value
        if self.number is not None:
            return self.number(line) or None
        assert self.text is not None
        return self.text(line).strip() or None

    def sort_key(self, line: LedgerLine) -> Any:
        """What to sort by; None (always last) where nothing is known."""
        if self.order is not None:
            return self.order(line)
        if self.money is not None:
            return self.money(line.project)
        if self.ratio is not None:
            return self.ratio(line)
        if self.number is not None:
            return self.number(line) or None
        assert self.text is not None
        return self.text(line) or None


_SEVERITY = {m: i for i, m in enumerate(
    (Meaning.SERIOUSLY_LAGGING, Meaning.LAGGING, Meaning.ON_TRACK, Meaning.AHEAD, Meaning.UNREPORTED, Meaning.NO_DATA))}
_BASIC, _MONEY, _STATE, _PEOPLE, _TIME = "基本情况", "投资", "进展", "单位和人员", "时间"


def _day(value: Any) -> str:
    return value.isoformat() if value is not None else ""


COLUMNS: tuple[LedgerColumn, ...] = (
    LedgerColumn("code", "编号", 100, _BASIC, text=lambda x: x.project.code, quiet=True),
    LedgerColumn("name", "项目名称", 226, _BASIC, text=lambda x: x.project.name, field=Field.NAME),
    LedgerColumn("unit", "县市区", 86, _BASIC, text=lambda x: x.project.unit, field=Field.REPORTING_UNIT),
    LedgerColumn("category", "类别", 82, _BASIC, text=lambda x: x.project.category, field=Field.CATEGORY),
    LedgerColumn("nature", "性质", 58, _BASIC, text=lambda x: x.project.nature, field=Field.NATURE, shown=False),
    LedgerColumn("total", "总投资", 114, _MONEY, money=lambda p: p.total_investment, field=Field.TOTAL_INVESTMENT),
    LedgerColumn("plan", "年度计划", 112, _MONEY, money=lambda p: p.annual_plan, field=Field.ANNUAL_PLAN),
    LedgerColumn("month", "{m}月完成", 94, _MONEY, money=lambda p: p.month_investment, field=Field.MONTH_INVESTMENT),
    LedgerColumn("year", "{sum}累计", 104, _MONEY, money=lambda p: p.year_investment, field=Field.YEAR_INVESTMENT),
    LedgerColumn("completion", "完成率", 74, _MONEY, ratio=lambda x: x.completion, of="completion"),
    LedgerColumn("gap", "较时间进度", 92, _MONEY, ratio=lambda x: x.gap, points=True, of="gap"),
    LedgerColumn("meaning", "进度", 118, _STATE, text=lambda x: x.lamp.label, order=lambda x: _SEVERITY[x.lamp.meaning],
           of="meaning"),
    LedgerColumn("progress", "形象进度", 200, _STATE, text=lambda x: x.project.progress_text, field=Field.PROGRESS_TEXT,
           quiet=True),
    LedgerColumn("problem", "存在问题", 180, _STATE, text=lambda x: x.project.problem_text, field=Field.PROBLEM_TEXT,
           quiet=True),
    LedgerColumn("builder", "业主单位", 170, _PEOPLE, text=lambda x: x.project.builder, field=Field.BUILDER, quiet=True),
    LedgerColumn("responsible", "责任单位", 150, _PEOPLE, text=lambda x: x.project.responsible_unit,
           field=Field.RESPONSIBLE_UNIT, quiet=True),
    LedgerColumn("before", "截至上年底", 112, _MONEY, money=lambda p: p.invested_before, field=Field.INVESTED_BEFORE,
           shown=False),
    LedgerColumn("since", "开工累计", 112, _MONEY, money=lambda p: p.total_invested, field=Field.TOTAL_INVESTED, shown=False),
    LedgerColumn("funds", "到位资金", 106, _MONEY, money=lambda p: p.funds_arrived, field=Field.FUNDS_ARRIVED, shown=False),
    LedgerColumn("statistics", "累计入统", 106, _MONEY, money=lambda p: p.statistics_year, field=Field.STATISTICS_YEAR,
           shown=False),
    LedgerColumn("stage", "阶段", 82, _STATE, text=lambda x: x.stage, order=lambda x: STAGES.index(x.stage), shown=False),
    LedgerColumn("next", "下步工作", 180, _STATE, text=lambda x: x.project.next_work_text, field=Field.NEXT_WORK_TEXT,
           shown=False, quiet=True),
    LedgerColumn("goal", "年度建设目标", 200, _STATE, text=lambda x: x.project.year_goal, field=Field.YEAR_GOAL, shown=False,
           quiet=True),
    LedgerColumn("late_problems", "逾期问题", 82, _STATE, number=lambda x: x.project.problems_overdue, shown=False, of="problems"),
    LedgerColumn("industry", "优势产业", 96, _BASIC, text=lambda x: x.project.industry, field=Field.INDUSTRY, shown=False),
    LedgerColumn("chain", "产业链", 112, _BASIC, text=lambda x: x.project.chain, field=Field.CHAIN, shown=False),
    LedgerColumn("level", "级别", 58, _BASIC, text=lambda x: x.project.level, field=Field.LEVEL, shown=False),
    LedgerColumn("investor", "投资主体", 82, _BASIC, text=lambda x: x.project.investor_kind, field=Field.INVESTOR_KIND,
           shown=False),
    LedgerColumn("batch", "批次", 78, _BASIC, text=lambda x: x.project.batch, field=Field.BATCH, shown=False),
    LedgerColumn("sub_projects", "子项目数", 78, _BASIC, number=lambda x: x.more.sub_projects, shown=False, of="split_count"),
    LedgerColumn("names", "其他名称", 180, _BASIC, text=lambda x: "、".join(x.more.names), shown=False, quiet=True),
    LedgerColumn("approval", "统一代码", 190, _BASIC, text=lambda x: x.project.approval_code, field=Field.APPROVAL_CODE,
           shown=False, quiet=True),
    LedgerColumn("location", "建设地点", 140, _BASIC, text=lambda x: x.project.location, field=Field.LOCATION, shown=False,
           quiet=True),
    LedgerColumn("scale", "建设规模及内容", 240, _BASIC, text=lambda x: x.project.scale, field=Field.SCALE, shown=False,
           quiet=True),
    LedgerColumn("funding", "资金来源", 140, _BASIC, text=lambda x: x.more.funding, field=Field.FUNDING, shown=False,
           quiet=True),
    LedgerColumn("planned_start", "计划开工", 96, _TIME, text=lambda x: _day(x.project.planned_start), shown=False),
    LedgerColumn("start", "开工时间", 96, _TIME, text=lambda x: _day(x.project.actual_start), shown=False),
    LedgerColumn("planned_finish", "计划竣工", 96, _TIME, text=lambda x: _day(x.project.planned_finish), shown=False),
    LedgerColumn("finish", "竣工时间", 96, _TIME, text=lambda x: _day(x.project.actual_finish), shown=False),
    LedgerColumn("from_year", "开工年份", 78, _TIME, text=lambda x: str(x.project.start_year or ""), field=Field.START_YEAR,
           shown=False),
    LedgerColumn("to_year", "竣工年份", 78, _TIME, text=lambda x: str(x.project.finish_year or ""), field=Field.FINISH_YEAR,
           shown=False),
    LedgerColumn("as_of", "数据截至", 110, _TIME, text=lambda x: at.full_label if (at := as_of(x.project)) else "", shown=False,
           order=lambda x: at.key if (at := as_of(x.project)) else None),
    LedgerColumn("city_leader", "市级联系领导", 106, _PEOPLE, text=lambda x: x.more.city_leader, field=Field.CITY_LEADER,
           shown=False),
    LedgerColumn("county_leader", "县级包联领导", 106, _PEOPLE, text=lambda x: x.more.county_leader,
           field=Field.COUNTY_LEADER, shown=False),
    LedgerColumn("contact", "联系人", 78, _PEOPLE, text=lambda x: x.project.contact, field=Field.CONTACT, shown=False),
    LedgerColumn("phone", "联系电话", 112, _PEOPLE, text=lambda x: x.more.phone, field=Field.PHONE, shown=False, private=True),
    LedgerColumn("remark", "备注", 160, _BASIC, text=lambda x: x.more.remark, field=Field.REMARK, shown=False, quiet=True),
)
FROZEN = 2
"""The first columns stay in sight when the table scrolls sideways."""
INDEX = {c.key: i for i, c in enumerate(COLUMNS)}
GROUPS = tuple(dict.fromkeys(c.group for c in COLUMNS))
