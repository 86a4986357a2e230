"""What one screen may ask another to show: plain values, so that screens need not know each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from hydesk.domain.meaning import Meaning


class Case(Enum):
    """Situations by which the ledger can be narrowed; the value is the word on the chip."""

    UNREPORTED = "本期未报"
    STARTED = "已开工"
    NEW_STARTED = "计划新开工已开工"
    NEW_TO_START = "计划新开工"
    OVERDUE_START = "到期未开工"
    MONEY_NO_START = "有投资未记开工"
    OVER_PLAN = "完成率超100%"
    HAS_PROBLEM = "有存在问题"


@dataclass(frozen=True, slots=True)
class LedgerQuery:
    """Which projects the ledger shows; an empty set of a kind means all."""

    text: str = ""
    units: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    natures: frozenset[str] = frozenset()
    meanings: frozenset[Meaning] = frozenset()
    cases: frozenset[Case] = field(default_factory=frozenset)
    stages: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    chains: frozenset[str] = frozenset()
    industries: frozenset[str] = frozenset()
    investors: frozenset[str] = frozenset()
    batches: frozenset[str] = frozenset()
    only: frozenset[int] = field(default_factory=frozenset)
    """The ids of exactly these projects: those behind a figure that no other filter tells."""
    called: str = ""
    """What ``only`` is, in the office's words; stands on its chip."""

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return self != LedgerQuery()


@dataclass(frozen=True, slots=True)
class ShowProject:
    """Select one project in the ledger and open its panel."""

    project_id: int


@dataclass(frozen=True, slots=True)
class OpenProject:
    """Open the page of one project (screen "project"); ``tab`` names a part of it: money, nodes, problems …"""

    project_id: int
    tab: str = ""


@dataclass(frozen=True, slots=True)
class ShowOriginal:
    """Open the kept original of a return (screen "returns") with ``cell`` of ``sheet`` marked."""

    return_id: int
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class TakeFiles:
    """Take these files in as returns."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShowNodes:
    """Nodes that are due within ``days``, or (None) overdue; of one unit or of all."""

    days: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ShowProblems:
    """Problems on the list; narrowed to a unit, to a project's code, or to the overdue ones."""

    unit: str = ""
    text: str = ""
    overdue: bool = False
    told: bool = False
    """What the returns tell and the list does not hold yet."""


@dataclass(frozen=True, slots=True)
class ShowProblem:
    """Select one problem and open its panel."""

    problem_id: int


@dataclass(frozen=True, slots=True)
class ShowLists:
    """项目清单管理 (screen "lists"), at a page: adjust, packages, rollover or past; with a project in hand."""

    page: str = "adjust"
    project_id: int | None = None


@dataclass(frozen=True, slots=True)
class ShowRegister:
    """工作机制 (screen "work"): a register by its key in the ledger or its shipped name, a record of it, or a page."""

    register_id: int | None = None
    key: str = ""
    record_id: int | None = None
    page: str = ""
