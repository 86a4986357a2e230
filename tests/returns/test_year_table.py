"""A table of indicators by year: its head, values and what cannot be told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hydesk.domain.findings import Level
from hydesk.domain.grid import Book, CellValue, Sheet
from hydesk.returns.year_table import YearTable, read_year_table

HEAD: list[CellValue] = ["指标", "2021年", "2022年实际"]


def read(*rows: list[CellValue], hidden: bool = False) -> YearTable:
    return read_year_table(Book("指标.xlsx", (Sheet("表", rows, hidden=hidden),), "xlsx"))


def test_every_value_comes_with_its_year_and_cell() -> None:
    table = read(["某市主要指标"], HEAD, [" 森林覆盖率 ", 58.5, "1,234.50"])
    assert [(v.indicator, v.year, v.value, v.sheet, v.cell, v.words) for v in table.values] == [
        ("森林覆盖率", 2021, Decimal("58.5"), "表", "B3", "58.5"), ("森林覆盖率", 2022, Decimal("1234.50"), "表", "C3", "1,234.50")]
    assert (table.findings, table.rejected) == ((), False)


@pytest.mark.parametrize("year", [2021.0, "2021", "2021年", "2021年度", "2021年完成值", " 2021 年"])
def test_a_year_is_known_however_it_is_written(year: CellValue) -> None:
    assert [v.year for v in read(["指标名称", year], ["甲", 1.0]).values] == [2021]


@pytest.mark.parametrize("year", ["1999年", "2021年计划", 2021.5, "21年", "12021"])
def test_what_is_no_year_heads_no_column(year: CellValue) -> None:
    assert read(["指标", year], ["甲", 1.0]).rejected


@pytest.mark.parametrize(("cell", "value"), [
    ("58.5%", "58.5"), (-3.0, "-3"), ("+3", "3"), (0.1 + 0.2, "0.3"), (1200.0, "1200"), ("123456789012", "123456789012")])
def test_values_are_exact(cell: CellValue, value: str) -> None:
    assert [v.value for v in read(HEAD, ["甲", cell]).values] == [Decimal(value)]


@pytest.mark.parametrize("cell", [None, "", "—", "/", "  "])
def test_a_blank_or_a_dash_is_no_value(cell: CellValue) -> None:
    table = read(HEAD, ["甲", cell, 1.0])
    assert ([v.year for v in table.values], table.findings) == ([2022], ())


@pytest.mark.parametrize("cell", ["较快", True, "1234567890123", "1.2.3"])
def test_what_is_no_number_is_told_with_its_cell(cell: CellValue) -> None:
    table = read(HEAD, ["甲", cell, 1.0])
    (found,) = table.findings
    assert (found.level, found.code, found.sheet, found.row, found.cell) == (Level.ERROR, "no_number", "表", 2, "B2")
    assert "“甲”2021年应是数字" in found.message
    assert len(table.values) == 1


@pytest.mark.parametrize("name", ["注：口径", "说明", "填报单位：某局", "", "  "])
def test_notes_below_the_table_are_no_indicators(name: str) -> None:
    assert read(HEAD, [name, 1.0, 2.0]).values == ()


def test_a_sheet_without_indicators_or_hidden_is_passed_over_and_said() -> None:
    table = read(["项目", "2021年"], ["甲", 1.0])
    assert (table.values, table.rejected, table.findings[0].code) == ((), True, "no_head")
    assert read(HEAD, ["甲", 1.0], hidden=True).rejected
    assert read(*([[""]] * 20), HEAD, ["甲", 1.0]).rejected
    assert not read(*([[""]] * 19), HEAD, ["甲", 1.0]).rejected
