"""项目清单管理: a dated act entered by keyboard and undone; packages; the year rolled over; a past ledger asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from hydesk.domain.lists import ListChange
from hydesk.domain.periods import Period
from hydesk.services.acts.undo_acts import acts, undo_last
from hydesk.services.projects.list_adjustments import list_adjustments
from hydesk.services.projects.list_batches import list_batches
from hydesk.services.standings.list_standings import ledger_years, list_standings
from hydesk.services.standings.sub_projects import list_sub_projects
from hydesk.ui.desk import Desk, Notice
from hydesk.ui.requests import ShowLists
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
