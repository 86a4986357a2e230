"""项目清单管理: a dated act entered by keyboard and undone; packages; the year rolled over; a past ledger asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from hydesk.domain.actors import Actor
from hydesk.domain.fields import Field
from hydesk.domain.lists import ListChange
from hydesk.domain.periods import Period
from hydesk.services.acts.undo_acts import acts, undo_last
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.projects.list_adjustments import list_adjustments
from hydesk.services.projects.list_batches import list_batches
from hydesk.services.returns.list_returns import list_returns
from hydesk.services.standings.list_standings import ledger_years, list_standings
from hydesk.services.standings.sub_projects import list_sub_projects
from hydesk.ui.desk import Desk, Notice
from hydesk.ui.requests import OpenProject, ShowLists
from hydesk.ui.screens.lists.form import KINDS
from hydesk.ui.screens.lists.screen import ListsScreen

Settle = Callable[[Desk], None]
CTRL = Qt.KeyboardModifier.ControlModifier


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


def turn(screen: ListsScreen, page: str, desk: Desk, settle: Settle) -> None:
    screen.take(ShowLists(page))
    settle(desk)


def test_a_plan_is_adjusted_by_keyboard_with_a_reason_and_undone(
    screen: ListsScreen, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    notices: list[Notice] = []
    desk.noticed.connect(notices.append)
    first = list_standings(desk.ledger, desk.period)[0]
    screen.take(ShowLists("adjust", first.id))
    form = screen.adjust.form
    assert form.plan.text() != ""
    form.plan.selectAll()
    qtbot.keyClicks(form.plan, "12345.67")
    form.submit()
    assert "理由" in form.wrong.text()
    form.reason.insert("市政府会议")
    qtbot.keyClick(form.reason, Qt.Key.Key_Return, CTRL)
    settle(desk)
    line = list_adjustments(desk.ledger, 2023)[0]
    assert (line.kind, line.project_id, line.reason) == (ListChange.ADJUSTED, first.id, "市政府会议")
    assert list_standings(desk.ledger, desk.period)[0].annual_plan == 123_456_700
    assert screen.adjust.table.list.rowCount() == 1
    assert notices[-1].undo is not None
    notices[-1].undo()
    settle(desk)
    assert list_standings(desk.ledger, desk.period)[0] == first
    assert screen.adjust.lists.currentIndex() == 1


def test_a_batch_bears_its_date_and_document_until_undone(
    screen: ListsScreen, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    before = list_batches(desk.ledger, 2023)
    editor = screen.adjust.batch
    screen.adjust.edit_batch.click()
    qtbot.keyClicks(editor.day.line, "2023-2-10")
    editor.document.setText("衡重点〔2023〕1号")
    qtbot.keyClick(editor.document, Qt.Key.Key_Return)
    settle(desk)
    now = list_batches(desk.ledger, 2023)[0]
    assert (now.published_on, now.document) == (date(2023, 2, 10), "衡重点〔2023〕1号")
    assert "第一批（2023-02-10 衡重点〔2023〕1号） 388 项" in screen.adjust.batches.text()
    assert not editor.isVisible()
    undo_last(desk.ledger)
    assert list_batches(desk.ledger, 2023) == before


@pytest.mark.parametrize("kind", KINDS)
def test_every_act_asks_only_for_what_it_needs_and_fits(screen: ListsScreen, kind: str) -> None:
    form = screen.adjust.form
    form.kind.setCurrentText(kind)
    shown = {key for key, (_, widget) in form.rows.items() if not widget.isHidden()}
    assert shown == set(KINDS[kind])
    assert form.minimumSizeHint().height() <= 640
    assert all(w.accessibleName() for w in form.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus
               and w.isVisible() and w.metaObject().className() in ("QLineEdit", "QComboBox", "QPlainTextEdit"))


def test_a_split_that_does_not_add_up_is_said_beside_the_fields(
    screen: ListsScreen, desk: Desk, settle: Settle
) -> None:
    form = screen.adjust.form
    first = list_standings(desk.ledger, desk.period)[0]
    form.kind.setCurrentText("拆分")
    form.take_project(first.id)
    form.reason.setText("分两期建")
    form.parts.setPlainText("甲段, 1, 1\n乙段, 2, 2")
    form.submit()
    settle(desk)
    assert "比原项目" in form.wrong.text()
    assert list_adjustments(desk.ledger) == []


def test_sub_projects_pasted_from_excel_are_counted_both_ways(screen: ListsScreen, desk: Desk, settle: Settle) -> None:
    turn(screen, "packages", desk, settle)
    page, first = screen.packages, list_standings(desk.ledger, desk.period)[0]
    page.take_project(first.id)
    page.text.setPlainText("一期\t甲公司\t1,234.5\t100\t\n二期\t\t\t\t待定\n")
    page.save()
    settle(desk)
    assert [(s.name, s.total_investment) for s in list_sub_projects(desk.ledger, first.id)] == [("一期", 12_345_000), ("二期", None)]
    assert page.count.text() == "2023年6月：388 项，打包项目拆分后共 389 项（其中打包项目 1 项）"


def test_a_year_is_rolled_over_by_keyboard(screen: ListsScreen, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    turn(screen, "rollover", desk, settle)
    page = screen.rollover
    assert page.do.text() == "结转 388 个项目"
    page.table.setFocus()
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.do.text() == "结转 387 个项目"
    qtbot.keyClick(page.table, Qt.Key.Key_Return, CTRL)
    settle(desk)
    assert ledger_years(desk.ledger) == [2022, 2023, 2024]
    assert len(list_standings(desk.ledger, Period.month(2024, 1))) == 387


def test_a_past_ledger_is_asked_for_by_day_or_by_act(screen: ListsScreen, desk: Desk, settle: Settle) -> None:
    asked: list[object] = []
    desk.past_asked.connect(asked.append)
    turn(screen, "past", desk, settle)
    page = screen.past
    page.day.line.setText("某天")
    page.open_day()
    assert "认不出" in page.wrong.text()
    page.day.line.setText("2023-6-30")
    page.open_day()
    page.table.selectRow(0)
    page.open_act()
    assert asked == [date(2023, 6, 30), acts(desk.ledger)[0].id]
    first = next(p for p in list_standings(desk.ledger, desk.period))
    edit_project(desk.ledger, first.id, Field.REMARK, "李四写的", actor=Actor("李四", "lisi", "PC-2"))
    page.reload()
    settle(desk)
    everybody = len(page.table.list.items)
    page.people.choose(frozenset({"李四"}))
    page.people.chosen.emit()
    assert [(a.actor, a.title) for a in page.table.list.items] == [("李四", acts(desk.ledger, limit=1)[0].title)]
    page.people.choose(frozenset())
    page.people.chosen.emit()
    assert len(page.table.list.items) == everybody > 1


def test_two_days_are_compared_value_by_value(screen: ListsScreen, desk: Desk, qtbot: QtBot, settle: Settle, tmp_path: Path) -> None:
    turn(screen, "compare", desk, settle)
    page = screen.compare
    page.now.line.setText("2023-7-1")
    page.then.line.setText("2023-7-3")
    qtbot.keyClick(page.then.line, Qt.Key.Key_Return)
    settle(desk)
    assert page.wrong.text() == "前一个日期要早于后一个日期"
    first = next(p for p in list_standings(desk.ledger, desk.period) if p.annual_plan)
    edit_project(desk.ledger, first.id, Field.ANNUAL_PLAN, (first.annual_plan or 0) + 12_345_600, desk.period)
    page.then.line.setText("2023-7-7")
    page.now.line.clear()
    page.compare()
    settle(desk)
    assert [(v.project_id, v.field, v.by) for v in page.table.list.items] == [(first.id, "年度计划投资", 12_345_600)]
    assert page.sentence.text().startswith("2023年6月：1 个项目的 1 处变了；年度计划投资 1,005.30 → 1,005.42 亿元")

    page.then.line.setText("2023-7-3")
    page.now.line.setText("2023-7-4")
    page.compare()
    settle(desk)
    came = {p.unit: p for p in list_standings(desk.ledger, desk.period)}
    on_the_day = {r.unit for r in list_returns(desk.ledger) if r.received_at.astimezone().date() == date(2023, 7, 4)}
    assert {v.unit for v in page.table.list.items} == on_the_day <= set(came)
    assert page.found is not None
    then, now = page.found.sums["年初至本月累计完成投资"]
    assert now - then == sum(v.by or 0 for v in page.table.list.items if v.field == "年初至本月累计完成投资")
    page.filters.ask("", {"field": {"形象进度"}})
    assert {v.field for v in page.table.list.items} == {"形象进度"}
    page.export_to(tmp_path / "对照.xlsx")
    settle(desk)
    sheet = openpyxl.load_workbook(tmp_path / "对照.xlsx").active
    assert sum(row[3].value == "形象进度" for row in sheet.iter_rows()) == len(page.table.list.items)
    wanted: list[object] = []
    desk.wanted.connect(lambda _screen, request: wanted.append(request))
    page.table.selectRow(0)
    page.table.opened.emit()
    assert wanted == [OpenProject(page.table.list.items[0].project_id)]
