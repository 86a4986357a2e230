"""首页 shows the figures of the ledger, and each opens the projects behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from hydesk.domain.meaning import Meaning
from hydesk.domain.milestones import ListedNode
from hydesk.services.list_milestones import list_milestones
from hydesk.services.list_problems import list_problems
from hydesk.services.list_standings import list_standings
from hydesk.services.override_lamp import override_lamp
from hydesk.services.overview import overview
from hydesk.services.what_waits import what_waits
from hydesk.services.year_curve import CurvePoint
from hydesk.ui.desk import Desk
from hydesk.ui.requests import Case, LedgerQuery, ShowNodes, ShowProblems
from hydesk.ui.screens.home.screen import HomeScreen
from hydesk.ui.widgets.curve import ticks

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
    screen.cards["starts"].unit.click()
    screen.cards["starts"].below.click()
    screen.meanings.chosen.emit(Meaning.LAGGING)
    screen.ranking.chosen.emit("衡南县")
    assert wanted == [
        ("ledger", LedgerQuery(cases=frozenset({Case.NEW_STARTED}))),
        ("ledger", LedgerQuery(cases=frozenset({Case.NEW_TO_START}))),
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


def test_nodes_and_problems_are_counted_as_their_screens_count_them(screen: HomeScreen, desk: Desk) -> None:
    seen = what_waits(desk.ledger, desk.period)
    nodes = list_milestones(desk.ledger, desk.period)
    words = [b.text() for b in screen.node_counts.buttons]
    assert words == [f"■ 逾期 {len(nodes.overdue())}", *(f"{d}天内 {len(nodes.due(d))}" for d in (7, 30, 60))]
    problems = [p for p in list_problems(desk.ledger, desk.period, current=True) if p.status.open]
    assert [b.text() for b in screen.problem_counts.buttons] == [
        f"■ 逾期 {sum(p.overdue for p in problems)}", f"未销号 {len(problems)}"]
    assert len(seen.late) == sum(p.overdue for p in problems) > 0
    wanted: list[tuple[str, object]] = []
    desk.wanted.connect(lambda key, request: wanted.append((key, request)))
    screen.node_counts.buttons[2].click()
    screen.problem_counts.buttons[0].click()
    assert wanted == [("nodes", ShowNodes(30)), ("problems", ShowProblems(overdue=True))]


def test_what_a_person_judged_is_told_apart(screen: HomeScreen, desk: Desk, settle: Settle) -> None:
    project = list_standings(desk.ledger, desk.period)[0]
    override_lamp(desk.ledger, project.id, 2023, Meaning.LAGGING, "资金未落实")
    desk.changes.tell("projects")
    settle(desk)
    assert screen.meanings.judged.text() == "其中人工判定 1 个"
    wanted: list[object] = []
    desk.wanted.connect(lambda _key, request: wanted.append(request))
    screen.meanings.judged.click()
    assert wanted == [LedgerQuery(only=frozenset({project.id}), called="人工判定")]


def test_what_waits_leaves_no_overdue_or_due_node_out(desk: Desk) -> None:
    whole, seen = list_milestones(desk.ledger, desk.period), what_waits(desk.ledger, desk.period)

    def keys(nodes: Iterable[ListedNode]) -> list[tuple[int, str, int | None]]:
        return [(x.project.project_id, x.node.name, x.days) for x in nodes]

    assert keys(seen.overdue) == keys(whole.overdue())
    assert keys(seen.due) == keys(whole.due(60))


def test_nothing_planned_and_nothing_done_is_no_curve_from_0_to_1(screen: HomeScreen) -> None:
    chart = screen._chart
    assert chart is not None
    assert chart.none.isHidden()
    chart.show_curve([CurvePoint(m, 0, 0 if m < 7 else None, None) for m in range(1, 13)])
    assert (chart.none.isHidden(), chart._plot.isHidden()) == (False, True)
    chart.show_curve([CurvePoint(m, 0, m * 10**8, None) for m in range(1, 13)])
    assert (chart.none.isHidden(), chart._plot.isHidden()) == (True, False)
