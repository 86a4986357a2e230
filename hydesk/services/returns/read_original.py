"""The kept original of a return as plain grids, for showing it at a cell."""

from __future__ import annotations

from hydesk.domain.grid import Book


def read_original(name: str, content: bytes) -> Book:
    """The workbook as it came. Raises HydeskError where it cannot be read."""
    from hydesk.excel.read import read_book

    return read_book(content, name)
