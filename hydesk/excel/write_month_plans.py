"""A workbook of plans by month or quarter, to be filled in: the sum and what it differs by from the year's plan beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from hydesk.domain.money import MoneyUnit, Yuan, in_unit
from hydesk.domain.month_plan import PlanStep
from hydesk.excel.safe_text import safe_text
from hydesk.excel.write_ledger import save_book

PlanRow = tuple[str, str, str, Yuan | None, Sequence[Yuan] | None]
"""Code, name, unit, the year's plan, and the amounts where there are such; yuan."""
_FACTS = (("编号", 14), ("项目名称", 36), ("填报单位", 12), ("年度计划", 13))
_HEADS = {PlanStep.MONTH: tuple(f"{m}月" for m in range(1, 13)), PlanStep.QUARTER: ("一季度", "二季度", "三季度", "四季度")}
_FIRST = 4
_THIN = Side(style="thin", color="B8C0CC")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_GROUND, _INPUT = PatternFill("solid", fgColor="E8EDF3"), PatternFill("solid", fgColor="FFF8E1")
_MONEY = "#,##0.00##"


def write_month_plans(path: Path, title: str, rows: Sequence[PlanRow], step: PlanStep) -> None:
    """Write ``rows`` with a column for each month or quarter, in 万元. Raises HydeskError when the file cannot be written."""
    heads = (*(h for h, _ in _FACTS), *_HEADS[step], "合计", "与年度计划差")
    first, last = len(_FACTS) + 1, len(_FACTS) + len(_HEADS[step])
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "序时计划"
    sheet["A1"], sheet["A2"] = title, "单位：万元　　黄格里填各期要完成的投资；合计应等于年度计划"
    sheet["A1"].font = Font(size=16, bold=True)
    for column, head in enumerate(heads, 1):
        cell = sheet.cell(_FIRST - 1, column, head)
        cell.font, cell.fill, cell.border = Font(bold=True), _GROUND, _BORDER
        cell.alignment = Alignment(horizontal="center")
        sheet.column_dimensions[get_column_letter(column)].width = _FACTS[column - 1][1] if column <= len(_FACTS) else 12
    for number, (code, name, unit, annual, amounts) in enumerate(rows, _FIRST):
        for column, text in enumerate((code, name, unit), 1):
            safe_text(sheet.cell(number, column), text)
        values: list[Yuan | None] = [annual, *(amounts if amounts else (None,) * (last - first + 1))]
        for column, amount in enumerate(values, len(_FACTS)):
            cell = sheet.cell(number, column, None if amount is None else in_unit(amount, MoneyUnit.WAN))
            cell.number_format = _MONEY
            if column >= first:
                cell.fill = _INPUT
        ends = f"{get_column_letter(first)}{number}:{get_column_letter(last)}{number}"
        sheet.cell(number, last + 1, f"=SUM({ends})").number_format = _MONEY
        sheet.cell(number, last + 2, f"=SUM({ends})-{get_column_letter(len(_FACTS))}{number}").number_format = _MONEY
        for column in range(1, last + 3):
            sheet.cell(number, column).border = _BORDER
    sheet.freeze_panes = sheet.cell(_FIRST, 3)
    sheet.print_title_rows = f"1:{_FIRST - 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
    save_book(book, path)
