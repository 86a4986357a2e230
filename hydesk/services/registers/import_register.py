"""Records of a register in from Excel; what ``export_register`` gives out comes in again to the same records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from sqlalchemy import Connection

from hydesk.dataclass import dataclass
from hydesk.db.journal import begin_act
from hydesk.db.ledger import Ledger
from hydesk.db.places import Entity
from hydesk.db.record_rows import RecordRow, RecordSheet, record_rows
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.file_names import visible
from hydesk.domain.findings import Finding, Level
from hydesk.domain.job_progress import Progress
from hydesk.domain.registers import (
    RegisterDefinition,
    RegisterRecord,
    RegisterValue,
    write_register_value,
)
from hydesk.excel.read import read_book
from hydesk.returns.register_rows import (
    RegisterReading,
    RegisterRow,
    RegisterSource,
    understand_register,
)
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.registers.list_registers import definition_of, read_records
from hydesk.services.registers.write_records import read_lookups

_Taken = tuple[RegisterRow, RegisterRecord | None]
"""A row that is taken, and the record it speaks of; None where that is new."""


@dataclass(frozen=True, slots=True)
class RegisterImport:
    """What an import of a register did; nothing was written where ``rejected``."""

    added: int
    changed: int
    unchanged: int
    held_back: int
    findings: tuple[Finding, ...]
    rejected: bool = False


@writing
def import_register(ledger: Ledger, register_id: int, source: Path | tuple[str, bytes], year: int,
                    actor: Actor | None = None, progress: Progress | None = None) -> RegisterImport:
    """Take records in from a workbook: known ones are changed, others added, in one act. Never takes any away.

    Raises HydeskError where the file cannot be read at all; a file without the register's heads is rejected.
    """
    name, content = (visible(source.name), _bytes(source)) if isinstance(source, Path) else source
    if progress:
        progress(0.1, f"正在读取“{name}”")
    book = read_book(content, name)
    with ledger.write() as connection:
        definition = definition_of(connection, register_id)
        reading = understand_register(book, definition, read_lookups(connection, year))
        if reading.rejected:
            return RegisterImport(0, 0, 0, 0, reading.findings, True)
        if progress:
            progress(0.6, "正在与已有记录比较")
        return _take_in(connection, register_id, definition, reading, name, actor or current_actor(ledger))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as e:
        raise HydeskError(f"读不了“{path.name}”，可能已被移走或没有权限，请检查后再试") from e


def _take_in(connection: Connection, register_id: int, definition: RegisterDefinition, reading: RegisterReading,
             file: str, actor: Actor) -> RegisterImport:
    # A file without the column for a part of it, such as 年度, tells records by the parts it has: the newest of that name.
    told = tuple(k for k in definition.identity if k in reading.fields) or definition.identity
    known = _by_identity(told, read_records(connection, register_id, definition), newest=told != definition.identity)
    findings = list(reading.findings)
    seen: dict[tuple[str, ...], int] = {}
    taken: list[_Taken] = []
    held_back = sum(not row.accepted for row in reading.rows)
    for row in (r for r in reading.rows if r.accepted):
        identity = _identity(told, row.values)
        if identity in seen:
            held_back += 1
            findings.append(Finding(Level.ERROR, "duplicate", f"第{row.row}行与第{seen[identity]}行是同一条记录，未取本行。请核实",
                                    row.sheet, row.row))
            continue
        seen[identity] = row.row
        taken.append((row, known.get(identity)))
    added = sum(old is None for _, old in taken)
    changed = sum(old is not None and _changes(row, old) for row, old in taken)
    if added or changed:
        act_id = begin_act(connection, "record", f"“{definition.name}”导入“{file}”：新增 {added} 条，更新 {changed} 条", actor)
        fresh = iter(Shelves(connection).new_keys(Entity.RECORD, added))
        for sheet, rows in groupby(taken, key=lambda t: t[0].source):
            fields = [f for f in reading.fields if f in sheet.columns]
            record_rows(connection, act_id, register_id, RecordSheet(sheet.name, [(f, sheet.letters[f]) for f in fields]),
                        _to_write(sheet, fields, rows, fresh))
    return RegisterImport(added, changed, len(taken) - added - changed, held_back, tuple(findings))


def _changes(row: RegisterRow, old: RegisterRecord) -> bool:
    return any(old.values.get(field) != value for field, value in row.values.items())


def _to_write(sheet: RegisterSource, fields: Sequence[str], rows: Iterator[_Taken], fresh: Iterator[str]) -> Iterator[RecordRow]:
    """The rows that change something, and what each does; an empty cell leaves what is held."""
    for row, old in rows:
        texts: list[str | None] = []
        for field in fields:
            value = row.values.get(field)
            same = value is None or (old is not None and old.values.get(field) == value)
            texts.append(None if same else write_register_value(value))
        if old is None or texts.count(None) < len(texts):
            words = [None if text is None else sheet.words(row.row, field) for field, text in zip(fields, texts, strict=True)]
            yield RecordRow(next(fresh) if old is None else str(old.id), old is None, row.row, texts, words)


def _identity(fields: Sequence[str], values: Mapping[str, RegisterValue]) -> tuple[str, ...]:
    return tuple(write_register_value(values.get(k)) or "" for k in fields)


def _by_identity(fields: Sequence[str], records: Sequence[RegisterRecord], *,
                 newest: bool) -> dict[tuple[str, ...], RegisterRecord]:
    return {_identity(fields, r.values): r for r in (records if newest else reversed(records))}
