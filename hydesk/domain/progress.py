"""Completing the figures of a year: what follows from the months and weeks that are held.

The rule of the office: a month without a year-to-date adds to the preceding month's; a year-to-date without a month
gives the month by subtraction; since-start is what was invested before the year plus the year-to-date. Weeks do the
same among themselves (docs/rules.md §1.4). Only the period of the same kind directly before counts, and a month only
once its figures are of its last day: over a gap nothing is made up. What was reported is never changed. A month never
takes from weeks nor a week from months: each kind is what its own returns said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hydesk.domain.fields import Field
from hydesk.domain.money import Yuan
from hydesk.domain.periods import Month, Week
from hydesk.domain.snapshot import PeriodFigures

SERIES: tuple[tuple[Field, Field], ...] = (
    (Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT),
    (Field.STATISTICS_MONTH, Field.STATISTICS_YEAR),
)
"""Month and year-to-date of the office's own series and of the statistics bureau's; the two never mix."""
WEEK_SERIES: tuple[tuple[Field, Field], ...] = ((Field.WEEK_INVESTMENT, Field.YEAR_INVESTMENT),)
"""Week and year-to-date."""


def complete_month(
    held: Mapping[Field, Yuan], month: int, before: Mapping[Field, Yuan] | None, invested_before: Yuan | None
) -> dict[Field, Yuan]:
    """The figures of ``month`` (1 to 12), completed from those of the month directly before it, yuan.

    ``before`` is None where that month holds nothing; ``invested_before`` is what was done by the end of last year.
    """
    return _complete(held, SERIES, before, month == 1, invested_before)


def complete_week(
    held: Mapping[Field, Yuan], week: Week, before: Mapping[Field, Yuan] | None, invested_before: Yuan | None
) -> dict[Field, Yuan]:
    """The figures of ``week``, completed from those of the week directly before it in the same year, yuan.

    The week that opens the year (``Week.opens_year``) has nothing before it: its amount is the sum. A first week that
    begins in December is not taken so, for its own amount has days of the year before, which the sum has not.
    """
    return _complete(held, WEEK_SERIES, before, week.opens_year, invested_before)


def _complete(
    held: Mapping[Field, Yuan], series: Iterable[tuple[Field, Field]], before: Mapping[Field, Yuan] | None,
    first: bool, invested_before: Yuan | None,
) -> dict[Field, Yuan]:
    figures = dict(held)
    for done_field, year_field in series:
        until = 0 if first else (before or {}).get(year_field)
        done, year = figures.get(done_field), figures.get(year_field)
        if until is not None and year is None and done is not None:
            figures[year_field] = until + done
        elif until is not None and done is None and year is not None:
            figures[done_field] = year - until
    year = figures.get(Field.YEAR_INVESTMENT)
    if Field.TOTAL_INVESTED not in figures and year is not None and invested_before is not None:
        figures[Field.TOTAL_INVESTED] = invested_before + year
    return figures


def complete_year(periods: Iterable[PeriodFigures], invested_before: Yuan | None) -> list[PeriodFigures]:
    """The months and weeks of one project and year, in the order of their days, each completed."""
    completed: list[PeriodFigures] = []
    last_month: PeriodFigures | None = None
    last_week: PeriodFigures | None = None
    for held in sorted(periods, key=lambda f: f.sort_key):
        period = held.period
        if isinstance(period, Month):
            before = (last_month.money if last_month is not None and last_month.period == period.previous()
                      and last_month.stated is None else None)
            money = complete_month(held.money, period.number, before, invested_before)
        else:
            assert isinstance(period, Week)
            before = last_week.money if last_week is not None and last_week.period == period.previous() else None
            money = complete_week(held.money, period, before, invested_before)
        done = PeriodFigures(period, money, held.texts, held.stated)
        completed.append(done)
        last_month, last_week = (done, last_week) if isinstance(period, Month) else (last_month, done)
    return completed


def newest(periods: Iterable[PeriodFigures]) -> PeriodFigures | None:
    """Of completed figures in order, the newest that hold a year-to-date; where none does, the newest with any money."""
    found: PeriodFigures | None = None
    for held in periods:
        if Field.YEAR_INVESTMENT in held.money or (
                held.money and (found is None or Field.YEAR_INVESTMENT not in found.money)):
            found = held
    return found
