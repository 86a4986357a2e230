"""Where the cells of a filled form came from, as a sheet of its own: the form stays as its sender made it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hydesk.domain.fields import Field
from hydesk.domain.filled_form import FilledForm, FormCell, FormRow, Unfilled
from hydesk.domain.grid import cell_name
from hydesk.excel.write_problems import write_problems

_COLUMNS = (("工作表", 14), ("单元格", 9), ("行", 26), ("填的内容", 24), ("来源或没有填的原因", 60))


def write_sources(path: Path, filled: FilledForm) -> None:
    """Write a line for every filled cell and every column left empty. Raises HydeskError when the file cannot be written."""
    rows: list[list[str | date | None]] = []
    for sheet in filled.sheets:
        rows += [[sheet.sheet, cell_name(c.row, c.column), _name(row), _words(c), c.source] for row in sheet.rows for c in row.cells if not c.own]
        rows += [[sheet.sheet, f"{u.column}列", f"第{u.rows[0]}行等 {len(u.rows)} 行" if u.rows else "整列", None, _why(u)] for u in sheet.unfilled]
        if sheet.why:
            rows.append([sheet.sheet, None, None, None, f"没有填：{sheet.why}"])
    write_problems(path, "填表来源", f"{filled.file}，{filled.period}，已填 {filled.filled} 格", _COLUMNS, rows)


def _name(row: FormRow) -> str:
    return f"{row.project} {row.name}" if row.project else row.scope["words"] if row.scope is not None and not row.name else row.name


def _words(cell: FormCell) -> str:
    return "（电话不列）" if cell.field == Field.PHONE.value else str(cell.written)


def _why(left: Unfilled) -> str:
    return f"没有填“{left.header}”：{left.why}" + (f"，可问{left.who}" if left.who else "")
