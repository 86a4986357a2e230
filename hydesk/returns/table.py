"""A sheet as the stages build it up: head, columns with their fields and units, rows with their projects."""

from __future__ import annotations

from dataclasses import field

from hydesk.dataclass import dataclass
from hydesk.domain.fields import PROGRESS_FIELDS, Field
from hydesk.domain.findings import Finding
from hydesk.domain.grid import CellValue, Sheet
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import KnownProject
from hydesk.returns.column_guess import ColumnGuess
from hydesk.returns.head import Head
from hydesk.returns.matching import Match
from hydesk.returns.rows import Layout, TableRow
from hydesk.returns.sheets import SheetWords


@dataclass(slots=True)
class Column:
    """One column under the head. ``field`` stays None when it is left out; ``reason`` says why either way."""

    number: int
    path: tuple[str, ...]
    guess: ColumnGuess
    field: Field | None
    reason: str
    confidence: float
    said_unit: MoneyUnit | None = None
    unit: MoneyUnit | None = None
    also: Field | None = None
    """A second field that the same figures answer: with nothing spent before this year, the year to date is the sum
    since the start."""

    @property
    def header(self) -> str:
        """The head's words as a path: 2023年投资情况/本月完成."""
        return "/".join(self.path)


@dataclass(slots=True)
class Table:
    """A sheet with a head, as far as it has been understood."""

    sheet: Sheet
    head: Head
    words: SheetWords
    columns: dict[int, Column]
    layout: Layout
    rows: list[TableRow]
    period: Period
    matches: dict[int, Match] = field(default_factory=dict)
    """By row, for project rows."""
    findings: list[Finding] = field(default_factory=list)
    typed: dict[int, dict[Field, str]] = field(default_factory=dict)
    """By row, what a person typed for its cells in the review."""
    assigned: dict[int, KnownProject] = field(default_factory=dict)
    """By row, the project that a person said it is about."""
    left_out: str | None = None
    """Why the sheet is not used; None while it is."""

    facts_only: bool = False
    """The sheet holds facts or dates of projects whose progress stands on another one."""
    twins: list[tuple[int, int]] = field(default_factory=list)
    """Columns for one and the same field with other figures: the one taken, and the one that was not."""

    def column_of(self, wanted: Field) -> Column | None:
        """The column taken for a field."""
        return next((c for c in self.columns.values() if c.field is wanted), None)

    def value(self, row: int, column: int) -> CellValue:
        """The cell's value; a cell merged with the one above it in words columns has that one's."""
        return self.sheet.cell(row, column)

    @property
    def projects(self) -> set[str]:
        """Codes of the ledger's projects that its rows name."""
        return {m.project.code for m in self.matches.values() if m.project is not None}

    @property
    def progress(self) -> set[Field]:
        """The progress that its columns hold or may hold."""
        held = {f for c in self.columns.values() for f in (c.field, c.also) if f is not None}
        return (held | {f for c in self.columns.values() if c.field is None for f in c.guess.candidates}) & PROGRESS_FIELDS


def complete_each_other(one: Table, other: Table) -> bool:
    """Whether one holds the figures and the other only words that the first has not: a list of problems beside them."""
    if one.facts_only or other.facts_only:
        return True
    here, there = one.progress, other.progress
    return bool(here and there) and not here & there
