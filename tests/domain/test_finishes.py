"""竣工: planned, finished, due, overdue and early at their edges; the lists behind each number are scopes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from hydesk.domain.lamps import LampRule
from hydesk.domain.measures.finishes import (
    Finishes,
    Goal,
    count_finishes,
    finished_early,
    list_finishes,
    overdue_finish,
    to_finish,
)
from hydesk.domain.measures.yardstick import Yardstick
from hydesk.domain.scopes.cases import Case, cases_of
from tests.reports.made import JUNE, standing

ON = JUNE.end


@pytest.mark.parametrize(("facts", "planned"), [
    ({"planned_finish": date(2023, 12, 31), "finish_year": 2025}, True), ({"planned_finish": date(2024, 1, 1), "finish_year": 2023}, False),
    ({"finish_year": 2023}, True), ({"finish_year": 2024}, False), ({"finish_year": None}, False), ({"finish_year": 2023, "nature": "预备"}, False),
    ({"finish_year": 2023, "actual_finish": date(2022, 12, 31)}, False), ({"finish_year": 2023, "actual_finish": date(2023, 1, 1)}, True)])
def test_what_is_to_finish_in_a_year(facts: dict[str, Any], planned: bool) -> None:
    assert to_finish(standing(**facts), 2023) is planned


def test_overdue_from_the_planned_day_on_and_early_by_a_whole_month() -> None:
    assert overdue_finish(standing(planned_finish=ON), ON)
    assert not overdue_finish(standing(planned_finish=date(2023, 7, 1)), ON)
    assert not overdue_finish(standing(planned_finish=ON, actual_finish=ON), ON)
    assert overdue_finish(standing(planned_finish=ON, actual_finish=date(2023, 7, 1)), ON)
    assert not overdue_finish(standing(finish_year=2023), ON)
    assert finished_early(standing(planned_finish=date(2023, 7, 1), actual_finish=ON), ON)
    assert not finished_early(standing(planned_finish=ON, actual_finish=date(2023, 6, 1)), ON)


def test_counts_rates_and_the_cases_behind_them_agree() -> None:
    some = [
        standing(1, planned_finish=date(2023, 5, 1)), standing(2, planned_finish=date(2023, 5, 1), actual_finish=date(2023, 5, 20)),
        standing(3, planned_finish=date(2023, 9, 1), actual_finish=date(2023, 6, 30)), standing(4, finish_year=2023),
        standing(5, planned_finish=date(2024, 5, 1), actual_finish=date(2023, 6, 1)), standing(6, finish_year=2024)]
    found = count_finishes(some, 2023, ON)
    assert found == Finishes(planned=4, finished=2, due=2, overdue=1, early=1, unplanned=1)
    assert (found.year_rate, found.due_rate) == (Decimal("0.5"), Decimal(1))
    none = count_finishes([standing(6, finish_year=2024)], 2023, ON)
    assert (none.year_rate, none.due_rate) == (None, None)
    by = Yardstick(LampRule(), JUNE, ON)
    told = [cases_of(p, JUNE, by) for p in some]
    for case, count in ((Case.TO_FINISH, found.planned), (Case.FINISHED, found.finished), (Case.OVERDUE_FINISH, found.overdue)):
        assert sum(case in cases for cases in told) == count


@pytest.mark.parametrize(("goal", "planned", "actual", "cases"), [
    (Goal.PRODUCTION, "planned_production", "actual_production", (Case.TO_PRODUCE, Case.PRODUCED, Case.OVERDUE_PRODUCTION)),
    (Goal.CAPACITY, "planned_capacity", "actual_capacity", (Case.TO_CAPACITY, Case.AT_CAPACITY, Case.OVERDUE_CAPACITY))])
def test_production_and_capacity_are_counted_as_finishes_are_but_never_by_the_finish(
        goal: Goal, planned: str, actual: str, cases: tuple[Case, ...]) -> None:
    may = date(2023, 5, 1)
    some = [
        standing(1, **{planned: may}), standing(2, **{planned: may, actual: may}), standing(3, **{planned: date(2023, 9, 1), actual: ON}),
        standing(4, finish_year=2023, planned_finish=may, actual_finish=may), standing(5, **{actual: date(2023, 2, 1)}),
        standing(6, **{planned: ON, "nature": "预备"}), standing(7, **{planned: may, actual: date(2023, 7, 1)}),
        standing(8, **{planned: date(2024, 1, 1)})]
    lists = list_finishes(some, 2023, ON, goal)
    assert lists.counted == Finishes(planned=4, finished=2, due=3, overdue=2, early=1, unplanned=1)
    assert [p.id for p in lists.overdue] == [1, 7]
    assert [p.id for p in lists.unplanned] == [5]
    by = Yardstick(LampRule(), JUNE, ON)
    told = [cases_of(p, JUNE, by) for p in some]
    assert [sum(case in held for held in told) for case in cases] == [4, 2, 2]
