"""Columns of the office's own in a sheet: told by their names, read cell by cell, and held against the ledger."""

from __future__ import annotations

from collections.abc import Iterable

from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import CellValue, cell_name
from hydesk.domain.money import MoneyUnit
from hydesk.domain.own_columns import OwnCell, OwnColumn, OwnKind, says_the_same, show_own_value
from hydesk.domain.snapshot import KnownProject
from hydesk.returns.column_guess import ColumnGuess, left_out
from hydesk.returns.own_values import read_own
from hydesk.returns.row_reading import RowReading
from hydesk.returns.table import Column
from hydesk.returns.text import is_blank, shown

_WORDS = (OwnKind.TEXT, OwnKind.PERSON)


def own_guess(column: OwnColumn, before: Iterable[Column]) -> ColumnGuess:
    """What a head that names ``column`` says of its column; the first of several is taken."""
    if any(c.guess.own == column for c in before):
        return left_out(f"自建栏目“{column.name}”已有另一列")
    return ColumnGuess(None, f"自建栏目“{column.name}”", own=column)


def take_own_cell(reading: RowReading, column: Column, value: CellValue, continued: Iterable[int], year: int) -> None:
    """Read the cell of an own column into ``reading``; words that cannot stand there are told, and nothing is taken.

    ``value`` is the cell's own, or that of the one it is merged with; words may go on in the rows ``continued``.
    """
    own = column.guess.own
    assert own is not None
    sheet, row = reading.table.sheet, reading.row
    if own.kind in _WORDS:
        value = "".join(shown(value if r == row else sheet.cell(r, column.number)).strip() for r in sorted((row, *continued)))
    if is_blank(value):
        return
    unit = column.said_unit or reading.table.words.unit or MoneyUnit.WAN
    read, wrong = read_own(own, value, year, unit)
    place = sheet.place(row, column.number) if sheet.places else None
    cell = cell_name(place.row, place.column) if place is not None else "" if sheet.places else cell_name(row, column.number)
    words = shown(value).strip()
    if wrong is not None:
        _say(reading, Level.WARNING, "own_unread", f"{wrong}。这一格没有取，请核实后在台账里填", cell)
    if read is not None or wrong is not None:
        reading.own.append(OwnCell(own, read, cell, words))


def own_changed(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    """A value other than the ledger's own is a proposal, as every fact's is; one that the ledger lacks comes in."""
    for cell in r.own:
        held = p.own.get(cell.column.id)
        if cell.value is not None and held is not None and not cell.column.kind.by_period and not says_the_same(held, cell.value):
            _say(r, level, code, f"{cell.column.name}报“{show_own_value(cell.value, exact=True)}”，台账为"
                                 f"“{show_own_value(held, exact=True)}”。确有变化请采用，否则请改正", cell.cell)


def _say(reading: RowReading, level: Level, code: str, message: str, cell: str) -> None:
    sheet = reading.table.sheet.name
    reading.findings.append(Finding(
        level, code, f"表“{sheet}”{cell or '这一行'}：{message}。", sheet, reading.line, cell or None,
        project=reading.project.code if reading.project else None))
