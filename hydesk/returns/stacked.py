"""Stage 'sheets', second half: several tables one under another on one sheet, each with a head of its own.

A head that only repeats the first (on every printed page) opens no new table: its columns mean the same. One whose
columns mean something else, stand in another order or count in another unit does, and its rows are read by it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hydesk.domain.fields import MONEY_FIELDS, Field
from hydesk.domain.grid import Sheet
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import Memory
from hydesk.returns.column_guess import ColumnGuess
from hydesk.returns.head import Head, find_head, is_column_numbers
from hydesk.returns.month_heads import months_in_words
from hydesk.returns.rows import RowKind
from hydesk.returns.shapes.labels import shape_known_names, shape_labels
from hydesk.returns.shapes.measures import shape_measures
from hydesk.returns.shapes.side_by_side import beginnings, cut, own_words
from hydesk.returns.sheets import SheetWords, words_above
from hydesk.returns.table import Column, Table
from hydesk.returns.tables import build_table, columns_under, table_under

_BETWEEN = (RowKind.BLANK, RowKind.NOTE, RowKind.SECTION, RowKind.CONTINUATION, RowKind.HEAD)
"""Rows that may stand between the last figures of one table and the head of the next."""
_LINES_ABOVE = 10
"""Of such rows, the nearest that may speak of the table below."""
_MOST_TABLES = 40
_TELLING = (*MONEY_FIELDS, Field.NAME)


def build_tables(
    sheet: Sheet, period: Period, memory: Memory, unit_name: str | None,
    is_project: Callable[[str], bool], is_unit: Callable[[str], bool],
) -> list[Table]:
    """The sheet's tables from the top; none where it shows no head."""

    def build(part: Sheet, first_row: int = 1) -> Table | None:
        return build_table(part, period, memory, unit_name, is_project, is_unit, first_row)

    sheet = months_in_words(sheet)
    shaped = shape_labels(sheet, period)
    if shaped:
        return [table_under(s.sheet, s.head, s.words, period, memory, unit_name, is_project, is_unit) for s in shaped]
    table = build(sheet)
    if table is None and (shaped := shape_known_names(sheet, period, is_project)):
        return [table_under(s.sheet, s.head, s.words, period, memory, unit_name, is_project, is_unit) for s in shaped]
    if table is not None and (begins := beginnings(table)):
        return _beside(table, begins, build)
    if table is not None and (made := shape_measures(table, period)) is not None:
        return [table_under(made.sheet, made.head, made.words, period, memory, unit_name, is_project, is_unit)]
    tables: list[Table] = []
    top = 1
    while table is not None and len(tables) < _MOST_TABLES:
        begin = _next_table(table, period, memory, unit_name)
        below = build(_from_row(table.sheet, begin), begin) if begin is not None else None
        if begin is None or below is None:
            break
        above = build(replace(table.sheet, rows=table.sheet.rows[: begin - 1]), top)
        if above is None:
            break
        above.words = table.words
        tables.append(above)
        below.words = _words_of_both(below.words, table.words)
        table, top = below, begin
    return [*tables, table] if table is not None else tables


def _beside(table: Table, begins: list[int], build: Callable[[Sheet], Table | None]) -> list[Table]:
    """Every one of the tables side by side, from the left."""
    tables: list[Table] = []
    for part in cut(table.sheet, begins, max(table.head.rows[0], 1)):
        own = build(part)
        if own is not None:
            own.words = own_words(own.words, table.words)
            tables.append(own)
    return tables


def _from_row(sheet: Sheet, begin: int) -> Sheet:
    """The sheet with everything above ``begin`` blank: rows keep their numbers."""
    return replace(sheet, rows=[*([()] * (begin - 1)), *sheet.rows[begin - 1 :]])


def _words_of_both(own: SheetWords, above: SheetWords) -> SheetWords:
    """What a lower table does not say of itself holds from the table above it."""
    return SheetWords(above.title or own.title, (*own.lines, *above.lines), own.unit or above.unit, own.foreign or above.foreign)


def _next_table(table: Table, period: Period, memory: Memory, unit_name: str | None) -> int | None:
    """The row from which another table begins; None where all heads below mean what the first one does."""
    if any(c.reason == "由人指定" for c in table.columns.values()):
        return None
    checked = 0
    for at, row in enumerate(table.rows):
        if row.kind is not RowKind.HEAD or row.row <= checked or is_column_numbers(table.sheet.rows[row.row - 1]):
            continue
        begin = at
        while begin > 0 and table.rows[begin - 1].kind in _BETWEEN and at - begin < _LINES_ABOVE:
            begin -= 1
        first = table.rows[begin].row
        head = find_head(table.sheet, first)
        if head is None or row.row not in head.rows:
            continue
        checked = head.last_row
        part = _from_row(table.sheet, first)
        if _means_other(table, columns_under(part, head, period, memory, unit_name), words_above(part, head), head):
            return first
    return None


def _means_other(table: Table, columns: dict[int, Column], words: SheetWords, head: Head) -> bool:
    """Whether a lower head gives a column of figures or of names another meaning or another unit."""
    for number, column in columns.items():
        if column.guess.field not in _TELLING:
            continue
        before = table.columns.get(number)
        if before is None:
            return True
        if column.guess.field is not before.guess.field and column.guess.field not in before.guess.candidates:
            return True
        said = column.said_unit or words.unit
        if column.guess.field in MONEY_FIELDS and said is not None and said is not (before.said_unit or table.words.unit):
            return True
    return any(
        c.guess.field in MONEY_FIELDS and n in columns and _is_other(c.guess, columns[n].guess) for n, c in table.columns.items()
    )


def _is_other(before: ColumnGuess, now: ColumnGuess) -> bool:
    """Whether a column of figures holds something else below: words, another month's figures, a share."""
    if now.field is not None:
        return now.field is not before.field
    return not now.candidates and not now.unknown
