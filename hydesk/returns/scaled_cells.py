"""Figures whose number format shows another number than the one stored (0!.0,"万").

What is shown is meant. Only where what is shown and what the ledger leads one to expect differ by exactly a power of
ten, the format itself is in doubt: then it is asked, once a column where the whole column is so, and both are offered.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from hydesk.domain.fields import LEDGER_MONEY, MONEY_FIELDS, PROGRESS_MONEY
from hydesk.domain.findings import Level
from hydesk.domain.money import MoneyUnit, Yuan, format_money
from hydesk.domain.snapshot import KnownProject
from hydesk.returns.fitting import wanted_exactly
from hydesk.returns.resolve import column_question, expected
from hydesk.returns.row_reading import RowReading
from hydesk.returns.table import Column, Table
from hydesk.returns.values import Reading, read_amount

_POWERS = (1, 2, 3, 4, -1, -2, -3, -4)
_NEAR = 0.3
"""Orders of magnitude that figures which have grown since may lie off a power of ten."""
_LEAST = 3
_EXACT = 20_000
"""Yuan; rounding on paper."""


def settle_scaled(table: Table) -> None:
    """Asks about columns shown through a scaling format where all they show is off by the same power of ten."""
    if not table.sheet.scaled:
        return
    for column in table.columns.values():
        if column.field in MONEY_FIELDS and column.unit is not None and (told := _column_off(table, column)) is not None:
            power, seen, other = told
            table.findings.append(column_question(table, column, "format_scale", (
                f"“{column.header}”一列的数字格式带缩放，显示的数与台账正好差 {10 ** abs(power):,} 倍（如显示 {_wan(seen)} 万元，"
                f"按台账应为 {_wan(other)} 万元），不能确定以哪个为准，整列未取数。请确认")))
            column.field, column.reason = None, "数字格式带缩放，与台账差整倍数，等人确认"


def _column_off(table: Table, column: Column) -> tuple[int, Yuan, Yuan] | None:
    """The power of ten that all of a column is off by, with what its first row shows and should be."""
    f = column.field
    assert f is not None
    pairs = [(seen, want) for p, seen in _shown(table, column) if (want := expected(p, f)) and seen]
    if len(pairs) < _LEAST:
        return None
    off = median(math.log10(want / abs(seen)) for seen, want in pairs)
    power = round(off)
    same = sum(abs(math.log10(want / abs(seen)) - power) <= _NEAR for seen, want in pairs)
    if power == 0 or abs(off - power) > _NEAR or same * 5 < len(pairs) * 4:
        return None
    seen = pairs[0][0]
    return power, seen, int(Decimal(seen).scaleb(power))


def _shown(table: Table, column: Column) -> Iterator[tuple[KnownProject, Yuan]]:
    for row, match in table.matches.items():
        if match.project is not None and (row, column.number) in table.sheet.scaled:
            amount = read_amount(table.value(row, column.number), column.unit or MoneyUnit.WAN)
            if amount.reading is Reading.NUMBER and amount.yuan:
                yield match.project, amount.yuan


def scaled_off(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    """One figure shown through a scaling format that a power of ten would make fit to the last digit."""
    if not r.table.sheet.scaled:
        return
    for f in (*LEDGER_MONEY, *PROGRESS_MONEY):
        column, amount = r.table.column_of(f), r.amounts.get(f)
        if column is None or amount is None or not amount.yuan or (r.row, column.number) not in r.table.sheet.scaled:
            continue
        wanted = wanted_exactly(r, p, f)
        other = next((x for n in _POWERS if wanted and abs((x := int(Decimal(amount.yuan).scaleb(n))) - wanted) <= _EXACT), None)
        if wanted and abs(amount.yuan - wanted) > _EXACT and other is not None:
            r.find(level, code, (
                f"{f.label}的数字格式带缩放，显示为 {_wan(amount.yuan)} 万元，与台账和别的数正好差整倍数，也可能是 {_wan(other)} 万元。"
                "请确认以哪个为准"), f, other)


def _wan(amount: Yuan) -> str:
    return format_money(amount, MoneyUnit.WAN)
