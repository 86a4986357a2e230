"""Keep a file taken in for good: its bytes, how it was understood, its rows with cells and words, its findings."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, or_, select

from hydesk.db import clock
from hydesk.db.ledger import Ledger
from hydesk.db.marks import act_holds, act_is_undone
from hydesk.db.models import Import, ImportCell, ImportFile, ImportFinding, ImportRow, aliased
from hydesk.db.places import write_value
from hydesk.db.queries import AnySelect
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding
from hydesk.domain.own_columns import write_own_value
from hydesk.domain.periods import Period
from hydesk.domain.return_states import RECEIVED
from hydesk.domain.understanding import ListedProject, ReadRow, ReadSheet

FORM = "form"
"""The kind of an import that is no return and no list: a form of another office, kept as it came in blank."""


def keep_import(
    connection: Connection, values: Mapping[str, Any], content: bytes, sheets: tuple[ReadSheet, ...]
) -> int:
    """Keep a file taken in, with its bytes and how its sheets were understood; the import's id.

    Bytes that are kept already, by whatever import, are not stored again: they are found by their sha256.
    """
    told = [{
        "sheet": s.name, "used": s.used, "why": s.why, "header_rows": list(s.header_rows),
        "columns": [{"column": c.letter, "header": c.header, "field": c.field.value if c.field else None, "own": c.own or None,
                     "unit": c.unit.value if c.unit else None, "reason": c.reason, "confidence": c.confidence}
                    for c in s.columns],
    } for s in sheets]
    made = connection.execute(insert(Import).values(
        at=clock.now(connection), sheets=json.dumps(told, ensure_ascii=False), **values)).inserted_primary_key
    assert made is not None
    held = connection.execute(select(ImportFile.import_id).join(Import, Import.id == ImportFile.import_id).where(
        Import.sha256 == values["sha256"])).first()
    if held is None:
        connection.execute(insert(ImportFile).values(import_id=made[0], content=content))
    return int(made[0])


def kept_bytes(connection: Connection, sha256: str) -> bytes | None:
    """The bytes of the file with this digest, whichever import brought them first; None where none did."""
    return connection.execute(select(ImportFile.content).join(Import, Import.id == ImportFile.import_id).where(
        Import.sha256 == sha256).limit(1)).scalar()


def waiting_copy(connection: Connection, sha256: str, period: Period) -> int | None:
    """The import by which exactly these bytes wait to be reviewed for ``period``; None where they do not."""
    return connection.execute(waiting().where(Import.sha256 == sha256, Import.period == str(period)).limit(1)).scalar()


def waiting() -> AnySelect:
    """The returns that wait to be reviewed: received, and neither undone nor settled by an import in force."""
    later = aliased(Import)
    return (
        select(Import.id).outerjoin(later, later.id == Import.superseded_by)
        .where(Import.kind == "return", Import.status == RECEIVED, act_holds(Import.act_id),
               or_(later.id.is_(None), act_is_undone(later.act_id)))
        .order_by(Import.id.desc())
    )


def waiting_periods(ledger: Ledger) -> set[Period]:
    """The periods that they are for."""
    with ledger.read() as connection:
        found = connection.execute(select(Import.period).where(Import.id.in_(waiting().order_by(None))).distinct()).scalars()
        return {Period.parse(str(period)) for period in found}


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
        # A column that this import makes has no key yet: its cells stand in the change log alone.
        cells += [{"row_id": key, "field": c.column.key, "cell": c.cell or None, "words": c.words or None,
                   "value": write_own_value(c.value)} for c in row.own if c.column.id]
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
