"""Words in cells stay words: text that begins like a formula never becomes one in what hydesk writes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from hydesk.domain.written import CONTROL, begins_formula

CellT = TypeVar("CellT")

_LONGEST = 32767
"""Excel's own limit for the text of one cell."""


def safe_text(cell: CellT, text: str) -> CellT:
    """Put ``text`` into an openpyxl ``cell`` as text whatever it begins with; answers the cell."""
    cell.value, quoted = kept_text(text)  # type: ignore[attr-defined]
    if quoted:
        cell.data_type = "s"  # type: ignore[attr-defined]
        cell.quotePrefix = True  # type: ignore[attr-defined]
    return cell


def kept_text(text: str) -> tuple[str, bool]:
    """What of ``text`` a cell can hold, and whether it must be marked as text lest it be taken for a formula."""
    return CONTROL.sub("", text)[:_LONGEST], begins_formula(text)


def append_texts(sheet: Any, texts: Iterable[str]) -> None:
    """Put ``texts`` side by side into the first free row of an openpyxl ``sheet``, each as text."""
    row = sheet.max_row + (0 if sheet.max_row == 1 and sheet.cell(1, 1).value is None else 1)
    for column, text in enumerate(texts, 1):
        safe_text(sheet.cell(row, column), text)
