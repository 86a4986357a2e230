"""A prefilled workbook for one unit to report in: its projects, last figures shown, only the input cells open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from hydesk.domain.money import MoneyUnit, Yuan, in_unit
from hydesk.domain.periods import Period
from hydesk.excel.safe_text import safe_text
from hydesk.excel.write_ledger import save_book

STAMP_SHEET = "hydesk"
"""A hidden sheet that says for whom, for when and in which form the template was made."""
STAMP_VERSION = 1
FIRST_ROW = 4
"""Row of the first project; title, unit and head stand above."""

GROUND = PatternFill("solid", fgColor="F1F3F6")
INPUT = PatternFill("solid", fgColor="FFFBE8")
THIN = Side(style="thin", color="B8C0CC")


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """One project of the unit: what the ledger holds, yuan; ``year_before`` is the last known year to date."""

    code: str
    name: str
    total_investment: Yuan | None
    annual_plan: Yuan | None
    year_before: Yuan | None


@dataclass(frozen=True, slots=True)
class _Column:
    head: str
    width: int
    kind: str
    """code, name, total, plan, before: filled in; amount, text: to be filled in; serial."""


def _columns(period: Period) -> tuple[_Column, ...]:
    known = (
        _Column("序号", 6, "serial"), _Column("编号", 14, "code"), _Column("项目名称", 36, "name"),
        _Column("总投资（万元）", 14, "total"), _Column(f"{period.year}年计划投资（万元）", 14, "plan"),
    )
    if not period.is_month:
        return (*known, _Column("本周完成情况", 40, "text"), _Column("需协调事项", 30, "text"), _Column("下周任务计划", 30, "text"))
    month = period.number
    before = () if month == 1 else (_Column(f"1-{month - 1}月累计完成投资（万元）", 15, "before"),)
    return (
        *known, *before, _Column(f"{month}月完成投资（万元）", 14, "amount"),
        _Column(f"1-{month}月累计完成投资（万元）", 15, "amount"), _Column("形象进度", 32, "text"),
        _Column("存在问题", 28, "text"), _Column("下月工作计划", 24, "text"),
    )


def write_template(unit: str, period: Period, lines: Sequence[TemplateLine], path: Path) -> None:
    """Writes the template of ``unit`` for ``period``. Raises HydeskError when it cannot be written."""
    book = Workbook()
    sheet = book.active
    sheet.title = period.label
    columns = _columns(period)
    sheet.append([f"{unit}重点建设项目进展情况表（{period.label}）"])
    sheet.append([f"填报单位：{unit}"])
    sheet.append([c.head for c in columns])
    for number, line in enumerate(lines, 1):
        _fill_row(sheet, FIRST_ROW + number - 1, number, line, columns)
    _dress(sheet, columns)
    last = FIRST_ROW + max(len(lines), 1) - 1
    _check_input(sheet, columns, last)
    _lock(sheet, columns, last)
    _instructions(book.create_sheet("填报说明"), unit, period)
    _stamp(book.create_sheet(STAMP_SHEET), unit, period, len(lines))
    save_book(book, path)


def _fill_row(sheet: Any, row: int, number: int, line: TemplateLine, columns: Sequence[_Column]) -> None:
    amounts = {"total": line.total_investment, "plan": line.annual_plan, "before": line.year_before}
    words = {"code": line.code, "name": line.name}
    for index, column in enumerate(columns, 1):
        cell = sheet.cell(row, index)
        if column.kind == "serial":
            cell.value = number
        elif column.kind in words:
            safe_text(cell, words[column.kind])
        elif (amount := amounts.get(column.kind)) is not None:
            cell.value = in_unit(amount, MoneyUnit.WAN)
        if column.kind in ("total", "plan", "before", "amount"):
            cell.number_format = "#,##0.00"


def _dress(sheet: Any, columns: Sequence[_Column]) -> None:
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(columns))
    sheet["A1"].font = Font(size=16, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 4)
    sheet.print_title_rows = "3:3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for number in range(FIRST_ROW - 1, sheet.max_row + 1):
        sheet.row_dimensions[number].height = 34 if number < FIRST_ROW else 26
    for index, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    for row in sheet.iter_rows(min_row=3, max_col=len(columns)):
        for cell, column in zip(row, columns, strict=True):
            head = cell.row == 3
            cell.font = Font(bold=head)
            cell.fill = INPUT if column.kind in ("amount", "text") and not head else GROUND
            cell.border = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
            cell.alignment = Alignment(horizontal="center" if head else None, vertical="center", wrap_text=True)


def _check_input(sheet: Any, columns: Sequence[_Column], last: int) -> None:
    """Excel itself refuses what is no amount, and asks about a year to date below the last one."""
    at = {c.kind: get_column_letter(i) for i, c in enumerate(columns, 1)}
    for index, column in enumerate(columns, 1):
        if column.kind != "amount":
            continue
        letter = get_column_letter(index)
        to_date = column.head.startswith("1-")
        if to_date and "before" in at:
            rule = DataValidation("custom", formula1=f"AND(ISNUMBER({letter}{FIRST_ROW}),{letter}{FIRST_ROW}>={at['before']}{FIRST_ROW})")
            rule.errorStyle = "warning"
            rule.error = "累计数应是数字，且不小于上期累计。确认无误再选“是”。"
        else:
            rule = DataValidation("decimal", operator="greaterThanOrEqual", formula1="0")
            rule.error = "请填数字，单位万元，没有新增填 0。"
        rule.errorTitle, rule.promptTitle = "请核对", column.head.split("（")[0]
        rule.prompt = "单位：万元，最多两位小数，不要写单位和文字。"
        rule.showErrorMessage = rule.showInputMessage = True
        rule.add(f"{letter}{FIRST_ROW}:{letter}{last}")
        sheet.add_data_validation(rule)


def _lock(sheet: Any, columns: Sequence[_Column], last: int) -> None:
    """No password: the lock guards against slips, not against people."""
    for index, column in enumerate(columns, 1):
        if column.kind in ("amount", "text"):
            for row in range(FIRST_ROW, last + 1):
                sheet.cell(row, index).protection = Protection(locked=False)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.sort = sheet.protection.autoFilter = False


def _instructions(sheet: Any, unit: str, period: Period) -> None:
    sheet.column_dimensions["A"].width = 90
    for text in (
        "填报说明",
        f"1. 本表供{unit}填报{period.label}重点建设项目进展，只填浅黄色的格子。",
        "2. 金额单位一律为万元，最多两位小数；没有新增填 0，不要留空，不要写“约”或单位。",
        "3. 累计数是今年 1 月 1 日至本期末的完成数，不应小于上期；确有更正请在“存在问题”里说明。",
        "4. 灰色格子是台账里的数，如有不同请电话联系，不要改表。",
        "5. 表上没有的项目请另行报告，不要在表里加行顶替。",
    ):
        sheet.append([text])


def _stamp(sheet: Any, unit: str, period: Period, count: int) -> None:
    for pair in (("unit", unit), ("period", str(period)), ("version", STAMP_VERSION), ("projects", count)):
        sheet.append(pair)
    sheet.sheet_state = "veryHidden"
