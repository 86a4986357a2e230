"""A project's page through its real widgets on a real ledger: facts, sources, judging, attachments, going back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from hydesk.domain.fields import Field
from hydesk.domain.meaning import Meaning
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.pages.overview import overview
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.standings.list_standings import list_standings
from hydesk.ui.desk import Desk
from hydesk.ui.frame.main_window import MainWindow
from hydesk.ui.requests import OpenProject, ShowOriginal
from hydesk.ui.screens.project.money import OF_YEAR
from hydesk.ui.screens.project.screen import ProjectScreen
from tests.ui.conftest import open_window

Settle = Callable[[Desk], None]


@pytest.fixture
def screen(desk: Desk, qtbot: QtBot, settle: Settle) -> ProjectScreen:
    made = ProjectScreen(desk)
    qtbot.addWidget(made)
    made.resize(1214, 720)
    made.show()
    lagging = next(s for s in list_standings(desk.ledger, desk.period) if s.year_investment and s.progress_text)
    made.take(OpenProject(lagging.id))
    settle(desk)
    assert made.page is not None
    return made


def _row(screen: ProjectScreen, field: Field) -> int:
    facts = screen.facts.facts
    return next(r for r in range(facts.rowCount()) if facts.field(r) is field)


def test_the_page_says_the_ledgers_figures(screen: ProjectScreen) -> None:
    page = screen.page
    assert page is not None
    assert page.standing is not None
    assert page.lamp is not None
    assert screen.name.text() == page.standing.name
    assert page.lamp.reason in screen.lamp.text()
    newest = screen.money.months
    assert newest.cell(0, OF_YEAR).text.strip("()").replace(",", "") == f"{page.standing.year_investment / 10000:.2f}"  # type: ignore[operator]
    assert page.curve[5].done == page.standing.year_investment


def test_a_fact_is_edited_in_place_with_a_reason_and_undone(screen: ProjectScreen, desk: Desk, settle: Settle) -> None:
    page = screen.page
    assert page is not None
    before = page.facts[Field.ANNUAL_PLAN]
    screen.reason.setText("衡重办〔2023〕8号")
    facts = screen.facts.facts
    facts.setData(facts.index(_row(screen, Field.ANNUAL_PLAN), 1), "12,345.67")
    settle(desk)
    assert screen.page is not None
    assert screen.page.facts[Field.ANNUAL_PLAN] == 123_456_700
    assert facts.cell(_row(screen, Field.ANNUAL_PLAN), 2).text.endswith("衡重办〔2023〕8号")
    assert screen.reason.text() == ""
    undo_last(desk.ledger)
    screen.reload()
    settle(desk)
    assert screen.page.facts[Field.ANNUAL_PLAN] == before


def test_a_reported_figure_opens_the_original_at_its_cell(screen: ProjectScreen, desk: Desk) -> None:
    wanted: list[tuple[str, object]] = []
    desk.wanted.connect(lambda key, request: wanted.append((key, request)))
    screen.tabs.setCurrentIndex(1)
    index = screen.money.months.index(0, OF_YEAR)
    screen.money.table.setCurrentIndex(index)
    source = screen.money.months.source(index)
    assert source is not None
    assert source.return_id is not None
    assert source.file in screen.money.source.text()
    assert source.cell in screen.money.source.text()
    screen.money.open.click()
    assert wanted == [("returns", ShowOriginal(source.return_id, source.sheet, source.cell))]


def test_a_person_judges_and_home_counts_it(screen: ProjectScreen, desk: Desk, settle: Settle) -> None:
    now = overview(desk.ledger, desk.period).meanings[Meaning.SERIOUSLY_LAGGING]
    screen.judge_button.click()
    screen.judge.meaning.setCurrentIndex(screen.judge.meaning.findData(Meaning.SERIOUSLY_LAGGING))
    assert not screen.judge.take.isEnabled()
    screen.judge.reason.setText("资金断链")
    screen.judge.take.click()
    settle(desk)
    assert screen.lamp.text().startswith("■ 严重滞后（人工）　人工判定：资金断链")
    assert overview(desk.ledger, desk.period).meanings[Meaning.SERIOUSLY_LAGGING] == now + 1
    screen.judge_button.click()
    screen.judge.back.click()
    settle(desk)
    assert "人工" not in screen.lamp.text()


def test_the_log_is_narrowed_by_field(screen: ProjectScreen) -> None:
    every = screen.log.table.list.rowCount()
    screen.log.show_field("形象进度")
    shown = screen.log.table.list.items
    assert 0 < len(shown) < every
    assert {c.field for c in shown} == {"形象进度"}


def test_a_value_of_the_history_stands_again(screen: ProjectScreen, desk: Desk, settle: Settle) -> None:
    page = screen.page
    assert page is not None
    held = next(s for s in list_standings(desk.ledger, desk.period) if s.id == page.project_id)
    edit_project(desk.ledger, held.id, Field.BUILDER, "另一家公司", desk.period)
    edit_project(desk.ledger, held.id, Field.ANNUAL_PLAN, 123_456_789, desk.period)
    desk.changes.tell("projects", "plans")
    settle(desk)
    for field, now in (("业主单位", "builder"), ("年度计划投资", "annual_plan")):
        screen.log.show_field(field)
        lines = screen.log.table.list
        screen.log.table.selectRow(0)
        assert not screen.log.restore.isEnabled()
        screen.log.table.selectRow(lines.rowCount() - 1)
        assert screen.log.restore.isEnabled()
        screen.log.restore.click()
        settle(desk)
        after = next(s for s in list_standings(desk.ledger, desk.period) if s.id == held.id)
        assert getattr(after, now) == getattr(held, now)
        assert lines.items[0].source.startswith("手工修改：恢复为")
    screen.log.show_field("全部字段")
    screen.log.table.selectAll()
    assert not screen.log.restore.isEnabled()


def test_files_are_dropped_shown_removed_and_brought_back(
        screen: ProjectScreen, desk: Desk, settle: Settle, tmp_path: Path) -> None:
    photo = tmp_path / "现场照片.png"
    QImage(600, 400, QImage.Format.Format_RGB32).save(str(photo))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo))])
    screen.files.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
                                      Qt.KeyboardModifier.NoModifier))
    settle(desk)
    assert screen.files.list.count() == 1
    assert screen.files.list.item(0).text().startswith("现场照片.png\n")
    assert screen.tabs.tabText(6) == "附件 1"
    screen.files.list.setCurrentRow(0)
    screen.files.remove_button.click()
    settle(desk)
    assert screen.files.list.count() == 0
    desk.operations.step_back()
    settle(desk)
    assert screen.files.list.count() == 1


def test_escape_goes_back_to_the_ledger_as_it_was(desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    window: MainWindow = open_window(desk, qtbot)
    window.go_to("ledger")
    settle(desk)
    ledger = window.made("ledger")
    ledger.table.setCurrentIndex(ledger.model.index(30, 1))  # type: ignore[attr-defined]
    wanted = ledger.model.project_id(30)  # type: ignore[attr-defined]
    desk.go_to("project", OpenProject(wanted))
    settle(desk)
    page = window.made("project")
    assert isinstance(page, ProjectScreen)
    assert page.page is not None
    assert page.page.project_id == wanted
    page.facts.setFocus()
    QTest.keyClick(page.facts, Qt.Key.Key_Escape)
    assert window.current == "ledger"
    assert ledger.table.currentIndex().row() == 30  # type: ignore[attr-defined]
    window.go_to("home")
    settle(desk)
    window.go_back()
    assert window.current == "ledger"
