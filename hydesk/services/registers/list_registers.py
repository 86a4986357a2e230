"""The registers of a ledger and their records, with what the ledger itself says for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, func, select

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.models import Record, RecordValue, Register
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period
from hydesk.domain.registers import (
    RegisterDefinition,
    RegisterKind,
    RegisterRecord,
    RegisterValue,
    days_over,
    definition_from_data,
    read_register_value,
)
from hydesk.domain.scopes.scope import Scope
from hydesk.services.registers.register_figures import with_figures
from hydesk.services.rules.settings import kept_value
from hydesk.services.standings.list_standings import read_standings
from hydesk.services.standings.read_scope import within


@dataclass(frozen=True, slots=True)
class RegisterSummary:
    """A register in the list of registers."""

    id: int
    definition: RegisterDefinition
    records: int
    overdue: int


@dataclass(frozen=True, slots=True)
class OpenRegister:
    """A register with its records, as the ledger stands at a period."""

    id: int
    definition: RegisterDefinition
    records: tuple[RegisterRecord, ...]
    period: Period


def list_registers(ledger: Ledger, on: date) -> list[RegisterSummary]:
    """The registers in the office's order, each with how many of its records are over their deadline on ``on``."""
    with ledger.read() as connection:
        counts = dict(connection.execute(
            select(Record.register_id, func.count()).where(Record.present).group_by(Record.register_id)).tuples().all())
        definitions = read_definitions(connection)
        dated = _read_dated(connection, definitions)
        return [RegisterSummary(key, definition, counts.get(key, 0), sum((days_over(definition, r, on) or 0) > 0 for r in dated[key]))
                for key, definition in definitions.items()]


def _read_dated(connection: Connection, definitions: Mapping[int, RegisterDefinition]) -> Mapping[int, list[RegisterRecord]]:
    """Deadline and state of every record of the registers that have deadlines, by register; in one go for all."""
    wanted = {key: {d.due, d.state} & {f.key for f in d.stored} for key, d in definitions.items() if d.due}
    kinds = {key: {f.key: f.kind for f in definitions[key].stored} for key in wanted}
    values: dict[tuple[int, int], dict[str, RegisterValue]] = defaultdict(dict)
    held = select(Record.register_id, RecordValue.record_id, RecordValue.field, RecordValue.value).join(
        Record, Record.id == RecordValue.record_id).where(
        Record.present, Record.register_id.in_(wanted), RecordValue.field.in_(sorted(set().union(*wanted.values()))),
        RecordValue.value.is_not(None))
    for register, record, name, text in connection.execute(held).all():
        if text is not None and register is not None and name in wanted[register]:
            values[register, record][name] = read_register_value(kinds[register][name], text)
    found: dict[int, list[RegisterRecord]] = defaultdict(list)
    for (register, record), own in values.items():
        found[register].append(RegisterRecord(record, own))
    return found


def register_definitions(ledger: Ledger) -> dict[int, RegisterDefinition]:
    """The registers' definitions by key, in the office's order; no record is read."""
    with ledger.read() as connection:
        return read_definitions(connection)


def register_names(ledger: Ledger) -> dict[int, str]:
    """The registers' names by key, in the office's order."""
    with ledger.read() as connection:
        return {key: definition.name for key, definition in read_definitions(connection).items()}


def open_register(ledger: Ledger, register_id: int, period: Period) -> OpenRegister:
    """The register with all its records and the ledger's figures at ``period``. Raises HydeskError where it is gone."""
    with ledger.read() as connection:
        definition = definition_of(connection, register_id)
        records = read_records(connection, register_id, definition)
        if any(f.kind is RegisterKind.FIGURE for f in definition.fields):
            records = with_figures(definition, records, read_standings(connection, period))
        return OpenRegister(register_id, definition, tuple(records), period)


def records_in(ledger: Ledger, register_id: int, period: Period, scope: Scope) -> list[int] | None:
    """The records about the projects of ``scope`` at ``period``, or about units that lie in it whole; None for all.

    Raises HydeskError for a register whose records name neither.
    """
    wanted = within(ledger, period, scope)
    if wanted is None:
        return None
    held = open_register(ledger, register_id, period)
    of = {kind: [f.key for f in held.definition.fields if f.kind is kind] for kind in (RegisterKind.PROJECT, RegisterKind.UNIT)}
    if not any(of.values()):
        raise HydeskError(f"“{held.definition.name}”的记录不写项目也不写单位，不能按范围取")

    def named(record: RegisterRecord, kind: RegisterKind) -> str:
        return next((str(v) for key in of[kind] if (v := record.values.get(key))), "")

    return [r.id for r in held.records if wanted.has(named(r, RegisterKind.PROJECT), named(r, RegisterKind.UNIT))]


def read_definitions(connection: Connection) -> dict[int, RegisterDefinition]:
    """Every register's definition by its key, in order, within an open transaction."""
    query = select(Register.id, Register.definition).where(Register.present).order_by(Register.position, Register.id)
    found = {key: kept_value(text, None, definition_from_data) for key, text in connection.execute(query).all() if text}
    return {key: definition for key, definition in found.items() if definition is not None}


def definition_of(connection: Connection, register_id: int) -> RegisterDefinition:
    """One register's definition. Raises HydeskError where it is gone."""
    text = connection.execute(
        select(Register.definition).where(Register.id == register_id, Register.present)).scalar()
    if not text:
        raise HydeskError("这本台账已不在了，请刷新后再试")
    found = kept_value(text, None, definition_from_data)
    if found is None:
        raise HydeskError("这本台账的栏目读不懂，不是本程序写的，没有打开；请用备份恢复")
    return found  # type: ignore[no-any-return]


def read_records(connection: Connection, register_id: int, definition: RegisterDefinition,
                 fields: Sequence[str] | None = None) -> list[RegisterRecord]:
    """The records of a register as they were filled in, in the order they were made; with no more than ``fields``, where
    only those are asked about."""
    kinds = {f.key: f.kind for f in definition.stored}
    values: dict[int, dict[str, RegisterValue]] = defaultdict(dict)
    held = select(RecordValue.record_id, RecordValue.field, RecordValue.value).join(
        Record, Record.id == RecordValue.record_id).where(Record.register_id == register_id, Record.present)
    if fields is not None:
        held = held.where(RecordValue.field.in_(fields))
    for record_id, name, text in connection.execute(held).all():
        if text is not None and name in kinds:
            values[record_id][name] = read_register_value(kinds[name], text)
    ids = connection.execute(
        select(Record.id).where(Record.register_id == register_id, Record.present).order_by(Record.id)).scalars()
    return [RegisterRecord(key, values.get(key, {})) for key in ids]
