"""The fields of a project and of its progress: each is declared once, here, and what shows, keeps, prints or reads it
takes it from its declaration (CONTRIBUTING.md, "A field")."""

from __future__ import annotations

from enum import Enum

from hydesk.dataclass import dataclass


class FieldKind(Enum):
    """What sort of value a field holds."""

    MONEY = "money"
    TEXT = "text"
    DATE = "date"
    YEARS = "years"


class FieldGroup(Enum):
    """Who owns a field: the ledger's facts, a year's plan, or a period's progress."""

    FACT = "fact"
    PLAN = "plan"
    PROGRESS = "progress"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A field's column in the ledger's table. ``key`` is its name in kept views, ``width`` in pixels, ``group`` the
    heading it stands under among the columns to choose from; ``quiet`` columns are drawn paler."""

    key: str
    head: str
    width: int
    group: str
    shown: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """What there is to know of a field.

    ``label`` is its name as the office says it, ``page`` the block of a project's page it stands in, ``column`` its
    column in the ledger's table (None: it has none there). ``sheet`` is its width in characters on an exported list,
    0 where it does not stand there, ``head`` the head there where that is not the label. ``searched``: found by the
    search above the table. ``private``: left out of exports unless it is asked for. ``on_card``: printed on the
    project's card where it has a value. ``heads``: further names that heads of returns and lists give it.
    """

    label: str
    kind: FieldKind = FieldKind.TEXT
    group: FieldGroup = FieldGroup.FACT
    page: str = ""
    column: TableColumn | None = None
    sheet: int = 0
    head: str = ""
    searched: bool = False
    private: bool = False
    on_card: bool = False
    heads: tuple[str, ...] = ()

    @property
    def sheet_head(self) -> str:
        """Its head on an exported list; {year} and {last} are filled in."""
        return self.head or self.label + ("（万元）" if self.kind is FieldKind.MONEY else "")


_MONEY, _DATE, _YEARS = FieldKind.MONEY, FieldKind.DATE, FieldKind.YEARS
_PLAN, _PROGRESS = FieldGroup.PLAN, FieldGroup.PROGRESS
BASIC, AMOUNTS, STATE, PEOPLE, TIME = "基本情况", "投资", "进展", "单位和人员", "时间"
"""Headings of the table's columns."""
PAGE_BLOCKS = ("基本情况", "投资", "单位和联系人", "建设内容")
"""Blocks of a project's page, in order."""
_FACTS, _SUMS, _PERSONS, _WORKS = PAGE_BLOCKS
_UNSPECIFIED = FieldSpec("")


class Field(Enum):
    """Every field a return or a project list may carry; ``value`` is its name in JSON and in the change log.

    In the order of an exported list. A name here never changes: ledgers, logs and kept views hold it.
    """

    _value_: str
    label: str
    """The field's name as the office says it."""
    kind: FieldKind
    """What sort of value it holds."""
    group: FieldGroup
    """Whose field it is; progress is written by returns at once, facts and plans only when accepted."""
    spec: FieldSpec

    def __new__(cls, name: str, spec: FieldSpec = _UNSPECIFIED) -> Field:  # a call looks a member up by name
        made = object.__new__(cls)
        made._value_, made.spec = name, spec
        made.label, made.kind, made.group = spec.label, spec.kind, spec.group
        return made

    CODE = "code", FieldSpec("市重点编号", page=_FACTS, sheet=13)
    APPROVAL_CODE = "approval_code", FieldSpec(
        "投资项目统一代码", page=_FACTS, sheet=26, column=TableColumn("approval", "统一代码", 190, BASIC, quiet=True))
    NAME = "name", FieldSpec(
        "项目名称", page=_FACTS, sheet=40, searched=True, column=TableColumn("name", "项目名称", 226, BASIC, shown=True))
    REPORTING_UNIT = "reporting_unit", FieldSpec(
        "填报单位", page=_FACTS, sheet=12, searched=True, column=TableColumn("unit", "单位", 86, BASIC, shown=True))
    LOCATION = "location", FieldSpec(
        "建设地点", page=_FACTS, sheet=16, column=TableColumn("location", "建设地点", 140, BASIC, quiet=True))
    CATEGORY = "category", FieldSpec(
        "项目类别", page=_FACTS, sheet=10, column=TableColumn("category", "类别", 82, BASIC, shown=True))
    INDUSTRY = "industry", FieldSpec("优势产业", page=_FACTS, sheet=12, column=TableColumn("industry", "优势产业", 96, BASIC))
    CHAIN = "chain", FieldSpec("产业链", page=_FACTS, sheet=14, column=TableColumn("chain", "产业链", 112, BASIC))
    NATURE = "nature", FieldSpec("建设性质", page=_FACTS, sheet=10, column=TableColumn("nature", "性质", 58, BASIC))
    LEVEL = "level", FieldSpec("项目级别", page=_FACTS, sheet=10, column=TableColumn("level", "级别", 58, BASIC))
    INVESTOR_KIND = "investor_kind", FieldSpec(
        "投资主体", page=_FACTS, sheet=10, column=TableColumn("investor", "投资主体", 82, BASIC))
    BUILDER = "builder", FieldSpec(
        "业主单位", page=_PERSONS, sheet=28, searched=True,
        column=TableColumn("builder", "业主单位", 170, PEOPLE, shown=True, quiet=True))
    RESPONSIBLE_UNIT = "responsible_unit", FieldSpec(
        "责任单位", page=_PERSONS, sheet=20, searched=True,
        column=TableColumn("responsible", "责任单位", 150, PEOPLE, shown=True, quiet=True))
    CITY_LEADER = "city_leader", FieldSpec(
        "市级联系领导", page=_PERSONS, sheet=12, searched=True, column=TableColumn("city_leader", "市级联系领导", 106, PEOPLE))
    COUNTY_LEADER = "county_leader", FieldSpec(
        "县级包联领导", page=_PERSONS, sheet=12, searched=True, column=TableColumn("county_leader", "县级包联领导", 106, PEOPLE))
    CONTACT = "contact", FieldSpec("联系人", page=_PERSONS, sheet=10, column=TableColumn("contact", "联系人", 78, PEOPLE))
    PHONE = "phone", FieldSpec(
        "联系电话", page=_PERSONS, sheet=14, private=True, column=TableColumn("phone", "联系电话", 112, PEOPLE))
    SCALE = "scale", FieldSpec(
        "建设规模及内容", page=_WORKS, sheet=40, column=TableColumn("scale", "建设规模及内容", 240, BASIC, quiet=True))
    YEARS = "years", FieldSpec("建设起止年限", _YEARS)
    START_YEAR = "start_year", FieldSpec(
        "开工年份", _YEARS, page=_WORKS, sheet=10, column=TableColumn("from_year", "开工年份", 78, TIME))
    FINISH_YEAR = "finish_year", FieldSpec(
        "竣工年份", _YEARS, page=_WORKS, sheet=10, column=TableColumn("to_year", "竣工年份", 78, TIME))
    TOTAL_INVESTMENT = "total_investment", FieldSpec(
        "总投资", _MONEY, page=_SUMS, sheet=14, column=TableColumn("total", "总投资", 114, AMOUNTS, shown=True))
    INVESTED_BEFORE = "invested_before", FieldSpec(
        "截至上年底累计完成投资", _MONEY, _PLAN, page=_SUMS, sheet=18, head="截至{last}年底累计完成投资（万元）",
        column=TableColumn("before", "截至上年底", 112, AMOUNTS))
    ANNUAL_PLAN = "annual_plan", FieldSpec(
        "年度计划投资", _MONEY, _PLAN, page=_SUMS, sheet=16, head="{year}年计划投资（万元）",
        column=TableColumn("plan", "年度计划", 112, AMOUNTS, shown=True))
    FUNDING = "funding", FieldSpec(
        "资金来源", page=_SUMS, sheet=18, column=TableColumn("funding", "资金来源", 140, BASIC, quiet=True))
    YEAR_GOAL = "year_goal", FieldSpec(
        "年度建设目标", group=_PLAN, page=_WORKS, sheet=30, column=TableColumn("goal", "年度建设目标", 200, STATE, quiet=True))
    BATCH = "batch", FieldSpec("批次", group=_PLAN, page=_FACTS, sheet=10, column=TableColumn("batch", "批次", 78, BASIC))
    PLANNED_START = "planned_start", FieldSpec("计划开工时间", _DATE, sheet=14)
    START_DATE = "start_date", FieldSpec("开工时间", _DATE, sheet=14, head="实际开工时间")
    PLANNED_FINISH = "planned_finish", FieldSpec("计划竣工时间", _DATE, sheet=14)
    FINISH_DATE = "finish_date", FieldSpec("竣工时间", _DATE, sheet=14, head="实际竣工时间")
    PLANNED_PRODUCTION = "planned_production", FieldSpec("计划投产时间", _DATE, sheet=14)
    PRODUCTION_DATE = "production_date", FieldSpec("投产时间", _DATE, sheet=14, head="实际投产时间")
    PLANNED_CAPACITY = "planned_capacity", FieldSpec("计划达产时间", _DATE, sheet=14)
    CAPACITY_DATE = "capacity_date", FieldSpec("达产时间", _DATE, sheet=14, head="实际达产时间")
    REMARK = "remark", FieldSpec(
        "备注", page=_WORKS, sheet=20, column=TableColumn("remark", "备注", 160, BASIC, quiet=True))

    MONTH_INVESTMENT = "month_investment", FieldSpec(
        "本月完成投资", _MONEY, _PROGRESS, column=TableColumn("month", "{m}月完成", 94, AMOUNTS, shown=True))
    WEEK_INVESTMENT = "week_investment", FieldSpec("本周完成投资", _MONEY, _PROGRESS)
    YEAR_INVESTMENT = "year_investment", FieldSpec(
        "年初至本月累计完成投资", _MONEY, _PROGRESS, column=TableColumn("year", "{sum}累计", 104, AMOUNTS, shown=True))
    TOTAL_INVESTED = "total_invested", FieldSpec(
        "开工累计完成投资", _MONEY, _PROGRESS, column=TableColumn("since", "开工累计", 112, AMOUNTS))
    FUNDS_ARRIVED = "funds_arrived", FieldSpec(
        "到位资金", _MONEY, _PROGRESS, column=TableColumn("funds", "到位资金", 106, AMOUNTS))
    STATISTICS_MONTH = "statistics_month", FieldSpec("当月入统投资", _MONEY, _PROGRESS)
    STATISTICS_YEAR = "statistics_year", FieldSpec(
        "当年累计入统投资", _MONEY, _PROGRESS, column=TableColumn("statistics", "累计入统", 106, AMOUNTS))
    PROGRESS_TEXT = "progress_text", FieldSpec(
        "形象进度", group=_PROGRESS, column=TableColumn("progress", "形象进度", 200, STATE, shown=True, quiet=True))
    PROBLEM_TEXT = "problem_text", FieldSpec(
        "存在问题", group=_PROGRESS, column=TableColumn("problem", "存在问题", 180, STATE, shown=True, quiet=True))
    MEASURES_TEXT = "measures_text", FieldSpec("拟采取措施", group=_PROGRESS)
    NEXT_WORK_TEXT = "next_work_text", FieldSpec(
        "下步工作计划", group=_PROGRESS, column=TableColumn("next", "下步工作", 180, STATE, quiet=True))

    __hash__ = object.__hash__
    """Members are single; enum's own hash is written in Python and costs a third of a big reading."""


LABELS: dict[Field, str] = {f: f.label for f in Field}

LINKED_MONEY: tuple[Field, ...] = (
    Field.MONTH_INVESTMENT,
    Field.YEAR_INVESTMENT,
    Field.TOTAL_INVESTED,
    Field.FUNDS_ARRIVED,
    Field.STATISTICS_MONTH,
    Field.STATISTICS_YEAR,
    Field.WEEK_INVESTMENT,
)
"""Money of a period that rules link: added up, compared, completed from one another."""


def _of(kind: FieldKind, *groups: FieldGroup) -> tuple[Field, ...]:
    return tuple(f for f in Field if f.kind is kind and f.group in groups)


PROGRESS_MONEY = LINKED_MONEY + tuple(f for f in _of(_MONEY, _PROGRESS) if f not in LINKED_MONEY)
"""Money that belongs to a period."""

AMOUNTS_OF_PERIOD = frozenset({Field.MONTH_INVESTMENT, Field.STATISTICS_MONTH, Field.WEEK_INVESTMENT})
"""Money done within one period; all other progress money is a sum to date, known until a newer one comes."""

SUMS_TO_DATE = tuple(f for f in PROGRESS_MONEY if f not in AMOUNTS_OF_PERIOD)
"""Money of a period that is a sum to date."""

PROGRESS_TEXTS = _of(FieldKind.TEXT, _PROGRESS)
"""Words that belong to a period."""

LEDGER_MONEY: tuple[Field, ...] = (Field.TOTAL_INVESTMENT, Field.INVESTED_BEFORE, Field.ANNUAL_PLAN)
"""Money of the ledger that returns repeat; a difference there is a proposal, applied only when a person accepts it."""

PLAN_FIELDS = frozenset(f for f in Field if f.group is _PLAN) | {Field.NATURE}
"""What stands per year. 建设性质 among them: 新建 becomes 续建 next year, and last year's report stays as it was."""

GRAMMAR_MONEY = frozenset((*LINKED_MONEY, *LEDGER_MONEY))
"""Money whose heads are told by their grammar (plan, month, since start …); the heads of other money by their names."""

MONEY_FIELDS = frozenset(f for f in Field if f.kind is _MONEY)
DATE_FIELDS = frozenset(_of(_DATE, *FieldGroup))
PROGRESS_FIELDS = frozenset(f for f in Field if f.group is _PROGRESS)

NEW, CONTINUED, RESERVED = NATURES = ("新建", "续建", "预备")
"""What 建设性质 may be, in the office's order."""
