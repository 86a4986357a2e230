"""What is wrong or worth knowing in a clerk's data, as values: where it stands and what to do about it."""

from __future__ import annotations

from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.fields import Field
from hydesk.domain.grid import row_in_file
from hydesk.domain.money import Yuan


class Level(Enum):
    """How much a finding weighs (docs/rules.md §7.1)."""

    ERROR = "error"
    """The row waits for a person."""
    WARNING = "warning"
    """Taken, and to be confirmed."""
    NOTE = "note"
    """Worth knowing."""

    @property
    def label(self) -> str:
        """错误, 提醒 or 说明."""
        return {Level.ERROR: "错误", Level.WARNING: "提醒", Level.NOTE: "说明"}[self]


UNDECIDED = "以后再问"
"""What was settled about a finding that is still to be decided."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. ``row`` counts from 1; a finding about a column has ``column`` (letter) and no row."""

    level: Level
    code: str
    message: str
    sheet: str | None = None
    row: int | None = None
    cell: str | None = None
    column: str | None = None
    project: str | None = None
    field: Field | None = None
    suggestion: Yuan | None = None
    """The value that would be right, where one can be told (a slip of ×10,000), in yuan."""

    @property
    def key(self) -> str:
        """Names it, so that it is known again after another reading."""
        return "|".join(str(x or "") for x in (self.code, self.sheet, self.row, self.cell, self.column, self.field and self.field.value))

    @property
    def file_row(self) -> int | None:
        """The row of the file that ``row`` means (see ``grid.LAYER``)."""
        return None if self.row is None else row_in_file(self.row)
