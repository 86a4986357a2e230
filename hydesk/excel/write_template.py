"""A prefilled workbook for one unit to report in: its projects, last figures shown, only the input cells open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from hydesk.dataclass import dataclass
from hydesk.domain.money import MoneyUnit, Yuan, in_unit
from hydesk.domain.own_columns import NO_OWN, YES_NO, OwnColumn, OwnKind, OwnValue
from hydesk.domain.periods import Month, Period
from hydesk.domain.stamp import STAMP_SHEET, STAMP_VERSION
from hydesk.excel.safe_text import append_texts, safe_text
from hydesk.excel.write_ledger import save_book

FIRST_ROW = 4
"""Row of the first project; title, unit and head stand above."""

LARGEST_WAN = 10_000_000
"""1000 亿元: no project of the list comes near, a figure beyond it was typed in 元."""
USUAL_PROBLEMS = ("无", "用地：", "征拆：", "资金：", "审批手续：", "水电气路配套：", "招商合同：", "其他：")
TEXT_PROMPTS = {"形象进度": "写到工程部位和百分比，如“3号厂房主体完成80%”。", "下月工作计划": "写下月要完成的工程部位或手续。"}

_OPEN = ("amount", "text", "own")
"""Kinds of columns that are filled in."""
_LONGEST_LIST = 250
"""Signs of a list of choices that Excel takes in a cell's rule."""

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
    own: Mapping[int, OwnValue] = field(default_factory=lambda: NO_OWN)
    """What stands in columns of the office's own, by their ids."""


@dataclass(frozen=True, slots=True)
class _Column:
    head: str
    width: int
    kind: str
    """code, name, total, plan, before: filled in; amount, text, own: to be filled in; serial."""
    own: OwnColumn | None = None


def _columns(period: Period) -> tuple[_Column, ...]:
    known = (
        _Column("序号", 6, "serial"), _Column("编号", 14, "code"), _Column("项目名称", 36, "name"),
        _Column("总投资（万元）", 14, "total"), _Column(f"{period.year}年计划投资（万元）", 14, "plan"),
    )
    if not isinstance(period, Month):
        return (
            *known, _Column("本周完成投资（万元）", 14, "amount"), _Column("年初至本周累计完成投资（万元）", 16, "amount"),
            _Column("本周完成情况", 40, "text"), _Column("需协调事项", 30, "text"), _Column("下周任务计划", 30, "text"))
    month = period.number
    before = () if month == 1 else (_Column(f"1-{month - 1}月累计完成投资（万元）", 15, "before"),)
    return (
        *known, *before, _Column(f"{month}月完成投资（万元）", 14, "amount"),
        _Column(f"1-{month}月累计完成投资（万元）", 15, "amount"), _Column("到位资金（万元）", 14, "amount"),
        _Column("形象进度", 32, "text"), _Column("存在问题", 28, "text"), _Column("下月工作计划", 24, "text"),
    )


def write_template(
    unit: str, period: Period, lines: Sequence[TemplateLine], path: Path, own: Sequence[OwnColumn] = (),
) -> None:
    """Writes the template of ``unit`` for ``period``, the columns ``own`` behind the others with what the ledger holds.

    Raises HydeskError when it cannot be written.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = period.label
    columns = (*_columns(period), *(_Column(c.head, min(30, max(12, 2 * len(c.head))), "own", c) for c in own))
    append_texts(sheet, [f"{unit}重点建设项目进展情况表（{period.label}）"])
    append_texts(sheet, [f"填报单位：{unit}"])
    append_texts(sheet, [c.head for c in columns])
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
        if column.own is not None:
            _fill_own(cell, column.own, line.own.get(column.own.id))
        if column.kind in ("total", "plan", "before", "amount"):
            cell.number_format = "#,##0.00"


def _fill_own(cell: Any, column: OwnColumn, value: OwnValue | None) -> None:
    """What the ledger holds in an own column: figures as figures, everything else as words."""
    if isinstance(value, int):
        cell.value = in_unit(value, MoneyUnit.WAN)
        cell.number_format = "#,##0.00##"
    elif isinstance(value, Decimal):
        cell.value = value
    elif value is not None:
        safe_text(cell, str(value))


def _own_rule(column: OwnColumn) -> DataValidation:
    """Excel offers the choices and refuses what is no number; what else may stand there is said."""
    choices = column.choices or (YES_NO if column.kind is OwnKind.YES_NO else ())
    offered = ",".join(choices)
    if choices and len(offered) <= _LONGEST_LIST and not any("," in c or '"' in c for c in choices):
        rule = DataValidation("list", formula1=f'"{offered}"', allow_blank=True)
        rule.error = f"只能填{'、'.join(choices)}之一。"
    elif column.is_figure:
        rule = DataValidation("decimal", operator="between", formula1=str(-10**11), formula2=str(10**11), allow_blank=True)
        rule.error = "请填数字，不要写单位和“约”等文字。"
    else:
        rule = DataValidation("textLength", operator="lessThanOrEqual", formula1="500", allow_blank=True)
        rule.error = "文字请在 500 字以内。"
    said = {OwnKind.DATE: "如 2023-06-30 或 2023年6月。", OwnKind.PERSON: "几个人用“、”隔开。",
            OwnKind.MONEY: "单位：万元。", OwnKind.NUMBER: f"单位：{column.measure}。" if column.measure else "请填数字。"}
    rule.errorTitle, rule.promptTitle = "请核对", column.name[:30]
    rule.prompt = said.get(column.kind, "如有变化请改，没有变化不用动。")
    rule.showErrorMessage = rule.showInputMessage = True
    return rule


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
            cell.fill = INPUT if column.kind in _OPEN and not head else GROUND
            cell.border = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
            cell.alignment = Alignment(horizontal="center" if head else None, vertical="center", wrap_text=True)


def _check_input(sheet: Any, columns: Sequence[_Column], last: int) -> None:
    """Excel itself refuses what is no amount, asks about a year to date below the last one, offers usual problems."""
    at = {c.kind: get_column_letter(i) for i, c in enumerate(columns, 1)}
    for index, column in enumerate(columns, 1):
        letter = get_column_letter(index)
        if column.own is not None:
            rule = _own_rule(column.own)
        elif column.kind == "amount":
            rule = _amount_rule(column, letter, at.get("before"))
        elif column.head == "存在问题":
            rule = DataValidation("list", formula1=f'"{",".join(USUAL_PROBLEMS)}"', allow_blank=True)
            rule.promptTitle, rule.prompt = column.head, "可从下拉里选一类再补写具体情况，也可以直接写。没有问题选“无”。"
            rule.showErrorMessage, rule.showInputMessage = False, True
        elif column.kind == "text":
            rule = DataValidation("textLength", operator="lessThanOrEqual", formula1="500", allow_blank=True)
            rule.errorTitle, rule.error = "请核对", "文字请在 500 字以内。"
            rule.promptTitle, rule.prompt = column.head, TEXT_PROMPTS.get(column.head, "简要填写，500 字以内。")
            rule.showErrorMessage = rule.showInputMessage = True
        else:
            continue
        rule.add(f"{letter}{FIRST_ROW}:{letter}{last}")
        sheet.add_data_validation(rule)
    _highlight(sheet, columns, last)


def _amount_rule(column: _Column, letter: str, before: str | None) -> DataValidation:
    if column.head.startswith("1-") and before is not None:
        here = f"{letter}{FIRST_ROW}"
        rule = DataValidation("custom", formula1=f"AND(ISNUMBER({here}),{here}>={before}{FIRST_ROW})", allow_blank=True)
        rule.errorStyle = "warning"
        rule.error = "累计数应是数字，且不小于上期累计。确认无误再选“是”。"
    else:
        rule = DataValidation("decimal", operator="between", formula1="0", formula2=str(LARGEST_WAN), allow_blank=True)
        rule.error = "请填 0 或大于 0 的数字，单位万元，没有新增填 0；不要写“约”“亿”等文字。"
    rule.errorTitle, rule.promptTitle = "请核对", column.head.split("（")[0]
    rule.prompt = "单位：万元，最多两位小数，不要写单位和文字。"
    rule.showErrorMessage = rule.showInputMessage = True
    return rule


def _highlight(sheet: Any, columns: Sequence[_Column], last: int) -> None:
    """A year to date that does not follow from the last one and the month turns orange while it is typed."""
    amounts = [get_column_letter(i) for i, c in enumerate(columns, 1) if c.kind == "amount"]
    before = next((get_column_letter(i) for i, c in enumerate(columns, 1) if c.kind == "before"), None)
    if len(amounts) < 2 or before is None:
        return
    month, year = (f"${letter}{FIRST_ROW}" for letter in amounts[:2])
    held = f"${before}{FIRST_ROW}"
    formula = f"AND(ISNUMBER({month}),ISNUMBER({year}),ISNUMBER({held}),ABS({year}-{held}-{month})>0.011)"
    sheet.conditional_formatting.add(
        f"{amounts[1]}{FIRST_ROW}:{amounts[1]}{last}",
        FormulaRule([formula], fill=PatternFill("solid", bgColor="FCE4B8")))


def _lock(sheet: Any, columns: Sequence[_Column], last: int) -> None:
    """No password: the lock guards against slips, not against people."""
    for index, column in enumerate(columns, 1):
        if column.kind in _OPEN:
            for row in range(FIRST_ROW, last + 1):
                sheet.cell(row, index).protection = Protection(locked=False)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.sort = sheet.protection.autoFilter = sheet.protection.insertRows = False
    sheet.auto_filter.ref = f"A{FIRST_ROW - 1}:{get_column_letter(len(columns))}{last}"


def _instructions(sheet: Any, unit: str, period: Period) -> None:
    sheet.column_dimensions["A"].width = 90
    span = f"{period.start.month} 月 {period.start.day} 日至 {period.end.month} 月 {period.end.day} 日"
    for text in (
        "填报说明",
        f"1. 本表供{unit}填报{period.label}重点建设项目进展，只填浅黄色的格子。",
        "2. 金额单位一律为万元，最多两位小数；没有新增填 0，不要留空，不要写“约”或单位。",
        ("3. 累计数是今年 1 月 1 日至本期末的完成数，不应小于上期，应等于上期累计加本月；对不上时格子变橙色。确有更正请在“存在问题”里说明。"
         if period.is_month else
         f"3. 本周数是{span}的完成数，累计数是今年 1 月 1 日至{period.day.month} 月 {period.day.day} 日的完成数；不统计周投资的，两栏都可空着。"),
        "4. 灰色格子是台账里的数，如有不同请电话联系，不要改表。",
        "5. 表上没有的项目请另行报告，不要在表里加行顶替。",
        "6. 可以排序、筛选、隐藏列，另存为 .xls 或 .ods 也行；不要删“编号”一列，不要改表头。",
        f"7. 本表只用于{period.label}，下一期请用新的模板。",
    ):
        append_texts(sheet, [text])
        cell = sheet.cell(sheet.max_row, 1)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[sheet.max_row].height = 18 * (1 + len(text) * 2 // 88)
    sheet["A1"].font = Font(size=14, bold=True)
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _stamp(sheet: Any, unit: str, period: Period, count: int) -> None:
    sheet.append(["unit"])
    safe_text(sheet["B1"], unit)
    for pair in (("period", str(period)), ("version", STAMP_VERSION), ("projects", count)):
        sheet.append(pair)
    sheet.sheet_state = "veryHidden"
