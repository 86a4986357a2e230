"""Columns and units of a list, which no ledger decides: what the words leave open is asked about or told."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from hydesk.domain.fields import MONEY_FIELDS, PROGRESS_FIELDS, Field
from hydesk.domain.list_known import ListChoices
from hydesk.domain.money import MoneyUnit
from hydesk.returns.head_words import column_key
from hydesk.returns.resolve import column_question
from hydesk.returns.table import Column, Table
from hydesk.returns.tables import project_rows
from hydesk.returns.unread_columns import ask_unread_columns
from hydesk.returns.values import Reading, read_amount

_LEAST_WAN, _MOST_WAN = 500, 1_000_000
"""Between these lies the median total of a key-projects list in 万元: below, it was written in 亿元; above, in 元."""


def settle_list_columns(table: Table, choices: ListChoices) -> None:
    """Gives open columns their field and every money column its unit; findings go to the table."""
    _settle_open(table)
    _settle_units(table, choices)
    ask_unread_columns(table)


def _settle_open(table: Table) -> None:
    """投资（万元） in a list that has no other total is taken for it and said so."""
    for column in table.columns.values():
        if column.field is not None or not column.guess.candidates or column.reason == "由人指定不取":
            continue
        if not any(n for n in _figures(table, column)):
            continue
        names = "、".join(f.label for f in column.guess.candidates)
        if column.guess.candidates[0] is Field.TOTAL_INVESTMENT and table.column_of(Field.TOTAL_INVESTMENT) is None:
            column.field, column.reason = Field.TOTAL_INVESTMENT, f"{column.guess.reason}，已按总投资读取"
            said = f"“{column.header}”一列多半是总投资，已按总投资读取。请确认"
        elif set(column.guess.candidates) <= PROGRESS_FIELDS:
            continue  # 累计完成投资 is progress whichever it is; the list keeps its words
        else:
            said = f"“{column.header}”一列可能是{names}，没有写明，整列未取数。请指明是哪一种"
        table.findings.append(column_question(table, column, "column_unclear", said))


def _figures(table: Table, column: Column) -> Iterator[int]:
    """The column's figures of project rows as whole yuan, were they counted in 元."""
    for r in project_rows(table):
        amount = read_amount(table.sheet.cell(r, column.number), MoneyUnit.WAN)
        if amount.reading is Reading.NUMBER and amount.yuan and amount.unit is None:
            yield amount.yuan


def _settle_units(table: Table, choices: ListChoices) -> None:
    """The unit a person said, the head's, the line's above; else that of the other columns, or what the size tells."""
    said_by_person = {column_key(h): u for h, u in choices.units.items()}
    open_columns: list[Column] = []
    for column in table.columns.values():
        if column.field not in MONEY_FIELDS:
            continue
        column.unit = said_by_person.get(column_key(column.header)) or column.said_unit or table.words.unit
        if column.unit is None:
            open_columns.append(column)
    for column in open_columns:
        column.unit = _unit_by_size(table, column)
        if any(n for n in _figures(table, column)):
            table.findings.append(column_question(table, column, "unit_unknown", (
                f"“{column.header}”一列没有写明金额单位，已按{column.unit.value}读取。请确认")))


def _unit_by_size(table: Table, column: Column) -> MoneyUnit:
    """By the size of the totals, or of the column itself where there are none."""
    total = table.column_of(Field.TOTAL_INVESTMENT)
    looked_at = total if total is not None and total.said_unit is None else column
    figures = [n // MoneyUnit.WAN.yuan if n >= MoneyUnit.WAN.yuan else 1 for n in _figures(table, looked_at)]
    if len(figures) < 2:
        return MoneyUnit.WAN
    middle = median(figures)
    return MoneyUnit.YI if middle < _LEAST_WAN else MoneyUnit.YUAN if middle >= _MOST_WAN * 10 else MoneyUnit.WAN
