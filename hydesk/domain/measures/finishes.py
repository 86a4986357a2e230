"""竣工: which projects were to finish in the year, have finished, are overdue or early (docs/rules.md §5.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hydesk.domain.fields import RESERVED
from hydesk.domain.standing import ProjectStanding


@dataclass(frozen=True, slots=True)
class Finishes:
    """竣工情况 of a year's projects on a day. All are numbers of projects."""

    planned: int
    """计划竣工 of the year."""
    finished: int
    """Of those, finished by the day."""
    due: int
    """Of the planned, those whose planned day has come."""
    overdue: int
    """Of the due, those not finished."""
    early: int
    """Of the finished, those in a month before the planned one."""
    unplanned: int
    """Finished within the year though planned for another year, or for none: told apart, in no rate."""

    @property
    def year_rate(self) -> Decimal | None:
        """年度竣工率 = 已竣工 ÷ 计划竣工; None without any planned."""
        return Decimal(self.finished) / self.planned if self.planned else None

    @property
    def due_rate(self) -> Decimal | None:
        """到期竣工率 = 已竣工 ÷ 截至当日应竣工; above 1 where many finished early; None while none is due."""
        return Decimal(self.finished) / self.due if self.due else None


def to_finish(project: ProjectStanding, year: int) -> bool:
    """Whether the project counts as 计划竣工 of ``year``: its planned day lies in it, or, without a day, its finish year is
    it. A 预备 project never does, nor one that had finished before the year."""
    planned = project.planned_finish.year if project.planned_finish else project.finish_year
    done = project.actual_finish
    return planned == year and project.nature != RESERVED and (done is None or done.year >= year)


def has_finished(project: ProjectStanding, on: date) -> bool:
    """已竣工: an actual finish on or before ``on`` is recorded; money never says so."""
    return project.actual_finish is not None and project.actual_finish <= on


def overdue_finish(project: ProjectStanding, on: date) -> bool:
    """到期未竣工: the planned day has come and no finish is recorded by it."""
    return project.planned_finish is not None and project.planned_finish <= on and not has_finished(project, on)


def finished_early(project: ProjectStanding, on: date) -> bool:
    """Whether it finished by ``on``, in a month before the planned one."""
    done, planned = project.actual_finish, project.planned_finish
    return done is not None and planned is not None and done <= on and (done.year, done.month) < (planned.year, planned.month)


def count_finishes(projects: Iterable[ProjectStanding], year: int, on: date) -> Finishes:
    """竣工情况 of ``year`` as it stands on ``on``."""
    items = list(projects)
    own = [p for p in items if to_finish(p, year)]
    return Finishes(
        planned=len(own), finished=sum(has_finished(p, on) for p in own),
        due=sum(p.planned_finish is not None and p.planned_finish <= on for p in own),
        overdue=sum(overdue_finish(p, on) for p in own), early=sum(finished_early(p, on) for p in own),
        unplanned=sum(has_finished(p, on) and p.actual_finish is not None and p.actual_finish.year == year and not to_finish(p, year)
                      for p in items))
