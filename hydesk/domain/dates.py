"""Dates as offices write them: to the day, the month, the quarter or the year."""

from __future__ import annotations

import calendar
from datetime import date
from enum import Enum

from hydesk.dataclass import dataclass


class Precision(Enum):
    """How exactly a date was given."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class LooseDate:
    """A date and how exactly it was given; ``day`` is the last day it may mean (2023年6月 → 2023-06-30)."""

    day: date
    precision: Precision = Precision.DAY

    @classmethod
    def of_month(cls, year: int, month: int) -> LooseDate:
        """Some time in ``month``: its last day stands for it."""
        return cls(date(year, month, calendar.monthrange(year, month)[1]), Precision.MONTH)

    @classmethod
    def of_quarter(cls, year: int, quarter: int) -> LooseDate:
        """Some time in ``quarter`` (1 to 4)."""
        month = quarter * 3
        return cls(date(year, month, calendar.monthrange(year, month)[1]), Precision.QUARTER)

    @classmethod
    def of_year(cls, year: int) -> LooseDate:
        """Some time in ``year``."""
        return cls(date(year, 12, 31), Precision.YEAR)

    @property
    def written(self) -> str:
        """As the change log keeps it: 2023-06-30/month."""
        return f"{self.day.isoformat()}/{self.precision.value}"

    @classmethod
    def read(cls, text: str) -> LooseDate:
        """What ``written`` wrote; a bare day is exact. Raises ValueError."""
        day, _, precision = text.partition("/")
        return cls(date.fromisoformat(day), Precision(precision or "day"))

    def __str__(self) -> str:
        d = self.day
        return {
            Precision.DAY: f"{d.year}-{d.month:02d}-{d.day:02d}",
            Precision.MONTH: f"{d.year}-{d.month:02d}",
            Precision.QUARTER: f"{d.year}年{'一二三四'[(d.month - 1) // 3]}季度",
            Precision.YEAR: f"{d.year}年",
        }[self.precision]
