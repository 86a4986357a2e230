"""Cells as they go to a spreadsheet through the clipboard, and as they come from one.

What goes there must arrive as what it says: a figure as a number, everything else as words, which start no formula, carry
no markup and break no line. What comes from there is words too, whatever it looks like, and not more than a screen's work.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from html import escape

from hydesk.domain.errors import HydeskError
from hydesk.domain.written import CONTROL, begins_formula

MOST_LETTERS, MOST_CELLS = 10_000_000, 500_000
"""A pasted block beyond either is refused: the whole ledger of the office has some tens of thousands of cells."""
MOST_IN_A_CELL = 32_767
"""Letters that a cell of Excel holds: a longer one is text whose quotes belong to no cell."""
_LINE_ENDS = re.compile("\r\n?")


def is_number(bare: str) -> bool:
    """Whether a plain text is a number or a percentage."""
    digits = bare.removeprefix("-").removesuffix("%")
    if len(digits) > 15 or (digits[:1] == "0" and digits[1:2].isdigit()):
        return False  # a code or a telephone number, which Excel would cut short
    return digits.isascii() and digits.replace(".", "", 1).isdigit()


def plain(text: str) -> str:
    """A displayed text as it goes to Excel: 1,234.50 → 1234.50, — → empty, =… → '=…, no line breaks or tabs."""
    bare = text.replace(",", "")
    if bare and is_number(bare):
        return bare
    if text == "—":
        return ""
    words = _words(text)
    return "'" + words if begins_formula(words) else words


def html_cell(text: str) -> str:
    """The cell of an HTML table that Excel reads as the same number, or as the same words."""
    bare = plain(text)
    if bare and is_number(bare):
        places = len(bare.rstrip("%").partition(".")[2])
        shape = "#,##0" + ("." + "0" * places if places else "") if not bare.endswith("%") else "0.00%"
        return f"<td style='mso-number-format:\"{shape}\"'>{bare}</td>"
    words = "" if text == "—" else _words(text)
    return f"<td style='mso-number-format:\"\\@\"'>{escape(words)}</td>"


def _words(text: str) -> str:
    return " ".join(CONTROL.sub("", text).split())


def as_text(lines: Sequence[Sequence[str]]) -> str:
    """Rows of displayed texts as tab-separated lines."""
    return "".join("\t".join(map(plain, line)) + "\n" for line in lines)


def as_html(lines: Sequence[Sequence[str]]) -> str:
    """Rows of displayed texts as a table of HTML."""
    rows = "".join("<tr>" + "".join(map(html_cell, line)) + "</tr>" for line in lines)
    return f"<meta charset='utf-8'><table>{rows}</table>"


def parse_block(text: str) -> list[list[str]]:
    """The cells of a block as Excel and WPS put it on the clipboard: tabs and line ends, quoted where they are text.

    Quotes that do not fit together are letters. Signs that no file can hold are left out. Raises HydeskError for a block
    that is too large.
    """
    if len(text) > MOST_LETTERS:
        raise HydeskError(f"剪贴板里的内容太多（超过 {MOST_LETTERS // 10_000} 万字），没有粘贴；请分几次复制，或用“导入清单”")
    text = CONTROL.sub("", _LINE_ENDS.sub("\n", text))
    rows = _quoted(text) if '"' in text else None
    if rows is None:
        rows = [line.split("\t") for line in text.split("\n")]
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    width = max(map(len, rows), default=0)
    if width * len(rows) > MOST_CELLS:
        raise HydeskError(f"剪贴板里的表格太大（{len(rows)} 行 {width} 列），没有粘贴；请分几次复制，或用“导入清单”")
    return [[cell.strip() for cell in row] + [""] * (width - len(row)) for row in rows]


def _quoted(text: str) -> list[list[str]] | None:
    try:
        rows = list(csv.reader(io.StringIO(text), dialect=csv.excel_tab, strict=True))
    except csv.Error:  # a quote without its other half
        return None
    # What a reader bears depends on who else reads CSV in this process; what a cell of Excel's holds does not.
    return None if any(len(cell) > MOST_IN_A_CELL for row in rows for cell in row) else rows
