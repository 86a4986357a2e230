"""Several tables side by side on one sheet, each with names and figures of its own: cut into sheets of one table each."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hydesk.domain.fields import MONEY_FIELDS, Field
from hydesk.domain.grid import LAYER, Sheet
from hydesk.returns.aliases import SERIAL_HEADS
from hydesk.returns.head_words import bare
from hydesk.returns.sheets import SheetWords
from hydesk.returns.table import Table


def beginnings(table: Table) -> list[int]:
    """The first columns of the tables to the right of the first one; none where the sheet holds one table.

    A name column with figures of the same fields as to its left begins a table: other projects in the same rows.
    """
    names = [c.number for c in table.columns.values() if c.guess.field is Field.NAME]
    found: list[int] = []
    for start in names[1:]:
        serial = table.columns.get(start - 1)
        begin = start - 1 if serial is not None and bare(serial.path[-1]) in SERIAL_HEADS else start
        left = {f for n, c in table.columns.items() if n < begin for f in _figures(c.guess.field, c.guess.candidates)}
        right = {f for n, c in table.columns.items() if n >= begin for f in _figures(c.guess.field, c.guess.candidates)}
        if left & right:
            found.append(begin)
    return found


def _figures(field: Field | None, candidates: tuple[Field, ...]) -> set[Field]:
    return ({field} if field is not None else set(candidates)) & MONEY_FIELDS


def cut(sheet: Sheet, begins: list[int], first_row: int) -> list[Sheet]:
    """The sheet once for every table, with the columns of the others blank from ``first_row`` on.

    Columns and rows keep their numbers; the tables to the right count their rows in layers of their own.
    """
    edges = [1, *begins, sheet.width + 1]
    parts: list[Sheet] = []
    for layer, (left, right) in enumerate(pairwise(edges)):
        rows = [
            row if at < first_row else [v if left <= c < right else None for c, v in enumerate(row, 1)]
            for at, row in enumerate(sheet.rows, 1)
        ]
        lines = {r: sheet.line(r) + layer * LAYER for r in range(1, len(rows) + 1)} if layer else sheet.lines
        merges = tuple(m for m in sheet.merges if m.bottom < first_row or (left <= m.left and m.right < right))
        parts.append(replace(sheet, rows=rows, lines=lines, merges=merges))
    return parts


def own_words(words: SheetWords, whole: SheetWords) -> SheetWords:
    """What stands above a part; what it does not say of itself holds from the whole sheet."""
    return SheetWords(words.title or whole.title, (*words.lines, *(x for x in whole.lines if x not in words.lines)),
                      words.unit or whole.unit)
