"""Edges of tables that are cut up or put together: merges, units by row, names by number; each a column or a row aside."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from hydesk.domain.findings import Level
from hydesk.domain.grid import CellValue, Sheet, Span
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period
from hydesk.returns.part_rows import _merged_over
from hydesk.returns.shapes.joined import join_by_number
from hydesk.returns.shapes.row_units import units_of_rows
from hydesk.returns.shapes.side_by_side import cut

JUNE = Period.month(2023, 6)


@pytest.mark.parametrize(("span", "over"), [
    (Span(4, 2, 6, 2), True), (Span(4, 1, 6, 3), True), (Span(3, 2, 7, 2), True), (Span(4, 2, 5, 2), False), (Span(5, 2, 6, 2), False), (Span(4, 3, 6, 4), False), (Span(4, 1, 6, 1), False)])
def test_a_row_belongs_to_a_project_only_where_its_names_own_column_is_merged_over_both(span: Span, over: bool) -> None:
    assert _merged_over(Sheet("表", [], merges=(span,)), 2, 4, 6) is over


def test_of_two_tables_side_by_side_each_keeps_the_merges_within_it_and_both_those_above() -> None:
    rows: list[list[CellValue]] = [[f"{r}{c}" for c in "abcdef"] for r in range(1, 6)]
    above, across, at_head, left, right, edge, over, to_end = (
        Span(1, 1, 1, 6), Span(1, 2, 2, 5), Span(2, 2, 3, 5), Span(3, 1, 4, 3), Span(4, 4, 5, 4), Span(3, 3, 3, 3), Span(4, 3, 4, 4), Span(5, 4, 5, 6))
    sheet = Sheet("表", rows, merges=(above, across, at_head, left, right, edge, over, to_end))
    first, second = cut(sheet, [4], 3)
    assert first.merges == (above, across, left, edge)
    assert second.merges == (above, across, right, to_end)
    assert [row[2:4] for row in first.rows] == [["1c", "1d"], ["2c", "2d"], ["3c", None], ["4c", None], ["5c", None]]
    assert [row[2:4] for row in second.rows] == [["1c", "1d"], ["2c", "2d"], [None, "3d"], [None, "4d"], [None, "5d"]]


def _table(head: str, *units: CellValue) -> Any:
    return SimpleNamespace(sheet=Sheet("表", [["项目名称", head], *(["甲", u] for u in units)]), head=SimpleNamespace(paths={1: ("项目名称",), 2: (head,)}, last_row=1))


@pytest.mark.parametrize(("head", "units", "found"), [
    ("金额单位", ("万元", None, "亿元", ""), {2: MoneyUnit.WAN, 4: MoneyUnit.YI}), ("单位", ("万", "亿"), {2: MoneyUnit.WAN, 3: MoneyUnit.YI}), ("金额单位", ("万元",), {}),
    ("金额单位", ("万元", "衡南县"), {}), ("金额", ("万元", "亿元"), {}), ("金额单位", (None, None), {})])
def test_a_row_has_the_unit_that_stands_in_it_and_none_where_nothing_does(head: str, units: tuple[CellValue, ...], found: dict[int, MoneyUnit]) -> None:
    assert units_of_rows(_table(head, *units)) == found


# Names by number ----------------------------------------------------------------------------------------------------

NAMES = ("湘江大桥", "归阳疏港公路", "蒸水风光带", "南岳索道", "松木污水厂", "石鼓书院")


def _lender(*numbers: CellValue, name: str = "基本情况") -> Sheet:
    return Sheet(name, [["重点项目基本情况"], ["序号", "项目名称", "总投资（万元）"], *([n, words, 100.0] for n, words in zip(numbers, NAMES, strict=False))])


def _figures(*numbers: CellValue, head: tuple[CellValue, ...] = ("序号", "6月完成投资（万元）", "1-6月完成投资（万元）", "形象进度")) -> Sheet:
    return Sheet("投资完成", [list(head), *([n, 1.0, 2.0, "主体施工"] for n in numbers)])


def _joined(*sheets: Sheet) -> tuple[list[CellValue], list[Level]]:
    """What stands behind the figures, and what was said of it."""
    found, findings = join_by_number(sheets, JUNE)
    last = next(s for s in found if s.name == "投资完成")
    return [row[4] if len(row) > 4 else None for row in last.rows], [f.level for f in findings]


def test_names_are_fetched_by_number_whatever_the_order() -> None:
    assert _joined(_lender(1.0, 2.0, 3.0), _figures(3.0, 1.0, 2.0)) == (["项目名称", NAMES[2], NAMES[0], NAMES[1]], [Level.NOTE])
    assert _joined(_lender("1.", "（2）", "3、"), _figures("1", 2.0, "(3)")) == (["项目名称", *NAMES[:3]], [Level.NOTE])
    found, findings = join_by_number([_lender(1.0, 2.0), _figures(1.0, 2.0)], JUNE)
    assert {place: (p.sheet, p.row, p.column) for place, p in found[1].places.items()} == {(2, 5): ("基本情况", 3, 2), (3, 5): ("基本情况", 4, 2)}
    assert findings[0].message == "表“投资完成”没有项目名称，已按序号与表“基本情况”的名称对应。"


@pytest.mark.parametrize(("lent", "asked", "joined"), [
    ((1, 2, 3, 4, 5), (1, 2, 3, 4, 9), True), ((1, 2, 3, 4), (1, 2, 3, 8, 9), False), ((1, 2), (1, 2), True), ((1,), (1,), False), ((1, 2), (1, 9), False),
    ((1, 2, 3), (1, 2), True), ((1, 2, 3), (1, 2, 2), False), ((1, 1, 2), (1, 2), False), ((1, 2, 3), (1, 2, None), True), ((1, None, 3), (1, 3), True), ((9998, 9999), (9998, 9999), True), ((10000, 10001), (10000, 10001), False)])
def test_four_of_five_numbers_and_two_at_least_must_be_known_and_each_stand_once(lent: tuple[Any, ...], asked: tuple[Any, ...], joined: bool) -> None:
    names, levels = _joined(_lender(*lent), _figures(*asked))
    assert (names[0] == "项目名称") is joined
    assert levels == ([] if not joined else [Level.NOTE if set(lent) - {None} == set(asked) - {None} else Level.WARNING])


def test_only_a_sheet_of_figures_without_names_is_completed_and_only_from_one_in_sight() -> None:
    plain, figures = _lender(1.0, 2.0), _figures(1.0, 2.0)
    for sheets in ([figures], [plain, Sheet("投资完成", [["编号", "6月完成投资（万元）", "1-6月完成投资（万元）", "形象进度"], [1.0, 1.0, 2.0, "施工"], [2.0, 1.0, 2.0, "施工"]])],
                   [Sheet(plain.name, plain.rows, hidden=True), figures], [plain, Sheet(figures.name, figures.rows, hidden=True)], [plain, _figures(1.0, 2.0, head=("序号", "甲", "乙", "形象进度"))],
                   [plain, _figures(1.0, 2.0, head=("序号", "项目编号", "1-6月完成投资（万元）", "形象进度"))]):
        found, findings = join_by_number(sheets, JUNE)
        assert (found, findings) == (sheets, [])
    other = _lender(7.0, 8.0, name="别的")
    assert _joined(other, plain, figures)[0] == ["项目名称", *NAMES[:2]]
    many = [Sheet(f"空{n}", []) for n in range(29)]
    assert _joined(plain, figures, *many[:28])[1] == [Level.NOTE]
    assert _joined(plain, figures, *many)[1] == []
