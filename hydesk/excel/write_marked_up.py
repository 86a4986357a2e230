"""A unit's own workbook with the cells in question coloured, a comment in each, and a summary sheet in front."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import Book, column_letter
from hydesk.excel.read import read_book
from hydesk.excel.safe_text import safe_text
from hydesk.excel.write_ledger import save_book

SUMMARY = "退回意见"
FILLS = {Level.ERROR: "F8CBC6", Level.WARNING: "FCE4B8"}
AUTHOR = "重点办"


def write_marked_up(
    name: str, content: bytes, findings: Sequence[Finding], heads: Mapping[str, Sequence[int]], path: Path
) -> int:
    """Writes the marked-up copy of ``content`` and answers how many places were marked.

    An .xlsx keeps its form and formats; from any other form a plain .xlsx is drawn. ``heads`` gives each sheet's
    head rows, for findings about a whole column. Raises HydeskError when the file cannot be read or written.
    """
    book = _open(name, content)
    marks = 0
    for finding in findings:
        cell = _cell_of(book, finding, heads)
        if cell is not None:
            _mark(cell, finding)
            marks += 1
    _summary(book, findings, heads)
    save_book(book, path)
    return marks


def _open(name: str, content: bytes) -> Any:
    read = read_book(content, name)
    if read.form == "xlsx":
        try:
            return load_workbook(io.BytesIO(content))
        except Exception:
            # openpyxl is stricter than the reader; the plain copy below still serves.
            return _drawn(read)
    return _drawn(read)


def _drawn(read: Book) -> Any:
    """The grid as a plain workbook."""
    book = Workbook()
    book.remove(book.active)
    for sheet in read.sheets:
        page = book.create_sheet(sheet.name[:31])
        for r, row in enumerate(sheet.rows, 1):
            for c, value in enumerate(row, 1):
                if isinstance(value, str):
                    if value:
                        safe_text(page.cell(r, c), value)
                elif value is not None:
                    page.cell(r, c).value = value
        for span in sheet.merges:
            page.merge_cells(start_row=span.top, start_column=span.left, end_row=span.bottom, end_column=span.right)
        for column, width in sheet.column_widths.items():
            page.column_dimensions[get_column_letter(column)].width = width
        page.sheet_state = "hidden" if sheet.hidden else "visible"
    return book


def _cell_of(book: Any, finding: Finding, heads: Mapping[str, Sequence[int]]) -> Any:
    """The cell a finding speaks of; for a row its first cell, for a column its head; None for the whole file."""
    if finding.sheet is None or finding.sheet not in book.sheetnames:
        return None
    page = book[finding.sheet]
    where = _address(finding, heads)
    if where is None:
        return None
    cell = page[where]
    for span in page.merged_cells.ranges:
        if cell.coordinate in span:
            return page.cell(span.min_row, span.min_col)
    return cell


def _address(finding: Finding, heads: Mapping[str, Sequence[int]]) -> str | None:
    if finding.cell:
        return finding.cell
    if finding.row:
        return f"{finding.column or column_letter(1)}{finding.row}"
    rows = heads.get(finding.sheet or "", ())
    return f"{finding.column}{rows[-1]}" if finding.column and rows else None


def _mark(cell: Any, finding: Finding) -> None:
    text = f"{finding.level.label}：{finding.message}"
    if cell.comment is not None and cell.comment.author == AUTHOR:
        text = f"{cell.comment.text}\n{text}"
    elif finding.level in FILLS:
        cell.fill = PatternFill("solid", fgColor=FILLS[finding.level])
    if finding.level is Level.ERROR:
        cell.fill = PatternFill("solid", fgColor=FILLS[Level.ERROR])
    comment = Comment(text, AUTHOR)
    comment.width, comment.height = 320, min(60 + 18 * (len(text) // 22), 400)
    cell.comment = comment


def _summary(book: Any, findings: Sequence[Finding], heads: Mapping[str, Sequence[int]]) -> None:
    title = SUMMARY
    while title in book.sheetnames:
        title += "1"
    page = book.create_sheet(title, 0)
    book.active = 0
    for index, (head, width) in enumerate((("序号", 6), ("级别", 8), ("工作表", 16), ("单元格", 10), ("问题和要求", 90)), 1):
        cell = page.cell(1, index, head)
        cell.font = Font(bold=True)
        page.column_dimensions[get_column_letter(index)].width = width
    for number, finding in enumerate(findings, 1):
        where = _address(finding, heads)
        row = number + 1
        page.cell(row, 1, number)
        page.cell(row, 2, finding.level.label)
        safe_text(page.cell(row, 3), finding.sheet or "整份表")
        link = page.cell(row, 4, where or "")
        if where and finding.sheet in book.sheetnames:
            quoted = str(finding.sheet).replace("'", "''")
            link.hyperlink = f"#'{quoted}'!{where}"
            link.font = Font(color="1F5FAF", underline="single")
        safe_text(page.cell(row, 5), finding.message).alignment = Alignment(wrap_text=True, vertical="top")
    page.freeze_panes = "A2"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
