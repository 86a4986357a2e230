"""调度会: the agenda, a matter handed out by keyboard, the decisions, the wall, the minutes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from hydesk.domain.backward import STEPS
from hydesk.domain.problems import Status
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.doubts.list_doubts import list_doubts
from hydesk.services.mechanisms.hold_meeting import agenda
from hydesk.services.mechanisms.meeting_agenda import chosen_agenda, propose_agenda
from hydesk.services.mechanisms.meeting_lines import KINDS, PROBLEM, read_meeting
from hydesk.services.milestones.backward_steps import backward_steps
from hydesk.services.problems.list_problems import list_problems
from hydesk.services.problems.print_three_lists import three_lists_notice
from hydesk.services.registers.fill_shipped import add_shipped
from hydesk.services.standings.read_scope import scope_of
from hydesk.ui.desk import Desk, Notice
from hydesk.ui.kit.form import put_words
from hydesk.ui.screens.registers.assign_form import AssignForm
from hydesk.ui.screens.registers.meeting import MeetingPage
from tests.ui.conftest import WAIT, open_window

Settle = Callable[[Desk], None]


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, settle: Settle) -> MeetingPage:
    add_shipped(desk.ledger, 2023)
    window = open_window(desk, qtbot)
    window.go_to("meeting")
    settle(desk)
    made = window.made("meeting").fixed["meeting"]  # type: ignore[attr-defined]
    assert isinstance(made, MeetingPage)
    qtbot.waitUntil(lambda: made.lines.list.rowCount() > 0, timeout=WAIT)
    settle(desk)
    return made


def test_the_agenda_is_that_of_the_ledger_or_of_a_scope_of_it(page: MeetingPage, desk: Desk, settle: Settle) -> None:
    held = agenda(desk.ledger, desk.period)
    assert page.meeting is not None
    new = sum(p.status in (Status.REPORTED, Status.ACCEPTED) and not p.overdue
              for p in list_problems(desk.ledger, desk.period, current=True))
    counts = [len(held.lagging), len(held.nodes), len(held.problems), new, len(held.promises), len(list_doubts(desk.ledger, desk.period).shown)]
    assert [sum(x.kind == k for x in page.meeting.lines) for k in KINDS] == counts
    assert page.lines.list.rowCount() == sum(counts)
    page.kinds.choose(frozenset({PROBLEM}))
    page._narrow()
    assert page.lines.list.rowCount() == len(held.problems) > 0
    assert page.scope is not None
    page.scope._take(scope_of(desk.ledger, desk.period, "level=省"))
    settle(desk)
    assert [x.key for x in page.meeting.lines] == [x.key for x in read_meeting(desk.ledger, desk.period, page.scope.scope).lines]
    assert page.lines.list.rowCount() == len(agenda(desk.ledger, desk.period, page.scope.scope).problems) < len(held.problems)


def test_a_matter_is_handed_out_by_keyboard_and_taken_back(page: MeetingPage, desk: Desk, qtbot: QtBot, settle: Settle,
                                                           tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notices: list[Notice] = []
    desk.noticed.connect(notices.append)
    before = len(list_problems(desk.ledger, desk.period, current=True))
    page.tabs.setCurrentIndex(1)
    page.lines.selectRow(0)
    page.lines.setFocus()
    qtbot.keyClick(page.lines, Qt.Key.Key_Return)
    form = page.panel.form
    assert isinstance(form, AssignForm)
    form.submit()
    assert form.errors["due"].isVisibleTo(form)
    put_words(form.inputs["unit"], "衡阳市供电公司")
    put_words(form.inputs["due"], "2023-7-15")
    put_words(form.inputs["words"], "一周内送电")
    qtbot.keyClick(form.inputs["words"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    now = list_problems(desk.ledger, desk.period, current=True)
    assert len(now) == before + 1
    assert now[-1].status is Status.ASSIGNED or any(p.responsible == "衡阳市供电公司" for p in now)
    assert page.decided.list.rowCount() == 1
    assert [x.decided for x in page.lines.list.items][:2] == [True, False]
    assert page.decided.list.items[0].state == Status.ASSIGNED.label
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (str(tmp_path / "纪要.docx"), ""))
    page.acts.save(page.paper("会议纪要"), "纪要", "docx")
    settle(desk)
    assert (tmp_path / "纪要.docx").stat().st_size > 1000
    given = next(n for n in notices if n.undo is not None)
    assert given.undo is not None
    given.undo()
    settle(desk)
    assert page.decided.list.rowCount() == 0
    assert len(list_problems(desk.ledger, desk.period, current=True)) == before


def test_the_wall_walks_the_agenda_and_hands_out(page: MeetingPage, desk: Desk, qtbot: QtBot) -> None:
    page.project()
    wall = page.wall
    assert wall is not None
    first = wall.name.text()
    qtbot.keyClick(wall, Qt.Key.Key_Right)
    assert wall.at == 1
    assert wall.name.text() != first
    qtbot.keyClick(wall, Qt.Key.Key_Return)
    assert page.wall is None
    assert isinstance(page.panel.form, AssignForm)
    assert page.lines.selected_keys() == [page.lines.list.key(1)]


def test_the_wall_comes_back_after_handing_out_and_a_day_is_typed_short(page: MeetingPage, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    page.project()
    assert page.wall is not None
    qtbot.keyClick(page.wall, Qt.Key.Key_3)
    line = page.wall._lines[page.wall.at]
    assert line.kind == PROBLEM
    assert dict(line.facts)["办结期限"]
    qtbot.keyClick(page.wall, Qt.Key.Key_Return)
    form = page.panel.form
    assert isinstance(form, AssignForm)
    put_words(form.inputs["unit"], "衡阳市供电公司")
    put_words(form.inputs["due"], "7-15")
    form.submit()
    settle(desk)
    assert page.wall is not None
    assert page.wall._lines[page.wall.at].kind == PROBLEM  # the next one: what has a new deadline is overdue no more
    assert line.key not in [x.key for x in page.wall._lines]
    assert "2023-07-15" in page.wall.decided.text()
    qtbot.keyClick(page.wall, Qt.Key.Key_Return)
    assert page.panel.form is not None
    qtbot.keyClick(page.panel.form.inputs["due"], Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.wall is not None, timeout=WAIT)
    assert page.wall is not None
    qtbot.keyClick(page.wall, Qt.Key.Key_Escape)
    assert page.wall is None


def test_the_steps_of_the_reversed_schedule_are_the_offices(page: MeetingPage, desk: Desk, settle: Settle) -> None:
    page.start_backward()
    settle(desk)
    form = page.panel.form
    assert form is not None
    put_words(form.inputs["share1"], "15")
    form.submit()
    assert "一步比一步大" in form.error.text()  # type: ignore[attr-defined]
    put_words(form.inputs["share1"], "50")
    put_words(form.inputs["name2"], "供电到位")
    form.submit()
    settle(desk)
    table = three_lists_notice(desk.ledger, desk.period).table
    assert table is not None
    assert "供电到位" in [c.name for c in table.columns]
    assert "落实过半50%" in table.notes[1]
    undo_last(desk.ledger)
    assert backward_steps(desk.ledger) == STEPS


def test_a_units_promise_is_handed_out_to_the_unit(page: MeetingPage, desk: Desk, settle: Settle) -> None:
    assert page.meeting is not None
    line = next(x for x in page.meeting.lines if x.project_id is None)
    problems = len(list_problems(desk.ledger, desk.period, current=True))
    page.lines.select([line.key], line.key)
    page.start_assign()
    form = page.panel.form
    assert isinstance(form, AssignForm)
    put_words(form.inputs["unit"], line.unit)
    put_words(form.inputs["due"], "7-15")
    form.submit()
    settle(desk)
    (decided,) = page.decided.list.items
    assert (decided.matter, decided.unit, decided.due) == (line.matter, line.unit, "2023-07-15")
    assert len(list_problems(desk.ledger, desk.period, current=True)) == problems
    assert [x.decided for x in page.meeting.lines if x.key == line.key] == [True]
    assert "调度会交办" in (undo_last(desk.ledger) or "")


def test_the_agenda_is_chosen_beforehand(page: MeetingPage, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    assert page.meeting is not None
    every = len(page.meeting.lines)
    assert (page.tabs.tabText(0), page.tabs.currentIndex()) == ("上会 0", 1)
    page.propose()
    settle(desk)
    assert (page.tabs.tabText(0), page.lines.list.rowCount(), page.tabs.currentIndex()) == ("上会 20", 20, 0)
    assert {x.kind for x in page.lines.list.items} >= {KINDS[0], PROBLEM}
    page.lines.selectRow(0)
    gone = page.lines.selected()[0].lasting
    qtbot.keyClick(page.lines, Qt.Key.Key_Space)
    settle(desk)
    assert chosen_agenda(desk.ledger, desk.period) == page.chosen
    assert (len(page.chosen), gone in page.chosen) == (19, False)
    page.tabs.setCurrentIndex(1)
    assert page.lines.list.rowCount() == every - 19
    page.project()
    assert page.wall is not None
    assert len(page.wall._lines) == every - 19
    page.wall.close()
    desk.operations.step_back()
    settle(desk)
    assert len(chosen_agenda(desk.ledger, desk.period)) == 20


def test_what_weighs_most_is_taken_of_each_kind_in_turn(desk: Desk) -> None:
    lines = read_meeting(desk.ledger, desk.period).lines
    picked = propose_agenda(lines, 7)
    assert len(picked) == 7
    assert len({x.kind for x in picked}) >= 4
    assert len({x.lasting for x in lines}) == len(lines)
