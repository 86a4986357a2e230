"""The edges of ranking, increments, sums, starts, need and forecast (docs/rules.md §3, §4.1, §5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from hydesk.domain.measures.gains import Gain, gain_of
from hydesk.domain.measures.measured import AsOf, Cover
from hydesk.domain.measures.need import forecast, monthly_need, months_gone, months_left
from hydesk.domain.measures.ranking import Ranked, moved_among, moves, rank, rank_units
from hydesk.domain.measures.reach import LateUnit, reach_of
from hydesk.domain.measures.starts import (
    Starts,
    count_starts,
    has_started,
    money_without_start,
    overdue_start,
    started_early,
    to_start,
)
from hydesk.domain.measures.totals import SUMS, group_by, sum_up, total, totals_of
from hydesk.domain.periods import Period, Week
from tests.reports.made import standing

D = Decimal
MAY, JUNE, JULY = (Period.month(2023, m) for m in (5, 6, 7))
WEEK, BEFORE = Period.week(2023, 28), Period.week(2023, 27)
END = date(2023, 6, 30)


# Ranking (§4.1)


def line(name: str, done: int | None, plan: int | None) -> tuple[str, Any]:
    return name, sum_up([standing(1, year_investment=done, annual_plan=plan)])


def test_equal_rates_are_ranked_by_amount_and_equal_in_both_share_a_place() -> None:
    found = rank([line("甲", 5, 10), line("乙", 10, 20), line("丙", 5, 10), line("丁", 4, 10), line("戊", 6, 10)])
    assert [(r.name, r.place) for r in found] == [("戊", 1), ("乙", 2), ("甲", 3), ("丙", 3), ("丁", 5)]
    assert found[0].completion == D("0.6")
    assert [(r.name, r.place) for r in rank([line("甲", 0, 10), line("乙", 0, 20)])] == [("甲", 1), ("乙", 1)]
    # The same amount is no tie where the rates differ.
    assert [(r.name, r.place) for r in rank([line("甲", 5, 20), line("乙", 5, 10)])] == [("乙", 1), ("甲", 2)]


def test_no_plan_no_figures_and_late_units_stand_below_the_line() -> None:
    late = {"己": LateUnit("己", 1, 1, AsOf.of(MAY)), "辛": LateUnit("辛", 1, 1, None)}
    found = rank([line("甲", 5, None), line("乙", None, 10), line("己", 9, 10), line("丙", 0, 10), line("丁", 5, 0), line("辛", None, 10)], late)
    assert [(r.name, r.place) for r in found] == [("丙", 1), ("己", None), ("辛", None), ("甲", None), ("乙", None), ("丁", None)]
    assert [r.as_of for r in found[:3]] == [None, AsOf.of(MAY), None]
    assert [r.late is not None for r in found] == [False, True, True, False, False, False]
    assert rank([]) == []


def test_units_are_ranked_by_who_is_in() -> None:
    units = {"甲": [standing(1, unit="甲", as_of=JULY)], "乙": [standing(2, unit="乙", year_investment=90_000_000)]}
    ranked = rank_units(units, reach_of([p for own in units.values() for p in own], JULY))
    assert [(r.name, r.place) for r in ranked] == [("甲", 1), ("乙", None)]
    assert ranked[1].as_of == AsOf.of(JUNE)


def test_moves_are_among_those_ranked_both_times() -> None:
    now, before = {"甲": 1, "乙": 2, "丙": 3, "新": 4}, {"走": 1, "丙": 2, "甲": 3, "乙": 4}
    assert moved_among(now, before) == {"甲": 1, "乙": 1, "丙": -2}
    assert moved_among({"甲": 1, "乙": 2}, {"甲": 1, "走": 2, "乙": 3}) == {"甲": 0, "乙": 0}
    # Who shares a place stands on the first of the places shared.
    assert moved_among({"甲": 1, "乙": 1, "丙": 3}, {"甲": 1, "乙": 2, "丙": 3}) == {"甲": 0, "乙": 1, "丙": 0}

    def ranks(places: dict[str, int | None]) -> list[Ranked]:
        return [Ranked(n, sum_up([]), p) for n, p in places.items()]
    assert moves(ranks({"甲": 1, "乙": 2, "丙": None}), ranks({"乙": 1, "甲": 2, "丙": 3})) == {"甲": 1, "乙": -1}
    assert moves(ranks({"甲": 1, "丙": 2}), ranks({"甲": 1, "丙": None})) == {"甲": 0}


# Increments (§3.4)


def test_a_months_increment_is_over_those_with_both_sums_and_what_first_came_in() -> None:
    now = [standing(1, year_investment=50, month_investment=10), standing(2, year_investment=30, month_investment=7),
           standing(3, year_investment=20, month_investment=None), standing(4, year_investment=9),
           standing(5, as_of=MAY, year_investment=99), standing(6, year_investment=None)]
    before = [standing(1, as_of=MAY, year_investment=40), standing(2, as_of=MAY, year_investment=25),
              standing(4, as_of=Period.month(2023, 4), year_investment=4), standing(5, as_of=MAY, year_investment=99)]
    found = gain_of(now, before, JUNE)
    assert found is not None
    assert (found.amount, found.both, found.first, found.first_amount, found.own, found.uncounted) == (40, 2, 2, 25, 0, 0)
    assert (found.differing, found.difference, found.counted) == ((2,), 2, 4)
    assert dict(found.by_project) == {1: 10, 2: 5, 3: 20, 4: 5}
    assert found.period == JUNE


def test_what_was_known_without_a_sum_counts_as_nothing_known() -> None:
    found = gain_of([standing(1, year_investment=50)], [standing(1, as_of=MAY, year_investment=None)], JUNE)
    assert found is not None
    assert (found.amount, found.both, found.first, found.first_amount) == (50, 0, 1, 50)


def test_a_sum_that_fell_to_nothing_takes_away() -> None:
    found = gain_of([standing(1, year_investment=0, month_investment=0)], [standing(1, as_of=MAY, year_investment=40)], JUNE)
    assert found == Gain(JUNE, -40, 1, 0, 0, 0, 0, (1,), 40, {1: -40})
    up = gain_of([standing(1, year_investment=3, month_investment=3)], [standing(1, as_of=MAY, year_investment=0)], JUNE)
    assert up is not None
    assert (up.amount, up.both, up.differing) == (3, 1, ())


def test_a_year_begins_with_nothing() -> None:
    january = Period.month(2023, 1)
    found = gain_of([standing(1, as_of=january, year_investment=7, month_investment=7)], [], january)
    assert found is not None
    assert (found.amount, found.both, found.first, found.differing) == (7, 1, 0, ())
    for first in (Period.week(2023, 1), Period.week(2025, 1)):
        week = gain_of([standing(1, as_of=first, year_investment=7, week_investment=9)], [], first)
        assert week is not None
        assert (week.amount, week.both, week.difference) == (7, 1, 2)
    last = gain_of([standing(1, as_of=Week(2020, 53), year_investment=7)], [standing(1, as_of=Week(2020, 52), year_investment=4)], Week(2020, 53))
    assert last is not None
    assert last.amount == 3


def test_a_week_counts_its_own_amount_where_the_last_sum_is_not_known() -> None:
    now = [standing(1, as_of=WEEK, year_investment=50, week_investment=10), standing(2, as_of=WEEK, year_investment=30, week_investment=6),
           standing(3, as_of=WEEK, year_investment=20, week_investment=None), standing(4, as_of=WEEK, year_investment=12, week_investment=0)]
    before = [standing(1, as_of=BEFORE, year_investment=41), standing(2, as_of=JUNE, year_investment=20)]
    found = gain_of(now, before, WEEK)
    assert found is not None
    assert (found.amount, found.both, found.first, found.own, found.uncounted, found.counted) == (15, 1, 0, 2, 1, 3)
    assert (found.differing, found.difference) == ((1,), 1)
    assert dict(found.by_project) == {1: 9, 2: 6, 4: 0}


def test_nobody_with_a_figure_of_the_period_brings_nothing_known() -> None:
    assert gain_of([standing(1, as_of=MAY), standing(2, year_investment=None)], [], JUNE) is None
    assert gain_of([], [], JUNE) is None


# Sums and rates of money (§3.1, §3.2, §3.5)


def test_half_of_the_plan_is_enough_for_a_rate_of_money_and_less_is_not() -> None:
    told = standing(1, annual_plan=5000, funds_arrived=2000, statistics_year=4, year_investment=8)
    half = sum_up([told, standing(2, annual_plan=5000)])
    assert (half.funds.rate, half.funds.note) == (D("0.4"), "1／2个项目报了")
    assert (half.statistics.rate, half.statistics.amount, half.statistics.base) == (D("0.5"), 4, 8)
    less = sum_up([told, standing(2, annual_plan=5001)])
    assert (less.funds.rate, less.statistics.rate, less.funds.note) == (None, None, "1／2个项目报了")
    assert (sum_up([told]).funds.rate, sum_up([told]).funds.note) == (D("0.4"), "")


def test_a_rate_of_money_is_over_the_same_projects() -> None:
    t = sum_up([standing(1, annual_plan=100, funds_arrived=20), standing(2, annual_plan=None, funds_arrived=50), standing(3, annual_plan=60)])
    assert (t.funds.amount, t.funds.base, t.funds.known, t.funds.whole, t.funds.plan, t.funds.whole_plan) == (20, 100, 1, 3, 100, 160)
    assert t.known("funds_arrived") == 70
    none = sum_up([standing(1, statistics_year=3, year_investment=None, annual_plan=None)])
    assert (none.statistics.rate, none.funds.rate, none.funds.known) == (None, None, 0)
    # One without a plan holds nothing of it.
    unplanned = standing(3, annual_plan=None, statistics_year=1, year_investment=2)
    for other, rate in ((50, D("0.5")), (51, None)):
        assert sum_up([unplanned, standing(1, annual_plan=50, statistics_year=1, year_investment=2), standing(2, annual_plan=other)]).statistics.rate == rate
    # Without any plan there is no half to reach.
    assert sum_up([standing(1, annual_plan=None, statistics_year=3, year_investment=6)]).statistics.rate == D("0.5")
    assert sum_up([standing(1, annual_plan=10, funds_arrived=0)]).funds.rate == 0


def test_sums_know_what_nobody_told() -> None:
    t = sum_up([standing(1, year_investment=5, annual_plan=10, funds_arrived=None), standing(2, year_investment=None, annual_plan=None)])
    assert (t.year_investment, t.completion, t.count) == (5, D("0.5"), 2)
    assert (t.known("funds_arrived"), t.funds_arrived) == (None, 0)
    assert (t.told["year_investment"], t.told["funds_arrived"]) == (1, 0)
    assert (sum_up([standing(1, annual_plan=0)]).completion, sum_up([standing(1, year_investment=None)]).completion) == (None, None)
    assert sum_up([standing(1, year_investment=0)]).completion == 0
    assert (total([1, None, 2]), total([])) == (3, 0)
    assert sum_up([]).known("annual_plan") is None


def test_sums_made_elsewhere_have_no_rates_of_money() -> None:
    t = totals_of(2, dict.fromkeys(SUMS, 5))
    assert (t.completion, t.funds.rate, t.statistics.rate, t.funds.note) == (1, None, None, "")
    assert t.measured("year_investment").cover == Cover(2, 2)


def test_a_sum_is_a_measure_with_its_cover_and_date() -> None:
    t = sum_up([standing(1, annual_plan=100, year_investment=50, funds_arrived=20, statistics_year=25, month_investment=5, total_investment=500,
                         total_invested=60), standing(2, annual_plan=60, year_investment=None, month_investment=None)])
    at = AsOf.of(JUNE)
    values = {i: t.measured(i, at).value for i in (
        "count", "total_investment", "annual_plan", "month_investment", "year_investment", "completion", "total_invested", "funds",
        "funds_rate", "statistics", "statistics_rate")}
    assert values == {"count": 2, "total_investment": 500_000_500, "annual_plan": 160, "month_investment": 5, "year_investment": 50,
                      "completion": D(50) / 160, "total_invested": 50_000_060, "funds": 20, "funds_rate": D("0.2"), "statistics": 25,
                      "statistics_rate": D("0.5")}
    assert [t.measured(i, at).as_of for i in ("count", "total_investment", "annual_plan", "year_investment")] == [None, None, None, at]
    assert [(t.measured(i).cover.known, t.measured(i).cover.whole) for i in ("count", "year_investment", "funds_rate", "total_invested")] == [  # type: ignore[union-attr]
        (2, 2), (1, 2), (1, 2), (2, 2)]
    assert [t.measured(i).note for i in ("funds_rate", "statistics_rate", "funds", "completion")] == ["1／2个项目报了"] * 2 + ["", ""]


def test_groups_stand_in_the_offices_order_and_then_as_met() -> None:
    found = group_by([standing(1, unit="乙"), standing(2, unit="丙"), standing(3, unit="甲"), standing(4, unit="乙")], lambda p: p.unit, ("甲", "丁", "乙"))
    assert {k: [p.id for p in v] for k, v in found.items()} == {"甲": [3], "乙": [1, 4], "丙": [2]}
    assert list(found) == ["甲", "乙", "丙"]


# Starts (§5)


@pytest.mark.parametrize(("more", "started"), [
    ({"actual_start": END}, True), ({"actual_start": date(2023, 7, 1)}, False), ({"actual_start": None}, False),
    ({"actual_start": None, "nature": "续建"}, True)])
def test_started_by_the_day(more: dict[str, Any], started: bool) -> None:
    assert has_started(standing(1, **more), END) is started


def test_money_starts_only_where_the_office_says() -> None:
    p = standing(1, actual_start=None, year_investment=1)
    assert (has_started(p, END), has_started(p, END, money_starts=True)) == (False, True)
    assert (money_without_start(p, END), money_without_start(p, END, money_starts=True)) == (True, False)
    for none in (0, None):
        assert not has_started(standing(1, actual_start=None, year_investment=none), END, money_starts=True)
        assert not money_without_start(standing(1, actual_start=None, year_investment=none), END)
    assert not money_without_start(standing(1), END)
    assert not money_without_start(standing(1, nature="续建", actual_start=None), END)


def test_overdue_on_the_planned_day_itself_and_never_for_those_going_on() -> None:
    p = standing(1, actual_start=None, planned_start=END)
    assert overdue_start(p, END)
    assert not overdue_start(p, date(2023, 6, 29))
    assert not overdue_start(standing(1, actual_start=None, planned_start=None), END)
    assert not overdue_start(standing(1, actual_start=None, planned_start=date(2020, 1, 1), nature="续建"), END)
    assert not overdue_start(standing(1, actual_start=END, planned_start=END), END)
    assert not overdue_start(p, END, money_starts=True)


def test_planned_to_start_by_its_day_or_without_one_by_its_start_year() -> None:
    assert to_start(standing(1, planned_start=date(2023, 12, 31), start_year=2022), 2023)
    assert not to_start(standing(1, planned_start=date(2024, 1, 1), start_year=2023), 2023)
    assert to_start(standing(1, planned_start=None, start_year=2023), 2023)
    assert not to_start(standing(1, planned_start=None, start_year=None), 2023)
    assert not to_start(standing(1, planned_start=None, start_year=2022), 2023)
    assert not to_start(standing(1, nature="续建"), 2023)


@pytest.mark.parametrize(("begun", "planned", "early"), [
    (date(2023, 4, 30), date(2023, 5, 1), True), (date(2023, 5, 1), date(2023, 5, 31), False), (date(2022, 12, 1), date(2023, 1, 1), True),
    (date(2023, 1, 1), date(2022, 12, 1), False), (END, date(2023, 7, 1), True), (date(2023, 7, 1), date(2023, 8, 1), False),
    (None, date(2023, 5, 1), False), (date(2023, 5, 1), None, False)])
def test_early_is_a_month_before_the_planned_one(begun: date | None, planned: date | None, early: bool) -> None:
    assert started_early(standing(1, actual_start=begun, planned_start=planned), END) is early


def test_starts_are_counted_with_their_rates() -> None:
    projects = [
        standing(1), standing(2, actual_start=date(2023, 2, 1)), standing(3, actual_start=None, planned_start=END),
        standing(4, actual_start=None, planned_start=date(2023, 7, 1), year_investment=None),
        standing(5, actual_start=None, planned_start=None, year_investment=0), standing(6, nature="续建", actual_start=None),
        standing(7, nature="续建", year_investment=None), standing(8, planned_start=date(2022, 5, 1)), standing(9, nature="预备"),
    ]
    found = count_starts(projects, 2023, END)
    assert found == Starts(planned=5, started=2, early=1, due=3, overdue=1, money_only=1, continued=2, resumed=1)
    assert (found.year_rate, found.due_rate, found.works_rate) == (D(2) / 5, D(2) / 3, D(3) / 7)
    counted = count_starts(projects, 2023, END, money_starts=True)
    assert counted == Starts(planned=5, started=3, early=1, due=3, overdue=0, money_only=0, continued=2, resumed=1)
    ahead = count_starts([standing(1), standing(2, planned_start=date(2023, 9, 1))], 2023, END)
    assert ahead.due_rate == 2
    nothing = count_starts([], 2023, END)
    assert nothing == Starts(0, 0, 0, 0, 0, 0)
    assert (nothing.year_rate, nothing.due_rate, nothing.works_rate) == (None, None, None)
    assert count_starts([standing(1, nature="续建")], 2023, END).works_rate == 1


# Need and forecast (§3.6)


@pytest.mark.parametrize(("at", "left", "gone"), [
    (AsOf.of(JUNE), 6, D(6)), (AsOf(JULY, date(2023, 7, 10)), 6, 6 + D(10) / 31), (AsOf.of(WEEK), 6, 6 + D(16) / 31),
    (AsOf.of(Period.week(2023, 17)), 8, D(4)), (AsOf.of(Period.month(2023, 12)), 0, D(12)), (AsOf(Week(2023, 1), date(2023, 1, 1)), 12, D(1) / 31)])
def test_months_left_and_gone(at: AsOf, left: int, gone: Decimal) -> None:
    assert months_left(at) == left
    assert months_gone(at.day) == gone


def test_what_a_month_takes_is_rounded_up_and_never_below_nothing() -> None:
    def each(plan: int, done: int, at: AsOf) -> tuple[int, int, int | None]:
        need = monthly_need(plan, done, at)
        assert need is not None
        assert need.at == at
        return need.missing, need.months, need.each
    assert each(1200, 600, AsOf.of(JUNE)) == (600, 6, 100)
    assert each(1201, 600, AsOf.of(JUNE)) == (601, 6, 101)
    assert each(1200, 1200, AsOf.of(JUNE)) == (0, 6, 0)
    assert each(1200, 1300, AsOf.of(JUNE)) == (0, 6, 0)
    assert each(1200, 0, AsOf(Week(2023, 1), date(2023, 1, 1))) == (1200, 12, 100)
    assert each(1200, 600, AsOf.of(Period.month(2023, 12))) == (600, 0, None)
    assert each(1200, 600, AsOf(JULY, date(2023, 7, 10))) == (600, 6, 100)
    assert [monthly_need(*x) for x in ((None, 1, AsOf.of(JUNE)), (0, 1, AsOf.of(JUNE)), (1, None, AsOf.of(JUNE)), (1, 1, None))] == [None] * 4


def test_pace_and_forecast_are_whole_yuan_with_halves_up() -> None:
    def pace(done: int, at: AsOf) -> int:
        need = monthly_need(10**9, done, at)
        assert need is not None
        return need.pace
    assert [pace(n, AsOf.of(JUNE)) for n in (0, 2, 3, 600, 603)] == [0, 0, 1, 100, 101]
    assert [pace(n, AsOf(Week(2023, 2), date(2023, 1, 15))) for n in (15, 1550)] == [31, 3203]
    assert [forecast(n, AsOf.of(JUNE)) for n in (0, 5, 500)] == [0, 10, 1000]
    assert [forecast(n, AsOf.of(Period.month(2023, 8))) for n in (1, 2, 3)] == [2, 3, 5]  # 1.5, 3 and 4.5
    assert forecast(15, AsOf(Week(2023, 2), date(2023, 1, 15))) == 372
    assert (forecast(None, AsOf.of(JUNE)), forecast(1, None)) == (None, None)
