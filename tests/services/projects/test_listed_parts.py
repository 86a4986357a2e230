"""Packages in a project list: rows 其中：… become sub-projects, the package's own figures stay as they are."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from hydesk.db.ledger import Ledger
from hydesk.domain.findings import Level
from hydesk.domain.periods import Period
from hydesk.services.acts.undo_import import undo_import
from hydesk.services.projects.project_history import project_history
from hydesk.services.returns.import_projects import ProjectImport, import_projects
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.standings.sub_projects import (
    SubProjectLine,
    count_listed,
    list_packages,
    set_sub_projects,
)

WAN = 10_000
HEAD = ("序号", "项目编号", "项目名称", "县市区", "建设单位", "总投资（万元）", "2023年计划投资（万元）")
ROWS: tuple[tuple[object, ...], ...] = (
    HEAD,
    (1, "HY2023-001", "云集镇污水处理厂提标扩容项目", "衡南县", "衡南县城投公司", 20000, 6000),
    (2, "HY2023-002", "老旧小区改造打包项目", "衡南县", "衡南县住建局", 50000, 15000),
    ("", "", "其中：云集片区老旧小区改造", "", "云集城建公司", 20000, 6000),
    ("", "", "三塘片区老旧小区改造", "", "", 30000, 9000),
    (3, "HY2023-003", "车江街道标准厂房项目", "衡南县", "衡南县城投公司", 15000, 5000),
    ("", "", "其中：市财政资金", "", "", 5000, 1000),
    ("合计", "", "", "", "", 85000, 26000),
)


def take(ledger: Ledger, rows: tuple[tuple[object, ...], ...]) -> ProjectImport:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return import_projects(ledger, ("清单.xlsx", out.getvalue()), 2023).value


@pytest.fixture
def package(ledger: Ledger) -> int:
    assert take(ledger, ROWS).added == 3
    [held] = list_packages(ledger, 2023)
    return held.project_id


def test_the_parts_stand_below_their_package_and_the_sums_stay(ledger: Ledger, package: int) -> None:
    [held] = list_packages(ledger, 2023)
    assert held.lines == (
        SubProjectLine("云集片区老旧小区改造", "云集城建公司", 20000 * WAN, 6000 * WAN),
        SubProjectLine("三塘片区老旧小区改造", "", 30000 * WAN, 9000 * WAN))
    assert sum(s.total_investment or 0 for s in list_standings(ledger, Period.month(2023, 6))) == 85000 * WAN
    count = count_listed(ledger, Period.month(2023, 6))
    assert (count.listed, count.packages, count.split) == (3, 1, 4)


def test_each_part_can_be_followed_to_its_cell(ledger: Ledger, package: int) -> None:
    cells = {(e.new, e.cell) for e in project_history(ledger, package).changes if e.cell}
    assert ("云集片区老旧小区改造", "C4") in {(new.strip("“”"), cell) for new, cell in cells if new}


def test_a_list_without_parts_leaves_them_and_one_with_others_replaces_them(ledger: Ledger, package: int) -> None:
    set_sub_projects(ledger, package, [SubProjectLine("云集片区老旧小区改造", remark="已交地")])
    take(ledger, (*ROWS[:3], ROWS[5]))
    assert [x.remark for x in list_packages(ledger, 2023)[0].lines] == ["已交地"]
    again = take(ledger, ROWS)
    lines = list_packages(ledger, 2023)[0].lines
    assert [(x.name[:4], x.remark) for x in lines] == [("云集片区", "已交地"), ("三塘片区", "")]
    assert again.import_id is not None
    undo_import(ledger, again.import_id)
    assert len(list_packages(ledger, 2023)[0].lines) == 1


def test_a_row_of_figures_without_a_name_is_said(ledger: Ledger) -> None:
    result = take(ledger, (*ROWS[:2], (2, "", "", "衡南县", "衡南县住建局", 50000, 15000)))
    assert (result.added, [(f.code, f.row) for f in result.findings if f.level is Level.ERROR]) == (1, [("row_without_name", 3)])


def test_parts_that_are_more_than_the_whole_are_said(ledger: Ledger) -> None:
    more = tuple((*r[:5], 40000, r[6]) if str(r[2]).startswith("三塘片区") else r for r in ROWS)
    assert "parts_over" in [f.code for f in take(ledger, more).findings]
