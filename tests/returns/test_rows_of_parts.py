"""Projects that stand over several rows: by source of money, part of the works, measure or month."""

from __future__ import annotations

import pytest

from hydesk.domain.grid import Span
from tests.returns.test_shapes import ALL, MONTH, NAMES, PLAN, YEAR, Row, assert_read, read, wan

SOURCES = (("财政资金", 40), ("自筹资金", 60))


@pytest.mark.parametrize("first", [True, False])
def test_of_rows_by_source_the_row_of_their_sum_speaks_wherever_it_stands(first: bool) -> None:
    grid: list[Row] = [["序号", "项目名称", "资金来源", "年度计划（万元）", "本月完成（万元）", "1-6月完成（万元）"]]
    merges: list[Span] = []
    for at in ALL:
        parts: list[Row] = [["", "", name, *(round(wan(at, f) * share / 100, 6) for f in (PLAN, MONTH, YEAR))] for name, share in SOURCES]
        whole: Row = ["", "", "小计", *(wan(at, f) for f in (PLAN, MONTH, YEAR))]
        rows = [whole, *parts] if first else [*parts, whole]
        rows[0][:2] = [at + 1, NAMES[at]]
        merges += [Span(len(grid) + 1, c, len(grid) + 3, c) for c in (1, 2)]
        grid += rows
    u = read(grid, merges=tuple(merges))
    assert_read(u, PLAN, MONTH, YEAR)
    assert [r.cells[MONTH] for r in u.rows] == [f"E{2 + 3 * at + (0 if first else 2)}" for at in ALL]


def test_parts_of_the_works_without_a_sum_are_added_up_where_last_months_sum_bears_it_out() -> None:
    grid: list[Row] = [["序号", "项目名称", "标段", "本月完成（万元）", "1-6月完成（万元）"]]
    merges: list[Span] = []
    for at in ALL:
        merges += [Span(len(grid) + 1, c, len(grid) + 2, c) for c in (1, 2)]
        grid += [[at + 1, NAMES[at], "一标段", wan(at, MONTH) - 1, wan(at, YEAR) - 5], ["", "", "二标段", 1, 5]]
    assert_read(read(grid, merges=tuple(merges)), MONTH, YEAR)
    for row in grid[2::2]:
        row[3] = 4  # month and sum no longer join
    doubtful = read(grid, merges=tuple(merges))
    assert not any(r.accepted for r in doubtful.rows)


def test_measures_under_heads_that_only_say_measure_and_value_are_read() -> None:
    grid: list[Row] = [["序号", "项目名称", "指标", "数值"]]
    for at in ALL:
        for n, (words, f) in enumerate((("年度计划投资（万元）", PLAN), ("本月完成投资（万元）", MONTH), ("1-6月完成投资（万元）", YEAR))):
            grid.append([at + 1 if n == 0 else "", NAMES[at] if n == 0 else "", words, wan(at, f)])
    assert_read(read(grid), PLAN, MONTH, YEAR)


def test_a_row_a_month_is_read_for_the_returns_own_month_only() -> None:
    grid: list[Row] = [["序号", "项目名称", "月份", "完成投资（万元）"]]
    for at in ALL:
        for month in range(1, 7):
            grid.append([at + 1 if month == 1 else "", NAMES[at] if month == 1 else "", f"{month}月", wan(at, MONTH) if month == 6 else 77.0])
    assert_read(read(grid), MONTH)
