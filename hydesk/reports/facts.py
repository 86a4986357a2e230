"""Tables of facts: labels beside words, two pairs to a row, for cards, one-page sheets and 督办单."""

from __future__ import annotations

from collections.abc import Sequence

from hydesk.domain.money import NO_FIGURE
from hydesk.reports.model import Align, Column, Part, Row, RowKind, Table

Pair = tuple[str, Part]


def facts_table(key: str, title: str, pairs: Sequence[Pair], wide: Sequence[tuple[str, str]] = (), unit: str = "") -> Table:
    """``pairs`` two to a row, then each of ``wide`` on a row of its own; empty words print as —."""
    columns = (
        Column("label", ("",), Align.CENTER, label=True),
        Column("value", ("",), Align.LEFT, weight=1),
        Column("label2", ("",), Align.CENTER, label=True),
        Column("value2", ("",), Align.LEFT, weight=1),
    )
    cells: list[Part] = [part for label, value in pairs for part in (label, value or NO_FIGURE)]
    if len(pairs) % 2:
        cells += ["", ""]
    rows = [Row(tuple(cells[i : i + 4])) for i in range(0, len(cells), 4)]
    rows += [Row((label, words or NO_FIGURE), RowKind.WIDE) for label, words in wide]
    return Table(key, title, unit, columns, tuple(rows), place=title or "基本情况", headless=True)
