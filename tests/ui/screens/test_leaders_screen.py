"""联系领导: one key from anywhere; every leader with his projects, the same numbers as the ledger's scope."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hydesk.domain.dates import LooseDate
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.scopes.scope import WHOLE
from hydesk.services.milestones.record_milestone import record_milestone
from hydesk.services.pages.leader_sheet import leader_sheet
from hydesk.services.pages.leaders import leaders_page
from hydesk.services.pages.overview import overview
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.standings.read_scope import scope_of
from hydesk.ui.desk import Desk
from hydesk.ui.frame.main_window import MainWindow
from hydesk.ui.requests import ShowLeader
from hydesk.ui.screens.leaders.columns import TABS
from hydesk.ui.screens.leaders.screen import LeadersScreen
from tests.ui.conftest import open_window

Settle = Callable[[Desk], None]


@pytest.fixture
def window(desk: Desk, qtbot: QtBot, settle: Settle) -> MainWindow:
    made = open_window(desk, qtbot)
    made.go_to("home")
    settle(desk)
    return made


@pytest.fixture
def screen(window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot) -> LeadersScreen:
    qtbot.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    found = window.made("leaders")
    assert isinstance(found, LeadersScreen)
    return found


def test_every_leader_stands_with_the_numbers_of_his_scope(screen: LeadersScreen, desk: Desk) -> None:
    names = [x.name for x in screen.leaders.list.items]
    assert len(names) == 8
    for x in screen.leaders.list.items:
        seen = overview(desk.ledger, desk.period, scope_of(desk.ledger, desk.period, f"leader={x.name}"))
        assert (x.totals, [p.standing.code for p in x.projects]) == (seen.totals, list(seen.codes))
        assert x.lagging == sum(n for meaning, n in seen.meanings.items() if meaning.bad)


def test_his_sheet_of_one_page_is_one_press_away_also_before_the_reports_were_ever_opened(
        screen: LeadersScreen, window: MainWindow, desk: Desk, settle: Settle) -> None:
    last = screen.leaders.list.items[-1].name
    screen.leaders.select([last], last)
    screen.one_page.click()
    settle(desk)
    assert window.current == "reports"
    page = window.made("reports").report  # type: ignore[attr-defined]
    assert page.made is not None
    assert (page.made.wanted.kind.value, page.made.wanted.subject) == ("leader", last)


def test_tabs_show_what_lags_what_has_problems_and_what_comes_next(screen: LeadersScreen) -> None:
    x = screen.leader
    assert x is not None
    for index, tab in enumerate(TABS):
        screen.tabs.setCurrentIndex(index)
        shown = screen.projects.list.items
        assert screen.tabs.tabText(index) == f"{tab.word} {len(shown)}"
    screen.tabs.setCurrentIndex(1)
    assert len(screen.projects.list.items) == x.lagging
    assert all(p.lamp.meaning.bad for p in screen.projects.list.items)


def test_his_projects_open_in_the_ledger_and_on_their_page(screen: LeadersScreen, window: MainWindow, desk: Desk, settle: Settle) -> None:
    screen.take(ShowLeader("市领导G"))
    assert screen.leader is not None
    assert screen.leader.name == "市领导G"
    screen.open_ledger.click()
    settle(desk)
    assert len(window.made("ledger").model.visible) == 48
    window.go_to("leaders")
    screen.projects.select([screen.projects.list.items[2].standing.id])
    screen.projects.go_to(2)
    screen.projects.opened.emit()
    settle(desk)
    assert window.current == "project"


def test_a_scope_and_two_leaders_of_one_project(screen: LeadersScreen, desk: Desk, settle: Settle) -> None:
    project = screen.leaders.list.items[0].projects[0].standing
    edit_project(desk.ledger, project.id, Field.CITY_LEADER, "张三、李四")
    edit_project(desk.ledger, project.id, Field.COUNTY_LEADER, "张三")
    record_milestone(desk.ledger, project.id, "竣工", "baseline", LooseDate(desk.period.day))
    page = leaders_page(desk.ledger, desk.period, WHOLE, desk.period.day)
    both = {x.name: x for x in page.lines if x.name in ("张三", "李四")}
    assert both["张三"].roles == ("市级联系", "县级包联")
    assert [p.standing.id for p in both["李四"].projects] == [p.standing.id for p in both["张三"].projects] == [project.id]
    screen.scope.choose(scope_of(desk.ledger, desk.period, "领导=李四"))
    screen.reload()
    settle(desk)
    assert {x.name for x in screen.leaders.list.items} == {"张三", "李四"}
    screen.take(ShowLeader("市领导A"))
    settle(desk)
    assert screen.leader is not None
    assert screen.leader.name == "市领导A"


def test_names_of_projects_are_shown_whole_on_the_smallest_desktop(window: MainWindow, screen: LeadersScreen, settle: Settle, desk: Desk) -> None:
    window.resize(1366, 768)
    settle(desk)
    room, table = screen.projects.columnWidth(0), screen.projects
    names = [p.standing.name for x in screen.leaders.list.items for p in x.projects]
    lengths = sorted(table.fontMetrics().horizontalAdvance(n) + 24 for n in names)
    assert lengths[len(lengths) * 9 // 10] <= room
    assert not table.horizontalScrollBar().isVisible()
    for index in range(1, table.model().columnCount()):
        if table.list.columns[index].right:
            wide = max(table.fontMetrics().horizontalAdvance(table.list.text(r, index)) for r in range(table.list.rowCount()))
            assert wide + 18 <= table.columnWidth(index), table.list.columns[index].head


def test_a_leaders_sheet_has_each_of_his_projects_once(screen: LeadersScreen, desk: Desk) -> None:
    screen.take(ShowLeader("市领导G"))
    paper = screen.sheet()()
    assert paper.title == "联系领导项目清单（市领导G）"
    assert screen.leader is not None
    assert paper.table is not None
    names = [row.cells[1] for row in paper.table.rows if len(row.cells) > 2 and row.cells[0].isdigit()]
    assert sorted(names) == sorted(p.standing.name for p in screen.leader.projects)
    assert f"滞后{screen.leader.lagging}个" in paper.body[0]
    with pytest.raises(HydeskError, match="不止一位"):
        leader_sheet(desk.ledger, desk.period, "市领导")
    with pytest.raises(HydeskError, match="现有的是：市领导"):
        leader_sheet(desk.ledger, desk.period, "王五")
