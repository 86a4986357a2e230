"""A table as it stands on screen, as a workbook: title, what is shown, columns in their order, totals."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from hydesk.dataclass import dataclass
from hydesk.excel.safe_text import safe_text
from hydesk.excel.write_ledger import save_book

Value = str | int | Decimal | None
_LINE = Border(bottom=Side("hair", color="B8BEC7"))
_FILL = PatternFill("solid", fgColor="E8EDF3")
HEAD_ROW = 4


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column: its head, width in characters, and how its numbers are written (None: words)."""

    head: str
    width: float
    number_format: str | None = None


@dataclass(frozen=True, slots=True)
class ShownTable:
    """What stands on screen. ``notes`` says filters and order; ``unit`` such as 万元 stands at the top right."""

    title: str
    notes: str
    unit: str
    columns: Sequence[ShownColumn]
    rows: Sequence[Sequence[Value]]
    totals: Sequence[Value]
    frozen: int


def write_shown(table: ShownTable, path: Path) -> None:
    """Write ``table`` to ``path``. Raises HydeskError when it cannot be written."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("项目台账")
    last = get_column_letter(len(table.columns))
    sheet.freeze_panes = f"{get_column_letter(table.frozen + 1)}{HEAD_ROW + 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    for index, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    sheet.append([_words(sheet, table.title, Font(bold=True, size=14))])
    sheet.append([_words(sheet, table.notes, Font(color="5B6470"))])
    sheet.append([_words(sheet, f"单位：{table.unit}", Font(color="5B6470"))])
    sheet.append([_head(sheet, c) for c in table.columns])
    for row in table.rows:
        sheet.append([_cell(sheet, c, v) for c, v in zip(table.columns, row, strict=True)])
    sheet.append([_cell(sheet, c, v, bold=True) for c, v in zip(table.columns, table.totals, strict=True)])
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{last}{HEAD_ROW + len(table.rows)}"
    save_book(book, path)


def _words(sheet: Any, text: str, font: Font) -> WriteOnlyCell:
    cell = safe_text(WriteOnlyCell(sheet, None), text)
    cell.font = font
    return cell


def _head(sheet: Any, column: ShownColumn) -> WriteOnlyCell:
    cell = _words(sheet, column.head, Font(bold=True))
    cell.fill = _FILL
    cell.alignment = Alignment(horizontal="right" if column.number_format else "left", vertical="center", wrap_text=True)
    return cell


def _cell(sheet: Any, column: ShownColumn, value: Value, *, bold: bool = False) -> WriteOnlyCell:
    if isinstance(value, str):
        cell = safe_text(WriteOnlyCell(sheet, None), value)
        cell.alignment = Alignment(vertical="top", wrap_text=len(value) > column.width)
    else:
        cell = WriteOnlyCell(sheet, value)
        if column.number_format and value is not None:
            cell.number_format = column.number_format
    cell.border = _LINE
    if bold:
        cell.font, cell.fill = Font(bold=True), _FILL
    return cell
