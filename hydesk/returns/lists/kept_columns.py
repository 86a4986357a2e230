"""Columns of a list that are no field of the ledger: kept by their own name and told, never dropped without a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hydesk.domain.fields import PROGRESS_FIELDS
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import column_letter
from hydesk.returns.aliases import SERIAL_HEADS
from hydesk.returns.head_words import bare
from hydesk.returns.table import Column, Table
from hydesk.returns.text import is_blank, shown

_NOTHING_TO_KEEP = ("组头之下的空列", "与左右列同属一个合并表头，数在另一列")


def kept_columns(table: Table, rows: Sequence[int]) -> list[Column]:
    """The columns that hold something in the project rows and are no field of a list."""
    found = []
    for column in table.columns.values():
        if column.guess.own is not None or (column.field is not None and column.field not in PROGRESS_FIELDS):
            continue
        if bare("".join(column.path)) in SERIAL_HEADS or bare(column.path[-1]) in SERIAL_HEADS or column.reason in _NOTHING_TO_KEEP:
            continue
        if any(not is_blank(table.sheet.cell(r, column.number)) for r in rows):
            found.append(column)
    return found


def kept_name(column: Column) -> str:
    """The name a column is kept by: its own words, the group's before them."""
    return "".join(dict.fromkeys(column.path))[:40]


def kept_words(table: Table, columns: Sequence[Column], row: int) -> dict[str, str]:
    """What stands in the kept columns of one row, by the column's name."""
    return {kept_name(c): text for c in columns if (text := shown(table.sheet.cell(row, c.number)).strip())}


def say_kept(table: Table, columns: Sequence[Column]) -> Iterator[Finding]:
    """A note for every kept column, unless it was asked about or told of already."""
    told = {f.column for f in table.findings if f.column}
    for c in columns:
        letter = column_letter(c.number)
        if letter in told:
            continue
        why = "是进度，请按报表导入" if c.field in PROGRESS_FIELDS else "台账没有这一栏" if c.guess.unknown or not c.reason else c.reason
        yield Finding(Level.NOTE, "column_kept", (
            f"表“{table.sheet.name}”{letter}列：“{c.header}”没有写进台账（{why}），原文按列名留存。要用请指明取作哪一栏。"),
            table.sheet.name, column=letter)
