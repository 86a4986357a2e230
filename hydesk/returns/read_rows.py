"""Stage 'values', applied: every project row's cells read, and what could not be told said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hydesk.domain.fields import DATE_FIELDS, MONEY_FIELDS, PROGRESS_TEXTS, Field, FieldKind
from hydesk.domain.findings import Level
from hydesk.domain.grid import CellValue, column_letter
from hydesk.returns.amount_words import AmountSaid
from hydesk.returns.corrections import read_typed
from hydesk.returns.own_cells import take_own_cell
from hydesk.returns.row_reading import RowCells, RowReading
from hydesk.returns.rows import RowKind, TableRow
from hydesk.returns.say_values import say_amount, say_struck, settled, take_date
from hydesk.returns.shapes.evidence import cells_in_file
from hydesk.returns.table import Column, Table
from hydesk.returns.tables import row_name
from hydesk.returns.text import is_blank, shown
from hydesk.returns.values import Reading, is_placeholder, read_amount

__all__ = ["RowCells", "RowReading", "read_rows"]


def read_rows(table: Table, year: int) -> list[RowReading]:
    """All project rows of a table, read."""
    letters: dict[Field, str] = {}
    for column in table.columns.values():
        for f in (column.field, column.also):
            if f is not None:
                letters.setdefault(f, column_letter(column.number))
    wanted = [c for c in table.columns.values() if c.field is not None and c.field is not Field.NAME
              and (c.unit is not None or c.field not in MONEY_FIELDS)]
    own = [c for c in table.columns.values() if c.guess.own is not None]
    rows = [r for r in table.rows if r.kind is RowKind.PROJECT and r.row in table.matches]
    readings = [_read(table, r, year, letters, wanted) for r in rows]
    for column in own:
        for reading, row in zip(readings, rows, strict=True):
            take_own_cell(reading, column, _cell_or_merged(table, row.row, column.number), row.continued, year)
    for f in MONEY_FIELDS & letters.keys():
        _precision_of_column(readings, f)
    return readings


_COARSEST_ZERO = 500_000
"""Yuan; a nothing written in a column of whole 亿元 is no rounding of thousands of 万元."""


def _precision_of_column(readings: Sequence[RowReading], f: Field) -> None:
    """A figure is as exact as its column: 0 or 3 in a column of 0.3687 亿元 was not rounded to whole 亿元.

    The column is as exact as a quarter of its figures are; trailing zeros vanish from the others.
    """
    told = sorted(a.tolerance for r in readings if (a := r.amounts.get(f)) and a.reading is Reading.NUMBER and a.yuan and not a.unit)
    exact = told[(len(told) - 1) // 4] if told else _COARSEST_ZERO
    for r in readings:
        a = r.amounts.get(f)
        if a is None or a.reading is not Reading.NUMBER or a.unit is not None:
            continue
        most = exact if a.yuan else min(exact, _COARSEST_ZERO)
        if a.tolerance > most:
            r.amounts[f] = replace(a, tolerance=most)


def _read(table: Table, row: TableRow, year: int, letters: Mapping[Field, str], wanted: Sequence[Column]) -> RowReading:
    name = row_name(table, row.row, row.continued)
    reading = RowReading(table, row.row, name, table.matches[row.row], _cells(table, row.row, letters))
    if table.layout.name:
        reading.words[Field.NAME] = reading.name
    typed = table.typed.get(row.row, {})
    for column in wanted:
        if column.field in MONEY_FIELDS:
            _read_money(reading, column, column.field)
        else:
            _read_words(reading, column, row, year)
    for f, text in typed.items():
        _correct(reading, f, text, year)
    return reading


def _cells(table: Table, row: int, letters: Mapping[Field, str]) -> RowCells:
    if not table.sheet.places:
        return RowCells(letters, row)
    columns = {f: c.number for c in table.columns.values() for f in (c.field, c.also) if f is not None and f in letters}
    return RowCells(cells_in_file(table.sheet, columns, row), None)


def _correct(reading: RowReading, f: Field, text: str, year: int) -> None:
    """Put what a person typed in the place of what was read, and of what was found in reading it."""
    typed = read_typed(f, text, reading.unit_of(f), year)
    column = reading.table.column_of(f)
    told = [f] if column is None or column.also is None or f not in MONEY_FIELDS else [f, column.also]
    for each in told:
        reading.county[each] = reading.words.get(each, "")
        reading.findings = [x for x in reading.findings if x.field is not each]
        reading.values.pop(each, None)
        if typed.value is not None:
            reading.values[each] = typed.value
        if typed.amount is not None:
            reading.amounts[each] = typed.amount
        reading.words[each] = text.strip()
    said = f"原文“{reading.county[f]}”" if reading.county[f] else "原文空着"
    reading.find(Level.NOTE, "corrected", f"{f.label}在核对时改为“{text.strip() or '空'}”，{said}", f)


def _read_money(reading: RowReading, column: Column, f: Field) -> None:
    unit = column.unit
    assert unit is not None
    value = reading.table.sheet.cell(reading.row, column.number)
    formula = reading.table.sheet.formulas.get((reading.row, column.number)) if is_blank(value) else None
    amount = read_amount(value, unit, formula=formula)
    if (reading.row, column.number) in reading.table.sheet.struck:
        amount = say_struck(reading, f, amount, reading.table.sheet.struck[reading.row, column.number])
    if amount.around:
        amount = settled(f, amount, reading.table.period.day_month.number)
    words = shown(value) if not is_blank(value) else (formula or "")
    reading.amounts[f] = amount
    reading.words[f] = words
    if amount.yuan is not None:
        reading.values[f] = amount.yuan
        if column.also is not None:
            reading.amounts[column.also] = amount
            reading.values[column.also] = amount.yuan
            reading.words[column.also] = words
    if amount.reading is not Reading.NUMBER or amount.unit is not None or amount.said is not AmountSaid.PLAIN:
        say_amount(reading, f, amount, words)


def _read_words(reading: RowReading, column: Column, row: TableRow, year: int) -> None:
    f = column.field
    assert f is not None
    value = _cell_or_merged(reading.table, row.row, column.number)
    words = shown(value).strip()
    if row.continued:
        words = "".join(words if r == row.row else shown(reading.table.sheet.cell(r, column.number)).strip()
                        for r in sorted((row.row, *row.continued)))
    if not words or (f in PROGRESS_TEXTS and is_placeholder(words)):
        return
    before = reading.words.get(f)
    reading.words[f] = f"{before}；{words}" if before and before != words else words
    if f in DATE_FIELDS:
        take_date(reading, column, value, words, year)
    elif f.kind is FieldKind.TEXT:
        reading.values[f] = reading.words[f]
    else:
        reading.values[f] = words


def _cell_or_merged(table: Table, row: int, column: int) -> CellValue:
    """A words cell merged downwards says the same for every row it covers."""
    value = table.sheet.cell(row, column)
    if not is_blank(value):
        return value
    for m in table.sheet.merges:
        if m.left <= column <= m.right and m.top < row <= m.bottom and m.top > table.head.last_row:
            return table.sheet.cell(m.top, m.left)
    return value
