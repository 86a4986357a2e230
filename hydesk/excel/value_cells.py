"""Cells of what hydesk exports: heads, and values that are read again exactly; money in yuan there, in 万元 here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from hydesk.domain.dates import LooseDate, Precision
from hydesk.domain.money import MoneyUnit, in_unit
from hydesk.domain.own_columns import OwnValue, plain_digits
from hydesk.domain.understanding import ReadValue
from hydesk.excel.safe_text import safe_text

_DIGITS = 12
"""More than a cell's number keeps for certain, once what computing leaves behind is cut off: such a number is written as words."""


def head_cell(sheet: Any, text: str) -> WriteOnlyCell:
    """The head of a column."""
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="E8EDF3")
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return cell


def value_cell(sheet: Any, value: ReadValue | OwnValue | date | None, *, money: bool = False) -> WriteOnlyCell | None:
    """A value as itself: a day as a date, a month or quarter in words, because a date cell would claim more than is known."""
    if value is None or value == "":
        return None
    if isinstance(value, LooseDate):
        if value.precision is not Precision.DAY:
            return WriteOnlyCell(sheet, str(value))
        value = value.day
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "yyyy-mm-dd"
        return cell
    if isinstance(value, int):
        cell = WriteOnlyCell(sheet, in_unit(value, MoneyUnit.WAN) if money else value)
        if money:
            cell.number_format = "#,##0.00##"
        return cell
    if isinstance(value, Decimal):
        return WriteOnlyCell(sheet, value) if len(value.as_tuple().digits) <= _DIGITS else safe_text(WriteOnlyCell(sheet, None), plain_digits(value))
    return safe_text(WriteOnlyCell(sheet, None), value)
