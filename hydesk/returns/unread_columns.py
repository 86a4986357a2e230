"""Columns of figures that nobody knows: asked about, never dropped without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import CellValue, column_letter
from hydesk.domain.money import MoneyUnit
from hydesk.returns.choose import NO_PROGRESS
from hydesk.returns.resolve import column_question, fits_ledger
from hydesk.returns.table import Table
from hydesk.returns.tables import project_rows
from hydesk.returns.text import is_blank
from hydesk.returns.values import Reading, read_amount


def unread_money(tables: list[Table]) -> Iterator[Finding]:
    """Columns of money that nobody knows, on sheets left out because nothing else on them is this period's."""
    for table in tables:
        if table.left_out == NO_PROGRESS and any(t.left_out is None for t in tables):
            ask_unread_columns(table)
            yield from (f for f in table.findings if f.code == "column_unknown")


def ask_unread_columns(table: Table) -> None:
    """A column of figures whose head may speak of money and was not understood is asked about, not dropped."""
    rows = project_rows(table)
    for column in table.columns.values():
        if column.field is not None or not column.guess.unknown:
            continue
        if _MAY_BE_MONEY.search(column.header):
            numbers = sum(1 for r in rows if _is_figure(table.sheet.cell(r, column.number)))
            filled = sum(1 for r in rows if not is_blank(table.sheet.cell(r, column.number)))
            if numbers and numbers * 5 >= filled * 4:
                table.findings.append(column_question(table, column, "column_unknown", (
                    f"认不出“{column.header}”一列是什么，整列未取数。请指明")))
        elif (meant := fits_ledger(table, column)) is not None:
            table.findings.append(column_question(table, column, "column_unknown", (
                f"认不出“{column.header}”一列是什么，数字却与台账的{meant.label}相符，整列未取数。请指明")))


_MAY_BE_MONEY = re.compile(r"投资|完成|金额|资金|累计|万元|亿元|[款费额]|[合总小共]计")


def _is_figure(value: CellValue) -> bool:
    return isinstance(value, int | float) or (
        isinstance(value, str) and not is_blank(value) and read_amount(value, MoneyUnit.WAN).reading is Reading.NUMBER)


def ask_headless_columns(table: Table) -> None:
    """A column of figures between the table's own columns with no head over it is asked about, never dropped."""
    rows = project_rows(table)
    # One column past the last head too: figures right beside the table are as likely a column as a note.
    for number in range(1, max(table.head.paths) + 2):
        if number in table.head.paths or table.sheet.width < number:
            continue
        figures = [v for r in rows if isinstance(v := table.sheet.cell(r, number), int | float)]
        if rows and len(figures) * 2 >= len(rows) and not _is_running_number(figures):
            letter = column_letter(number)
            table.findings.append(Finding(
                Level.WARNING, "column_without_head",
                f"表“{table.sheet.name}”{letter}列：有数字而没有表头，整列未取数。请指明是什么。", table.sheet.name, column=letter))


def _is_running_number(figures: list[int | float]) -> bool:
    """Whether figures only number the rows: 1, 2, 3 …, from wherever a list begins."""
    steps = [b - a for a, b in pairwise(figures)]
    return len(steps) >= 2 and sum(s == 1 for s in steps) * 5 >= len(steps) * 4
