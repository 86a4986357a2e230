"""Units of money told row by row in a column of their own (金额单位: 万元, 亿元): each figure gets its row's unit."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from hydesk.domain.fields import MONEY_FIELDS
from hydesk.domain.grid import CellValue, Sheet
from hydesk.domain.money import MoneyUnit
from hydesk.returns.head_words import bare
from hydesk.returns.table import Table
from hydesk.returns.text import is_blank, squeeze

_UNITS = {u.value: u for u in MoneyUnit} | {"万": MoneyUnit.WAN, "亿": MoneyUnit.YI}
_LEAST = 2
_FIGURE = re.compile(r"^-?[\d,]+(?:\.\d+)?$")


def units_by_row(table: Table) -> Sheet | None:
    """The sheet with the row's unit behind the figures whose row counts in another unit than most; None where no
    column tells units, or all tell one."""
    sheet = table.sheet
    column = next((c for c in table.head.paths if _holds_units(sheet, table, c)), 0)
    if not column:
        return None
    units = {r: u for r in range(table.head.last_row + 1, len(sheet.rows) + 1) if (u := _unit(sheet.cell(r, column))) is not None}
    if len(set(units.values())) < 2:
        return None
    money = {c.number for c in table.columns.values() if c.guess.field in MONEY_FIELDS or c.guess.candidates}
    usual = _usual(table, units)
    rows = [list(row) if units.get(at) not in (None, usual) else row for at, row in enumerate(sheet.rows, 1)]
    for at, unit in units.items():
        if unit is not usual:
            line = rows[at - 1]
            assert isinstance(line, list)
            for c in money:
                if c <= len(line) and _is_number(line[c - 1]):
                    line[c - 1] = f"{line[c - 1]}{unit.value}"
    return replace(sheet, rows=rows)


def units_of_rows(table: Table) -> dict[int, MoneyUnit]:
    """The unit of money that a column of units says for each row; empty where no column does."""
    column = next((c for c in table.head.paths if _holds_units(table.sheet, table, c)), 0)
    if not column:
        return {}
    rows = range(table.head.last_row + 1, len(table.sheet.rows) + 1)
    return {r: u for r in rows if (u := _unit(table.sheet.cell(r, column))) is not None}


def _usual(table: Table, units: dict[int, MoneyUnit]) -> MoneyUnit:
    """The unit of figures that need no word: the one that the head or the line above says, else the commonest."""
    said = {c.said_unit for c in table.columns.values() if c.guess.field in MONEY_FIELDS} | {table.words.unit}
    said.discard(None)
    if len(said) == 1:
        only = next(iter(said))
        assert only is not None
        return only
    return Counter(units.values()).most_common(1)[0][0]


def _holds_units(sheet: Sheet, table: Table, column: int) -> bool:
    if "单位" not in bare("".join(table.head.paths[column])):
        return False
    words = [v for r in sheet.rows[table.head.last_row:] if column <= len(r) and not is_blank(v := r[column - 1])]
    return len(words) >= _LEAST and all(_unit(w) is not None for w in words)


def _unit(value: CellValue) -> MoneyUnit | None:
    return _UNITS.get(squeeze(value)) if isinstance(value, str) else None


def _is_number(value: CellValue) -> bool:
    if isinstance(value, str):
        return bool(_FIGURE.match(squeeze(value)))
    return isinstance(value, int | float) and not isinstance(value, bool)
