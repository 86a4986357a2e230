"""Bounds on what is read, so that no file can hang or exhaust the program."""

from __future__ import annotations

from hydesk.domain.errors import HydeskError
from hydesk.domain.grid import Book

FILE_BYTES = 100 * 1024 * 1024
UNZIPPED_BYTES = 800 * 1024 * 1024
SHEETS = 300
CELLS = 12_000_000
FURTHEST_ROW = 100_000
"""Something written below it makes every stage after reading walk a million empty rows."""
ROWS, ROWS_OF_ALL = 100_000, 120_000
"""Rows that hold something, in one sheet and in all. A city has some hundred projects, a province's list some 40,000."""
LIST_ROWS = 50_000
"""Rows of a project list, which take longer than those of a return because each becomes a project."""
LETTERS = 20_000_000
"""Of the long texts in a workbook; every stage of understanding reads them again."""
TEXT_BYTES = 20 * 1024 * 1024
"""A page, an XML table or separated text; such a file holds nothing but the table."""
TAGS = 500_000
"""Marks of a page or an XML table: reading more takes longer than a clerk waits."""
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
ARCHIVE_FILES = 500
TOGETHER_BYTES = 300 * 1024 * 1024
"""All files of one intake, which are held in memory together."""


def check_rows(book: Book, most: int) -> None:
    """Refuses a book with a sheet of more than ``most`` rows that hold something."""
    of_all = 0
    for sheet in book.sheets:
        held = sum(1 for row in sheet.rows if any(v not in ("", None) for v in row))
        of_all += held
        if held > most:
            raise HydeskError(
                f"“{book.name}”的工作表“{sheet.name[:31]}”有 {held} 行，不像是一份报表或项目清单（最多 {most} 行）。"
                "请只留下要报的项目后再报。")
    if of_all > max(most, ROWS_OF_ALL):
        raise HydeskError(f"“{book.name}”的工作表共有 {of_all} 行，不像是一份报表（最多 {max(most, ROWS_OF_ALL)} 行）。"
                          "请只留下要报的工作表后再报。")


def check_cells(rows: int, columns: int, sheet: str) -> None:
    """Refuses a sheet whose used range is larger than any table of projects could be."""
    if rows > FURTHEST_ROW:
        raise HydeskError(
            f"工作表“{sheet}”在第 {rows} 行还有内容，超出可读取的范围。请删去表格下面多余的行后另存再报。")
    if rows * columns > CELLS:
        raise HydeskError(
            f"工作表“{sheet}”的区域有 {rows} 行 × {columns} 列，超出可读取的范围。请删去多余的空行空列后另存再报。"
        )
