"""Dates as precise as they were written."""

from __future__ import annotations

from datetime import date

import pytest

from hydesk.domain.dates import LooseDate, Precision


@pytest.mark.parametrize(("made", "day", "shown", "written"), [
    (LooseDate(date(2023, 6, 5)), date(2023, 6, 5), "2023-06-05", "2023-06-05/day"),
    (LooseDate.of_month(2024, 2), date(2024, 2, 29), "2024-02", "2024-02-29/month"),
    (LooseDate.of_month(2023, 12), date(2023, 12, 31), "2023-12", "2023-12-31/month"),
    (LooseDate.of_quarter(2023, 1), date(2023, 3, 31), "2023年一季度", "2023-03-31/quarter"),
    (LooseDate.of_quarter(2023, 2), date(2023, 6, 30), "2023年二季度", "2023-06-30/quarter"),
    (LooseDate.of_quarter(2023, 3), date(2023, 9, 30), "2023年三季度", "2023-09-30/quarter"),
    (LooseDate.of_quarter(2023, 4), date(2023, 12, 31), "2023年四季度", "2023-12-31/quarter"),
    (LooseDate.of_year(2023), date(2023, 12, 31), "2023年", "2023-12-31/year")])
def test_the_last_day_it_may_mean_stands_for_it_and_it_is_read_back(made: LooseDate, day: date, shown: str, written: str) -> None:
    assert (made.day, str(made), made.written, LooseDate.read(written)) == (day, shown, written, made)


@pytest.mark.parametrize(("month", "quarter"), [(1, "一"), (3, "一"), (4, "二"), (6, "二"), (7, "三"), (9, "三"), (10, "四"), (12, "四")])
def test_a_quarter_is_named_by_the_month_it_holds(month: int, quarter: str) -> None:
    assert str(LooseDate(date(2023, month, 1), Precision.QUARTER)) == f"2023年{quarter}季度"


@pytest.mark.parametrize("text", ["", "2023-13-01", "2023-06-05/week", "六月"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        LooseDate.read(text)
