"""Bounds on what is read, so that no file can hang or exhaust the program."""

from __future__ import annotations

from hydesk.domain.errors import HydeskError
from hydesk.domain.grid import Book

FILE_BYTES = 100 * 1024 * 1024
UNZIPPED_BYTES = 800 * 1024 * 1024
SHEETS = 300
CELLS = 12_000_000
ROWS = 20_000
"""Rows that hold something, in one sheet. A city has some hundred projects; more would only take minutes."""
TEXT_BYTES = 20 * 1024 * 1024
"""A page, an XML table or separated text; such a file holds nothing but the table."""
TAGS = 1_000_000
"""Marks of a page or an XML table: reading more takes longer than a clerk waits."""
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
ARCHIVE_FILES = 500


def check_rows(book: Book, most: int) -> None:
    """Refuses a book with a sheet of more than ``most`` rows that hold something."""
    for sheet in book.sheets:
        if len(sheet.rows) > most:
            held = sum(1 for row in sheet.rows if any(v not in ("", None) for v in row))
            if held > most:
                raise HydeskError(
                    f"“{book.name}”的工作表“{sheet.name[:31]}”有 {held} 行，不像是一份报表或项目清单（最多 {most} 行）。"
                    "请只留下要报的项目后再报。")


def check_cells(rows: int, columns: int, sheet: str) -> None:
    """Refuses a sheet whose used range is larger than any table of projects could be."""
    if rows * columns > CELLS:
        raise HydeskError(
            f"工作表“{sheet}”的区域有 {rows} 行 × {columns} 列，超出可读取的范围。请删去多余的空行空列后另存再报。"
        )
