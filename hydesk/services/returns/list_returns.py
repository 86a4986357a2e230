"""The returns taken in, and one of them in full."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.marks import act_is_undone, entry_is_undone
from hydesk.db.models import (
    Import,
    ImportCell,
    ImportFinding,
    ImportRow,
    LogEntry,
    Project,
    Unit,
    aliased,
)
from hydesk.db.place_words import PlaceWords
from hydesk.db.places import SOURCE, read_value
from hydesk.db.queries import AnySelect
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.money import MoneyUnit
from hydesk.domain.own_columns import OWN_KEY, OwnCell, read_own_value
from hydesk.domain.periods import Period
from hydesk.domain.return_states import DROPPED, RECEIVED
from hydesk.domain.understanding import ReadColumn, ReadRow, ReadSheet
from hydesk.services.acts.keep_import import FORM, kept_bytes
from hydesk.services.standings.own_columns import read_own_columns


@dataclass(frozen=True, slots=True)
class ReturnSummary:
    """One file. ``status`` is applied, partly_applied, sent_back, or received where it waits to be reviewed;
    ``period`` is None for a project list."""

    id: int
    file: str
    unit: str | None
    period: Period | None
    status: str
    received_at: datetime
    actor: str
    rows: int
    errors: int
    warnings: int
    undone: bool
    superseded_by: int | None
    """The later return in force that replaced this one."""
    kind: str
    """return or projects."""
    sha256: str
    note: str
    """What the office wrote to the unit when sending it back."""
    act_id: int
    """The act by which it came in, to be undone by."""


@dataclass(frozen=True, slots=True)
class WrittenChange:
    """A value that a return wrote; shown as words, money in 万元."""

    project: str
    project_name: str
    field: str
    old: str | None
    new: str | None
    sheet: str | None
    cell: str | None
    undone: bool


@dataclass(frozen=True, slots=True)
class ReturnDetail:
    """A return as it was understood, and what it wrote."""

    summary: ReturnSummary
    sha256: str
    sheets: tuple[ReadSheet, ...]
    rows: tuple[ReadRow, ...]
    findings: tuple[Finding, ...]
    changes: tuple[WrittenChange, ...]


def list_returns(
    ledger: Ledger, period: Period | None = None, kind: str | None = "return", *, waiting: bool = False
) -> list[ReturnSummary]:
    """The returns taken in or sent back, newest first; of ``period`` where one is given.

    ``kind`` "projects" lists the project lists, None everything that can be undone by its number. ``waiting`` adds
    the returns as they came in, before anybody settled them, but for those that were put aside.
    """
    with ledger.read() as connection:
        return read_returns(connection, None if period is None else (period,), kind, waiting=waiting)


def read_returns(
    connection: Connection, periods: Collection[Period] | None, kind: str | None = "return", *, waiting: bool = False
) -> list[ReturnSummary]:
    """As ``list_returns``, of several periods, within an open transaction."""
    wanted = [Import.status != DROPPED, Import.kind != FORM if kind is None else Import.kind == kind]
    if not waiting:
        wanted.append(Import.status != RECEIVED)
    if periods is not None:
        wanted.append(Import.period.in_([str(p) for p in periods]))
    return _summaries(connection, _imports().order_by(Import.id.desc()), *wanted)


def return_detail(ledger: Ledger, return_id: int) -> ReturnDetail:
    """One return in full. Raises HydeskError where there is none."""
    with ledger.read() as connection:
        found = _summaries(connection, _imports(), Import.id == return_id)
        if not found:
            raise _missing(return_id)
        kept = connection.execute(select(Import.sha256, Import.sheets).where(Import.id == return_id)).one()
        return ReturnDetail(
            found[0], kept.sha256, tuple(_sheet(s) for s in json.loads(kept.sheets)),
            tuple(_rows(connection, return_id)), tuple(_findings(connection, return_id)),
            tuple(_changes(connection, return_id)))


def original_file(ledger: Ledger, return_id: int) -> tuple[str, bytes]:
    """Name and bytes of the file as it came. Raises HydeskError where there is none."""
    with ledger.read() as connection:
        found = connection.execute(select(Import.file, Import.sha256).where(Import.id == return_id)).first()
        content = kept_bytes(connection, found.sha256) if found is not None else None
    if found is None or content is None:
        raise _missing(return_id)
    return found.file, content


def _missing(return_id: int) -> HydeskError:
    return HydeskError(f"没有编号为 {return_id} 的报表，请刷新报表清单后再试")


def _imports() -> AnySelect:
    later = aliased(Import)
    return (
        select(Import.id, Import.kind, Import.file, Import.period, Import.status, Import.at, Import.actor,
               Import.sha256, Import.note, Import.act_id, Unit.name.label("unit"), act_is_undone(Import.act_id).label("undone"), later.id.label("later"), later.status.label("later_status"),
               act_is_undone(later.act_id).label("later_undone"))
        .outerjoin(Unit, Unit.id == Import.unit_id)
        .outerjoin(later, later.id == Import.superseded_by)
    )


def _summaries(connection: Connection, query: AnySelect, *wanted: ColumnElement[bool]) -> list[ReturnSummary]:
    imports = connection.execute(query.where(*wanted)).all()
    if not imports:
        return []
    of = select(Import.id).where(*wanted)
    rows = dict(connection.execute(select(ImportRow.import_id, func.count()).where(
        ImportRow.import_id.in_(of)).group_by(ImportRow.import_id)).tuples().all())
    levels: Counter[tuple[int, str]] = Counter()
    for import_id, level, count in connection.execute(
            select(ImportFinding.import_id, ImportFinding.level, func.count()).where(
                ImportFinding.import_id.in_(of)).group_by(ImportFinding.import_id, ImportFinding.level)).all():
        levels[import_id, level] = count
    return [
        ReturnSummary(
            r.id, r.file, r.unit, Period.parse(r.period) if r.period else None, r.status, r.at.astimezone(), r.actor,
            rows.get(r.id, 0), levels[r.id, "error"], levels[r.id, "warning"], bool(r.undone),
            None if r.later_undone else r.later, r.kind, r.sha256, r.note or "", r.act_id)
        for r in imports if r.later_status != DROPPED or r.later_undone
    ]


def _sheet(kept: dict[str, Any]) -> ReadSheet:
    columns = tuple(
        ReadColumn(c["column"], c["header"], Field(c["field"]) if c["field"] else None,
                   MoneyUnit(c["unit"]) if c["unit"] else None, c["reason"], c["confidence"], c.get("own") or "")
        for c in kept["columns"])
    return ReadSheet(kept["sheet"], kept["used"], kept["why"], tuple(kept["header_rows"]), columns)


def _rows(connection: Connection, return_id: int) -> list[ReadRow]:
    cells: dict[int, list[Any]] = {}
    for cell in connection.execute(
            select(ImportCell.row_id, ImportCell.field, ImportCell.cell, ImportCell.words, ImportCell.value)
            .join(ImportRow, ImportRow.id == ImportCell.row_id).where(ImportRow.import_id == return_id)).all():
        cells.setdefault(cell.row_id, []).append(cell)
    query = select(ImportRow.id, ImportRow.sheet, ImportRow.row, ImportRow.name, ImportRow.match, ImportRow.applied,
                   Project.code).outerjoin(Project, Project.id == ImportRow.project_id).where(
                       ImportRow.import_id == return_id).order_by(ImportRow.id)
    rows = []
    columns = {c.key: c for c in read_own_columns(connection, retired=True)}
    for r in connection.execute(query).all():
        kept = cells.get(r.id, [])
        own = [c for c in kept if not c.field.startswith(OWN_KEY)]
        values = {Field(c.field): value for c in own if (value := read_value(Field(c.field), c.value)) is not None}
        rows.append(ReadRow(
            r.sheet, r.row, r.name, r.code, r.match, values,
            {Field(c.field): c.cell for c in own if c.cell}, {Field(c.field): c.words for c in own if c.words},
            r.applied, tuple(
                OwnCell(columns[c.field], None if c.value is None else read_own_value(columns[c.field].kind, c.value), c.cell or "",
                        c.words or "") for c in kept if c.field in columns)))
    return rows


def _findings(connection: Connection, return_id: int) -> list[Finding]:
    query = select(ImportFinding).where(ImportFinding.import_id == return_id).order_by(ImportFinding.id)
    return [
        Finding(Level(f.level), f.code, f.message, f.sheet, f.row, f.cell, f.column, f.project,
                Field(f.field) if f.field else None, f.suggestion)
        for f in connection.execute(query.with_only_columns(*ImportFinding.__table__.c)).all()
    ]


def _changes(connection: Connection, return_id: int) -> list[WrittenChange]:
    query = (
        select(LogEntry.entity, LogEntry.scope, LogEntry.field, LogEntry.old, LogEntry.new, LogEntry.sheet,
               LogEntry.cell, entry_is_undone().label("undone"), Project.code, Project.name)
        .join(Project, Project.id == LogEntry.project_id)
        .where(LogEntry.import_id == return_id, LogEntry.field != SOURCE,
               LogEntry.old.is_distinct_from(LogEntry.new))
        .order_by(LogEntry.id)
    )
    said = PlaceWords(connection)
    return [
        WrittenChange(r.code or "", r.name or "", said.label(r.entity, r.scope, r.field),
                      said.value(r.entity, r.scope, r.field, r.old), said.value(r.entity, r.scope, r.field, r.new), r.sheet, r.cell,
                      bool(r.undone))
        for r in connection.execute(query).all()
    ]
