"""Edges of the rules of heads, rows and cells, each found by returns drawn independently of how they are read."""

from __future__ import annotations

from datetime import date

import pytest

from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import Field
from hydesk.domain.grid import Book, CellValue, Sheet, Span
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period
from hydesk.returns.amount_words import AmountSaid
from hydesk.returns.columns import guess_column
from hydesk.returns.dates import read_date
from hydesk.returns.head import find_head
from hydesk.returns.head_score import is_title_row
from hydesk.returns.pipeline import understand
from tests.returns.test_amount_words import WAN, read_amount
from tests.returns.test_shapes import (
    ALL,
    MONTH,
    NAMES,
    PLAN,
    SINCE,
    TOTAL,
    UNIT,
    YEAR,
    Row,
    alarms,
    assert_read,
    code,
    line,
    lines,
    read,
    snapshot,
    wan,
    yuan,
)

F = Field
JUNE = Period.month(2023, 6)


@pytest.mark.parametrize(("path", "wanted"), [
    (("2023年分月完成投资", "6月"), MONTH), (("各月完成投资", "6月"), MONTH), (("逐月完成投资（万元）", "5月"), None),
    (("2023年分月完成投资", "累计"), YEAR), (("分月完成投资", "1-6月合计"), YEAR), (("每月完成投资",), None), (("每月累计完成投资",), None), (("逐月", "完成投资"), None),
    (("自开工至2023年6月底累计完成投资",), SINCE), (("2023年6月完成投资",), MONTH),
    (("往年完成投资",), F.INVESTED_BEFORE), (("此前年度累计完成投资",), F.INVESTED_BEFORE), (("昨日完成投资",), None),
    (("6月完成工作量投资",), MONTH), (("本月完成工程量",), None), (("___月完成投资",), MONTH), (("（  ）月完成投资",), MONTH),
    (("年初计划投资",), PLAN), (("年初下达投资计划",), PLAN), (("年初以来完成投资",), YEAR), (("年初至今完成投资",), YEAR),
    (("自开始建设至本月累计完成投资",), SINCE), (("自开工至5月底累计完成投资",), None), (("自开工至2022年12月底累计完成投资",), F.INVESTED_BEFORE),
    (("初步设计概算投资",), TOTAL), (("总投资：万元",), TOTAL), (("意向总投资",), None), (("建安费",), None), (("工程进度款",), None),
    (("项目建设情况",), F.PROGRESS_TEXT), (("进度评价",), None), (("已解决问题",), None), (("年初投资计划",), PLAN),
    (("固定资产投资入统（应统）",), None), (("银行贷款",), None), (("企业自筹",), None), (("单位：万元",), None),
])
def test_heads_at_the_edge_of_their_rule(path: tuple[str, ...], wanted: Field | None) -> None:
    guess = guess_column(path, JUNE)
    assert (guess.field, guess.unknown, guess.candidates) == (wanted, False, ())


@pytest.mark.parametrize(("words", "wanted"), [
    ("一至六月完成投资", YEAR), ("(1-6)月完成投资", YEAR), ("六月份完成投资", MONTH), ("2023.6完成投资", MONTH), ("本月完成投资（5.26-6.25）", MONTH),
    ("5月26日-6月25日完成投资", MONTH), ("6月1日至6月30日完成投资", MONTH), ("6月1日至10日完成投资", None), ("4月26日-5月25日完成投资", None),
    ("1月1日至6月25日完成投资", YEAR), ("二〇二三年计划投资", PLAN), ("23年计划投资", PLAN), ("22年计划投资", None), ("截至22年底累计完成投资", F.INVESTED_BEFORE),
    ("截至2022.12.31累计完成投资", F.INVESTED_BEFORE), ("截至2022.11累计完成投资", None), ("2023年以前完成投资", F.INVESTED_BEFORE),
    ("2022年（含）以前完成投资", F.INVESTED_BEFORE), ("今年以前累计完成投资", F.INVESTED_BEFORE), ("本报告期完成投资", MONTH), ("十二月完成投资", None),
    ("三个月完成投资", None), ("初设批复总投资", TOTAL), ("设计概算（万元）", TOTAL), ("施工图预算", None), ("开工建设以来累计完成投资", SINCE),
])
def test_dates_in_every_dress_are_one(words: str, wanted: Field | None) -> None:
    assert guess_column((words,), JUNE).field is wanted


@pytest.mark.parametrize(("path", "wanted"), [
    (("累计完成投资（含以前年度）",), SINCE), (("累计完成投资（含往年）",), SINCE), (("截至2022年底累计完成投资（含以前年度）",), F.INVESTED_BEFORE),
    (("本月完成投资（含征拆）",), MONTH), (("总投资（含流动资金）",), TOTAL), (("总投资额（不含土地）",), TOTAL),
    (("总投资（可研）",), TOTAL), (("总投资（批复）",), TOTAL), (("总投资（合同）",), None), (("本月完成投资（形象）",), MONTH),
    (("自1月起累计完成投资",), YEAR), (("2022年止累计完成投资",), F.INVESTED_BEFORE), (("之前年度完成投资",), F.INVESTED_BEFORE),
    (("开累完成投资",), SINCE), (("二季度", "6月完成投资"), MONTH), (("2022年二季度", "6月完成投资"), None), (("二季度", "完成投资"), None),
    (("累计完成投资", "其中：6月"), MONTH), (("超欠（±）",), None), (("未完（万元）",), None), (("挑战数",), None),
])
def test_brackets_and_old_words_for_times_are_read_as_they_are_meant(path: tuple[str, ...], wanted: Field | None) -> None:
    assert guess_column(path, JUNE).field is wanted


@pytest.mark.parametrize(("path", "wanted"), [
    (("开工时间", "计划"), F.PLANNED_START), (("开工时间", "实际"), F.START_DATE), (("竣工时间", "计划"), F.PLANNED_FINISH),
    (("竣工时间（计划）",), F.PLANNED_FINISH), (("实际", "竣工"), F.FINISH_DATE), (("实际(计划)开工时间",), F.START_DATE),
    (("7月工作计划",), F.NEXT_WORK_TEXT), (("6月工作计划",), None), (("8月工作计划",), None), (("2022年7月工作计划",), None), (("7月形象进度计划",), None), (("下步",), F.NEXT_WORK_TEXT),
    (("项目推进情况及下步计划",), F.PROGRESS_TEXT), (("形象进度及投资完成情况",), F.PROGRESS_TEXT), (("建设内容及形象进度",), F.PROGRESS_TEXT),
    (("完成的主要工作",), F.PROGRESS_TEXT), (("计划完成的主要工作",), None), (("本月施工内容",), F.PROGRESS_TEXT), (("建设规模及内容",), F.SCALE),
    (("问题数",), None), (("需要支持事项",), F.PROBLEM_TEXT), (("项目名称及建设内容",), F.NAME), (("项目名称及地点",), F.NAME),
])
def test_heads_of_words_and_dates_at_the_edge_of_their_rule(path: tuple[str, ...], wanted: Field | None) -> None:
    guess = guess_column(path, JUNE)
    assert (guess.field, guess.candidates) == (wanted, ())


def test_the_month_after_the_years_last_is_january_of_the_next() -> None:
    december = Period.month(2023, 12)
    assert guess_column(("1月工作计划",), december).field is F.NEXT_WORK_TEXT
    assert guess_column(("2024年1月工作安排",), december).field is F.NEXT_WORK_TEXT
    assert guess_column(("2023年1月工作安排",), december).field is None


def test_what_stands_under_among_it_is_a_part_of_the_column_to_the_left() -> None:
    u = read([["序号", "项目名称", "累计完成投资（含以前年度）（万元）", "其中：2023年（万元）", "其中：6月（万元）"],
              *lines(SINCE, YEAR, MONTH)])
    assert_read(u, SINCE, YEAR, MONTH)
    assert alarms(u) == []


def test_the_progress_of_a_part_of_the_works_is_not_glued_to_that_of_the_whole() -> None:
    u = read([["序号", "项目名称", "征地拆迁进展情况", "工程进展情况", "前期工作进展情况"],
              *lines("已完成征拆80亩", "主体施工至五层", "已取得施工许可证")])
    assert {r.values.get(F.PROGRESS_TEXT) for r in u.rows} == {"主体施工至五层"}


def test_a_years_goal_in_sentences_is_no_plan_and_no_question() -> None:
    u = read([["序号", "项目名称", "全年目标", "本月完成投资（万元）"], *lines("完成主体工程", MONTH)])
    assert_read(u, MONTH)
    assert alarms(u) == []


def test_what_words_leave_open_is_asked_not_taken() -> None:
    assert guess_column(("上年累计完成",), JUNE).doubtful  # of last year, or up to its end
    assert guess_column(("2023年计划", "到位资金"), JUNE).doubtful  # planned, or there already
    assert guess_column(("总投资（万元）", "批复"), JUNE).doubtful  # by its group the total, if the figures say so


def test_an_intention_that_is_named_a_plan_is_the_plan_only_where_the_ledger_says_so() -> None:
    assert guess_column(("2023年拟完成投资计划",), JUNE).candidates == (PLAN,)
    assert guess_column(("2023年拟完成投资计划",), JUNE).doubtful
    assert guess_column(("6月拟完成投资计划",), JUNE).candidates == ()
    assert_read(read([["序号", "项目名称", "总投资（万元）", "2023年拟完成投资计划（万元）", "本月完成投资（万元）"], *lines(TOTAL, PLAN, MONTH)]), TOTAL, PLAN, MONTH)
    other = read([["序号", "项目名称", "总投资（万元）", "2023年拟完成投资计划（万元）", "本月完成投资（万元）"], *lines(TOTAL, 777.0, MONTH)])
    assert alarms(other) == ["column_unclear"]


@pytest.mark.parametrize("head", ["自开工至2023年6月底累计完成投资（万元）", "截至2023年6月底累计完成投资（万元）"])
def test_a_sum_since_the_start_is_not_the_years_though_it_names_the_year(head: str) -> None:
    grid: list[Row] = [["序号", "项目名称", head, "本年度累计完成投资（万元）", "6月完成（万元）"], *lines(SINCE, YEAR, MONTH)]
    assert_read(read(grid), SINCE, YEAR, MONTH)


def test_this_weeks_words_are_not_glued_to_the_months() -> None:
    grid: list[Row] = [["序号", "项目名称", "本月完成投资（万元）", "本周形象进度", "本月形象进度"], *lines(MONTH, "二层浇筑", "主体施工")]
    assert {r.values[F.PROGRESS_TEXT] for r in read(grid).rows} == {"主体施工"}
    alone: list[Row] = [["序号", "项目名称", "本月完成投资（万元）", "本周形象进度"], *lines(MONTH, "二层浇筑")]
    assert {r.values[F.PROGRESS_TEXT] for r in read(alone).rows} == {"二层浇筑"}


def test_one_third_of_a_month_is_not_held_against_the_whole() -> None:
    assert_read(read([["序号", "项目名称", "上旬完成投资（万元）", "本月完成投资（万元）"], *lines(3.5, MONTH)]), MONTH)
    three = read([["序号", "项目名称", "上旬（万元）", "中旬（万元）", "下旬（万元）", "本月完成投资（万元）"], *lines(3.5, 4.5, 5.5, MONTH)])
    assert set(alarms(three)) == {"ten_days_differ"}


@pytest.mark.parametrize(("words", "said"), [
    ("累计3000", AmountSaid.WORDED), ("完成3000万元", AmountSaid.WORDED), ("本月完成投资3000万元", AmountSaid.WORDED), ("约3000", AmountSaid.ABOUT), ("3000左右", AmountSaid.ABOUT),
    ("完成约3000万元", AmountSaid.ABOUT), ("3000余万元", AmountSaid.ABOUT), ("预计3000", AmountSaid.ABOUT), ("超3000万元", AmountSaid.ABOUT), ("¥3000", AmountSaid.PLAIN),
])
def test_words_that_change_nothing_are_no_doubt(words: str, said: AmountSaid) -> None:
    assert read_amount(words, WAN).said is said
    assert read_amount(words, WAN).yuan == 30_000_000


def test_days_counted_by_the_spreadsheet_are_read_where_they_stand_as_text() -> None:
    assert read_date("44821", 2023) == LooseDate(date(2022, 9, 17))
    assert read_date("12345", 2023) is None
    assert read_date("99999", 2023) is None


@pytest.mark.parametrize("corner", ["单位：万元", "金额单位:万元", "（单位：万元）"])
def test_a_unit_in_the_heads_corner_counts_for_the_table(corner: str) -> None:
    grid: list[Row] = [[corner, "项目名称", "总投资", "本月完成投资"], *lines(TOTAL, MONTH)]
    u = read(grid)
    assert_read(u, TOTAL, MONTH)
    assert not any("按台账数字判定" in (c.reason or "") for c in u.sheets[0].columns)


def test_a_unit_at_the_end_of_the_title_or_the_sheets_name_counts_for_the_table() -> None:
    grid: list[Row] = [["序号", "项目名称", "总投资", "本月完成投资"], *lines(TOTAL, MONTH)]
    for sheets in ((Sheet("6月", [[f"{UNIT}2023年6月重点项目表（万元）"], *grid]),), (Sheet("6月（万元）", grid),)):
        u = understand(Book(f"{UNIT}6月.xlsx", sheets, "xlsx"), snapshot())
        assert_read(u, TOTAL, MONTH)
        assert not any("按台账数字判定" in (c.reason or "") for c in u.sheets[0].columns)


@pytest.mark.parametrize(("plan", "done"), [("年初计划", "实际完成"), ("计划数", "完成数"), ("目标任务", "完成情况"), ("投资计划", "已完成投资")])
def test_rows_of_plan_and_done_are_told_by_the_words_of_heads(plan: str, done: str) -> None:
    grid: list[Row] = [["序号", "项目名称", "总投资（万元）", "类别", "6月（万元）", "1-6月累计（万元）"]]
    merges: list[Span] = []
    for at in ALL:
        grid += [line(at, TOTAL, plan, 88.0, 528.0), ["", "", "", done, wan(at, MONTH), wan(at, YEAR)]]
        merges += [Span(2 * at + 2, c, 2 * at + 3, c) for c in (1, 2, 3)]
    assert_read(read(grid, merges=tuple(merges)), TOTAL, MONTH, YEAR)
    assert_read(read(grid), TOTAL, MONTH, YEAR)


def test_rows_of_quantities_beside_rows_of_money_are_no_second_figure() -> None:
    grid: list[Row] = [["序号", "项目名称", "指标", "单位", "年度计划", "本月完成", "1-6月累计完成"]]
    for at in ALL:
        grid += [line(at, "投资", "万元", PLAN, MONTH, YEAR), ["", "", "工程量", "立方米", 9000.0, 500.0, 3300.0]]
    assert_read(read(grid), PLAN, MONTH, YEAR)


def test_a_groups_sum_above_its_rows_is_not_the_grand_total_nor_counted_to_the_group_before() -> None:
    sums: Row = ["", "白果镇小计", *(round(sum(wan(at, f) for at in (3, 4, 5)), 2) for f in (TOTAL, MONTH, YEAR))]
    grid: list[Row] = [["序号", "项目名称", "总投资（万元）", "本月完成投资（万元）", "1-6月累计完成投资（万元）"],
                       ["", "开云镇（3个）", "", "", ""], *(line(at, TOTAL, MONTH, YEAR) for at in (0, 1, 2)),
                       sums, *(line(at, TOTAL, MONTH, YEAR) for at in (3, 4, 5))]
    assert_read(read(grid), TOTAL, MONTH, YEAR)


def test_a_county_written_before_every_name_leaves_no_doubt() -> None:
    grid: list[Row] = [["序号", "项目名称", "本月完成投资（万元）"], *([at + 1.0, f"衡阳市{UNIT}{NAMES[at]}", wan(at, MONTH)] for at in ALL)]
    u = read(grid)
    assert [(r.project, r.values[MONTH]) for r in u.rows] == [(code(at), yuan(wan(at, MONTH))) for at in ALL]
    assert alarms(u) == []


def test_a_tag_before_the_name_is_no_part_of_it() -> None:
    grid: list[Row] = [["序号", "项目名称", "本月完成投资（万元）"], *([at + 1.0, f"【续建】{NAMES[at]}" if at % 2 else f"（省重点项目）{NAMES[at]}", wan(at, MONTH)] for at in ALL)]
    u = read(grid)
    assert [r.project for r in u.rows] == [code(at) for at in ALL]
    assert alarms(u) == []


def test_figures_are_read_the_same_by_the_short_way_and_by_the_long_one() -> None:
    for value in (3000.5, 0.1, 1234567.0, -12.34, -0.0, 1e-5, 1e16, 12.345678, 0.30000000000000004, 172.480102, 9999999.0, 99999999.0):
        for unit in MoneyUnit:
            assert read_amount(value, unit) == read_amount(f"{value!r}" if "e" not in f"{value!r}" else value, unit), (value, unit)


def test_a_column_without_a_head_that_only_numbers_the_rows_is_not_asked_about() -> None:
    assert_read(read([["", "项目名称", "总投资（万元）", "本月完成投资（万元）"], *lines(TOTAL, MONTH)]), TOTAL, MONTH)
    asked = read([["序号", "项目名称", "总投资（万元）", "", "本月完成投资（万元）"], *lines(TOTAL, 77.5, MONTH)])
    assert alarms(asked) == ["column_without_head"]


@pytest.mark.parametrize("number", ["{}.", "{}、", "（{}）", "（{}）、"])
def test_numbers_of_columns_in_their_own_heads_are_no_words_of_them(number: str) -> None:
    heads = ["序号", "项目名称", "总投资（万元）", "6月完成投资（万元）", "1-6月累计完成投资（万元）"]
    assert_read(read([[number.format(n) + h for n, h in enumerate(heads, 1)], *lines(TOTAL, MONTH, YEAR)]), TOTAL, MONTH, YEAR)


@pytest.mark.parametrize("marks", ["①②③④⑤", "❶❷❸❹❺"])
def test_circled_numbers_and_marks_of_notes_join_no_figure_of_a_head(marks: str) -> None:
    heads = ["序号", "项目名称", "总投资（万元）", "6月完成投资（万元）", "1-6月累计完成投资（万元）"]
    before: list[Row] = [[m + h for m, h in zip(marks, heads, strict=True)], *lines(TOTAL, MONTH, YEAR)]
    behind: list[Row] = [[h + m for m, h in zip(marks, heads, strict=True)], *lines(TOTAL, MONTH, YEAR)]
    assert_read(read(before), TOTAL, MONTH, YEAR)
    assert_read(read(behind), TOTAL, MONTH, YEAR)


@pytest.mark.parametrize(("row", "title"), [
    (["单位：亿元", None, None, "总投资"], False), (["总投资", None, None, "单位：亿元"], False), (["投资", "单位：亿元", None, None], False), (["项目投资单位：亿元", None, None, "2023年6月"], True), (["填报单位：衡南县", None, None, "单位：亿元"], True),
    (["金额单位：万元", "2023年", "6月", "衡南县"], True), (["填表", "单位", None, None], False)])
def test_only_the_words_of_one_cell_say_that_a_row_is_a_line_of_units(row: list[CellValue], title: bool) -> None:
    """Words of several cells were joined in no fixed order, so that one table was read in two ways."""
    assert is_title_row(Sheet("6月", [row, ["序号", "项目名称", "总投资", "备注"]]), 1) is title
    assert is_title_row(Sheet("6月", [row[::-1], ["序号", "项目名称", "总投资", "备注"]]), 1) is title


@pytest.mark.parametrize("below", [[None, "（全称）", "（万元）", "上月", "本月", 5.0], [None, "（全称）", "（万元）", "上月", None, 5.0], [None, None, "（万元）", "上月", None, 45_078.0]])
def test_what_stands_under_the_last_head_merged_to_the_right_tells_whether_a_row_belongs_to_the_head(below: list[CellValue]) -> None:
    sheet = Sheet("6月", [["序号", "项目名称", "总投资", "形象进度", None, None], below, [1.0, NAMES[0], 300.0, "主体", "封顶", 1.0]], (Span(1, 4, 1, 6),))
    found = find_head(sheet)
    assert found is not None
    assert found.rows == (1,)
