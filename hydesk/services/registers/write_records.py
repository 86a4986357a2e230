"""Fill in, change and take away records of registers: each one act that can be undone."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from hydesk.dataclass import dataclass
from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import Project, ProjectName, Unit
from hydesk.db.places import PRESENT, Entity, Place
from hydesk.db.queries import AnySelect
from hydesk.db.record_rows import new_record, value_place
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.registers import (
    RegisterDefinition,
    RegisterField,
    RegisterKind,
    RegisterValue,
    write_register_value,
)
from hydesk.returns.register_rows import Lookups, read_value
from hydesk.returns.text import loose_key, name_key, squeeze
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.registers.list_registers import definition_of


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One field of one record to be set. ``record_id`` None means a new record, the same for equal ``new``.

    ``value`` is what was typed (words), or an exact value; None empties the field.
    """

    record_id: int | None
    field: str
    value: RegisterValue | None
    new: int = 0


@writing
def write_records(ledger: Ledger, register_id: int, changes: Sequence[RecordChange], year: int,
                  title: str = "", actor: Actor | None = None) -> list[int]:
    """Set fields in one act, none where all stand there already; the keys of new records in order. Raises HydeskError where a value cannot stand there.

    ``year`` is the one meant by dates such as 6月.
    """
    with ledger.write() as connection:
        definition = definition_of(connection, register_id)
        lookups = read_lookups(connection, year)
        fresh = sorted({c.new for c in changes if c.record_id is None})
        shelves = Shelves(connection)
        keys = dict(zip(fresh, shelves.new_keys(Entity.RECORD, len(fresh)), strict=True))
        writes = [w for key in keys.values() for w in new_record(key, register_id)]
        for change in changes:
            key = keys[change.new] if change.record_id is None else str(change.record_id)
            text = write_register_value(_exact(definition, change, lookups))
            writes.append(Write(value_place(key, change.field), text))
        _refuse_incomplete(definition, changes, fresh)
        held = shelves.get(w.place for w in writes)
        if all(held[w.place] == w.new for w in writes):
            return []
        act_id = begin_act(connection, "record", title or _title(definition, changes, fresh), actor or current_actor(ledger))
        record(connection, act_id, writes, shelves=shelves)
        return [int(k) for k in keys.values()]


@writing
def remove_records(ledger: Ledger, register_id: int, record_ids: Sequence[int], actor: Actor | None = None) -> None:
    """Take records away in one act; undoing brings them back whole."""
    with ledger.write() as connection:
        definition = definition_of(connection, register_id)
        act_id = begin_act(connection, "record", f"“{definition.name}”删除 {len(record_ids)} 条", actor or current_actor(ledger))
        record(connection, act_id, [Write(Place(Entity.RECORD, 0, str(k), PRESENT), None) for k in record_ids])


def read_lookups(connection: Connection, year: int) -> Lookups:
    """The ledger's units and projects by every name they go by."""
    units: dict[str, str] = {}
    for name, short in connection.execute(select(Unit.name, Unit.short_names)).all():
        for word in (name, *(short or "").split("\n")):
            units.setdefault(squeeze(word), name)
    projects: dict[str, str | None] = {}
    current: AnySelect = select(Project.name, Project.code).where(Project.present, Project.code.is_not(None))
    other: AnySelect = select(ProjectName.name, Project.code).join(Project, Project.id == ProjectName.project_id).where(
        Project.present, Project.code.is_not(None))
    for query in (current, other):
        for name, code in connection.execute(query).all():
            projects.setdefault(squeeze(code or ""), code)
            for key in {name_key(name or ""), loose_key(name or "")}:
                projects[key] = code if projects.get(key, code) == code else None  # two of one name tell nothing
    return Lookups(year, lambda w: units.get(squeeze(w)),
                   lambda w: projects.get(squeeze(w)) or projects.get(name_key(w)) or projects.get(loose_key(w)))


def _exact(definition: RegisterDefinition, change: RecordChange, lookups: Lookups) -> RegisterValue | None:
    try:
        own = definition.field_of(change.field)
    except KeyError as e:
        raise HydeskError(f"“{definition.name}”里没有这个字段，请刷新后再试") from e
    if own.kind is RegisterKind.FIGURE:
        raise HydeskError(f"“{own.label}”取自项目台账，不能在这里修改；请到项目台账修改")
    if change.value is not None and not isinstance(change.value, str):
        return change.value
    value, wrong = read_value(own, change.value, lookups)
    if wrong is not None:
        raise HydeskError(wrong)
    if value is None and own.required:
        raise HydeskError(f"“{own.label}”不能为空")
    return value


def _refuse_incomplete(definition: RegisterDefinition, changes: Sequence[RecordChange], fresh: Sequence[int]) -> None:
    given: dict[int, dict[str, RegisterValue | None]] = {new: {} for new in fresh}
    for c in changes:
        if c.record_id is None:
            given[c.new][c.field] = c.value
    for own in definition.stored:
        if own.required and any(values.get(own.key) in (None, "") for values in given.values()):
            raise HydeskError(f"请填写“{own.label}”")


def _title(definition: RegisterDefinition, changes: Sequence[RecordChange], fresh: Sequence[int]) -> str:
    if fresh:
        return f"“{definition.name}”新增 {len(fresh)} 条"
    touched: list[RegisterField] = list(dict.fromkeys(definition.field_of(c.field) for c in changes))
    records = len({c.record_id for c in changes})
    what = f"的{touched[0].label}" if len(touched) == 1 else ""
    return f"修改“{definition.name}”{what}" + (f"（{records} 条）" if records > 1 else "")
