"""What a return would change in the ledger, field by field: old → new, and what the last return said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from hydesk.domain.fields import Field
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
class Change:
    """One field of one project. ``previous`` is what the last period's return said (None where it said nothing)."""

    project: str
    project_name: str
    field: Field
    old: ReadValue | None
    new: ReadValue | None
    previous: ReadValue | None
    kind: ChangeKind
    sheet: str
    row: int
    cell: str
    words: str
    """The words that stood in the cell."""
    accepted: bool
    """Whether 入库 writes it unless a person says otherwise: False for proposals and for rows with an error."""
