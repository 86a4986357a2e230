"""Months as heads: dates, bare numbers and Chinese figures over a row of months, and the sum behind them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from hydesk.domain.grid import CellValue
from tests.returns.test_shapes import ALL, MONTH, NAMES, YEAR, Row, alarms, assert_read, line, read, wan

TITLE = "衡山县2023年重点项目分月完成投资表（万元）"


def of_months(heads: list[CellValue], *more: str) -> list[Row]:
    """The last head is June's; the months before it hold figures that are nobody's business."""
    return [[TITLE], ["序号", "项目名称", *heads, *more],
            *([at + 1, NAMES[at], *[17.5] * (len(heads) - 1), wan(at, MONTH), *(wan(at, YEAR) for _ in more)] for at in ALL)]


@pytest.mark.parametrize("heads", [
    [datetime(2023, m, 1) for m in (4, 5, 6)], [date(2023, m, 1) for m in (1, 2, 3, 4, 5, 6)], [1, 2, 3, 4, 5, 6], [1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
    ["四月", "五月", "六月"], ["4月", "5月", "6月"], ["1月份", "2月份", "3月份", "4月份", "5月份", "6月份"],
])
def test_the_column_of_the_returns_own_month_is_read(heads: list[CellValue]) -> None:
    assert_read(read(of_months(heads)), MONTH)


def test_the_sum_behind_the_months_is_the_years() -> None:
    assert_read(read(of_months(["四月", "五月", "六月"], "合计")), MONTH, YEAR)
    assert_read(read(of_months(["4月", "5月", "6月"], "累计")), MONTH, YEAR)


def test_a_sum_of_nothing_known_is_asked_about() -> None:
    u = read([["序号", "项目名称", "合计", "本月完成投资（万元）"], *(line(at, 5000.5 + at, MONTH) for at in ALL)])
    assert_read(u, MONTH, but=("column_unknown",))


def test_numbers_of_columns_are_no_months() -> None:
    grid: list[Row] = [[TITLE], ["序号", "项目名称", "6月完成投资", "1-6月完成投资"], [1, 2, 3, 4], *(line(at, MONTH, YEAR) for at in ALL)]
    assert_read(read(grid), MONTH, YEAR)


def test_a_column_nobody_knows_whose_figures_are_the_ledgers_is_asked_about() -> None:
    fits = read([["序号", "项目名称", "甲栏", "1-6月完成（万元）"], *(line(at, MONTH, YEAR) for at in ALL)])
    assert_read(fits, YEAR, but=("column_unknown",))
    other = read([["序号", "项目名称", "甲栏", "1-6月完成（万元）"], *(line(at, 3.5 + at, YEAR) for at in ALL)])
    assert alarms(other) == []


@pytest.mark.parametrize(("count", "told"), [(len(ALL), []), (len(ALL) + 1, ["count_differs"])])
def test_the_count_in_the_title_is_held_against_the_rows(count: int, told: list[str]) -> None:
    grid: list[Row] = [[f"衡山县2023年6月重点项目进度表（共{count}个项目）"], ["序号", "项目名称", "1-6月完成（万元）"], *(line(at, YEAR) for at in ALL)]
    assert alarms(read(grid)) == told
