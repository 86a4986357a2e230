"""首页 shows the figures of the ledger, and each opens the projects behind it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from hydesk.domain.indicators import Meaning
from hydesk.services.overview import overview
from hydesk.ui.desk import Desk
from hydesk.ui.requests import Case, LedgerQuery
from hydesk.ui.widgets.curve import ticks
from hydesk.ui.screens.home.screen import HomeScreen

Settle = Callable[[Desk], None]


@pytest.fixture
def screen(desk: Desk, qtbot: QtBot, settle: Settle) -> HomeScreen:
    made = HomeScreen(desk)
    qtbot.addWidget(made)
    made.resize(1214, 720)
    made.show()
    made.shown()
    settle(desk)
    qtbot.waitUntil(lambda: made._chart is not None)
    return made


def test_cards_say_what_the_overview_says(screen: HomeScreen, desk: Desk) -> None:
    seen = overview(desk.ledger, desk.period)
    cards = screen.cards
    assert cards["projects"].figure.text() == "388"
    assert cards["projects"].below.text() == "总投资 3,514.60 亿元"
    assert cards["done"].below.text() == "年度计划 1,005.30 亿元"
    assert cards["starts"].figure.text() == str(seen.starts.started)
    assert cards["returns"].figure.text() == str(len(seen.ranking) - len(seen.unreported))


def test_figures_open_the_projects_behind_them(screen: HomeScreen, desk: Desk) -> None:
    wanted: list[tuple[str, object]] = []
    desk.wanted.connect(lambda key, request: wanted.append((key, request)))
    screen.cards["starts"].clicked.emit()
    screen.meanings.chosen.emit(Meaning.LAGGING)
    screen.ranking.chosen.emit("衡南县")
    assert wanted == [
        ("ledger", LedgerQuery(cases=frozenset({Case.OVERDUE_START}))),
        ("ledger", LedgerQuery(meanings=frozenset({Meaning.LAGGING}))),
        ("ledger", LedgerQuery(units=frozenset({"衡南县"}))),
    ]


def test_charts_can_be_copied(screen: HomeScreen, desk: Desk) -> None:
    screen._chart.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "月份\t计划（亿元）\t完成（亿元）\t预计（亿元）"
    assert len(lines) == 13
    assert lines[12].startswith("12月\t1005.3000\t")
    screen.ranking.copy()
    assert QGuiApplication.clipboard().text().splitlines()[1].startswith("1\t")


@pytest.mark.parametrize(("top", "shown"), [
    (1005.3, [250, 500, 750, 1000]), (80, [25, 50, 75]), (3.2, [1, 2, 3]), (10, [2.5, 5, 7.5, 10])])
def test_the_axis_has_few_round_ticks(top: float, shown: list[float]) -> None:
    assert ticks(top) == pytest.approx(shown)
