"""The figures of a report on its page: a click leads to the projects behind them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hydesk.services.pages.ledger_query import LedgerQuery
from hydesk.ui.desk import Desk
from hydesk.ui.screens.reports.report_page import ReportPage


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, settle: Callable[[Desk], None]) -> ReportPage:
    """The month's report."""
    made = ReportPage(desk)
    qtbot.addWidget(made)
    made.resize(1214, 720)
    made.show()
    made.reload()
    settle(desk)
    return made


def test_a_click_on_a_figure_leads_to_its_projects_and_one_beside_it_edits(page: ReportPage, desk: Desk, qtbot: QtBot) -> None:
    view, made = page.view, page.made
    assert made is not None
    wanted: list[tuple[str, object]] = []
    desk.wanted.connect(lambda key, request: wanted.append((key, request)))
    figures = {f.key: f for p in view.places for f in p.figures}
    assert {"all.count", "all.year"} <= set(figures)
    assert "time_progress" not in made.links  # no project stands behind the calendar

    def click(key: str) -> object:
        view.bring(figures[key].marks[0])
        mark = figures[key].marks[0]
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.box_of(mark.page, mark.boxes[0]).center())
        return wanted.pop()

    assert click("all.count") == ("ledger", LedgerQuery())
    assert not view.in_place.isVisible()
    listed = [(k, link) for k, link in made.links.items() if k.startswith("rows:") and k in figures]
    for key, link in listed:
        assert isinstance(link, LedgerQuery)
        assert len(link.only) == int(figures[key].text)
        assert click(key) == ("ledger", link)
    assert listed
    time = next(f for p in view.places for f in p.figures if f.key == "time_progress")
    view.bring(time.marks[0])
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.box_of(time.marks[0].page, time.marks[0].boxes[0]).center())
    assert view.in_place.isVisible()
    assert not wanted
