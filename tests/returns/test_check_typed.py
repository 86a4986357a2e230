"""Figures typed into the ledger are told what a return with them would be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from hydesk.domain.fields import Field
from hydesk.domain.findings import Level
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import KnownProject, PeriodFigures
from hydesk.returns.check_typed import check_typed

F = Field
JUNE = Period.month(2023, 6)
WAN = 10_000
MAY = PeriodFigures(Period.month(2023, 5), {F.MONTH_INVESTMENT: 100 * WAN, F.YEAR_INVESTMENT: 500 * WAN, F.TOTAL_INVESTED: 1_500 * WAN})
PROJECT = KnownProject("HY1", "甲项目", "衡南县", total_investment=9_000 * WAN, invested_before=1_000 * WAN, annual_plan=2_000 * WAN, started=True,
                       previous=MAY, newest=MAY, closing=MAY)


def codes(typed: Mapping[Field, int | None], project: KnownProject = PROJECT) -> list[str]:
    return [f.code for f in check_typed(project, JUNE, typed, {})]


def test_figures_that_go_on_from_last_month_are_not_doubted() -> None:
    assert codes({F.MONTH_INVESTMENT: 150 * WAN, F.YEAR_INVESTMENT: 650 * WAN, F.TOTAL_INVESTED: 1_650 * WAN}) == []


def test_a_sum_that_falls_is_told_at_its_own_field_and_names_the_project() -> None:
    (found,) = check_typed(PROJECT, JUNE, {F.YEAR_INVESTMENT: 400 * WAN}, {F.YEAR_INVESTMENT: "四百"})
    assert (found.code, found.field, found.project, found.sheet) == ("ytd_fell", F.YEAR_INVESTMENT, "HY1", None)
    assert found.message.endswith("。")


def test_what_is_held_already_is_checked_together_but_told_only_of_what_was_typed() -> None:
    held = replace(PROJECT, current=PeriodFigures(JUNE, {F.MONTH_INVESTMENT: 150 * WAN}))
    assert codes({F.YEAR_INVESTMENT: 650 * WAN}, held) == []
    assert codes({F.YEAR_INVESTMENT: 640 * WAN}, held) != []
    assert codes({F.TOTAL_INVESTED: 1_650 * WAN}, replace(held, current=PeriodFigures(JUNE, {F.YEAR_INVESTMENT: 400 * WAN}))) == ["since_start_mismatch"]


def test_what_is_emptied_is_not_checked() -> None:
    assert codes({F.YEAR_INVESTMENT: None}) == []


@pytest.mark.parametrize(("typed", "field"), [
    ({F.ANNUAL_PLAN: 9_001 * WAN}, F.ANNUAL_PLAN), ({F.TOTAL_INVESTMENT: 1_999 * WAN}, F.TOTAL_INVESTMENT),
    ({F.ANNUAL_PLAN: 11 * WAN, F.TOTAL_INVESTMENT: 10 * WAN}, F.ANNUAL_PLAN)])
def test_a_plan_above_the_whole_is_an_error_at_what_was_changed(typed: dict[Field, int | None], field: Field) -> None:
    (found,) = (f for f in check_typed(PROJECT, JUNE, typed, {}) if f.code == "plan_over_total")
    assert (found.level, found.field) == (Level.ERROR, field)


@pytest.mark.parametrize("typed", [{F.ANNUAL_PLAN: 9_000 * WAN}, {F.TOTAL_INVESTMENT: 2_000 * WAN}, {F.ANNUAL_PLAN: None}, {F.TOTAL_INVESTMENT: None},
                                   {F.MONTH_INVESTMENT: 150 * WAN}])
def test_a_plan_as_large_as_the_whole_or_none_is_none(typed: dict[Field, int | None]) -> None:
    assert "plan_over_total" not in codes(typed)


YEAR_HELD = replace(PROJECT, current=PeriodFigures(JUNE, {F.MONTH_INVESTMENT: 150 * WAN, F.YEAR_INVESTMENT: 650 * WAN}))


def test_a_month_that_no_longer_adds_up_to_the_sum_held_is_told_at_the_month() -> None:
    (found,) = check_typed(YEAR_HELD, JUNE, {F.MONTH_INVESTMENT: 180 * WAN}, {F.MONTH_INVESTMENT: "180"})
    assert (found.code, found.level, found.field) == ("ytd_mismatch", Level.WARNING, F.MONTH_INVESTMENT)
    assert "差 30.00 万元" in found.message


def test_a_month_above_the_whole_sum_held_is_told() -> None:
    assert codes({F.MONTH_INVESTMENT: 700 * WAN}, YEAR_HELD) == ["month_over_year"]


def test_a_month_that_mends_what_did_not_add_up_is_not_told_and_an_older_fault_elsewhere_not_again() -> None:
    astray = replace(YEAR_HELD, current=PeriodFigures(JUNE, {F.MONTH_INVESTMENT: 100 * WAN, F.YEAR_INVESTMENT: 650 * WAN}))
    assert codes({F.MONTH_INVESTMENT: 150 * WAN}, astray) == []
    fallen = replace(YEAR_HELD, current=PeriodFigures(JUNE, {F.YEAR_INVESTMENT: 400 * WAN}))
    assert codes({F.STATISTICS_MONTH: 10 * WAN}, fallen) == []


def test_nothing_is_told_of_a_figure_that_is_emptied_beside_a_sum_held() -> None:
    assert codes({F.MONTH_INVESTMENT: None}, YEAR_HELD) == []
