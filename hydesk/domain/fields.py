"""The fields of a project and of its progress, by the names the command line's JSON uses."""

from __future__ import annotations

from enum import Enum


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


class Field(Enum):
    """Every field a return or a project list may carry; ``value`` is its name in JSON and in the change log."""

    CODE = "code"
    APPROVAL_CODE = "approval_code"
    NAME = "name"
    REPORTING_UNIT = "reporting_unit"
    LOCATION = "location"
    CATEGORY = "category"
    INDUSTRY = "industry"
    CHAIN = "chain"
    NATURE = "nature"
    LEVEL = "level"
    INVESTOR_KIND = "investor_kind"
    BUILDER = "builder"
    RESPONSIBLE_UNIT = "responsible_unit"
    CITY_LEADER = "city_leader"
    COUNTY_LEADER = "county_leader"
    CONTACT = "contact"
    PHONE = "phone"
    SCALE = "scale"
    YEARS = "years"
    START_YEAR = "start_year"
    FINISH_YEAR = "finish_year"
    FUNDING = "funding"
    YEAR_GOAL = "year_goal"
    BATCH = "batch"
    REMARK = "remark"

    TOTAL_INVESTMENT = "total_investment"
    INVESTED_BEFORE = "invested_before"
    ANNUAL_PLAN = "annual_plan"

    MONTH_INVESTMENT = "month_investment"
    WEEK_INVESTMENT = "week_investment"
    YEAR_INVESTMENT = "year_investment"
    TOTAL_INVESTED = "total_invested"
    FUNDS_ARRIVED = "funds_arrived"
    STATISTICS_MONTH = "statistics_month"
    STATISTICS_YEAR = "statistics_year"
    PROGRESS_TEXT = "progress_text"
    PROBLEM_TEXT = "problem_text"
    MEASURES_TEXT = "measures_text"
    NEXT_WORK_TEXT = "next_work_text"

    PLANNED_START = "planned_start"
    START_DATE = "start_date"
    PLANNED_FINISH = "planned_finish"
    FINISH_DATE = "finish_date"

    __hash__ = object.__hash__
    """Members are single; enum's own hash is written in Python and costs a third of a big reading."""

    @property
    def label(self) -> str:
        """The field's name as the office says it."""
        return LABELS[self]

    @property
    def kind(self) -> FieldKind:
        """What sort of value it holds."""
        if self in MONEY_FIELDS:
            return FieldKind.MONEY
        if self in DATE_FIELDS:
            return FieldKind.DATE
        if self in (Field.YEARS, Field.START_YEAR, Field.FINISH_YEAR):
            return FieldKind.YEARS
        return FieldKind.TEXT

    @property
    def group(self) -> FieldGroup:
        """Whose field it is; progress is written by returns at once, facts and plans only when accepted."""
        if self in PROGRESS_FIELDS:
            return FieldGroup.PROGRESS
        if self in (Field.ANNUAL_PLAN, Field.YEAR_GOAL, Field.INVESTED_BEFORE, Field.BATCH):
            return FieldGroup.PLAN
        return FieldGroup.FACT


LABELS: dict[Field, str] = {
    Field.CODE: "市重点编号",
    Field.APPROVAL_CODE: "投资项目统一代码",
    Field.NAME: "项目名称",
    Field.REPORTING_UNIT: "填报单位",
    Field.LOCATION: "建设地点",
    Field.CATEGORY: "项目类别",
    Field.INDUSTRY: "优势产业",
    Field.CHAIN: "产业链",
    Field.NATURE: "建设性质",
    Field.LEVEL: "项目级别",
    Field.INVESTOR_KIND: "投资主体",
    Field.BUILDER: "业主单位",
    Field.RESPONSIBLE_UNIT: "责任单位",
    Field.CITY_LEADER: "市级联系领导",
    Field.COUNTY_LEADER: "县级包联领导",
    Field.CONTACT: "联系人",
    Field.PHONE: "联系电话",
    Field.SCALE: "建设规模及内容",
    Field.YEARS: "建设起止年限",
    Field.START_YEAR: "开工年份",
    Field.FINISH_YEAR: "竣工年份",
    Field.FUNDING: "资金来源",
    Field.YEAR_GOAL: "年度建设目标",
    Field.BATCH: "批次",
    Field.REMARK: "备注",
    Field.TOTAL_INVESTMENT: "总投资",
    Field.INVESTED_BEFORE: "截至上年底累计完成投资",
    Field.ANNUAL_PLAN: "年度计划投资",
    Field.MONTH_INVESTMENT: "本月完成投资",
    Field.WEEK_INVESTMENT: "本周完成投资",
    Field.YEAR_INVESTMENT: "年初至本月累计完成投资",
    Field.TOTAL_INVESTED: "开工累计完成投资",
    Field.FUNDS_ARRIVED: "到位资金",
    Field.STATISTICS_MONTH: "当月入统投资",
    Field.STATISTICS_YEAR: "当年累计入统投资",
    Field.PROGRESS_TEXT: "形象进度",
    Field.PROBLEM_TEXT: "存在问题",
    Field.MEASURES_TEXT: "拟采取措施",
    Field.NEXT_WORK_TEXT: "下步工作计划",
    Field.PLANNED_START: "计划开工时间",
    Field.START_DATE: "开工时间",
    Field.PLANNED_FINISH: "计划竣工时间",
    Field.FINISH_DATE: "竣工时间",
}

PROGRESS_MONEY: tuple[Field, ...] = (
    Field.MONTH_INVESTMENT,
    Field.YEAR_INVESTMENT,
    Field.TOTAL_INVESTED,
    Field.FUNDS_ARRIVED,
    Field.STATISTICS_MONTH,
    Field.STATISTICS_YEAR,
    Field.WEEK_INVESTMENT,
)
"""Money that belongs to a period."""

AMOUNTS_OF_PERIOD = frozenset({Field.MONTH_INVESTMENT, Field.STATISTICS_MONTH, Field.WEEK_INVESTMENT})
"""Money done within one period; all other progress money is a sum to date, known until a newer one comes."""

PROGRESS_TEXTS: tuple[Field, ...] = (
    Field.PROGRESS_TEXT,
    Field.PROBLEM_TEXT,
    Field.MEASURES_TEXT,
    Field.NEXT_WORK_TEXT,
)
"""Words that belong to a period."""

LEDGER_MONEY: tuple[Field, ...] = (Field.TOTAL_INVESTMENT, Field.INVESTED_BEFORE, Field.ANNUAL_PLAN)
"""Money of the ledger; in a return a difference is a proposal, applied only when a person accepts it."""

MONEY_FIELDS = frozenset(LEDGER_MONEY + PROGRESS_MONEY)
DATE_FIELDS = frozenset({Field.PLANNED_START, Field.START_DATE, Field.PLANNED_FINISH, Field.FINISH_DATE})
PROGRESS_FIELDS = frozenset(PROGRESS_MONEY + PROGRESS_TEXTS)
