"""Node tables in other shapes: projects as columns with the nodes below them, or a row for every node of a project."""

from __future__ import annotations

from collections.abc import Callable

from hydesk.domain.grid import Sheet
from hydesk.returns.head import Head
from hydesk.returns.shapes.measures import pivot
from hydesk.returns.shapes.regrid import Regrid, Shaped
from hydesk.returns.sheets import words_above
from hydesk.returns.table import Table
from hydesk.returns.text import is_blank, squeeze

_FIRST_ROWS = 20
_LEAST = 2
Tells = Callable[[str], bool]


def shape_node_columns(sheet: Sheet, is_node: Tells, is_project: Tells) -> Shaped | None:
    """Projects as columns: their names in one row, nodes down the columns to their left; None where it is no such table."""
    for r, row in enumerate(sheet.rows[:_FIRST_ROWS], 1):
        named = [c for c, v in enumerate(row, 1) if isinstance(v, str) and len(v) > 3 and is_project(v)]
        if len(named) < _LEAST:
            continue
        labels = range(1, named[0])
        below = [at for at in range(r + 1, len(sheet.rows) + 1) if any(is_node(_word(sheet, at, c)) for c in labels)]
        if len(below) < _LEAST:
            continue
        grid = Regrid(sheet)
        names = grid.column(("项目名称",))
        rows = {c: n for n, c in enumerate(named, 1)}
        for c, n in rows.items():
            grid.put(n, names, (r, c))
        node = ""
        for at in range(r + 1, len(sheet.rows) + 1):
            words = [w for c in labels if (w := _word(sheet, at, c))]
            if any(is_node(w) for w in words):
                node = next(w for w in words if is_node(w))
            elif not words or not node:
                continue
            else:
                words = [node, *words]  # 计划 and 实际 below one another, the node merged over both
            column = grid.column(tuple(words))
            for c, n in rows.items():
                if not is_blank(sheet.cell(at, c)):
                    grid.put(n, column, (at, c))
        return grid.made(words_above(sheet, Head((r,), {}, {})))
    return None


def shape_node_rows(table: Table, is_node: Tells) -> Shaped | None:
    """A row for every node of a project, its dates beside it; None where it is no such table."""
    return pivot(table, is_node)


def _word(sheet: Sheet, row: int, column: int) -> str:
    value = sheet.cell(row, column)
    if is_blank(value):
        span = next((m for m in sheet.merges if m.left <= column <= m.right and m.top < row <= m.bottom), None)
        value = sheet.cell(span.top, span.left) if span is not None else None
    return squeeze(value) if isinstance(value, str) else ""
