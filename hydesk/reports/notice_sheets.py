"""How a wide table comes onto paper in type that can be read: A4, else A3, else in parts that repeat its first columns."""

from __future__ import annotations

from dataclasses import replace

from hydesk.dataclass import dataclass
from hydesk.reports.column_widths import LEAST, PAD, measure, needs_of
from hydesk.reports.fonts import FontSet
from hydesk.reports.grid import PrintRow, PrintRowKind, PrintTable
from hydesk.reports.pdf_page import LANDSCAPE, PORTRAIT, WIDE_LANDSCAPE, Geometry

SIZE = 10.5
"""五号: the type of tables where there is room, in points."""
READABLE = 8.0
"""The smallest type a table on paper may have, in points."""
_NARROW = 6.0
"""The narrowest column of long words before the type is made smaller, in characters."""
_KEPT = 2
"""Columns that stand in every part: the number and the name."""
_ROOM = 9.0
"""Characters a column of long words gets in a part."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """The paper of a table and the parts it is printed in; ``least`` is how narrow its columns of words may become."""

    page: Geometry
    parts: tuple[PrintTable, ...] = ()
    least: float = LEAST


def sheets_of(table: PrintTable | None, wide: bool, fonts: FontSet) -> Sheets:
    """Where and how ``table`` is printed: whole where it fits in readable type."""
    if table is None:
        return Sheets(LANDSCAPE if wide else PORTRAIT)
    pages = (LANDSCAPE, WIDE_LANDSCAPE) if wide else (PORTRAIT, LANDSCAPE, WIDE_LANDSCAPE)
    for page in pages:
        for least in (LEAST, _NARROW):
            if measure(fonts, table, page.block_width, SIZE, least=least).size >= READABLE:
                return Sheets(page, (table,), least)
    return Sheets(WIDE_LANDSCAPE, _parts(table, fonts, WIDE_LANDSCAPE.block_width))


def _parts(table: PrintTable, fonts: FontSet, width: float) -> tuple[PrintTable, ...]:
    needs = needs_of(fonts, table)
    asked = [(n or _ROOM) * SIZE + 2 * PAD for n in needs.natural]
    kept = sum(asked[:_KEPT])
    groups: list[list[int]] = [[]]
    used = kept
    for index in range(_KEPT, len(table.columns)):
        if used + asked[index] > width and groups[-1]:
            groups.append([])
            used = kept
        groups[-1].append(index)
        used += asked[index]
    last = len(groups) - 1
    return tuple(replace(
        table, title=f"{table.title}（第{number + 1}部分，共{len(groups)}部分）",
        columns=tuple(table.columns[i] for i in (*range(_KEPT), *own)),
        rows=tuple(_row(row, own) for row in table.rows), notes=table.notes if number == last else ())
        for number, own in enumerate(groups))


def _row(row: PrintRow, own: list[int]) -> PrintRow:
    if row.kind in (PrintRowKind.GROUP, PrintRowKind.WIDE):
        return row
    return replace(row, cells=tuple(row.cells[i] for i in (*range(_KEPT), *own)))
