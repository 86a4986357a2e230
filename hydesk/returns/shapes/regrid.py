"""Building a grid out of another, every cell with its place in the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields, replace
from typing import Any

from hydesk.dataclass import dataclass
from hydesk.domain.fields import LEDGER_MONEY, Field
from hydesk.domain.grid import LAYER, CellPlace, CellValue, Sheet
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period
from hydesk.returns.columns import guess_column
from hydesk.returns.head import Head
from hydesk.returns.head_words import bare, known_field
from hydesk.returns.sheets import SheetWords, head_unit


@dataclass(frozen=True, slots=True)
class Shaped:
    """A grid of projects in rows, made of a sheet in another shape. The head stands above its first row."""

    sheet: Sheet
    head: Head
    words: SheetWords


@dataclass(slots=True)
class Regrid:
    """A grid in the making: the words over its columns, and cells taken from ``source``."""

    source: Sheet
    paths: list[tuple[str, ...]] = field(default_factory=list)
    cells: dict[tuple[int, int], CellValue] = field(default_factory=dict)
    _places: dict[tuple[int, int], CellPlace] = field(default_factory=dict)
    _meanings: dict[Field | str, tuple[int, MoneyUnit | None]] = field(default_factory=dict)
    """The columns of ``meant``, by what they hold: their number and the unit their head says."""

    def column(self, path: tuple[str, ...]) -> int:
        """The number of a new column."""
        self.paths.append(path)
        return len(self.paths)

    def put(self, row: int, column: int, at: tuple[int, int], value: CellValue = None) -> None:
        """The cell at ``at`` of the source into the new grid, or ``value`` that was made of it."""
        self.cells[(row, column)] = self.source.cell(*at) if value is None else value
        self._places[(row, column)] = self.source.place(*at) or CellPlace(self.source.name, *at)

    def meant(self, row: int, path: tuple[str, ...], at: tuple[int, int] | None, period: Period | None, inline: str | None = None) -> None:
        """The cell at ``at`` into the column of what ``path`` means; words that mean the same share a column.

        The column's head says the unit of the words met first; another unit goes into the cell. ``at`` None: the words
        have no value here. ``period`` None: the same words share a column, whatever they mean. ``inline`` is the value where it is only a part of the cell.
        """
        meaning, unit = self._meaning(path, period) if period is not None else None, head_unit(path)
        key: Field | str = meaning if meaning is not None else bare("".join(path))
        if key in self._meanings and (row, self._meanings[key][0]) in self.cells:
            key = bare("".join(path))
        if key not in self._meanings:
            self._meanings[key] = (self.column(path), unit)
        column, first = self._meanings[key]
        if at is None:
            return
        value = self.source.cell(*at) if inline is None else inline
        other = unit is not first and unit is not None and isinstance(value, int | float) and not isinstance(value, bool)
        self.put(row, column, at, f"{value}{unit.value}" if other and unit is not None else inline)

    def _meaning(self, path: tuple[str, ...], period: Period) -> Field | None:
        """The field of the words. Of a fact of the ledger that other words have named outright, doubtful words are the same:
        a figure that differs from the ledger's is asked about either way."""
        guess = guess_column(path, period)
        if guess.field is None and len(guess.candidates) == 1 and guess.candidates[0] in LEDGER_MONEY and guess.candidates[0] in self._meanings:
            return guess.candidates[0]
        return guess.field

    def made(self, words: SheetWords) -> Shaped:
        """The finished grid."""
        width = len(self.paths)
        last = max((r for r, _ in self.cells), default=0)
        rows = [[self.cells.get((r, c)) for c in range(1, width + 1)] for r in range(1, last + 1)]
        head = Head((0,), {c: p for c, p in enumerate(self.paths, 1) if p}, {c: (0, c) for c in range(1, width + 1)})
        return Shaped(_carried(self.source, rows, self._places, self._lines(last)), head, words)

    def _lines(self, last: int) -> dict[int, int]:
        """Every row's number: the row of the project's name in the file, in layers where a row holds several."""
        name = next((c for c, p in enumerate(self.paths, 1) if known_field(p[-1]) is Field.NAME), 1)
        lines: dict[int, int] = {}
        taken: set[int] = set()
        for row in range(1, last + 1):
            place = self._places.get((row, name)) or next((p for at, p in sorted(self._places.items()) if at[0] == row), None)
            line = place.row if place is not None else row
            while line in taken:
                line += LAYER
            taken.add(line)
            lines[row] = line
        return lines


def _carried(
    source: Sheet, rows: list[list[CellValue]], places: dict[tuple[int, int], CellPlace], lines: dict[int, int]
) -> Sheet:
    """The sheet with new rows; what the source says of single cells (formulas and the like) goes with them."""
    changed: dict[str, Any] = {}
    for f in fields(Sheet):
        held = getattr(source, f.name)
        if f.name not in ("places", "lines") and isinstance(held, Mapping) and held and isinstance(next(iter(held)), tuple):
            changed[f.name] = {to: held[(p.row, p.column)] for to, p in places.items() if (p.row, p.column) in held}
    return replace(source, rows=rows, merges=(), hidden_rows=frozenset(), hidden_columns=frozenset(), column_widths={},
                   places=places, lines=lines, moved=True, **changed)
