"""开工: which projects have begun, were to begin, are overdue, have money without a recorded start (docs/rules.md §5).

One definition for every page, paper, board and score: an actual start of permanent works recorded by the day, or the
project is 续建. An office may count money as a start; then everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.domain.fields import CONTINUED, NEW
from hydesk.domain.standing import ProjectStanding


@dataclass(frozen=True, slots=True)
class Starts:
    """开工情况 of a year's 新建 projects on a day, and of the 续建 beside them. All are numbers of projects."""

    planned: int
    """计划新开工 of the year."""
    started: int
    """Of those, begun by the day."""
    early: int
    due: int
    """Of the planned, those whose planned day has come."""
    overdue: int
    """Of the due, those not begun."""
    money_only: int
    """有投资未记开工: of the planned, those with money of the year and no recorded start."""
    continued: int = 0
    """续建 projects."""
    resumed: int = 0
    """Of those, the ones with money of the year: work has resumed."""

    @property
    def year_rate(self) -> Decimal | None:
        """年度开工率 = 已开工 ÷ 计划新开工; None without any planned."""
        return _share(self.started, self.planned)

    @property
    def due_rate(self) -> Decimal | None:
        """到期开工率 = 已开工 ÷ 截至当日应开工; above 1 where many began early; None while none is due."""
        return _share(self.started, self.due)

    @property
    def works_rate(self) -> Decimal | None:
        """开复工率 = (续建 resumed + 新建 started) ÷ (续建 + 计划新开工)."""
        return _share(self.started + self.resumed, self.planned + self.continued)


@dataclass(frozen=True, slots=True)
class StartLists:
    """The projects behind each number of ``Starts``, by the same names, in their order."""

    planned: tuple[ProjectStanding, ...]
    started: tuple[ProjectStanding, ...]
    early: tuple[ProjectStanding, ...]
    due: tuple[ProjectStanding, ...]
    overdue: tuple[ProjectStanding, ...]
    money_only: tuple[ProjectStanding, ...]
    continued: tuple[ProjectStanding, ...]
    resumed: tuple[ProjectStanding, ...]

    @property
    def counted(self) -> Starts:
        """How many each list holds."""
        return Starts(*(len(getattr(self, f.name)) for f in fields(self)))


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / whole if whole else None


def to_start(project: ProjectStanding, year: int) -> bool:
    """Whether the project counts as 计划新开工 of ``year``: 新建 and planned to start within it.

    One without a planned day counts for its start year.
    """
    planned = project.planned_start.year if project.planned_start else project.start_year
    return project.nature == NEW and planned == year


def has_started(project: ProjectStanding, on: date, *, money_starts: bool = False) -> bool:
    """已开工: an actual start of permanent works on or before ``on`` is recorded, or the project is 续建.

    With ``money_starts`` (an office's option) money of the year counts as well.
    """
    if project.nature == CONTINUED or (project.actual_start is not None and project.actual_start <= on):
        return True
    return money_starts and has_money(project)


def has_money(project: ProjectStanding) -> bool:
    """Whether any investment of the year is known."""
    return bool(project.year_investment)


def money_without_start(project: ProjectStanding, on: date, *, money_starts: bool = False) -> bool:
    """有投资未记开工: money of the year, no start recorded by ``on``: to be asked about."""
    return has_money(project) and not has_started(project, on, money_starts=money_starts)


def started_early(project: ProjectStanding, on: date) -> bool:
    """Whether works had begun by ``on``, in a month before the planned one."""
    begun, planned = project.actual_start, project.planned_start
    if begun is None or planned is None or begun > on:
        return False
    return (begun.year, begun.month) < (planned.year, planned.month)


def overdue_start(project: ProjectStanding, on: date, *, money_starts: bool = False) -> bool:
    """到期未开工: the planned day has come and no start is recorded; never of a 续建."""
    planned = project.planned_start
    return planned is not None and planned <= on and not has_started(project, on, money_starts=money_starts)


def list_starts(projects: Iterable[ProjectStanding], year: int, on: date, *, money_starts: bool = False) -> StartLists:
    """The projects behind each number of ``count_starts``."""
    items = list(projects)
    new = [p for p in items if to_start(p, year)]
    going = tuple(p for p in items if p.nature == CONTINUED)
    return StartLists(
        planned=tuple(new),
        started=tuple(p for p in new if has_started(p, on, money_starts=money_starts)),
        early=tuple(p for p in new if started_early(p, on)),
        due=tuple(p for p in new if p.planned_start is not None and p.planned_start <= on),
        overdue=tuple(p for p in new if overdue_start(p, on, money_starts=money_starts)),
        money_only=tuple(p for p in new if money_without_start(p, on, money_starts=money_starts)),
        continued=going,
        resumed=tuple(p for p in going if has_money(p)),
    )


def count_starts(projects: Iterable[ProjectStanding], year: int, on: date, *, money_starts: bool = False) -> Starts:
    """开工情况 of ``year`` as it stands on ``on``."""
    return list_starts(projects, year, on, money_starts=money_starts).counted
