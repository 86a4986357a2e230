"""竣工, 投产, 达产: which projects were to come to it in the year, have, are overdue or early (docs/rules.md §5.4, §5.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.fields import RESERVED
from hydesk.domain.standing import ProjectStanding


class Goal(Enum):
    """What a project is built for; the value is the node's name."""

    FINISH = "竣工"
    PRODUCTION = "投产"
    CAPACITY = "达产"

    @property
    def key(self) -> str:
        """Its English word, in ids of measures and in JSON: finish, production, capacity."""
        return self.name.lower()

    def planned(self, project: ProjectStanding) -> date | None:
        """The planned day."""
        if self is Goal.FINISH:
            return project.planned_finish
        return project.planned_production if self is Goal.PRODUCTION else project.planned_capacity

    def actual(self, project: ProjectStanding) -> date | None:
        """The recorded day."""
        if self is Goal.FINISH:
            return project.actual_finish
        return project.actual_production if self is Goal.PRODUCTION else project.actual_capacity


@dataclass(frozen=True, slots=True)
class Finishes:
    """竣工情况 (or that of 投产, 达产) of a year's projects on a day. All are numbers of projects."""

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


@dataclass(frozen=True, slots=True)
class FinishLists:
    """The projects behind each number of ``Finishes``, by the same names, in their order."""

    planned: tuple[ProjectStanding, ...]
    finished: tuple[ProjectStanding, ...]
    due: tuple[ProjectStanding, ...]
    overdue: tuple[ProjectStanding, ...]
    early: tuple[ProjectStanding, ...]
    unplanned: tuple[ProjectStanding, ...]

    @property
    def counted(self) -> Finishes:
        """How many each list holds."""
        return Finishes(*(len(getattr(self, f.name)) for f in fields(self)))


def to_finish(project: ProjectStanding, year: int, goal: Goal = Goal.FINISH) -> bool:
    """Whether the project counts as 计划竣工 (投产, 达产) of ``year``: its planned day lies in it.

    Without a day, it counts as 计划竣工 of its finish year; 投产 and 达产 are planned by a day alone. A 预备 project never
    counts, nor one that had come to it before the year.
    """
    day, done = goal.planned(project), goal.actual(project)
    planned = day.year if day else project.finish_year if goal is Goal.FINISH else None
    return planned == year and project.nature != RESERVED and (done is None or done.year >= year)


def has_finished(project: ProjectStanding, on: date, goal: Goal = Goal.FINISH) -> bool:
    """已竣工 (投产, 达产): an actual day on or before ``on`` is recorded; money never says so, nor does another goal."""
    done = goal.actual(project)
    return done is not None and done <= on


def overdue_finish(project: ProjectStanding, on: date, goal: Goal = Goal.FINISH) -> bool:
    """到期未竣工 (投产, 达产): the planned day has come and no actual day by it is recorded."""
    planned = goal.planned(project)
    return planned is not None and planned <= on and not has_finished(project, on, goal)


def finished_early(project: ProjectStanding, on: date, goal: Goal = Goal.FINISH) -> bool:
    """Whether it came to it by ``on``, in a month before the planned one."""
    done, planned = goal.actual(project), goal.planned(project)
    return done is not None and planned is not None and done <= on and (done.year, done.month) < (planned.year, planned.month)


def list_finishes(projects: Iterable[ProjectStanding], year: int, on: date, goal: Goal = Goal.FINISH) -> FinishLists:
    """The projects behind each number of ``count_finishes``."""
    own: list[ProjectStanding] = []
    unplanned: list[ProjectStanding] = []
    for p in projects:
        if to_finish(p, year, goal):
            own.append(p)
        elif has_finished(p, on, goal) and (done := goal.actual(p)) is not None and done.year == year:
            unplanned.append(p)
    return FinishLists(
        tuple(own), tuple(p for p in own if has_finished(p, on, goal)),
        tuple(p for p in own if (day := goal.planned(p)) is not None and day <= on),
        tuple(p for p in own if overdue_finish(p, on, goal)), tuple(p for p in own if finished_early(p, on, goal)), tuple(unplanned))


def count_finishes(projects: Iterable[ProjectStanding], year: int, on: date, goal: Goal = Goal.FINISH) -> Finishes:
    """竣工情况 (or that of 投产, 达产) of ``year`` as it stands on ``on``."""
    return list_finishes(projects, year, on, goal).counted
