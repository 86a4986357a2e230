"""Nodes (节点) of projects: how each stands on a day, its slip against the baseline, and what may be written.

Rules (domain rules §2): every node has a planned (baseline), forecast and actual date. 开工 means permanent works
really begun. A node is overdue when its baseline is past and it is not done, whatever the forecast says; due when it
is expected within so many days. A date given to the month counts as that month's last day.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, timedelta
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.dates import LooseDate, Precision
from hydesk.domain.periods import Period

WHICH: tuple[str, ...] = ("baseline", "forecast", "actual")
WHICH_LABELS: Mapping[str, str] = {"baseline": "计划", "forecast": "预计", "actual": "实际"}
START, FINISH, ENTERED = "开工", "竣工", "入统"
HANDLING = "handling"
"""Beside the three dates: what somebody says of a node that has none of its own yet."""
WORKING, UNNEEDED = HANDLINGS = ("办理中", "不需办理")
"""What that may be; kept as written."""
DEPARTMENTS: Mapping[str, str] = {
    "立项": "发展改革部门", "可研": "发展改革部门", "初设": "住房城乡建设部门", "用地": "自然资源部门", "规划许可": "自然资源部门",
    "环评": "生态环境部门", "施工许可": "住房城乡建设部门"}
"""Who grants what, where the office has not said otherwise."""
PREPARING = "招商引资"
"""The stage of permits, which are got in any order among themselves."""
STAGES = ("招商引资", "落地开工", "在建实施", "竣工达产")
START_MEANS = "开工指永久工程实际动工（打桩算；勘察、拆迁、平整场地不算）"
LOOKED_BACK_DAYS = 45
"""A month's return is worked on well into the next month; what ended longer ago is looked back at."""
SOON_DAYS = 30
"""A node expected within as many days is said to be due."""


@dataclass(frozen=True, slots=True)
class StandardNode:
    """A standard node in the order of a project's life. ``name`` is its key; ``label`` what the office calls it;
    ``department`` who grants it (责任部门), where the office has said."""

    name: str
    stage: str
    label: str = ""
    department: str = ""

    @property
    def shown(self) -> str:
        """What the office calls it."""
        return self.label or self.name

    @property
    def granted_by(self) -> str:
        """责任部门: whom it waits for; empty where nobody is known."""
        return self.department or DEPARTMENTS.get(self.name, "")


class NodeState(Enum):
    """How a node stands on a day; always shown with its word and shape."""

    DONE = "done"
    OVERDUE = "overdue"
    DUE = "due"
    AHEAD = "ahead"
    UNDATED = "undated"
    UNNEEDED = "unneeded"

    @property
    def label(self) -> str:
        """已完成, 逾期, 近期到期, 未到期, 未排期 or 不需办理."""
        return {"done": "已完成", "overdue": "逾期", "due": "近期到期", "ahead": "未到期", "undated": "未排期", "unneeded": UNNEEDED}[self.value]

    @property
    def mark(self) -> str:
        """The shape that goes with the word."""
        return {"done": "●", "overdue": "■", "due": "◆", "ahead": "◇", "undated": "○", "unneeded": "—"}[self.value]


@dataclass(frozen=True, slots=True)
class BaselineMove:
    """A baseline that was moved: when, by whom, from where to where, and why."""

    on: date
    actor: str
    old: LooseDate
    new: LooseDate | None
    reason: str

    @property
    def days(self) -> int:
        """How many days later (negative: earlier)."""
        return (self.new.day - self.old.day).days if self.new is not None else 0


@dataclass(frozen=True, slots=True)
class NodeDates:
    """The three dates of one project's node, and how its baseline was moved."""

    baseline: LooseDate | None = None
    forecast: LooseDate | None = None
    actual: LooseDate | None = None
    moves: tuple[BaselineMove, ...] = ()
    begun: bool = False
    """Of 开工: the project counts as started (续建, or money where the office takes it so) though no day is recorded."""
    handling: str = ""
    """One of ``HANDLINGS``, or nothing."""

    def get(self, which: str) -> LooseDate | None:
        """The date called ``which``: baseline, forecast or actual."""
        dates: dict[str, LooseDate | None] = {"baseline": self.baseline, "forecast": self.forecast, "actual": self.actual}
        return dates[which]

    @property
    def first_baseline(self) -> LooseDate | None:
        """The baseline before it was ever moved."""
        return self.moves[0].old if self.moves else self.baseline

    @property
    def expected(self) -> LooseDate | None:
        """When it is expected: the forecast, else the baseline."""
        return self.forecast or self.baseline

    def done(self, on: date) -> bool:
        """Whether it was done by ``on``."""
        return self.begun if self.actual is None else earliest(self.actual) <= on

    def state(self, on: date, soon: int = SOON_DAYS) -> NodeState:
        """How it stands on ``on``; due when expected within ``soon`` days."""
        if self.done(on):
            return NodeState.DONE
        if self.handling == UNNEEDED:
            return NodeState.UNNEEDED
        limit = self.baseline or self.forecast
        if limit is None:
            return NodeState.UNDATED
        if limit.day < on:
            return NodeState.OVERDUE
        expected = self.expected
        assert expected is not None
        return NodeState.DUE if (expected.day - on).days <= soon else NodeState.AHEAD

    def days_left(self, on: date, state: NodeState | None = None) -> int | None:
        """Days from ``on`` to when it is expected; for an overdue node, less than zero: days since its baseline.

        ``state`` where it is known already.
        """
        state = state or self.state(on)
        if state in (NodeState.DONE, NodeState.UNDATED, NodeState.UNNEEDED):
            return None
        limit = (self.baseline or self.forecast) if state is NodeState.OVERDUE else self.expected
        assert limit is not None
        return (limit.day - on).days

    def slip(self, on: date) -> int | None:
        """Days later than the first baseline (negative: earlier); None where there is nothing to compare.

        A done node is measured by its actual date, another by its forecast, at least by ``on`` once overdue.
        """
        base = self.first_baseline
        if base is None or (self.handling == UNNEEDED and not self.done(on)):
            return None
        if self.done(on):
            return None if self.actual is None else _days(base, self.actual)
        reached = self.expected or base
        if self.baseline is not None and self.baseline.day < on:
            return max(_days(base, reached), (on - base.day).days)
        return _days(base, reached)


NO_DATES = NodeDates()


@dataclass(frozen=True, slots=True)
class ProjectNodes:
    """One project's nodes by name."""

    project_id: int
    code: str
    name: str
    unit: str
    category: str
    chain: str
    nature: str
    nodes: Mapping[str, NodeDates] = field(default_factory=dict)

    def node(self, name: str) -> NodeDates:
        """The dates of a node; all None where none was ever given."""
        return self.nodes.get(name, NO_DATES)


@dataclass(frozen=True, slots=True)
class ListedNode:
    """A node of a project in a list such as 近期到期 or 逾期."""

    project: ProjectNodes
    node: StandardNode
    dates: NodeDates
    state: NodeState
    days: int | None
    """Days left until it is expected; less than zero: days overdue."""
    slip: int | None

    @property
    def days_late(self) -> int:
        """Days past the day it is expected; 0 where it is not."""
        return 0 if self.days is None else max(0, -self.days)


@dataclass(frozen=True, slots=True)
class Milestones:
    """All projects' nodes as they stand on ``on``."""

    on: date
    nodes: tuple[StandardNode, ...]
    projects: tuple[ProjectNodes, ...]

    def listed(self) -> list[ListedNode]:
        """Every node that has a date, by project and in the nodes' order."""
        return [
            ListedNode(p, n, d, state := d.state(self.on), d.days_left(self.on, state), d.slip(self.on))
            for p in self.projects for n in self.nodes if (d := p.nodes.get(n.name)) is not None
        ]

    def overdue(self, listed: Sequence[ListedNode] | None = None) -> list[ListedNode]:
        """Nodes past their baseline and not done, the longest overdue first; of ``listed`` where it is made already."""
        found = [x for x in (self.listed() if listed is None else listed) if x.state is NodeState.OVERDUE]
        return sorted(found, key=lambda x: (-x.days_late, x.project.project_id))

    def due(self, days: int, listed: Sequence[ListedNode] | None = None) -> list[ListedNode]:
        """Nodes not overdue that are expected within ``days`` (7, 30, 60), the nearest first."""
        found = [x for x in (self.listed() if listed is None else listed)
                 if x.state in (NodeState.DUE, NodeState.AHEAD) and x.days is not None and x.days <= days]
        return sorted(found, key=lambda x: (x.days or 0, x.project.project_id))

    def slipped(self, listed: Sequence[ListedNode] | None = None) -> list[ListedNode]:
        """Nodes later than their first baseline, the latest first."""
        found = self.listed() if listed is None else listed
        return sorted((x for x in found if (x.slip or 0) > 0), key=lambda x: (-(x.slip or 0), x.project.project_id))

    def of(self, project_id: int) -> ProjectNodes | None:
        """One project's nodes."""
        return next((p for p in self.projects if p.project_id == project_id), None)


def day_of(when: Period | date, today: date) -> date:
    """The day by which the desk judges what is due: a day is itself; a period that is being worked on counts by
    ``today``, one that ended more than ``LOOKED_BACK_DAYS`` ago by its own last day, as it stood then."""
    if not isinstance(when, Period):
        return when
    return today if (today - when.end).days <= LOOKED_BACK_DAYS else when.end


def earliest(value: LooseDate) -> date:
    """The first day a date may mean: of 2023年6月, the first of June."""
    d = value.day
    if value.precision is Precision.MONTH:
        return d.replace(day=1)
    if value.precision is Precision.QUARTER:
        return date(d.year, (d.month - 1) // 3 * 3 + 1, 1)
    return date(d.year, 1, 1) if value.precision is Precision.YEAR else d


def _days(base: LooseDate, reached: LooseDate) -> int:
    """Days from ``base`` to ``reached``; 0 where one may lie within the other (2023年6月 and 2023-06-12)."""
    if earliest(base) <= reached.day and earliest(reached) <= base.day:
        return 0
    return (reached.day - base.day).days


def shift(value: LooseDate, days: int) -> LooseDate:
    """``value`` moved by ``days``, as precise as it was: a month moves to the month that its last day falls in."""
    day = value.day + timedelta(days=days)
    if value.precision is Precision.MONTH:
        return LooseDate.of_month(day.year, day.month)
    if value.precision is Precision.QUARTER:
        return LooseDate.of_quarter(day.year, (day.month - 1) // 3 + 1)
    return LooseDate.of_year(day.year) if value.precision is Precision.YEAR else LooseDate(day)


def shift_months(value: LooseDate, months: int) -> LooseDate:
    """``value`` moved by whole months; the 31st becomes the last day of a shorter month."""
    at = value.day.year * 12 + value.day.month - 1 + months
    year, month = divmod(at, 12)
    last = calendar.monthrange(year, month + 1)[1]
    whole = value.day.day == calendar.monthrange(value.day.year, value.day.month)[1]
    moved = date(year, month + 1, last if whole and value.precision is not Precision.DAY else min(value.day.day, last))
    return shift(LooseDate(moved, value.precision), 0)


def is_slip(old: LooseDate | None, new: LooseDate | None) -> bool:
    """Whether a baseline moved from ``old`` to ``new`` was moved later: that needs a reason."""
    return old is not None and new is not None and _days(old, new) > 0


@dataclass(frozen=True, slots=True)
class NodeMove:
    """One date (or, of ``HANDLING``, one of ``HANDLINGS``) to be written; ``new`` None takes it away."""

    project_id: int
    node: str
    which: str
    new: LooseDate | str | None
