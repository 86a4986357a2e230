"""Quarters, half years and years as what a report is about: named by their last month, whose figures they show (docs/rules.md §18.4)."""

from __future__ import annotations

import re
from enum import Enum

from hydesk.domain.periods import Month

_NUMBERS = "一二三四"


class Stretch(Enum):
    """A stretch of months; the value is how many."""

    QUARTER = 3
    HALF = 6
    YEAR = 12

    def ends(self, month: Month) -> bool:
        """Whether one ends with ``month``."""
        return month.number % self.value == 0

    def label(self, month: Month) -> str:
        """2023年第二季度, 2023年上半年, 2023年: the one that ends with ``month``."""
        return f"{month.year}年" + ("" if self is Stretch.YEAR else self.short_label(month))

    def short_label(self, month: Month) -> str:
        """第二季度, 上半年; of a year 全年."""
        if self is Stretch.QUARTER:
            return f"第{_NUMBERS[month.number // 3 - 1]}季度"
        return "全年" if self is Stretch.YEAR else "上半年" if month.number <= 6 else "下半年"

    def first(self, month: Month) -> Month:
        """Its first month, where it ends with ``month``; January where the year has not so many yet."""
        return Month(month.year, max(month.number - self.value, 0) + 1)

    def before(self, month: Month) -> Month:
        """The month before it: of the year before where it begins the year."""
        return self.first(month).previous()

    @property
    def ending(self) -> str:
        """With which months one ends, in words."""
        return {Stretch.QUARTER: "3、6、9、12月", Stretch.HALF: "6月或12月", Stretch.YEAR: "12月"}[self]


def parse_stretch(text: str) -> Month | None:
    """The last month of 2023-Q2, 2023-H1 or 2023; None where ``text`` is written otherwise. Raises ValueError for a quarter,
    half or year there is not."""
    found = re.fullmatch(r"(\d{4})(?:-([QqHh])([1-4]))?", text.strip())
    if found is None:
        return None
    year, kind, number = int(found[1]), (found[2] or "").upper(), int(found[3] or 1)
    if kind == "H" and number > 2:
        raise ValueError(f"报告期“{text}”不对，半年只有 H1（上半年）和 H2（下半年）")
    return Month(year, {"Q": 3, "H": 6, "": 12}[kind] * number)
