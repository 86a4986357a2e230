"""Completing the figures of a year: what follows from the months that are held.

The rule of the office: a month without a year-to-date adds to the preceding month's; a year-to-date without a month
gives the month by subtraction; since-start is what was invested before the year plus the year-to-date. Only the
month directly before counts: over a gap nothing is made up. What was reported is never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hydesk.domain.fields import Field
from hydesk.domain.money import Yuan
from hydesk.domain.periods import Month
from hydesk.domain.snapshot import PeriodFigures

SERIES: tuple[tuple[Field, Field], ...] = (
    (Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT),
    (Field.STATISTICS_MONTH, Field.STATISTICS_YEAR),
)
"""Month and year-to-date of the office's own series and of the statistics bureau's; the two never mix."""


def complete_month(
    held: Mapping[Field, Yuan], month: int, before: Mapping[Field, Yuan] | None, invested_before: Yuan | None
) -> dict[Field, Yuan]:
    """The figures of ``month`` (1 to 12), completed from those of the month directly before it, yuan.

    ``before`` is None where that month holds nothing; ``invested_before`` is what was done by the end of last year.
    """
    figures = dict(held)
    for month_field, year_field in SERIES:
        until = 0 if month == 1 else (before or {}).get(year_field)
        done, year = figures.get(month_field), figures.get(year_field)
        if until is not None and year is None and done is not None:
            figures[year_field] = until + done
        elif until is not None and done is None and year is not None:
            figures[month_field] = year - until
    year = figures.get(Field.YEAR_INVESTMENT)
    if Field.TOTAL_INVESTED not in figures and year is not None and invested_before is not None:
        figures[Field.TOTAL_INVESTED] = invested_before + year
    return figures


def complete_year(months: Iterable[PeriodFigures], invested_before: Yuan | None) -> list[PeriodFigures]:
    """The months of one project and year, in order, each completed; weeks are passed through as they are."""
    completed: list[PeriodFigures] = []
    last: PeriodFigures | None = None
    for held in sorted(months, key=lambda f: f.period.sort_key):
        period = held.period
        if not isinstance(period, Month):
            completed.append(held)
            continue
        number = period.number
        before = last.money if last is not None and last.period == period.previous() else None
        last = PeriodFigures(held.period, complete_month(held.money, number, before, invested_before), held.texts)
        completed.append(last)
    return completed
