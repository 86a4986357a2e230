"""A notice's table as a workbook, to print as it stands or to sort."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from math import ceil
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from hydesk.reports.grid import PrintRowKind
from hydesk.reports.notice import NoticePaper

_A4, _A3 = 178.0, 255.0
"""Characters across a landscape page in type of 8 points; what needs more is printed on the next larger paper, then on
several pages side by side that repeat number and name."""
_FEW, _SHORT, _LEAST = 10, 13.0, 13.0
"""Up to how many columns each is as wide as its head; the width of a short and of a long one where there are more."""
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
    remark = f"【{notice.remark}】" if notice.remark else ""
    for row, text in enumerate((f"{remark}{notice.title}", f"{notice.office}　{notice.day}"), 1):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=max(len(columns), 1))
        cell = sheet.cell(row, 1)
        cell.value, cell.data_type = text, "s"
        cell.font = Font(size=16 if row == 1 else 10, bold=row == 1)
        cell.alignment = Alignment(horizontal="center")
    rows = [tuple(c.name for c in columns)]
    rows += [tuple(p if isinstance(p, str) else p.text for p in r.cells) for r in table.rows] if table else []
    kinds = [PrintRowKind.ITEM, *(r.kind for r in table.rows)] if table else []
    short = [max(8.0, 2.4 * len(c.name)) if not c.weight else 0.0 for c in columns]
    short = [w if len(columns) <= _FEW else min(w, _SHORT) for w in short]
    many = sum(bool(c.weight) for c in columns)
    room = 60.0 if many < 2 else min(30.0, max(_LEAST, (_A3 - sum(short)) / many))
    for number, row_words in enumerate(rows, 3):
        for index, words in enumerate(row_words, 1):
            cell = sheet.cell(number, index)
            cell.border = _BOX
            head = number == 3
            cell.font = Font(bold=head or kinds[number - 3] in (PrintRowKind.GROUP, PrintRowKind.SUBTOTAL, PrintRowKind.TOTAL))
            align = "center" if head or not columns[index - 1].weight else None
            cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
            figure = _number(words)
            if figure is not None and not head:
                cell.value = figure
                cell.number_format = "#,##0.00" if "," in words else "0." + "0" * len(words.partition(".")[2]) if "." in words else "0"
            else:
                cell.value, cell.data_type = words, "s"
        if number == 3:
            lines = max((ceil(2.2 * len(w) / s) for w, s in zip(row_words, short, strict=False) if s), default=1)
            sheet.row_dimensions[number].height = 16.5 * lines + 3
            continue
        longest = max((len(w) for w, c in zip(row_words, columns, strict=False) if c.weight), default=0)
        width = room / 60 * 28
        if number > 3 and kinds[number - 3] in (PrintRowKind.GROUP, PrintRowKind.WIDE) and len(columns) > 1:
            first = 1 if kinds[number - 3] is PrintRowKind.GROUP else 2
            sheet.merge_cells(start_row=number, start_column=first, end_row=number, end_column=len(columns))
            sheet.cell(number, first).alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)
            longest, width = len(row_words[first - 1]), 14.0 * sum(2 if c.weight else 0.5 for c in columns)
        sheet.row_dimensions[number].height = 16.5 * max(1, ceil(longest / width)) + 3
    for index, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(index)].width = room if column.weight else short[index - 1]
    for number, note in enumerate(table.notes if table else (), len(rows) + 4):
        sheet.cell(number, 1, note)
    sheet.freeze_panes = "C4"
    sheet.print_title_rows = "3:3"
    total = sum(short) + many * room
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9 if total <= _A4 else 8
    sheet.page_setup.fitToHeight, sheet.page_setup.fitToWidth = 0, max(1, ceil(total / _A3))
    if total > _A3:
        sheet.print_title_cols = "A:B"
        for row in (1, 2):  # a title over all columns would be cut where the pages part
            sheet.unmerge_cells(start_row=row, start_column=1, end_row=row, end_column=len(columns))
            sheet.cell(row, 1).alignment = Alignment(horizontal="left")
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    book.save(out)


def _number(words: str) -> Decimal | None:
    try:
        value = Decimal(words.replace(",", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
