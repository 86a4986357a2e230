"""Completing the figures of a year."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hydesk.domain.fields import Field
from hydesk.domain.periods import Period
from hydesk.domain.progress import complete_month, complete_year
from hydesk.domain.snapshot import PeriodFigures

MONTH, YEAR, TOTAL = Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT, Field.TOTAL_INVESTED


def held(month: int, **money: int) -> PeriodFigures:
    return PeriodFigures(Period.month(2023, month), {Field(k): v for k, v in money.items()})


def test_january_needs_no_month_before() -> None:
    assert complete_month({MONTH: 5}, 1, None, 100) == {MONTH: 5, YEAR: 5, TOTAL: 105}
    assert complete_month({YEAR: 7}, 1, None, None) == {MONTH: 7, YEAR: 7}


def test_a_month_adds_to_the_preceding_year_to_date() -> None:
    first, second, third = complete_year([held(3, month_investment=4), held(1, month_investment=10),
                                          held(2, month_investment=1)], 1000)
    assert [f.money[YEAR] for f in (first, second, third)] == [10, 11, 15]
    assert third.money[TOTAL] == 1015


def test_a_year_to_date_gives_the_month_by_subtraction() -> None:
    assert complete_year([held(5, year_investment=30), held(6, year_investment=42)], None)[1].money[MONTH] == 12


def test_nothing_is_made_up_over_a_gap() -> None:
    after = complete_year([held(3, year_investment=30), held(6, month_investment=2)], 5)[1]
    assert after.money == {MONTH: 2}
    after = complete_year([held(3, year_investment=30), held(6, year_investment=42)], 5)[1]
    assert after.money == {YEAR: 42, TOTAL: 47}


def test_what_was_reported_is_never_changed() -> None:
    odd = held(6, month_investment=1, year_investment=50, total_invested=3)
    assert complete_year([held(5, year_investment=30), odd], 100)[1].money == odd.money


def test_the_two_series_never_mix() -> None:
    done = complete_year([held(1, statistics_month=8), held(2, statistics_month=1, month_investment=3)], None)
    assert done[1].money == {Field.STATISTICS_MONTH: 1, MONTH: 3, Field.STATISTICS_YEAR: 9}


def test_weeks_pass_through() -> None:
    week = PeriodFigures(Period.week(2023, 20), {}, {Field.PROGRESS_TEXT: "打桩"})
    assert week in complete_year([week, held(4, year_investment=3), held(5, year_investment=4)], None)


@given(st.lists(st.integers(min_value=0, max_value=10**12), min_size=1, max_size=12), st.integers(0, 10**12))
def test_months_alone_and_years_alone_say_the_same(months: list[int], before: int) -> None:
    totals = [sum(months[:i]) for i in range(1, len(months) + 1)]
    by_month = complete_year([held(i, month_investment=m) for i, m in enumerate(months, 1)], before)
    by_year = complete_year([held(i, year_investment=t) for i, t in enumerate(totals, 1)], before)
    assert by_month == by_year
