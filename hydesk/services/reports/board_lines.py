"""红榜 and 黄榜 as the office made them public, for the paper that says so."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, select

from hydesk.db.models import Record, RecordValue, Register
from hydesk.domain.periods import Period
from hydesk.domain.shipped_registers import RED_YELLOW
from hydesk.reports.sources import PublishedNaming

_FIELDS = ("month", "list", "project", "reason", "state")


def read_boards(connection: Connection, period: Period) -> tuple[PublishedNaming, ...]:
    """Those named for ``period`` in the order they were named, then those named for a period before it."""
    register = connection.execute(
        select(Register.id).where(Register.key == RED_YELLOW, Register.present).order_by(Register.id)).scalar()
    query = select(RecordValue.record_id, RecordValue.field, RecordValue.value).join(Record, Record.id == RecordValue.record_id).where(
        Record.register_id == register, Record.present, RecordValue.field.in_(_FIELDS)).order_by(RecordValue.record_id)
    held: dict[int | None, dict[str, str]] = defaultdict(dict)
    for record, name, value in connection.execute(query):
        held[record][name] = value or ""
    lines = [(_period(v.get("month", "")), v) for v in held.values()]
    made = [(when == period, PublishedNaming(v.get("project", ""), v.get("list", ""), v.get("reason", ""), v.get("state", ""), when == period))
            for when, v in lines if when is not None and (when == period or when.end < period.end)]
    return tuple(line for now in (True, False) for at, line in made if at is now)


def _period(text: str) -> Period | None:
    """2023-06, or a week; None for words that are no period."""
    try:
        return Period.parse(text.strip())
    except ValueError:
        return None
