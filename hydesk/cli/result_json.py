"""``returns import --json``: what was understood of each file, in the schema hydesk.returns/1 (money in yuan)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hydesk.domain.dates import LooseDate
from hydesk.domain.errors import HydeskError, system_words
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding
from hydesk.domain.grid import row_in_file
from hydesk.domain.own_columns import value_in_json
from hydesk.domain.periods import Period
from hydesk.domain.understanding import ReadRow, ReadSheet, ReadValue, Understanding

SCHEMA = "hydesk.returns/1"


def file_entry(file: str, sha256: str | None, status: str, understanding: Understanding) -> dict[str, Any]:
    """One file of the result. ``status`` is applied, partly_applied, unchanged, rejected or dry_run."""
    taken = status != "rejected"
    return {
        "file": file,
        "sha256": sha256,
        "unit": understanding.unit,
        "status": status,
        "sheets": [sheet_entry(s) for s in understanding.sheets],
        "rows": [_row(r, taken) for r in understanding.rows],
        "findings": [finding_entry(f) for f in understanding.findings],
    }


def unreadable_entry(file: str, finding: Finding) -> dict[str, Any]:
    """A file that could not even be opened: rejected, with the reason."""
    return {"file": file, "sha256": None, "unit": None, "status": "rejected", "sheets": [], "rows": [],
            "findings": [finding_entry(finding)]}


def document(period: Period, files: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The whole result."""
    return {"schema": SCHEMA, "period": str(period), "files": list(files)}


class ResultFile:
    """The file the result goes to, tried before any return is taken in so that a bad path changes nothing."""

    def __init__(self, path: Path) -> None:
        """Raises HydeskError when ``path`` cannot be written."""
        self.path = path
        existed = path.exists()
        try:
            with path.open("ab"):
                pass
        except OSError as error:
            raise HydeskError(f"结果文件“{path}”写不了：{_reason(error)}。请换一个位置，台账没有改动。") from error
        if not existed:
            path.unlink(missing_ok=True)

    def write(self, result: Mapping[str, Any]) -> None:
        """Writes ``result``; raises HydeskError when the disk refuses it now."""
        try:
            self.path.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            raise HydeskError(f"已做完，但结果文件“{self.path}”没有写成：{_reason(error)}。") from error


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "没有写入权限，或文件正开着"
    if isinstance(error, FileNotFoundError):
        return "文件夹不存在"
    if isinstance(error, IsADirectoryError):
        return "这是一个文件夹"
    return system_words(error)


def sheet_entry(sheet: ReadSheet) -> dict[str, Any]:
    """A sheet with its columns as they were understood."""
    return {
        "sheet": sheet.name,
        "used": sheet.used,
        "why": sheet.why,
        "header_rows": list(sheet.header_rows),
        "columns": [
            {
                "column": c.letter,
                "header": c.header,
                "field": c.field.value if c.field else c.own or None,
                "unit": c.unit.value if c.unit else None,
            }
            for c in sheet.columns
        ],
    }


def _row(row: ReadRow, taken: bool) -> dict[str, Any]:
    return {
        "sheet": row.sheet,
        "row": row_in_file(row.row),
        "project": row.project,
        "match": row.match,
        "applied": taken and row.accepted,
        "values": {field.value: value_entry(value) for field, value in row.values.items()
                   if field is not Field.PHONE}  # telephone numbers leave the ledger only when asked for
        | {c.column.name: value_in_json(c.value) for c in row.own if c.value is not None},
        "cells": {field.value: cell for field, cell in row.cells.items() if field in row.values or field in row.words}
        | {c.column.name: c.cell for c in row.own if c.cell},
    }


def value_entry(value: ReadValue) -> int | str:
    """A value: money in yuan, dates as precise as they were written."""
    return str(value) if isinstance(value, LooseDate) else value


def finding_entry(finding: Finding) -> dict[str, Any]:
    """A finding with its place in the file."""
    return {
        "level": finding.level.value,
        "code": finding.code,
        "sheet": finding.sheet,
        "row": finding.file_row,
        "cell": finding.cell,
        "column": finding.column,
        "project": finding.project,
        "message": finding.message,
    }
