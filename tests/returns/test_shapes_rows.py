"""Rows of returns that were once misread."""

from __future__ import annotations

import pytest

from hydesk.domain.findings import Level
from hydesk.domain.grid import Book, Sheet
from hydesk.domain.understanding import Understanding
from hydesk.returns.pipeline import understand
from tests.returns.test_shapes import ALL, MONTH, NAMES, TOTAL, UNIT, YEAR, Row, code, lines, snapshot

HEAD: Row = ["序号", "项目名称", "总投资（万元）", "本月完成投资（万元）", "1-6月累计完成投资（万元）", "形象进度"]


def read(rows: list[Row]) -> Understanding:
    return understand(Book(f"{UNIT}6月.xlsx", (Sheet("6月", [HEAD, *rows]),), "xlsx"), snapshot())


def wrong(u: Understanding) -> list[str]:
    return [f.message for f in u.findings if f.level is not Level.NOTE]


def all_read(u: Understanding) -> bool:
    return [r.project for r in u.rows] == [code(at) for at in ALL] and all(MONTH in r.values for r in u.rows)


def body() -> list[Row]:
    return lines(TOTAL, MONTH, YEAR, "施工中")


def test_a_towns_sums_in_the_name_column_are_no_project() -> None:
    u = read([["", "白果镇", 145300.0, 4096.0, 20000.0, ""], *body()])
    assert all_read(u)
    assert wrong(u) == []


@pytest.mark.parametrize("serials", [("（1）", "（2）"), ("(1)", "(2)"), ("①", "②")])
def test_bracketed_parts_of_a_project_are_counted_in_it(serials: tuple[str, str]) -> None:
    rows = body()
    rows[1:1] = [[serials[0], "一期", 26000.0, 660.25, 3280.5, ""], [serials[1], "二期", 26000.0, 660.25, 3280.5, ""]]
    u = read(rows)
    assert all_read(u)
    assert wrong(u) == []


def test_a_closing_word_below_a_halved_name_is_joined_to_it() -> None:
    rows = body()
    name = NAMES[5]
    assert name.endswith("项目")
    rows[5:] = [["", name[:-2], "", "", "", ""], [6.0, "项目", *rows[5][2:]]]
    u = read(rows)
    assert all_read(u)
    assert wrong(u) == []


def test_figures_right_beside_the_table_are_asked_about() -> None:
    rows = [[*r, 88.5] for r in body()]
    u = read(rows)
    assert [(f.code, f.column) for f in u.findings if f.level is not Level.NOTE] == [("column_without_head", "G")]
