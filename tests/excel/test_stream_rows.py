"""Rows put in as XML read back as those that openpyxl writes cell by cell."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Border, Font, Side
from python_calamine import CalamineWorkbook

from hydesk.excel.stream_rows import PlainCell, PlainRow, style_of, with_rows

VALUES: list[Any] = [
    "衡阳", " 前后有空格 ", "a<b & c>\"d\"", "两行\n第二行", "=1+1", "", None, 7, 10**12, Decimal("1234.5600"), Decimal("0.0000001"),
    date(2025, 2, 28), date(1900, 3, 1), "007", "]]>", "\ttab", "𠮷野",
]


def _dress(cell: Any) -> None:
    cell.font, cell.border = Font(bold=True, color="5B6470"), Border(left=Side(style="thin"))
    cell.number_format, cell.quotePrefix = "0.00", True


def _written(streamed: bool) -> bytes:
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("台账")
    sheet.append(["头"])
    looked = style_of(WriteOnlyCell(sheet), _dress)
    content = io.BytesIO()
    if streamed:
        book.save(content)
        rows = (PlainRow([PlainCell(v, 0), PlainCell(v, looked)], 31.5 if n % 2 else None) for n, v in enumerate(VALUES))
        return with_rows(content.getvalue(), rows, 2)
    for n, value in enumerate(VALUES):
        cells = [WriteOnlyCell(sheet, value) for _ in range(2)]
        for cell in cells:
            if isinstance(value, str):
                cell.data_type = "s"
            elif isinstance(value, date):
                cell.number_format = "General"
        _dress(cells[1])
        if n % 2:
            sheet.row_dimensions[n + 2].height = 31.5
        sheet.append(cells)
    book.save(content)
    return content.getvalue()


def test_values_looks_and_heights_are_those_of_openpyxl() -> None:
    own, theirs = (load_workbook(io.BytesIO(_written(streamed))).active for streamed in (True, False))
    assert own is not None
    assert theirs is not None
    assert (own.max_row, own.max_column) == (theirs.max_row, theirs.max_column) == (len(VALUES) + 1, 2)
    for mine, other in zip(own.iter_rows(), theirs.iter_rows(), strict=True):
        assert own.row_dimensions[mine[0].row].height == theirs.row_dimensions[mine[0].row].height
        for a, b in zip(mine, other, strict=True):
            assert a.value == b.value, a.coordinate
            assert (a.number_format, a.font.b, a.border.left.style, a.quotePrefix) == (b.number_format, b.font.b, b.border.left.style, b.quotePrefix)


def test_another_reader_finds_the_same() -> None:
    mine, other = (CalamineWorkbook.from_filelike(io.BytesIO(_written(streamed))).get_sheet_by_index(0).to_python() for streamed in (True, False))
    assert mine == other
