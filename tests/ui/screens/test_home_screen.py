"""首页 shows the figures of the ledger, and each opens the projects behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import Field
from hydesk.domain.meaning import Meaning
from hydesk.domain.period_work import Station, ToDoKind
from hydesk.domain.periods import Period
from hydesk.domain.scopes.cases import Case
from hydesk.services.doubts.forecast_year import forecast_year
from hydesk.services.milestones.list_milestones import list_milestones
from hydesk.services.milestones.record_milestone import record_milestone
from hydesk.services.pages.ledger_query import LedgerQuery
from hydesk.services.pages.overview import overview
from hydesk.services.pages.project_page import project_page
from hydesk.services.problems.list_problems import list_problems
from hydesk.services.projects.override_lamp import override_lamp
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.chase_units import chase_text
from hydesk.services.returns.returns_board import NOT_REPORTED, returns_board
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.standings.year_curve import CurvePoint, year_curve
from hydesk.ui.desk import Desk
from hydesk.ui.kit.curve import ticks
from hydesk.ui.requests import (
    OpenProject,
    ReturnsPlace,
    ShowProblem,
    ShowProblems,
    ShowReturns,
)
from hydesk.ui.screens.home.screen import HomeScreen
from tests.services.made import draft
from tests.ui.conftest import open_window

Settle = Callable[[Desk], None]
JULY = Period.month(2023, 7)


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
    assert screen.meanings._words[Meaning.AHEAD].text() == f"▲ 超前 {seen.meanings[Meaning.AHEAD]}"


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


def test_the_range_of_the_years_end_lies_on_the_curve(screen: HomeScreen, desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(screen._fan))
    end = forecast_year(desk.ledger, desk.period).year_end.city
    assert (screen._fan[-1].low, screen._fan[-1].high) == (end.low, end.high)
    screen._chart.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].endswith("年底低（亿元）\t年底中（亿元）\t年底高（亿元）")


def test_charts_can_be_copied(screen: HomeScreen, desk: Desk) -> None:
    screen._chart.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("月份\t计划（亿元）\t完成（亿元）\t预计（亿元）")
    assert len(lines) == 13
    assert lines[12].startswith("12月\t1005.3000\t")
    screen.ranking.copy()
    assert QGuiApplication.clipboard().text().splitlines()[1].startswith("1\t")


@pytest.mark.parametrize(("top", "shown"), [
    (1005.3, [250, 500, 750, 1000]), (80, [25, 50, 75]), (3.2, [1, 2, 3]), (10, [2.5, 5, 7.5, 10])])
def test_the_axis_has_few_round_ticks(top: float, shown: list[float]) -> None:
    assert ticks(top) == pytest.approx(shown)


def test_badge_station_and_queue_say_the_same(desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    window = open_window(desk, qtbot)
    window.go_to("home")
    settle(desk)
    home = window.made("home")
    work, parts, shown = home.work, home.stations.parts, home.queue.list.items  # type: ignore[attr-defined]
    assert tuple(shown) == work.queue
    kind = ToDoKind
    assert parts[Station.FOLLOW].figure.text() == f"■ {work.count(kind.NODE_LATE, kind.PROBLEM_LATE)}"
    assert parts[Station.CHASE].figure.text() == str(work.count(kind.UNREPORTED, kind.UNREPORTED_LATE)).join(("■ ", "") if work.days_left < 0 else ("", ""))
    for key, entry in window.navigation.buttons.items():
        assert entry.badge == sum(x.count for x in shown if x.badge == key), key
    nodes = list_milestones(desk.ledger, desk.period)
    problems = [p for p in list_problems(desk.ledger, desk.period, current=True) if p.status.open]
    assert window.navigation.buttons["nodes"].badge == len(nodes.overdue()) > 0
    assert window.navigation.buttons["problems"].badge == sum(p.overdue for p in problems) > 0
    missing = [b.unit for b in returns_board(desk.ledger, desk.period) if b.status == NOT_REPORTED]
    assert parts[Station.RECEIVE].figure.text() == str(work.units - len(missing))


def test_badges_follow_a_change_made_on_another_page(desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    window = open_window(desk, qtbot)
    window.go_to("home")
    settle(desk)
    entry = window.navigation.buttons["nodes"]
    before = entry.badge
    late = list_milestones(desk.ledger, desk.period).overdue()[0]
    window.go_to("settings")
    desk.operations.run("改节点", lambda: record_milestone(
        desk.ledger, late.project.project_id, late.node.name, "actual", LooseDate(date(2023, 6, 20))), window)
    settle(desk)
    assert entry.badge == before - 1


def test_enter_on_a_line_opens_what_waits(screen: HomeScreen, desk: Desk) -> None:
    wanted: list[tuple[str, object]] = []
    desk.wanted.connect(lambda key, request: wanted.append((key, request)))
    for row, line in enumerate(screen.queue.list.items):
        wanted.clear()
        screen.queue.selectRow(row)
        QTest.keyClick(screen.queue, Qt.Key.Key_Return)
        [(key, request)] = wanted
        if line.kind is ToDoKind.NODE_LATE and line.target:
            assert (key, request) == ("project", OpenProject(int(line.target), "nodes"))
        elif line.kind is ToDoKind.PROBLEM_LATE:
            assert (key, request) == ("problems", ShowProblem(int(line.target or 0)))
        elif line.kind in (ToDoKind.UNREPORTED, ToDoKind.UNREPORTED_LATE):
            assert (key, request) == ("returns", ShowReturns(ReturnsPlace.CHASE, unit="南岳区"))
        elif line.kind is ToDoKind.UNASSIGNED:
            assert (key, request) == ("problems", ShowProblems(unassigned=True))
    screen.stations.parts[Station.CHASE].act.click()
    screen.stations.parts[Station.REPORT].act.click()
    assert wanted[-1] == ("reports", None)


def test_the_chase_text_is_copied_from_its_station(screen: HomeScreen, desk: Desk, settle: Settle) -> None:
    screen.stations.parts[Station.CHASE].act.click()
    settle(desk)
    assert QGuiApplication.clipboard().text() == chase_text(desk.ledger, desk.period)


def test_places_moved_stand_beside_the_ranking(screen: HomeScreen, desk: Desk, settle: Settle) -> None:
    settle(desk)
    screen.ranking.copy()
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    now = {line[1]: int(line[0]) for line in lines[1:] if line[0]}
    may = {r.name: r.place for r in overview(desk.ledger, Period.month(2023, 5)).ranking if r.place and r.name in now}
    assert lines[0][-1] == "位次变动"
    for line in lines[1:]:
        if line[1] in may and line[0]:
            then = sum(p < may[line[1]] for p in may.values())
            here = sum(now[n] < now[line[1]] for n in may)
            step = then - here
            assert (line[-1] or "—") == ("—" if not step else f"↑{step}" if step > 0 else f"↓{-step}"), line


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


def test_nothing_planned_and_nothing_done_is_no_curve_from_0_to_1(screen: HomeScreen) -> None:
    chart = screen._chart
    assert chart is not None
    assert chart.none.isHidden()
    chart.show_curve([CurvePoint(m, 0, 0 if m < 7 else None, None) for m in range(1, 13)])
    assert (chart.none.isHidden(), chart.plot.isHidden()) == (False, True)
    chart.show_curve([CurvePoint(m, 0, m * 10**8, None) for m in range(1, 13)])
    assert (chart.none.isHidden(), chart.plot.isHidden()) == (True, False)


@pytest.fixture
def part_of_july(desk: Desk) -> Desk:
    """July chosen, of which only 常宁市 and one project of 雁峰区 have reported: 50 万元 more each."""
    listed = {int(s.code[-3:]): s for s in list_standings(desk.ledger, desk.period)}
    first = min(n for n, s in listed.items() if s.unit == "雁峰区")
    rows = {n: {Field.YEAR_INVESTMENT: (s.year_investment or 0) + 500_000, Field.MONTH_INVESTMENT: 500_000}
            for n, s in listed.items() if s.unit == "常宁市" or n == first}
    apply_return(desk.ledger, draft(desk.ledger, JULY, rows, name="7月.xlsx", unit="常宁市"))
    desk.set_period(JULY)
    return desk


def test_who_has_not_reported_stands_below_the_line_with_the_date_of_its_figures(
    part_of_july: Desk, screen: HomeScreen
) -> None:
    said = screen.ranking.accessibleDescription().split("；")
    assert said[0].startswith("1 常宁市")
    assert "按" not in said[0]
    assert any(line.startswith("— 雁峰区") and line.endswith("（按6月底）") for line in said)
    assert "未报：" in screen.standing.toolTip()
    assert "7月已报 1／19 单位" in screen.standing.whole
    assert screen.cards["rate"].figure.property("measure") == "completion"
    assert "报送不足九成" in screen.cards["rate"].below.text()


def test_a_month_not_all_have_reported_is_told_apart_in_the_curve(part_of_july: Desk, screen: HomeScreen) -> None:
    points = year_curve(part_of_july.ledger, JULY)
    assert [p.whole for p in points[:7]] == [True] * 6 + [False]
    assert points[6].done == overview(part_of_july.ledger, JULY).totals.year_investment
    assert points[6].forecast == (points[5].done or 0) * 7 // 6
    assert screen._seen is not None
    late = next(s for s in list_standings(part_of_july.ledger, JULY) if s.unit == "衡南县" and s.year_investment)
    own = project_page(part_of_july.ledger, late.id, JULY).curve
    assert own[5].done == late.year_investment
    assert own[6].done is None


def test_money_without_a_start_is_counted_apart_and_opened(part_of_july: Desk, screen: HomeScreen, qtbot: QtBot) -> None:
    seen = overview(part_of_july.ledger, JULY)
    card = screen.cards["starts"]
    assert seen.starts.money_only == len(seen.money_only) > 0
    assert card.aside.text() == f"有投资未记开工 {seen.starts.money_only}"
    assert card.aside.width() >= card.aside.sizeHint().width()
    wanted: list[tuple[str, object]] = []
    part_of_july.wanted.connect(lambda key, request: wanted.append((key, request)))
    card.aside.click()
    assert wanted == [("ledger", LedgerQuery(cases=frozenset({Case.MONEY_NO_START})))]
    card.say_aside("")
    assert card.aside.isHidden()
