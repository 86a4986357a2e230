"""The ledger as an Excel file that can be imported again to the same ledger."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field, FieldKind
from hydesk.domain.ledger_parts import LedgerParts
from hydesk.domain.own_columns import NO_OWN, OwnColumn, OwnKind
from hydesk.domain.understanding import ReadValue
from hydesk.excel.value_cells import head_cell, value_cell
from hydesk.excel.write_ledger_parts import write_parts

COLUMNS: tuple[tuple[Field, str, int], ...] = tuple((f, f.spec.sheet_head, f.spec.sheet) for f in Field if f.spec.sheet)
"""Field, head and width in characters. The heads are ones that the understanding of project lists knows."""


def write_ledger(
    rows: Sequence[Mapping[Field, ReadValue | None]], path: Path, year: int, parts: LedgerParts | None = None, *,
    left: Sequence[Mapping[Field, ReadValue | None]] = (), with_phones: bool = True,
) -> None:
    """Write one row for each project of ``rows``, money in yuan there and in 万元 here, exactly.

    Those that ``left`` the list stand on a sheet of their own, ``parts`` on further ones.

    An existing file is replaced only once the new one is whole. Raises HydeskError when it cannot be written.
    """
    book = Workbook(write_only=True)
    parts = parts or LedgerParts()
    _list_sheet(book, f"{year}年项目台账", rows, year, with_phones, parts)
    if left:
        _list_sheet(book, f"{year}年已退出的项目", left, year, with_phones, parts)
    write_parts(book, parts)
    save_book(book, path)


def _list_sheet(
    book: Workbook, title: str, rows: Sequence[Mapping[Field, ReadValue | None]], year: int, with_phones: bool, parts: LedgerParts
) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "D2"
    sheet.page_setup.orientation = "landscape"
    sheet.print_title_rows = "1:1"
    columns = [c for c in COLUMNS if with_phones or not c[0].spec.private]
    own = [c for c in parts.columns if not c.retired and not c.kind.by_period]
    for index, width in enumerate((*(width for _, _, width in columns), *(_own_width(c) for c in own)), 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    heads = [*(text.format(year=year, last=year - 1) for _, text, _ in columns), *(c.head for c in own)]
    sheet.append([head_cell(sheet, text) for text in heads])
    for row in rows:
        held = parts.own.get(str(row.get(Field.CODE)), NO_OWN) if own else NO_OWN
        sheet.append([value_cell(sheet, row.get(field), money=field.kind is FieldKind.MONEY) for field, _, _ in columns]
                     + [value_cell(sheet, held.get(c.id), money=c.kind.base is OwnKind.MONEY) for c in own])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(rows) + 1}"


def _own_width(column: OwnColumn) -> int:
    """Characters: as wide as the head, within reason."""
    return min(30, max(12, 2 * len(column.head)))


def save_book(book: Workbook, path: Path) -> None:
    """Save ``book`` at ``path``, whole or not at all. Raises HydeskError with what to do."""
    content = io.BytesIO()
    book.save(content)
    save_bytes(content.getvalue(), path)


def save_bytes(content: bytes, path: Path) -> None:
    """Put ``content`` at ``path`` by way of a file beside it. Raises HydeskError with what to do."""
    partial = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(content)
        os.replace(partial, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise HydeskError(f"“{path}”写不了，可能没有权限，或这份文件正在 Excel 里开着；请关闭它或换一个位置") from error
