"""``fill --json``: what was put where and what stays empty, in the schema hydesk.fill/1 (money in yuan, days as ISO dates)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hydesk.cli.result_json import finding_entry
from hydesk.domain.fields import Field
from hydesk.domain.filled_form import FilledForm, FormCell, FormRow, FormSheet, Written
from hydesk.domain.grid import cell_name

SCHEMA = "hydesk.fill/1"


def fill_document(filled: FilledForm, out: str | None = None) -> dict[str, Any]:
    """The whole result; ``out`` is the file that was written, None where none was."""
    return {
        "schema": SCHEMA, "file": filled.file, "out": out, "period": filled.period,
        "sheets": [_sheet(s) for s in filled.sheets], "lost": list(filled.lost),
        "findings": [finding_entry(f) for f in filled.findings],
    }


def _sheet(sheet: FormSheet) -> dict[str, Any]:
    return {
        "sheet": sheet.sheet, "why": sheet.why or None, "period": sheet.period or None, "header_rows": list(sheet.header_rows),
        "scope": {"scope": sheet.scope, "words": sheet.scope_words} if sheet.scope_words else None,
        "rows": [_row(r) for r in sheet.rows],
        "unfilled": [{"column": u.column, "header": u.header, "why": u.why, "who": u.who or None, "rows": list(u.rows)}
                     for u in sheet.unfilled],
        "added_rows": [{"before": a.before, "count": a.count} for a in sheet.added if not a.below],
    }


def _row(row: FormRow) -> dict[str, Any]:
    return {"row": row.row, "project": row.project, "scope": dict(row.scope) if row.scope is not None else None,
            "cells": {cell_name(c.row, c.column): _cell(c) for c in row.cells}}


def _cell(cell: FormCell) -> dict[str, Any]:
    if cell.field == Field.PHONE.value:  # telephone numbers leave the ledger only where they are asked for: in the form
        return {"field": cell.field, "value": None, "written": None, "source": cell.source}
    return {"field": cell.field, "value": _plain(cell.value), "written": _plain(cell.written), "source": cell.source}


def _plain(value: Written) -> int | float | str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
