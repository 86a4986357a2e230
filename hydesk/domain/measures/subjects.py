"""What a table of one matter tells (开工, 竣工, 投产, 达产, 前期, 同比): its figures in order, each with the projects behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.measures.finishes import FinishLists, Goal, list_finishes
from hydesk.domain.measures.named import MEASURES, Quantity
from hydesk.domain.measures.preparation import Permit, PreparationLists, list_preparations
from hydesk.domain.measures.starts import StartLists, list_starts
from hydesk.domain.measures.yardstick import Yardstick
from hydesk.domain.measures.year_on_year import YearOnYear
from hydesk.domain.milestones import WORKING, NodeState
from hydesk.domain.money import NO_FIGURE, MoneyUnit, format_money, format_percent, format_points
from hydesk.domain.standing import ProjectStanding


@dataclass(frozen=True, slots=True)
class Counted:
    """A value of the measure ``id``, the projects behind it (none behind a rate), and what is said in place of a value
    that is missing."""

    id: str
    value: int | Decimal | None
    projects: tuple[ProjectStanding, ...] = ()
    note: str = ""

    @property
    def behind(self) -> str:
        """3 个; of things of which a project may have several 20 件，16 个项目: how much stands behind it."""
        count = len(self.projects)
        return f"{count} 个" if self.value == count else f"{self.value} 件，{count} 个项目"

    @property
    def text(self) -> str:
        """As the screen and the command show it: amounts in 万元."""
        if self.value is None:
            return NO_FIGURE
        quantity = MEASURES[self.id].quantity
        if quantity is Quantity.AMOUNT:
            return format_money(int(self.value), MoneyUnit.WAN)
        if quantity is Quantity.RATE:
            return format_percent(Decimal(self.value))
        return format_points(Decimal(self.value)) if quantity is Quantity.POINTS else str(self.value)


class Subject(Enum):
    """A matter that is told by several figures; the value is the word on the screen and of ``--measure``."""

    STARTS = "开工"
    FINISH = "竣工"
    PRODUCTION = "投产"
    CAPACITY = "达产"
    PREPARATION = "前期"
    PERMITS = "前期手续"
    YEAR_ON_YEAR = "同比"

    @property
    def goal(self) -> Goal | None:
        """The goal that it tells of."""
        return Goal[self.name] if self.name in Goal.__members__ else None


def _named(key: str) -> Mapping[str, str]:
    """The ids of a goal's measures by the names of ``FinishLists`` and ``Finishes``."""
    return {"planned": f"planned_{key}", "finished": f"reached_{key}", "year_rate": f"year_{key}_rate", "due": f"due_{key}",
            "due_rate": f"due_{key}_rate", "overdue": f"overdue_{key}", "early": f"early_{key}", "unplanned": f"unplanned_{key}"}


GOAL_MEASURES: Mapping[Goal, Mapping[str, str]] = {
    Goal.FINISH: {"planned": "planned_finishes", "finished": "finished", "year_rate": "year_finish_rate", "due": "due_finishes",
                  "due_rate": "due_finish_rate", "overdue": "overdue_finishes", "early": "early_finishes",
                  "unplanned": "unplanned_finishes"},
    Goal.PRODUCTION: _named("production"), Goal.CAPACITY: _named("capacity")}
"""By goal the ids of its measures, in the order of a table."""
START_MEASURES: Mapping[str, str] = {
    "planned": "planned_starts", "started": "started", "year_rate": "year_start_rate", "due": "due_starts",
    "due_rate": "due_start_rate", "overdue": "overdue_starts", "early": "early_starts", "money_only": "money_without_start"}
"""The ids of the measures of starts, by the names of ``StartLists`` and ``Starts``."""


PREPARATION_MEASURES: Mapping[str, str] = {
    "prepared": "prepared", "reserved": "reserved", "converted": "converted", "rate": "conversion_rate", "still": "still_prepared",
    "granted": "granted"}
"""The ids of the measures of 前期, by the names of ``PreparationLists`` and ``Preparations``."""
PERMIT_COLUMNS = ("permits_needed", "permits_done", "permits_rate", "permits_open", "permits_working", "permits_overdue", "permits_due",
                  "permits_undated", "permits_unneeded")
"""The measures of 前期手续."""
YEAR_COLUMNS = ("count", "count_then", "count_both", "year_investment", "year_investment_then", "difference_of_years", "growth", "completion",
                "completion_then", "points_of_years", "same_growth")
"""The measures of 同比."""


def columns_of(subject: Subject) -> tuple[str, ...]:
    """The ids of the measures that tell of ``subject``, in order."""
    special = {Subject.YEAR_ON_YEAR: YEAR_COLUMNS, Subject.PERMITS: PERMIT_COLUMNS, Subject.PREPARATION: tuple(PREPARATION_MEASURES.values())}
    if subject in special:
        return special[subject]
    goal = subject.goal
    return tuple((START_MEASURES if goal is None else GOAL_MEASURES[goal]).values())


def count_subject(subject: Subject, projects: Iterable[ProjectStanding], year: int, by: Yardstick) -> tuple[Counted, ...]:
    """The figures of ``subject`` over ``projects`` in the order of ``columns_of``, as of the yardstick's day. 同比 and
    前期 look at more than these and have functions of their own."""
    goal = subject.goal
    if goal is None:
        return _counted(START_MEASURES, list_starts(projects, year, by.on, money_starts=by.money_starts))
    return _counted(GOAL_MEASURES[goal], list_finishes(projects, year, by.on, goal))


def count_preparations(
    projects: Iterable[ProjectStanding], permits: Iterable[Permit], year: int, by: Yardstick
) -> tuple[Counted, ...]:
    """The figures of 前期; ``permits`` are those of the projects still in preparation."""
    return _counted(PREPARATION_MEASURES, list_preparations(projects, permits, year, by.on, money_starts=by.money_starts))


def count_permits(permits: Iterable[Permit]) -> tuple[Counted, ...]:
    """The figures of 前期手续. They count permits; behind each stand their projects, every one once."""
    own = list(permits)
    open_ = [x for x in own if x.open]
    parts = {
        "permits_needed": [x for x in own if x.needed], "permits_done": [x for x in own if x.state is NodeState.DONE], "permits_open": open_,
        "permits_working": [x for x in open_ if x.dates.handling == WORKING], "permits_overdue": [x for x in open_ if x.state is NodeState.OVERDUE],
        "permits_due": [x for x in open_ if x.state is NodeState.DUE], "permits_undated": [x for x in open_ if x.state is NodeState.UNDATED],
        "permits_unneeded": [x for x in own if not x.needed]}
    done, needed = len(parts["permits_done"]), len(parts["permits_needed"])
    return tuple(
        Counted(id, len(parts[id]), tuple({x.project.id: x.project for x in parts[id]}.values())) if id in parts else
        Counted(id, Decimal(done) / needed if needed else None) for id in PERMIT_COLUMNS)


def _counted(named: Mapping[str, str], lists: StartLists | FinishLists | PreparationLists) -> tuple[Counted, ...]:
    counts = lists.counted
    return tuple(
        Counted(id, getattr(counts, name)) if name.endswith("rate") else
        Counted(id, getattr(counts, name), getattr(lists, name)) for name, id in named.items())


def count_years(found: YearOnYear) -> tuple[Counted, ...]:
    """The figures of 同比 in the order of its columns; one that is not compared says why."""
    none = "" if found.why or found.done_then else "上年同期为0"
    return (
        Counted("count", len(found.now.projects), found.now.projects), Counted("count_then", len(found.then.projects), found.then.projects),
        Counted("count_both", len(found.both), found.both), Counted("year_investment", found.done), Counted("year_investment_then", found.done_then),
        Counted("difference_of_years", found.difference, note=found.why), Counted("growth", found.growth, note=found.why or none),
        Counted("completion", found.completion), Counted("completion_then", found.completion_then),
        Counted("points_of_years", found.shown_points, note=found.why), Counted("same_growth", found.same_growth, note=found.why))
