"""Completing the figures of a year."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hydesk.domain.fields import Field
from hydesk.domain.periods import Period
from hydesk.domain.progress import complete_month, complete_year, newest
from hydesk.domain.snapshot import PeriodFigures

MONTH, YEAR, TOTAL = Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT, Field.TOTAL_INVESTED
WEEK = Field.WEEK_INVESTMENT


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


def week(number: int, year: int = 2023, stated: date | None = None, **money: int) -> PeriodFigures:
    return PeriodFigures(Period.week(year, number), {Field(k): v for k, v in money.items()}, stated=stated)


def test_a_week_adds_to_the_sum_of_the_week_directly_before() -> None:
    first, second, third = complete_year([
        week(28, year_investment=100), week(29, week_investment=7), week(30, week_investment=1)], 1000)
    assert [f.money[YEAR] for f in (first, second, third)] == [100, 107, 108]
    assert [f.money[TOTAL] for f in (first, second, third)] == [1100, 1107, 1108]
    assert WEEK not in first.money


def test_a_weeks_amount_is_the_difference_of_two_sums() -> None:
    assert complete_year([week(28, year_investment=100), week(29, year_investment=109)], None)[1].money == {YEAR: 109, WEEK: 9}


def test_no_week_is_made_up_over_a_gap_nor_from_a_month() -> None:
    after = complete_year([week(27, year_investment=100), week(29, week_investment=7), held(6, year_investment=90)], 5)[-1]
    assert after.money == {WEEK: 7}
    # The month closes on the Sunday before, and still the week is not reckoned from it.
    after = complete_year([held(4, year_investment=90), week(18, week_investment=7)], 5)[-1]
    assert (after.period, after.money) == (Period.week(2023, 18), {WEEK: 7})
    after = complete_year([week(28, year_investment=100), week(29, funds_arrived=1), week(30, week_investment=7)], None)[-1]
    assert after.money == {WEEK: 7}


def test_a_month_is_not_made_of_weeks() -> None:
    done = complete_year([held(5, year_investment=90), week(25, year_investment=100), held(6, funds_arrived=4)], None)
    assert done[-1].money == {Field.FUNDS_ARRIVED: 4}
    done = complete_year([week(18, week_investment=7), week(22, year_investment=70), held(6, month_investment=4)], None)
    assert done[-1].money == {MONTH: 4}


def test_what_a_week_says_of_the_running_month_is_no_months_amount() -> None:
    done = complete_year([held(6, year_investment=90), week(28, month_investment=5), held(7, month_investment=9)], None)
    assert [f.money for f in done] == [{YEAR: 90}, {MONTH: 5}, {MONTH: 9, YEAR: 99}]


def test_the_week_that_opens_a_year_is_its_sum_and_one_that_begins_in_december_is_not() -> None:
    assert complete_year([week(1, 2023, week_investment=7)], None)[0].money == {WEEK: 7, YEAR: 7}
    assert complete_year([week(1, 2023, year_investment=7)], None)[0].money == {WEEK: 7, YEAR: 7}
    assert complete_year([week(1, 2025, week_investment=7)], None)[0].money == {WEEK: 7}
    assert complete_year([week(1, 2025, year_investment=7)], None)[0].money == {YEAR: 7}


def test_what_a_week_reported_is_never_changed() -> None:
    odd = week(29, week_investment=50, year_investment=101)
    assert complete_year([week(28, year_investment=100), odd], None)[1].money == odd.money


def test_a_month_whose_figures_are_not_of_its_end_closes_nothing() -> None:
    tenth = PeriodFigures(Period.month(2023, 7), {MONTH: 5}, stated=date(2023, 7, 10))
    done = complete_year([held(6, year_investment=90), tenth, held(8, month_investment=3)], None)
    assert [f.money for f in done] == [{YEAR: 90}, {MONTH: 5, YEAR: 95}, {MONTH: 3}]


def test_figures_are_in_the_order_of_their_days() -> None:
    june, inside, after = held(6, year_investment=100), week(26, stated=date(2023, 6, 30), year_investment=98), week(
        26, 2023, year_investment=103)
    assert complete_year([june, inside], None)[-1] == june
    assert complete_year([after, june], None)[-1].period == Period.week(2023, 26)


def test_the_newest_figure_is_the_last_sum() -> None:
    sums = [held(6, year_investment=100), week(28, year_investment=103)]
    assert newest(sums) == sums[1]
    assert newest([*sums, week(30, week_investment=4)]) == sums[1]
    assert newest([week(28, week_investment=3), week(30, funds_arrived=4)]) == week(30, funds_arrived=4)
    assert newest([]) is None


def test_a_week_of_words_stays_as_it_is() -> None:
    words = PeriodFigures(Period.week(2023, 20), {}, {Field.PROGRESS_TEXT: "打桩"})
    assert words in complete_year([words, held(4, year_investment=3), held(5, year_investment=4)], None)


@given(st.lists(st.integers(min_value=0, max_value=10**12), min_size=1, max_size=12), st.integers(0, 10**12))
def test_months_alone_and_years_alone_say_the_same(months: list[int], before: int) -> None:
    totals = [sum(months[:i]) for i in range(1, len(months) + 1)]
    by_month = complete_year([held(i, month_investment=m) for i, m in enumerate(months, 1)], before)
    by_year = complete_year([held(i, year_investment=t) for i, t in enumerate(totals, 1)], before)
    assert by_month == by_year


def test_words_alone_are_no_newer_figures() -> None:
    sums = week(28, week_investment=3)
    assert newest([sums, PeriodFigures(Period.week(2023, 30), {}, {Field.PROGRESS_TEXT: "打桩"})]) == sums
    assert newest([PeriodFigures(Period.week(2023, 30), {}, {Field.PROGRESS_TEXT: "打桩"})]) is None
