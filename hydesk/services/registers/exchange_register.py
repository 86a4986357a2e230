"""Registers in from Excel and out to Excel; what goes out comes in again to the same records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection, select

from hydesk.dataclass import dataclass
from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import Project, Unit
from hydesk.db.places import Entity
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.file_names import visible
from hydesk.domain.findings import Finding, Level
from hydesk.domain.job_progress import Progress
from hydesk.domain.periods import Period
from hydesk.domain.registers import (
    RegisterDefinition,
    RegisterKind,
    RegisterRecord,
    RegisterValue,
    write_register_value,
)
from hydesk.excel.read import read_book
from hydesk.excel.write_register import write_register
from hydesk.returns.register_rows import RegisterReading, RegisterRow, understand_register
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.registers.list_registers import definition_of, open_register, read_records
from hydesk.services.registers.register_figures import figure_kind
from hydesk.services.registers.write_records import new_record, read_lookups, value_place


@dataclass(frozen=True, slots=True)
class RegisterImport:
    """What an import of a register did; nothing was written where ``rejected``."""

    added: int
    changed: int
    unchanged: int
    held_back: int
    findings: tuple[Finding, ...]
    rejected: bool = False


def export_register(ledger: Ledger, register_id: int, period: Period, path: Path,
                    fields: Sequence[str] | None = None, records: Sequence[int] | None = None) -> None:
    """Write the register, or the chosen ``fields`` and ``records`` in that order, to an Excel file."""
    held = open_register(ledger, register_id, period)
    with ledger.read() as connection:
        names = {code: name or "" for code, name in connection.execute(
            select(Project.code, Project.name).where(Project.present, Project.code.is_not(None))).tuples() if code}
        units = list(connection.execute(select(Unit.name).order_by(Unit.position)).scalars())
    twice = {n for n, times in Counter(names.values()).items() if times > 1}
    shown = held.definition.fields if fields is None else [held.definition.field_of(k) for k in fields]
    by_id = {r.id: r for r in held.records}
    rows = held.records if records is None else [by_id[k] for k in records if k in by_id]
    write_register(
        held.definition, shown, rows, path, units=units,
        project_names={code: code if name in twice else name for code, name in names.items()},
        kinds={f.key: figure_kind(f.figure) for f in held.definition.fields if f.kind is RegisterKind.FIGURE},
        note=f"{period.label}。{held.definition.purpose}" if any(
            f.kind is RegisterKind.FIGURE for f in shown) else held.definition.purpose)


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
    taken: list[tuple[RegisterRow, RegisterRecord | None]] = []
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
    changed = sum(old is not None and any(_differs(f, row, old) for f in reading.fields) for row, old in taken)
    if added or changed:
        act_id = begin_act(connection, "record", f"“{definition.name}”导入“{file}”：新增 {added} 条，更新 {changed} 条", actor)
        fresh = iter(Shelves(connection).new_keys(Entity.RECORD, added))
        for start in range(0, len(taken), _AT_ONCE):
            record(connection, act_id, _writes(register_id, reading.fields, taken[start:start + _AT_ONCE], fresh))
    return RegisterImport(added, changed, len(taken) - added - changed, held_back, tuple(findings))


_AT_ONCE = 2000
"""Records written at a time: of a register of 50,000 all at once would take some hundred MB more."""


def _writes(register_id: int, fields: Sequence[str], taken: Sequence[tuple[RegisterRow, RegisterRecord | None]],
            fresh: Iterator[str]) -> list[Write]:
    """The steps to what the workbook says; an empty cell leaves what is held."""
    writes: list[Write] = []
    for row, old in taken:
        key = next(fresh) if old is None else str(old.id)
        writes += new_record(key, register_id) if old is None else ()
        writes += [Write(value_place(key, f), write_register_value(row.values[f]), row.sheet, row.cell(f), row.words(f))
                   for f in fields if _differs(f, row, old)]
    return writes


def _differs(field: str, row: RegisterRow, old: RegisterRecord | None) -> bool:
    value = row.values.get(field)
    return value is not None and (old is None or old.values.get(field) != value)


def _identity(fields: Sequence[str], values: Mapping[str, RegisterValue]) -> tuple[str, ...]:
    return tuple(write_register_value(values.get(k)) or "" for k in fields)


def _by_identity(fields: Sequence[str], records: Sequence[RegisterRecord], *,
                 newest: bool) -> dict[tuple[str, ...], RegisterRecord]:
    return {_identity(fields, r.values): r for r in (records if newest else reversed(records))}
