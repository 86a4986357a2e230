"""Workbooks → grids, through calamine; what calamine leaves out is read beside it. Whatever a file claims, it is believed here:
``workbook.read_workbook`` decides in which process that may be done."""

from __future__ import annotations

import io
from math import isfinite
from typing import cast

import python_calamine as calamine

from hydesk.domain.errors import HydeskError
from hydesk.domain.grid import Book, CellValue, Sheet, Span
from hydesk.excel import limits
from hydesk.excel.form import SheetForm
from hydesk.excel.formulas import compute
from hydesk.excel.number_formats import seen, shown
from hydesk.excel.ods_form import read_ods_forms
from hydesk.excel.parts import Parts
from hydesk.excel.xls_form import read_xls_forms
from hydesk.excel.xlsb_form import read_xlsb_forms
from hydesk.excel.xlsx_form import read_xlsx_forms


def read_within(content: bytes, name: str, form: str, parts: Parts | None = None) -> Book:
    """The sheets of a workbook, read in this process whatever the file claims. Raises HydeskError."""
    forms = _forms(content, form, parts)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except calamine.PasswordError:
        raise HydeskError(f"“{name}”加了打开密码，读不了。请让填报单位去掉密码后再报。") from None
    except calamine.CalamineError as e:
        raise HydeskError(f"“{name}”已损坏，读不出来。请用 WPS 或 Excel 打开另存后再报。") from e
    metadata = [m for m in book.sheets_metadata if m.typ is calamine.SheetTypeEnum.WorkSheet]
    if len(metadata) > limits.SHEETS:
        raise HydeskError(f"“{name}”有 {len(metadata)} 张工作表，不像是报表。请核对后重报。")
    if not metadata:
        raise HydeskError(f"“{name}”里没有工作表（可能只有宏或图表）。请核对后重报。")
    sheets: list[Sheet] = []
    cells = letters = 0
    for m in metadata:
        hidden = m.visible is not calamine.SheetVisibleEnum.Visible
        sheet = _sheet(book, m.name, hidden, forms.get(m.name) or SheetForm())
        sheets.append(sheet)
        cells += len(sheet.rows) * max((len(row) for row in sheet.rows[:100]), default=0)
        letters += sum(len(v) for row in sheet.rows for v in row if isinstance(v, str) and len(v) > 200)
        if cells > limits.CELLS or letters > limits.LETTERS:
            raise HydeskError(f"“{name}”的工作表加起来过大，不像是报表。请只留下要报的工作表后再报。")
    return Book(name, tuple(sheets), form, _name_lies(name, form))


def _forms(content: bytes, form: str, parts: Parts | None) -> dict[str, SheetForm]:
    if form == "xlsx":
        return read_xlsx_forms(parts or Parts(content))
    if form == "xls":
        return read_xls_forms(content)
    if form == "ods":
        return read_ods_forms(content)
    if form == "xlsb":
        return read_xlsb_forms(content)
    return {}


def _name_lies(name: str, form: str) -> tuple[str, ...]:
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    fits = {"xlsx": ("xlsx", "xlsm", "xltx", "xltm"), "xls": ("xls", "et", "xlt", "ett"), "xlsb": ("xlsb",), "ods": ("ods",)}
    if ending in fits[form]:
        return ()
    return (f"文件名以 .{ending} 结尾，内容其实是 {form}，已按内容读取。",)


def _sheet(book: calamine.CalamineWorkbook, name: str, hidden: bool, form: SheetForm) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    limits.check_cells(sheet.total_height or 0, sheet.total_width or 0, name)
    rows = cast(list[list[CellValue]], sheet.to_python(skip_empty_area=False))
    _put_errors(rows, form)
    _put_endless(rows)
    if form.formulas:
        rows = compute(rows, form.formulas)
    scaled = _put_shown(rows, form)
    struck = _leave_out_struck(rows, form)
    merges = tuple(Span(a[0] + 1, a[1] + 1, b[0] + 1, b[1] + 1) for a, b in sheet.merged_cell_ranges or ())
    return Sheet(
        name, rows, merges, hidden, form.hidden_rows, form.hidden_columns, form.formulas, form.column_widths,
        from_1904=form.from_1904, scaled=scaled, struck=struck,
    )


def _put_endless(rows: list[list[CellValue]]) -> None:
    """Figures that are none or without end, which Excel itself never writes, are errors as it shows them."""
    for row in rows:
        for i, value in enumerate(row):
            if type(value) is float and not isfinite(value):
                row[i] = "#NUM!"


def _leave_out_struck(rows: list[list[CellValue]], form: SheetForm) -> dict[tuple[int, int], str]:
    """The words that stand beside struck-through ones, in the grid; the whole words of such cells, for showing."""
    struck: dict[tuple[int, int], str] = {}
    for (row, column), rest in form.struck.items():
        if row <= len(rows) and column <= len(rows[row - 1]) and (stored := rows[row - 1][column - 1]) not in (None, ""):
            struck[row, column] = str(stored) if rest else ""
            if rest:
                rows[row - 1][column - 1] = rest
    return struck


def _put_shown(rows: list[list[CellValue]], form: SheetForm) -> dict[tuple[int, int], float]:
    """What the eye sees in the place of what is stored, and the stored numbers where those are others."""
    scaled: dict[tuple[int, int], float] = {}
    told = [*((at, code, False) for at, code in form.formats.items()), *((at, text, True) for at, text in form.displayed.items())]
    for (row, column), words, displayed in told:
        if row <= len(rows) and column <= len(rows[row - 1]):
            stored = rows[row - 1][column - 1]
            if isinstance(stored, bool) or not isinstance(stored, int | float):
                continue
            meant = seen(words, stored) if displayed else shown(words, stored)
            if meant is not None:
                rows[row - 1][column - 1] = meant.value
                if meant.scaled:
                    scaled[row, column] = float(stored)
    return scaled


def _put_errors(rows: list[list[CellValue]], form: SheetForm) -> None:
    """Error values, which calamine reads as blank: a blank would be silently taken for no figure."""
    for (row, column), text in form.errors.items():
        while len(rows) < row:
            rows.append([])
        line = rows[row - 1]
        while len(line) < column:
            line.append("")
        if line[column - 1] in ("", None):
            line[column - 1] = text
