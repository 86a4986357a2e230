"""A project list is looked at before it is taken, taken in part, corrected by hand; what waits is settled and undone."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hydesk.domain.fields import Field
from hydesk.domain.list_review import ListAct, WaitKind
from hydesk.domain.standing import ProjectStanding
from hydesk.services.returns.keep_waits import list_waits
from hydesk.services.standings.list_standings import list_standings
from hydesk.ui.desk import Desk, Notice
from hydesk.ui.requests import ShowLists
from hydesk.ui.screens.lists.screen import ListsScreen
from hydesk.ui.screens.lists.understood import OWN

Settle = Callable[[Desk], None]
HEAD = ["市重点编号", "项目名称", "填报单位", "总投资（万元）", "2023年计划投资（万元）"]


@pytest.fixture
def screen(desk: Desk, qtbot: QtBot, settle: Settle) -> ListsScreen:
    made = ListsScreen(desk)
    qtbot.addWidget(made)
    made.resize(1214, 720)
    made.show()
    made.activateWindow()
    made.shown()
    settle(desk)
    return made


def wan(yuan: int | None) -> float | None:
    return None if yuan is None else float(Decimal(yuan) / 10_000)


def row(s: ProjectStanding, plan: int = 0) -> list[object]:
    return [s.code, s.name, s.unit, wan(s.total_investment), wan(s.annual_plan + plan if s.annual_plan is not None else None)]


def write(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    for line in rows:
        book.worksheets[0].append(line)
    book.save(path)
    return path


def look(screen: ListsScreen, desk: Desk, settle: Settle, path: Path) -> None:
    screen.take(ShowLists("intake", path=str(path)))
    settle(desk)


def test_a_list_is_looked_at_and_taken_with_one_key_and_undone(
        screen: ListsScreen, desk: Desk, qtbot: QtBot, settle: Settle, tmp_path: Path) -> None:
    notices: list[Notice] = []
    desk.noticed.connect(notices.append)
    held = list_standings(desk.ledger, desk.period)
    new = ["", "归阳智能电网产业园", "祁东县", 90000, 8000]
    look(screen, desk, settle, write(tmp_path / "清单.xlsx", HEAD, row(held[0], 50_000), *map(row, held[1:]), new))
    preview = screen.intake.preview
    assert screen.intake.sides.currentWidget() is preview
    assert "新增 1 个" in preview.said.text()
    assert "有变化 1 个" in preview.said.text()
    assert preview.take.text() == "写入 2 个项目"
    assert list_standings(desk.ledger, desk.period) == held
    qtbot.keyClick(preview.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    now = list_standings(desk.ledger, desk.period)
    assert len(now) == len(held) + 1
    assert now[0].annual_plan == (held[0].annual_plan or 0) + 50_000
    assert screen.intake.sides.currentWidget() is screen.intake.waits
    assert notices[-1].undo is not None
    notices[-1].undo()
    settle(desk)
    assert list_standings(desk.ledger, desk.period) == held


def test_what_is_left_waits_under_its_own_tab_and_is_settled_there(
        screen: ListsScreen, desk: Desk, qtbot: QtBot, settle: Settle, tmp_path: Path) -> None:
    held = list_standings(desk.ledger, desk.period)
    look(screen, desk, settle, write(tmp_path / "清单.xlsx", HEAD, row(held[0], 50_000), row(held[1], 70_000), *map(row, held[2:])))
    preview = screen.intake.preview
    preview.shows[ListAct.CHANGED].click()
    preview.table.selectRow(0)
    qtbot.keyClick(preview.table, Qt.Key.Key_Space)
    assert preview.take.text() == "写入 1 个项目"
    preview.write()
    settle(desk)
    waits = list_waits(desk.ledger, 2023)
    assert [(w.wait.kind, w.wait.name) for w in waits] == [(WaitKind.ROW, held[0].name)]
    assert screen.tabs.tabText(0) == "导入和待核（1）"
    screen.intake.waits.table.selectRow(0)
    for key in (Qt.Key.Key_F6, Qt.Key.Key_F8):
        qtbot.keyClick(screen.intake.waits.table, key)
    settle(desk)
    assert len(list_waits(desk.ledger, 2023)) == 1, "keys that move write nothing"
    qtbot.keyClick(screen.intake.waits.table, Qt.Key.Key_F6, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    assert list_standings(desk.ledger, desk.period)[0].annual_plan == (held[0].annual_plan or 0) + 50_000
    assert screen.tabs.tabText(0) == "导入和待核"


def test_one_value_of_a_row_is_left_by_space(
        screen: ListsScreen, desk: Desk, qtbot: QtBot, settle: Settle, tmp_path: Path) -> None:
    held = list_standings(desk.ledger, desk.period)
    changed = row(held[0], 50_000)
    changed[3] = wan((held[0].total_investment or 0) + 90_000)
    look(screen, desk, settle, write(tmp_path / "清单.xlsx", HEAD, changed, *map(row, held[1:])))
    preview = screen.intake.preview
    preview.shows[ListAct.CHANGED].click()
    preview.table.selectRow(0)
    fields = [c.field for c in preview.changes.list.items]
    preview.changes.selectRow(fields.index(Field.TOTAL_INVESTMENT))
    preview.changes.setFocus()
    qtbot.keyClick(preview.changes, Qt.Key.Key_Space)
    preview.write()
    settle(desk)
    now = list_standings(desk.ledger, desk.period)[0]
    assert (now.total_investment, now.annual_plan) == (held[0].total_investment, (held[0].annual_plan or 0) + 50_000)
    assert [w.wait.field for w in list_waits(desk.ledger, 2023)] == [Field.TOTAL_INVESTMENT]


def test_a_column_a_section_and_a_cell_are_corrected_by_hand(
        screen: ListsScreen, desk: Desk, settle: Settle, tmp_path: Path) -> None:
    rows = [["序号", "项目名称", "填报单位", "总投资（万元）", "专班编组"], ["一、装备制造"],
            [1, "归阳智能电网产业园", "祁东县", "约1200万美元", "第一组"]]
    look(screen, desk, settle, write(tmp_path / "清单.xlsx", *rows))
    preview = screen.intake.preview
    columns = preview.columns
    columns.table.select([("Sheet", "E")], ("Sheet", "E"))
    columns.field.setCurrentIndex(columns.field.findData(OWN))
    columns.say()
    settle(desk)
    sections = preview.sections
    sections.table.selectRow(0)
    sections.field.setCurrentIndex(sections.field.findData(Field.CATEGORY.value))
    sections.value.setText("产业发展")
    sections.say()
    settle(desk)
    findings = preview.findings
    at = next(i for i, f in enumerate(findings.table.list.items) if f.field is Field.TOTAL_INVESTMENT)
    findings.table.selectRow(at)
    findings.typed.setText("8600")
    findings.say()
    settle(desk)
    assert preview.take.text() == "写入 1 个项目"
    preview.write()
    settle(desk)
    made = next(s for s in list_standings(desk.ledger, desk.period) if s.name == "归阳智能电网产业园")
    assert (made.total_investment, made.category) == (86_000_000, "产业发展")
    assert list(made.own.values()) == ["第一组"]


def test_a_list_of_another_year_is_read_for_that_year_at_a_word(
        screen: ListsScreen, desk: Desk, settle: Settle, tmp_path: Path) -> None:
    rows = [["衡阳市2022年重点项目清单"], ["序号", "项目名称", "填报单位", "总投资（万元）", "2022年计划投资（万元）"],
            [1, "归阳智能电网产业园", "祁东县", 8600, 100]]
    look(screen, desk, settle, write(tmp_path / "清单.xlsx", *rows))
    preview = screen.intake.preview
    assert preview.other_year.isVisible()
    preview.other_year.click()
    settle(desk)
    assert preview.title.text().endswith("2022年")
    assert not preview.other_year.isVisible()


def test_a_file_that_is_no_list_is_said_and_nothing_can_be_taken(
        screen: ListsScreen, desk: Desk, settle: Settle, tmp_path: Path) -> None:
    look(screen, desk, settle, write(tmp_path / "清单.xlsx", ["随便", "写的"], ["一些", "字"]))
    preview = screen.intake.preview
    assert "没有读懂" in preview.said.text()
    assert not preview.take.isEnabled()
