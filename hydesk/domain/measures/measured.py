"""A figure with its meaning: how much, as of which day, over which projects, by which rule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.domain.measures.named import MEASURES, Measure
from hydesk.domain.periods import Period


@dataclass(frozen=True, slots=True)
class AsOf:
    """The period a figure comes from and the day it holds for (a week's return may state its own)."""

    period: Period
    day: date

    @classmethod
    def of(cls, period: Period, day: date | None = None) -> AsOf:
        """``period`` at the day its return states, else at its own."""
        return cls(period, day or period.day)

    @property
    def key(self) -> tuple[date, int]:
        """Orders by the day; a month's closing figure after the weeks that end the same day."""
        return self.day, self.period.is_month

    @property
    def label(self) -> str:
        """6月底, 7月16日: the day in words, where the year stands beside it."""
        return f"{self.day.month}月底" if self.period.is_month else f"{self.day.month}月{self.day.day}日"

    @property
    def full_label(self) -> str:
        """2023年6月底, 2023年7月16日."""
        return f"{self.day.year}年{self.label}"


@dataclass(frozen=True, slots=True)
class Cover:
    """Over which projects a figure is: ``known`` of ``whole`` have data; ``missing`` names the units without."""

    known: int
    whole: int
    missing: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """388个项目中372个有数; empty where all have."""
        return "" if self.known == self.whole else f"{self.whole}个项目中{self.known}个有数"


@dataclass(frozen=True, slots=True)
class Measured:
    """A value of a named measure. ``value``: yuan, an exact rate or a count, as ``measure.quantity`` says; None: no data.

    ``note`` is said where the value is missing or needs a word, such as 101／388.
    """

    measure: Measure
    value: int | Decimal | None
    as_of: AsOf | None = None
    cover: Cover | None = None
    note: str = ""

    @property
    def id(self) -> str:
        """The measure's id."""
        return self.measure.id

    @property
    def words(self) -> str:
        """What the figure means in one line: name, as of when, over whom, by which rule."""
        parts = [self.measure.name]
        if self.as_of is not None:
            parts.append(f"截至{self.as_of.full_label}")
        if self.cover is not None and self.cover.words:
            parts.append(self.cover.words)
        parts.append(f"{self.measure.name}＝{self.measure.formula}")
        if self.note:
            parts.append(self.note)
        return "；".join(parts)


UNDATED = frozenset({"count", "split_count", "total_investment", "annual_plan", "invested_before"})
"""Ids of the measures that are of the year's list, as of no day."""


def measured(
    id: str, value: int | Decimal | None, as_of: AsOf | None = None, cover: Cover | None = None, note: str = ""
) -> Measured:
    """A value of the measure ``id``; what stands on the year's list holds for all of it and takes no date.

    Raises KeyError for a measure that is not defined.
    """
    return Measured(MEASURES[id], value, None if id in UNDATED else as_of, cover, note)

