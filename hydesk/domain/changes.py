"""What a return would change in the ledger, field by field: old → new, what the last return said, and what a person
edited in the ledger since."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.allowed import why_refused
from hydesk.domain.fields import Field, FieldKind
from hydesk.domain.money import MoneyUnit, format_money
from hydesk.domain.own_columns import OwnColumn, OwnKind, OwnValue, show_own_value
from hydesk.domain.understanding import ReadValue


class ChangeKind(Enum):
    """Why a field differs."""

    NEW_FIGURE = "new_figure"
    """Progress for a period that held nothing yet."""
    CORRECTION = "correction"
    """Progress of this period that is already held, with another value."""
    LEDGER_FIELD = "ledger_field"
    """A fact or plan of the ledger: a proposal, applied only when a person accepts it."""

    @property
    def label(self) -> str:
        """新数, 更正 or 台账变更."""
        return {"new_figure": "新数", "correction": "更正", "ledger_field": "台账变更"}[self.value]


@dataclass(frozen=True, slots=True)
class LedgerEdit:
    """A value that a person set after the unit's last return, by hand or as a correction in a review."""

    value: ReadValue | None
    """What the person set; None where it was emptied."""
    at: datetime
    actor: str
    returned: ReadValue | None = None
    """What the last return had said; None where none said anything, or where only its words are known."""
    words: str = ""
    """The county's own words, where they could not stand as they were and were corrected in a review."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one project. ``previous`` is what the last return said (None where it said nothing)."""

    project: str
    project_name: str
    field: Field | OwnColumn
    old: ReadValue | OwnValue | None
    new: ReadValue | OwnValue | None
    previous: ReadValue | OwnValue | None
    kind: ChangeKind
    sheet: str
    row: int
    cell: str
    words: str
    """The words that stood in the cell."""
    accepted: bool
    """Whether 入库 writes it unless a person says otherwise: False for proposals, for rows with an error, and where
    it would overwrite what a person edited since the last return."""
    edited: LedgerEdit | None = None
    """What a person edited in the ledger since the unit's last return: the third side of the comparison."""

    @property
    def key(self) -> tuple[str, Field | OwnColumn]:
        """Names it among the changes of a return: project and field."""
        return self.project, self.field

    @property
    def replaces_fact(self) -> bool:
        """Whether it puts another total, plan, name or other fact in place of the ledger's: taken over for a reason only
        (docs/rules.md §7.4). A fact that the ledger lacks comes in like progress."""
        return self.kind is ChangeKind.LEDGER_FIELD and self.old is not None

    @property
    def refused(self) -> str:
        """Why the ledger takes it in no way at all; empty where it can."""
        return why_refused(self.field, self.new)


def three_way(change: Change) -> str:
    """上次报表 X → 台账由某人于某日改为 Y → 本次报表 Z; empty where nobody edited the ledger in between."""
    if change.edited is None:
        return ""
    return f"{edit_story(change.edited, change.field)} → 本次报表 {shown_value(change.field, change.new)}"


def edit_story(edit: LedgerEdit, field: Field | OwnColumn) -> str:
    """上次报表 X → 台账由某人于某日改为 Y."""
    before = f"“{edit.words}”" if edit.words else shown_value(field, edit.returned)
    return (f"上次报表 {before} → 台账由{edit.actor}于{edit.at.year}年{edit.at.month}月{edit.at.day}日"
            f"改为 {shown_value(field, edit.value)}")


def shown_value(field: Field | OwnColumn, value: ReadValue | OwnValue | None) -> str:
    """A value in a sentence: money in 万元 with its unit, words in quotes, 空 for none."""
    if value is None or value == "":
        return "空"
    if isinstance(value, Decimal):
        return show_own_value(value)
    if isinstance(value, int) and field.kind in (FieldKind.MONEY, OwnKind.MONEY, OwnKind.PERIOD_MONEY):
        return f"{format_money(value, MoneyUnit.WAN)}万元"
    return f"“{value}”" if isinstance(value, str) else str(value)
