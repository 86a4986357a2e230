"""报表收报 through its widgets, on a real ledger file: intake, review, 入库, 撤销."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.questions import question_with
from hydesk.services.returns.list_returns import list_returns
from hydesk.services.returns.returns_board import NOT_REPORTED
from hydesk.services.standings.list_standings import list_standings
from hydesk.ui.desk import Desk, Notice
from hydesk.ui.screens.returns.pile import WaitingDraft
from hydesk.ui.screens.returns.projects import RowsShown
from hydesk.ui.screens.returns.review_layout import ROWS
from hydesk.ui.screens.returns.screen import ReturnsScreen
from tests.ui.conftest import JUNE, SAMPLES, MakeDesk
from tests.ui.screens.test_return_desk import apply

Settle = Callable[[Desk], None]
FILES = sorted((SAMPLES / "returns").iterdir())


@pytest.fixture
def desk(make_desk: MakeDesk, sample_file: Path) -> Desk:
    return make_desk(sample_file)


@pytest.fixture
def notices(desk: Desk) -> list[Notice]:
    seen: list[Notice] = []
    desk.noticed.connect(seen.append)
    return seen


@pytest.fixture
def screen(desk: Desk, qtbot: QtBot, settle: Settle) -> ReturnsScreen:
    made = ReturnsScreen(desk)
    qtbot.addWidget(made)
    made.resize(1214, 720)
    made.show()
    made.shown()
    settle(desk)
    return made


@pytest.fixture
def take(screen: ReturnsScreen, desk: Desk, settle: Settle) -> Callable[..., list[WaitingDraft]]:
    def read(*paths: Path) -> list[WaitingDraft]:
        screen.intake.take([str(p) for p in paths])
        settle(desk)
        return list(screen.pile)

    return read


def figures(desk: Desk) -> list[tuple[object, ...]]:
    return [(p.code, p.annual_plan, p.month_investment, p.year_investment, p.progress_text, p.reported)
            for p in list_standings(desk.ledger, JUNE)]


def with_error(waiting: list[WaitingDraft]) -> WaitingDraft:
    return next(w for w in waiting if w.count(Level.ERROR) and any(f.project and f.row for f in errors(w)))


def errors(w: WaitingDraft) -> list:  # type: ignore[type-arg]
    return [f for f in w.draft.understanding.findings if f.level is Level.ERROR]


def test_the_board_lists_every_unit_as_not_reported_at_first(screen: ReturnsScreen) -> None:
    lines = screen.board.units.list.items
    assert len(lines) == 14
    assert {b.status for b in lines} == {NOT_REPORTED}
    assert screen.board.waiting.currentIndex() == 1


def test_one_bad_file_never_stops_the_rest(take: Callable[..., list[WaitingDraft]], tmp_path: Path) -> None:
    bad = tmp_path / "坏了.xlsx"
    bad.write_bytes(b"PK\x03\x04 not a workbook")
    lock = tmp_path / "~$锁.xlsx"
    lock.write_bytes(b"x")
    waiting = take(bad, lock, FILES[0], tmp_path / "没有这个文件.xls")
    assert [w.draft.name for w in waiting] == ["坏了.xlsx", FILES[0].name, "没有这个文件.xls"]
    assert [w.can_apply for w in waiting] == [False, True, False]
    assert waiting[0].status == "不能收"
    assert waiting[0].unit == "（认不出）"


def test_apply_then_undo_brings_everything_back(
        screen: ReturnsScreen, desk: Desk, take: Callable[..., list[WaitingDraft]], notices: list[Notice],
        settle: Settle, qtbot: QtBot) -> None:
    before = figures(desk)
    (waiting,) = take(FILES[0])
    screen.open_review(waiting)
    assert screen.pages.currentIndex() == 1
    assert screen.review.projects.list.rowCount() == len(waiting.draft.understanding.rows)
    apply(screen, qtbot)
    settle(desk)
    after = figures(desk)
    assert after != before
    assert len(screen.pile) == 0
    assert screen.pages.currentIndex() == 0
    unit = waiting.draft.understanding.unit
    line = next(b for b in screen.board.units.list.items if b.unit == unit)
    assert line.status != NOT_REPORTED
    undo = notices[-1].undo
    assert undo is not None
    undo()
    settle(desk)
    assert figures(desk) == before
    assert list_returns(desk.ledger, JUNE)[0].undone


def test_what_a_person_leaves_out_is_not_written(
        screen: ReturnsScreen, desk: Desk, take: Callable[..., list[WaitingDraft]], qtbot: QtBot, settle: Settle) -> None:
    (waiting,) = take(FILES[0])
    screen.open_review(waiting)
    table = screen.review.projects
    row = next(i for i, r in enumerate(table.list.items) if r.state == "入库" and r.change(Field.YEAR_INVESTMENT))
    table.selectRow(row)
    item = table.list.items[row]
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert item.state == "不入库"
    apply(screen, qtbot)
    settle(desk)
    held = next(p for p in list_standings(desk.ledger, JUNE) if p.code == item.row.project)
    assert not held.reported


def test_a_row_with_an_error_waits_until_a_person_takes_it(
        screen: ReturnsScreen, desk: Desk, take: Callable[..., list[WaitingDraft]], settle: Settle, qtbot: QtBot) -> None:
    waiting = with_error(take(*FILES))
    screen.open_review(waiting)
    finding = next(f for f in errors(waiting) if f.project and not waiting.why_not([f]) and any(
        (c.sheet, c.row) == (f.sheet, f.row) for c in waiting.draft.changes))
    page, ready = screen.review, waiting.rows_to_write()
    page._go_to(question_with(page.model.items, finding))
    qtbot.keyClick(page.queue, Qt.Key.Key_F6, Qt.KeyboardModifier.ControlModifier)
    strip = page.evidence.pending
    qtbot.keyClick(strip.reason, Qt.Key.Key_Return)
    assert strip.isVisible(), "nothing is taken over without a reason"
    strip.reason.setText("已电话核实")
    qtbot.keyClick(strip.reason, Qt.Key.Key_Return)
    assert waiting.rows_to_write() == ready + 1
    apply(screen, qtbot)
    settle(desk)
    taken = next(p for p in list_standings(desk.ledger, JUNE) if p.code == finding.project)
    assert taken.reported


def test_a_suggested_value_is_put_in_with_one_click(
        screen: ReturnsScreen, desk: Desk, take: Callable[..., list[WaitingDraft]], settle: Settle, qtbot: QtBot) -> None:
    waiting = next(w for w in take(*FILES) if any(f.suggestion is not None and f.field for f in errors(w)))
    screen.open_review(waiting)
    finding = next(f for f in errors(waiting) if f.suggestion is not None)
    page = screen.review
    page._go_to(question_with(page.model.items, finding))
    assert "改为" in page.evidence.answers.first.text()
    page.evidence.answers.first.click()
    settle(desk)
    apply(screen, qtbot)
    settle(desk)
    taken = next(p for p in list_standings(desk.ledger, JUNE) if p.code == finding.project)
    assert getattr(taken, finding.field.value) == finding.suggestion


def test_f8_walks_the_findings_and_the_sheet_follows(
        screen: ReturnsScreen, take: Callable[..., list[WaitingDraft]], qtbot: QtBot) -> None:
    waiting = with_error(take(*FILES))
    screen.open_review(waiting)
    review = screen.review
    first = review.model.items[0].first
    assert first.level is Level.ERROR
    assert review.queue.currentIndex().row() == 0
    if first.cell:
        at = review.grid.currentIndex()
        letter, _, field = review.grid.sheet_model.headerData(at.column(), Qt.Orientation.Horizontal).partition(" ")
        assert f"{letter}{at.row() + 1}" == first.cell
        assert field, "what the column was read for stands beside its letter"
    count = review.model.rowCount()
    qtbot.keyClick(review.queue, Qt.Key.Key_F8)
    assert review.queue.currentIndex().row() == 1 % count
    qtbot.keyClick(review.queue, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert review.queue.currentIndex().row() == 0


def test_rows_can_be_narrowed_to_what_is_wrong(
        screen: ReturnsScreen, take: Callable[..., list[WaitingDraft]]) -> None:
    waiting = with_error(take(*FILES))
    screen.open_review(waiting)
    table = screen.review.projects
    all_ = table.list.rowCount()
    table.narrow(RowsShown.WRONG)
    assert 0 < table.list.rowCount() < all_
    table.narrow(RowsShown.ALL)
    assert table.list.rowCount() == all_


def test_a_filter_hides_neither_what_a_finding_is_about_nor_rows_of_the_next_return(
        screen: ReturnsScreen, take: Callable[..., list[WaitingDraft]]) -> None:
    waiting = with_error(take(*FILES))
    screen.open_review(waiting)
    page = screen.review
    page.turn_to(ROWS)
    page.shows[RowsShown.WRONG].click()
    hidden = next(r for r in page.projects._rows if r not in page.projects.list.items and r.changes)
    page._follow(Finding(Level.NOTE, "placeholder", "说明", hidden.row.sheet, hidden.row.row))
    assert page.projects.current() is None
    assert page.changes.list.items == hidden.changes
    screen.open_review(waiting)
    page.turn_to(ROWS)
    assert page.shows[RowsShown.ALL].isChecked()
    assert page.projects.list.rowCount() == len(page.projects._rows)
    last = page.projects.list.items[-1]
    page._follow(Finding(Level.NOTE, "placeholder", "说明", last.row.sheet, last.row.row))
    assert page.projects.current() is last
    assert page.projects.viewport().rect().intersects(page.projects.visualRect(page.projects.currentIndex()))


def test_all_without_errors_are_taken_in_at_once_and_undone_at_once(
        screen: ReturnsScreen, desk: Desk, take: Callable[..., list[WaitingDraft]], notices: list[Notice],
        settle: Settle, qtbot: QtBot) -> None:
    before = figures(desk)
    waiting = take(*FILES)
    ready = [w for w in waiting if w.can_apply and not w.count(Level.ERROR)]
    assert screen.board.all.text() == f"全部入库（{len(ready)} 份）"
    screen.board.all.click()
    assert figures(desk) == before, "first it is said what would be done"
    qtbot.keyClick(screen.board.taking.write, Qt.Key.Key_Return)
    settle(desk)
    assert len(screen.pile) == len(waiting) - len(ready)
    assert len(list_returns(desk.ledger, JUNE)) == len(ready)
    undo = notices[-1].undo
    assert undo is not None
    undo()
    settle(desk)
    assert figures(desk) == before


def test_space_takes_the_others_too_wherever_in_the_strip_the_keyboard_is(
        screen: ReturnsScreen, desk: Desk, take: Callable[..., list[WaitingDraft]], settle: Settle, qtbot: QtBot) -> None:
    """On the button 入库 it would write at once, without the ones it speaks of."""
    waiting = take(*FILES)
    strip = screen.board.taking
    screen.board.drafts.setFocus()
    screen.board.all.click()
    assert QApplication.focusWidget() is strip.write
    qtbot.keyClick(strip.write, Qt.Key.Key_Space)
    assert strip.others.isChecked()
    assert not list_returns(desk.ledger, JUNE)
    qtbot.keyClick(strip.write, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is strip.others
    qtbot.keyClick(strip.others, Qt.Key.Key_Return)
    settle(desk)
    assert len(list_returns(desk.ledger, JUNE)) == len([w for w in waiting if w.can_apply])
    assert QApplication.focusWidget() in (screen.board.drafts, screen.board.units)


def test_the_same_file_again_changes_nothing(
        screen: ReturnsScreen, desk: Desk, take: Callable[..., list[WaitingDraft]], settle: Settle) -> None:
    (waiting,) = take(FILES[1])
    screen.apply(waiting)
    settle(desk)
    before = figures(desk)
    (again,) = take(FILES[1])
    assert again.status == "与已入库的相同"
    assert not again.can_apply
    assert figures(desk) == before


def test_a_draft_put_aside_can_be_put_back(
        screen: ReturnsScreen, take: Callable[..., list[WaitingDraft]], notices: list[Notice]) -> None:
    (waiting,) = take(FILES[2])
    screen.open_review(waiting)
    screen.review.drop_wanted.emit(waiting)
    assert len(screen.pile) == 0
    undo = notices[-1].undo
    assert undo is not None
    undo()
    assert list(screen.pile) == [waiting]
    assert screen.unsaved == 1


def test_the_units_sheet_is_shown_with_its_merged_cells(
        screen: ReturnsScreen, take: Callable[..., list[WaitingDraft]]) -> None:
    waiting = take(*FILES)
    merged = next(w for w in waiting if w.draft.book and w.draft.book.sheets[0].merges)
    screen.open_review(merged)
    grid = screen.review.grid
    sheet = grid.sheet_model.sheet
    assert sheet is not None
    span = next(m for m in sheet.merges if m.right > m.left)
    assert grid.columnSpan(span.top - 1, span.left - 1) == span.right - span.left + 1
