"""序时计划: filled like in Excel, spread, kept in one act with its reason, for the year that is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from hydesk.domain.month_plan import MonthPlan, PlanStep, Spreading
from hydesk.domain.periods import Period
from hydesk.services.projects.import_month_plans import write_plan_template
from hydesk.services.projects.month_plans import list_month_plans
from hydesk.ui.desk import Desk
from hydesk.ui.requests import ShowLists
from hydesk.ui.screens.lists.plan_table import FACTS
from hydesk.ui.screens.lists.plans import PlansPage
from tests.ui.conftest import open_window

Settle = Callable[[Desk], None]


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, settle: Settle) -> PlansPage:
    window = open_window(desk, qtbot)
    window.go_to("lists", ShowLists("plans"))
    settle(desk)
    made: PlansPage = window.made("lists").plans
    return made


def held(desk: Desk, row: int) -> MonthPlan | None:
    return list_month_plans(desk.ledger, desk.period)[row].plan


def test_a_row_is_pasted_typed_emptied_and_kept(page: PlansPage, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("100\t200\t1,000.5\n300")
    page.table.setCurrentIndex(page.model.index(1, len(FACTS) + 2))
    page.table.paste()
    assert page.model.amounts(1)[2:5] == (1_000_000, 2_000_000, 10_005_000)
    assert page.model.amounts(2)[2] == 3_000_000
    assert page.strip.title.text() == "改动 2 个项目的2023年计划，还没有写入"
    page.model.setData(page.model.index(1, len(FACTS)), "50")
    page.table.setCurrentIndex(page.model.index(2, len(FACTS) + 2))
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert page.unsaved == 1
    page.save()
    settle(desk)
    assert held(desk, 1) == MonthPlan((500_000, 0, 1_000_000, 2_000_000, 10_005_000, *[0] * 7))
    assert held(desk, 2) is None
    assert not page.strip.isVisible()


def test_what_cannot_stand_there_is_said_and_nothing_of_the_block_taken(page: PlansPage) -> None:
    for words in ("很多", "-5"):
        page.model.type_block(0, 0, [["100"], [words]])
        assert page.wrong.text()
        assert page.unsaved == 0


def test_spreading_waits_to_be_kept_and_a_change_needs_its_reason(page: PlansPage, desk: Desk, settle: Settle) -> None:
    page.spread_out(Spreading.SEASON)
    settle(desk)
    assert page.unsaved == 378
    assert "没有铺开 10 个" in page.wrong.text()
    page.save()
    settle(desk)
    assert sum(line.plan is not None for line in list_month_plans(desk.ledger, desk.period)) == 378
    page.table.selectRow(0)
    page.spread_out(Spreading.EVEN, chosen=True)
    settle(desk)
    assert page.unsaved == 1
    page.save()
    settle(desk)
    assert "改动要写明理由" in page.wrong.text()
    page.reason.setText("年中调整")
    page.save()
    settle(desk)
    assert page.unsaved == 0
    desk.operations.step_back()
    settle(desk)
    assert held(desk, 0) != MonthPlan((held(desk, 0).amounts[0],) * 12)  # type: ignore[union-attr]


def test_what_is_not_kept_holds_the_scope_and_goes_to_the_year_it_was_typed_for(page: PlansPage, desk: Desk, settle: Settle) -> None:
    page.model.type_block(0, 0, [["100"] * 12])
    page.scope._take(page.scope.scope.also(*page.scope.scope.conditions))
    desk.set_period(Period.month(2024, 1))
    settle(desk)
    assert page.unsaved == 1
    page.save()
    settle(desk)
    assert list_month_plans(desk.ledger, Period.month(2023, 6))[0].plan == MonthPlan((1_000_000,) * 12)


def test_quarters_are_shown_and_a_workbook_is_taken_in(page: PlansPage, desk: Desk, settle: Settle, tmp_path: Path) -> None:
    page.steps.setCurrentIndex(1)
    page.model.type_block(0, 0, [["1", "2", "3", "4"]])
    assert page.model.plan(0).quarters == (10_000, 20_000, 30_000, 40_000)  # type: ignore[union-attr]
    page.save()
    settle(desk)
    path = tmp_path / "计划.xlsx"
    write_plan_template(desk.ledger, path, desk.period, step=PlanStep.QUARTER)
    page.take_file(path)
    settle(desk)
    assert held(desk, 0).step is PlanStep.QUARTER  # type: ignore[union-attr]
    assert not page.unsaved
