"""A notice's table as a workbook, to print as it stands or to sort."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from math import ceil
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from hydesk.reports.grid import PrintColumn, PrintRow, PrintRowKind
from hydesk.reports.notice import NoticePaper

_A4, _A3 = 178.0, 255.0
"""Characters across a landscape page in type of 8 points; what needs more is printed on the next larger paper, then on
several pages side by side that repeat number and name."""
_FEW, _SHORT, _LEAST = 10, 13.0, 13.0
"""Up to how many columns each is as wide as its head; the width of a short and of a long one where there are more."""
_HEAD = 3
"""The row of the head, below the title and who made it."""
_SIDE = Side(style="thin", color="B8C0CC")
_BOX = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)


def print_notice_xlsx(notice: NoticePaper, out: Path) -> None:
    """Write the table of ``notice`` to ``out``: numbers as numbers, words as text whatever they begin with."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "评分" if "评分" in notice.title else re.sub(r"[\[\]:*?/\\]", "", notice.title)[:31] or "表"
    table = notice.table
    columns = table.columns if table is not None else ()
    widths, room, across = _widths(columns)
    _write_title(sheet, notice, len(columns))
    _write_head(sheet, columns, widths)
    for number, row in enumerate(table.rows if table else (), _HEAD + 1):
        _write_row(sheet, number, row, columns, room)
    for index, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    for number, note in enumerate(table.notes if table else (), _HEAD + (len(table.rows) if table else 0) + 2):
        sheet.cell(number, 1, note)
    _set_page(sheet, len(columns), across)
    book.save(out)


def _widths(columns: Sequence[PrintColumn]) -> tuple[list[float], float, float]:
    """The width of each column in characters, that of those which take the rest, and that of all."""
    short = [max(8.0, 2.4 * len(c.name)) if not c.weight else 0.0 for c in columns]
    short = [w if len(columns) <= _FEW else min(w, _SHORT) for w in short]
    many = sum(bool(c.weight) for c in columns)
    room = 60.0 if many < 2 else min(30.0, max(_LEAST, (_A3 - sum(short)) / many))
    # Summed in the order in which room was found: what fills the page to the last character must not seem wider.
    return [room if c.weight else w for c, w in zip(columns, short, strict=True)], room, sum(short) + many * room


def _write_title(sheet: Worksheet, notice: NoticePaper, width: int) -> None:
    remark = f"【{notice.remark}】" if notice.remark else ""
    for row, text in enumerate((f"{remark}{notice.title}", f"{notice.office}　{notice.day}"), 1):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=max(width, 1))
        cell = sheet.cell(row, 1)
        cell.value, cell.data_type = text, "s"
        cell.font = Font(size=16 if row == 1 else 10, bold=row == 1)
        cell.alignment = Alignment(horizontal="center")


def _write_head(sheet: Worksheet, columns: Sequence[PrintColumn], widths: Sequence[float]) -> None:
    for index, column in enumerate(columns, 1):
        cell = sheet.cell(_HEAD, index)
        cell.border, cell.font = _BOX, Font(bold=True)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.value, cell.data_type = column.name, "s"
    lines = max((ceil(2.2 * len(c.name) / w) for c, w in zip(columns, widths, strict=True) if not c.weight), default=1)
    sheet.row_dimensions[_HEAD].height = 16.5 * lines + 3


def _write_row(sheet: Worksheet, number: int, row: PrintRow, columns: Sequence[PrintColumn], room: float) -> None:
    """One row, as high as its longest words need."""
    texts = tuple(p if isinstance(p, str) else p.text for p in row.cells)
    bold = row.kind in (PrintRowKind.GROUP, PrintRowKind.SUBTOTAL, PrintRowKind.TOTAL)
    for index, words in enumerate(texts, 1):
        cell = sheet.cell(number, index)
        cell.border, cell.font = _BOX, Font(bold=bold)
        align = None if columns[index - 1].weight else "center"
        cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
        figure = _number(words)
        if figure is None:
            cell.value, cell.data_type = words, "s"
        else:
            cell.value = figure
            cell.number_format = "#,##0.00" if "," in words else "0." + "0" * len(words.partition(".")[2]) if "." in words else "0"
    longest = max((len(w) for w, c in zip(texts, columns, strict=False) if c.weight), default=0)
    width = room / 60 * 28
    if row.kind in (PrintRowKind.GROUP, PrintRowKind.WIDE) and len(columns) > 1:
        first = 1 if row.kind is PrintRowKind.GROUP else 2
        sheet.merge_cells(start_row=number, start_column=first, end_row=number, end_column=len(columns))
        sheet.cell(number, first).alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)
        longest, width = len(texts[first - 1]), 14.0 * sum(2 if c.weight else 0.5 for c in columns)
    sheet.row_dimensions[number].height = 16.5 * max(1, ceil(longest / width)) + 3


def _set_page(sheet: Worksheet, columns: int, across: float) -> None:
    """The paper that ``columns`` of ``across`` characters fit on."""
    sheet.freeze_panes = f"C{_HEAD + 1}"
    sheet.print_title_rows = f"{_HEAD}:{_HEAD}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9 if across <= _A4 else 8
    sheet.page_setup.fitToHeight, sheet.page_setup.fitToWidth = 0, max(1, ceil(across / _A3))
    if across > _A3:
        sheet.print_title_cols = "A:B"
        for row in (1, 2):  # a title over all columns would be cut where the pages part
            sheet.unmerge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
            sheet.cell(row, 1).alignment = Alignment(horizontal="left")
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _number(words: str) -> Decimal | None:
    try:
        value = Decimal(words.replace(",", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
