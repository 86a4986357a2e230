"""Cells of a grid and their names."""

from __future__ import annotations

import pytest

from hydesk.domain.grid import LAYER, CellPlace, Sheet, cell_name, column_letter, row_in_file


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (702, "ZZ"), (703, "AAA")])
def test_columns_are_lettered_as_spreadsheets_do(column: int, letters: str) -> None:
    assert (column_letter(column), cell_name(7, column)) == (letters, f"{letters}7")


def test_beyond_every_edge_of_a_ragged_sheet_stands_nothing() -> None:
    sheet = Sheet("表", [["a"], ["b", "c"], []])
    assert [sheet.cell(*at) for at in ((1, 1), (2, 2), (0, 1), (1, 0), (1, 2), (3, 1), (4, 1), (-1, 1), (1, -1))] == [
        "a", "c", None, None, None, None, None, None, None]
    assert (sheet.width, Sheet("空", []).width) == (2, 0)


def test_several_projects_of_one_row_have_numbers_of_their_own() -> None:
    sheet = Sheet("表", [[]], lines={4: 7, 5: 7 + LAYER})
    assert (sheet.line(3), sheet.line(4), sheet.line(5)) == (3, 7, 7 + LAYER)
    assert (row_in_file(7), row_in_file(7 + LAYER), row_in_file(7 + 2 * LAYER)) == (7, 7, 7)


def test_a_cell_that_a_change_of_shape_made_stands_nowhere_in_the_file() -> None:
    place = CellPlace("原表", 9, 2)
    assert Sheet("表", [[]], places={(1, 1): place}).place(1, 1) == place
    assert Sheet("表", [[]]).place(1, 2) == CellPlace("表", 1, 2)
    assert Sheet("表", [[]], places={(1, 1): place}, moved=True).place(1, 2) is None
