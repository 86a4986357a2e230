"""Months and weeks: two types, the day their figures hold, and the edges of years."""

from __future__ import annotations

import pickle
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from hydesk.domain.measures.measured import AsOf
from hydesk.domain.measures.need import monthly_need
from hydesk.domain.periods import Month, Period, Week, months_ended

EVERY_WEEK = [Period.week(y, n) for y in range(1995, 2040) for n in range(1, date(y, 12, 28).isocalendar().week + 1)]


def test_a_week_has_no_month_and_a_month_is_no_week() -> None:
    assert isinstance(Period.parse("2023-06"), Month)
    assert isinstance(Period.parse("2023-W06"), Week)
    assert Period.parse("2023-06") != Period.parse("2023-W06")
    assert len({Period.parse("2023-06"), Period.parse("2023-W06"), Month(2023, 6)}) == 2
    assert not hasattr(Period, "number")
    with pytest.raises(TypeError):
        Period(2023)  # type: ignore[abstract]


@pytest.mark.parametrize("words", ["2023-13", "2023-00", "2023-W53", "2023-W00", "1989-01", "2023-28", "2023W28", ""])
def test_a_period_that_is_none_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="报告期"):
        Period.parse(words)


def test_the_type_checker_refuses_a_week_where_a_month_is_asked_for(tmp_path: Path) -> None:
    mypy = pytest.importorskip("mypy.api")
    file = tmp_path / "asks.py"
    file.write_text(
        "from hydesk.domain.periods import Period\n"
        "from hydesk.reports.words import months\n"
        "months(Period.month(2023, 6))\n"
        "months(Period.week(2023, 28))\n"
        "def number(period: Period) -> int:\n"
        "    return period.number\n", encoding="utf-8")
    out, _, status = mypy.run([str(file), "--strict", "--follow-imports=silent", "--no-error-summary"])
    assert status == 1
    assert {int(line.rsplit("asks.py:", 1)[1].split(":")[0]) for line in out.splitlines() if " error: " in line} == {4, 6}


def test_the_day_of_a_week_is_its_sunday_and_never_of_another_year() -> None:
    for week in EVERY_WEEK:
        sunday = date.fromisocalendar(week.year, week.number, 7)
        assert week.day == (sunday if sunday.year == week.year else date(week.year, 12, 31))
        assert week.day_month == Month(week.day.year, week.day.month)
        assert 0 < week.time_progress() <= 1
        assert 1 <= week.last_month.number <= 12
        assert week.last_month.year == week.year
        assert week.last_month.end <= week.day or week.day.month == 1


@pytest.mark.parametrize(("week", "day", "last"), [
    ("2023-W26", date(2023, 7, 2), "2023-06"),
    ("2023-W17", date(2023, 4, 30), "2023-04"),  # a Sunday that ends its month
    ("2020-W53", date(2020, 12, 31), "2020-12"),
    ("2024-W52", date(2024, 12, 29), "2024-11"),
    ("2025-W01", date(2025, 1, 5), "2025-01"),  # begins on 30 December
    ("2018-W52", date(2018, 12, 30), "2018-11"),
])
def test_edges_of_years_and_months(week: str, day: date, last: str) -> None:
    assert (Period.parse(week).day, str(Period.parse(week).last_month)) == (day, last)


def test_a_year_opens_with_a_week_that_has_no_day_in_december() -> None:
    assert [y for y in range(2018, 2029) if Period.week(y, 1).opens_year] == [2018, 2021, 2022, 2023, 2024, 2027, 2028]
    assert not Period.week(2023, 2).opens_year


def test_a_stated_day_is_taken_within_three_days_of_the_week() -> None:
    week = Period.week(2023, 28)  # 10 to 16 July
    near = [week.start + timedelta(days=n) for n in range(-5, 13)]
    assert [d for d in near if week.takes(d)] == [date(2023, 7, 7) + timedelta(days=n) for n in range(13)]
    assert week.takes(date(2023, 7, 14)) == date(2023, 7, 14)
    assert Period.week(2020, 53).takes(date(2021, 1, 2)) == date(2020, 12, 31)
    assert Period.week(2025, 1).takes(date(2024, 12, 31)) is None
    assert Period.week(2025, 1).takes(date(2025, 1, 8)) == date(2025, 1, 8)


def test_a_month_takes_a_day_of_its_own() -> None:
    june = Period.month(2023, 6)
    assert [june.takes(d) for d in (date(2023, 5, 31), date(2023, 6, 10), date(2023, 6, 30), date(2023, 7, 1))] == [
        None, date(2023, 6, 10), date(2023, 6, 30), None]


def test_a_months_closing_figure_comes_after_the_weeks_inside_it() -> None:
    april = Period.month(2023, 4)
    inside = [w for w in EVERY_WEEK if w.year == 2023 and w.day_month == april]
    assert [w.number for w in inside] == [13, 14, 15, 16, 17]
    assert all(w.sort_key < april.sort_key for w in inside)
    assert april.sort_key < Period.week(2023, 18).sort_key


def test_the_period_before_is_of_the_same_kind() -> None:
    assert Period.parse("2023-01").previous() == Month(2022, 12)
    assert Period.parse("2021-W01").previous() == Week(2020, 53)
    for before, after in pairwise(EVERY_WEEK):
        assert after.previous() == before


def test_labels_and_time_progress() -> None:
    assert (Period.week(2023, 28).label, Period.month(2023, 6).label) == ("2023年第28周", "2023年6月")
    assert (Period.week(2023, 28).short_label, Period.month(2023, 6).short_label) == ("第28周", "6月")
    assert Period.month(2023, 10).time_progress() == Decimal(10) / 12
    assert Period.week(2023, 28).time_progress() == Decimal(197) / 365
    assert Period.week(2020, 53).time_progress() == 1


def test_a_period_survives_pickling_and_sorting() -> None:
    periods = [Period.week(2023, 28), Period.month(2023, 6)]
    assert pickle.loads(pickle.dumps(periods)) == periods
    assert sorted(periods, key=lambda p: p.sort_key) == periods[::-1]


def test_months_end_on_their_last_day() -> None:
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(366)]
    for day in days:
        assert months_ended(day) == sum(Period.month(2024, m).end <= day for m in range(1, 13))


def test_what_a_month_takes_never_counts_less_than_no_month() -> None:
    for week in EVERY_WEEK[:110]:
        need = monthly_need(1200, 600, AsOf.of(week))
        assert need is not None
        assert 0 <= need.months <= 12
        assert (need.each is None) == (need.months == 0)
    running = monthly_need(3100, 1550, AsOf(Period.week(2023, 2), date(2023, 1, 15)))
    assert running is not None
    assert (running.months, running.each, running.pace) == (12, 130, 3203)


def test_a_label_says_the_day_where_it_is_not_the_months_end() -> None:
    june, week = Period.month(2023, 6), Period.week(2023, 28)
    assert june.label_at(date(2023, 6, 30)) == "2023年6月"
    assert june.label_at(date(2023, 6, 10)) == "2023年6月（截至6月10日）"
    assert (week.label_at(week.day), week.label_at(date(2023, 7, 14))) == ("2023年第28周（截至7月16日）", "2023年第28周（截至7月14日）")


def test_a_month_begins_on_its_first_day_and_takes_only_its_own_days() -> None:
    june = Period.month(2023, 6)
    assert (june.start, june.end, june.last_month) == (date(2023, 6, 1), date(2023, 6, 30), june)
    assert [june.takes(d) for d in (date(2023, 5, 31), date(2023, 6, 1), date(2023, 6, 30), date(2023, 7, 1))] == [
        None, date(2023, 6, 1), date(2023, 6, 30), None]


@pytest.mark.parametrize("words", ["1990-01", "2199-12", "1990-W01", "2199-W52"])
def test_the_first_and_last_periods_there_are(words: str) -> None:
    assert str(Period.parse(words)) == words


@pytest.mark.parametrize("words", ["1989-12", "2200-01", "1989-W52", "2200-W01"])
def test_years_that_no_list_is_of_are_refused(words: str) -> None:
    with pytest.raises(ValueError, match="没有这个报告期"):
        Period.parse(words)
