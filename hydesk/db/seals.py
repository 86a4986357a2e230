"""The change log's seals: each event of an act carries a digest of what was written and the hash of the one before.

An entry changed, taken out or put in behind the program's back no longer fits its seal, and a seal changed no longer
fits the next. Whoever rewrites every later seal as well can only be told by a backup that holds the earlier ones.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from hydesk.db import clock
from hydesk.db.models import Act, Import, LogEntry, LogSeal

DONE, ADDED, UNDONE, REDONE = "done", "added", "undone", "redone"
WROTE = (DONE, ADDED)
START = "0" * 64
"""What stands for the hash before the first."""
_PENDING = "hydesk_seals_pending"
_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Broken:
    """A seal that does not fit: its number, the act, and what is wrong (altered, missing, unsealed, state)."""

    seal: int | None
    act_id: int | None
    fault: str


def note(
    connection: Connection, act_id: int, event: str, actor: str, *, at: datetime | None = None,
    spared: Iterable[int] = (),
) -> None:
    """Note an event of this transaction; it is sealed when the transaction ends."""
    connection.info[_PENDING] = True
    left = sorted(set(spared))
    connection.execute(insert(LogSeal).values(
        act_id=act_id, event=event, actor=actor, at=at or clock.now(connection),
        spared=json.dumps(left) if left else None, first_entry=0, last_entry=0))


def note_written(connection: Connection, act_id: int, actor: str | None = None) -> None:
    """Note that entries were written under ``act_id``, where its beginning is not of this transaction."""
    open_already = connection.execute(select(LogSeal.id).where(
        LogSeal.act_id == act_id, LogSeal.hash.is_(None), LogSeal.event.in_(WROTE))).first()
    if open_already is None:
        by = actor or connection.execute(select(Act.actor).where(Act.id == act_id)).scalar() or ""
        note(connection, act_id, ADDED, by)


def begin(connection: Connection) -> None:
    """A transaction begins: nothing is noted yet."""
    connection.info[_PENDING] = False


def seal_noted(connection: Connection) -> int:
    """Seal what this transaction noted, and say how many seals that made; nothing is read where nothing was."""
    return seal(connection) if connection.info.pop(_PENDING, False) else 0


def seal(connection: Connection) -> int:
    """Seal every event that has no hash yet, in order; how many."""
    previous = connection.execute(
        select(LogSeal.hash).where(LogSeal.hash.is_not(None)).order_by(LogSeal.id.desc()).limit(1)).scalar() or START
    noted = connection.execute(select(LogSeal).where(LogSeal.hash.is_(None)).order_by(LogSeal.id)).mappings().all()
    for row in noted:
        found = dict(row)
        if found["event"] in WROTE:
            after = connection.execute(select(func.max(LogSeal.last_entry)).where(
                LogSeal.act_id == found["act_id"], LogSeal.hash.is_not(None))).scalar() or 0
            first, last = connection.execute(select(func.min(LogEntry.id), func.max(LogEntry.id)).where(
                LogEntry.act_id == found["act_id"], LogEntry.id > after)).one()
            found |= {"first_entry": first or 0, "last_entry": last or 0}
        found["digest"] = _digest(connection, found)
        found["previous"], previous = previous, _hash(previous, found)
        connection.execute(update(LogSeal).where(LogSeal.id == found["id"]).values(
            first_entry=found["first_entry"], last_entry=found["last_entry"], digest=found["digest"],
            previous=found["previous"], hash=previous))
    return len(noted)


def seal_all(connection: Connection) -> None:
    """Seal the log of a ledger that had no seals: every act as done and, where it is, as undone, by time."""
    spared = _spared(connection)
    events = []
    for act in connection.execute(select(Act.id, Act.actor, Act.at, Act.undone_at, Act.undone_by).order_by(Act.id)):
        events.append((act.at, act.id, 0, DONE, act.actor))
        if act.undone_at is not None:
            events.append((max(act.at, act.undone_at), act.id, 1, UNDONE, act.undone_by or act.actor))
    for at, act_id, _, event, actor in sorted(events):
        note(connection, act_id, event, actor, at=at, spared=spared.get(act_id, ()) if event == UNDONE else ())
    seal_noted(connection)


def _spared(connection: Connection) -> dict[int, set[int]]:
    """Per undone act the projects that its undoing left alone."""
    found: dict[int, set[int]] = defaultdict(set)
    query = select(LogEntry.act_id, LogEntry.project_id).join(Act, Act.id == LogEntry.act_id).where(
        Act.undone_at.is_not(None), ~LogEntry.undone).distinct()
    for act_id, project_id in connection.execute(query):
        found[act_id].add(project_id)
    return found


def _digest(connection: Connection, found: dict[str, Any]) -> str:
    """Of what an event wrote: the act's head, its entries and the originals they came from; nothing for the others."""
    made = hashlib.sha256()
    act = connection.execute(select(Act.id, Act.kind, Act.title, Act.actor, Act.at).where(
        Act.id == found["act_id"])).one()
    made.update(_json([act.id, act.kind, act.title, act.actor, act.at.isoformat()]))
    if found["event"] in WROTE and found["last_entry"]:
        query = select(
            LogEntry.id, LogEntry.import_id, LogEntry.entity, LogEntry.project_id, LogEntry.scope, LogEntry.field,
            LogEntry.old, LogEntry.new, LogEntry.sheet, LogEntry.cell, LogEntry.words, LogEntry.reason,
            Import.sha256).join(Import, Import.id == LogEntry.import_id, isouter=True).where(
                LogEntry.act_id == found["act_id"], LogEntry.id >= found["first_entry"],
                LogEntry.id <= found["last_entry"]).order_by(LogEntry.id).execution_options(yield_per=_BATCH)
        for row in connection.execute(query):
            made.update(_json(list(row)))
    return made.hexdigest()


def _hash(previous: str, found: dict[str, Any]) -> str:
    told = [found[k] for k in ("id", "act_id", "event", "actor", "spared", "first_entry", "last_entry", "digest")]
    return hashlib.sha256(_json([previous, found["at"].isoformat(), *told])).hexdigest()


def _json(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def last_seal(connection: Connection) -> tuple[int, str]:
    """Number and hash of the newest seal; 0 and ``START`` where there is none."""
    row = connection.execute(select(LogSeal.id, LogSeal.hash).order_by(LogSeal.id.desc()).limit(1)).first()
    return (row.id, row.hash or "") if row else (0, START)


def hash_of(connection: Connection, number: int) -> str | None:
    """The hash of the seal of that number; None where there is none."""
    return connection.execute(select(LogSeal.hash).where(LogSeal.id == number)).scalar()


def broken(connection: Connection) -> Iterator[Broken]:
    """Where the log does not fit its seals."""
    previous, number = START, 0
    state: dict[int, set[int] | None] = {}
    seals = connection.execute(select(LogSeal).order_by(LogSeal.id)).mappings().all()
    for row in seals:
        found = dict(row)
        number += 1
        if found["id"] != number or found["previous"] != previous:
            yield Broken(found["id"], found["act_id"], "missing")
            number = found["id"]
        elif found["hash"] != _hash(previous, found) or found["digest"] != _digest(connection, found):
            yield Broken(found["id"], found["act_id"], "altered")
        previous = found["hash"] or ""
        if found["event"] == UNDONE:
            state[found["act_id"]] = set(json.loads(found["spared"] or "[]"))
        elif found["event"] != ADDED:
            state[found["act_id"]] = None
    yield from _unsealed(connection)
    yield from _state(connection, state)


def _unsealed(connection: Connection) -> Iterator[Broken]:
    """Acts and entries that no event speaks of: they were not written by the program."""
    sealed = select(LogSeal.act_id)
    for act_id in connection.execute(select(Act.id).where(Act.id.not_in(sealed)).order_by(Act.id)).scalars():
        yield Broken(None, act_id, "unsealed")
    covered = select(LogSeal.id).where(
        LogSeal.act_id == LogEntry.act_id, LogSeal.first_entry <= LogEntry.id, LogSeal.last_entry >= LogEntry.id)
    query = select(LogEntry.act_id).where(~covered.exists(), LogEntry.act_id.in_(sealed)).distinct()
    for act_id in connection.execute(query).scalars():
        yield Broken(None, act_id, "unsealed")


def _state(connection: Connection, state: dict[int, set[int] | None]) -> Iterator[Broken]:
    """Entries and acts that count as undone, or not, other than the events say."""
    wrong: set[int] = set()
    for act_id, undone_at in connection.execute(select(Act.id, Act.undone_at)):
        if act_id in state and (undone_at is not None) != (state[act_id] is not None):
            wrong.add(act_id)
    counted = select(LogEntry.act_id, LogEntry.project_id, LogEntry.undone).distinct()
    for act_id, project_id, undone in connection.execute(counted):
        spared = state.get(act_id)
        if act_id in state and undone != (spared is not None and project_id not in spared):
            wrong.add(act_id)
    for act_id in sorted(wrong):
        yield Broken(None, act_id, "state")
