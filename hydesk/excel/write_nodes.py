"""A node table: projects in rows, for each node its planned, forecast and actual date under a head of two rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from hydesk.domain.dates import LooseDate, Precision
from hydesk.domain.milestones import WHICH, WHICH_LABELS, ProjectNodes, StandardNode
from hydesk.excel.safe_text import safe_text
from hydesk.excel.write_ledger import save_book

FACTS = (("编号", 14), ("项目名称", 36), ("县市区", 11))
THIN = Side(style="thin", color="B8C0CC")
BORDER = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
GROUND = PatternFill("solid", fgColor="E8EDF3")
FIRST = 4
"""Row of the first project; the title and two rows of head stand above."""


def write_nodes(path: Path, projects: Sequence[ProjectNodes], nodes: Sequence[StandardNode], title: str) -> None:
    """Write one row for each project. Raises HydeskError when the file cannot be written."""
    book = Workbook()
    sheet = book.active
    sheet.title = "节点表"
    sheet["A1"] = title
    sheet["A1"].font = Font(size=16, bold=True)
    _head(sheet, nodes)
    for row, project in enumerate(projects, FIRST):
        for column, text in enumerate((project.code, project.name, project.unit), 1):
            safe_text(sheet.cell(row, column), text)
        for i, node in enumerate(nodes):
            dates = project.node(node.name)
            for j, which in enumerate(WHICH):
                cell = sheet.cell(row, len(FACTS) + 1 + i * len(WHICH) + j)
                if which == "actual" and dates.actual is None and dates.handling:
                    safe_text(cell, dates.handling)
                else:
                    _date(cell, dates.get(which))
    sheet.freeze_panes = sheet.cell(FIRST, len(FACTS) + 1)
    sheet.print_title_rows = f"2:{FIRST - 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
    save_book(book, path)


def _head(sheet: Any, nodes: Sequence[StandardNode]) -> None:
    for column, (word, width) in enumerate(FACTS, 1):
        sheet.cell(2, column).value = word
        sheet.merge_cells(start_row=2, start_column=column, end_row=3, end_column=column)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for i, node in enumerate(nodes):
        left = len(FACTS) + 1 + i * len(WHICH)
        safe_text(sheet.cell(2, left), node.shown)
        sheet.merge_cells(start_row=2, start_column=left, end_row=2, end_column=left + len(WHICH) - 1)
        for j, which in enumerate(WHICH):
            sheet.cell(3, left + j).value = WHICH_LABELS[which]
            sheet.column_dimensions[get_column_letter(left + j)].width = 11.5
    for row in sheet.iter_rows(min_row=2, max_row=3, max_col=len(FACTS) + len(nodes) * len(WHICH)):
        for cell in row:
            cell.font, cell.fill, cell.border = Font(bold=True), GROUND, BORDER
            cell.alignment = Alignment(horizontal="center", vertical="center")


def _date(cell: Any, value: LooseDate | None) -> None:
    """A day as a date; a month or a quarter in words, because a date cell would claim more than is known."""
    if value is None:
        return
    if value.precision is Precision.DAY:
        cell.value, cell.number_format = value.day, "yyyy-mm-dd"
    else:
        safe_text(cell, str(value))
