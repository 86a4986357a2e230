"""What a sheet's form says beside its values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field

from hydesk.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class SheetForm:
    """Hidden rows and columns, widths (characters), error values, formulas without a stored result, and whether days
    are counted from 1904."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    column_widths: Mapping[int, float] = field(default_factory=dict)
    from_1904: bool = False
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """Number formats of cells that show another figure than they store (``number_formats``)."""
    displayed: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """The texts that cells with figures display, where the document keeps them and they are no mere figures (ods)."""
    struck: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """What is left of cells whose words are struck through in part; "" for those struck out whole."""


_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


def position(reference: str) -> tuple[int, int]:
    """H7 → (7, 8). Raises ValueError for anything else."""
    m = _REFERENCE.fullmatch(reference)
    if not m:
        raise ValueError(reference)
    column = 0
    for letter in m[1]:
        column = column * 26 + ord(letter) - 64
    return int(m[2]), column
