"""开工情况: which of the year's new projects were to begin, have begun, began early, are overdue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hydesk.domain.indicators import Starts
from hydesk.domain.standing import ProjectStanding


def to_start(project: ProjectStanding, year: int) -> bool:
    """Whether the project counts as 计划新开工 of ``year``: it is 新建 and is not planned to start in a later year."""
    return project.nature == "新建" and (project.planned_start is None or project.planned_start.year <= year)


def has_started(project: ProjectStanding, on: date) -> bool:
    """Whether permanent works had begun by ``on``."""
    return project.started and (project.actual_start is None or project.actual_start <= on)


def started_early(project: ProjectStanding, on: date) -> bool:
    """Whether works began before the planned day."""
    if project.planned_start is None or not has_started(project, on):
        return False
    return (project.actual_start or on) < project.planned_start


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
