"""Words over a column → the field it holds."""

from __future__ import annotations

import pytest

from hydesk.domain.fields import Field
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period
from hydesk.returns.columns import guess_column, unit_in_words
from hydesk.returns.ten_day_heads import ten_days_of

F = Field
JUNE = Period.month(2023, 6)


@pytest.mark.parametrize(("path", "wanted"), [
    (("项 目 名 称",), F.NAME), (("项目单位及名称",), F.NAME), (("总投", "资（万元）"), F.TOTAL_INVESTMENT),
    (("计划总投资(万元)",), F.TOTAL_INVESTMENT), (("截至2022年底完成投资\n（万元）",), F.INVESTED_BEFORE),
    (("至上年底累计完成投资",), F.INVESTED_BEFORE), (("今年计划投资(万元)",), F.ANNUAL_PLAN),
    (("2023年度计划完成投资（亿元）",), F.ANNUAL_PLAN), (("2023年投资完成情况", "年度计划"), F.ANNUAL_PLAN),
    (("6月份完成投资额（万元）",), F.MONTH_INVESTMENT), (("2023年度投资（万元）", "6月（万元）"), F.MONTH_INVESTMENT),
    (("自元月至6月累计完成投资",), F.YEAR_INVESTMENT), (("1～6月完成投资", "完成投资"), F.YEAR_INVESTMENT),
    (("2023年度投资（万元）", "累计完成（万元）"), F.YEAR_INVESTMENT), (("开工累计", "完成投资"), F.TOTAL_INVESTED),
    (("自开工累计完成投资",), F.TOTAL_INVESTED), (("累计到位资金",), F.FUNDS_ARRIVED), (("当月入库",), F.STATISTICS_MONTH),
    (("入统投资（万元）", "当年累计入库"), F.STATISTICS_YEAR), (("形象进度投资（万元）", "当月完成"), F.MONTH_INVESTMENT),
    (("年初至本月的主要形象进度",), F.PROGRESS_TEXT), (("6月形象进度",), F.PROGRESS_TEXT), (("形像进度",), F.PROGRESS_TEXT),
    (("存在的问题及拟采取的措施",), F.PROBLEM_TEXT), (("下周任务计划",), F.NEXT_WORK_TEXT), (("实际（计划\n）开工时间",), F.START_DATE),
    (("2022年及以前完成投资",), F.INVESTED_BEFORE), (("截止2022年12月31日累计完成投资",), F.INVESTED_BEFORE),
    (("在线审批代码",), F.APPROVAL_CODE), (("市重点编号",), F.CODE), (("县市区",), F.REPORTING_UNIT),
])
def test_names_the_field(path: tuple[str, ...], wanted: Field) -> None:
    assert guess_column(path, JUNE).field is wanted


@pytest.mark.parametrize(("path", "because"), [
    (("2022年计划投资",), "2022年"), (("2023年完成投资", "5月"), "5月"), (("1-5月累计完成",), "1-5月"), (("5月形象进度",), "5月"),
    (("完成率(%)",), "比率"), (("1～6月完成投资", "占年度计划(%)"), "比率"), (("计划投资", "市财政"), "分项"), (("计划投资", "社会资本"), "分项"),
    (("去年同期完成投资",), "同期"), (("年产值（万元）",), "不是投资数"), (("本月计划完成投资",), "计划数"), (("序号",), "序号"),
    (("当月到位资金",), "当月到位"), (("到位资金", "中央预算内"), "分项"), (("1-6月计划投资",), "计划数"), (("一季度完成投资",), "季度"),
    (("完成年度计划的%",), "比率"), (("截止5月底累计完成",), "5月底"), (("下月计划完成投资",), "下月"), (("剩余投资",), "余下"),
])
def test_leaves_out_what_is_not_the_field_and_says_why(path: tuple[str, ...], because: str) -> None:
    guess = guess_column(path, JUNE)
    assert guess.field is None
    assert not guess.candidates
    assert because in guess.reason


@pytest.mark.parametrize("words", ["累计完成投资", "截至2023年6月底累计完成投资"])
def test_cumulative_alone_is_left_to_the_figures(words: str) -> None:
    guess = guess_column((words,), JUNE)
    assert guess.field is None
    assert guess.candidates == (F.YEAR_INVESTMENT, F.TOTAL_INVESTED)


def test_the_half_year_alone_is_asked_about() -> None:
    """A half year's plan is as large as what was done in it: no figure tells one from the other."""
    guess = guess_column(("上半年",), JUNE)
    assert (guess.field, guess.candidates, guess.asked) == (None, (F.YEAR_INVESTMENT,), True)
    assert guess_column(("上半年完成投资",), JUNE).field is F.YEAR_INVESTMENT


def test_the_bureaus_cumulative_is_left_to_the_figures() -> None:
    assert guess_column(("累计入库",), JUNE).candidates == (F.STATISTICS_YEAR,)


@pytest.mark.parametrize(("words", "unit"), [
    ("总投资（万元）", MoneyUnit.WAN), ("总投资(亿元)", MoneyUnit.YI), ("投资额（元）", MoneyUnit.YUAN), ("占地（万平方米）", None),
    ("自元月至6月累计", None), ("装机（万千瓦）", None),
])
def test_a_unit_of_money_is_told_from_quantities_and_months(words: str, unit: MoneyUnit | None) -> None:
    assert unit_in_words(words) is unit


W28 = Period.week(2023, 28)
"""10 to 16 July."""


@pytest.mark.parametrize(("path", "wanted"), [
    *(((words,), F.WEEK_INVESTMENT) for words in (
        "本周完成投资", "本周完成", "本周投资", "周完成投资", "本周完成投资（万元）", "本周实际完成投资", "本周新增投资", "第28周完成投资", "本期完成投资",
        "7月10日-7月16日完成投资", "7月10日至16日完成投资", "7月7日-7月13日完成投资", "本周完成情况（万元）", "本周完成投资情况")),
    *(((words,), F.YEAR_INVESTMENT) for words in (
        "年初至本周累计完成投资", "年初至本周完成", "1月1日至7月16日完成投资", "1.1-7.14累计完成投资", "本年累计（至本周）完成投资", "年初累计完成投资",
        "截至7月14日本年累计完成投资", "至本周末年度累计完成投资", "1-7月累计完成投资", "今年以来累计完成投资")),
    *(((words,), None) for words in (
        "下周计划完成投资", "本周计划完成投资", "上周完成投资", "上周累计完成投资", "截至上周累计", "第27周完成投资", "7月3日至9日完成投资", "1-6月累计完成投资",
        "截至6月底累计完成投资", "7月完成投资", "6月完成投资", "本月完成投资", "本周到位资金", "本周完成投资占比（%）", "本周计划投资完成率（%）")),
    (("完成投资", "本周"), F.WEEK_INVESTMENT), (("投资完成情况（万元）", "本周"), F.WEEK_INVESTMENT),
    (("投资完成情况（万元）", "年初至本周"), F.YEAR_INVESTMENT), (("投资完成情况（万元）", "上周累计"), None), (("投资（万元）", "本周", "计划"), None),
    (("本周完成情况",), F.PROGRESS_TEXT), (("本周工作进展",), F.PROGRESS_TEXT), (("下周任务计划",), F.NEXT_WORK_TEXT), (("下周工作计划",), F.NEXT_WORK_TEXT),
    (("开工至本周累计完成投资",), F.TOTAL_INVESTED), (("累计到位资金",), F.FUNDS_ARRIVED), (("2023年计划投资",), F.ANNUAL_PLAN),
])
def test_a_week_has_its_own_amounts_and_sums_and_takes_no_others(path: tuple[str, ...], wanted: Field | None) -> None:
    guess = guess_column(path, W28)
    assert (guess.field, guess.candidates) == (wanted, ())


@pytest.mark.parametrize("words", ["截至本周累计完成投资", "截至7月14日累计完成投资", "本周累计完成投资"])
def test_a_sum_to_the_week_that_does_not_say_since_when_is_left_to_the_figures(words: str) -> None:
    assert guess_column((words,), W28).candidates == (F.YEAR_INVESTMENT, F.TOTAL_INVESTED)


def test_a_sum_to_last_months_end_is_a_weeks_where_the_month_ended_within_three_days() -> None:
    heads = ("1-6月累计完成投资", "截至6月30日本年累计完成投资")
    for number, field in ((25, F.YEAR_INVESTMENT), (26, F.YEAR_INVESTMENT), (27, F.YEAR_INVESTMENT), (28, None)):
        assert {guess_column((words,), Period.week(2023, number)).field for words in heads[:1]} == {field}, number
    assert [guess_column((heads[1],), Period.week(2023, n)).field for n in (26, 27, 28)] == [
        F.YEAR_INVESTMENT, F.YEAR_INVESTMENT, None]


@pytest.mark.parametrize(("path", "part"), [
    (("7月上旬完成投资",), 1), (("本月完成投资", "中旬"), 2), (("下旬",), 3), (("6月上旬完成投资",), None), (("上旬累计完成投资",), None),
    (("上旬计划完成投资",), None), (("上旬形象进度",), None), (("上、中旬完成投资",), None), (("本月完成投资",), None),
])
def test_thirds_of_a_month_are_told(path: tuple[str, ...], part: int | None) -> None:
    assert ten_days_of(path, Period.month(2023, 7)) == part


@pytest.mark.parametrize(("path", "wanted"), [
    (("项目业主单位", "业主名称"), F.BUILDER), (("项目业主单位", "负责人"), F.CONTACT), (("市或县挂钩责任单位", "单位名称"), F.RESPONSIBLE_UNIT),
    (("市或县挂钩责任单位", "责任人"), F.CONTACT), (("设计单位",), None), (("施工单位", "名称"), None), (("手续代办单位",), None),
    (("建设单位及责任人",), F.BUILDER), (("市级挂点领导",), F.CITY_LEADER), (("县级包保领导",), F.COUNTY_LEADER), (("服务专员",), F.CONTACT),
    (("起止里程(公里)",), None), (("计划交工时间",), F.PLANNED_FINISH), (("开工日--竣工日",), F.YEARS), (("计划完工年",), F.FINISH_YEAR),
    (("开工令时间",), None), (("需协调解决的问题", "责任单位"), None), (("滞后原因",), F.PROBLEM_TEXT), (("上月问题整改情况",), None),
])
def test_units_people_and_dates_are_told_by_the_group_above_them(path: tuple[str, ...], wanted: Field | None) -> None:
    assert guess_column(path, JUNE).field is wanted


@pytest.mark.parametrize(("path", "wanted"), [
    (("三季度工作计划", "工作内容及形象进度"), None), (("5月", "形象进度"), None), (("7月", "形象进度"), None), (("年计划形象进度",), F.YEAR_GOAL),
    (("项目形象进度", "主体施工"), None), (("形象进度（%）",), None), (("截至上年底形象进度",), None), (("下月形象进度计划",), F.NEXT_WORK_TEXT),
    (("形象进度", "实际"), F.PROGRESS_TEXT), (("形象进度", "计划"), None), (("年度目标及完成情况", "1-6月工程形象进度"), F.PROGRESS_TEXT),
    (("项目进展情况及下步工作安排",), F.PROGRESS_TEXT), (("存在问题及下一步打算",), F.PROBLEM_TEXT), (("截至6月25日形象进度",), F.PROGRESS_TEXT),
])
def test_only_this_periods_own_words_are_its_progress(path: tuple[str, ...], wanted: Field | None) -> None:
    assert guess_column(path, JUNE).field is wanted


@pytest.mark.parametrize(("path", "wanted"), [
    (("计划完成投资", "6月"), None), (("2023年投资计划", "6月"), None), (("实际完成投资", "6月"), F.MONTH_INVESTMENT),
    (("6月", "计划"), None), (("6月", "完成"), F.MONTH_INVESTMENT), (("本年度投资计划完成情况",), F.YEAR_INVESTMENT),
    (("2023年完成情况", "   月完成\n投资"), F.MONTH_INVESTMENT), (("2023年完成情况", "1-   月累计完成投资"), F.YEAR_INVESTMENT),
    (("年累固投",), F.YEAR_INVESTMENT), (("截至2022年累计完成投资",), F.INVESTED_BEFORE), (("总投资", "小计"), F.TOTAL_INVESTMENT),
    (("垫层", "自开工累计完成数量（M³）"), None), (("投资额完成情况", "自开工累计完成（万元）"), F.TOTAL_INVESTED),
])
def test_plan_done_and_quantity_are_told_apart_at_every_level(path: tuple[str, ...], wanted: Field | None) -> None:
    assert guess_column(path, JUNE).field is wanted


def test_a_word_nobody_knows_leaves_the_column_to_figures_that_fit_exactly() -> None:
    guess = guess_column(("本月憧憬完成投资",), JUNE)
    assert (guess.field, guess.candidates, guess.doubtful) == (None, (F.MONTH_INVESTMENT,), True)


def test_another_currency_is_named() -> None:
    assert guess_column(("投资总额（万美元）",), JUNE).foreign


def test_a_name_that_reaches_into_the_head_turns_no_column_into_a_part() -> None:
    assert guess_column(("标准厂房", "2023年完成投资", "6月"), JUNE).field is F.MONTH_INVESTMENT
    assert guess_column(("厂房", "完成投资"), JUNE).field is None


@pytest.mark.parametrize(("month", "words", "wanted"), [
    (3, "一季度完成投资", F.YEAR_INVESTMENT), (3, "第一季度累计完成投资", F.YEAR_INVESTMENT), (3, "一季度计划投资", None), (6, "一季度完成投资", None),
    (9, "前三季度累计完成投资", F.YEAR_INVESTMENT), (9, "三季度完成投资", None), (12, "全年完成投资", F.YEAR_INVESTMENT),
    (12, "1-12月完成投资", F.YEAR_INVESTMENT), (1, "1月完成投资", F.MONTH_INVESTMENT), (1, "年初至今完成投资", F.YEAR_INVESTMENT),
    (6, "年底前完成投资", None), (10, "自年初至10月底累计完成投资", F.YEAR_INVESTMENT),
])
def test_the_year_so_far_has_other_names_in_other_months(month: int, words: str, wanted: Field | None) -> None:
    assert guess_column((words,), Period.month(2023, month)).field is wanted


def test_up_to_the_years_end_is_up_to_now_in_december_and_to_come_before() -> None:
    assert guess_column(("至年底累计完成投资",), Period.month(2023, 12)).candidates == (F.YEAR_INVESTMENT, F.TOTAL_INVESTED)
    assert guess_column(("至年底累计完成投资",), Period.month(2023, 9)).candidates == ()


@pytest.mark.parametrize(("path", "wanted"), [
    (("投产时间",), F.PRODUCTION_DATE), (("实际投产时间",), F.PRODUCTION_DATE), (("投产时间", "实际"), F.PRODUCTION_DATE),
    (("项目投产日期",), F.PRODUCTION_DATE), (("投产达产时间",), F.PRODUCTION_DATE), (("计划投产时间",), F.PLANNED_PRODUCTION),
    (("投产时间", "计划"), F.PLANNED_PRODUCTION), (("预计投产年月",), F.PLANNED_PRODUCTION), (("投产时间（预计）",), F.PLANNED_PRODUCTION),
    (("达产时间",), F.CAPACITY_DATE), (("计划达产时间",), F.PLANNED_CAPACITY), (("达产时间", "实际"), F.CAPACITY_DATE),
    (("竣工投产时间",), F.FINISH_DATE), (("建成投产时间",), F.FINISH_DATE), (("计划竣工投产时间",), F.PLANNED_FINISH),
    (("开工、投产时间",), F.START_DATE), (("竣工时间",), F.FINISH_DATE), (("投产率",), None), (("投产后年产值（万元）",), None), (("未投产原因",), F.PROBLEM_TEXT)])
def test_in_use_and_at_capacity_are_dates_of_their_own(path: tuple[str, ...], wanted: Field | None) -> None:
    assert guess_column(path, JUNE).field is wanted
