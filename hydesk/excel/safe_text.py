"""Words in cells stay words: text that begins like a formula never becomes one in what hydesk writes."""

from __future__ import annotations

import re
from typing import TypeVar

CellT = TypeVar("CellT")

_NOT_ALLOWED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that the file format cannot hold."""
_LONGEST = 32767
"""Excel's own limit for the text of one cell."""


def safe_text(cell: CellT, text: str) -> CellT:
    """Put ``text`` into an openpyxl ``cell`` as text whatever it begins with; answers the cell."""
    cell.value = _NOT_ALLOWED.sub("", text)[:_LONGEST]  # type: ignore[attr-defined]
    if text[:1] in "=+-@":
        cell.data_type = "s"  # type: ignore[attr-defined]
        cell.quotePrefix = True  # type: ignore[attr-defined]
    return cell
