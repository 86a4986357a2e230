"""Without earlier years: the year's own months bend the usual course, and what projects do says how they go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from hydesk.domain.forecast.city_course import CityCourse, month_paces
from hydesk.domain.forecast.usual import Scatter, waiting
from hydesk.domain.forecast.year_end import forecast_year_end
from hydesk.domain.project_year import ProjectYear
from tests.worlds import habits
from tests.worlds.base import plain

YEAR = 2022
EVEN = [1 / 12] * 12
LATE = [0.02] * 6 + [0.88 / 6] * 6
EARLY = [0.14] * 6 + [0.16 / 6] * 6


def of_shares(shares: Sequence[float], month: int, count: int = 24, end: float = 1.2) -> list[ProjectYear]:
    """Projects of one city that all share the year in the same way."""
    plan = 100_000_000
    sums = [round(plan * end * sum(shares[:m])) for m in range(1, month + 1)]
    return [ProjectYear(n, f"HY2022-{n:03d}", f"项目{n}", f"单位{n % 3}", YEAR, "续建", plan, 10 * plan, plan, actual_start=date(YEAR - 1, 5, 1),
                        year_investment=[*sums, *[None] * (12 - month)]) for n in range(1, count + 1)]


@pytest.mark.parametrize("month", [3, 6, 9])
def test_a_city_that_puts_off_has_more_before_it_than_one_that_began_early(month: int) -> None:
    late, even, early = (CityCourse.of(of_shares(s, month), month) for s in (LATE, EVEN, EARLY))
    assert late.between(month) / late.between(0, month) > even.between(month) / even.between(0, month) > early.between(month) / early.between(0, month)


def test_an_even_year_is_seen_to_be_even() -> None:
    course = CityCourse.of(of_shares(EVEN, 9), 9)
    assert course.between(0, 9) == pytest.approx(0.9)
    assert 1.15 <= course.end <= 1.4
    assert CityCourse.of(of_shares(EVEN, 9), 9).off < CityCourse.of([], 0).off * 1.6


def test_before_anything_is_told_it_is_the_course_of_other_cities() -> None:
    course = CityCourse.of([], 0)
    assert course.end == pytest.approx(1.2)
    assert 0.38 <= course.between(0, 6) / course.end <= 0.44


def test_a_report_over_several_months_brings_each_an_even_part() -> None:
    first, *others = of_shares(EVEN, 4)
    quiet = replace(first, year_investment=[None, None, *first.year_investment[2:]])
    assert month_paces([quiet, *others], 4) == pytest.approx([0.1] * 4)
    assert month_paces(others, 0) == []


def test_what_joins_the_list_in_the_year_is_no_leap_of_the_city() -> None:
    held = of_shares(EVEN, 8)
    joined = [replace(p, id=p.id + 100, year_investment=[None] * 5 + list(p.year_investment[5:])) for p in held[:8]]
    alone, both = CityCourse.of(held, 8), CityCourse.of([*held, *joined], 8)
    assert both.end == pytest.approx(alone.end, rel=0.02)


@pytest.mark.parametrize(("scatter", "low", "mid", "high"), [
    (Scatter(0.0, 0.5, 1.0, 2.0), 0.5, 1.0, 2.0),
    (Scatter(0.5, 0.5, 1.0, 2.0), 0.0, 0.0, 1.144),
    (Scatter(0.9, 0.5, 1.0, 2.0), 0.0, 0.0, 0.0),
])
def test_where_more_than_one_in_ten_bring_nothing_the_low_end_is_nothing(scatter: Scatter, low: float, mid: float, high: float) -> None:
    assert scatter.ends == pytest.approx((low, mid, high), abs=0.01)


def test_the_later_a_start_is_and_the_less_permitted_the_less_is_expected() -> None:
    soon, later, overdue = (waiting(6, ahead, late, False, False) for ahead, late in ((1, 0), (5, 0), (0, 4)))
    assert soon[0] > later[0] > overdue[0]
    assert soon[1] < later[1] < overdue[1]
    permitted = waiting(6, 5, 0, True, False)
    assert permitted[0] > later[0]
    assert permitted[1] < later[1]


def test_a_project_that_stopped_is_expected_to_bring_less_than_one_that_moves() -> None:
    held = of_shares(EVEN, 9)
    stopped = replace(held[0], year_investment=[*held[0].year_investment[:6], *[held[0].year_investment[5]] * 3, None, None, None])
    found = forecast_year_end({YEAR: [stopped, *held[1:]]}, YEAR, 9)
    one, other = found.projects[stopped.id], found.projects[held[1].id]
    assert one.low == one.mid == one.done
    assert other.mid - other.done > one.high - one.done


@pytest.mark.parametrize("month", [4, 9])
def test_four_of_five_ends_are_held_over_cities_of_unlike_habits(month: int) -> None:
    inside = whole = 0
    for seed in (211, 212, 213, 214):
        drafts = habits.city(seed, projects=150)
        told = forecast_year_end(plain(drafts, YEAR, month), YEAR, month)
        ends = {p.id: p.done(12) for p in plain(drafts, YEAR, 12)[YEAR]}
        inside += sum(told.projects[k].low <= v <= told.projects[k].high for k, v in ends.items())
        whole += len(ends)
    assert 0.72 <= inside / whole <= 0.9
