"""Own columns and plans by month of projects that were merged or split: nothing that adds up is lost or counted twice."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hydesk.domain.month_plan import MONTHS, MonthPlan, PlanStep, shared, summed
from hydesk.domain.own_columns import OwnColumn, OwnKind
from hydesk.domain.own_shares import merged_told, merged_value, shared_value
from hydesk.domain.periods import Period

LAND = OwnColumn("用地面积", OwnKind.NUMBER, measure="亩")
COST = OwnColumn("征拆费用", OwnKind.MONEY)
RATE = OwnColumn("征拆率", OwnKind.NUMBER, measure="%")
WORKERS = OwnColumn("用工", OwnKind.PERIOD_NUMBER, measure="人")
amounts = st.integers(-10**14, 10**14)
weights = st.lists(st.integers(0, 10**13), min_size=2, max_size=6)


def test_what_adds_up_is_summed_and_a_rate_stands_only_where_all_say_it() -> None:
    assert merged_value(LAND, [Decimal("1.5"), Decimal("2.25")]) == Decimal("3.75")
    assert merged_value(COST, [3, 4]) == 7
    assert merged_value(RATE, [Decimal(80), Decimal(90)]) is None
    assert merged_value(RATE, [Decimal(80), Decimal(80)]) == Decimal(80)
    assert merged_value(OwnColumn("用途"), ["厂房", "道路"]) == "厂房"
    assert merged_value(LAND, ["若干", Decimal(2)]) == "若干", "words that are no number are never added"
    assert merged_value(LAND, []) is None


@given(st.decimals(-10**9, 10**9, places=3), weights)
def test_the_parts_of_a_number_make_it_up_and_whole_ones_stay_whole(value: Decimal, parts: list[int]) -> None:
    shares = shared_value(LAND, value, parts)
    assert sum(shares, Decimal(0)) == value  # type: ignore[arg-type]
    whole = shared_value(LAND, Decimal(int(value)), parts)
    assert all(share == int(share) for share in whole)  # type: ignore[arg-type]


@given(amounts, weights)
def test_the_parts_of_money_make_it_up(value: int, parts: list[int]) -> None:
    assert sum(shared_value(COST, value, parts)) == value  # type: ignore[arg-type]


def test_parts_keep_rates_and_words() -> None:
    assert shared_value(RATE, Decimal(80), [1, 3]) == [Decimal(80), Decimal(80)]
    assert shared_value(OwnColumn("用途"), "厂房", [1, 3]) == ["厂房", "厂房"]


def test_of_what_is_told_by_period_each_counts_with_the_newest_it_had_told() -> None:
    def told(*lines: tuple[str, int]) -> list[tuple[Period, Decimal]]:
        return [(Period.parse(p), Decimal(v)) for p, v in lines]

    one, other = told(("2023-05", 10), ("2023-03", 7), ("2024-01", 99)), told(("2022-12", 5), ("2023-04", 6))
    assert {str(p): v for p, v in merged_told(WORKERS, [one, other], 2023).items()} == {
        "2023-01": Decimal(5), "2023-03": Decimal(12), "2023-04": Decimal(13), "2023-05": Decimal(16)}
    assert merged_told(WORKERS, [[], []], 2023) == {}


@given(st.lists(st.integers(0, 10**12), min_size=MONTHS, max_size=MONTHS), weights)
def test_of_a_plan_by_month_nothing_is_lost_in_any_month_and_merging_gives_it_back(months: list[int], parts: list[int]) -> None:
    plan = MonthPlan(tuple(months), PlanStep.QUARTER)
    made = shared(plan, parts)
    assert summed([(p, None) for p in made]) == plan
    assert len(made) == len(parts)


def test_one_without_a_plan_by_month_counts_evenly() -> None:
    plan = MonthPlan((12, *(0,) * 11))
    both = summed([(plan, 12), (None, 24)])
    assert both == MonthPlan((14, *(2,) * 11))
    assert summed([(None, 5), (None, None)]) is None
    assert summed([(plan, 12), (None, None)]) == plan
