"""Returns by thirds of a month (旬报): 上旬, 中旬 and 下旬 are summed into the month.

Such a return is of the last day of its newest 旬 that has figures: the 10th, the 20th or the month's end.
"""

from __future__ import annotations

from collections.abc import Sequence

from hydesk.domain.fields import Field
from hydesk.domain.findings import Level
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Month, Period
from hydesk.returns.row_reading import RowReading
from hydesk.returns.rows import RowKind
from hydesk.returns.table import Column, Table
from hydesk.returns.ten_day_heads import TenDayPart, ten_days_of, ten_days_said
from hydesk.returns.text import shown
from hydesk.returns.values import Amount, Reading, read_amount

_UNREADABLE = (Reading.TEXT, Reading.ERROR_VALUE, Reading.FORMULA)


def _columns(table: Table, period: Period) -> dict[TenDayPart, Column]:
    found: dict[TenDayPart, Column] = {}
    for column in table.columns.values():
        part = ten_days_of(column.path, period)
        if part is not None and column.field in (None, Field.MONTH_INVESTMENT):
            found.setdefault(part, column)
    return found


def _month_column(table: Table, period: Period) -> Column | None:
    """The column of the whole month beside those of 旬: 合计 or 本月."""
    column = table.column_of(Field.MONTH_INVESTMENT)
    return None if column is None or ten_days_of(column.path, period) is not None else column


def _amount(table: Table, row: int, column: Column) -> Amount:
    beside = table.column_of(Field.MONTH_INVESTMENT) or table.column_of(Field.YEAR_INVESTMENT)
    unit = column.said_unit or table.words.unit or (beside.unit if beside else None) or MoneyUnit.WAN
    return read_amount(table.sheet.cell(row, column.number), unit)


def newest_part(table: Table, month: Month) -> TenDayPart | None:
    """The newest 旬 of which the return has figures: of its columns, else of its title; None for no 旬报."""
    rows = [r.row for r in table.rows if r.kind is RowKind.PROJECT]
    held = [part for part, column in _columns(table, month).items()
            if any(_amount(table, r, column).reading in (Reading.NUMBER, Reading.WORDS) for r in rows)]
    if held:
        return max(held)
    titled = [p for line in (table.sheet.name, *table.words.lines[:6]) if len(line) < 60 and (p := ten_days_said(line))]
    return titled[0] if len(set(titled)) == 1 else None


def sum_ten_days(table: Table, readings: Sequence[RowReading], period: Period) -> None:
    """Gives rows whose table has columns of 旬 their sum as the month's amount, or holds it against the month told."""
    columns = _columns(table, period)
    if not isinstance(period, Month) or not columns:
        return
    told = _month_column(table, period)
    for reading in readings:
        if Field.MONTH_INVESTMENT in table.typed.get(reading.row, {}):
            continue  # a person has said what the month is
        amounts = {part: _amount(table, reading.row, c) for part, c in sorted(columns.items())}
        said = {part: shown(table.sheet.cell(reading.row, columns[part].number)).strip() for part in amounts}
        words = "＋".join(f"{part.label}{said[part]}" for part, a in amounts.items() if a.reading is not Reading.BLANK)
        known = [a for a in amounts.values() if a.yuan is not None]
        total, slack = sum(a.yuan or 0 for a in known), sum(a.tolerance for a in known)
        if told is not None:
            if len(known) == len(TenDayPart):  # one or two 旬 are no month
                _compare(reading, words, total, slack + 100)
            continue
        for part, amount in amounts.items():
            if amount.reading in _UNREADABLE and part is not max(columns):
                reading.find(Level.ERROR, "text_in_number", (
                    f"{part.label}写作“{said[part]}”，读不出数，本月数没有取。请改填数字"), Field.MONTH_INVESTMENT)
        if known and not any(a.reading in _UNREADABLE for a in amounts.values()):
            reading.amounts[Field.MONTH_INVESTMENT] = Amount(Reading.NUMBER, total, slack)
            reading.values[Field.MONTH_INVESTMENT], reading.words[Field.MONTH_INVESTMENT] = total, words


def _compare(reading: RowReading, words: str, total: int, slack: int) -> None:
    month = reading.amounts.get(Field.MONTH_INVESTMENT)
    if month is not None and month.yuan is not None and abs(month.yuan - total) > slack + month.tolerance:
        reading.find(Level.WARNING, "ten_days_differ", (
            f"{words}，合 {total / 10_000:,.2f} 万元，与本月 {month.yuan / 10_000:,.2f} 万元不符。请核实"), Field.MONTH_INVESTMENT)
