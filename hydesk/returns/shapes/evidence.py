"""Leading what was found in a sheet of another shape back to the county's own cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding
from hydesk.domain.grid import CellPlace, Sheet, cell_name, column_letter, row_in_file

_CELL = re.compile(r"([A-Z]{1,3})(\d+)")


def letter_in_file(sheet: Sheet, column: int) -> str:
    """The letter of the file's column in which the values of ``column`` stand."""
    if not sheet.places:
        return column_letter(column)
    place = _first(sheet, column)
    return column_letter(place.column if place is not None and place.sheet == sheet.name else column)


def _first(sheet: Sheet, column: int) -> CellPlace | None:
    return next((p for (_, c), p in sorted(sheet.places.items()) if c == column), None if sheet.moved else sheet.place(1, column))


def cells_in_file(sheet: Sheet, columns: Mapping[Field, int], row: int) -> dict[Field, str]:
    """The file's cells of a row's fields; a name that was fetched from another sheet is shown by the row's first cell."""
    found: dict[Field, str] = {}
    for f, column in columns.items():
        place = sheet.place(row, column)
        if place is not None and place.sheet == sheet.name:
            found[f] = cell_name(place.row, place.column)
    if Field.NAME not in found:
        own = next((p for c in range(1, sheet.width + 1) if (p := sheet.place(row, c)) is not None and p.sheet == sheet.name), None)
        if own is not None:
            found[Field.NAME] = cell_name(own.row, own.column)
    return found


def in_file(finding: Finding, sheet: Sheet) -> Finding:
    """The finding at the places of the file that it means, in its sentence as well."""
    if not sheet.places and not sheet.lines:
        return finding
    row = sheet.line(finding.row) if finding.row is not None else None
    column, cell = finding.column, finding.cell
    message = finding.message
    if cell is not None and (m := _CELL.fullmatch(cell)) is not None:
        place = sheet.place(int(m[2]), _number(m[1]))
        cell = cell_name(place.row, place.column) if place is not None else None
        message = message.replace(f"”{finding.cell}", f"”{cell or ''}", 1)
    if column is not None:
        column = letter_in_file(sheet, _number(column))
        message = message.replace(f"”{finding.column}列", f"”{column}列", 1)
    if finding.row is not None and row is not None:
        message = message.replace(f"第{finding.row}行", f"第{row_in_file(row)}行")
    return replace(finding, row=row, cell=cell, column=column, message=message)


def _number(letter: str) -> int:
    number = 0
    for c in letter:
        number = number * 26 + ord(c) - 64
    return number
