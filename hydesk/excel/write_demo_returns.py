"""Writes a demonstration return the way counties draw them: xlsx, an HTML page named .xls, or CSV in GB18030."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from hydesk.dataclass import dataclass
from hydesk.domain.fields import Field
from hydesk.domain.looks import Looks
from hydesk.domain.money import MoneyUnit, Yuan, in_unit, round_half_up
from hydesk.domain.understanding import ReadValue
from hydesk.excel.demo_shapes import PLAN_RATE, SERIAL, TOTAL_RATE, DemoColumn, DemoShape
from hydesk.excel.safe_text import safe_text
from hydesk.excel.write_ledger import save_book, save_bytes

Row = Mapping[Field, ReadValue]
Cell = str | int | Decimal | None
Line = list[Cell]

NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class DemoReturn:
    """One unit's return for one month; a money value that is text is written as it stands."""

    unit: str
    year: int
    month: int
    rows: Sequence[Row]
    shape: DemoShape

    def fill(self, text: str) -> str:
        """``text`` with the unit, the year, the last year and the month put in."""
        return text.format(unit=self.unit, year=self.year, last=self.year - 1, month=self.month)


def write_demo_return(ret: DemoReturn, folder: Path) -> Path:
    """Writes ``ret`` into ``folder`` and answers the file. Raises HydeskError when it cannot be written."""
    path = folder / ret.fill(ret.shape.file_name)
    if ret.shape.form == "xlsx":
        _write_xlsx(ret, path)
    else:
        save_bytes(_html(ret) if ret.shape.form == "html" else _csv(ret), path)
    return path


def _furniture(ret: DemoReturn) -> list[Line]:
    """What stands above the head: title, unit, unit of money, 演示数据."""
    width = len(ret.shape.columns)
    line: Line = [None] * width
    line[0] = f"填报单位：{ret.unit}重点建设项目事务中心（演示数据）"
    if ret.shape.says_unit_above:
        line[-1] = f"单位：{ret.shape.unit.value}"
    return [[ret.fill(ret.shape.title), *[None] * (width - 1)], line]


def _heads(ret: DemoReturn) -> list[list[str]]:
    """The head's rows, a merged cell's words only in its first cell."""
    depth = len(ret.shape.columns[0].head)
    rows = [[ret.fill(c.head[level]) for c in ret.shape.columns] for level in range(depth)]
    return [[t if i == 0 or t != row[i - 1] or not t else "" for i, t in enumerate(row)] for row in rows]


def _body(ret: DemoReturn) -> list[Line]:
    """Sections, projects, sums and signatures, in the shape's order."""
    lines: list[Line] = []
    name_at = next(i for i, c in enumerate(ret.shape.columns) if c.content is Field.NAME)
    serial = 0
    for index, (category, group) in enumerate(_sections(ret)):
        if category:
            head: Line = [None] * len(ret.shape.columns)
            head[0], head[name_at] = f"{NUMERALS[index]}、", f"{category}项目（{len(group)}个）"
            lines.append(head)
        for row in group:
            serial += 1
            lines.append([_content(c, row, serial, ret.shape.unit) for c in ret.shape.columns])
    if ret.shape.total:
        lines.insert(0 if ret.shape.total == "top" else len(lines), _sums(ret))
    if ret.shape.signed:
        lines.append([f"填表人：{ret.unit}演示员", *[None] * (len(ret.shape.columns) - 1)])
    return lines


def _lines(ret: DemoReturn) -> list[Sequence[Cell]]:
    """The whole sheet from its first row on."""
    return [*_furniture(ret), *_heads(ret), *_body(ret)]


def _sections(ret: DemoReturn) -> list[tuple[str, list[Row]]]:
    if not ret.shape.sections:
        return [("", list(ret.rows))]

    def category(row: Row) -> str:
        return str(row.get(Field.CATEGORY, "其他"))

    return [(name, list(rows)) for name, rows in groupby(sorted(ret.rows, key=category), key=category)]


def _content(column: DemoColumn, row: Row, serial: int, unit: MoneyUnit) -> Cell:
    what = column.content
    if what == SERIAL:
        return serial
    if what == PLAN_RATE:
        return _percent(row.get(Field.YEAR_INVESTMENT), row.get(Field.ANNUAL_PLAN))
    if what == TOTAL_RATE:
        return _percent(row.get(Field.TOTAL_INVESTED), row.get(Field.TOTAL_INVESTMENT))
    value = row.get(what) if isinstance(what, Field) else None
    return in_unit(value, unit) if isinstance(value, int) else None if value is None else str(value)


def _percent(done: ReadValue | None, whole: ReadValue | None) -> Cell:
    if not isinstance(done, int) or not isinstance(whole, int) or not whole:
        return None
    return round_half_up(Decimal(done) * 100 / whole, 2)


def _sums(ret: DemoReturn) -> Line:
    line: Line = []
    for column in ret.shape.columns:
        values = [row.get(column.content) for row in ret.rows] if isinstance(column.content, Field) else []
        amounts: list[Yuan] = [v for v in values if isinstance(v, int)]
        line.append(in_unit(sum(amounts), ret.shape.unit) if amounts else None)
    line[0] = None
    line[1 if ret.shape.columns[1].content is Field.NAME else 2] = f"合计（{len(ret.rows)}个）"
    return line


def _write_xlsx(ret: DemoReturn, path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = ret.fill(ret.shape.sheet)
    lines = _lines(ret)
    for number, line in enumerate(lines, 1):
        for index, value in enumerate(line, 1):
            cell = sheet.cell(number, index)
            if isinstance(value, str):
                safe_text(cell, value)
            elif value is not None:
                cell.value = value
    _merge_heads(ret, sheet, 3)
    _dress(ret, sheet, len(lines))
    save_book(book, path)


def _merge_heads(ret: DemoReturn, sheet: Any, top: int) -> None:
    for row, column, height, width in _spans(_heads(ret)):
        if height > 1 or width > 1:
            sheet.merge_cells(
                start_row=top + row, start_column=column + 1, end_row=top + row + height - 1, end_column=column + width
            )


def _spans(heads: Sequence[Sequence[str]]) -> Iterable[tuple[int, int, int, int]]:
    """Row, column, height and width of each head cell."""
    for r, row in enumerate(heads):
        for c, text in enumerate(row):
            if not text:
                continue
            height = 1
            while r + height < len(heads) and not heads[r + height][c] and not heads[-1][c]:
                height += 1
            width = 1
            while r + 1 < len(heads) and height == 1 and c + width < len(row) and not row[c + width] and heads[-1][c + width]:
                width += 1
            yield r, c, height, width


def _dress(ret: DemoReturn, sheet: Any, last: int) -> None:
    width = len(ret.shape.columns)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    thin = Side(style="thin", color="999999")
    depth = len(ret.shape.columns[0].head)
    for index, column in enumerate(ret.shape.columns, 1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    looks = Looks()
    for row in sheet.iter_rows(min_row=1, max_row=last, max_col=width):
        for cell in row:
            title, head, framed = cell.row == 1, 2 < cell.row <= 2 + depth, cell.row > 2

            def dress(first: Any, *, title: bool = title, head: bool = head, framed: bool = framed) -> None:
                if title:
                    first.font = Font(size=16, bold=True)
                if title or head:
                    first.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
                if framed:
                    first.border = Border(left=thin, right=thin, top=thin, bottom=thin)

            looks.give(cell, (title, head, framed, *(cell._style or ())), dress)


def _csv(ret: DemoReturn) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    for line in _lines(ret):
        writer.writerow(["" if v is None else v for v in line])
    return text.getvalue().encode("gb18030")


def _html(ret: DemoReturn) -> bytes:
    heads = _heads(ret)
    out = ['<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body><table border="1">']
    for line in _furniture(ret):
        out.append("<tr>" + "".join(f"<td>{_escaped(v)}</td>" for v in line) + "</tr>")
    spans = {(r, c): (height, width) for r, c, height, width in _spans(heads)}
    for r, row in enumerate(heads):
        cells = [
            f'<th rowspan="{spans[r, c][0]}" colspan="{spans[r, c][1]}">{_escaped(text)}</th>'
            for c, text in enumerate(row) if text
        ]
        out.append("<tr>" + "".join(cells) + "</tr>")
    for line in _body(ret):
        out.append("<tr>" + "".join(f"<td>{_escaped(v)}</td>" for v in line) + "</tr>")
    return ("".join(out) + "</table></body></html>").encode()


def _escaped(value: Cell) -> str:
    return "" if value is None else html.escape(str(value))
