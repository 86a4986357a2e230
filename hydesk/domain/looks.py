"""How cells look, made once for each look: openpyxl hashes font, border and alignment anew for every cell it is given."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from copy import copy
from typing import Any


class Looks:
    """The looks of one workbook's cells, by whatever tells them apart."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Any] = {}

    def give(self, cell: Any, look: Hashable, make: Callable[[Any], None]) -> None:
        """Make ``cell`` look as ``look`` says; ``make`` dresses the first cell of that look.

        What the cell looked like before counts no more, its number format and its mark as text among it: they belong
        into ``look`` and ``make``.
        """
        made = self._made.get(look)
        if made is None:
            make(cell)
            made = self._made[look] = copy(cell._style)
        cell._style = copy(made)  # a cell's own, for openpyxl writes into it
