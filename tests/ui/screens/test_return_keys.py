"""The return desk in use: where the keyboard stays, what a narrow window leaves out, where figures come from, copying."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from hydesk.domain.fields import Field
from hydesk.ui.desk import Desk, Notice
from hydesk.ui.screens.returns.projects import MONTH, MONTH_BEFORE, OTHERS, RowsShown
from hydesk.ui.screens.returns.review_layout import EVIDENCE, ROWS, SOURCE
from hydesk.ui.screens.returns.screen import ReturnsScreen
from tests.ui.conftest import JUNE, MakeDesk
from tests.ui.screens.test_return_desk import HENGSHAN, YANFENG, Settle, go_to, opened


@pytest.fixture
def desk(make_desk: MakeDesk, messy_file: Path) -> Desk:
    return make_desk(messy_file)


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


def test_the_keyboard_stays_where_one_works(
        desk: Desk, review: Callable[[Path], ReturnsScreen], settle: Settle, qtbot: QtBot) -> None:
    screen = review(HENGSHAN)
    page, asked = screen.review, screen.review.evidence
    finding = go_to(screen, "unknown_project")
    qtbot.keyClick(page.queue, Qt.Key.Key_F2)
    assert screen.focusWidget() is asked.search.line
    qtbot.keyClick(asked.search.line, Qt.Key.Key_Escape)
    assert (screen.focusWidget(), page.isVisible(), asked.finding()) == (page.queue, True, finding)
    qtbot.keyClick(page, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page.back_panel, Qt.Key.Key_Escape)
    assert (screen.focusWidget(), asked.finding()) == (page.queue, finding)
    qtbot.keyClick(page.queue, Qt.Key.Key_F2)
    qtbot.keyClick(asked.search.line, Qt.Key.Key_Return)
    settle(desk)
    assert screen.focusWidget() is page.queue
    qtbot.keyClick(page.queue, Qt.Key.Key_F12)
    assert screen.focusWidget() is page.projects
    page.shows[RowsShown.WRONG].click()
    assert screen.focusWidget() is page.projects


def test_a_narrow_review_leaves_columns_out_instead_of_scrolling_sideways(
        review: Callable[[Path], ReturnsScreen], qtbot: QtBot) -> None:
    screen = review(HENGSHAN)
    table = screen.review.projects
    screen.review.turn_to(ROWS)
    screen.resize(1000, 640)
    qtbot.waitUntil(lambda: table.isColumnHidden(OTHERS))
    assert not table.isColumnHidden(MONTH)
    assert table.horizontalScrollBar().maximum() == 0
    qtbot.keyClick(screen.review, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert screen.review.queue.isVisible(), "what is ticked stays in sight"
    screen.review.back_panel.leave()
    screen.resize(1600, 800)
    qtbot.waitUntil(lambda: not table.isColumnHidden(OTHERS))


def test_files_of_another_month_take_the_window_there(
        desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    screen = opened(desk, qtbot, settle)
    notices: list[Notice] = []
    desk.noticed.connect(notices.append)
    desk.set_period(JUNE.previous())
    screen.intake.take([str(YANFENG)])
    settle(desk)
    assert (desk.period, [w.draft.period for w in screen.pile]) == (JUNE, [JUNE])
    assert notices[-1].undo_label == "回到2023年5月"


def test_a_figure_of_the_month_before_shows_the_cell_it_came_from(
        desk: Desk, review: Callable[[Path], ReturnsScreen], settle: Settle, qtbot: QtBot) -> None:
    page = review(HENGSHAN).review
    page.turn_to(ROWS)
    row = page.projects.list.items[0]
    index = page.projects.list.index(0, MONTH_BEFORE)
    qtbot.mouseClick(page.projects.viewport(), Qt.MouseButton.LeftButton, pos=page.projects.visualRect(index).center())
    settle(desk)
    found = page.source.found
    assert found is not None
    assert found.source is not None
    assert (found.code, found.period, page.beside.currentIndex()) == (row.row.project, JUNE.previous(), SOURCE)
    grid = page.source.original.grid
    assert grid.currentIndex().data() == found.source.words
    assert "history.xlsx" in page.source.said.text()
    page.step(1)
    assert page.beside.currentIndex() == EVIDENCE


def test_a_row_and_the_whole_table_are_copied_with_their_heads(
        review: Callable[[Path], ReturnsScreen], qtbot: QtBot) -> None:
    table = review(HENGSHAN).review.projects
    table.selectRow(2)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert (len(lines), lines[0].split("\t")[1:4]) == (2, ["项目", "上月", "本月来表"])
    assert lines[1].split("\t")[3] == table.list.items[2].row.words[Field.MONTH_INVESTMENT]
    assert lines[1].split("\t")[1] == " ".join(table.list.items[2].row.name.split())
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert len(QGuiApplication.clipboard().text().splitlines()) == 1 + len(table.list.items)
