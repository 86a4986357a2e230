"""Where the office's other lists speak of a project: its filing, promises, tours, decisions, boards, chains."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.models import Project, Record, RecordValue
from hydesk.domain.register_words import show_register_value, shown_days
from hydesk.domain.registers import (
    RegisterDefinition,
    RegisterKind,
    RegisterRecord,
    days_over,
    read_register_value,
)
from hydesk.services.registers.list_registers import read_definitions


@dataclass(frozen=True, slots=True)
class Mention:
    """A record that names the project. ``words`` are what else it says, without figures of the ledger."""

    register_id: int
    record_id: int
    register: str
    state: str
    due: str
    overdue: bool
    words: str


def project_mentions(ledger: Ledger, project_id: int, on: date) -> tuple[Mention, ...]:
    """Records of any register that name the project, by register in the office's order, the oldest first."""
    with ledger.read() as connection:
        code = connection.execute(select(Project.code).where(Project.id == project_id, Project.present)).scalar()
        if not code:
            return ()
        definitions = read_definitions(connection)
        naming = {(key, f.key) for key, d in definitions.items() for f in d.stored if f.kind is RegisterKind.PROJECT}
        found = [(r.register_id, r.id, r.field) for r in connection.execute(
            select(Record.register_id, Record.id, RecordValue.field).join(Record, Record.id == RecordValue.record_id)
            .where(Record.present, RecordValue.value == code).order_by(Record.id)).all()]
        held = list(dict.fromkeys((register, key) for register, key, field in found if (register, field) in naming))
        made = []
        for register_id, definition in definitions.items():
            kinds = {f.key: f.kind for f in definition.stored}
            for record_id in (key for own, key in held if own == register_id):
                values = {r.field: read_register_value(kinds[r.field], r.value) for r in connection.execute(
                    select(RecordValue.field, RecordValue.value).where(RecordValue.record_id == record_id)).all()
                    if r.value is not None and r.field in kinds}
                made.append(_mention(register_id, definition, RegisterRecord(record_id, values), on))
    return tuple(made)


def _mention(register_id: int, own: RegisterDefinition, record: RegisterRecord, on: date) -> Mention:
    over = days_over(own, record, on)
    said = [f"{f.label}：{text}" + ("万元" if f.kind is RegisterKind.MONEY else f.measure)
            for f in own.stored if f.kind is not RegisterKind.PROJECT and f.key != own.state
            and (text := show_register_value(f.kind, record.values.get(f.key), {}))]
    return Mention(register_id, record.id, own.name, str(record.values.get(own.state, "")) if own.state else "",
                   shown_days(over), (over or 0) > 0, "；".join(said))
