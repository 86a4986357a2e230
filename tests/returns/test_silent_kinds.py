"""Kinds of returns of which something was once read wrong, or lost, without a word: each rule at its edge."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hydesk.domain.fields import Field
from hydesk.domain.findings import Level
from hydesk.domain.grid import Book, Sheet, Span
from hydesk.domain.snapshot import LedgerSnapshot, Memory, ReportingUnit
from hydesk.domain.understanding import Understanding
from hydesk.returns.head_words import column_key
from hydesk.returns.pipeline import understand
from tests.returns.test_shapes import (
    ALL,
    LEDGER,
    MONTH,
    NAMES,
    SINCE,
    TOTAL,
    UNIT,
    YEAR,
    Row,
    alarms,
    assert_read,
    line,
    lines,
    read,
    snapshot,
    wan,
    yuan,
)

F = Field
PLAIN: Row = ["序号", "项目名称", "总投资（万元）", "本月完成投资（万元）", "1-6月累计完成投资（万元）"]
FIGURES = (TOTAL, MONTH, YEAR)


def with_ledger(grid: list[Row], held: LedgerSnapshot) -> Understanding:
    return understand(Book(f"{UNIT}6月.xlsx", (Sheet("6月", grid),), "xlsx"), held)


def without_earlier_years(known: int | None = None) -> LedgerSnapshot:
    held = snapshot()
    return replace(held, projects=tuple(
        replace(p, invested_before=known, previous=replace(p.previous, money={
            k: v for k, v in p.previous.money.items() if k is not SINCE}))  # type: ignore[union-attr, type-var]
        for p in held.projects))


@pytest.mark.parametrize("words", ["应完成投资", "截至6月底应完成投资", "预计累计完成投资", "力争完成", "下月计划完成投资", "本月支付资金", "垫层（M³）"])
def test_a_column_of_what_was_not_done_is_left_out_without_a_question(words: str) -> None:
    u = read([[*PLAIN, words], *lines(*FIGURES, 777.0)])
    assert_read(u, *FIGURES)
    assert not any(777_0000 in r.values.values() for r in u.rows)


def test_text_of_the_month_beside_the_progress_is_not_glued_to_it_and_holds_no_row_back() -> None:
    u = read([[*PLAIN, "形象进度", "本月工作情况", "年计划形象进度", "形象进度（%）"], *lines(*FIGURES, "主体施工", "浇筑三层", "竣工", 35.0)])
    assert_read(u, *FIGURES)
    assert {r.values[F.PROGRESS_TEXT] for r in u.rows} == {"主体施工"}


@pytest.mark.parametrize(("cell", "kept"), [("√", False), (45.0, False), ("2023-06", False), ("基础完成60%", True)])
def test_ticks_figures_and_dates_under_progress_are_no_words(cell: str | float, kept: bool) -> None:
    u = read([[*PLAIN, "工程进度"], *lines(*FIGURES, cell)])
    assert {F.PROGRESS_TEXT in r.values for r in u.rows} == {kept}


def test_a_column_of_sentences_under_a_head_of_money_is_told_once() -> None:
    u = read([[*PLAIN, "累计到位资金"], *lines(*FIGURES, "正在争取上级支持")])
    assert all(r.accepted for r in u.rows)
    assert alarms(u) == ["column_of_words"]


def test_sums_are_not_taken_for_those_since_the_start_where_earlier_years_are_unknown() -> None:
    grid = [[*PLAIN[:4], "累计完成投资（万元）"], *lines(*FIGURES)]
    u = with_ledger(grid, without_earlier_years())
    assert all(r.values[YEAR] == yuan(wan(at, YEAR)) and SINCE not in r.values for at, r in enumerate(u.rows))
    none_before = with_ledger(grid, without_earlier_years(0))
    assert all(r.values[SINCE] == r.values[YEAR] for r in none_before.rows)


def test_a_sum_too_large_for_the_year_is_that_since_the_start_and_said_to_be_uncheckable() -> None:
    """The ledger knows no earlier years: 已实现投资 of several times what the year could hold."""
    grid = [["序号", "项目名称", "已实现投资（万元）"], *(line(at, LEDGER[at][1][0] * 0.9) for at in ALL)]
    u = with_ledger(grid, without_earlier_years())
    assert [r.values.get(SINCE) for r in u.rows] == [yuan(LEDGER[at][1][0] * 0.9) for at in ALL]
    assert "since_start_unchecked" in alarms(u)


def test_a_head_with_an_unknown_word_is_taken_only_where_the_figures_add_up() -> None:
    head: Row = ["序号", "项目名称", "本月憧憬完成投资（万元）", "1-6月累计完成投资（万元）"]
    assert_read(read([head, *lines(MONTH, YEAR)]), MONTH, YEAR)
    other = read([head, *(line(at, wan(at, MONTH) * 1.2, wan(at, YEAR)) for at in ALL)])
    assert not any(MONTH in r.values for r in other.rows)
    assert alarms(other) == ["column_unclear"]


def test_dollars_are_named_and_not_taken_for_wan() -> None:
    u = read([[*PLAIN[:2], "投资总额（万美元）", *PLAIN[3:]], *lines(*FIGURES)])
    assert not any(TOTAL in r.values for r in u.rows)
    assert "foreign_currency" in alarms(u)


def test_an_unknown_column_of_money_is_asked_about() -> None:
    u = read([[*PLAIN, "某某款（万元）"], *lines(*FIGURES, 12.5)])
    assert [f.column for f in u.findings if f.code == "column_unknown" and f.level is Level.WARNING] == ["F"]
    assert len(NAMES) == len(u.rows)


def test_a_blank_column_under_a_group_head_is_no_column() -> None:
    head: list[Row] = [["序号", "项目名称", "2023年投资完成情况", "", "", ""], ["", "", "本月完成（万元）", "", "累计完成（万元）", ""]]
    grid = [*head, *(line(at, wan(at, MONTH), "", wan(at, YEAR), "") for at in ALL)]
    assert_read(read(grid, merges=(Span(1, 3, 1, 6),)), MONTH, YEAR)


def test_of_a_hidden_and_a_visible_column_the_visible_one_is_read() -> None:
    grid = [[*PLAIN[:3], "本月完成投资（万元）", *PLAIN[3:]], *(line(at, wan(at, TOTAL), 1.5 + at, wan(at, MONTH), wan(at, YEAR)) for at in ALL)]
    u = understand(Book("衡山县6月.xlsx", (Sheet("6月", grid, hidden_columns=frozenset({4})),), "xlsx"), snapshot())
    assert_read(u, *FIGURES)


def test_of_two_columns_for_one_field_the_one_that_fits_is_read_and_else_it_is_asked() -> None:
    head = [*PLAIN[:3], "本月完成投资（万元）", *PLAIN[3:]]
    assert_read(read([head, *(line(at, wan(at, TOTAL), 1.5 + at, wan(at, MONTH), wan(at, YEAR)) for at in ALL)]), *FIGURES)
    neither = read([head, *(line(at, wan(at, TOTAL), 1.5 + at, 2.5 + at, wan(at, YEAR)) for at in ALL)])
    assert "column_twice" in alarms(neither)


@pytest.mark.parametrize("below", [True, False])
def test_the_head_repeated_in_english_is_part_of_the_head(below: bool) -> None:
    english: Row = ["No.", "Project Name", "Total Investment", "Monthly Investment", "YTD Investment"]
    both: Row = [f"{a}\n{b}" for a, b in zip(PLAIN, english, strict=True)]
    assert_read(read([PLAIN, english, *lines(*FIGURES)] if below else [both, *lines(*FIGURES)]), *FIGURES)


def test_last_months_sums_sent_again_without_a_months_column_are_told_once() -> None:
    grid = [["序号", "项目名称", "1-6月累计完成投资（万元）"], *(line(at, LEDGER[at][1][4]) for at in ALL)]
    assert alarms(read(grid)) == ["return_copied"]
    moved = [grid[0], *(line(at, LEDGER[at][1][4] + (0 if at % 2 else 10)) for at in ALL)]
    assert alarms(read(moved)) == []


def rates(*, wrong: int | None = None, digits: int = 2, as_text: bool = False, share: bool = False) -> list[Row]:
    def rate(at: int) -> float | str:
        made = wan(at, YEAR) / wan(at, F.ANNUAL_PLAN) * (1 if share else 100) * (0.5 if at == wrong else 1)
        return f"{made:.{digits}f}%" if as_text else round(made, digits + (2 if share else 0))

    return [[*PLAIN, "年度计划投资（万元）", "占年度计划（%）"], *(line(at, *FIGURES, wan(at, F.ANNUAL_PLAN), rate(at)) for at in ALL)]


@pytest.mark.parametrize(("digits", "as_text", "share"), [(2, False, False), (0, False, False), (1, True, False), (2, False, True)])
def test_the_countys_own_rate_is_held_against_its_figures(digits: int, as_text: bool, share: bool) -> None:
    assert_read(read(rates(digits=digits, as_text=as_text, share=share)), *FIGURES)
    u = read(rates(wrong=2, digits=digits, as_text=as_text, share=share))
    assert [(f.code, f.cell) for f in u.findings if f.level is Level.WARNING] == [("rate_differs", "G4")]


def test_rates_that_fit_no_two_figures_are_let_be() -> None:
    u = read([[*PLAIN, "完成率（%）"], *(line(at, *FIGURES, 11.0 + 7 * at) for at in ALL)])
    assert_read(u, *FIGURES)


@pytest.mark.parametrize(("share", "told"), [(0.4, False), (0.41, True), (0.1, False), (0.95, True)])
def test_most_of_a_years_plan_in_one_month_is_asked_about(share: float, told: bool) -> None:
    """A quarter of the plan is asked about from six times the usual month on, 1048.1 万元 here; half of it always."""
    plan, before = LEDGER[0][1][2], LEDGER[0][1][4]
    month = round(plan * share, 2)
    grid = [["序号", "项目名称", "本月完成投资（万元）", "1-6月累计完成投资（万元）"], line(0, month, before + month), *(
        line(at, wan(at, MONTH), wan(at, YEAR)) for at in ALL if at)]
    assert ("month_leaps" in alarms(read(grid))) is told
    sums = [[*grid[0][:2], grid[0][3]], *([*r[:2], r[3]] for r in grid[1:])]
    assert ("month_leaps" in alarms(read(sums))) is told


@pytest.mark.parametrize("between", ["\n", "；", "、", "及", "/"])
def test_two_projects_in_one_cell_wait_for_a_person(between: str) -> None:
    u = read([PLAIN, [1.0, NAMES[0] + between + NAMES[1], 60600.0, 1500.0, 8000.0], *lines(*FIGURES)[2:]])
    assert u.rows[0].project is None
    assert [(f.code, f.row) for f in u.findings if f.level is Level.ERROR] == [("several_projects", 2)]
    assert not any(f.code == "missing_projects" for f in u.findings)


def test_a_name_that_is_whole_in_the_ledger_is_one_project_whatever_it_holds() -> None:
    held = snapshot()
    both = f"{NAMES[0]}和{NAMES[1]}"
    one = replace(held.projects[0], name=both)
    u = with_ledger([PLAIN, [1.0, both, *lines(*FIGURES)[0][2:]]], replace(held, projects=(one, *held.projects[1:])))
    assert [r.project for r in u.rows] == [one.code]


@pytest.mark.parametrize(("kind", "told"), [("县市区", True), ("园区", False)])
def test_a_project_listed_under_another_county_is_told_and_a_parks_in_its_county_is_not(kind: str, told: bool) -> None:
    held = replace(snapshot(), units=(ReportingUnit(UNIT, kind), ReportingUnit("祁东县")))
    grid = [["县市区", *PLAIN[1:]], *(["祁东县" if at == 3 else UNIT, *line(at, *FIGURES)[1:]] for at in ALL)]
    u = with_ledger(grid, held)
    assert [f.row for f in u.findings if f.code == "foreign_project"] == ([5] if told else [])


def test_a_project_that_the_ledger_gives_to_no_unit_is_nobody_elses() -> None:
    held = snapshot()
    u = with_ledger([PLAIN, *lines(*FIGURES)], replace(held, projects=(replace(held.projects[0], unit=""), *held.projects[1:])))
    assert u.unit == UNIT
    assert "foreign_project" not in alarms(u)


def test_a_small_sheet_with_one_project_and_figures_is_never_passed_over_in_silence() -> None:
    odd: list[Row] = [["甲", "乙"], [NAMES[5], 460.7]]
    u = read([PLAIN, *lines(*FIGURES)[:5]], odd)
    assert [(f.code, f.sheet) for f in u.findings if f.code == "sheet_unread"] == [("sheet_unread", "6月份")]


def test_amounts_that_stand_only_in_sentences_are_told() -> None:
    words: list[Row] = [[f"二、{NAMES[5]}：本月完成投资460.7万元，主体结构封顶，累计完成2736万元。"]]
    u = read([PLAIN, *lines(*FIGURES)[:5]], words)
    assert [f.level for f in u.findings if f.code == "sheet_unread"] == [Level.WARNING]


def scaled(grid: list[Row], cells: set[tuple[int, int]]) -> Understanding:
    """The grid as a number format shows it: ``cells`` store a thousand times what stands in them."""
    held = {(r, c): float(grid[r - 1][c - 1]) * 1000 for r, c in cells}  # type: ignore[arg-type]
    return understand(Book(f"{UNIT}6月.xlsx", (Sheet("6月", grid, scaled=held),), "xlsx"), snapshot())


def test_what_a_scaling_format_shows_is_taken_where_it_fits() -> None:
    assert_read(scaled([PLAIN, *lines(*FIGURES)], {(r, c) for r in range(2, 8) for c in (3, 4, 5)}), *FIGURES)


def test_a_whole_column_shown_ten_times_too_small_is_asked_about_once_and_not_taken() -> None:
    grid = [PLAIN, *(line(at, wan(at, TOTAL) / 10, wan(at, MONTH), wan(at, YEAR)) for at in ALL)]
    u = scaled(grid, {(r, 3) for r in range(2, 8)})
    assert alarms(u) == ["format_scale"]
    assert_read(u, MONTH, YEAR, but=("format_scale",))
    assert not any(TOTAL in r.values for r in u.rows)


def test_one_figure_that_a_power_of_ten_would_make_fit_waits_with_both_offered() -> None:
    grid = [PLAIN, *lines(*FIGURES)]
    grid[3][3] = round(wan(2, MONTH) / 10, 4)
    u = scaled(grid, {(4, 4)})
    assert [(f.code, f.cell, f.suggestion) for f in u.findings if f.level is Level.ERROR] == [("format_scale", "D4", yuan(wan(2, MONTH)))]


def test_percentages_under_a_head_of_money_are_told_once_and_are_no_money() -> None:
    u = read([[*PLAIN, "1-6月完成情况", "年度计划投资"], *(line(at, *FIGURES, f"{30 + at}.5%", wan(at, F.ANNUAL_PLAN)) for at in ALL)])
    assert_read(u, *FIGURES, but=("column_of_rates",))


def test_what_was_decided_for_a_unit_is_found_by_the_unit_that_the_content_tells() -> None:
    """The file's name says nothing, or another unit."""
    held = replace(snapshot(), units=(ReportingUnit(UNIT), ReportingUnit("祁东县")),
                   memory=Memory(columns={(UNIT, column_key("当月形象/完成额")): MONTH}))
    grid: list[Row] = [[f"{UNIT}2023年6月重点项目进度表"], ["序号", "项目名称", "总投资（万元）", "当月形象/完成额", "1-6月累计完成投资（万元）"], *lines(*FIGURES)]
    for name in ("报表.xlsx", "祁东县6月.xlsx"):
        u = understand(Book(name, (Sheet("Sheet1", grid),), "xlsx"), held)
        assert [r.values.get(MONTH) for r in u.rows] == [yuan(wan(at, MONTH)) for at in ALL], name


def test_a_unit_line_in_dollars_keeps_every_column_without_a_unit_of_its_own_out() -> None:
    u = read([["金额单位：万美元"], [w.replace("（万元）", "") for w in PLAIN], *lines(*FIGURES)])  # type: ignore[union-attr]
    assert not any(f in r.values for r in u.rows for f in FIGURES)
    assert u.rejected or "foreign_currency" in alarms(u)


@pytest.mark.parametrize(("written", "offered"), [(wan(1, MONTH) * 1e4, yuan(wan(1, MONTH))), (wan(1, MONTH) * 1e5, yuan(wan(1, MONTH))), (2_345_678.0, None)])
def test_a_value_is_offered_only_where_it_fits(written: float, offered: int | None) -> None:
    """Last month's sum and this month's tell what the month must be; no other value is put into the clerk's mouth."""
    grid = [PLAIN, *lines(*FIGURES)]
    grid[2][3] = written
    slip = next(f for f in read(grid).findings if f.code == "unit_slip")
    assert (slip.cell, slip.suggestion) == ("D3", offered)


@pytest.mark.parametrize(("month", "code", "offered"), [(41.39, "month_over_year", None), (9_000.0, "unit_slip", 9_000)])
def test_an_amount_so_small_that_it_fits_any_sum_is_not_put_into_the_clerks_mouth(month: float, code: str, offered: int | None) -> None:
    """A project that had spent nothing writes 41.39 and a sum of 1: the sum is wrong, the month is not 41 yuan."""
    held = snapshot()
    fresh = replace(held, projects=tuple(replace(p, previous=replace(p.previous, money={MONTH: 0, YEAR: 0, SINCE: p.invested_before or 0}))
                                         for p in held.projects))  # type: ignore[union-attr, type-var]
    grid = [PLAIN, *lines(*FIGURES)]
    grid[2][3], grid[2][4] = month, 1.0
    found = [f for f in with_ledger(grid, fresh).findings if f.row == 3 and f.level is Level.ERROR]
    assert [(f.code, f.suggestion) for f in found if f.field in (MONTH, YEAR)] == [(code, offered)]


def test_a_counties_sum_is_its_groups_and_what_breaks_a_total_down_heads_no_rows() -> None:
    sums: Row = [sum(wan(at, f) for at in ALL) for f in FIGURES]
    half: Row = [sum(wan(at, f) for at in range(3)) for f in FIGURES]
    rest: Row = [sum(wan(at, f) for at in range(3, 6)) for f in FIGURES]
    rows = lines(*FIGURES)
    for grid in (
        [PLAIN, ["", "衡山县合计", *half], *rows[:3], ["", "祁东县合计", *rest], *rows[3:]],
        [PLAIN, *rows[:3], ["", "白果镇小计", *half], *rows[3:], ["", "岳屏镇小计", *rest], ["", "全县合计", *sums]],
        [PLAIN, ["", "合计（6个）", *sums], ["", "其中：省重点项目（3个）", *half], ["", "市重点项目（3个）", *rest], *rows],
    ):
        assert_read(read(grid), *FIGURES)
    wrong = [PLAIN, ["", "衡山县合计", half[0], 1.5, half[2]], *rows[:3], ["", "祁东县合计", *rest], *rows[3:]]
    assert alarms(read(wrong)) == ["subtotal_differs"]


def test_the_one_row_that_would_make_a_total_right_is_named() -> None:
    grid = [PLAIN, *lines(*FIGURES), ["合计", "", *(sum(wan(at, f) for at in ALL) for f in FIGURES)]]
    grid[3][3] = wan(2, MONTH) / 10
    said = next(f.message for f in read(grid).findings if f.code == "sum_differs")
    assert f"第4行“{NAMES[2]}”" in said
    assert "正好相符" in said


def test_a_years_goal_in_figures_is_the_plan_and_in_words_is_not() -> None:
    plan = F.ANNUAL_PLAN
    u = read([[*PLAIN, "年度目标"], *lines(*FIGURES, plan)])
    assert_read(u, *FIGURES, plan)
    words = read([[*PLAIN, "年度目标"], *lines(*FIGURES, "主体封顶")])
    assert_read(words, *FIGURES)
    assert {r.values[F.YEAR_GOAL] for r in words.rows} == {"主体封顶"}


def test_the_cells_tell_whether_what_was_done_is_money_or_words() -> None:
    head: list[Row] = [["序号", "项目名称", "完成情况", ""], ["", "", "本月", "本年累计"]]
    assert_read(read([*head, *lines(MONTH, YEAR)], merges=(Span(1, 3, 1, 4),)), MONTH, YEAR)
    told = read([["序号", "项目名称", "总投资（万元）", "1-6月完成情况"], *lines(TOTAL, "主体结构封顶，外墙砌筑完成")])
    assert {r.values[F.PROGRESS_TEXT] for r in told.rows} == {"主体结构封顶，外墙砌筑完成"}
    assert_read(read([["序号", "项目名称", "总投资（万元）", "1-6月完成情况"], *lines(TOTAL, YEAR)]), TOTAL, YEAR)


@pytest.mark.parametrize(("grid", "next_step"), [
    ([["2023年5月重点项目进度表"], ["序号", "项目名称", "5月完成投资（万元）"], *lines(3.5)], "改选报告期"),
    ([["甲", "乙"], *([NAMES[at], 12.5] for at in ALL)], "指明各列"),
    ([["序号", "项目名称", "建设地点", "建设性质"], *lines("衡山", "新建")], "导入清单"),
    ([PLAIN, ["填表人：", "", "", "", ""]], "空白模板"),
    ([["请于25日前报送本月的报表，逾期通报。"]], "报错了文件"),
])
def test_a_refusal_says_its_own_reason_and_what_to_do(grid: list[Row], next_step: str) -> None:
    u = understand(Book("报表.xlsx", (Sheet("Sheet1", grid),), "xlsx"), snapshot())
    assert u.rejected
    assert next_step in next(f.message for f in u.findings if f.code == "no_sheet")
