"""What a report may draw on beside the standings: nodes, problems, adjustments of the list, the year's curve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from hydesk.dataclass import dataclass
from hydesk.domain.dates import LooseDate
from hydesk.domain.forecast.year_end import Outlook
from hydesk.domain.money import Yuan
from hydesk.domain.own_columns import OwnColumn
from hydesk.domain.periods import Period
from hydesk.domain.scopes.fields import ScopeMember
from hydesk.reports.photos import Photo


@dataclass(frozen=True, slots=True)
class NodeStanding:
    """A node of a project as it stood at the period's end: one done later counts as not done yet."""

    project_id: int
    node: str
    stage: str
    planned: LooseDate | None
    forecast: LooseDate | None
    actual: LooseDate | None

    @property
    def due(self) -> LooseDate | None:
        """When it is to be done: the forecast, else the plan."""
        return self.forecast or self.planned


@dataclass(frozen=True, slots=True)
class PublishedNaming:
    """A project on 红榜 or 黄榜. ``board`` and ``state`` as the register writes them; ``now`` where it was named for the period
    reported, else for one before it."""

    project: str
    """Its code."""
    board: str
    reason: str
    state: str
    now: bool = True


@dataclass(frozen=True, slots=True)
class ProblemStanding:
    """A problem on the list as it stood at the period's end: one closed later is still open."""

    id: int
    project_id: int
    title: str
    detail: str
    measures: str
    responsible: str
    leader: str
    status: str
    raised_on: date | None
    due_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class AdjustmentLine:
    """A dated change of the year's list. ``kind`` is a word such as 退出."""

    project_id: int
    code: str
    name: str
    unit: str
    kind: str
    on: date
    reason: str
    batch: str
    other: str
    total_investment: Yuan | None
    annual_plan: Yuan | None
    document: str = ""
    """文号."""
    before: str = ""
    after: str = ""
    """What was and what is, in words: 年度计划投资 500.00."""


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """The end of a month, cumulative since January, yuan; ``done`` None where nothing is known."""

    month: int
    planned: Yuan
    done: Yuan | None


@dataclass(frozen=True, slots=True)
class Leaders:
    """Who answers for a project: 市级联系领导, 县级包联领导."""

    project_id: int
    city: str
    county: str

    def __str__(self) -> str:
        return "、".join(f"{who}（{where}）" for who, where in ((self.city, "市"), (self.county, "县")) if who)


@dataclass(frozen=True, slots=True)
class LastYear:
    """Last year's list as it stood a year before the figures shown: ``period`` is that asked for, ``shown`` the one whose
    figures there are, ``closed`` the periods closed early."""

    period: Period
    shown: Period
    members: tuple[ScopeMember, ...]
    closed: Mapping[Period, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sources:
    """All of them; each empty where the ledger has none."""

    nodes: tuple[NodeStanding, ...] = ()
    problems: tuple[ProblemStanding, ...] = ()
    adjustments: tuple[AdjustmentLine, ...] = ()
    curve: tuple[MonthPoint, ...] = ()
    leaders: tuple[Leaders, ...] = ()
    parts: Mapping[int, int] = field(default_factory=dict)
    """How many sub-projects each package (打包项目) holds, by project."""
    year_end: Outlook | None = None
    """Where the year will end over the whole list (docs/rules.md §10); None where the report is about a part of it, the
    year is over or nothing is known."""
    year_end_wide: bool = False
    """Whether no earlier year taught it, so that its range is wide."""
    own: tuple[OwnColumn, ...] = ()
    """The columns of the office's own."""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By the key of a scope's field the office's own words in its order."""
    short: Mapping[str, str] = field(default_factory=dict)
    """What else a unit is called, with its name."""
    last_year: LastYear | None = None
    """Read where something of the report compares years; None too where the ledger has no list of that year."""
    unneeded: frozenset[tuple[int, str]] = frozenset()
    """Nodes that somebody said a project does not need (不需办理)."""
    photos: tuple[Photo, ...] = ()
    """Of the project that the report is about."""
    boards: tuple[PublishedNaming, ...] = ()
    """红榜 and 黄榜, read where they are made public: those of the period in the order they were named, then the older ones."""
