"""Stage 'columns', where the period says more than the words: 旬 of a month, and words or amounts of a week."""

from __future__ import annotations

from collections.abc import Mapping

from hydesk.domain.fields import Field
from hydesk.domain.grid import Sheet
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Month, Period, Week
from hydesk.returns.head import Head
from hydesk.returns.table import Column
from hydesk.returns.ten_day_heads import ten_days_of
from hydesk.returns.text import is_blank
from hydesk.returns.values import Reading, read_amount
from hydesk.returns.week_heads import week_head

_LOOKED_AT = 400


def settle_period_columns(sheet: Sheet, head: Head, columns: dict[int, Column], period: Period) -> None:
    """Changes the columns whose field the period decides."""
    leave_out_other_amounts(columns, period)
    if isinstance(period, Month):
        _sum_of_ten_days(columns, period)
    elif isinstance(period, Week):
        for column in columns.values():
            if column.field is Field.WEEK_INVESTMENT and (said := week_head(column.path, period)) and said.worded:
                _words_or_amounts(sheet, head, column)


_OF_MONTH = frozenset({Field.MONTH_INVESTMENT, Field.STATISTICS_MONTH})


def leave_out_other_amounts(columns: Mapping[int, Column], period: Period) -> None:
    """A month's amount is none of a week's and a week's none of a month's, whoever said so and however it is remembered."""
    for column in columns.values():
        if column.field is Field.WEEK_INVESTMENT and period.is_month:
            column.field, column.reason = None, "本周的数，不是本月的，月报不取"
        elif column.field in _OF_MONTH and not period.is_month:
            column.field, column.reason = None, "月度数以月报为准，周报不取"


def _sum_of_ten_days(columns: dict[int, Column], period: Month) -> None:
    """The last column of a 旬 stands for the month where no column of the month does; ``ten_days`` sums the others in."""
    parts = {part: c for c in columns.values() if c.field is None and (part := ten_days_of(c.path, period)) is not None}
    if parts and not any(c.field is Field.MONTH_INVESTMENT for c in columns.values()):
        last = parts[max(parts)]
        last.field, last.reason = Field.MONTH_INVESTMENT, "、".join(p.label for p in sorted(parts)) + "相加为本月完成投资"
    for column in parts.values():
        column.reason = column.reason if column.field else "旬的数，与本月完成投资相核对或相加"


def _words_or_amounts(sheet: Sheet, head: Head, column: Column) -> None:
    """本周完成 alone: sentences below it are progress in words."""
    cells = [row[column.number - 1] for row in sheet.rows[head.last_row : head.last_row + _LOOKED_AT]
             if column.number <= len(row) and not is_blank(row[column.number - 1])]
    words = sum(isinstance(v, str) and read_amount(v, MoneyUnit.WAN).reading is Reading.TEXT for v in cells)
    if words * 2 > len(cells):
        column.field, column.reason = Field.PROGRESS_TEXT, f"{column.reason}，写的是文字"
