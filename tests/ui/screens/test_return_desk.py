"""The return desk through its widgets, on a real ledger file: correct, refuse, name a stranger, send back, restart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.money import MoneyUnit
from hydesk.domain.questions import BACK
from hydesk.domain.touched import Touched
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.list_returns import list_returns
from hydesk.services.returns.read_return import read_return
from hydesk.services.returns.returns_board import NOT_REPORTED, SENT_BACK, WAITING, BoardMatrix
from hydesk.services.rules.deadlines import deadline
from hydesk.services.standings.list_standings import list_standings
from hydesk.ui.desk import Desk, Notice
from hydesk.ui.requests import FillForm, ShowOriginal
from hydesk.ui.screens.returns.correct_line import exact_words
from hydesk.ui.screens.returns.screen import BOARD, REVIEW, ReturnsScreen
from tests.ui.conftest import JUNE, SAMPLES, MakeDesk, open_window

Settle = Callable[[Desk], None]
MESSY = SAMPLES.parent / "messy"
HENGSHAN = MESSY / "returns" / "08_上报8.xlsx"
YANFENG = MESSY / "returns" / "01_雁峰区6月.xlsx"


@pytest.fixture
def desk(make_desk: MakeDesk, messy_file: Path) -> Desk:
    return make_desk(messy_file)


@pytest.fixture
def notices(desk: Desk) -> list[Notice]:
    seen: list[Notice] = []
    desk.noticed.connect(seen.append)
    return seen


def opened(desk: Desk, qtbot: QtBot, settle: Settle) -> ReturnsScreen:
    made = ReturnsScreen(desk)
    qtbot.addWidget(made)
    made.resize(1214, 720)
    made.show()
    made.shown()
    settle(desk)
    return made


@pytest.fixture
def screen(desk: Desk, qtbot: QtBot, settle: Settle) -> ReturnsScreen:
    return opened(desk, qtbot, settle)


@pytest.fixture
def review(screen: ReturnsScreen, desk: Desk, settle: Settle) -> Callable[[Path], ReturnsScreen]:
    def show(path: Path) -> ReturnsScreen:
        screen.intake.take([str(path)])
        settle(desk)
        screen.open_review(list(screen.pile)[-1])
        settle(desk)
        return screen

    return show


def go_to(screen: ReturnsScreen, code: str) -> Finding:
    model = screen.review.model
    at = next(i for i, q in enumerate(model.items) if q.first.code == code)
    screen.review.queue.setCurrentIndex(model.index(at))
    return model.items[at].first


def apply(screen: ReturnsScreen, qtbot: QtBot) -> None:
    """Ctrl+Enter, and once more where 签发前请看 has something to say."""
    qtbot.keyClick(screen.review, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    if screen.review.signing.isVisible():
        qtbot.keyClick(screen.review.signing.write, Qt.Key.Key_Return)


def figure(desk: Desk, code: str, field: str = "month_investment") -> object:
    return next(getattr(p, field) for p in list_standings(desk.ledger, JUNE) if p.code == code)


def test_the_suggested_amount_is_typed_in_without_losing_a_digit() -> None:
    assert exact_words(21_757_400, MoneyUnit.YI) == "2175.74万元"
    assert exact_words(20_000, MoneyUnit.WAN) == "2"


def test_f2_and_enter_correct_a_cell_and_the_return_is_checked_again(
        desk: Desk, review: Callable[[Path], ReturnsScreen], settle: Settle, qtbot: QtBot) -> None:
    screen = review(HENGSHAN)
    finding = go_to(screen, "unit_slip")
    errors = screen.review.waiting.count(Level.ERROR)  # type: ignore[union-attr]
    qtbot.keyClick(screen.review.queue, Qt.Key.Key_F2)
    line = screen.review.evidence.typing.line
    assert line.isVisible()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(desk)
    assert screen.review.waiting is not None
    assert screen.review.waiting.count(Level.ERROR) == errors - 1
    apply(screen, qtbot)
    settle(desk)
    assert figure(desk, str(finding.project)) == finding.suggestion


def test_what_cannot_stand_in_a_cell_is_refused_in_a_sentence(
        desk: Desk, review: Callable[[Path], ReturnsScreen], settle: Settle, notices: list[Notice]) -> None:
    screen = review(HENGSHAN)
    finding = go_to(screen, "unit_slip")
    screen.review.value_typed.emit(screen.review.waiting, finding.sheet, finding.row, finding.field, "很多")
    settle(desk)
    assert notices[-1].wrong
    assert not screen.review.waiting.draft.corrections  # type: ignore[union-attr]


def test_sending_one_back_goes_to_the_next_finding_and_ctrl_z_takes_the_decision_back(
        desk: Desk, review: Callable[[Path], ReturnsScreen], qtbot: QtBot) -> None:
    screen = review(HENGSHAN)
    waiting, page = screen.review.waiting, screen.review
    assert waiting is not None
    first = page.evidence.finding()
    assert first is not None
    open_before = waiting.open_errors()
    qtbot.keyClick(page.queue, Qt.Key.Key_F7)
    assert waiting.word(first) == BACK
    assert page.evidence.finding() is not first
    assert waiting.open_errors() == open_before - 1
    page.step(2)
    assert screen.step_back("undo")
    assert waiting.open_errors() == open_before
    assert not waiting.word(first)
    assert page.evidence.finding() is first, "Ctrl+Z returns to the finding it undid"
    assert not screen.step_back("undo")


def test_a_stranger_is_told_which_project_it_is(
        desk: Desk, review: Callable[[Path], ReturnsScreen], settle: Settle, qtbot: QtBot) -> None:
    screen = review(YANFENG)
    finding = go_to(screen, "unknown_project")
    search = screen.review.evidence.search
    assert search.isVisible()
    assert "HY2023-361" in search.list.item(0).text()
    qtbot.keyClicks(search.line, "HY2023-385")
    assert search.list.count() == 1
    qtbot.keyClick(search.line, Qt.Key.Key_Return)
    settle(desk)
    assert screen.review.waiting is not None
    row = next(r for r in screen.review.waiting.draft.understanding.rows if (r.sheet, r.row) == (finding.sheet, finding.row))
    assert row.project == "HY2023-385"
    apply(screen, qtbot)
    settle(desk)
    assert figure(desk, "HY2023-385") == row.values[Field.MONTH_INVESTMENT]


def test_received_files_and_decisions_survive_a_restart(
        desk: Desk, review: Callable[[Path], ReturnsScreen], settle: Settle, qtbot: QtBot) -> None:
    screen = review(HENGSHAN)
    qtbot.keyClick(screen.review.queue, Qt.Key.Key_F7)
    screen.review.value_typed.emit(screen.review.waiting, "6月", 7, Field.MONTH_INVESTMENT, "2175.74万元")
    settle(desk)
    settled, corrections = dict(screen.review.waiting.settled), screen.review.waiting.draft.corrections  # type: ignore[union-attr]
    assert settled
    assert corrections
    screen.save_state()
    screen.hide()
    again = opened(desk, qtbot, settle)
    (kept,) = again.pile
    assert again.focusWidget() is again.board.drafts, "Enter opens what waits, also after a restart"
    assert kept.draft.name == HENGSHAN.name
    assert kept.settled == settled
    assert kept.draft.corrections == corrections


def test_the_same_file_twice_is_named_as_a_repetition(
        screen: ReturnsScreen, desk: Desk, settle: Settle, notices: list[Notice], tmp_path: Path) -> None:
    copy = tmp_path / "又一份.xlsx"
    copy.write_bytes(HENGSHAN.read_bytes())
    screen.intake.take([str(HENGSHAN), str(copy)])
    settle(desk)
    assert [w.status for w in screen.pile] == ["有错误", "重复收到"]
    assert HENGSHAN.name in list(screen.pile)[1].story
    assert "1 份重复收到" in notices[-1].text


def test_sending_back_leaves_the_figures_and_the_board_says_so(
        desk: Desk, review: Callable[[Path], ReturnsScreen], settle: Settle, notices: list[Notice], qtbot: QtBot) -> None:
    screen = review(HENGSHAN)
    before = [p.month_investment for p in list_standings(desk.ledger, JUNE)]
    qtbot.keyClick(screen.review, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    panel = screen.review.back_panel
    assert panel.isVisible()
    assert len(panel.findings()) > 2, "all that nobody has settled, where nothing is ticked"
    for _ in range(2):
        qtbot.keyClick(screen.review.queue, Qt.Key.Key_Space)
        screen.review.step(1)
    assert len(panel.findings()) == 2, "what is ticked in the queue"
    assert "退回整份（2 处）" in panel.send.text()
    panel._copy()
    settle(desk)
    assert "衡山县" in QGuiApplication.clipboard().text()
    panel.send.click()
    settle(desk)
    assert len(screen.pile) == 0
    assert screen.pages.currentIndex() == BOARD
    line = next(b for b in screen.board.units.list.items if b.unit == "衡山县")
    assert (line.status, line.rounds) == (SENT_BACK, 1)
    assert [p.month_investment for p in list_standings(desk.ledger, JUNE)] == before
    undo = notices[-1].undo
    assert undo is not None
    undo()
    settle(desk)
    assert len(screen.pile) == 1
    assert next(b for b in screen.board.units.list.items if b.unit == "衡山县").status == WAITING


def test_the_next_return_opens_by_itself_and_undo_lets_the_first_wait_again(
        screen: ReturnsScreen, desk: Desk, settle: Settle, notices: list[Notice], qtbot: QtBot) -> None:
    screen.intake.take([str(HENGSHAN), str(YANFENG)])
    settle(desk)
    first, second = screen.pile
    screen.open_review(first)
    apply(screen, qtbot)
    settle(desk)
    assert screen.review.waiting is second
    assert screen.pages.currentIndex() == REVIEW
    undo = notices[-1].undo
    assert undo is not None
    undo()
    settle(desk)
    assert {w.draft.name for w in screen.pile} == {HENGSHAN.name, YANFENG.name}


def test_a_draft_is_read_again_when_the_ledger_moves_on(
        desk: Desk, review: Callable[[Path], ReturnsScreen], settle: Settle) -> None:
    screen = review(HENGSHAN)
    waiting = screen.review.waiting
    assert waiting is not None
    change = next(c for c in waiting.draft.changes if c.field is Field.MONTH_INVESTMENT and c.accepted)
    key = next(p.id for p in list_standings(desk.ledger, JUNE) if p.code == change.project)
    edit_project(desk.ledger, key, Field.MONTH_INVESTMENT, 123_000_000, JUNE)
    desk.changes.tell(Touched.PROGRESS)
    settle(desk)
    fresh = next(c for c in waiting.draft.changes if (c.project, c.field) == (change.project, change.field))
    assert fresh.edited is not None
    assert fresh.edited.value == 123_000_000
    assert not fresh.accepted
    assert "重新核对" in screen.review.count.whole


def test_the_deadline_is_changed_on_the_board(screen: ReturnsScreen, desk: Desk, settle: Settle) -> None:
    board = screen.board
    board.deadline.day.setDate(QDate(2023, 7, 10))
    board.deadline.day.editingFinished.emit()
    settle(desk)
    assert deadline(desk.ledger, JUNE) == date(2023, 7, 10)
    assert {b.deadline for b in board.units.list.items} == {date(2023, 7, 10)}
    board.deadline.by_rule.click()
    settle(desk)
    assert deadline(desk.ledger, JUNE) != date(2023, 7, 10)
    board.show_board([], [], BoardMatrix((), (), {}), due=date(2023, 7, 5), own=False)
    assert board.deadline.day.date() == QDate(2023, 7, 5), "also where the ledger has no unit yet"
    assert board.listed.currentIndex() == 1


def test_the_chase_text_names_who_owes_and_is_copied(
        screen: ReturnsScreen, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    screen.board.units.selectRow(3)
    qtbot.keyClick(screen.board.units, Qt.Key.Key_Return)
    settle(desk)
    chase = screen.board.chase
    unit = screen.board.units.list.items[3].unit
    assert unit in chase.text.toPlainText()
    qtbot.keyClick(chase.text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert unit in QGuiApplication.clipboard().text()


def test_the_matrix_and_the_scores_say_what_came_in(
        screen: ReturnsScreen, desk: Desk, settle: Settle, notices: list[Notice]) -> None:
    matrix = screen.board.matrix.matrix_model
    assert matrix.matrix.periods[-1] == JUNE
    assert NOT_REPORTED in matrix.cell(0, matrix.columnCount() - 1).text
    assert "已入库" in matrix.cell(0, matrix.columnCount() - 2).text
    view = screen.board.matrix
    screen.board.show_view(1)
    view._open(matrix.index(0, 1))
    assert notices[-1].text.endswith("没有报来")
    view.resize(260, 300)
    assert view.isColumnHidden(1)
    assert not view.isColumnHidden(matrix.columnCount() - 1)
    view.resize(1600, 300)
    assert not view.isColumnHidden(1)
    screen.board.show_view(2)
    settle(desk)
    assert screen.board.scores.table.list.rowCount() == 14
    assert screen.board.scores.why.text()


def test_another_screen_opens_the_original_at_a_cell(
        desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    window = open_window(desk, qtbot)
    draft = read_return(desk.ledger, HENGSHAN, JUNE)
    result = apply_return(desk.ledger, draft).value
    assert result.return_id is not None
    desk.go_to("returns", ShowOriginal(result.return_id, "6月", "I9"))
    settle(desk)
    screen = window.made("returns")
    assert isinstance(screen, ReturnsScreen)
    grid = screen.taken.original.grid
    at = grid.currentIndex()
    assert (at.row() + 1, at.column() + 1) == (9, 9)
    assert list_returns(desk.ledger, JUNE)[0].id == result.return_id


def test_ctrl_z_in_the_window_undoes_the_decision_before_the_ledger(
        desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    window = open_window(desk, qtbot)
    window.go_to("returns")
    settle(desk)
    screen = window.made("returns")
    assert isinstance(screen, ReturnsScreen)
    screen.intake.take([str(HENGSHAN)])
    settle(desk)
    (waiting,) = screen.pile
    screen.open_review(waiting)
    QTest.keyClick(screen.review.queue, Qt.Key.Key_F7)
    assert waiting.settled
    window._step_back("undo")
    settle(desk)
    assert not waiting.settled
    assert len(screen.pile) == 1


def test_a_blank_form_among_the_returns_is_offered_to_be_filled(screen: ReturnsScreen, desk: Desk, settle: Settle, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (("2023年6月雁峰区重点项目情况表",), ("序号", "项目名称", "总投资（万元）", "1-6月累计完成投资（万元）"), (1,), (2,)):
        book.active.append(row)
    book.save(tmp_path / "市局空表.xlsx")
    notices: list[Notice] = []
    wanted: list[object] = []
    desk.noticed.connect(notices.append)
    desk.wanted.connect(lambda _screen, request: wanted.append(request))
    screen.intake.take([str(tmp_path / "市局空表.xlsx")])
    settle(desk)
    told = next(n for n in notices if n.undo_label == "从台账填好")
    assert "像是要填的空表" in told.text
    assert told.undo is not None
    told.undo()
    assert [f[0] for r in wanted if isinstance(r, FillForm) for f in r.files] == ["市局空表.xlsx"]
    assert "市局空表.xlsx" not in [w.draft.name for w in screen.pile]
