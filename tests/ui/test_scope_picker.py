"""范围: three actions reach a scope on any page, and every page then shows the number of that scope."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from hydesk.domain.measures.ranking import RankingWay
from hydesk.domain.money import MoneyUnit, format_money
from hydesk.services.pages.overview import overview
from hydesk.services.rules.office_rules import set_ranking_way
from hydesk.services.standings.read_scope import scope_of
from hydesk.ui.desk import Desk
from hydesk.ui.frame.main_window import MainWindow
from hydesk.ui.kit.scope_picker import ScopePicker
from tests.ui.conftest import open_window

Settle = Callable[[Desk], None]


@pytest.fixture
def window(desk: Desk, qtbot: QtBot, settle: Settle) -> MainWindow:
    made = open_window(desk, qtbot)
    made.go_to("home")
    settle(desk)
    return made


def fields(picker: ScopePicker) -> dict[str, QMenu]:
    """The menus of the fields that are offered."""
    return {m.title(): m for a in picker.menu_.actions() if isinstance(m := a.menu(), QMenu)}


def test_three_actions_choose_a_leader_and_the_page_counts_only_his(window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    home = window.made("home")
    qtbot.mouseClick(home.scope, Qt.MouseButton.LeftButton)
    settle(desk)
    leaders = fields(home.scope)["联系领导"]
    leaders.aboutToShow.emit()
    action = next(a for a in leaders.actions() if a.text().startswith("市领导G\t"))
    assert action.text().split("\t")[1] == "48"
    action.trigger()
    settle(desk)
    scope = scope_of(desk.ledger, desk.period, "联系领导=市领导G")
    seen = overview(desk.ledger, desk.period, scope)
    assert home.scope.scope == scope
    assert home.cards["projects"].figure.text() == "48"
    assert home.cards["done"].figure.text() == format_money(seen.totals.year_investment, MoneyUnit.YI, 2)
    home.cards["projects"].clicked.emit()
    settle(desk)
    ledger = window.made("ledger")
    assert ledger.model.query.scope == scope
    assert ledger.model.totals().year_investment == seen.totals.year_investment
    home.scope.clear()
    settle(desk)
    assert home.cards["projects"].figure.text() == "388"


def test_a_scope_is_typed_and_what_is_wrong_is_said_beside_it(window: MainWindow, desk: Desk, settle: Settle) -> None:
    home = window.made("home")
    home.scope.open()
    settle(desk)
    home.scope.typed.setText("级别=国际")
    home.scope.take_typed()
    assert "没有级别“国际”" in home.scope.wrong.text()
    assert not home.scope.scope.narrowed
    home.scope.typed.setText("级别=省；总投资>=10亿")
    home.scope.take_typed()
    settle(desk)
    assert home.scope.scope.words == "级别为省，总投资不低于10亿元"
    assert int(home.cards["projects"].figure.text()) < 79


def test_counts_of_a_field_take_the_other_conditions_into_account(window: MainWindow, desk: Desk, settle: Settle) -> None:
    home = window.made("home")
    home.scope.open()
    settle(desk)
    home.scope.typed.setText("级别=省")
    home.scope.take_typed()
    settle(desk)
    home.scope.open()
    menus = fields(home.scope)
    for of in ("单位", "级别"):
        menus[of].aboutToShow.emit()
    assert sum(int(a.text().split("\t")[1]) for a in menus["单位"].actions()) == 79
    assert sum(int(a.text().split("\t")[1]) for a in menus["级别"].actions()) == 388


def test_the_ledger_and_the_statistics_take_the_same_scope(window: MainWindow, desk: Desk, settle: Settle) -> None:
    window.go_to("ledger")
    settle(desk)
    ledger = window.made("ledger")
    ledger.filters.scope.open()
    settle(desk)
    ledger.filters.scope.typed.setText("总投资>=10亿;县市区=衡南县|祁东县")
    ledger.filters.scope.take_typed()
    assert ledger.model.query.units == {"衡南县", "祁东县"}
    assert ledger.filters.scope.text() == "条件：总投资不低于10亿元 ▾"
    window.go_to("reports")
    window.made("reports").show_place(2)
    settle(desk)
    statistics = window.made("reports").statistics
    statistics.scope.choose(ledger.model.query.scope)
    statistics.scope.chosen.emit()
    settle(desk)
    assert statistics.made is not None
    assert statistics.made.whole.count == len(ledger.model.visible)
    assert statistics.made.whole.year_investment == ledger.model.totals().year_investment
    assert "总投资不低于10亿元" in statistics.note


def test_the_finder_knows_leaders_and_typed_scopes(window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    finder = window.topline.finder
    finder.setFocus()
    settle(desk)
    finder.setText("市领导G")
    finder.textEdited.emit("市领导G")
    texts = [finder.list.item(i).text() for i in range(finder.list.count())]
    assert texts[0] == "联系领导 市领导G　48 个项目"
    assert texts[-1] == "在台账中筛选“市领导G”（48 个项目）"
    qtbot.keyClick(finder, Qt.Key.Key_Return)
    settle(desk)
    assert window.made("leaders").leader.name == "市领导G"
    finder.setFocus()
    settle(desk)
    finder.setText("级别=省")
    finder.textEdited.emit("级别=省")
    assert any(finder.list.item(i).text() == "在台账中看 级别为省（79 个项目）" for i in range(finder.list.count()))


def test_groups_stand_apart_in_the_ranking_where_the_office_wants(window: MainWindow, desk: Desk, settle: Settle) -> None:
    home = window.made("home")
    set_ranking_way(desk.ledger, RankingWay.APART)
    home.reload()
    settle(desk)
    bars = home.ranking
    assert list(bars._heads.values()) == ["县市区", "园区", "市直部门"]
    places = [line.place for line in bars._lines]
    assert places.count(1) == 3
    rows = [bars._row_at(QPoint(5, bars._top(i) + 3)) for i in range(len(places))]
    assert rows == list(range(len(places)))
