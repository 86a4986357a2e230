"""What of a project list waits for a person (待核): kept with its import, read again after a restart."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.marks import act_holds, is_undone
from hydesk.db.models import Act, Import
from hydesk.domain.fields import Field
from hydesk.domain.list_review import Wait, WaitKind
from hydesk.domain.return_states import IN_FORCE


@dataclass(frozen=True, slots=True)
class OpenWait:
    """One thing that waits: of which import, which of its things, and since when."""

    import_id: int
    number: int
    file: str
    at: datetime
    wait: Wait


def pack_waits(waits: Sequence[Wait]) -> str:
    """As text beside the import."""
    return json.dumps({"waiting": [{
        "kind": w.kind.value, "name": w.name, "unit": w.unit, "sheet": w.sheet, "row": w.row, "project": w.project_id,
        "field": w.field.value if w.field else None, "listed": w.listed, "held": w.held, "last": w.last, "why": w.why,
    } for w in waits]}, ensure_ascii=False)


def _read(kept: dict[str, Any]) -> Wait:
    return Wait(WaitKind(kept["kind"]), kept["name"], kept["unit"], kept["sheet"], kept["row"], kept["project"],
                Field(kept["field"]) if kept["field"] else None, kept["listed"], kept["held"], kept["last"], kept["why"])


def newest_list(connection: Connection, year: int) -> Any:
    """The year's newest project list in force, a row of imports; None where there is none."""
    return connection.execute(select(Import.id, Import.file, Import.at, Import.decisions).where(
        Import.kind == "projects", Import.year == year, Import.status.in_(IN_FORCE), act_holds(Import.act_id),
    ).order_by(Import.id.desc()).limit(1)).first()


def waits_of_newest(connection: Connection, year: int) -> list[Wait]:
    """All that the year's newest list had waiting, settled or not."""
    found = newest_list(connection, year)
    return [_read(k) for k in _kept(found.decisions)] if found is not None else []


def _kept(decisions: str | None) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = json.loads(decisions or "{}").get("waiting", [])
    return kept


def list_waits(ledger: Ledger, year: int) -> list[OpenWait]:
    """What waits of the year's newest list: neither settled, nor settled by an act that was undone."""
    with ledger.read() as connection:
        found = newest_list(connection, year)
        if found is None:
            return []
        return [OpenWait(found.id, n, found.file, found.at.astimezone(), _read(kept))
                for n, kept in enumerate(_kept(found.decisions)) if not _settled(connection, kept)]


def _settled(connection: Connection, kept: dict[str, Any]) -> bool:
    act = kept.get("settled")
    if act is None:
        return False
    known = connection.execute(select(Act.id).where(Act.id == act)).scalar() is not None
    return known and not is_undone(connection, act)


def mark_settled(connection: Connection, import_id: int, numbers: Sequence[int], act_id: int) -> None:
    """Note that these things were settled by the act; undoing the act opens them again."""
    decisions = connection.execute(select(Import.decisions).where(Import.id == import_id)).scalar()
    kept = json.loads(decisions or "{}")
    for n in numbers:
        kept["waiting"][n]["settled"] = act_id
    connection.execute(update(Import).where(Import.id == import_id).values(decisions=json.dumps(kept, ensure_ascii=False)))
