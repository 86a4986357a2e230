"""The shapes in which the demonstration's units send their returns, as data: heads, units of money, furniture."""

from __future__ import annotations

from hydesk.dataclass import dataclass
from hydesk.domain.fields import Field
from hydesk.domain.money import MoneyUnit

SERIAL = "serial"
PLAN_RATE = "plan_rate"
TOTAL_RATE = "total_rate"

Content = Field | str
"""A field, or SERIAL, PLAN_RATE (year to date of the plan), TOTAL_RATE (since start of the total), or '' for blank."""


@dataclass(frozen=True, slots=True)
class DemoColumn:
    """A column: its head from top to bottom ({year}, {last}, {month} are filled in) and what stands under it."""

    head: tuple[str, ...]
    content: Content
    width: int


@dataclass(frozen=True, slots=True)
class DemoShape:
    """How a unit draws its return. ``form`` is xlsx, html (named .xls) or csv (in GB18030)."""

    file_name: str
    title: str
    columns: tuple[DemoColumn, ...]
    unit: MoneyUnit = MoneyUnit.WAN
    form: str = "xlsx"
    sheet: str = "{month}月"
    says_unit_above: bool = True
    sections: bool = False
    total: str = "bottom"
    """Where the row of sums stands: top, bottom or nowhere ('')."""
    signed: bool = False


def _one(head: str, content: Content, width: int = 14) -> DemoColumn:
    return DemoColumn((head,), content, width)


def _two(upper: str, lower: str, content: Content, width: int = 14) -> DemoColumn:
    return DemoColumn((upper, lower), content, width)


PLAIN = DemoShape(
    "{month}月报表（{unit}）.xlsx", "{unit}重点建设项目进度表（1-{month}月）",
    (
        _one("序号", SERIAL, 6), _one("编号", Field.CODE, 13), _one("项目名称", Field.NAME, 34),
        _one("建设地点", Field.LOCATION), _one("项目类别", Field.CATEGORY), _one("建设性质", Field.NATURE, 10),
        _one("总投资", Field.TOTAL_INVESTMENT), _one("截至{last}年底累计完成投资", Field.INVESTED_BEFORE),
        _one("{year}年计划投资", Field.ANNUAL_PLAN), _one("{month}月完成投资", Field.MONTH_INVESTMENT),
        _one("1-{month}月累计完成投资", Field.YEAR_INVESTMENT), _one("占年度计划%", PLAN_RATE, 10),
        _one("到位资金", Field.FUNDS_ARRIVED), _one("当月入库", Field.STATISTICS_MONTH), _one("当年累计入库", Field.STATISTICS_YEAR),
        _one("形象进度", Field.PROGRESS_TEXT, 26), _one("存在问题", Field.PROBLEM_TEXT, 24),
        _one("下月工作计划", Field.NEXT_WORK_TEXT, 20),
    ),
)

TWO_ROWS = DemoShape(
    "{unit}{year}年{month}月份重点项目月报.xlsx", "{year}年{month}月{unit}市级重点项目投资完成情况月报表",
    (
        _two("序号", "", SERIAL, 6), _two("项目编号", "", Field.CODE, 13), _two("项目名称（全称）", "", Field.NAME, 34),
        _two("建设单位", "", Field.BUILDER, 26), _two("主要建设内容", "", Field.SCALE, 30), _two("总投资额", "", Field.TOTAL_INVESTMENT),
        _two("至{last}年底累计完成投资", "", Field.INVESTED_BEFORE), _two("{year}年投资完成情况", "年度计划", Field.ANNUAL_PLAN),
        _two("{year}年投资完成情况", "当月完成投资", Field.MONTH_INVESTMENT),
        _two("{year}年投资完成情况", "1-{month}月累计", Field.YEAR_INVESTMENT), _two("{year}年投资完成情况", "占年计划%", PLAN_RATE, 10),
        _two("到位资金", "", Field.FUNDS_ARRIVED), _two("入统投资", "当月入库", Field.STATISTICS_MONTH),
        _two("入统投资", "当年累计入库", Field.STATISTICS_YEAR),
        _two("工程形象进度", "", Field.PROGRESS_TEXT, 26), _two("存在问题及困难", "", Field.PROBLEM_TEXT, 24),
        _two("拟采取措施", "", Field.MEASURES_TEXT, 20), _two("备注", "", ""),
    ),
    sections=True,
)

IN_YI = DemoShape(
    "{unit}{month}月.xlsx", "{unit}重点项目{month}月份进展情况表",
    (
        _one("序号", SERIAL, 6), _one("市重点编号", Field.CODE, 13), _one("工程名称", Field.NAME, 34), _one("建设地址", Field.LOCATION),
        _one("业主单位", Field.BUILDER, 26), _one("项目总投资（亿元）", Field.TOTAL_INVESTMENT),
        _one("{year}年度计划投资（亿元）", Field.ANNUAL_PLAN), _one("本月完成投资（亿元）", Field.MONTH_INVESTMENT),
        _one("年初至本月累计完成投资（亿元）", Field.YEAR_INVESTMENT), _one("开工累计完成投资（亿元）", Field.TOTAL_INVESTED),
        _one("到位资金（亿元）", Field.FUNDS_ARRIVED), _one("当月入统投资（亿元）", Field.STATISTICS_MONTH),
        _one("当年累计入统投资（亿元）", Field.STATISTICS_YEAR),
        _one("项目进展情况", Field.PROGRESS_TEXT, 26), _one("需协调解决的问题", Field.PROBLEM_TEXT, 24),
    ),
    MoneyUnit.YI, says_unit_above=False, total="",
)

CITY_TABLE = DemoShape(
    "{unit}重点项目进度表（{month}月）.xls", "{unit}{year}年重点建设项目进度表",
    (
        _two("序号", "", SERIAL), _two("项目名称", "", Field.NAME), _two("总投资（万元）", "", Field.TOTAL_INVESTMENT),
        _two("至{last}年底完成投资", "", Field.INVESTED_BEFORE), _two("{year}年计划投资", "", Field.ANNUAL_PLAN),
        _two("1～{month}月完成投资", "完成投资", Field.YEAR_INVESTMENT), _two("1～{month}月完成投资", "占年度计划（%）", PLAN_RATE),
        _two("1～{month}月完成投资", "到位资金", Field.FUNDS_ARRIVED),
        _two("开工累计", "完成投资", Field.TOTAL_INVESTED), _two("开工累计", "占总投资（%）", TOTAL_RATE),
        _two("年初至本月的主要形象进度", "", Field.PROGRESS_TEXT), _two("存在的问题", "", Field.PROBLEM_TEXT),
        _two("拟采取的措施", "", Field.MEASURES_TEXT), _two("下月工作计划", "", Field.NEXT_WORK_TEXT), _two("备注", "", ""),
    ),
    form="html",
)

COMMA_FILE = DemoShape(
    "{unit}{year}年{month}月.csv", "{unit}重点项目{year}年{month}月调度表",
    (
        _one("序号", SERIAL), _one("项目编号", Field.CODE), _one("项目名称", Field.NAME), _one("总投资(万元)", Field.TOTAL_INVESTMENT),
        _one("今年计划投资(万元)", Field.ANNUAL_PLAN), _one("{month}月份完成投资额(万元)", Field.MONTH_INVESTMENT),
        _one("自元月至{month}月累计完成投资(万元)", Field.YEAR_INVESTMENT),
        _one("到位资金(万元)", Field.FUNDS_ARRIVED), _one("当年累计入统投资(万元)", Field.STATISTICS_YEAR),
        _one("目前进展情况", Field.PROGRESS_TEXT),
        _one("存在的主要问题", Field.PROBLEM_TEXT), _one("下一步工作安排", Field.NEXT_WORK_TEXT),
    ),
    form="csv", says_unit_above=False,
)

DISPATCH = DemoShape(
    "附件：{unit}重点项目调度表({month}．25).xlsx", "全市重点建设项目调度表",
    (
        _one("序号", SERIAL, 6), _one("重点项目名称", Field.NAME, 34), _one("项目编号", Field.CODE, 13), _one("类别", Field.CATEGORY),
        _one("新建/续建", Field.NATURE, 10), _one("投资总额", Field.TOTAL_INVESTMENT), _one("本年度投资计划", Field.ANNUAL_PLAN),
        _one("{month}月份完成投资额", Field.MONTH_INVESTMENT), _one("自元月至{month}月累计完成投资", Field.YEAR_INVESTMENT),
        _one("投资完成率", PLAN_RATE, 10), _one("到位资金", Field.FUNDS_ARRIVED), _one("当年累计入库", Field.STATISTICS_YEAR),
        _one("截至{month}月底形象进度", Field.PROGRESS_TEXT, 26),
        _one("存在问题", Field.PROBLEM_TEXT, 24), _one("联系人", Field.CONTACT, 12),
    ),
    sheet="重点项目进度表", total="top", signed=True,
)

WITH_STATISTICS = DemoShape(
    "{unit}上报{month}月.xlsx", "{unit}重点项目及入统情况表（{year}年{month}月）",
    (
        _two("序号", "", SERIAL, 6), _two("编号", "", Field.CODE, 13), _two("项目名称", "", Field.NAME, 34),
        _two("计划总投资", "", Field.TOTAL_INVESTMENT), _two("{year}年计划投资", "", Field.ANNUAL_PLAN),
        _two("形象进度投资", "{month}月完成投资", Field.MONTH_INVESTMENT),
        _two("形象进度投资", "1-{month}月累计完成投资", Field.YEAR_INVESTMENT),
        _two("入统投资", "当月入库", Field.STATISTICS_MONTH), _two("入统投资", "当年累计入库", Field.STATISTICS_YEAR),
        _two("到位资金", "", Field.FUNDS_ARRIVED), _two("形象进度", "", Field.PROGRESS_TEXT, 26),
        _two("存在问题", "", Field.PROBLEM_TEXT, 24),
    ),
    sheet="Sheet1",
)

SHAPES: tuple[DemoShape, ...] = (PLAIN, TWO_ROWS, IN_YI, DISPATCH, WITH_STATISTICS, CITY_TABLE, COMMA_FILE)
"""Given out to the units in turn."""
