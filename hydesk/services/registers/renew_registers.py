"""Give registers that an earlier version made what their shipped definitions gained since; one act, undone like any."""

from __future__ import annotations

import json

from sqlalchemy import Connection, select

from hydesk.dataclass import dataclass
from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.marks import entry_holds
from hydesk.db.models import LogEntry, Register
from hydesk.db.places import Entity, Place
from hydesk.domain.actors import Actor
from hydesk.domain.register_renewal import Known, gained, renewed
from hydesk.domain.registers import RegisterDefinition, definition_from_data, definition_to_data
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.registers.list_registers import read_definitions
from hydesk.services.registers.save_register import shipped_registers
from hydesk.services.rules.settings import kept_value


@dataclass(frozen=True, slots=True)
class Renewal:
    """A register that can gain something, and what, in words."""

    register_id: int
    name: str
    gained: tuple[str, ...]
    definition: RegisterDefinition


def renewals(ledger: Ledger) -> tuple[Renewal, ...]:
    """The registers whose shipped definitions have more than they ever had; what the office took away stays away."""
    with ledger.read() as connection:
        return _renewals(connection)


@writing
def renew_registers(ledger: Ledger, actor: Actor | None = None) -> tuple[Renewal, ...]:
    """Add what ``renewals`` tells of, in one act; records and the office's own changes stay as they are."""
    with ledger.write() as connection:
        found = _renewals(connection)
        if found:
            names = "、".join(f"“{r.name}”" for r in found[:3]) + ("等" if len(found) > 3 else "")
            act_id = begin_act(connection, "register", f"给台账{names}补充新版本的字段", actor or current_actor(ledger))
            record(connection, act_id, [
                Write(Place(Entity.REGISTER, 0, str(r.register_id), "definition"),
                      json.dumps(definition_to_data(r.definition), ensure_ascii=False)) for r in found])
        return found


def _renewals(connection: Connection) -> tuple[Renewal, ...]:
    shipped = {d.key: d for d in shipped_registers()}
    keys = dict(connection.execute(select(Register.id, Register.key).where(Register.present)).tuples().all())
    found = []
    for register_id, held in read_definitions(connection).items():
        own = shipped.get(keys.get(register_id) or "")
        if own is None or renewed(held, own, Known.of([held])) == held:
            continue
        new = renewed(held, own, Known.of([held, *_earlier(connection, register_id)]))
        if new != held:
            found.append(Renewal(register_id, held.name, tuple(gained(held, new)), new))
    return tuple(found)


def _earlier(connection: Connection, register_id: int) -> list[RegisterDefinition]:
    """How the register was defined at any time, by the change log; not as an act left it that was undone."""
    texts = connection.execute(select(LogEntry.new).where(
        LogEntry.project_id == 0, LogEntry.entity == Entity.REGISTER.value, LogEntry.scope == str(register_id), LogEntry.field == "definition",
        entry_holds(), LogEntry.new.is_not(None))).scalars()
    found = (kept_value(t, None, definition_from_data) for t in dict.fromkeys(texts) if t)
    return [d for d in found if d is not None]
