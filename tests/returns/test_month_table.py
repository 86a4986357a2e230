"""A table of plans by month or quarter: its head, units, rows and what is refused."""

from __future__ import annotations

import pytest

from hydesk.domain.findings import Level
from hydesk.domain.grid import Book, CellValue, Sheet
from hydesk.domain.month_plan import PlanStep
from hydesk.returns.month_table import MonthTable, read_month_table

MONTHS = [f"{m}月" for m in range(1, 13)]
HEAD: list[CellValue] = ["编号", "项目名称", *MONTHS]
TWELVE: list[CellValue] = [float(m) for m in range(1, 13)]


def read(*rows: list[CellValue], hidden: bool = False) -> MonthTable:
    return read_month_table(Book("计划.xlsx", (Sheet("表", rows, hidden=hidden),), "xlsx"))


def test_twelve_months_are_read_in_wan_with_code_and_name() -> None:
    (row,) = read(HEAD, ["HY1", "甲  项目", *TWELVE]).rows
    assert (row.code, row.name, row.step, row.sheet, row.row) == ("HY1", "甲 项目", PlanStep.MONTH, "表", 2)
    assert row.amounts == tuple(m * 10_000 for m in range(1, 13))


@pytest.mark.parametrize("heads", [
    ["一季度", "二季度", "三季度", "四季度"], ["第1季度", "第2季度", "第3季度", "第4季度"], ["2023年一季度计划", "二季度", "三季度投资", "四季"]])
def test_four_quarters_are_read_as_quarters(heads: list[CellValue]) -> None:
    (row,) = read(["项目名称", *heads], ["甲", 1.0, 2.0, 3.0, 4.0]).rows
    assert (row.code, row.amounts, row.step) == ("", (10_000, 20_000, 30_000, 40_000), PlanStep.QUARTER)


@pytest.mark.parametrize("heads", [
    [f"2023年{m}月份计划" for m in range(1, 13)], [f"{m}月（万元）" for m in range(1, 13)], [f"序时计划{m}月" for m in range(1, 13)],
    ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"]])
def test_months_are_known_by_whatever_words(heads: list[CellValue]) -> None:
    assert read(["项目名称", *heads], ["甲", *TWELVE]).rows[0].amounts[11] == 120_000


def test_months_in_any_order_go_to_their_own_place() -> None:
    assert read(["项目名称", *reversed(MONTHS)], ["甲", *reversed(TWELVE)]).rows[0].amounts == tuple(m * 10_000 for m in range(1, 13))


def test_of_a_month_written_twice_the_first_is_taken() -> None:
    assert read([*HEAD, "1月"], ["HY1", "甲", *TWELVE, 99.0]).rows[0].amounts[0] == 10_000


def test_a_month_too_few_is_no_head_and_says_what_to_do() -> None:
    table = read(HEAD[:-1], ["HY1", "甲", *TWELVE[:-1]])
    assert (table.rows, table.rejected, [f.code for f in table.findings]) == ((), True, ["no_head"])
    assert "导出模板" in table.findings[0].message


def test_names_may_stand_in_one_of_the_two_rows_above_and_no_higher() -> None:
    two_above = read(["编号", "项目名称"], [""], ["", "", *MONTHS], ["HY1", "甲", *TWELVE])
    assert [r.name for r in two_above.rows] == ["甲"]
    assert read(["编号", "项目名称"], [""], [""], ["", "", *MONTHS], ["HY1", "甲", *TWELVE]).rejected


@pytest.mark.parametrize(("above", "found"), [(19, False), (20, True)])
def test_a_head_below_the_twentieth_row_is_not_looked_for(above: int, found: bool) -> None:
    assert read(*([[""]] * above), HEAD, ["HY1", "甲", *TWELVE]).rejected is found


def test_a_hidden_sheet_is_passed_over() -> None:
    assert read(HEAD, ["HY1", "甲", *TWELVE], hidden=True).rejected


@pytest.mark.parametrize(("unit", "yuan"), [("单位：亿元", 100_000_000), ("金额单位：元", 1), ("某县", 10_000)])
def test_amounts_count_in_the_unit_said_above(unit: str, yuan: int) -> None:
    assert read([unit], HEAD, ["HY1", "甲", *TWELVE]).rows[0].amounts[0] == yuan


def test_a_unit_in_the_heads_goes_before_one_above() -> None:
    heads: list[CellValue] = ["项目名称", *(f"{m}月（亿元）" for m in range(1, 13))]
    assert read(["单位：元"], heads, ["甲", *TWELVE]).rows[0].amounts[0] == 100_000_000


@pytest.mark.parametrize("name", ["合计", "小计", "一、产业项目", "（二）民生", "注：含税", "填报人：张三", "其中：续建", "编号", "项目名称", ""])
def test_rows_of_sums_notes_and_repeated_heads_name_no_project(name: str) -> None:
    assert read(HEAD, ["编号" if name == "编号" else "", name, *TWELVE]).rows == ()


def test_a_project_without_amounts_is_passed_over_and_blank_months_are_nothing() -> None:
    blank: list[CellValue] = [None] * 12
    table = read(HEAD, ["HY1", "甲", *blank], ["HY2", "乙", None, 5.0, *blank[2:]])
    assert [(r.code, r.amounts) for r in table.rows] == [("HY2", (0, 50_000, *[0] * 10))]
    assert table.findings == ()


@pytest.mark.parametrize("wrong", ["三百多", -1.0, "待定"])
def test_a_cell_that_is_no_amount_holds_its_project_back_and_is_named(wrong: CellValue) -> None:
    table = read(HEAD, ["HY1", "甲", 1.0, wrong, *TWELVE[2:]], ["HY2", "乙", *TWELVE])
    assert [r.code for r in table.rows] == ["HY2"]
    (found,) = table.findings
    assert (found.level, found.code, found.sheet, found.row, found.cell) == (Level.ERROR, "no_amount", "表", 2, "D2")
    assert "“甲”这一格应是金额" in found.message


def test_nothing_to_be_done_in_a_month_may_be_said_by_a_dash() -> None:
    assert read(HEAD, ["HY1", "甲", "—", *TWELVE[1:]]).rows[0].amounts[:2] == (0, 20_000)
