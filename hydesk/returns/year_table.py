"""A table of indicators by year: a row for each indicator, a column for each year, as statistics offices send it."""

from __future__ import annotations

import re
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import Book, CellValue, Sheet, cell_name
from hydesk.returns.head_words import bare
from hydesk.returns.text import is_blank, shown, squeeze
from hydesk.returns.values import is_placeholder

_YEAR = re.compile(r"^(20\d\d)(?:年|年度)?(?:实际|完成|实际值|完成值|完成情况|数|值)*$")
_INDICATOR = ("指标", "指标名称", "主要指标", "规划指标", "监测指标", "目标指标")
_NUMBER = re.compile(r"^[-+]?\d{1,12}(?:\.\d+)?$")
_HEAD_ROWS = 20


@dataclass(frozen=True, slots=True)
class YearValue:
    """One value of one year, where it stood and what stood there."""

    indicator: str
    year: int
    value: Decimal
    sheet: str
    cell: str
    words: str


@dataclass(frozen=True, slots=True)
class YearTable:
    """What a workbook holds; ``rejected`` where no sheet has indicators and years."""

    values: tuple[YearValue, ...]
    findings: tuple[Finding, ...]
    rejected: bool = False


def read_year_table(book: Book) -> YearTable:
    """Every value of every visible sheet that has a column of indicators and columns of years."""
    values: list[YearValue] = []
    findings: list[Finding] = []
    found = False
    for sheet in (s for s in book.sheets if not s.hidden):
        head = _head(sheet)
        if head is not None:
            found = True
            _rows(sheet, *head, values, findings)
    if not found:
        why = "没有找到“指标”一列和各年份的列（如 2021年、2022年），请看表头；可先“导出各年的值”照着填"
        return YearTable((), (Finding(Level.ERROR, "no_head", why, "", 0),), True)
    return YearTable(tuple(values), tuple(findings))


def _head(sheet: Sheet) -> tuple[int, int, dict[int, int]] | None:
    """Row of the head, column of indicators, years by column."""
    for row in range(1, min(_HEAD_ROWS, len(sheet.rows)) + 1):
        cells = {c: bare(shown(sheet.cell(row, c))) for c in range(1, sheet.width + 1)}
        names = [c for c, words in cells.items() if words in _INDICATOR]
        years = {c: int(m.group(1)) for c in cells if (m := _YEAR.match(_year_words(sheet.cell(row, c))))}
        if names and years:
            return row, names[0], years
    return None


def _year_words(value: CellValue) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return squeeze(shown(value))


def _rows(sheet: Sheet, head: int, name_at: int, years: dict[int, int], values: list[YearValue], findings: list[Finding]) -> None:
    for row in range(head + 1, len(sheet.rows) + 1):
        indicator = shown(sheet.cell(row, name_at)).strip()
        if not indicator or indicator.startswith(("注", "说明", "填报")):
            continue
        for column, year in years.items():
            held = sheet.cell(row, column)
            if is_blank(held) or (isinstance(held, str) and is_placeholder(held)):
                continue
            where, words = cell_name(row, column), shown(held).strip()
            value = _number(held)
            if value is None:
                findings.append(Finding(Level.ERROR, "no_number", f"“{indicator}”{year}年应是数字，不能填“{words}”，未取",
                                        sheet.name, row, where))
            else:
                values.append(YearValue(indicator, year, value, sheet.name, where, words))


def _number(value: CellValue) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return Decimal(repr(round(value, 6))).normalize()
    words = squeeze(shown(value)).replace(",", "").rstrip("%")
    return Decimal(words) if _NUMBER.match(words) else None
