"""A list of problems as a sheet that prints on landscape A4 with its head on every page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from hydesk.excel.safe_text import append_texts, safe_text
from hydesk.excel.write_ledger import save_book

HEAD_ROW = 3
THIN = Side(style="thin", color="B8C0CC")
BORDER = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def write_problems(
    path: Path, title: str, line: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[str | date | None]]
) -> None:
    """Write ``rows`` under ``title``, ``line`` and the columns' heads (with widths in characters).

    Raises HydeskError when the file cannot be written.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = title
    append_texts(sheet, [title])
    append_texts(sheet, [line])
    sheet.append([head for head, _ in columns])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(columns))
    sheet["A1"].font, sheet["A1"].alignment = Font(size=16, bold=True), Alignment(horizontal="center")
    sheet["A2"].font = Font(color="5B6470")
    for number, row in enumerate(rows, HEAD_ROW + 1):
        for column, value in enumerate(row, 1):
            _fill(sheet.cell(number, column), value)
    for column, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        head = sheet.cell(HEAD_ROW, column)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="E8EDF3")
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        head.border = BORDER
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 4)
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "— &P —"
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(len(columns))}{HEAD_ROW + max(1, len(rows))}"
    save_book(book, path)


def _fill(cell: Any, value: str | date | None) -> None:
    cell.border = BORDER
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    if isinstance(value, date):
        cell.value, cell.number_format = value, "yyyy-mm-dd"
    elif value:
        safe_text(cell, value)
