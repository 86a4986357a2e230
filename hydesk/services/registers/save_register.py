"""Make a register, change its fields, take it away: each one act that can be undone."""

from __future__ import annotations

import json
from dataclasses import replace

from sqlalchemy import Connection, func, select

from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import Register
from hydesk.db.places import PRESENT, Entity, Place
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.registers import (
    RegisterDefinition,
    RegisterView,
    definition_faults,
    definition_from_data,
    definition_to_data,
)
from hydesk.resource_files import resource
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.registers.list_registers import definition_of, read_definitions


@writing
def add_register(ledger: Ledger, definition: RegisterDefinition, actor: Actor | None = None) -> int:
    """Add a register; its key. Raises HydeskError where the definition cannot be used or its name is taken."""
    return add_registers(ledger, [definition], actor).value[0]


@writing
def add_registers(ledger: Ledger, definitions: list[RegisterDefinition], actor: Actor | None = None) -> list[int]:
    """Add several registers in one act; their keys."""
    with ledger.write() as connection:
        taken = {d.name for d in read_definitions(connection).values()}
        for definition in definitions:
            _refuse(definition, taken)
            taken.add(definition.name)
        title = f"新建台账“{definitions[0].name}”" + (f"等 {len(definitions)} 本" if len(definitions) > 1 else "")
        act_id = begin_act(connection, "register", title, actor or current_actor(ledger))
        shelves = Shelves(connection)
        last = connection.execute(select(func.max(Register.position))).scalar() or 0
        keys = shelves.new_keys(Entity.REGISTER, len(definitions))
        writes = []
        for position, (key, definition) in enumerate(zip(keys, definitions, strict=True), last + 1):
            writes += [_write(key, PRESENT, "1"), _write(key, "key", definition.key),
                       _write(key, "position", str(position)), *_shape(key, definition)]
        record(connection, act_id, writes, shelves=shelves)
        return [int(k) for k in keys]


@writing
def change_register(ledger: Ledger, register_id: int, definition: RegisterDefinition, actor: Actor | None = None) -> None:
    """Give a register other fields, states or views. What stood in a field that went stays in the change log."""
    with ledger.write() as connection:
        definition_of(connection, register_id)
        _refuse(definition, {d.name for k, d in read_definitions(connection).items() if k != register_id})
        act_id = begin_act(connection, "register", f"修改台账“{definition.name}”的设置", actor or current_actor(ledger))
        record(connection, act_id, _shape(str(register_id), definition))


@writing
def save_view(ledger: Ledger, register_id: int, view: RegisterView, actor: Actor | None = None) -> None:
    """Keep a view of a register in place of the one of its name. Raises HydeskError for one without a name or columns."""
    if not view.name.strip():
        raise HydeskError("请给视图起个名字")
    if not view.fields:
        raise HydeskError("视图里至少要有一个字段")
    _set_views(ledger, register_id, view.name, f"存视图“{view.name}”", actor, view)


@writing
def remove_view(ledger: Ledger, register_id: int, name: str, actor: Actor | None = None) -> None:
    """Take a view of a register away; its records stay."""
    _set_views(ledger, register_id, name, f"删除视图“{name}”", actor)


def _set_views(ledger: Ledger, register_id: int, name: str, title: str, actor: Actor | None, *made: RegisterView) -> None:
    with ledger.write() as connection:
        held = definition_of(connection, register_id)
        at = next((i for i, v in enumerate(held.views) if v.name == name), len(held.views))
        views = (*held.views[:at], *made, *held.views[at + 1:])
        if views != held.views:
            act_id = begin_act(connection, "register", f"台账“{held.name}”{title}", actor or current_actor(ledger))
            record(connection, act_id, _shape(str(register_id), replace(held, views=views)))


@writing
def remove_register(ledger: Ledger, register_id: int, actor: Actor | None = None) -> None:
    """Take a register away with its records; undoing brings all of it back."""
    with ledger.write() as connection:
        definition = definition_of(connection, register_id)
        act_id = begin_act(connection, "register", f"删除台账“{definition.name}”", actor or current_actor(ledger))
        record(connection, act_id, [_write(str(register_id), PRESENT, None)])


def shipped_registers() -> list[RegisterDefinition]:
    """The definitions that come with the program, in the order of their files."""
    found = sorted(resource("registers").glob("*.json"))
    return [definition_from_data(d) for f in found for d in json.loads(f.read_text(encoding="utf-8"))]


def missing_shipped(ledger: Ledger) -> list[RegisterDefinition]:
    """Shipped registers that the ledger does not hold."""
    with ledger.read() as connection:
        held = _held_keys(connection)
    return [d for d in shipped_registers() if d.key not in held]


def _held_keys(connection: Connection) -> set[str]:
    return {k for k in connection.execute(select(Register.key).where(Register.present)).scalars() if k}


def _refuse(definition: RegisterDefinition, taken: set[str]) -> None:
    faults = definition_faults(definition)
    if faults:
        raise HydeskError("；".join(faults))
    if definition.name in taken:
        raise HydeskError(f"已有名为“{definition.name}”的台账，请换一个名称")


def _write(key: str, field: str, text: str | None) -> Write:
    return Write(Place(Entity.REGISTER, 0, key, field), text)


def _shape(key: str, definition: RegisterDefinition) -> list[Write]:
    data = json.dumps(definition_to_data(definition), ensure_ascii=False)
    return [_write(key, "name", definition.name), _write(key, "definition", data)]
