"""Checks of columns as wholes: changed places, last month sent again, sums that nothing can be held against."""

from __future__ import annotations

from collections.abc import Sequence

from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import column_letter
from hydesk.returns.checks import month_exceeds_year
from hydesk.returns.resolve import column_question
from hydesk.returns.row_reading import RowReading
from hydesk.returns.table import Table


def check_columns(table: Table, readings: Sequence[RowReading]) -> None:
    """Runs each of them over the rows read from ``table``; findings go to the table."""
    _check_swapped(table, readings)
    _check_copied(table, readings)
    _check_sums_copied(table, readings)
    _say_uncheckable(table, readings)


_COPIED_ROWS = 5


def _check_copied(table: Table, readings: Sequence[RowReading]) -> None:
    """Nearly every month the same as the month before: last month's return under another name."""
    spent = [r for r in readings if (a := r.amounts.get(Field.MONTH_INVESTMENT)) is not None and a.yuan]
    copied = sum(any(f.code == "copied_month" for f in r.findings) for r in spent)
    if copied >= _COPIED_ROWS and copied * 5 >= len(spent) * 4:
        table.findings.append(Finding(
            Level.WARNING, "return_copied",
            f"表“{table.sheet.name}”有数的 {len(spent)} 行里 {copied} 行本月数与上月一分不差，像是把上月的表又报了一次。请退回重报或核实。",
            table.sheet.name))


_SAME = 100
"""Yuan up to which a sum is the one of the month before."""


def _check_sums_copied(table: Table, readings: Sequence[RowReading]) -> None:
    """Sums alone, and nearly every one the month before's: nothing in the return is of this month."""
    if table.column_of(Field.MONTH_INVESTMENT) is not None:
        return
    f = next((f for f in (Field.YEAR_INVESTMENT, Field.TOTAL_INVESTED) if table.column_of(f) is not None), None)
    if f is None:
        return
    pairs = [(a.yuan, held) for r in readings if (a := r.amounts.get(f)) is not None and a.yuan and r.project is not None
             and (p := r.project.previous) is not None and p.period == table.period.last_month.previous()
             and (held := p.money.get(f)) is not None]
    same = sum(abs(now - then) <= _SAME for now, then in pairs)
    if same >= _COPIED_ROWS and same * 5 >= len(pairs) * 4:
        table.findings.append(Finding(
            Level.WARNING, "return_copied",
            f"表“{table.sheet.name}”有数的 {len(pairs)} 行里 {same} 行的{f.label}与上月一分不差，像是把上月的表又报了一次。请退回重报或核实。",
            table.sheet.name))


def _say_uncheckable(table: Table, readings: Sequence[RowReading]) -> None:
    """Sums since the start that nothing holds them against: the ledger does not know the earlier years, nor does the return."""
    column = table.column_of(Field.TOTAL_INVESTED)
    if column is None or table.column_of(Field.INVESTED_BEFORE) is not None:
        return
    told = [r for r in readings if r.project is not None and (a := r.amounts.get(Field.TOTAL_INVESTED)) is not None and a.yuan]
    blind = [r for r in told if r.project is not None and r.project.invested_before is None
             and not (r.project.previous and Field.TOTAL_INVESTED in r.project.previous.money)]
    if len(blind) * 2 > len(told) and len(blind) >= _SWAPPED_ROWS:
        table.findings.append(column_question(table, column, "since_start_unchecked", (
            f"台账没有这些项目截至上年底的累计，{len(blind)} 行“{column.header}”无从核对，已照写的读取。请确认")))


_SWAPPED_ROWS = 3


def _check_swapped(table: Table, readings: Sequence[RowReading]) -> None:
    """The month's column mostly above the year's: the two heads, or the two columns, have changed places."""
    month, year = table.column_of(Field.MONTH_INVESTMENT), table.column_of(Field.YEAR_INVESTMENT)
    if month is None or year is None:
        return
    over = sum(month_exceeds_year(r) for r in readings)
    if over < _SWAPPED_ROWS:
        return
    pairs = [
        r for r in readings
        if (m := r.amounts.get(Field.MONTH_INVESTMENT)) and (y := r.amounts.get(Field.YEAR_INVESTMENT))
        and m.yuan and y.yuan and m.yuan != y.yuan
    ]
    if over * 5 < len(pairs) * 3:
        return
    for column, other in ((month, year), (year, month)):
        table.findings.append(column_question(table, column, "columns_swapped", (
            f"有 {over} 行本月数比累计数还大，本列像是与{column_letter(other.number)}列填反了。请核对这两列")))
