"""What one screen may ask another to show: plain values, so that screens need not know each other."""

from __future__ import annotations

from enum import Enum

from hydesk.dataclass import dataclass


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


class ReturnsPlace(Enum):
    """A part of 收报 that another screen may ask for."""

    BOARD = "board"
    FILES = "files"
    """Ask which files to take in."""
    REVIEW = "review"
    CHASE = "chase"
    DOUBTS = "doubts"


@dataclass(frozen=True, slots=True)
class ShowReturns:
    """收报 (screen "returns") at a part: the review of the file received under a number (None: the next that wants a person),
    催报 of a unit (empty: of all)."""

    part: ReturnsPlace
    received: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ShowNodes:
    """Nodes that are due within ``days``, or (None) overdue; of one unit or of all."""

    days: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ShowProblems:
    """Problems on the list; narrowed to a unit, to a project's code, to the overdue ones or to those to be handed out."""

    unit: str = ""
    text: str = ""
    overdue: bool = False
    told: bool = False
    """What the returns tell and the list does not hold yet."""
    unassigned: bool = False
    """Those that nobody answers for yet."""


@dataclass(frozen=True, slots=True)
class ShowProblem:
    """Select one problem and open its panel."""

    problem_id: int


@dataclass(frozen=True, slots=True)
class ShowLeader:
    """Mark a leader, by name, on 联系领导 (screen "leaders")."""

    name: str


@dataclass(frozen=True, slots=True)
class ShowLists:
    """项目清单管理 (screen "lists"), at a page: intake, adjust, plans, packages, rollover, past or compare; with a project in hand, or a
    list's file to look at."""

    page: str = "adjust"
    project_id: int | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class ShowRegister:
    """考核与榜单 (screen "work") or 调度会 ("meeting"): a register by its key in the ledger or its shipped name, a record of it,
    or a page; either screen hands on what stands on the other."""

    register_id: int | None = None
    key: str = ""
    record_id: int | None = None
    page: str = ""


@dataclass(frozen=True, slots=True)
class ShowReport:
    """A report of a kind (by its id), about a unit, a leader or a project."""

    kind: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class FillForm:
    """Blank forms of other offices to be filled, by path or as (name, content); without any, the page where forms are dropped."""

    path: str = ""
    files: tuple[tuple[str, bytes], ...] = ()
