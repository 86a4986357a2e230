"""The history of one record of a register: who changed which field when, from what to what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.marks import entry_is_undone
from hydesk.db.models import Act, LogEntry
from hydesk.db.places import PRESENT, Entity
from hydesk.domain.register_words import show_register_value
from hydesk.domain.registers import read_register_value
from hydesk.services.registers.look_at_register import RegisterSheet


@dataclass(frozen=True, slots=True)
class RecordStep:
    """One change, newest first. ``source`` says the sheet and cell it came from, where it came from a file."""

    at: datetime
    actor: str
    field: str
    old: str
    new: str
    undone: bool
    source: str

    @property
    def words(self) -> str:
        """责任单位：（空）→ 衡南县供电公司."""
        if not self.field:
            return "登记" if self.new else "删除"
        return f"{self.field}：{self.old or '（空）'} → {self.new or '（空）'}"


def record_history(ledger: Ledger, sheet: RegisterSheet, record_id: int) -> list[RecordStep]:
    """Every change of the record, the newest first; what was undone is there and says so."""
    own = LogEntry.entity == Entity.RECORD_VALUE.value
    query = select(LogEntry, Act.at, Act.actor).join(Act, Act.id == LogEntry.act_id).where(
        LogEntry.project_id == 0, or_(
            own & LogEntry.scope.like(f"{record_id}/%"),
            (LogEntry.entity == Entity.RECORD.value) & (LogEntry.scope == str(record_id)) & (LogEntry.field == PRESENT),
        )).order_by(LogEntry.id.desc())
    with ledger.read() as connection:
        rows = connection.execute(query.with_only_columns(
            LogEntry.entity, LogEntry.scope, LogEntry.old, LogEntry.new, entry_is_undone().label("undone"), LogEntry.sheet, LogEntry.cell,
            Act.at, Act.actor)).all()
    fields = {f.key: f for f in sheet.definition.fields}
    found = []
    for row in rows:
        key = row.scope.partition("/")[2]
        field = fields.get(key)
        if row.entity == Entity.RECORD.value:
            old, new, name = row.old or "", row.new or "", ""
        elif field is None:
            old, new, name = row.old or "", row.new or "", f"{key}（已删的字段）"
        else:
            old, new = (show_register_value(field.kind, read_register_value(field.kind, t), sheet.projects) if t else ""
                        for t in (row.old, row.new))
            name = field.label
        source = " ".join(p for p in (row.sheet, row.cell) if p)
        found.append(RecordStep(row.at, row.actor, name, old, new, bool(row.undone), source))
    return found
