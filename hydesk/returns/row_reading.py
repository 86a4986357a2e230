"""A row of a project as it is read and checked: its amounts, words and findings, and where each stood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from hydesk.dataclass import dataclass
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import row_in_file
from hydesk.domain.money import MoneyUnit, Yuan
from hydesk.domain.own_columns import OwnCell
from hydesk.domain.snapshot import KnownProject
from hydesk.domain.understanding import ReadValue
from hydesk.returns.matching import Match
from hydesk.returns.table import Table
from hydesk.returns.values import Amount


class RowCells(Mapping[Field, str]):
    """Where a row's values stand: the table's letters by field, shared by all rows, and the row's number."""

    __slots__ = ("_letters", "_row")

    def __init__(self, letters: Mapping[Field, str], row: int | None) -> None:
        """``row`` None: ``letters`` holds whole cells, for a row whose values stand in several rows of the file."""
        self._letters, self._row = letters, "" if row is None else str(row)

    def __getitem__(self, key: Field) -> str:
        return f"{self._letters[key]}{self._row}"

    def __iter__(self) -> Iterator[Field]:
        return iter(self._letters)

    def __len__(self) -> int:
        return len(self._letters)

    def move(self, row: int, fields: Iterable[Field]) -> None:
        """The values of ``fields`` were taken from another row of the file."""
        here = self._row
        self._letters = {f: f"{letters}{here}" for f, letters in self._letters.items()} | {
            f: f"{self._letters[f]}{row}" for f in fields if f in self._letters}
        self._row = ""

    def also(self, f: Field, beside: Field) -> None:
        """``f`` was told from the cell of ``beside``."""
        if f not in self._letters and beside in self._letters:
            self._letters = {**self._letters, f: self._letters[beside]}


@dataclass(slots=True)
class RowReading:
    """A project row with its amounts and words, before and while it is checked."""

    table: Table
    row: int
    name: str
    match: Match
    cells: RowCells
    amounts: dict[Field, Amount] = field(default_factory=dict)
    values: dict[Field, ReadValue] = field(default_factory=dict)
    words: dict[Field, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    county: dict[Field, str] = field(default_factory=dict)
    """The county's own words of cells that a person corrected; ``words`` then holds what was typed."""
    slack: Yuan = 0
    """Differences up to this are let pass by the checks, as the office has set."""
    own: list[OwnCell] = field(default_factory=list)
    """What stands in columns of the office's own."""

    @property
    def line(self) -> int:
        """The row's number as it is kept and shown: its row in the file, in layers where a row holds several projects."""
        return self.table.sheet.line(self.row)

    @property
    def project(self) -> KnownProject | None:
        """The ledger's project, if one was found."""
        return self.match.project

    def unit_of(self, wanted: Field) -> MoneyUnit:
        """The unit its column is counted in."""
        column = self.table.column_of(wanted)
        return column.unit if column is not None and column.unit is not None else MoneyUnit.WAN

    def find(self, level: Level, code: str, message: str, wanted: Field | None = None, suggestion: int | None = None) -> None:
        """Adds a finding at this row, at the cell of ``wanted`` or of the name."""
        cell = self.cells.get(wanted) if wanted is not None else self.cells.get(Field.NAME)
        where = f"表“{self.table.sheet.name}”{cell or f'第{row_in_file(self.line)}行'}"
        self.findings.append(Finding(
            level, code, f"{where}：{message}。", self.table.sheet.name, self.line, cell,
            project=self.project.code if self.project else None, field=wanted, suggestion=suggestion))
