"""A project list held against the ledger: what each row would do, value by value, and what a person decided about it.

A three-way difference: what the list says, what the ledger holds, and what the year's last list said. So it is told
whether the list changed, or somebody changed the ledger since (docs/rules.md §12.4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding
from hydesk.domain.understanding import ReadSheet

RowKey = tuple[str, int]
"""A row of a list: its sheet and its number."""


class ListAct(Enum):
    """What a row of a list, or a project it leaves out, comes to."""

    ADDED = "added"
    CHANGED = "changed"
    RENAMED = "renamed"
    """Likely a project of the ledger under another name: a person says which."""
    WAITING = "waiting"
    MISSING = "missing"
    """A project of the year's list that this list does not name."""
    SAME = "same"

    @property
    def label(self) -> str:
        """In the office's words."""
        return {ListAct.ADDED: "新增", ListAct.CHANGED: "有变化", ListAct.RENAMED: "可能更名", ListAct.WAITING: "待核",
                ListAct.MISSING: "清单里没有", ListAct.SAME: "未变"}[self]


class ChangedBy(Enum):
    """Who changed a value since the year's last list."""

    FIRST = "first"
    """No earlier list says it."""
    LIST = "list"
    LEDGER = "ledger"
    """The list says what it said before; the ledger was changed since."""
    BOTH = "both"
    LATER = "later"
    """The list is of a year that is over: a later year's names the project (docs/rules.md §12.8)."""

    @property
    def label(self) -> str:
        """In the office's words."""
        return {ChangedBy.FIRST: "与台账不同", ChangedBy.LIST: "清单改了", ChangedBy.LEDGER: "台账改过",
                ChangedBy.BOTH: "两边都改了", ChangedBy.LATER: "台账较新"}[self]


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A value in which list and ledger differ, as the change log keeps it; ``last`` is what the last list said."""

    field: Field
    listed: str
    held: str | None
    last: str | None
    by: ChangedBy
    taken: bool
    """Whether it is written: by default where the list changed, or by what a person decided."""
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class ListItem:
    """One row of a list, or one project that it leaves out, and what it comes to."""

    act: ListAct
    name: str
    unit: str
    sheet: str = ""
    row: int = 0
    code: str = ""
    project_id: int | None = None
    """The ledger's project; None for a new one."""
    held_name: str = ""
    """The ledger's name where it differs."""
    changes: tuple[ValueChange, ...] = ()
    findings: tuple[Finding, ...] = ()
    also: tuple[str, ...] = ()
    """What else is written, in words: columns of the office's own, sub-projects."""
    taken: bool = True
    """Whether anything of it is written."""
    why: str = ""
    """Why it waits, in a sentence."""

    @property
    def key(self) -> RowKey:
        """Its row."""
        return self.sheet, self.row


@dataclass(frozen=True, slots=True)
class ListDecisions:
    """What a person decided in the preview; what is not named here goes by default.

    ``left``: rows not to be taken now. ``values``: whether a value is written. ``same``: the project that a row is,
    None for a new one.
    """

    left: frozenset[RowKey] = frozenset()
    values: Mapping[tuple[str, int, Field], bool] = field(default_factory=dict)
    same: Mapping[RowKey, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListComparison:
    """A list held against a ledger. ``findings`` are those of the list and of the comparison."""

    items: tuple[ListItem, ...]
    findings: tuple[Finding, ...]
    sheets: tuple[ReadSheet, ...] = ()
    rejected: bool = False

    def count(self, act: ListAct) -> int:
        """How many items come to ``act``."""
        return sum(i.act is act for i in self.items)


class WaitKind(Enum):
    """What of a list waits for a person."""

    ROW = "row"
    """A row that was not taken."""
    VALUE = "value"
    """A value in which list and ledger differ."""
    RENAMED = "renamed"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """In the office's words."""
        return {WaitKind.ROW: "未取的行", WaitKind.VALUE: "数字或内容不同", WaitKind.RENAMED: "可能更名", WaitKind.MISSING: "清单里没有"}[self]


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing of a list that waits; values as the change log keeps them."""

    kind: WaitKind
    name: str
    unit: str = ""
    sheet: str = ""
    row: int = 0
    project_id: int | None = None
    field: Field | None = None
    listed: str | None = None
    held: str | None = None
    last: str | None = None
    why: str = ""


