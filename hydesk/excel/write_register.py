"""A register as an Excel file that can be filled in and imported again to the same records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from hydesk.domain.dates import LooseDate, Precision
from hydesk.domain.looks import Looks
from hydesk.domain.money import MoneyUnit, in_unit
from hydesk.domain.registers import (
    RegisterDefinition,
    RegisterField,
    RegisterKind,
    RegisterRecord,
    RegisterValue,
)
from hydesk.excel.safe_text import safe_text
from hydesk.excel.write_ledger import save_book

HEAD_ROW = 3
SPARE_ROWS = 50
"""Empty rows below the records that carry the drop-downs, for new records."""
_WIDTHS = {RegisterKind.LONG_TEXT: 40, RegisterKind.PROJECT: 34, RegisterKind.MONEY: 15, RegisterKind.DATE: 13,
           RegisterKind.NUMBER: 12, RegisterKind.CHOICE: 12, RegisterKind.UNIT: 14}
_WRAPPED = (RegisterKind.TEXT, RegisterKind.LONG_TEXT, RegisterKind.PROJECT)
_A4, _A3 = 178.0, 255.0
"""Characters across a landscape page in type of 8 points."""
_LINE = Border(*(Side(style="thin", color="9AA3AF"),) * 4)
_LONGEST_LIST = 250
"""Signs of a drop-down's choices that Excel takes within the rule itself."""


def write_register(
    definition: RegisterDefinition, fields: Sequence[RegisterField], records: Sequence[RegisterRecord], path: Path, *,
    kinds: Mapping[str, RegisterKind], project_names: Mapping[str, str], units: Sequence[str], note: str = "",
) -> None:
    """Write ``records`` with the columns ``fields``; money in 万元, exactly; drawn figures in grey, not read again.

    ``kinds`` says what each drawn figure is. Raises HydeskError when the file cannot be written.
    """
    book = Workbook()
    sheet: Any = book.active
    sheet.title = _sheet_name(definition.name)
    safe_text(sheet.cell(1, 1), definition.name).font = Font(bold=True, size=16)
    sheet.cell(1, 1).alignment = Alignment(horizontal="center")
    if len(fields) > 1:
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(fields) + 1)
        sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=len(fields) + 1)
    safe_text(sheet.cell(2, 1), note or definition.purpose).font = Font(color="5B6470")
    for column, text in enumerate(["序号", *(f.head for f in fields)], 1):
        cell = safe_text(sheet.cell(HEAD_ROW, column), text)
        cell.font, cell.border = Font(bold=True), _LINE
        cell.fill = PatternFill("solid", fgColor="E8EDF3")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    looks = Looks()
    for number, record in enumerate(records, 1):
        row = HEAD_ROW + number
        looks.give(sheet.cell(row, 1, number), "number", lambda cell: setattr(cell, "border", _LINE))
        for column, own in enumerate(fields, 2):
            kind = kinds.get(own.key, RegisterKind.TEXT) if own.kind is RegisterKind.FIGURE else own.kind
            _fill(sheet.cell(row, column), own, kind, record.get(own.key), project_names, looks)
    _fit(sheet, fields, len(records))
    _set_up(sheet, fields, len(records), units)
    save_book(book, path)


def _sheet_name(name: str) -> str:
    return "".join("_" if c in "[]:*?/\\" else c for c in name)[:31] or "台账"


class _Look(NamedTuple):
    """How a cell of a record looks."""

    wrapped: bool
    grey: bool
    form: str
    quoted: bool

    def dress(self, cell: Any) -> None:
        cell.border, cell.alignment = _LINE, Alignment(vertical="center", wrap_text=self.wrapped)
        if self.grey:
            cell.font = Font(name="Calibri", size=11, color="5B6470")
        cell.number_format, cell.quotePrefix = self.form, self.quoted


def _fill(cell: Any, own: RegisterField, kind: RegisterKind, value: RegisterValue | None,
          project_names: Mapping[str, str], looks: Looks) -> None:
    """Put ``value`` into ``cell`` and make it look as its kind does."""
    form, drawn = "General", own.kind is RegisterKind.FIGURE
    if value is None:
        pass
    elif kind is RegisterKind.MONEY and isinstance(value, int):
        cell.value, form = in_unit(value, MoneyUnit.WAN), "#,##0.00##"
    elif isinstance(value, Decimal):
        cell.value, form = value, "0.00" if drawn else "General"
    elif isinstance(value, LooseDate):
        cell.value = value.day if value.precision is Precision.DAY else str(value)
        form = "yyyy-mm-dd" if value.precision is Precision.DAY else "General"
    else:
        safe_text(cell, project_names.get(str(value), str(value)) if kind is RegisterKind.PROJECT else str(value))
    look = _Look(kind in _WRAPPED or own.kind in (RegisterKind.FIGURE, RegisterKind.UNIT, RegisterKind.CHOICE), drawn, form,
                 bool(cell.quotePrefix))
    looks.give(cell, look, look.dress)


def _wide(text: str) -> float:
    """About how many characters of Latin type ``text`` takes."""
    return sum(2.1 if ord(c) > 0x2E7F else 1.1 for c in text)


def _fit(sheet: Any, fields: Sequence[RegisterField], count: int) -> None:
    """Columns as wide as their words ask for, within reason; rows as high as what then wraps. Only some programs would
    find the heights by themselves."""
    lines = [1] * count
    for column, own in enumerate(fields, 2):
        usual = _WIDTHS.get(own.kind, 12)
        head = _wide(own.head) + 4
        texts = [str(v) if isinstance(v := sheet.cell(HEAD_ROW + n, column).value, str) else "" for n in range(1, count + 1)]
        longest = max((_wide(t) for t in texts), default=0.0) + 2
        room = own.width or (min(max(longest, 12, min(head, 18)), 40) if own.kind in _WRAPPED or own.kind is RegisterKind.FIGURE
                             else max(usual, min(head, 20), min(longest, 30)))
        sheet.column_dimensions[get_column_letter(column)].width = room
        if own.kind in _WRAPPED or longest > room:
            lines = [max(n, ceil(_wide(t) / (room - 1))) for n, t in zip(lines, texts, strict=True)]
    for number, high in enumerate(lines, 1):
        if high > 1:
            sheet.row_dimensions[HEAD_ROW + number].height = 14.5 * high + 2
    heads = max((ceil((_wide(f.head) + 2) / sheet.column_dimensions[get_column_letter(c)].width)
                 for c, f in enumerate(fields, 2)), default=1)
    sheet.row_dimensions[1].height = 24
    sheet.row_dimensions[HEAD_ROW].height = 15 * heads + 4


def _set_up(sheet: Any, fields: Sequence[RegisterField], count: int, units: Sequence[str]) -> None:
    sheet.column_dimensions["A"].width = 6
    last = HEAD_ROW + count + SPARE_ROWS
    for column, own in enumerate(fields, 2):
        letter = get_column_letter(column)
        choices = list(own.choices) if own.kind is RegisterKind.CHOICE else list(units) if own.kind is RegisterKind.UNIT else []
        text = ",".join(choices)
        if choices and len(text) <= _LONGEST_LIST and not any("," in c or '"' in c for c in choices):
            rule = DataValidation("list", formula1=f'"{text}"', allow_blank=True, showErrorMessage=True,
                                  errorTitle="不能这样填", error=f"“{own.label}”请从下拉名单里选"[:220])
            rule.add(f"{letter}{HEAD_ROW + 1}:{letter}{last}")
            sheet.add_data_validation(rule)
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 3)
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(len(fields) + 1)}{HEAD_ROW + max(count, 1)}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    total = sum(d.width for d in sheet.column_dimensions.values())
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4 if total <= _A4 else sheet.PAPERSIZE_A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = max(1, ceil(total / _A3)), 0
    if total > _A3:
        sheet.print_title_cols = "A:B"
        sheet.cell(1, 1).alignment = Alignment(horizontal="left")  # in the middle it would be cut where the pages part
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
