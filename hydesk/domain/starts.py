"""开工情况: which of the year's new projects were to begin, have begun, began early, are overdue.

The home page and the report both read it here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hydesk.domain.standing import ProjectStanding


@dataclass(frozen=True, slots=True)
class Starts:
    """开工情况 of 新建 projects: planned to start this year, started, started early, not started though due."""

    planned: int
    started: int
    early: int
    overdue: int

    @property
    def rate(self) -> Decimal | None:
        """开工率 = 已开工 / 计划新开工."""
        return Decimal(self.started) / self.planned if self.planned else None


def to_start(project: ProjectStanding, year: int) -> bool:
    """Whether the project counts as 计划新开工 of ``year``: 新建 and planned to start within it.

    One without a planned day counts for its start year.
    """
    planned = project.planned_start.year if project.planned_start else project.start_year
    return project.nature == "新建" and planned == year


def has_started(project: ProjectStanding, on: date) -> bool:
    """Whether permanent works had begun by ``on``."""
    return project.started and (project.actual_start is None or project.actual_start <= on)


def started_early(project: ProjectStanding, on: date) -> bool:
    """Whether works had begun by ``on``, in a month before the planned one."""
    begun, planned = project.actual_start, project.planned_start
    if begun is None or planned is None or begun > on:
        return False
    return (begun.year, begun.month) < (planned.year, planned.month)


def overdue_start(project: ProjectStanding, on: date) -> bool:
    """Whether the planned day is past and works have not begun."""
    return project.planned_start is not None and project.planned_start <= on and not has_started(project, on)


def count_starts(projects: Iterable[ProjectStanding], year: int, on: date) -> Starts:
    """开工情况 of ``year`` as it stands on ``on``."""
    new = [p for p in projects if to_start(p, year)]
    return Starts(
        planned=len(new),
        started=sum(has_started(p, on) for p in new),
        early=sum(started_early(p, on) for p in new),
        overdue=sum(overdue_start(p, on) for p in new),
    )
