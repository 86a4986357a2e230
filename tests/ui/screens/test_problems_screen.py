"""问题清单: the views, the panel, steps by keyboard, what returns tell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from hydesk.domain.problems import Status, StepKind
from hydesk.domain.touched import Touched
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.problems.list_problems import list_problems, problem_detail
from hydesk.services.upkeep.open_ledger import create_ledger
from hydesk.ui.desk import Desk, Notice
from hydesk.ui.requests import ShowProblem, ShowProblems
from hydesk.ui.screens.problems.columns import TOLD
from hydesk.ui.screens.problems.forms import ProblemForm, StepForm
from hydesk.ui.screens.problems.screen import ProblemsScreen
from tests.ui.conftest import MakeDesk, open_window

Settle = Callable[[Desk], None]


@pytest.fixture
def screen(desk: Desk, qtbot: QtBot, settle: Settle) -> ProblemsScreen:
    window = open_window(desk, qtbot)
    window.go_to("problems")
    settle(desk)
    made = window.made("problems")
    assert isinstance(made, ProblemsScreen)
    return made


@pytest.fixture
def notices(desk: Desk) -> list[Notice]:
    seen: list[Notice] = []
    desk.noticed.connect(seen.append)
    return seen


def rows_of(screen: ProblemsScreen, status: Status) -> list[int]:
    return [r for r, x in enumerate(screen.table.list.items) if x.problem.status is status]


def choose(screen: ProblemsScreen, desk: Desk, settle: Settle, *rows: int) -> list[int]:
    keys = [screen.table.list.key(r) for r in rows]
    screen.table.select(keys, keys[0])
    settle(desk)
    return keys


def test_the_list_and_its_counts_are_those_of_the_ledger(screen: ProblemsScreen, desk: Desk) -> None:
    problems = list_problems(desk.ledger, desk.period)
    assert screen.table.list.rowCount() == len(problems) == 48
    late = sum(p.overdue for p in problems)
    assert f"逾期 {late}" in screen.count.text()
    assert late > 0
    screen.filters.chips["cases"].choose(frozenset({"逾期"}))
    screen.filters._take()
    assert screen.table.list.rowCount() == late
    assert all(r.problem.overdue and "逾期" in r.status for r in screen.table.list.items)


def test_search_finds_projects_by_initials_and_problems_by_words(screen: ProblemsScreen, qtbot: QtBot) -> None:
    screen.filters.search.setText("高压专线")
    qtbot.waitUntil(lambda: 0 < screen.table.list.rowCount() < 48)
    assert all("高压专线" in r.problem.detail for r in screen.table.list.items)
    screen.filters.search.setText("没有这个词")
    qtbot.waitUntil(lambda: screen.pages.currentWidget() is screen.nothing)
    screen.filters.focus_search()
    qtbot.keyClick(screen.filters.search, Qt.Key.Key_Return)
    screen.filters.clear()
    assert screen.table.list.rowCount() == 48
    assert screen.filters.search.hasFocus(), "an Enter that found nothing takes no word out of the box later"
    qtbot.keyClick(screen.filters.search, Qt.Key.Key_Return)
    assert len(screen.table.selected()) == 1


@pytest.mark.parametrize(("view", "head"), [(1, "困难问题"), (2, "解决措施"), (3, "责任领导")])
def test_each_of_the_three_lists_has_its_columns_and_keeps_the_selection(
        screen: ProblemsScreen, desk: Desk, settle: Settle, view: int, head: str) -> None:
    keys = choose(screen, desk, settle, 3)
    screen.tabs.setCurrentIndex(view)
    assert head in [c.head for c in screen.table.list.columns]
    assert screen.table.selected_keys() == keys


def test_a_step_is_taken_by_keyboard_and_undone(
        screen: ProblemsScreen, desk: Desk, settle: Settle, qtbot: QtBot, notices: list[Notice]) -> None:
    key, = choose(screen, desk, settle, rows_of(screen, Status.REPORTED)[0])
    screen.table.setFocus()
    qtbot.keyClick(screen.table, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    form = screen.panel.form
    assert isinstance(form, StepForm)
    assert form.confirm.text() == "交办"
    form.submit()
    settle(desk)
    assert "责任单位" in form.error.text()
    form.unit.setEditText("衡阳县财政局")
    form.due.line.setText("7月底")
    assert form.due.told.text() == "2023-07"
    qtbot.keyClick(form.words_input, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    p = problem_detail(desk.ledger, key, desk.period.end).problem
    assert (p.status, p.responsible, str(p.due_on)) == (Status.ASSIGNED, "衡阳县财政局", "2023-07-31")
    assert screen.panel.form is None
    assert screen.table.selected_keys() == [key]
    assert notices[-1].text.startswith("已交办问题")
    assert notices[-1].undo is not None
    notices[-1].undo()
    settle(desk)
    assert problem_detail(desk.ledger, key).problem.status is Status.REPORTED


def test_several_are_handed_out_at_once(screen: ProblemsScreen, desk: Desk, settle: Settle) -> None:
    keys = choose(screen, desk, settle, *rows_of(screen, Status.ACCEPTED)[:3])
    assert screen.panel.heading.text() == "选了 3 个问题"
    assert screen.panel.steps[0].kind is StepKind.ASSIGN
    screen.panel.take_step(1)
    form = screen.panel.form
    assert isinstance(form, StepForm)
    form.unit.setEditText("市财政局")
    form.due.line.setText("2023-8-1")
    form.submit()
    settle(desk)
    assert {problem_detail(desk.ledger, k).problem.status for k in keys} == {Status.ASSIGNED}


def test_what_has_nothing_in_common_says_so(screen: ProblemsScreen, desk: Desk, settle: Settle) -> None:
    choose(screen, desk, settle, rows_of(screen, Status.CLOSED)[0], rows_of(screen, Status.SENT_BACK)[0])
    assert screen.panel.steps == []


def test_a_problem_is_listed_and_edited_by_hand(screen: ProblemsScreen, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    qtbot.keyClick(screen.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = screen.panel.form
    assert isinstance(form, ProblemForm)
    form.submit()
    assert "选项目" in form.error.text()
    form.show_project("HY2023-007")
    form.submit()
    settle(desk)
    assert "什么问题" in form.error.text()
    form.fields["detail"].setPlainText("缺少弃土场")  # type: ignore[union-attr]
    form.submit()
    settle(desk)
    key = list_problems(desk.ledger, desk.period, current=True)[0]
    assert key.project_code == "HY2023-007"
    assert screen.table.selected_keys() == [key.id]
    screen.start_edit()
    form = screen.panel.form
    assert isinstance(form, ProblemForm)
    form.fields["measures"].setPlainText("就近调配")  # type: ignore[union-attr]
    form.submit()
    settle(desk)
    assert problem_detail(desk.ledger, key.id).problem.measures == "就近调配"


def test_texts_of_returns_are_put_on_the_list_with_one_press(
        screen: ProblemsScreen, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    screen.tabs.setCurrentIndex(TOLD)
    before = screen.rows.to_list if screen.rows else 0
    first = screen.told.list.items[0]
    screen.told.selectRow(0)
    qtbot.keyClick(screen.told, Qt.Key.Key_Return)
    settle(desk)
    assert screen.rows is not None
    assert screen.rows.to_list == before - 1
    added = list_problems(desk.ledger, desk.period)[0]
    assert (added.detail, added.project_id, added.import_id) == (first.text, first.project_id, first.import_id)
    assert screen.tabs.tabText(TOLD) == f"报表反映 {before - 1}"
    assert screen.told.chosen_rows() == [0], "the cursor stays, on the one that is next"
    assert screen.told.selected()[0].text != first.text or screen.told.selected()[0].project_id != first.project_id
    undo_last(desk.ledger)
    desk.changes.tell(Touched.PROJECTS)
    settle(desk)
    assert screen.rows.to_list == before


def test_another_screen_may_ask_for_one_or_for_the_overdue(screen: ProblemsScreen, desk: Desk, settle: Settle) -> None:
    screen.take(ShowProblem(5))
    settle(desk)
    assert screen.panel.problems[0].id == 5
    assert screen.panel.detail is not None
    assert screen.panel.detail.source is not None
    screen.take(ShowProblems(unit="衡南县", overdue=True))
    assert all(r.problem.overdue and r.problem.project_unit == "衡南县" for r in screen.table.list.items)
    screen.take(ShowProblems(told=True))
    assert screen.tabs.currentIndex() == TOLD


def test_rows_are_copied_and_sorted(screen: ProblemsScreen, desk: Desk, settle: Settle) -> None:
    screen.table._sort(0)
    numbers = [r.problem.id for r in screen.table.list.items]
    assert numbers == sorted(numbers)
    choose(screen, desk, settle, 0, 1)
    screen.table.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("编号\t问题")


def test_the_list_in_view_is_exported(screen: ProblemsScreen, desk: Desk, settle: Settle, tmp_path: Path,
                                      monkeypatch: pytest.MonkeyPatch, notices: list[Notice]) -> None:
    path = tmp_path / "清单.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(path), ""))
    screen.tabs.setCurrentIndex(3)
    screen.export()
    settle(desk)
    assert path.exists()
    assert notices[-1].text.startswith("已导出 48 个问题")


def test_an_empty_list_says_what_belongs_here(make_desk: MakeDesk, qtbot: QtBot, settle: Settle, tmp_path: Path) -> None:
    create_ledger(tmp_path / "source" / "空.hydesk").close()
    desk = make_desk(tmp_path / "source" / "空.hydesk")
    window = open_window(desk, qtbot)
    window.go_to("problems")
    settle(desk)
    screen = window.made("problems")
    assert isinstance(screen, ProblemsScreen)
    assert screen.pages.currentWidget() is screen.empty
    assert "从上报、交办到销号" in screen.empty.sentence.text()
