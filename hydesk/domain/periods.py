"""Reporting periods: months (2023-06) and ISO weeks (2023-W25), two types that are never taken for one another.

What a month is, a week is not: only a ``Month`` has a month's number, so a function that counts months takes a
``Month`` and the type checker refuses it a week. What both have stands in ``Period``. Rules: docs/rules.md §1.2.
"""

from __future__ import annotations

import calendar
import re
from abc import ABC, abstractmethod
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from hydesk.dataclass import dataclass

NEAR_DAYS = 3
"""How far from its week the day may be that a weekly return states for its figures."""


def months_ended(day: date) -> int:
    """How many months of the year have wholly passed by ``day``, 0 to 12; a month that ends that day counts."""
    return day.month if (day + timedelta(days=1)).month != day.month else day.month - 1


YEARS = (1990, 2199)
"""The first and the last year that a period may be of."""


@dataclass(frozen=True, slots=True)
class Period(ABC):
    """One reporting period of a year: a ``Month`` or a ``Week``. A week belongs to its ISO year."""

    year: int

    @staticmethod
    def month(year: int, month: int) -> Month:
        """The month ``month`` (1 to 12) of ``year``."""
        return Month(year, month)

    @staticmethod
    def week(year: int, week: int) -> Week:
        """The ISO week ``week`` of ``year``."""
        return Week(year, week)

    @staticmethod
    def parse(text: str) -> Month | Week:
        """2023-06 or 2023-W25. Raises ValueError with a sentence for the user."""
        return _parsed(text)

    @property
    def is_month(self) -> bool:
        """Whether this is a month (else a week); ``isinstance(period, Month)`` tells the type checker too."""
        return isinstance(self, Month)

    @property
    @abstractmethod
    def label(self) -> str:
        """2023年6月 or 2023年第25周."""

    @property
    @abstractmethod
    def short_label(self) -> str:
        """6月 or 第25周, where the year stands beside it."""

    def label_at(self, day: date) -> str:
        """The label with the day as of which its figures hold, where that is no month's end by the label itself:
        2023年6月, but 2023年第28周（截至7月14日） and 2023年7月（截至7月10日）."""
        whole = self.is_month and day == self.day
        return self.label if whole else f"{self.label}（截至{day.month}月{day.day}日）"

    @property
    @abstractmethod
    def start(self) -> date:
        """The first day."""

    @property
    @abstractmethod
    def end(self) -> date:
        """The last day; of a week its Sunday, in the next year though it be."""

    @property
    @abstractmethod
    def day(self) -> date:
        """The day as of which the period's figures hold unless its return states another; always of ``year``."""

    @property
    def day_month(self) -> Month:
        """The month in which the period lies: that of its ``day``."""
        return Month(self.day.year, self.day.month)

    @property
    @abstractmethod
    def last_month(self) -> Month:
        """The newest month that has ended by this period's day; for a month, itself.

        A month's amounts are known once it has ended, so this is the month whose amounts a weekly report may show.
        A week of January before any month of the year has ended answers January itself.
        """

    @abstractmethod
    def time_progress(self) -> Decimal:
        """时间进度, 0 to 1, exact to 28 digits: M/12 of a month, day of the year / days in the year of a week."""

    @abstractmethod
    def previous(self) -> Period:
        """The period of the same kind before this one."""

    @property
    def sort_key(self) -> tuple[date, int]:
        """Orders periods by the day of their figures: a month's closing figure after a week that ends the same day."""
        return self.day, self.is_month


@dataclass(frozen=True, slots=True)
class Month(Period):
    """A calendar month; ``number`` is 1 to 12."""

    number: int

    def __post_init__(self) -> None:
        if not (YEARS[0] <= self.year <= YEARS[1] and 1 <= self.number <= 12):
            raise ValueError(f"没有这个报告期：{self.year} 年 {self.number} 月")

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02d}"

    @property
    def label(self) -> str:
        """2023年6月."""
        return f"{self.year}年{self.number}月"

    @property
    def short_label(self) -> str:
        """6月."""
        return f"{self.number}月"

    @property
    def start(self) -> date:
        """The first of the month."""
        return date(self.year, self.number, 1)

    @property
    def end(self) -> date:
        """The month's last day."""
        return _month_end(self.year, self.number)

    @property
    def day(self) -> date:
        """The month's last day."""
        return self.end

    @property
    def last_month(self) -> Month:
        """The month itself."""
        return self

    def takes(self, day: date) -> date | None:
        """``day`` as the day of this month's figures, where a return states it (旬报): it is one of the month's own."""
        return day if self.start <= day <= self.end else None

    def time_progress(self) -> Decimal:
        """M/12."""
        return Decimal(self.number) / 12

    def previous(self) -> Month:
        """The month before."""
        return Month(self.year - 1, 12) if self.number == 1 else Month(self.year, self.number - 1)


@dataclass(frozen=True, slots=True)
class Week(Period):
    """An ISO week, Monday to Sunday; ``number`` is 1 to 52 or 53."""

    number: int

    def __post_init__(self) -> None:
        if not (YEARS[0] <= self.year <= YEARS[1] and 1 <= self.number <= date(self.year, 12, 28).isocalendar().week):
            raise ValueError(f"没有这个报告期：{self.year} 年第 {self.number} 周")

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"

    @property
    def label(self) -> str:
        """2023年第25周."""
        return f"{self.year}年第{self.number}周"

    @property
    def short_label(self) -> str:
        """第25周."""
        return f"第{self.number}周"

    @property
    def start(self) -> date:
        """The Monday; of a year's first week it may lie in December."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def end(self) -> date:
        """The Sunday; of a year's last week it may lie in January."""
        return _week_end(self.year, self.number)

    @property
    def day(self) -> date:
        """The Sunday; 31 December for the year's last week where its Sunday lies in the next year."""
        return min(self.end, date(self.year, 12, 31))

    @property
    def last_month(self) -> Month:
        """The newest month ended by the week's day."""
        ended = self.day_month
        return ended if self.day == ended.end or ended.number == 1 else ended.previous()

    @property
    def opens_year(self) -> bool:
        """Whether it is the year's first week and has no day in December: what it did is then the year's sum."""
        return self.number == 1 and self.start.year == self.year

    def takes(self, day: date) -> date | None:
        """``day`` as the day of this week's figures, where a return states it: it is within three days of the week.

        A day past 31 December counts as the 31st of the week's year; None for a day that is too far or lies before
        1 January, as of which no sum of the year can be.
        """
        near = timedelta(days=NEAR_DAYS)
        if not self.start - near <= day <= self.end + near or day.year < self.year:
            return None
        return min(day, date(self.year, 12, 31))

    def time_progress(self) -> Decimal:
        """Day of the year / days in the year, at the week's day."""
        days = 366 if calendar.isleap(self.year) else 365
        return Decimal(self.day.timetuple().tm_yday) / days

    def previous(self) -> Week:
        """The week before, of the year before too."""
        iso = (self.start - timedelta(weeks=1)).isocalendar()
        return Week(iso.year, iso.week)


# A ledger speaks of some hundred periods, and says each of them ten thousand times.
_KEPT = 4096


@lru_cache(_KEPT)
def _parsed(text: str) -> Month | Week:
    if m := re.fullmatch(r"(\d{4})-(\d{1,2})", text.strip()):
        return Month(int(m[1]), int(m[2]))
    if m := re.fullmatch(r"(\d{4})-[Ww](\d{1,2})", text.strip()):
        return Week(int(m[1]), int(m[2]))
    raise ValueError(f"报告期“{text}”写法不对，应如 2023-06（月）或 2023-W25（周）")


@lru_cache(_KEPT)
def _month_end(year: int, number: int) -> date:
    return date(year, number, calendar.monthrange(year, number)[1])


@lru_cache(_KEPT)
def _week_end(year: int, number: int) -> date:
    return date.fromisocalendar(year, number, 7)
