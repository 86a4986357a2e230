"""The fixed pages of 工作机制: lists, boards, promises, targets, assessment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from hydesk.domain.periods import Period
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.mechanisms.assess_units import assess_units, assessment_rules
from hydesk.services.mechanisms.plan_standings import plan_standings
from hydesk.services.mechanisms.red_yellow import board_rule, propose
from hydesk.services.mechanisms.scale_lists import scale_lists
from hydesk.services.mechanisms.settle_promises import settle_promises
from hydesk.services.registers.fill_shipped import register_called
from hydesk.services.registers.list_registers import open_register
from hydesk.ui.desk import Desk
from hydesk.ui.kit.form import put_words
from hydesk.ui.requests import ShowRegister
from hydesk.ui.screens.registers.screen import RegistersScreen
from tests.ui.conftest import open_window

Settle = Callable[[Desk], None]
Show = Callable[[str], Any]


@pytest.fixture
def show(desk: Desk, qtbot: QtBot, settle: Settle) -> Show:
    window = open_window(desk, qtbot)

    def make(name: str) -> Any:
        window.go_to("work", ShowRegister(page=name))
        settle(desk)
        screen = window.made("work")
        assert isinstance(screen, RegistersScreen)
        return screen.fixed[name]

    return make


def test_the_lists_of_the_month_in_order(show: Show, desk: Desk) -> None:
    page = show("scale")
    lists = scale_lists(desk.ledger, desk.period)
    assert page.tabs.count() == len(lists) + 1
    page.tabs.setCurrentIndex(4)
    assert [x.unit for x in page.table.list.items] == [x.unit for x in lists[4].lines]
    assert lists[4].definition in page.said.text()


def test_a_units_projects_behind_the_lists_are_shown_and_printed(show: Show, desk: Desk) -> None:
    page = show("scale")
    page.tabs.setCurrentIndex(2)
    page.table.selectRow(0)
    unit = page.table.selected()[0]
    page._open()
    assert page.on_majors
    chosen = page.table.selected()
    assert {m.project.unit for m in chosen} == {unit.unit}
    assert len(chosen) == unit.value
    assert page._paper()().title.startswith("在建重大产业项目清单")


def test_boards_are_proposed_made_public_and_taken_back(show: Show, desk: Desk, settle: Settle) -> None:
    page = show("boards")
    wanted = propose(desk.ledger, desk.period)
    assert len(page.proposed.list.items) == len(wanted) > 0
    page.publish()
    settle(desk)
    key = register_called(desk.ledger, "red_yellow")
    assert key is not None

    def of_june() -> int:
        return sum(r.values.get("month") == str(desk.period) for r in open_register(desk.ledger, key or 0, desk.period).records)

    assert of_june() == len(wanted)
    undo_last(desk.ledger)
    assert of_june() == 0
    page.start_rule()
    put_words(page.panel.form.inputs["red"], "三")
    page.panel.form.submit()
    assert "数字" in page.panel.form.error.text()
    put_words(page.panel.form.inputs["red"], "3")
    page.panel.form.submit()
    settle(desk)
    assert board_rule(desk.ledger).red == 3
    assert sum(p.board.startswith("红榜") for p in page.proposed.list.items) == 3


def test_promises_stand_with_word_and_shape(show: Show, desk: Desk) -> None:
    page = show("promises")
    promises = settle_promises(desk.ledger, desk.period)
    assert page.table.list.rowCount() == len(promises)
    page.tabs.setCurrentIndex(1)
    assert page.table.list.rowCount() == sum(p.kept is False for p in promises)
    assert all(x.state == "■ 未兑现" for x in page.table.list.items)


def test_targets_are_drawn_with_the_path_needed(show: Show, desk: Desk) -> None:
    page = show("targets")
    assert page.table.list.rowCount() == len(plan_standings(desk.ledger, desk.period))
    assert page.table.selected()[0].standing.way.label == "◆ 落后"
    behind = next(p for p in page.table.list.items if p.indicator == "汽车产业产值")
    page.table.select([behind.record_id], behind.record_id)
    lines = page.chart.lines()
    latest = next(x for x in lines if x[0] == str(behind.target.latest_year))
    assert latest[1] == "700"
    assert latest[2] == "610"


def test_a_trial_run_moves_nobody_until_it_is_kept(show: Show, desk: Desk, settle: Settle) -> None:
    page = show("scores")
    before = assess_units(desk.ledger, desk.period)
    assert [r.scored.unit for r in page.rows] == [s.unit for s in before]
    page.table.selectRow(0)
    page.explain()
    said = [w.text() for w in page.panel.area.widget().findChildren(type(page.title))]
    assert all(any(x.reason in s for s in said) for x in before[0].lines)
    page.start_rules()
    editor = page.editor
    editor.lines[0].numbers["points"].setText("很多")
    editor.try_rules()
    assert "应是数字" in editor.error.text()
    editor.lines[0].numbers["points"].setText("0.5")
    editor.lines[0].numbers["least"].setText("0")
    editor.try_rules()
    settle(desk)
    assert any(r.moved != "—" for r in page.rows)
    assert assess_units(desk.ledger, desk.period) == before
    editor.save()
    settle(desk)
    assert str(assessment_rules(desk.ledger)[0].points) == "0.5"
    undo_last(desk.ledger)
    assert assess_units(desk.ledger, Period.month(2023, 6)) == before


def test_the_provinces_view_of_the_city_is_explained_unit_by_unit(show: Show, desk: Desk, settle: Settle) -> None:
    from hydesk.services.mechanisms.assess_city import city_rules

    page = show("province")
    assert [x.rule.key for x in page.table.list.items] == [r.key for r in city_rules(desk.ledger)]
    page.table.selectRow(0)
    page.explain()
    said = [w.text() for w in page.panel.area.widget().findChildren(type(page.title))]
    assert "衡南县" in said
    page.start_rules()
    page.editor.lines[0].numbers["points"].setText("30")
    page.editor.try_rules()
    settle(desk)
    assert "还没有保存" in page.total.text()
    page.editor.leave()
    settle(desk)
    assert "还没有保存" not in page.total.text()
    assert str(city_rules(desk.ledger)[0].points) == "40"
