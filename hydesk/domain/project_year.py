"""A project in one year of lists, month by month: what doubts and forecasts look at (docs/rules.md §9, §10).

Plain values, made by a service from the ledger and by tests from made-up worlds. Twelve places stand for the twelve
months; None is "nothing held as of that month's end", never a zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from itertools import pairwise

from hydesk.dataclass import dataclass
from hydesk.domain.money import Yuan

MONTHS = 12
NOTHING: tuple[None, ...] = (None,) * MONTHS
NO_WORDS: tuple[str, ...] = ("",) * MONTHS


@dataclass(frozen=True, slots=True)
class ProjectYear:
    """One project on the list of one year. Money in yuan, sums to date; a month's place is its number less one.

    ``permits``: by the node's name (用地, 施工许可 …) the day it was really got. ``known_to`` is the last month whose
    figures may be looked at; what is later must not be given in the other fields either.
    """

    id: int
    code: str
    name: str
    unit: str
    year: int
    nature: str
    annual_plan: Yuan | None
    total_investment: Yuan | None = None
    invested_before: Yuan | None = None
    category: str = ""
    builder: str = ""
    location: str = ""
    planned_start: date | None = None
    actual_start: date | None = None
    permits: Mapping[str, date] = field(default_factory=dict)
    year_investment: Sequence[Yuan | None] = NOTHING
    funds_arrived: Sequence[Yuan | None] = NOTHING
    statistics_year: Sequence[Yuan | None] = NOTHING
    progress_text: Sequence[str] = NO_WORDS
    weeks: Sequence[tuple[int, int, Yuan]] = ()
    """What weekly returns told within the year: month, day of the month, the year's sum to that day; the earliest first."""
    group: str = ""
    """The group (分组) its unit ranks in: 县市区, 园区, 市直部门, or the office's own."""

    def newest(self, month: int) -> int:
        """The last month up to ``month`` as of whose end the year's sum is held; 0 where there is none."""
        held = self.year_investment
        for number in range(month, 0, -1):
            if held[number - 1] is not None:
                return number
        return 0

    def done(self, month: int) -> Yuan:
        """The newest sum of the year known at the end of ``month``; 0 where there is none."""
        at = self.newest(month)
        return (self.year_investment[at - 1] or 0) if at else 0

    def steps(self, month: int) -> list[tuple[int, int, Yuan]]:
        """What each report up to ``month`` brought: its month, how many months it spans, the amount (may be negative).

        A project that did not report for a month brings two months' work with the next: the span says so.
        """
        told = [(0, 0), *((m, v) for m, v in enumerate(self.year_investment[:month], 1) if v is not None)]
        return [(m, m - before, v - held) for (before, held), (m, v) in pairwise(told)]

    @property
    def begun(self) -> bool:
        """Whether it went on from earlier years: 续建, or money before this year."""
        return self.nature == "续建" or bool(self.invested_before)


Years = Mapping[int, Sequence[ProjectYear]]
"""The lists of several years."""
