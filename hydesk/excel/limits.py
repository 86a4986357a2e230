"""Bounds on what is read, so that no file can hang or exhaust the program."""

from __future__ import annotations

from hydesk.domain.errors import HydeskError

FILE_BYTES = 100 * 1024 * 1024
UNZIPPED_BYTES = 800 * 1024 * 1024
SHEETS = 300
CELLS = 12_000_000
ARCHIVE_FILES = 500


def check_cells(rows: int, columns: int, sheet: str) -> None:
    """Refuses a sheet whose used range is larger than any table of projects could be."""
    if rows * columns > CELLS:
        raise HydeskError(
            f"工作表“{sheet}”的区域有 {rows} 行 × {columns} 列，超出可读取的范围。请删去多余的空行空列后另存再报。"
        )
