"""A unit's own workbook with the cells in question coloured, a comment in each, and a summary sheet in front."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import Book, Sheet, column_letter
from hydesk.excel.read import read_book
from hydesk.excel.safe_text import safe_text
from hydesk.excel.write_ledger import save_book

SUMMARY = "退回意见"
FILLS = {Level.ERROR: "F8CBC6", Level.WARNING: "FCE4B8"}
AUTHOR = "重点办"
BOX = Border(*(Side(style="thin", color="B8C0CC"),) * 4)
FORMS = {"xls": " .xls（Excel 97-2003）", "xlsb": " .xlsb", "ods": " .ods", "html": "网页", "spreadsheetml": " XML 表格",
         "csv": " CSV 文本", "tsv": "文本"}
"""What the clerk calls the forms that a marked-up copy is drawn from."""


def write_marked_up(
    name: str, content: bytes, findings: Sequence[Finding], heads: Mapping[str, Sequence[int]], path: Path,
    title: str = SUMMARY, note: str = "",
) -> int:
    """Writes the marked-up copy of ``content`` and answers how many places were marked.

    An .xlsx keeps its form and formats; from any other form a new .xlsx is drawn (``lost_in_copy`` says what either
    loses). ``heads`` gives each sheet's head rows, for findings about a whole column; ``title`` and ``note`` stand
    above the summary. Raises HydeskError when the file cannot be read or written.
    """
    book = _open(name, content, heads)
    marks = 0
    for finding in findings:
        cell = _cell_of(book, finding, heads)
        if cell is not None:
            _mark(cell, finding)
            marks += 1
    _summary(book, findings, heads, title, note)
    save_book(book, path)
    return marks


def lost_in_copy(name: str, content: bytes) -> tuple[str, ...]:
    """What the marked-up copy cannot carry over from the original, a sentence each; empty where it is all there.

    Raises HydeskError when the file cannot be read.
    """
    read = read_book(content, name)
    if read.form != "xlsx":
        return (f"原表是{FORMS.get(read.form, read.form)}，退回的是另画的 .xlsx：文字、数字、合并单元格和列宽都在，"
                "字体、颜色等格式没有带过来。",)
    try:
        load_workbook(io.BytesIO(content), rich_text=True)
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = parts.namelist()
            drawings = b"".join(parts.read(n) for n in names if re.match(r"xl/drawings/drawing\d+\.xml", n))
    except Exception:
        return ("原表的格式不规范，退回的是另画的 .xlsx：文字、数字、合并单元格和列宽都在，字体、颜色等格式没有带过来。",)
    lost = []
    if any(n.endswith("vbaProject.bin") for n in names):
        lost.append("原表里的宏没有带过来。")
    if b"<xdr:sp>" in drawings or b"<xdr:sp " in drawings or b"<xdr:grpSp" in drawings:
        lost.append("原表里的文本框和图形没有带过来。")
    if any(n.startswith(("xl/ctrlProps/", "xl/activeX/", "xl/embeddings/")) for n in names):
        lost.append("原表里的控件和嵌入对象没有带过来。")
    if any(n.startswith("xl/slicers/") for n in names):
        lost.append("原表里的切片器没有带过来。")
    return tuple(lost)


def _open(name: str, content: bytes, heads: Mapping[str, Sequence[int]]) -> Any:
    read = read_book(content, name)
    if read.form == "xlsx":
        try:
            return load_workbook(io.BytesIO(content), rich_text=True)
        except Exception:
            # openpyxl is stricter than the reader; the copy drawn below still serves.
            return drawn_copy(read, heads)
    return drawn_copy(read, heads)


def drawn_copy(read: Book, heads: Mapping[str, Sequence[int]]) -> Any:
    """The grid as a new openpyxl workbook, its table ruled so that it reads as one; ``heads`` by sheet its head's rows."""
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
        _widen(page, sheet)
        page.sheet_state = "hidden" if sheet.hidden else "visible"
        _rule(page, heads.get(sheet.name, ()))
    return book


def _widen(page: Any, sheet: Sheet) -> None:
    """The county's own widths; where it set none, as wide as most of what stands in the column."""
    # Titles and notes stand alone in their rows and run over their neighbours.
    body = [row for row in sheet.rows if sum(v not in (None, "") for v in row) >= 3]
    for column in range(1, sheet.width + 1):
        lengths = sorted(shown_width(v) for row in body if (v := row[column - 1] if column <= len(row) else None)
                         not in (None, ""))
        usual = lengths[len(lengths) * 9 // 10] if lengths else 8
        width = sheet.column_widths.get(column) or min(max(usual + 2, 7), 30)
        page.column_dimensions[get_column_letter(column)].width = width


def shown_width(value: object) -> int:
    """How many columns of Latin type a cell's longest line takes; a Chinese character takes two."""
    text = f"{value:,.2f}" if isinstance(value, float) else str(value)
    return max(sum(2 if ord(c) > 0x2E7F else 1 for c in line) for line in text.split("\n"))


def _fit_height(page: Any, row: int, cells: Sequence[Any]) -> None:
    """Room for the wrapped words of a row; LibreOffice and WPS do not find it by themselves."""
    lines = 1
    for cell in cells:
        if cell.value not in (None, ""):
            width = page.column_dimensions[cell.column_letter].width or 9
            lines = max(lines, sum(-(-max(shown_width(line), 1) // max(int(width) - 1, 1))
                                   for line in str(cell.value).split("\n")))
    page.row_dimensions[row].height = min(15.5 * lines + 3, 300)


def _rule(page: Any, heads: Sequence[int]) -> None:
    """Hairlines from the head down, the head bold, figures with thousands; landscape, one page wide."""
    if heads:
        last = max((c.column for row in page.iter_rows(min_row=heads[0], max_row=heads[-1]) for c in row
                    if c.value is not None), default=1)
        for row in page.iter_rows(min_row=heads[0], max_col=last):
            for cell in row:
                cell.border = BOX
                cell.alignment = Alignment(
                    horizontal="center" if cell.row <= heads[-1] else None, vertical="center", wrap_text=True)
                if cell.row <= heads[-1]:
                    cell.font = Font(bold=True)
                elif isinstance(cell.value, float):
                    cell.number_format = "#,##0.00"
            _fit_height(page, row[0].row, [c for c in row if not isinstance(c.value, int | float)
                                           and not isinstance(c, MergedCell)])
        page.print_title_rows = f"{heads[0]}:{heads[-1]}"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


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
        return f"{finding.column or column_letter(1)}{finding.file_row}"
    rows = heads.get(finding.sheet or "", ())
    return f"{finding.column}{rows[-1]}" if finding.column and rows else None


def _mark(cell: Any, finding: Finding) -> None:
    text = f"{finding.level.label}：{finding.message}"
    ours = cell.comment is not None and cell.comment.author == AUTHOR
    if cell.comment is not None:
        # What the county itself noted there stays above ours.
        text = f"{cell.comment.text}\n{text}"
    if finding.level in FILLS and (not ours or finding.level is Level.ERROR):
        cell.fill = PatternFill("solid", fgColor=FILLS[finding.level])
    comment = Comment(text, AUTHOR)
    comment.width, comment.height = 320, min(60 + 18 * (len(text) // 22), 400)
    cell.comment = comment


def _summary(
    book: Any, findings: Sequence[Finding], heads: Mapping[str, Sequence[int]], title: str, note: str
) -> None:
    """A sheet in front: title, note, what the colours mean, and every finding with a link to its cell."""
    name = SUMMARY
    while name in book.sheetnames:
        name += "1"
    page = book.create_sheet(name, 0)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
    for index, width in enumerate((6, 8, 16, 10, 90), 1):
        page.column_dimensions[get_column_letter(index)].width = width
    safe_text(page.cell(1, 1), title).font = Font(size=14, bold=True)
    top = 2
    if note:
        safe_text(page.cell(top, 1), f"退回意见：{note}").alignment = Alignment(wrap_text=True, vertical="top")
        page.merge_cells(start_row=top, start_column=1, end_row=top, end_column=5)
        page.row_dimensions[top].height = 16 * (1 + len(note) // 60)
        top += 1
    page.cell(top, 1, "红色格子需要改正，黄色格子需要确认；把鼠标放在格子上看批注。改好后删去本页也可以，不删也能认得。")
    top += 1
    for index, head in enumerate(("序号", "级别", "工作表", "单元格", "问题和要求"), 1):
        cell = page.cell(top, index, head)
        cell.font, cell.border = Font(bold=True), BOX
    for number, finding in enumerate(findings, 1):
        _summary_row(book, page, top + number, number, finding, _address(finding, heads))
    page.freeze_panes = page.cell(top + 1, 1)
    page.print_title_rows = f"{top}:{top}"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _summary_row(book: Any, page: Any, row: int, number: int, finding: Finding, where: str | None) -> None:
    page.cell(row, 1, number)
    level = page.cell(row, 2, {Level.ERROR: "改正", Level.WARNING: "确认"}.get(finding.level, "说明"))
    if finding.level in FILLS:
        level.fill = PatternFill("solid", fgColor=FILLS[finding.level])
    safe_text(page.cell(row, 3), finding.sheet or "整份表")
    link = page.cell(row, 4, where or "")
    if where and finding.sheet in book.sheetnames:
        quoted = str(finding.sheet).replace("'", "''")
        link.hyperlink = f"#'{quoted}'!{where}"
        link.font = Font(color="1F5FAF", underline="single")
    safe_text(page.cell(row, 5), finding.message)
    for index in range(1, 6):
        page.cell(row, index).border = BOX
        page.cell(row, index).alignment = Alignment(wrap_text=True, vertical="top")
    _fit_height(page, row, [page.cell(row, 3), page.cell(row, 5)])
