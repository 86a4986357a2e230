"""Columns of the ledger's table as a person names them, and the order that he asks for."""

from __future__ import annotations

from collections.abc import Sequence

from hydesk.domain.errors import HydeskError
from hydesk.domain.nearest import none_called
from hydesk.domain.own_columns import OwnColumn
from hydesk.services.pages.ledger_rows import LedgerRows, Order

_DOWN, _UP = "降", "升"


def columns_called(rows: LedgerRows, said: Sequence[str]) -> list[int]:
    """The columns that ``said`` names, by head, key or the field's name. Raises HydeskError, naming the nearest, for another."""
    return [_called(rows, name) for name in said]


def order_called(rows: LedgerRows, said: Sequence[str]) -> Order:
    """年度计划:降 or 单位: the order by these columns, the first one first.

    Without 升 or 降 figures go from the largest down, as a click on their head sorts them. Raises as ``columns_called``.
    """
    made: list[tuple[int, bool]] = []
    for one in said:
        name, sign, way = one.replace("：", ":").partition(":")
        if sign and way.strip() not in (_UP, _DOWN):
            raise HydeskError(f"“{one}”不对，次序应写成 栏目:{_DOWN} 或 栏目:{_UP}，如 年度计划:{_DOWN}")
        column = _called(rows, name)
        made.append((column, way.strip() == _DOWN if sign else rows.columns[column].right))
    return tuple(made)


def _called(rows: LedgerRows, said: str) -> int:
    name = "".join(said.split())
    for i, column in enumerate(rows.columns):
        if name in _names(rows, i) or name == column.key:
            return i
    known = [rows.title(i) for i in range(len(rows.columns))]
    raise HydeskError(f"{none_called(said.strip(), '栏目', known)}。什么也没有做")


def _names(rows: LedgerRows, at: int) -> set[str]:
    column = rows.columns[at]
    of = () if column.field is None else column.field.heads if isinstance(column.field, OwnColumn) else (column.field.label,)
    return {"".join(n.split()) for n in (rows.title(at), column.head, *of)}
