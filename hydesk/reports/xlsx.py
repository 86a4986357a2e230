"""The tables of a report as an Excel workbook: a sheet for each, to print as it stands and to reckon with.

Figures are numbers (万元 with two decimals shown, nothing rounded away beneath), words are text whatever they
begin with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from hydesk.domain.looks import Looks
from hydesk.domain.written import CONTROL, begins_formula
from hydesk.reports.figures import Figure, FigureStyle, Part
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintRowKind, PrintTable, align_of
from hydesk.reports.model import Report

_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FORMATS = {FigureStyle.COUNT: "#,##0", FigureStyle.NUMBER: "#,##0.00", FigureStyle.WAN: "#,##0.00", FigureStyle.YI_COLUMN: "#,##0.00",
            FigureStyle.RATE: "0.00", FigureStyle.POINTS: "0.00"}
_WIDTHS = {FigureStyle.COUNT: 7.0, FigureStyle.YI_COLUMN: 12.0, FigureStyle.NUMBER: 12.0, FigureStyle.WAN: 14.0, FigureStyle.RATE: 9.0, FigureStyle.POINTS: 9.0}
_SONG, _HEI, _TITLE = "宋体", "黑体", "方正小标宋简体"


def print_xlsx(report: Report, out: Path) -> None:
    """Write every table of ``report`` to ``out``: annexes first, then those of the text."""
    book = Workbook()
    book.remove(book.active)
    book.properties.title = report.title
    book.properties.creator = report.printed_by
    taken: set[str] = set()
    looks = Looks()
    for name, table in _sheets(report):
        _write(book.create_sheet(_sheet_name(name, taken)), table, report, looks)
    if not book.worksheets:
        book.create_sheet("无数据")["A1"] = "本期没有可列的项目"
    book.save(out)


def _sheets(report: Report) -> Iterator[tuple[str, PrintTable]]:
    annexed = {a.table.key for a in report.annexes}
    for annex in report.annexes:
        yield f"{annex.label} {annex.table.title.split('（')[0]}".strip(), annex.table
    for table in report.tables():
        if table.key not in annexed:
            yield table.place or table.title, table


def _sheet_name(name: str, taken: set[str]) -> str:
    """At most 31 characters, none that Excel refuses, no name twice."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", name)[:28].strip("' ") or "表"
    unique, number = plain, 2
    while unique in taken:
        unique, number = f"{plain}{number}", number + 1
    taken.add(unique)
    return unique


def _write(sheet: Worksheet, table: PrintTable, report: Report, looks: Looks) -> None:
    last = len(table.columns)
    _line(sheet, 1, last, table.title or report.title, Font(name=_TITLE, size=16), "center")
    sheet.row_dimensions[1].height = 30
    where = f"{report.printed_by}　{report.period.label}"
    _line(sheet, 2, last, "　".join(x for x in (report.masthead.remark, where, table.unit_note) if x), Font(name=_SONG, size=10), "right")
    first = _heads(sheet, table, 3)
    widths = [_width(table, index, column) for index, column in enumerate(table.columns)]
    for offset, row in enumerate(table.rows):
        _row(sheet, first + offset, row, table, looks)
        _heighten(sheet, first + offset, row, table, widths)
    foot = first + len(table.rows)
    if not table.rows:
        _line(sheet, foot, last, "本期没有可列的内容。", Font(name=_SONG, size=10), "center")
        foot += 1
    for offset, note in enumerate(table.notes):
        _line(sheet, foot + offset, last, note, Font(name=_SONG, size=10), "left")
        sheet.row_dimensions[foot + offset].height = _height(_wide(note) / sum(widths))
    for index, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    _set_up(sheet, first, sum(widths))


def _line(sheet: Worksheet, row: int, last: int, text: str, font: Font, align: str) -> None:
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
    cell = sheet.cell(row, 1)
    cell.quotePrefix = _put(cell, text)
    cell.font = font
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=align != "right")


def _heads(sheet: Worksheet, table: PrintTable, top: int) -> int:
    """The head in one row, or in two where columns share a group; answers the first row of the body."""
    if table.headless:
        return top
    deep = 2 if any(c.group for c in table.columns) else 1
    index = 1
    for group, columns in groupby(table.columns, key=lambda c: c.group):
        members = list(columns)
        if group:
            sheet.merge_cells(start_row=top, start_column=index, end_row=top, end_column=index + len(members) - 1)
            sheet.cell(top, index, group)
        for offset, column in enumerate(members):
            row = top + 1 if group else top
            sheet.cell(row, index + offset, "\n".join(column.head))
            if deep == 2 and not group:
                sheet.merge_cells(start_row=top, start_column=index + offset, end_row=top + 1, end_column=index + offset)
        index += len(members)
    for row in range(top, top + deep):
        sheet.row_dimensions[row].height = 30
        for number in range(1, len(table.columns) + 1):
            cell = sheet.cell(row, number)
            cell.font = Font(name=_HEI, size=10)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            cell.border = _BOX
    return top + deep


def _row(sheet: Worksheet, number: int, row: PrintRow, table: PrintTable, looks: Looks) -> None:
    words = _HEI if row.kind is not PrintRowKind.ITEM else _SONG
    wide = row.kind is PrintRowKind.WIDE and len(table.columns) > 2
    for index, column in enumerate(table.columns, 1):
        cell = sheet.cell(number, index)
        part = row.cells[index - 1] if index <= len(row.cells) else ""
        form, quoted = _value(cell, part, counted=column.key in _COUNTED) if index <= len(row.cells) else ("General", False)
        align = align_of(row, column, part)
        look = _Look(_HEI if column.label else words, align.value, wrapped=column.show is None,
                     indent=1 if align is Align.LEFT and row.kind is PrintRowKind.ITEM else 0, form=form, quoted=quoted)
        if wide and index == 2:
            look = look._replace(align="left", wrapped=True, indent=0)
        looks.give(cell, look, look.dress)
    if wide:
        sheet.merge_cells(start_row=number, start_column=2, end_row=number, end_column=len(table.columns))
        sheet.row_dimensions[number].height = 15 * max(1, -(-_wide(row.cells[1]) // 70))
    if row.kind is PrintRowKind.GROUP:
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=len(table.columns))


class _Look(NamedTuple):
    """How a cell of the body looks."""

    face: str
    align: str
    wrapped: bool
    indent: int
    form: str
    quoted: bool

    def dress(self, cell: Cell) -> None:
        cell.border, cell.font = _BOX, Font(name=self.face, size=10)
        cell.alignment = Alignment(horizontal=self.align, vertical="center", wrap_text=self.wrapped, indent=self.indent)
        cell.number_format, cell.quotePrefix = self.form, self.quoted


_MARGIN = 2.5
"""What the cell's own margins and its indent take of its width, in characters."""


def _heighten(sheet: Worksheet, number: int, row: PrintRow, table: PrintTable, widths: list[float]) -> None:
    """Room for words that fill several lines: not every program that opens a workbook finds it by itself."""
    if row.kind in (PrintRowKind.GROUP, PrintRowKind.WIDE):
        return
    filled = max((_wide(part) / (width - _MARGIN) for part, width, column in zip(row.cells, widths, table.columns, strict=True)
                  if column.show is None), default=0.0)
    if filled > 1:
        sheet.row_dimensions[number].height = _height(filled)


def _height(filled: float) -> float:
    """The height of a row, in points, whose words fill so many lines; Excel knows no more than 409."""
    return min(13.5 * -int(-filled // 1) + 2, 409.0)


def _wide(part: Part) -> int:
    """How many half-width characters a cell holds."""
    text = part if isinstance(part, str) else part.text
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


_COUNTED = ("number", "place")
"""Columns whose words are running numbers: as text Excel would mark every one of them with a warning."""


_SCALES = {FigureStyle.WAN: Decimal(1) / 10_000, FigureStyle.YI_COLUMN: Decimal(1) / 100_000_000, FigureStyle.RATE: Decimal(100), FigureStyle.POINTS: Decimal(100)}


def _value(cell: Cell, part: Part, *, counted: bool = False) -> tuple[str, bool]:
    """Put ``part`` into ``cell``: the number format it asks for, and whether it must be marked as text."""
    if counted and isinstance(part, str) and part.isascii() and part.isdigit():
        cell.value = int(part)
    elif not isinstance(part, Figure) or part.raw is None:
        return "General", _put(cell, part.text if isinstance(part, Figure) else part)
    else:
        cell.value = part.raw * _SCALES.get(part.show, Decimal(1))
        return _FORMATS.get(part.show, "General"), False
    return "General", False


def _put(cell: Cell, text: str) -> bool:
    """Words as text: what begins with = + - or @ must not become a formula; whether it begins so and is to be marked."""
    plain = CONTROL.sub("", text)
    if not plain:
        return False
    cell.value = plain
    cell.data_type = "s"
    return begins_formula(plain)


def _width(table: PrintTable, index: int, column: PrintColumn) -> float:
    if column.show is not None:
        return _WIDTHS.get(column.show, 12.0)
    if column.weight:
        return 20 * column.weight + 6
    texts = [r.cells[index] for r in table.rows if r.kind is PrintRowKind.ITEM or (not index and r.kind is PrintRowKind.WIDE)] or [column.name]
    most = max((_wide(t) for t in texts), default=6)
    return min(max(most + 2.5, 6.0), 20.0)


_PORTRAIT = 105.0
"""Characters of 10 pt that stand across a portrait page without being made much smaller."""


def _set_up(sheet: Worksheet, first: int, across: float) -> None:
    """Print as wide as the page with the head on every page; on screen the head and the names stay in sight."""
    wide = sheet.max_column > 8
    sheet.freeze_panes = f"{'D' if wide else 'C'}{first}"
    sheet.print_title_rows = f"1:{first - 1}"
    sheet.page_setup.orientation = "landscape" if wide or across > _PORTRAIT else "portrait"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.6
    sheet.page_margins.top, sheet.page_margins.bottom = 0.8, 0.8
    sheet.oddFooter.center.text = "— &P —"
