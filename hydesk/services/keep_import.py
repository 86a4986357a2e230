"""Keep a file taken in for good: its bytes, how it was understood, its rows with cells and words, its findings."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from hydesk.db.models import Import, ImportCell, ImportFile, ImportFinding, ImportRow
from hydesk.db.places import write_value
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding
from hydesk.domain.understanding import ListedProject, ReadRow, ReadSheet

APPLIED, PARTLY_APPLIED = "applied", "partly_applied"
"""Status of a kept import: all its rows were written, or some wait for a person."""


def keep_import(
    connection: Connection, values: Mapping[str, Any], content: bytes, sheets: tuple[ReadSheet, ...]
) -> int:
    """Keep a file taken in, with its bytes and how its sheets were understood; the import's id."""
    told = [{
        "sheet": s.name, "used": s.used, "why": s.why, "header_rows": list(s.header_rows),
        "columns": [{"column": c.letter, "header": c.header, "field": c.field.value if c.field else None,
                     "unit": c.unit.value if c.unit else None, "reason": c.reason, "confidence": c.confidence}
                    for c in s.columns],
    } for s in sheets]
    made = connection.execute(insert(Import).values(
        at=datetime.now(UTC), sheets=json.dumps(told, ensure_ascii=False), **values)).inserted_primary_key
    assert made is not None
    connection.execute(insert(ImportFile).values(import_id=made[0], content=content))
    return int(made[0])


def keep_rows(
    connection: Connection, import_id: int, rows: Sequence[tuple[ReadRow | ListedProject, int | None, bool]]
) -> None:
    """Keep the project rows of an import with cells and words; each with its project's id and whether it was written."""
    last = connection.execute(select(func.max(ImportRow.id))).scalar() or 0
    heads, cells = [], []
    for key, (row, project_id, applied) in enumerate(rows, last + 1):
        name = row.name if isinstance(row, ReadRow) else str(row.values.get(Field.NAME, ""))
        heads.append({
            "id": key, "import_id": import_id, "project_id": project_id, "sheet": row.sheet, "row": row.row,
            "name": name, "match": row.match if isinstance(row, ReadRow) else None,
            "applied": applied and project_id is not None})
        for field in dict.fromkeys([*row.values, *row.words]):
            cells.append({"row_id": key, "field": field.value, "cell": row.cells.get(field),
                          "words": row.words.get(field), "value": write_value(row.values.get(field))})
    if heads:
        connection.execute(insert(ImportRow), heads)
    if cells:
        connection.execute(insert(ImportCell), cells)


def keep_findings(connection: Connection, import_id: int, findings: tuple[Finding, ...]) -> None:
    """Keep what was found in an import."""
    if findings:
        connection.execute(insert(ImportFinding), [{
            "import_id": import_id, "level": f.level.value, "code": f.code, "message": f.message, "sheet": f.sheet,
            "row": f.row, "cell": f.cell, "column": f.column, "project": f.project,
            "field": f.field.value if f.field else None, "suggestion": f.suggestion} for f in findings])
