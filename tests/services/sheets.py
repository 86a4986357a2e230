"""Small workbooks as counties send them, for tests that go through the reading."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache

from openpyxl import Workbook

from hydesk.db.ledger import Ledger
from hydesk.domain.fields import Field
from hydesk.domain.periods import Period
from hydesk.services.returns.read_return import ReturnDraft, read_return
from tests.services.made import JUNE, code, facts, take_list

HEAD = ("序号", "编号", "项目名称", "总投资", "2023年计划投资", "{m}月完成投资", "1-{m}月累计完成投资", "形象进度")
FIRST_ROW = 4
"""The row of the first project."""
Line = tuple[object, ...]


def line(number: int, month: object, year: object, progress: str = "正在施工", name: str = "") -> Line:
    """A row of project ``number``; amounts in 万元."""
    return (number, code(number), name or f"第{number}号项目", 100_000, 20_000, month, year, progress)


def workbook(lines: Sequence[Line], period: Period = JUNE, unit: str = "衡南县") -> bytes:
    """A return's bytes; the same bytes for the same rows."""
    return _workbook(tuple(lines), period, unit)


@cache
def _workbook(lines: tuple[Line, ...], period: Period, unit: str) -> bytes:
    # A workbook says when it was saved: made twice it would be two files.
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = f"{period.number}月"
    sheet.append([f"{unit}重点项目进度表（{period.label}）"])
    sheet.append(["单位：万元"])
    sheet.append([h.format(m=period.number) for h in HEAD])
    for row in lines:
        sheet.append(list(row))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def fill_ledger(ledger: Ledger, count: int = 4) -> None:
    """``count`` projects of 衡南县 with round sums: 总投资 10 亿, 年度计划 2 亿."""
    take_list(ledger, *(facts(n, reporting_unit="衡南县", total_investment=1_000_000_000, annual_plan=200_000_000,
                              invested_before=0) for n in range(1, count + 1)))


def read(ledger: Ledger, lines: Sequence[Line], period: Period = JUNE, name: str = "衡南县6月.xlsx") -> ReturnDraft:
    """A return as read."""
    return read_return(ledger, (name, workbook(lines, period)), period)


MONTH, YEAR, TEXT = Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT, Field.PROGRESS_TEXT
