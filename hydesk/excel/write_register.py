"""A register as an Excel file that can be filled in and imported again to the same records."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from hydesk.domain.dates import LooseDate, Precision
from hydesk.domain.money import MoneyUnit, in_unit
from hydesk.domain.registers import (
    RegisterDefinition,
    RegisterField,
    RegisterKind,
    RegisterRecord,
    RegisterValue,
)
from hydesk.excel.safe_text import kept_text, safe_text
from hydesk.excel.stream_rows import PlainCell, PlainRow, style_of, with_rows
from hydesk.excel.write_ledger import save_bytes

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
    book = Workbook(write_only=True)  # row by row: a register of 50,000 is not held as half a million cells
    sheet: Any = book.create_sheet(_sheet_name(definition.name))
    columns = [_Column(own, kinds.get(own.key, RegisterKind.TEXT) if own.kind is RegisterKind.FIGURE else own.kind) for own in fields]
    heights = _fit(sheet, columns, records, project_names)
    _set_up(sheet, fields, len(records), units)
    _write_head(sheet, definition, fields, note)
    numbered = style_of(WriteOnlyCell(sheet), lambda cell: setattr(cell, "border", _LINE))
    looks = [_Look.all_of(sheet, column) for column in columns]
    rows = (PlainRow([PlainCell(number, numbered),
                      *(_cell(c, own, record.get(c.own.key), project_names) for c, own in zip(columns, looks, strict=True))],
                     14.5 * height + 2 if height > 1 else None)
            for number, (record, height) in enumerate(zip(records, heights, strict=True), 1))
    content = io.BytesIO()
    book.save(content)
    save_bytes(with_rows(content.getvalue(), rows, HEAD_ROW + 1), path)


class _Column(NamedTuple):
    """A field as it is written, and of what kind its values are: those of a drawn figure have a kind of their own."""

    own: RegisterField
    kind: RegisterKind

    @property
    def wrapped(self) -> bool:
        return self.kind in _WRAPPED or self.own.kind in (RegisterKind.FIGURE, RegisterKind.UNIT, RegisterKind.CHOICE)


def _write_head(sheet: Any, definition: RegisterDefinition, fields: Sequence[RegisterField], note: str) -> None:
    across = len(fields) + 1
    if len(fields) > 1:
        for row in (1, 2):
            sheet.merged_cells.add(f"A{row}:{get_column_letter(across)}{row}")
    title = safe_text(WriteOnlyCell(sheet), definition.name)
    title.font = Font(bold=True, size=16)
    # In the middle it would be cut where the pages part.
    title.alignment = Alignment(horizontal="left" if sheet.print_title_cols else "center")
    said = safe_text(WriteOnlyCell(sheet), note or definition.purpose)
    said.font = Font(color="5B6470")
    heads = [safe_text(WriteOnlyCell(sheet), text) for text in ("序号", *(f.head for f in fields))]
    for cell in heads:
        cell.font, cell.border = Font(bold=True), _LINE
        cell.fill = PatternFill("solid", fgColor="E8EDF3")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for cells in ([title], [said], heads):
        sheet.append(cells)


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

    @classmethod
    def all_of(cls, sheet: Any, column: _Column) -> dict[tuple[str, bool], int]:
        """The numbers of all looks that cells of ``column`` may have, by form and whether they are marked as text."""
        grey = column.own.kind is RegisterKind.FIGURE
        return {told: style_of(WriteOnlyCell(sheet), cls(column.wrapped, grey, *told).dress)
                for told in ((_GENERAL, False), (_GENERAL, True), (_DAY, False), (_DRAWN if grey else _GENERAL, False), (_MONEY, False))}


_GENERAL, _DAY, _DRAWN, _MONEY = "General", "yyyy-mm-dd", "0.00", "#,##0.00##"


def _cell(column: _Column, looks: Mapping[tuple[str, bool], int], value: RegisterValue | None,
          project_names: Mapping[str, str]) -> PlainCell:
    """A cell that holds ``value`` and looks as its kind does."""
    if value is None:
        return PlainCell(None, looks[_GENERAL, False])
    if (text := _text(column, value, project_names)) is not None:
        kept, quoted = kept_text(text)
        return PlainCell(kept, looks[_GENERAL, quoted])
    if isinstance(value, LooseDate):
        return PlainCell(value.day, looks[_DAY, False])
    if isinstance(value, Decimal):
        return PlainCell(value, looks[_DRAWN if column.own.kind is RegisterKind.FIGURE else _GENERAL, False])
    return PlainCell(in_unit(int(value), MoneyUnit.WAN), looks[_MONEY, False])


def _text(column: _Column, value: RegisterValue, project_names: Mapping[str, str]) -> str | None:
    """The words by which ``value`` is written; None for a number and a day, which Excel reckons with."""
    if column.kind is RegisterKind.MONEY and isinstance(value, int):
        return None
    if isinstance(value, LooseDate):
        return None if value.precision is Precision.DAY else str(value)
    if isinstance(value, Decimal):
        return None
    return project_names.get(str(value), str(value)) if column.kind is RegisterKind.PROJECT else str(value)


_NARROW = re.compile(r"[\x00-\u2e7f]+")


def _wide(text: str) -> float:
    """About how many characters of Latin type ``text`` takes."""
    wide = len(_NARROW.sub("", text))
    return 2.1 * wide + 1.1 * (len(text) - wide)


def _fit(sheet: Any, columns: Sequence[_Column], records: Sequence[RegisterRecord], project_names: Mapping[str, str]) -> list[int]:
    """Columns as wide as their words ask for, within reason; how many lines each record then takes. Only some programs
    would find the heights by themselves."""
    lines = [1] * len(records)
    for at, column in enumerate(columns, 2):
        own = column.own
        usual = _WIDTHS.get(own.kind, 12)
        head = _wide(own.head) + 4
        wides = [_wide(_text(column, v, project_names) or "") if (v := r.get(own.key)) is not None else 0.0 for r in records]
        longest = max(wides, default=0.0) + 2
        room = own.width or (min(max(longest, 12, min(head, 18)), 40) if own.kind in _WRAPPED or own.kind is RegisterKind.FIGURE
                             else max(usual, min(head, 20), min(longest, 30)))
        sheet.column_dimensions[get_column_letter(at)].width = room
        if own.kind in _WRAPPED or longest > room:
            lines = [max(n, ceil(w / (room - 1))) for n, w in zip(lines, wides, strict=True)]
    heads = max((ceil((_wide(c.own.head) + 2) / sheet.column_dimensions[get_column_letter(at)].width)
                 for at, c in enumerate(columns, 2)), default=1)
    sheet.row_dimensions[1].height = 24
    sheet.row_dimensions[HEAD_ROW].height = 15 * heads + 4
    return lines


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
            sheet.data_validations.append(rule)
    sheet.freeze_panes = f"C{HEAD_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(len(fields) + 1)}{HEAD_ROW + max(count, 1)}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    total = sum(d.width for d in sheet.column_dimensions.values())
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4 if total <= _A4 else Worksheet.PAPERSIZE_A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = max(1, ceil(total / _A3)), 0
    if total > _A3:
        sheet.print_title_cols = "A:B"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
