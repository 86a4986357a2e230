"""Stage 'columns': of several columns for one field the visible, filled and fitting one is taken.

Words choose first. Where two columns with other figures both claim a field, those decide that fit the ledger to the
last digit (``settle_twins``); where they do not, the surest is taken and the clerk is asked.
"""

from __future__ import annotations

from hydesk.domain.fields import MONEY_FIELDS, PROGRESS_TEXTS, Field
from hydesk.domain.grid import Sheet, column_letter
from hydesk.returns.column_guess import left_out
from hydesk.returns.head import Head
from hydesk.returns.resolve import column_question, exact_share
from hydesk.returns.table import Column, Table
from hydesk.returns.text import is_blank, shown

_FITS, _MISSES = 0.6, 0.3
"""Shares of the telling rows from which a column's figures fit, and up to which they do not."""


def drop_empty_twins(sheet: Sheet, head: Head, columns: dict[int, Column]) -> None:
    """Of columns under one head cell merged over several only the one that holds the values counts, and a blank
    column between a group's own columns counts for nothing."""
    groups: dict[tuple[int, int], list[int]] = {}
    for number in columns:
        groups.setdefault(head.origins[number], []).append(number)
    for twins in groups.values():
        keep = twins[0] if len(twins) == 1 else max(twins, key=lambda c: (_filled(sheet, head, c), -c))
        for c in twins:
            if c != keep:
                _drop(columns[c], "与左右列同属一个合并表头，数在另一列")
        if _heads_others(columns, keep) and not _filled(sheet, head, keep):
            _drop(columns[keep], "组头之下的空列")


def _heads_others(columns: dict[int, Column], column: int) -> bool:
    """Whether a column has no words but its group's, which stand over other columns with words of their own."""
    path = columns[column].path
    return any(len(c.path) > len(path) and c.path[: len(path)] == path for n, c in columns.items() if n != column)


def _filled(sheet: Sheet, head: Head, column: int) -> int:
    return sum(1 for r in sheet.rows[head.last_row :] if column <= len(r) and not is_blank(r[column - 1]))


def _drop(column: Column, reason: str) -> None:
    column.field, column.also = None, None
    column.guess, column.reason = left_out(reason), reason


def one_column_each(table: Table) -> None:
    """A field belongs to one column: the visible one before the hidden, the filled before the blank, the surest first."""
    by_field: dict[Field, list[Column]] = {}
    for c in table.columns.values():
        if c.field is not None:
            by_field.setdefault(c.field, []).append(c)
    hidden = table.sheet.hidden_columns
    for f, several in by_field.items():
        if len(several) < 2 or f in PROGRESS_TEXTS or f in (Field.APPROVAL_CODE, Field.CODE):
            continue
        filled = {c.number: _filled(table.sheet, table.head, c.number) for c in several}
        several.sort(key=lambda c: (
            not filled[c.number], c.number in hidden, -c.confidence, len(c.path) > 1 and f is Field.NAME, c.number))
        keep = several[0]
        for c in several[1:]:
            differs = f in MONEY_FIELDS and _values_differ(table, keep.number, c.number)
            c.field = None
            told = "隐藏的列，" if c.number in hidden and keep.number not in hidden else ""
            c.reason = f"{told}与{column_letter(keep.number)}列同为{f.label}，已取{column_letter(keep.number)}列"
            if differs and f is not Field.FUNDS_ARRIVED and not told:
                table.twins.append((keep.number, c.number))


def settle_twins(table: Table) -> None:
    """Of two columns that claim one field with other figures, takes the one whose figures fit, or asks."""
    for taken, other in table.twins:
        keep, rival = table.columns[taken], table.columns[other]
        f = keep.field
        if f is None:
            continue
        # Where both hold one figure (nothing was spent before this year) a row tells nothing.
        apart = {r for r in table.matches if shown(table.sheet.cell(r, taken)) != shown(table.sheet.cell(r, other))}
        fits, rivals = exact_share(table, keep, f, apart), exact_share(table, rival, f, apart)
        if fits >= _FITS and rivals <= _MISSES:
            continue
        if rivals >= _FITS and fits <= _MISSES:
            rival.field, rival.unit, rival.said_unit = f, rival.unit or keep.unit, rival.said_unit or keep.said_unit
            keep.field = None
            keep.reason = f"与{column_letter(other)}列同为{f.label}，{column_letter(other)}列的数与台账对得上，已取{column_letter(other)}列"
            continue
        table.findings.append(column_question(table, keep, "column_twice", (
            f"与{column_letter(other)}列都像“{f.label}”而数字不同，已取本列。请确认")))


def _values_differ(table: Table, one: int, other: int) -> bool:
    rows = table.sheet.rows[table.head.last_row :]
    return any(
        shown(r[one - 1]) != shown(r[other - 1])
        for r in rows
        if max(one, other) <= len(r) and not (is_blank(r[one - 1]) or is_blank(r[other - 1]))
    )
