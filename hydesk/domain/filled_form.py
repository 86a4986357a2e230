"""A form of somebody else's, filled from the ledger: which cell got what, and what had to stay empty (docs/rules.md §16)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.domain.findings import Finding

Written = int | Decimal | str | date
"""What is put into a cell: an exact number in the form's unit, words, or a day for a cell that shows one."""


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell that is filled. ``row`` and ``column`` count from 1 in the filled file.

    ``field`` names what it holds: a field of the ledger or the id of a measure. ``value`` is that in the ledger's own
    terms: whole yuan, an exact rate, a count, an ISO date or words. ``source`` says in words where it comes from.
    """

    row: int
    column: int
    field: str
    value: int | Decimal | str
    written: Written
    source: str
    own: bool = False
    """It names or numbers the row (name, code, running number) and is no figure or fact asked for."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of the filled form: a project's, or one that sums a scope. ``project`` is its 市重点编号."""

    row: int
    name: str
    project: str | None = None
    scope: Mapping[str, str] | None = None
    """What the row is a sum over: the scope as it is written in ``--scope``, and in the office's words."""
    cells: tuple[FormCell, ...] = ()


@dataclass(frozen=True, slots=True)
class Unfilled:
    """Cells of one column that stay empty for one reason. ``rows`` are theirs in the filled file; none: the whole column.

    ``who`` could know it, in the office's words; "" where nobody in particular.
    """

    column: str
    header: str
    why: str
    rows: tuple[int, ...] = ()
    who: str = ""


@dataclass(frozen=True, slots=True)
class AddedRows:
    """Rows that a form had too few of: ``count`` of them before its row ``before``, each like row ``like``. ``below``: the
    table goes on below its last row, where nothing stands; nothing moves."""

    before: int
    count: int
    like: int
    below: bool = False


@dataclass(frozen=True, slots=True)
class FormSheet:
    """What became of a sheet. ``why`` it was left alone; "" where it was filled."""

    sheet: str
    header_rows: tuple[int, ...] = ()
    rows: tuple[FormRow, ...] = ()
    unfilled: tuple[Unfilled, ...] = ()
    added: tuple[AddedRows, ...] = ()
    why: str = ""
    scope: str = ""
    """The scope of its rows as it is written in ``--scope``; "" for all projects or where the rows name themselves."""
    scope_words: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class FilledForm:
    """All that filling a form did or could not do."""

    file: str
    period: str
    sheets: tuple[FormSheet, ...] = ()
    findings: tuple[Finding, ...] = ()
    lost: tuple[str, ...] = field(default_factory=tuple)
    """What the form's own kind of file had and the file written has not, where it could not be written as it came."""

    @property
    def filled(self) -> int:
        """How many cells were filled with what the form asks for, names and running numbers not counted."""
        return sum(not c.own for s in self.sheets for r in s.rows for c in r.cells)

    @property
    def left(self) -> int:
        """How many columns have cells that stay empty."""
        return len({(s.sheet, u.column) for s in self.sheets for u in s.unfilled})
