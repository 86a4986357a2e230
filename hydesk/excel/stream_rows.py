"""Rows of plain values put into a saved workbook as XML, as they come.

openpyxl makes an object of each cell and asks for its look several times: of 50,000 rows that takes eight seconds, this one
and a half. Head, widths, rules and looks stay openpyxl's own; only rows below those it has written are put in.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import NamedTuple
from xml.sax.saxutils import escape

from openpyxl.compat import safe_string
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

_SHEET = "xl/worksheets/sheet1.xml"
_END = b"</sheetData>"
_AT_ONCE = 1000


class PlainCell(NamedTuple):
    """What a cell holds, and the number of its look in the workbook."""

    value: str | int | Decimal | date | None
    style: int


class PlainRow(NamedTuple):
    """A row from its first column on, and how high it is (points), where that is said."""

    cells: Sequence[PlainCell]
    height: float | None = None


def with_rows(book: bytes, rows: Iterable[PlainRow], first: int) -> bytes:
    """The workbook ``book`` with ``rows`` in its only sheet, from the row ``first`` on; none may stand there or below."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename != _SHEET:
                target.writestr(part, content)
                continue
            head, end, tail = content.rpartition(_END)
            with target.open(part.filename, "w", force_zip64=True) as sheet:
                sheet.write(head)
                for lines in _by_many(_written(rows, first)):
                    sheet.write("".join(lines).encode())
                sheet.write(end + tail)
    return made.getvalue()


def _by_many(lines: Iterator[str]) -> Iterator[list[str]]:
    while some := list(islice(lines, _AT_ONCE)):
        yield some


def _written(rows: Iterable[PlainRow], first: int) -> Iterator[str]:
    letters: list[str] = []
    for number, row in enumerate(rows, first):
        while len(letters) < len(row.cells):
            letters.append(get_column_letter(len(letters) + 1))
        cells = "".join([_cell(f'<c r="{letter}{number}" s="{style}"', value)
                         for letter, (value, style) in zip(letters, row.cells, strict=False)])
        height = "" if row.height is None else f' ht="{row.height:g}" customHeight="1"'
        yield f'<row r="{number}"{height}>{cells}</row>'


def _cell(begun: str, value: str | int | Decimal | date | None) -> str:
    if isinstance(value, str):
        kept = ' xml:space="preserve"' if value != value.strip() else ""
        return f'{begun} t="inlineStr"><is><t{kept}>{escape(value)}</t></is></c>' if value else f"{begun}/>"
    if value is None:
        return f"{begun}/>"
    return f"{begun}><v>{safe_string(to_excel(value) if isinstance(value, date) else value)}</v></c>"


def style_of(cell: object, dress: Callable[[object], None]) -> int:
    """The number in the workbook of the look that ``dress`` gives to ``cell``, an openpyxl cell that need not be written."""
    dress(cell)
    return int(cell.style_id)  # type: ignore[attr-defined]
