"""A form of one month made that of another: the months that its title, its lines and its heads name move on."""

from __future__ import annotations

import re

from hydesk.domain.filled_form import Written
from hydesk.domain.grid import CellValue
from hydesk.domain.periods import Month
from hydesk.excel.fill_file import open_form
from hydesk.excel.fill_html import fill_html
from hydesk.excel.fill_text import fill_text
from hydesk.excel.fill_xlsx import SheetFill, fill_xlsx
from hydesk.excel.read import read_book

_TOP = 12
"""Rows from the top of a sheet in which titles, lines and heads stand."""
_LONGEST = 80
_MONTH = re.compile(r"(?<![\d.．/\-年])(\d{1,2})(\s*月)(?!\s*\d{1,2}\s*日)|(20\d\d\s*年\s*)(\d{1,2})(\s*月)(?!\s*\d{1,2}\s*日)|([-~～—－至到]\s*)(\d{1,2})(\s*月)(?!\s*\d{1,2}\s*日)")
_ALONE = re.compile(r"^\s*(?:20\d\d年)?(\d{1,2})月(?:份)?(?:完成)?(?:投资)?(?:[（(].*[)）])?\s*$")
_MANY = 3
"""Single months in one row from which they are a list of months and stay."""


def form_moved_on(content: bytes, name: str, before: Month, after: Month) -> tuple[bytes, str]:
    """``content`` and ``name`` with the months of ``before`` in their words made those of ``after``.

    Within one year only: over its end the years in the heads would have to be thought anew, and the form stays as it is.
    Lists of months (1月 | 2月 | 3月 …) stay too. Raises HydeskError where the file cannot be read.
    """
    if before.year != after.year:
        return content, name
    book = read_book(content, name)
    opened = open_form(book, content)
    fills: dict[str, SheetFill] = {}
    for sheet in book.sheets:
        edits: dict[tuple[int, int], Written] = {}
        for r, row in enumerate(sheet.rows[:_TOP], 1):
            months = sum(isinstance(v, str) and _ALONE.match(v) is not None for v in row)
            for c, value in enumerate(row, 1):
                moved = _moved(value, before, after, months >= _MANY)
                if moved is not None:
                    edits[r, c] = moved
        fills[sheet.name] = SheetFill(edits)
    named = _words(name, before, after)
    if not any(f.values for f in fills.values()) or opened.lost:
        return content, named
    if opened.kind == "xlsx":
        return (fill_xlsx(opened.content, fills) if not opened.back else content), named
    return (fill_html(content, list(fills.values())) if opened.kind == "html" else fill_text(content, next(iter(fills.values())))), named


def _moved(value: CellValue, before: Month, after: Month, listed: bool) -> str | None:
    if not isinstance(value, str) or len(value) > _LONGEST or (listed and _ALONE.match(value)):
        return None
    made = _words(value, before, after)
    return made if made != value else None


def _words(text: str, before: Month, after: Month) -> str:
    """The text with its months moved on; those of the month after it only where work or plans are asked for."""
    step = after.number - before.number

    def move(m: re.Match[str]) -> str:
        lead, number, tail = (m[3], int(m[4]), m[5]) if m[3] else (m[6], int(m[7]), m[8]) if m[6] else ("", int(m[1]), m[2])
        ahead = number == before.number + 1 and re.match(r"\s*份?(?:工作|计划|安排|打算|拟|预计)", text[m.end():]) is not None
        if number != before.number and not ahead:
            return m[0]
        moved = number + step
        return f"{lead}{moved}{tail}" if 1 <= moved <= 12 else m[0]

    return _MONTH.sub(move, text)
