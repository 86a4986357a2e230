"""What the words over a column say of it."""

from __future__ import annotations

from hydesk.dataclass import dataclass
from hydesk.domain.fields import Field
from hydesk.domain.own_columns import OwnColumn


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """A field, or several between which figures must decide, or none with the reason."""

    field: Field | None
    reason: str
    confidence: float = 1.0
    candidates: tuple[Field, ...] = ()
    combined: bool = False
    """Owner and project name stand together in the cell."""
    asked: bool = False
    """No figures can decide it: 上半年 alone may be the half year's plan, which is as large as what was done."""
    doubtful: bool = False
    """A word of the head is not known, or two speak against each other: only figures that fit exactly decide it."""
    unknown: bool = False
    """Nothing tells what the column is: asked about where it holds figures."""
    rate: bool = False
    """Shares or rates, which are checked against the figures beside them."""
    other_month: bool = False
    """The figures or words of another month of a list of months: last month's sheet is known by them."""
    foreign: str = ""
    """The other currency that the head names."""
    own: OwnColumn | None = None
    """The column of the office's own that the head names."""


UNKNOWN = ColumnGuess(None, "未识别的列", unknown=True)


def left_out(reason: str) -> ColumnGuess:
    """A column that is understood and is none of the ledger's fields."""
    return ColumnGuess(None, reason)
