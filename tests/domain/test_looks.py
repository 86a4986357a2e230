"""Cells that share a look are dressed once and stay their own."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from hydesk.domain.looks import Looks


def test_a_look_is_made_once_and_worn_by_every_cell_of_it() -> None:
    sheet: Any = Workbook().active
    looks, made = Looks(), []

    def bold(cell: Any) -> None:
        made.append(cell.coordinate)
        cell.font, cell.number_format = Font(bold=True), "0.00"

    for row in (1, 2, 3):
        looks.give(sheet.cell(row, 1, row), "bold", bold)
    assert made == ["A1"]
    assert all(sheet.cell(r, 1).font.b and sheet.cell(r, 1).number_format == "0.00" for r in (1, 2, 3))


def test_what_is_changed_on_one_cell_afterwards_is_changed_there_alone() -> None:
    sheet: Any = Workbook().active
    looks = Looks()
    for row in (1, 2):
        looks.give(sheet.cell(row, 1), "bold", lambda c: setattr(c, "font", Font(bold=True)))
    sheet.cell(1, 1).font = Font(italic=True)
    looks.give(sheet.cell(3, 1), "bold", lambda c: None)
    assert [bool(sheet.cell(r, 1).font.b) for r in (1, 2, 3)] == [False, True, True]
