"""The received files that wait for 核对, and how much of each is left to look at; without reading any workbook."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from hydesk.db.models import Import, ImportFinding, Unit
from hydesk.domain.fields import Field
from hydesk.domain.findings import UNDECIDED, Finding, Level
from hydesk.domain.period_work import WaitingFile
from hydesk.domain.periods import Period
from hydesk.services.acts.keep_import import waiting


def read_waiting_files(connection: Connection, period: Period, on: date) -> list[WaitingFile]:
    """The files of ``period`` in the order they came, with the errors and warnings that nobody settled."""
    ids = list(connection.execute(waiting().where(Import.period == str(period))).scalars())
    if not ids:
        return []
    found: dict[int, list[Finding]] = {}
    columns = [c for c in ImportFinding.__table__.c if c.name != "id"]
    for f in connection.execute(select(*columns).where(ImportFinding.import_id.in_(ids)).order_by(ImportFinding.id)).all():
        found.setdefault(f.import_id, []).append(Finding(
            Level(f.level), f.code, f.message, f.sheet, f.row, f.cell, f.column, f.project, Field(f.field) if f.field else None))
    kept = select(Import.id, Import.file, Unit.name.label("unit"), Import.at, Import.decisions).outerjoin(
        Unit, Unit.id == Import.unit_id).where(Import.id.in_(ids)).order_by(Import.id)
    return [_waiting(r, found.get(r.id, ()), on) for r in connection.execute(kept).all()]


def _waiting(row: Any, findings: Iterable[Finding], on: date) -> WaitingFile:
    settled = (json.loads(row.decisions) if row.decisions else {}).get("settled", {})
    left = [f for f in findings if settled.get(f.key, UNDECIDED) == UNDECIDED]
    errors = [f for f in left if f.level is Level.ERROR]
    where = next((f.cell or f.column for f in errors if f.cell or f.column), "") or ""
    return WaitingFile(row.id, row.unit or row.file, len(errors), sum(f.level is Level.WARNING for f in left),
                       _at(row.at.astimezone(), on), where)


def _at(at: datetime, on: date) -> str:
    """今天 09:12 收到."""
    day = "今天" if at.date() == on else f"{at.month}月{at.day}日"
    return f"{day} {at:%H:%M} 收到"
