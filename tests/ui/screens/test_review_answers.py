"""Seen and taken over are different keys: moving writes nothing, Enter leaves the ledger's facts, Ctrl+F6 asks why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import Field
from hydesk.domain.findings import Level
from hydesk.domain.lists import ListChange
from hydesk.domain.natures import meant_nature
from hydesk.domain.questions import BACK, KNOWN, TAKEN, Means
from hydesk.domain.understanding import ReadValue
from hydesk.services.projects.list_adjustments import list_adjustments
from hydesk.services.standings.list_standings import list_standings
from hydesk.ui.desk import Desk, Notice
from hydesk.ui.screens.returns.review import ReviewPage
from hydesk.ui.screens.returns.screen import ReturnsScreen
from tests.ui.conftest import JUNE, MESSY, MakeDesk, open_window
from tests.ui.screens.test_return_desk import Settle, apply, opened

ZHENGXIANG = MESSY / "returns" / "04_蒸湘区2023年6月份重点项目月报.xlsx"
SHIGU = MESSY / "returns" / "16_附件：石鼓区重点项目进度表(6．25).xlsx"
LEIYANG = MESSY / "returns" / "25_附件：耒阳市重点项目进度表(6．25).xls"
NONE, CTRL, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
REASON = "市政府第12次常务会议"


@pytest.fixture
def desk(make_desk: MakeDesk, messy_file: Path) -> Desk:
    return make_desk(messy_file)


@pytest.fixture
def notices(desk: Desk) -> list[Notice]:
    seen: list[Notice] = []
    desk.noticed.connect(seen.append)
    return seen


@pytest.fixture
def review(desk: Desk, qtbot: QtBot, settle: Settle) -> Callable[[Path], ReturnsScreen]:
    def show(path: Path) -> ReturnsScreen:
        screen = opened(desk, qtbot, settle)
        screen.intake.take([str(path)])
        settle(desk)
        screen.open_review(list(screen.pile)[-1])
        settle(desk)
        return screen

    return show


def press(qtbot: QtBot, page: ReviewPage, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """As a hand does: in whatever has the keyboard."""
    qtbot.keyClick(page.focusWidget() or page.queue, key, modifier)


def question(page: ReviewPage, code: str) -> int:
    return next(i for i, q in enumerate(page.model.items) if q.first.code == code)


def facts(desk: Desk) -> list[tuple[object, ...]]:
    return [(p.code, p.name, p.annual_plan, p.total_investment, p.month_investment) for p in list_standings(desk.ledger, JUNE)]


@pytest.mark.parametrize("path", [ZHENGXIANG, SHIGU], ids=["plans", "negatives"])
def test_moving_down_the_whole_list_by_any_of_its_keys_decides_nothing(
        review: Callable[[Path], ReturnsScreen], qtbot: QtBot, path: Path) -> None:
    page = review(path).review
    waiting = page.waiting
    assert waiting is not None
    before = [(c.key, waiting.accepted(c)) for c in waiting.draft.changes]
    for key, modifier in ((Qt.Key.Key_F6, NONE), (Qt.Key.Key_F8, NONE), (Qt.Key.Key_F8, SHIFT), (Qt.Key.Key_Down, NONE)):
        for _ in range(len(page.model.items) + 3):
            press(qtbot, page, key, modifier)
    assert (waiting.settled, waiting.decided, waiting.reasons, waiting.by_hand) == ({}, {}, {}, {})
    assert [(c.key, waiting.accepted(c)) for c in waiting.draft.changes] == before
    assert not waiting.draft.corrections


def test_enter_down_the_whole_list_leaves_every_fact_and_lets_nothing_in_that_waits(
        desk: Desk, review: Callable[[Path], ReturnsScreen], qtbot: QtBot, settle: Settle) -> None:
    screen = review(ZHENGXIANG)
    page, waiting = screen.review, screen.review.waiting
    assert waiting is not None
    assert {f for c in waiting.draft.changes if c.replaces_fact for f in (c.field,)} == {Field.ANNUAL_PLAN, Field.TOTAL_INVESTMENT}
    asked = sum(q.asks for q in page.model.items)
    assert all(q.means is Means.SEEN for q in page.model.items)
    before = facts(desk)
    for _ in range(asked):
        press(qtbot, page, Qt.Key.Key_Return)
    assert set(waiting.settled.values()) == {KNOWN}
    assert not waiting.decided
    assert page.asked.text() == "都看过了"
    apply(screen, qtbot)
    settle(desk)
    assert [row[:4] for row in facts(desk)] == [row[:4] for row in before]
    assert list_adjustments(desk.ledger) == []


def test_a_set_of_plans_is_taken_over_for_one_reason_and_stands_among_the_adjustments(
        desk: Desk, review: Callable[[Path], ReturnsScreen], qtbot: QtBot, settle: Settle) -> None:
    screen = review(ZHENGXIANG)
    page, waiting = screen.review, screen.review.waiting
    assert waiting is not None
    page._go_to(question(page, "plan_changed"))
    proposed = {c.project: c.new for c in waiting.draft.changes if c.field is Field.ANNUAL_PLAN}
    assert len(proposed) == 4
    press(qtbot, page, Qt.Key.Key_F6, CTRL)
    strip = page.evidence.pending
    assert strip.reason.hasFocus()
    press(qtbot, page, Qt.Key.Key_Return)
    assert (strip.isVisible(), strip.missing.isVisible(), waiting.settled) == (True, True, {}), "a reason must be given"
    strip.reason.setText(REASON)
    press(qtbot, page, Qt.Key.Key_Return)
    assert list(waiting.settled.values()) == [TAKEN] * 4
    assert set(waiting.reasons.values()) == {REASON}
    assert page.hint.text() == "入库后 计划 1,005.30 → 1,006.80 亿，4 项"
    page._go_to(question(page, "total_changed"))
    press(qtbot, page, Qt.Key.Key_F6, CTRL)
    assert strip.reason.text() == REASON, "the next set is mostly taken over for the same reason"
    press(qtbot, page, Qt.Key.Key_Escape)
    qtbot.waitUntil(strip.isHidden)
    assert len(waiting.settled) == 4
    apply(screen, qtbot)
    settle(desk)
    plans = {p.code: p.annual_plan for p in list_standings(desk.ledger, JUNE)}
    assert {code: plans[code] for code in proposed} == proposed
    lines = list_adjustments(desk.ledger)
    assert {(a.code, a.kind, a.reason) for a in lines} == {(code, ListChange.ADJUSTED, REASON) for code in proposed}


def test_one_of_a_set_is_left_out_of_the_answer_and_asked_again(
        review: Callable[[Path], ReturnsScreen], qtbot: QtBot) -> None:
    page = review(ZHENGXIANG).review
    waiting = page.waiting
    assert waiting is not None
    at = question(page, "plan_changed")
    page._go_to(at)
    page.evidence.members.setFocus()
    press(qtbot, page, Qt.Key.Key_Space)
    press(qtbot, page, Qt.Key.Key_Return)
    findings = page.model.items[at].findings
    assert [waiting.word(f) for f in findings] == ["", KNOWN, KNOWN, KNOWN]
    assert page.model.is_open(page.model.items[at])
    page._go_to(at)
    assert page.evidence.findings() == [findings[0]], "what is left open is what the next answer is for"


def test_what_the_ledger_refuses_is_not_offered_and_says_why(
        desk: Desk, review: Callable[[Path], ReturnsScreen], qtbot: QtBot, settle: Settle, notices: list[Notice]) -> None:
    screen = review(LEIYANG)
    page, waiting = screen.review, screen.review.waiting
    assert waiting is not None
    page._go_to(question(page, "negative"))
    assert not page.evidence.answers.take.isEnabled()
    assert "台账不收" in page.evidence.answers.take.toolTip()
    press(qtbot, page, Qt.Key.Key_F6, CTRL)
    assert page.evidence.pending.isHidden()
    assert "台账不收" in notices[-1].text
    row = next(r for r in page.projects._rows if any(c.refused for c in r.changes))
    page._toggle_row(row)
    page._toggle_change(next(c for c in row.changes if c.refused))
    assert not any(waiting.accepted(c) for c in row.changes if c.refused)
    apply(screen, qtbot)
    settle(desk)
    assert all((p.month_investment or 0) >= 0 for p in list_standings(desk.ledger, JUNE))


def test_several_negatives_are_one_decision_and_go_back_together(
        review: Callable[[Path], ReturnsScreen], qtbot: QtBot) -> None:
    page = review(SHIGU).review
    waiting = page.waiting
    assert waiting is not None
    negatives = page.model.items[question(page, "negative")]
    assert (len(negatives), negatives.level) == (4, Level.ERROR)
    press(qtbot, page, Qt.Key.Key_F7)
    assert [waiting.word(f) for f in negatives.findings] == [BACK] * 4
    assert page.back.text().startswith("退回 4 处…")
    assert page.evidence.question is not negatives


def test_a_stranger_is_put_on_the_list_where_it_was_found(
        desk: Desk, review: Callable[[Path], ReturnsScreen], qtbot: QtBot, settle: Settle, notices: list[Notice]) -> None:
    screen = review(LEIYANG)
    page = screen.review
    at = question(page, "unknown_project")
    page._go_to(at)
    finding = page.model.items[at].first
    press(qtbot, page, Qt.Key.Key_N, CTRL)
    form = page.evidence.listing
    assert form.inputs["reason"].hasFocus()
    press(qtbot, page, Qt.Key.Key_Return, CTRL)
    assert "理由" in form.error.text()
    name = form.words()["name"]
    form.put("reason", REASON)
    press(qtbot, page, Qt.Key.Key_Return, CTRL)
    settle(desk)
    (made,) = [p for p in list_standings(desk.ledger, JUNE) if p.name == name]
    assert made.unit == "耒阳市"
    assert page.waiting is not None
    row = next(r for r in page.waiting.draft.understanding.rows if (r.sheet, r.row) == (finding.sheet, finding.row))
    assert row.project == made.code
    assert [(a.kind, a.reason) for a in list_adjustments(desk.ledger)] == [(ListChange.ADDED, REASON)]
    undo = notices[-1].undo
    assert undo is not None


@pytest.mark.parametrize(("held", "nature"), [
    ({Field.NATURE: "续建"}, "续建"), ({Field.NATURE: "预备"}, "预备"), ({}, "新建"),
    ({Field.INVESTED_BEFORE: 100}, "续建"), ({Field.INVESTED_BEFORE: 0}, "新建"),
    ({Field.START_DATE: LooseDate.of_month(2020, 6)}, "续建"), ({Field.START_DATE: LooseDate.of_month(2023, 2)}, "新建"),
    ({Field.NATURE: "改建", Field.INVESTED_BEFORE: 100}, "续建"), ({Field.NATURE: "新建", Field.INVESTED_BEFORE: 100}, "新建")])
def test_a_stranger_is_what_its_row_says_it_is(held: dict[Field, ReadValue], nature: str) -> None:
    assert meant_nature(held, 2023) == nature


def test_ctrl_z_goes_back_to_the_correction_it_undid(
        desk: Desk, review: Callable[[Path], ReturnsScreen], qtbot: QtBot, settle: Settle) -> None:
    screen = review(MESSY / "returns" / "08_上报8.xlsx")
    page = screen.review
    slip = page.model.items[question(page, "unit_slip")].first
    page._go_to(question(page, "unit_slip"))
    press(qtbot, page, Qt.Key.Key_Return)
    settle(desk)
    assert page.waiting is not None
    assert page.waiting.draft.corrections
    press(qtbot, page, Qt.Key.Key_F8)
    assert screen.step_back("undo")
    settle(desk)
    assert not page.waiting.draft.corrections
    shown = page.evidence.finding()
    assert shown is not None
    assert (shown.code, shown.cell) == (slip.code, slip.cell)
    assert QApplication.focusWidget() is page.queue


def test_no_key_of_the_review_is_another_keys_in_the_window(desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    """Of two shortcuts for one key in sight of the keyboard Qt acts on neither."""
    window = open_window(desk, qtbot)
    window.go_to("returns")
    settle(desk)
    screen = window.made("returns")
    assert isinstance(screen, ReturnsScreen)
    page = screen.review
    own = {s.key().toString() for s in page.findChildren(QShortcut) if s.parent() is page}
    others = [s for s in window.findChildren(QShortcut) if s.context() is Qt.ShortcutContext.WindowShortcut and not screen.isAncestorOf(s.parent())]
    assert own & {s.key().toString() for s in others} == set()
    assert {"F6", "F7", "F8", "F9", "F11", "F12", "Ctrl+F6"} <= own
