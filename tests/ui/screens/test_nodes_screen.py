"""节点: the time line by keyboard, the lists, several moved at once, standard nodes, node tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from hydesk.domain.dates import LooseDate
from hydesk.domain.milestones import NodeState
from hydesk.domain.touched import Touched
from hydesk.services.milestones.list_milestones import list_milestones, list_standard_nodes
from hydesk.services.pages.wall_chart import ChartWish
from hydesk.services.upkeep.open_ledger import create_ledger
from hydesk.ui import tokens
from hydesk.ui.desk import Desk, Notice
from hydesk.ui.requests import ShowNodes, ShowProject
from hydesk.ui.screens.nodes.lists import DUE, GANTT, OVERDUE, SLIPPED, STANDARD
from hydesk.ui.screens.nodes.marks import day_number
from hydesk.ui.screens.nodes.screen import NodesScreen
from tests.ui.conftest import MakeDesk, open_window

Settle = Callable[[Desk], None]


@pytest.fixture
def screen(desk: Desk, qtbot: QtBot, settle: Settle) -> NodesScreen:
    window = open_window(desk, qtbot)
    window.go_to("nodes")
    settle(desk)
    made = window.made("nodes")
    assert isinstance(made, NodesScreen)
    return made


@pytest.fixture
def notices(desk: Desk) -> list[Notice]:
    seen: list[Notice] = []
    desk.noticed.connect(seen.append)
    return seen


def test_every_project_has_its_row_under_its_county(screen: NodesScreen, desk: Desk) -> None:
    lines = screen.gantt.lines
    assert sum(x.project is not None for x in lines) == 388
    heads = [x.text for x in lines if x.project is None]
    assert len(heads) == 19
    m = list_milestones(desk.ledger, desk.period)
    assert f"逾期 {len(m.overdue())}" in screen.count.text()
    screen.group.setCurrentIndex(screen.group.findData("chain"))
    assert sum(x.project is not None for x in screen.gantt.lines) == 388
    screen.group.setCurrentIndex(screen.group.findData(""))
    assert len(screen.gantt.lines) == 388
    assert not screen.gantt.grab().isNull()


def test_filters_narrow_the_rows_and_the_marks(screen: NodesScreen, qtbot: QtBot) -> None:
    screen.chips["nodes"].choose(frozenset({"竣工"}))
    screen.chips["states"].choose(frozenset({NodeState.OVERDUE}))
    screen._narrow()
    names = {screen.gantt.nodes[m.node].name for x in screen.gantt.lines for m in x.marks}
    assert names <= {"竣工"}
    screen.clear()
    screen.search.setText("恒飞电缆")
    qtbot.waitUntil(lambda: 0 < sum(x.project is not None for x in screen.gantt.lines) < 10)


def test_keys_walk_rows_and_nodes_and_open_the_form(screen: NodesScreen, desk: Desk, qtbot: QtBot) -> None:
    gantt = screen.gantt
    gantt.setFocus()
    qtbot.keyClick(gantt, Qt.Key.Key_Home)
    first = gantt.selected_projects()
    assert len(first) == 1
    assert screen.panel.name.text() == first[0].name
    assert "修改“开工”" in screen.panel.target.text()
    qtbot.keyClick(gantt, Qt.Key.Key_Right)
    assert gantt.nodes[gantt.node].name != "开工"
    qtbot.keyClick(gantt, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(gantt, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(gantt.selected) == 3
    assert "3 个项目" in screen.panel.name.text()
    qtbot.keyClick(gantt, Qt.Key.Key_End)
    assert len(gantt.selected) == 1
    qtbot.keyClick(gantt, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(gantt.selected) == 388
    qtbot.keyClick(gantt, Qt.Key.Key_Return)
    assert screen.panel.date.line.hasFocus()


def test_a_click_on_a_mark_takes_its_node_and_says_it(screen: NodesScreen, qtbot: QtBot) -> None:
    gantt = screen.gantt
    row = next(i for i, x in enumerate(gantt.lines) if x.marks)
    mark = gantt.lines[row].marks[-1]
    gantt.horizontalScrollBar().setValue(round((mark.day - gantt._first) * gantt._scale - 200))
    at = QPoint(round(gantt._x(mark.day)), gantt._y(row) + 14)
    qtbot.mouseClick(gantt.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert gantt.node == mark.node
    assert gantt.nodes[mark.node].shown in gantt.tip(at)
    assert gantt.nodes[mark.node].shown in gantt.accessibleDescription()
    before = gantt.scale
    qtbot.keyClick(gantt, Qt.Key.Key_Plus)
    assert gantt.scale == before + 1


def test_several_projects_are_moved_at_once_with_a_reason(
        screen: NodesScreen, desk: Desk, settle: Settle, notices: list[Notice]) -> None:
    m = list_milestones(desk.ledger, desk.period)
    chosen = [p for p in m.projects if p.node("竣工").baseline][:3]
    screen.gantt.selected = {p.project_id for p in chosen}
    screen._follow_gantt()
    assert not screen.panel.node.isHidden()
    at = [n.name for n in m.nodes].index("竣工")
    screen.panel.node.setCurrentIndex(at)
    screen.panel.node.activated.emit(at)
    assert "修改“竣工”" in screen.panel.target.text()
    screen.panel.which.button(0).setChecked(True)
    screen.panel.days.setValue(62)
    screen.panel.submit()
    settle(desk)
    assert "原因" in screen.panel.error.text()
    screen.panel.reason.setText("雨季")
    screen.panel.submit()
    settle(desk)
    now = list_milestones(desk.ledger, desk.period)
    for p in chosen:
        found = now.of(p.project_id)
        assert found is not None
        assert found.node("竣工").moves[-1].reason == "雨季"
    assert notices[-1].text.startswith("已修改 3 个项目的竣工计划时间")
    assert screen.gantt.selected == {p.project_id for p in chosen}
    assert notices[-1].undo is not None
    notices[-1].undo()
    settle(desk)
    assert [p.node("竣工").baseline for p in chosen] == [
        q.node("竣工").baseline for p in chosen if (q := list_milestones(desk.ledger, desk.period).of(p.project_id))]


def test_a_date_is_typed_as_the_office_writes_it(screen: NodesScreen, desk: Desk, settle: Settle) -> None:
    screen.take(ShowProject(7))
    settle(desk)
    screen.panel.which.button(1).setChecked(True)
    screen.panel.date.line.setText("大概秋天")
    screen.panel.submit()
    assert "认不出" in screen.panel.error.text()
    screen.panel.date.line.setText("三季度")
    screen.panel.submit()
    settle(desk)
    found = list_milestones(desk.ledger, desk.period).of(7)
    assert found is not None
    assert found.node("开工").forecast == LooseDate.of_quarter(2023, 3)


def test_what_a_project_needs_not_is_said_in_the_form(screen: NodesScreen, desk: Desk, settle: Settle) -> None:
    screen.take(ShowProject(7))
    settle(desk)
    panel = screen.panel
    panel.table.setCurrentIndex(panel.table.list.index(0, 0))
    panel.handling.setCurrentText("不需办理")
    panel.handling.activated.emit(panel.handling.currentIndex())
    settle(desk)
    node = panel.pairs[0][1].name
    found = list_milestones(desk.ledger, desk.period).of(7)
    assert found is not None
    assert found.node(node).handling == panel.handling.currentText() == "不需办理"
    desk.operations.step_back()
    settle(desk)
    assert panel.handling.currentText() == "（不注明）"


@pytest.mark.parametrize("view", [DUE, OVERDUE, SLIPPED])
def test_the_lists_hold_what_the_ledger_says(screen: NodesScreen, desk: Desk, view: int) -> None:
    m = list_milestones(desk.ledger, desk.period)
    screen.tabs.setCurrentIndex(view)
    expected = {DUE: m.due(30), OVERDUE: m.overdue(), SLIPPED: m.slipped()}[view]
    assert screen.list.list.rowCount() == len(expected) > 0
    screen.list.selectRow(0)
    screen._follow_list()
    assert screen.panel.pairs[0][1] == expected[0].node


def test_another_screen_may_ask_for_what_is_due(screen: NodesScreen, desk: Desk) -> None:
    screen.take(ShowNodes(60, "衡南县"))
    assert screen.tabs.currentIndex() == DUE
    expected = [x for x in list_milestones(desk.ledger, desk.period).due(60) if x.project.unit == "衡南县"]
    assert screen.list.list.rowCount() == len(expected)
    screen.take(ShowNodes())
    assert screen.tabs.currentIndex() == OVERDUE


def test_selected_projects_are_copied_with_all_their_nodes(screen: NodesScreen) -> None:
    screen.gantt.select(1)
    screen._copy()
    head, row = QGuiApplication.clipboard().text().splitlines()
    assert head.split("\t")[:4] == ["编号", "项目名称", "县市区", "立项计划"]
    assert len(head.split("\t")) == len(row.split("\t")) == 3 + 3 * 14


def test_standard_nodes_are_edited_and_undone(screen: NodesScreen, desk: Desk, settle: Settle, notices: list[Notice]) -> None:
    screen.tabs.setCurrentIndex(STANDARD)
    page = screen.standard
    page.table.setCurrentIndex(page.table.list.index(8, 0))
    page.name.setText("主体结构封顶")
    page._rename()
    settle(desk)
    assert list_standard_nodes(desk.ledger)[8].shown == "主体结构封顶"
    page._shift(1)
    settle(desk)
    assert list_standard_nodes(desk.ledger)[9].shown == "主体结构封顶"
    assert page.table.currentIndex().row() == 9
    page.name.setText("正负零")
    page._add()
    settle(desk)
    assert len(list_standard_nodes(desk.ledger)) == 15
    for _ in range(3):
        desk.operations.step_back()
        settle(desk)
    assert [n.shown for n in list_standard_nodes(desk.ledger)][8:10] == ["主体封顶", "设备安装"]


def test_a_node_table_is_looked_at_before_it_is_written(
        screen: NodesScreen, desk: Desk, settle: Settle, tmp_path: Path, qtbot: QtBot, notices: list[Notice]) -> None:
    m = list_milestones(desk.ledger, desk.period)
    p = next(p for p in m.projects if p.node("主体封顶").baseline and not p.node("主体封顶").actual)
    book = openpyxl.Workbook()
    book.active.append(["序号", "项目名称", "主体封顶计划时间", "主体封顶预计时间", "竣工"])
    book.active.append([1, p.name, "2029.9", "2029.12", "2030.1"])
    book.save(tmp_path / "表.xlsx")
    screen.import_file(tmp_path / "表.xlsx")
    settle(desk)
    review = screen.review
    assert screen.pages.currentWidget() is review
    assert not review.unsaid.isHidden()
    assert review.apply.text() == "入库（1）"
    review.changes.selectRow(0)
    qtbot.keyClick(review.changes, Qt.Key.Key_Space)
    assert review.apply.text() == "入库（2）"
    review.write()
    settle(desk)
    assert screen.pages.currentWidget() is screen.gantt
    found = list_milestones(desk.ledger, desk.period).of(p.project_id)
    assert found is not None
    assert found.node("主体封顶").forecast == LooseDate.of_month(2029, 12)
    assert "节点表" in found.node("主体封顶").moves[-1].reason
    assert notices[-1].text.startswith("已入库节点时间 2 处")
    screen.import_file(tmp_path / "没有.xlsx")
    settle(desk)
    assert notices[-1].wrong
    assert screen.pages.currentWidget() is screen.gantt


def test_what_changes_elsewhere_is_read_again_and_the_selection_stays(
        screen: NodesScreen, desk: Desk, settle: Settle) -> None:
    screen.gantt.select(9)
    at = screen.gantt.verticalScrollBar().value()
    desk.changes.tell(Touched.PROJECTS)
    settle(desk)
    assert screen.gantt.selected == {9}
    assert screen.gantt.verticalScrollBar().value() == at
    assert screen.tabs.currentIndex() == GANTT
    assert screen.gantt.on == date(2023, 6, 30)


def test_an_empty_ledger_says_what_belongs_here(make_desk: MakeDesk, qtbot: QtBot, settle: Settle, tmp_path: Path) -> None:
    create_ledger(tmp_path / "source" / "空.hydesk").close()
    desk = make_desk(tmp_path / "source" / "空.hydesk")
    window = open_window(desk, qtbot)
    window.go_to("nodes")
    settle(desk)
    screen = window.made("nodes")
    assert isinstance(screen, NodesScreen)
    assert screen.pages.currentWidget() is screen.empty
    screen.tabs.setCurrentIndex(STANDARD)
    assert screen.pages.currentWidget() is screen.standard
    assert screen.standard.table.list.rowCount() == 14


def test_the_panel_comes_when_it_is_asked_for_and_follows_until_it_is_closed(screen: NodesScreen, qtbot: QtBot) -> None:
    first, second = screen.rows.milestones.projects[:2]  # type: ignore[union-attr]
    screen.gantt.select(first.project_id)
    assert not screen.panel.isVisible()
    screen.gantt.setFocus()
    qtbot.keyClick(screen.gantt, Qt.Key.Key_Return)
    assert screen.panel.isVisible()
    assert screen.panel.geometry().right() < screen.width()
    screen.gantt.select(second.project_id)
    assert screen.panel.isVisible()
    assert screen.panel.name.text() == second.name
    screen.panel.left.emit()
    assert not screen.panel.isVisible()
    assert screen.gantt.hasFocus()
    screen.gantt.select(first.project_id)
    assert not screen.panel.isVisible()


def test_marks_stand_on_the_selected_rows_and_on_all_where_some_nodes_are_asked_for(
        screen: NodesScreen, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    monkeypatch.setattr(type(screen.gantt), "_nodes", lambda _self, _painter, row, _width: drawn.append(row))
    screen.gantt.grab()
    assert drawn == []
    screen.gantt.select(1)
    screen.gantt.grab()
    assert set(drawn) == {screen.gantt.row_of(1)}
    drawn.clear()
    screen.chips["nodes"].choose(frozenset({"竣工"}))
    screen._narrow()
    screen.gantt.grab()
    assert len(set(drawn)) > 5


def test_stages_are_told_with_their_first_plan(screen: NodesScreen) -> None:
    gantt = screen.gantt
    row = next(i for i, x in enumerate(gantt.lines) if x.bars and x.bars[-1].planned)
    bar = gantt.lines[row].bars[-1]
    gantt.horizontalScrollBar().setValue(round((day_number(bar.begin) - gantt._first) * gantt._scale))
    middle = (gantt._x(day_number(bar.begin)) + gantt._x(day_number(bar.end))) / 2
    said = gantt._stage_at(QPoint(round(middle), gantt._y(row) + 10), row)
    assert said.startswith(bar.stage)
    assert f"最初计划 {bar.planned[0]}" in said  # type: ignore[index]


def test_the_time_line_zooms_by_month_quarter_and_year_about_the_pointer(screen: NodesScreen, qtbot: QtBot) -> None:
    gantt, zoom = screen.gantt, screen.zoom
    gantt.setFocus()
    widths = {}
    for key, word in ((Qt.Key.Key_M, "月"), (Qt.Key.Key_Q, "季"), (Qt.Key.Key_Y, "年")):
        qtbot.keyClick(gantt, key)
        widths[word] = gantt._scale
        (marked,) = [b.text() for b in zoom.scales.buttons() if b.isChecked()]
        assert marked == word
    assert widths["月"] > widths["季"] > widths["年"]
    qtbot.keyClick(gantt, Qt.Key.Key_Plus)
    assert not any(b.isChecked() for b in zoom.scales.buttons())
    before, at = gantt._first + (gantt.horizontalScrollBar().value() + 300) / gantt._scale, tokens.NAMES_WIDTH + 300
    gantt.zoom(1, at)
    gantt.zoom(1, at)
    assert abs(gantt._first + (gantt.horizontalScrollBar().value() + 300) / gantt._scale - before) < 2
    begin, end = gantt.in_sight()
    assert begin < date(2000, 1, 1) + timedelta(before) < end


def test_the_time_line_is_printed_as_it_is_shown(screen: NodesScreen, desk: Desk, settle: Settle, tmp_path: Path, qtbot: QtBot) -> None:
    screen.chips["units"].choose(frozenset({"南岳区"}))
    screen._narrow()
    shown = [x.project.project_id for x in screen.gantt.lines if x.project]
    screen.gantt.select(shown[0])
    first, last = screen.gantt.in_sight()
    screen.print_pages()
    settle(desk)
    line = screen.printing
    assert line.wish == ChartWish(only=shown, group="unit", first=first, last=last)
    assert "A3 共 1 张" in line.pages.text()
    assert line.file is not None
    assert {round(max(s.width, s.height)) for s in line.file.sizes} == {1191}
    assert sum(line.what.itemText(i).endswith("联系的项目") for i in range(line.what.count())) > 3
    line.what.setCurrentIndex(1)
    line._suit()
    assert line.wish.project.startswith("HY2023-")
    assert not line.print.isEnabled()  # until it is laid out again
    line.tiles.setCurrentIndex(1)
    line._lay_out_pages()
    settle(desk)
    assert "分成 A4" in line.pages.text()
    line.save_to(tmp_path / "图.pdf")
    settle(desk)
    assert (tmp_path / "图.pdf").read_bytes().startswith(b"%PDF")
    assert line.isHidden()
    assert screen.gantt.hasFocus()


def test_the_day_judged_by_stays_in_sight_beside_the_panel_and_enter_needs_no_choice_before(screen: NodesScreen, qtbot: QtBot) -> None:
    gantt = screen.gantt
    right = gantt.viewport().width()
    bar = gantt.horizontalScrollBar()
    bar.setValue(bar.value() + round(gantt._x(day_number(gantt.on))) - (right - 60))  # the day stands at the right
    assert tokens.NAMES_WIDTH < gantt._x(day_number(gantt.on)) < right
    qtbot.keyClick(gantt, Qt.Key.Key_Return)
    assert [p.project_id for p, _ in screen.panel.pairs] == [gantt.lines[1].project.project_id]  # type: ignore[union-attr]
    assert screen.panel.isVisible()
    qtbot.waitUntil(lambda: gantt.viewport().width() < right)
    assert tokens.NAMES_WIDTH < gantt._x(day_number(gantt.on)) < gantt.viewport().width() - 20
    gantt.setFocus()
    qtbot.keyClick(gantt, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not screen.panel.isVisible())
