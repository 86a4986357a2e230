"""Tables of facts: labels beside words, two or three pairs to a row, for cards, one-page sheets and 督办单."""

from __future__ import annotations

from collections.abc import Sequence

from hydesk.domain.money import NO_FIGURE
from hydesk.reports.figures import Part
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintRowKind, PrintTable

Pair = tuple[str, Part]


def facts_table(
    key: str, title: str, pairs: Sequence[Pair], wide: Sequence[tuple[str, str]] = (), unit: str = "", across: int = 2,
    align: Align = Align.LEFT,
) -> PrintTable:
    """``pairs``, ``across`` of them to a row, then each of ``wide`` on a row of its own; empty words print as —.

    ``align`` is how words stand; figures always stand at the right.
    """
    columns = [column for n in range(1, across + 1) for column in (
        PrintColumn("label" if n == 1 else f"label{n}", ("",), Align.CENTER, label=True),
        PrintColumn("value" if n == 1 else f"value{n}", ("",), align, weight=1))]
    cells: list[Part] = [part for label, value in pairs for part in (label, value or NO_FIGURE)]
    width = len(columns)
    cells += [""] * (-len(cells) % width)
    rows = [PrintRow(tuple(cells[i : i + width])) for i in range(0, len(cells), width)]
    rows += [PrintRow((label, words or NO_FIGURE), PrintRowKind.WIDE) for label, words in wide]
    return PrintTable(key, title, unit, tuple(columns), tuple(rows), place=title or "基本情况", headless=True)
