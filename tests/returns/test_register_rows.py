"""Values of registers as typed, and a workbook's records by the heads that the definition names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from hydesk.domain.dates import LooseDate
from hydesk.domain.findings import Level
from hydesk.domain.grid import Book, CellValue, Sheet
from hydesk.domain.money import MoneyUnit
from hydesk.domain.registers import RegisterDefinition, RegisterField, RegisterKind, RegisterValue
from hydesk.returns.register_rows import (
    Lookups,
    RegisterReading,
    month_and_day,
    read_value,
    understand_register,
)

K = RegisterKind
LOOKUPS = Lookups(2023, {"衡南": "衡南县"}.get, {"甲项目": "HY1"}.get)
NAME = RegisterField("name", "事项", names=("任务",))
PLAN = RegisterField("plan", "计划投资", K.MONEY)
DUE = RegisterField("due", "期限", K.DATE, required=True)
COUNT = RegisterField("count", "数量", K.NUMBER, measure="个")
SHAPE = RegisterDefinition("duty", "责任清单", "五制", "谁办什么", (NAME, PLAN, DUE, COUNT, RegisterField("rate", "完成率", K.FIGURE)), ("name",))


@pytest.mark.parametrize(("field", "cell", "value"), [
    (PLAN, 12.5, 125_000), (PLAN, "1.2亿", 120_000_000), (PLAN, "—", None), (PLAN, None, None), (COUNT, "1,234个", Decimal(1234)),
    (COUNT, 3.0, Decimal(3)), (COUNT, 0.1 + 0.2, Decimal("0.3")), (COUNT, "-2.50", Decimal("-2.50")), (COUNT, "无", None),
    (DUE, "9-5", LooseDate(date(2023, 9, 5))), (DUE, "9.5", LooseDate(date(2023, 9, 5))), (DUE, "2023年6月", LooseDate.of_month(2023, 6)),
    (NAME, " 征地 ", "征地"), (NAME, "—", "—"), (NAME, "\u2003", None), (COUNT, "\u2003", None), (RegisterField("u", "单位", K.UNIT), "衡南", "衡南县"), (RegisterField("p", "项目", K.PROJECT), "甲项目", "HY1"),
    (RegisterField("s", "状态", K.CHOICE, ("已办结", "办理中")), "办理 中", "办理中")])
def test_what_a_cell_means_in_each_kind_of_field(field: RegisterField, cell: CellValue, value: RegisterValue | None) -> None:
    assert read_value(field, cell, LOOKUPS) == (value, None)


@pytest.mark.parametrize(("field", "cell", "said"), [
    (PLAN, "三百多", "“计划投资”应是金额，不能填“三百多”"), (COUNT, True, "“数量”应是数字"), (COUNT, "若干", "“数量”应是数字，不能填“若干”"), (COUNT, float("inf"), "应是数字"),
    (COUNT, "1234567890123456", "应是数字"), (DUE, "尽快", "“期限”应是日期，不能填“尽快”"), (DUE, "13-45", "应是日期"), (RegisterField("u", "单位", K.UNIT), "外县", "没有名为“外县”的填报单位"),
    (RegisterField("p", "项目", K.PROJECT), "乙", "没有名为“乙”的项目，请核对“项目”"), (RegisterField("s", "状态", K.CHOICE, ("甲", "乙")), "丙", "只能是甲、乙之一，不能填“丙”")])
def test_what_cannot_stand_there_is_said(field: RegisterField, cell: CellValue, said: str) -> None:
    value, wrong = read_value(field, cell, LOOKUPS)
    assert value is None
    assert wrong is not None
    assert said in wrong


def test_money_counts_in_the_unit_given() -> None:
    assert read_value(PLAN, 2.0, LOOKUPS, MoneyUnit.YI) == (200_000_000, None)


@pytest.mark.parametrize(("text", "day"), [("2-28", date(2023, 2, 28)), (" 12/31 ", date(2023, 12, 31)), ("2-29", None), ("0-1", None), ("2023-9-5", None), ("9-5日", None)])
def test_month_and_day_of_the_year_at_hand(text: str, day: date | None) -> None:
    assert month_and_day(text, 2023) == (LooseDate(day) if day else None)


def read(*rows: list[CellValue], shape: RegisterDefinition = SHAPE, hidden: bool = False) -> RegisterReading:
    return understand_register(Book("清单.xlsx", (Sheet("表", rows, hidden=hidden),), "xlsx"), shape, LOOKUPS)


HEAD: list[CellValue] = ["序号", "事项", "计划投资（亿元）", "期限", "数量（个）", "完成率", "别的"]


def test_records_are_read_by_their_heads_with_the_units_said_there() -> None:
    reading = read(["责任清单"], HEAD, [1.0, "征地", 2.0, "9-5", 3.0, "50%", "x"])
    (row,) = reading.rows
    assert row.values == {"name": "征地", "plan": 200_000_000, "due": LooseDate(date(2023, 9, 5)), "count": Decimal(3)}
    assert (row.sheet, row.row, row.accepted, row.cell("plan"), row.words("plan")) == ("表", 3, True, "C3", "2")
    assert reading.fields == ("name", "plan", "due", "count")
    (left,) = reading.findings
    assert (left.level, left.code, left.column, "“别的”一列" in left.message) == (Level.NOTE, "column_left_out", "G", True)


def test_another_name_of_a_field_heads_it_and_the_first_of_two_is_taken() -> None:
    assert read(["任务", "期限", "期限"], ["征地", "9-5", "9-6"]).rows[0].values["due"] == LooseDate(date(2023, 9, 5))


def test_a_unit_said_above_counts_for_heads_without_one() -> None:
    assert read(["单位：元"], ["事项", "计划投资"], ["征地", 7.0]).rows[0].values["plan"] == 7
    assert read(["事项", "计划投资"], ["征地", 7.0]).rows[0].values["plan"] == 70_000


@pytest.mark.parametrize("head", [["期限", "数量"], ["事项"], ["别的", "期限"]])
def test_heads_without_what_tells_records_apart_are_no_heads(head: list[CellValue]) -> None:
    reading = read(head, ["征地", "9-5"])
    assert (reading.rows, reading.rejected, reading.findings[0].code) == ((), True, "no_sheet")
    assert "“事项”" in reading.findings[0].message


def test_a_register_of_one_field_needs_only_that_head() -> None:
    assert read(["事项"], ["征地"], shape=replace(SHAPE, fields=(NAME,))).rows[0].values == {"name": "征地"}


def test_hidden_sheets_and_heads_far_down_are_not_looked_for() -> None:
    assert read(HEAD, [1.0, "征地", 2.0, "9-5"], hidden=True).rejected
    assert read(*([[""]] * 20), HEAD, [1.0, "征地", 2.0, "9-5"]).rejected
    assert not read(*([[""]] * 19), HEAD, [1.0, "征地", 2.0, "9-5"]).rejected


@pytest.mark.parametrize("row", [["合计", None, 5.0, "9-5", 3.0], ["注：含税", "说明", 5.0, "9-5", 1.0], ["", "", "", "", ""], ["1", "", 5.0, "", ""]])
def test_sums_notes_and_rows_that_name_nothing_are_no_records(row: list[CellValue]) -> None:
    assert read(HEAD, row).rows == ()


def test_a_record_that_begins_like_a_sum_is_one_where_all_that_tells_it_apart_is_there() -> None:
    two = replace(SHAPE, identity=("name", "due"))
    assert [r.values["name"] for r in read(HEAD, ["合计", "征地", 5.0, "9-5"], shape=two).rows] == ["征地"]
    assert read(HEAD, ["合计", "征地", 5.0], shape=two).rows == ()


def test_what_cannot_be_told_or_is_missing_holds_the_record_back() -> None:
    reading = read(HEAD, [1.0, "征地", "很多", "9-5"], [2.0, "拆迁", 1.0, ""], [3.0, "补偿", 1.0, "9-6"])
    assert [(r.values["name"], r.accepted) for r in reading.rows] == [("征地", False), ("拆迁", False), ("补偿", True)]
    wrong = [f for f in reading.findings if f.level is Level.ERROR]
    assert [(f.code, f.row, f.cell) for f in wrong] == [("not_a_value", 2, "C2"), ("missing_value", 3, None)]
    assert "没有填“期限”" in wrong[1].message
