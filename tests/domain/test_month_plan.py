"""序时计划: sums to a day, spreading to the yuan, which of the two judges, and 完成序时 over the edge cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydesk.domain.lamps import LampMode, LampRule
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.measured import AsOf
from hydesk.domain.measures.schedule import JudgedBy, judges_by_schedule, schedule_of
from hydesk.domain.measures.yardstick import Yardstick
from hydesk.domain.month_plan import (
    SEASON,
    MonthPlan,
    PlanStep,
    Spreading,
    by_quarter,
    spread_by,
    spread_plan,
)
from hydesk.domain.periods import Period
from tests.reports.made import JUNE, YI, standing

LATE = MonthPlan((0, 0, 0, 0, 0, 0, 0, 0, YI // 4, YI // 4, YI // 4, YI // 4))
"""All of a plan of 1 亿 in the last four months."""


def test_a_plan_is_read_back_as_it_was_written() -> None:
    for plan in (LATE, by_quarter((1, 2, 3, 4))):
        assert MonthPlan.read(plan.written) == plan
    for words in (None, "", "m:", "m:1,2", "x:" + ",".join("1" * 12), "m:" + ",".join(["-1"] * 12), "m:" + ",".join(["a"] * 12)):
        assert MonthPlan.read(words) is None


@pytest.mark.parametrize(("day", "due"), [
    (date(2023, 1, 1), Decimal(31_000) / 31), (date(2023, 1, 31), Decimal(31_000)), (date(2023, 2, 14), Decimal(31_000 + 14_000)),
    (date(2023, 12, 31), Decimal(31_000 + 28_000))])
def test_what_is_due_by_a_day_takes_the_running_month_by_its_days(day: date, due: Decimal) -> None:
    assert MonthPlan((31_000, 28_000, *[0] * 10)).by(day) == due


def test_a_quarter_is_spread_over_its_months_and_stays_a_quarter() -> None:
    plan = by_quarter((100, 0, 50, 1))
    assert plan.amounts == (33, 33, 34, 0, 0, 0, 16, 17, 17, 0, 0, 1)
    assert (plan.quarters, plan.total, plan.step) == ((100, 0, 50, 1), 151, PlanStep.QUARTER)


@given(st.integers(0, 10**12), st.lists(st.integers(0, 1000), min_size=1, max_size=12))
def test_spreading_adds_up_to_the_yuan_and_stays_near_each_share(amount: int, weights: list[int]) -> None:
    parts = spread_by(amount, weights)
    assert sum(parts) == amount
    assert all(p >= 0 for p in parts)
    if whole := sum(weights):
        assert all(abs(Decimal(p) - Decimal(amount) * w / whole) <= 1 for p, w in zip(parts, weights, strict=True))


def test_ways_of_spreading() -> None:
    assert spread_plan(1200, Spreading.EVEN) == MonthPlan((100,) * 12)
    season = spread_plan(1000, Spreading.SEASON)
    assert season is not None
    assert season.amounts == SEASON
    assert spread_plan(900, Spreading.EVEN, first=4) == MonthPlan((0, 0, 0, *[100] * 9))
    assert spread_plan(300, Spreading.LAST_YEAR, (10, 0, -5, 20, *[0] * 8)) == MonthPlan((100, 0, 0, 200, *[0] * 8))
    assert spread_plan(300, Spreading.LAST_YEAR) is None
    assert spread_plan(300, Spreading.LAST_YEAR, (0,) * 12) is None
    assert spread_plan(1000, Spreading.EVEN, first=7, done=400) == MonthPlan((66, 67, 67, 66, 67, 67, *[100] * 6))


def test_plans_by_month_judge_from_nine_tenths_of_the_plan_on() -> None:
    assert judges_by_schedule(JudgedBy.AUTO, Decimal("0.9"))
    assert not judges_by_schedule(JudgedBy.AUTO, Decimal("0.8999"))
    assert not judges_by_schedule(JudgedBy.AUTO, None)
    assert judges_by_schedule(JudgedBy.SCHEDULE, None)
    assert not judges_by_schedule(JudgedBy.TIME, Decimal(1))


def test_a_project_is_judged_by_its_own_plan_where_those_judge() -> None:
    late = standing(month_plan=LATE, year_investment=YI // 10)
    by_time, by_plan = (Yardstick(LampRule(), JUNE, JUNE.end, schedule=on) for on in (False, True))
    assert by_time.lamp(late).meaning is Meaning.SERIOUSLY_LAGGING
    assert by_plan.lamp(late).meaning is Meaning.AHEAD
    assert by_plan.lamp(late).reason == "完成率10.00%，超序时计划10.00个百分点"
    assert (by_time.gap(late), by_plan.gap(late)) == (Decimal("-0.4"), Decimal("0.1"))
    without = replace(late, month_plan=None)
    assert by_plan.lamp(without) == by_time.lamp(without)
    assert (by_plan.against(late), by_plan.against(without), by_time.against(late)) == ("序时计划", "时间进度", "时间进度")


def test_nothing_due_yet_is_never_lagging_in_ratio_mode() -> None:
    by = Yardstick(LampRule(LampMode.RATIO, Decimal("0.8"), Decimal("0.6")), JUNE, JUNE.end, schedule=True)
    assert by.lamp(standing(month_plan=LATE, year_investment=0)).meaning is Meaning.ON_TRACK
    assert by.lamp(standing(month_plan=LATE, year_investment=1)).meaning is Meaning.AHEAD


def test_wanting_figures_is_no_data_and_a_plan_of_another_sum_stays_what_it_is() -> None:
    by = Yardstick(LampRule(), JUNE, JUNE.end, schedule=True)
    assert by.gap(standing(month_plan=LATE, year_investment=None, as_of=None)) is None
    assert by.gap(standing(month_plan=MonthPlan((YI // 10,) * 12), annual_plan=YI, year_investment=YI * 6 // 10)) == 0
    assert by.gap(standing(month_plan=LATE, annual_plan=None)) is None


def test_the_rate_of_the_schedule_counts_others_by_time() -> None:
    at = AsOf.of(JUNE)
    half = MonthPlan((YI // 12 + 1,) * 4 + (YI // 12,) * 8)
    some = [standing(1, month_plan=half, year_investment=YI // 2), standing(2, annual_plan=YI, year_investment=YI // 4)]
    found = schedule_of(some, at)
    assert (found.planned, found.done, found.told, found.whole) == (half.by(JUNE.day) + YI // 2, YI * 3 // 4, 1, 2)
    assert found.rate == Decimal(YI * 3 // 4) / (half.by(JUNE.day) + YI // 2)
    assert found.measured().note == "1／2个项目有序时计划，其余按时间进度"
    assert schedule_of([standing(2)], at).rate is None
    assert schedule_of([standing(1, month_plan=LATE)], AsOf.of(Period.month(2023, 3))).rate is None
    assert schedule_of([standing(1, month_plan=half, year_investment=None)], at).rate is None


def test_what_is_done_before_the_first_month_that_is_planned_is_spread_over_those_before_it() -> None:
    plan = spread_plan(1_200, Spreading.EVEN, first=4, done=300)
    assert plan is not None
    assert plan.amounts == (100, 100, 100, *[100] * 9)
    january = spread_plan(1_200, Spreading.EVEN, first=1, done=12)
    assert january is not None
    assert january.amounts == (111, *[99] * 11)
    over = spread_plan(100, Spreading.EVEN, first=3, done=300)
    assert over is not None
    assert over.amounts == (50, 50, *[0] * 10)
    until = spread_plan(600, Spreading.EVEN, first=7, last=9)
    assert until is not None
    assert until.amounts == (*[0] * 6, 200, 200, 200, 0, 0, 0)


def test_last_year_tells_nothing_where_its_months_in_question_brought_nothing() -> None:
    last_year = (*[0] * 6, *[10] * 6)
    assert spread_plan(600, Spreading.LAST_YEAR, last_year, last=6) is None
    assert spread_plan(600, Spreading.LAST_YEAR, last_year[:-1]) is None
    plan = spread_plan(600, Spreading.LAST_YEAR, (-5, 1, *[0] * 10), last=2)
    assert plan is None
    half = spread_plan(600, Spreading.LAST_YEAR, last_year)
    assert half is not None
    assert half.amounts == (*[0] * 6, *[100] * 6)
