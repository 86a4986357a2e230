"""Reporting periods: months (2023-06) and ISO weeks (2023-W25)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum


class PeriodKind(Enum):
    """How often a return is made."""

    MONTH = "month"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Period:
    """One month or one ISO week of a year."""

    year: int
    kind: PeriodKind
    number: int

    def __post_init__(self) -> None:
        last = 12 if self.kind is PeriodKind.MONTH else date(self.year, 12, 28).isocalendar().week
        if not (1990 <= self.year <= 2199 and 1 <= self.number <= last):
            raise ValueError(f"没有这个报告期：{self.year} 年第 {self.number} 期")

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """The month ``month`` (1 to 12) of ``year``."""
        return cls(year, PeriodKind.MONTH, month)

    @classmethod
    def week(cls, year: int, week: int) -> Period:
        """The ISO week ``week`` of ``year``."""
        return cls(year, PeriodKind.WEEK, week)

    @classmethod
    def parse(cls, text: str) -> Period:
        """2023-06 or 2023-W25. Raises ValueError with a sentence for the user."""
        if m := re.fullmatch(r"(\d{4})-(\d{1,2})", text.strip()):
            return cls.month(int(m[1]), int(m[2]))
        if m := re.fullmatch(r"(\d{4})-[Ww](\d{1,2})", text.strip()):
            return cls.week(int(m[1]), int(m[2]))
        raise ValueError(f"报告期“{text}”写法不对，应如 2023-06（月）或 2023-W25（周）")

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02d}" if self.is_month else f"{self.year}-W{self.number:02d}"

    @property
    def is_month(self) -> bool:
        """Whether this is a month (else a week)."""
        return self.kind is PeriodKind.MONTH

    @property
    def label(self) -> str:
        """2023年6月 or 2023年第25周."""
        return f"{self.year}年{self.number}月" if self.is_month else f"{self.year}年第{self.number}周"

    @property
    def start(self) -> date:
        """The first day."""
        if self.is_month:
            return date(self.year, self.number, 1)
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def end(self) -> date:
        """The last day."""
        if self.is_month:
            return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])
        return date.fromisocalendar(self.year, self.number, 7)

    @property
    def last_month(self) -> Period:
        """The newest month that has ended by this period's end; for a month, itself.

        Amounts come monthly, so this is the month whose amounts a weekly report shows. A week of January
        before any month of the year has ended answers January itself.
        """
        if self.is_month:
            return self
        end = self.end
        month_end = date(end.year, end.month, calendar.monthrange(end.year, end.month)[1])
        if end.year > self.year:
            return Period.month(self.year, 12)
        if end == month_end or end.month == 1:
            return Period.month(end.year, end.month)
        return Period.month(end.year, end.month - 1)

    def time_progress(self) -> Decimal:
        """时间进度, 0 to 1, exact to 28 digits: M/12 of a month, day of the year / days in the year of a week."""
        if self.is_month:
            return Decimal(self.number) / 12
        end = min(self.end, date(self.year, 12, 31))
        days = 366 if calendar.isleap(self.year) else 365
        return Decimal(end.timetuple().tm_yday) / days

    def previous(self) -> Period:
        """The period of the same kind before this one."""
        if self.is_month:
            return Period.month(self.year - 1, 12) if self.number == 1 else Period.month(self.year, self.number - 1)
        day = self.start - timedelta(days=7)
        iso = day.isocalendar()
        return Period.week(iso.year, iso.week)

    @property
    def sort_key(self) -> tuple[date, int]:
        """Orders periods by their end, a week before the month that ends the same day."""
        return (self.end, 1 if self.is_month else 0)
