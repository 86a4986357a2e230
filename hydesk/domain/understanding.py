"""What hydesk understood of one return: the shared language of the stages, the ledger, the screens and JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from hydesk.dataclass import dataclass
from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.money import MoneyUnit, Yuan
from hydesk.domain.own_columns import OwnCell
from hydesk.domain.periods import Period

ReadValue = Yuan | str | LooseDate
"""A value taken from a cell: yuan for money, words for text, a date as precise as it was written."""


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A column of the return and the field it was taken for; ``field`` is None for columns left out."""

    letter: str
    header: str
    field: Field | None
    unit: MoneyUnit | None
    reason: str
    """Why this field, in words for the clerk: 表头“计划总投资”, 按台账数字判定 …"""
    confidence: float = 1.0
    own: str = ""
    """The column of the office's own that it was taken for, by its name."""


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet and what became of it."""

    name: str
    used: bool
    why: str | None
    """Why it was left out; None when used."""
    header_rows: tuple[int, ...] = ()
    columns: tuple[ReadColumn, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One project row: which project it is, and what stood in its cells."""

    sheet: str
    row: int
    name: str
    """The name as the county wrote it."""
    project: str | None
    """The project's 市重点编号; None for a stranger."""
    match: str | None
    """code, name, alias or near, person where somebody said so in the review; None without a project."""
    values: Mapping[Field, ReadValue] = field(default_factory=dict)
    cells: Mapping[Field, str] = field(default_factory=dict)
    """Where each value stood (H7), also for cells whose value could not be told."""
    words: Mapping[Field, str] = field(default_factory=dict)
    """The words that stood there, as written."""
    accepted: bool = True
    """False when an error holds the row back."""
    own: tuple[OwnCell, ...] = ()
    """What stood in columns of the office's own."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """All that a person corrected in one return: values as typed, by sheet, row and field; projects (市重点编号) by
    sheet and row."""

    values: Mapping[tuple[str, int, Field], str] = field(default_factory=dict)
    projects: Mapping[tuple[str, int], str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.values or self.projects)


@dataclass(frozen=True, slots=True)
class Understanding:
    """All that was read of one workbook."""

    file: str
    unit: str | None
    """The reporting unit; None when the workbook covers several (a county column) or it cannot be told."""
    period: Period | None
    sheets: tuple[ReadSheet, ...]
    rows: tuple[ReadRow, ...]
    findings: tuple[Finding, ...]
    rejected: bool = False
    """The whole file is refused: its sheet, period or columns cannot be told."""
    missing: tuple[str, ...] = ()
    """Codes of the unit's projects that the return does not name."""
    day: date | None = None
    """The day as of which its figures hold, where the return states another than the period's own."""

    @property
    def needs_person(self) -> bool:
        """Whether an error or a warning waits for somebody."""
        return self.rejected or any(f.level is not Level.NOTE for f in self.findings)


@dataclass(frozen=True, slots=True)
class ListedPart:
    """A sub-project of a listed package: a row 其中：… below it; amounts in yuan. ``cells`` says where each stood."""

    row: int
    name: str
    builder: str = ""
    total_investment: Yuan | None = None
    annual_plan: Yuan | None = None
    cells: Mapping[Field, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListedProject:
    """One project of a project list (``ledger import``): what stood in its row."""

    sheet: str
    row: int
    values: Mapping[Field, ReadValue] = field(default_factory=dict)
    cells: Mapping[Field, str] = field(default_factory=dict)
    words: Mapping[Field, str] = field(default_factory=dict)
    accepted: bool = True
    parts: tuple[ListedPart, ...] = ()
    """Its sub-projects, where the list names them; their figures are within its own."""
    extras: Mapping[str, str] = field(default_factory=dict)
    """What stands in columns that are no field of the ledger, by the column's own words."""
    own: tuple[OwnCell, ...] = ()
    """What stood in columns of the office's own. A column with id 0 is one to be made when the list is taken in."""


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A section of a list: its words without number and count, and the values it gave the rows below (none: left alone)."""

    sheet: str
    row: int
    words: str
    values: Mapping[Field, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProjectList:
    """All that was read of a project list."""

    file: str
    sheets: tuple[ReadSheet, ...]
    projects: tuple[ListedProject, ...]
    findings: tuple[Finding, ...]
    rejected: bool = False
    other_year: int | None = None
    """The year whose list it is, where all that names a year names another one than it was read for."""
    sections: tuple[ReadSection, ...] = ()
    """The sections and what each was taken for."""
