"""The further sheets of an exported ledger, read back from whatever version wrote them."""

from __future__ import annotations

from datetime import date

import pytest

from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import Field
from hydesk.domain.grid import Book, CellValue, Sheet
from hydesk.domain.ledger_parts import HEADS, FigureLine, LedgerParts, NameLine, NodeLine, SubLine
from hydesk.domain.own_columns import OwnKind
from hydesk.returns.ledger_parts import take_parts


def parts(name: str, *rows: list[CellValue], heads: tuple[str, ...] | None = None) -> LedgerParts | None:
    sheet = Sheet(name, [list(heads or HEADS[name]), *rows])
    rest, found = take_parts(Book("台账.xlsx", (Sheet("清单", [["x"]]), sheet), "xlsx"), 2023)
    assert [s.name for s in rest.sheets] == (["清单", name] if found is None else ["清单"])
    return found


def held(name: str, *rows: list[CellValue], heads: tuple[str, ...] | None = None) -> LedgerParts:
    found = parts(name, *rows, heads=heads)
    assert found is not None
    return found


def test_who_left_the_list_and_when() -> None:
    assert held("退出项目", ["HY1", "2023-05-31"], ["HY2", "不详"], ["", "2023-05-31"]).dropped == {"HY1": date(2023, 5, 31)}


def test_other_names_by_kind() -> None:
    found = held("其他名称", ["HY1", "老名字", "曾用名"], ["HY1", "写法", "记住的写法"], ["HY2", "别的", "外号"], ["HY3", "", "曾用名"])
    assert found.names == (NameLine("HY1", "老名字", "former"), NameLine("HY1", "写法", "remembered"), NameLine("HY2", "别的", "外号"))


def test_sub_projects_need_a_number() -> None:
    found = held("子项目", ["HY1", 2.0, "一期", "甲公司", "1,234.5", 10.0, "备注"], ["HY1", "二", "二期", "", "", "", ""],
                 ["HY2", 1.0, "西区", "", "不详", None, ""])
    assert found.sub_projects == (SubLine("HY1", 2, "一期", "甲公司", 12_345_000, 100_000, "备注"), SubLine("HY2", 1, "西区", "", None, None, ""))


def test_dates_of_nodes() -> None:
    found = held("节点", ["HY1", "开工", "2023-06-05", "2023-07", None], ["HY1", "", "2023-06-05", None, None])
    assert found.nodes == (NodeLine("HY1", "开工", LooseDate(date(2023, 6, 5)), LooseDate.of_month(2023, 7), None),)


def test_what_stands_in_retired_columns_needs_both_column_and_content() -> None:
    found = held("停用栏目的内容", ["HY1", "联络员", "张三"], ["HY1", "", "李四"], ["HY1", "联络员", ""])
    assert found.retired == (("HY1", "联络员", "张三"),)


def test_definitions_of_own_columns() -> None:
    kind = OwnKind.CHOICE.short
    one, other = held("自建栏目", ["类型", kind, "甲\n乙", "", "类别\n种类", "是", ""], ["旧", "没有的类型", "", "", "", "", "停用"]).columns
    assert (one.name, one.kind, one.choices, one.names, one.asked, one.retired) == ("类型", OwnKind.CHOICE, ("甲", "乙"), ("类别", "种类"), True, False)
    assert (other.name, other.kind, other.asked, other.retired) == ("旧", OwnKind.TEXT, False, True)


def _figures(heads: tuple[str, ...], *row: CellValue) -> tuple[FigureLine, ...]:
    return held("月度数据", list(row), heads=heads).figures


def test_figures_of_a_period_with_the_day_they_state() -> None:
    heads = HEADS["月度数据"]
    at = {h: i for i, h in enumerate(heads)}
    row: list[CellValue] = ["HY1", "2023-06", *[None] * (len(heads) - 2)]
    row[at["本月完成投资（万元）"]], row[at["形象进度"]], row[-1] = 12.5, "主体封顶", "2023-06-20"
    (line,) = _figures(heads, *row)
    assert (line.code, line.period, line.values) == ("HY1", "2023-06", {Field.MONTH_INVESTMENT: 125_000, Field.PROGRESS_TEXT: "主体封顶"})
    assert line.stated == date(2023, 6, 20)


def test_an_older_version_lacks_what_came_later() -> None:
    (line,) = _figures(("市重点编号", "报告期", "本月完成投资（万元）"), "HY1", "2023-W25", 0.0)
    assert (line.period, line.values, line.stated) == ("2023-W25", {Field.MONTH_INVESTMENT: 0}, None)


def test_a_period_that_is_none_is_passed_over() -> None:
    assert _figures(("市重点编号", "报告期", "本月完成投资（万元）"), "HY1", "六月", 1.0) == ()


@pytest.mark.parametrize("heads", [("市重点编号", "报告期"), ("编号", "报告期", "本月完成投资（万元）"), ("市重点编号", "报告期", "别的")])
def test_a_sheet_of_that_name_with_other_heads_is_the_offices_own(heads: tuple[str, ...]) -> None:
    assert parts("月度数据", ["HY1", "2023-06", 1.0], heads=heads) is None


def test_other_heads_or_no_rows_at_all_are_no_part() -> None:
    assert parts("节点", ["HY1", "开工"], heads=("市重点编号", "节点", "时间")) is None
    book = Book("台账.xlsx", (Sheet("节点", []), Sheet("别的", [["x"]])), "xlsx")
    assert take_parts(book, 2023) == (book, None)
