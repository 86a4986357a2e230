"""What one screen may ask another to show: plain values, so that screens need not know each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from hydesk.domain.meaning import Meaning
from hydesk.domain.scopes.cases import Case
from hydesk.domain.scopes.fields import SCOPE_FIELDS, ScopeField
from hydesk.domain.scopes.scope import WHOLE, Condition, Scope, ScopeOp, one_of

KINDS: Mapping[str, ScopeField] = {kind: SCOPE_FIELDS[key] for kind, key in (
    ("units", "unit"), ("groups", "group"), ("categories", "class"), ("natures", "nature"), ("meanings", "lamp"),
    ("stages", "stage"), ("levels", "level"), ("chains", "chain"), ("industries", "industry"), ("investors", "investor"),
    ("batches", "batch"), ("leaders", "leader"), ("cases", "state"))}
"""The filters of a query, each the field of scopes that it asks for."""


@dataclass(frozen=True, slots=True)
class LedgerQuery:
    """Which projects the ledger shows: a scope by its filters, and words looked for. An empty set of a kind means all.

    Of ``cases`` all must hold; of any other kind one. ``more`` are the conditions that no filter tells, such as bounds of
    the total investment.
    """

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
    groups: frozenset[str] = frozenset()
    leaders: frozenset[str] = frozenset()
    more: Scope = WHOLE
    only: frozenset[int] = field(default_factory=frozenset)
    """The ids of exactly these projects: those behind a figure that no other filter tells."""
    called: str = ""
    """What ``only`` is, in the office's words; stands on its chip."""

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return self != LedgerQuery()

    def conditions(self, without: str = "") -> tuple[Condition, ...]:
        """What its filters ask for; the filter ``without`` is left out."""
        made: list[Condition] = []
        for kind, of in KINDS.items():
            words = sorted(map(_word, getattr(self, kind))) if kind != without else []
            made += [one_of(of, [w]) for w in words] if kind == "cases" else [one_of(of, words)] if words else []
        return (*made, *self.more.conditions)

    @property
    def scope(self) -> Scope:
        """The scope that its filters tell; words looked for and projects picked one by one are not in it."""
        return Scope(self.conditions())

    @classmethod
    def of(cls, scope: Scope, text: str = "") -> LedgerQuery:
        """The query that asks for ``scope``: by filters where there are such, the rest in ``more``."""
        chosen: dict[str, Any] = {}
        more: list[Condition] = []
        for c in scope.conditions:
            kind = next((k for k, of in KINDS.items() if of == c.field), "")
            values = frozenset(_MEANT.get(kind, {}).get(str(v), v) for v in c.values)
            if not kind or c.op is not ScopeOp.IS or (len(values) > 1 if kind == "cases" else kind in chosen):
                more.append(c)
            else:
                chosen[kind] = chosen.get(kind, frozenset()) | values
        return replace(cls(text=text, more=Scope(tuple(more))), **chosen)


_MEANT: Mapping[str, Mapping[str, Any]] = {"meanings": {m.label: m for m in Meaning}, "cases": {c.value: c for c in Case}}


def _word(value: Any) -> str:
    return value.label if isinstance(value, Meaning) else value.value if isinstance(value, Case) else str(value)


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
