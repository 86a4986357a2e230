"""Plain grids: what a spreadsheet looks like once no file format is left in it.

Rows and columns count from 1, as the user sees them; a cell is named by its letter and number (H7).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from hydesk.dataclass import dataclass

CellValue = str | int | float | bool | date | datetime | time | timedelta | None
"""A cell as the reader found it. Numbers are floats only because spreadsheets store them so; the value stage
turns them into exact decimals. Blank is None or ''. An error value is its text, such as '#REF!'."""


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range, both corners included, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


LAYER = 1 << 21
"""More than any sheet has rows. Where several projects stand in one row of the file (tables side by side, projects as
columns), the second one's row number is its row and one of these, the third one's and two, so that every project of a
sheet has a number of its own."""


def row_in_file(row: int) -> int:
    """The row of the file that a project's row number means."""
    return row % LAYER


class CellPlace(NamedTuple):
    """A cell of a file: its sheet, row and column."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: rows of cells from A1 on, and what the later stages must know of its form."""

    name: str
    rows: Sequence[Sequence[CellValue]]
    merges: tuple[Span, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """Formula text of cells that hold one, by (row, column)."""
    column_widths: Mapping[int, float] = field(default_factory=dict)
    """Widths in characters of columns that say one, for showing the county's own sheet."""
    from_1904: bool = False
    """Whether the workbook counts its days from 1904: bare numbers mean later days then."""
    scaled: Mapping[tuple[int, int], float] = field(default_factory=dict)
    """The stored numbers of cells whose format shows another one (0!.0,"万"); the grid holds what is shown."""
    struck: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """Cells with struck-through words, which the grid leaves out: all that stands there. "" for a cell struck out whole,
    which the grid keeps."""
    places: Mapping[tuple[int, int], CellPlace] = field(default_factory=dict)
    """Where cells of a sheet that was brought into another shape stand in the file, by (row, column)."""
    moved: bool = False
    """Every cell was moved: a cell without a place stands nowhere in the file."""
    lines: Mapping[int, int] = field(default_factory=dict)
    """The row numbers by which rows of a sheet in another shape are known (see ``LAYER``); others are their own."""

    def line(self, row: int) -> int:
        """The number by which a row is known to a person and in what is kept."""
        return self.lines.get(row, row)

    def place(self, row: int, column: int) -> CellPlace | None:
        """Where a cell stands in the file; None for one that a change of shape made."""
        return self.places.get((row, column)) or (None if self.moved else CellPlace(self.name, row, column))

    def cell(self, row: int, column: int) -> CellValue:
        """The value at ``row``, ``column`` (from 1); None beyond the edge."""
        if 1 <= row <= len(self.rows):
            line = self.rows[row - 1]
            if 1 <= column <= len(line):
                return line[column - 1]
        return None

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max((len(r) for r in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook read from bytes; ``name`` is the file's own name without folders."""

    name: str
    sheets: tuple[Sheet, ...]
    form: str
    """What the bytes really are: xlsx, xls, xlsb, ods, html, spreadsheetml, csv, tsv."""
    notes: tuple[str, ...] = ()
    """Sentences for the clerk about the file itself, such as a name that lies about the form."""


def column_letter(column: int) -> str:
    """1 → A, 27 → AA."""
    text = ""
    while column:
        column, digit = divmod(column - 1, 26)
        text = chr(65 + digit) + text
    return text


def cell_name(row: int, column: int) -> str:
    """(7, 8) → H7."""
    return f"{column_letter(column)}{row}"
