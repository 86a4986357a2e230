"""The change log's seals: each event of an act carries a digest of what was written and the hash of the one before.

An entry changed, taken out or put in behind the program's back no longer fits its seal, and a seal changed no longer
fits the next. Whoever rewrites every later seal as well can only be told by a backup that holds the earlier ones.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select

from hydesk.dataclass import dataclass
from hydesk.db import clock
from hydesk.db.marks import Part, UndoMark, all_marks
from hydesk.db.models import Act, ActMark, Import, LogEntry, LogSeal
from hydesk.db.row_digests import feed, feed_at_once, lines_at_once, quick_cursor

DONE, ADDED = "done", "added"
WROTE = (DONE, ADDED)
START = "0" * 64
"""What stands for the hash before the first."""
_PENDING = "hydesk_seals_pending"
_BATCH = 2000
_JSON = """json_array(e.id, e.import_id, e.entity, e.project_id, e.scope, e.field, e.old, e.new, e.sheet, e.cell, e.words, e.reason,
    i.sha256)"""
_OF_ACT = "change_log e LEFT JOIN imports i ON i.id = e.import_id WHERE e.act_id = ? AND e.id >= ? AND e.id <= ?"
_QUICK = f"SELECT CAST({_JSON} AS BLOB) FROM {_OF_ACT} ORDER BY e.id"
"""The entries of ``_ENTRIES`` as SQLite writes them."""
_AT_ONCE = lines_at_once(_JSON, _OF_ACT)
_LARGE_ACT = 50_000
"""Entries of an act that are proven in parts rather than held at once."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A seal that does not fit: its number, the act, and what is wrong (altered, missing, unsealed, state)."""

    seal: int | None
    act_id: int | None
    fault: str


def note(
    connection: Connection, act_id: int, event: str, actor: str, *, at: datetime | None = None,
    spared: Iterable[Part] = (), mark_id: int | None = None,
) -> None:
    """Note an event of this transaction; it is sealed when the transaction ends."""
    _noted(connection).append({
        "act_id": act_id, "event": event, "actor": actor, "at": at or clock.now(connection), "spared": write_spared(spared),
        "first_entry": 0, "last_entry": 0, "mark_id": mark_id})


def note_written(connection: Connection, act_id: int, actor: str | None = None) -> None:
    """Note that entries were written under ``act_id``, where its beginning is not of this transaction."""
    if not any(e["act_id"] == act_id and e["event"] in WROTE for e in _noted(connection)):
        by = actor or connection.execute(select(Act.actor).where(Act.id == act_id)).scalar() or ""
        note(connection, act_id, ADDED, by)


def write_spared(parts: Iterable[Part]) -> str | None:
    """What an undoing spared, as a seal keeps it: a project by its number, a row by project, entity and scope."""
    told = [p[0] if not p[1] else list(p) for p in sorted(set(parts))]
    return json.dumps(told, ensure_ascii=False) if told else None


def read_spared(text: str | None) -> frozenset[Part]:
    """What ``write_spared`` wrote; nothing where somebody wrote what it never does."""
    try:
        told = json.loads(text or "[]")
        return frozenset((p, "", "") if isinstance(p, int) else (int(p[0]), str(p[1]), str(p[2])) for p in told)
    except (ValueError, TypeError, LookupError):
        return frozenset()


def _noted(connection: Connection) -> list[dict[str, Any]]:
    noted: list[dict[str, Any]] = connection.info.setdefault(_PENDING, [])
    return noted


def begin(connection: Connection) -> None:
    """A transaction begins: nothing is noted yet."""
    connection.info[_PENDING] = []


def seal_noted(connection: Connection) -> int:
    """Seal what this transaction noted, in order, and say how many seals that made; nothing is read where nothing was."""
    noted: list[dict[str, Any]] = connection.info.pop(_PENDING, [])
    if not noted:
        return 0
    number, previous = last_seal(connection)
    for number, found in enumerate(noted, number + 1):  # noqa: B020
        if found["event"] in WROTE:
            after = connection.execute(select(func.max(LogSeal.last_entry)).where(
                LogSeal.act_id == found["act_id"], LogSeal.event.in_(WROTE))).scalar() or 0
            first, last = connection.execute(select(func.min(LogEntry.id), func.max(LogEntry.id)).where(
                LogEntry.act_id == found["act_id"], LogEntry.id > after)).one()
            found |= {"first_entry": first or 0, "last_entry": last or 0}
        found |= {"id": number, "digest": _made_digest(connection, found), "previous": previous}
        found["hash"] = previous = _hash(previous, found)
        connection.execute(insert(LogSeal).values(found))
    return len(noted)


def seal_all(connection: Connection) -> None:
    """Seal the log of a ledger whose seals are gone: every act as done and its marks as they are, by time."""
    marks: dict[int, list[UndoMark]] = defaultdict(list)
    for m in all_marks(connection):
        marks[m.act_id].append(m)
    events: list[tuple[datetime, int, int, UndoMark | None, str, datetime]] = []
    for act in connection.execute(select(Act.id, Act.actor, Act.at).order_by(Act.id)):
        moment = act.at
        events.append((moment, act.id, 0, None, act.actor, act.at))
        for m in marks[act.id]:
            moment = max(moment, m.at)  # whatever the clock said, an act's events keep their order
            events.append((moment, act.id, m.id, m, m.actor.name, m.at))
    for _, act_id, _, said, actor, at in sorted(events, key=lambda e: e[:3]):
        if said is None:
            note(connection, act_id, DONE, actor, at=at)
        else:
            note(connection, act_id, said.kind, actor, at=at, spared=said.spared, mark_id=said.id)
    seal_noted(connection)


_HEADS = select(Act.id, Act.kind, Act.title, Act.actor, Act.at, Act.account, Act.machine)
_HEAD = _HEADS.where(Act.id == bindparam("act"))
_MARK = select(ActMark).where(ActMark.id == bindparam("mark"))
_ENTRIES = select(
    LogEntry.id, LogEntry.import_id, LogEntry.entity, LogEntry.project_id, LogEntry.scope, LogEntry.field,
    LogEntry.old, LogEntry.new, LogEntry.sheet, LogEntry.cell, LogEntry.words, LogEntry.reason,
    Import.sha256).join(Import, Import.id == LogEntry.import_id, isouter=True).where(
        LogEntry.act_id == bindparam("act"), LogEntry.id >= bindparam("first"),
        LogEntry.id <= bindparam("last")).order_by(LogEntry.id).execution_options(yield_per=_BATCH)
"""Built once: a ledger of ten years is asked them thousands of times in one check."""


def _digest(connection: Connection, found: dict[str, Any]) -> str:
    """Of what an event wrote: the act's head, its entries and the originals they came from, or the mark of undoing."""
    made = hashlib.sha256()
    made.update(_head(connection.execute(_HEAD, {"act": found["act_id"]}).one()))
    _feed_mark(made, connection, found)
    if _wrote_entries(found):
        told = {"act": found["act_id"], "first": found["first_entry"], "last": found["last_entry"]}
        for rows in connection.execute(_ENTRIES, told).partitions():
            for row in rows:
                made.update(_json(list(row)))
    return made.hexdigest()


def _made_digest(connection: Connection, found: dict[str, Any]) -> str:
    """``_digest``, of many entries made by SQLite where they are of letters that can be written in one way only."""
    cursor = quick_cursor(connection) if found["last_entry"] - found["first_entry"] >= _MANY else None
    if cursor is not None and _wrote_entries(found):
        made = hashlib.sha256(_head(connection.execute(_HEAD, {"act": found["act_id"]}).one()))
        _feed_mark(made, connection, found)
        with suppress(sqlite3.Error):
            if feed(made, cursor, _QUICK, (found["act_id"], found["first_entry"], found["last_entry"]), plain=True):
                return made.hexdigest()
    return _digest(connection, found)


_MANY = 500


def _head(act: Any) -> bytes:
    return _json([act.id, act.kind, act.title, act.actor, act.at.isoformat(), *_known(act)])


def _feed_mark(made: Any, connection: Connection, found: dict[str, Any]) -> None:
    if found["mark_id"] is not None:
        m = connection.execute(_MARK, {"mark": found["mark_id"]}).first()
        made.update(_json([m.id, m.act_id, m.kind, m.actor, m.at.isoformat(), m.newest_act, *_known(m)] if m else []))


def _wrote_entries(found: dict[str, Any]) -> bool:
    return found["event"] in WROTE and bool(found["last_entry"])


class _Proof:
    """Holds the events' digests against what is there, a whole log at one go."""

    def __init__(self, connection: Connection, after: int = 0) -> None:
        self._connection = connection
        self._cursor = quick_cursor(connection)
        heads = _HEADS.where(Act.id.in_(select(LogSeal.act_id).where(LogSeal.id > after))) if after else _HEADS
        self._heads = {act.id: _head(act) for act in connection.execute(heads)} if self._cursor is not None else {}

    def fits(self, found: dict[str, Any]) -> bool:
        """Whether what the event wrote is as it was sealed."""
        digest: str = found["digest"]
        return digest == self._quick(found) or digest == _digest(self._connection, found)

    def _quick(self, found: dict[str, Any]) -> str | None:
        head = self._heads.get(found["act_id"])
        if self._cursor is None or head is None:
            return None
        made = hashlib.sha256(head)
        _feed_mark(made, self._connection, found)
        try:
            if _wrote_entries(found):
                told = (found["act_id"], found["first_entry"], found["last_entry"])
                if told[2] - told[1] < _LARGE_ACT:
                    feed_at_once(made, self._cursor, _AT_ONCE, told)
                else:
                    feed(made, self._cursor, _QUICK, told)
        except sqlite3.Error:
            return None
        return made.hexdigest()


def _known(row: Any) -> list[str | None]:
    """Account and machine where either is known; acts of versions without them were sealed without them."""
    return [row.account, row.machine] if row.account is not None or row.machine is not None else []


def _hash(previous: str, found: dict[str, Any]) -> str:
    told = [found[k] for k in ("id", "act_id", "event", "actor", "spared", "first_entry", "last_entry", "digest")]
    told += [found["mark_id"]] if found["mark_id"] is not None else []
    return hashlib.sha256(_json([previous, found["at"].isoformat(), *told])).hexdigest()


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Made once: ``json.dumps`` would make one for every entry of the log."""


def _json(values: list[Any]) -> bytes:
    return _ENCODE(values).encode("utf-8", "surrogatepass") + b"\n"


def last_seal(connection: Connection) -> tuple[int, str]:
    """Number and hash of the newest seal; 0 and ``START`` where there is none."""
    row = connection.execute(select(LogSeal.id, LogSeal.hash).order_by(LogSeal.id.desc()).limit(1)).first()
    return (row.id, row.hash or "") if row else (0, START)


def hash_of(connection: Connection, number: int) -> str | None:
    """The hash of the seal of that number; None where there is none."""
    return connection.execute(select(LogSeal.hash).where(LogSeal.id == number)).scalar()


def broken(connection: Connection, after: int = 0) -> Iterator[Broken]:
    """Where the log does not fit its seals; of those up to ``after``, which were proven before, only that none was added."""
    previous, number = hash_of(connection, after) or START, after
    seals = connection.execute(select(LogSeal).where(LogSeal.id > after).order_by(LogSeal.id)).mappings().all()
    proof = _Proof(connection, after)
    for row in seals:
        found = dict(row)
        number += 1
        if found["id"] != number or found["previous"] != previous:
            yield Broken(found["id"], found["act_id"], "missing")
            number = found["id"]
        elif found["hash"] != _hash(previous, found) or not proof.fits(found):
            yield Broken(found["id"], found["act_id"], "altered")
        previous = found["hash"] or ""
    yield from _unsealed(connection, after)
    yield from _state(connection)


def _unsealed(connection: Connection, after: int) -> Iterator[Broken]:
    """Acts, and entries newer than those of the seals up to ``after``, that no event speaks of: they were not written by
    the program."""
    sealed = select(LogSeal.act_id)
    for act_id in connection.execute(select(Act.id).where(Act.id.not_in(sealed)).order_by(Act.id)).scalars().all():
        yield Broken(None, act_id, "unsealed")
    covered = select(LogSeal.id).where(
        LogSeal.act_id == LogEntry.act_id, LogSeal.event.in_(WROTE), LogSeal.first_entry <= LogEntry.id,
        LogSeal.last_entry >= LogEntry.id)
    query = select(LogEntry.act_id).where(~covered.exists(), LogEntry.act_id.in_(sealed)).distinct()
    if after:
        query = query.where(LogEntry.id > newest_entry(connection, after))
    for act_id in connection.execute(query).scalars().all():  # whoever looks for one only leaves no cursor open
        yield Broken(None, act_id, "unsealed")


def newest_entry(connection: Connection, seal: int) -> int:
    """The newest entry of the log that a seal up to ``seal`` speaks of."""
    return connection.execute(select(func.max(LogSeal.last_entry)).where(LogSeal.id <= seal)).scalar() or 0


def _state(connection: Connection) -> Iterator[Broken]:
    """Acts whose marks of undoing are not what the events say."""
    known = set(connection.execute(select(LogSeal.act_id).distinct()).scalars())
    told: dict[int, list[Any]] = defaultdict(list)
    for event in connection.execute(select(LogSeal).where(LogSeal.event.not_in(WROTE)).order_by(LogSeal.id)).mappings():
        told[event["act_id"]].append(event)
    held: dict[int, list[UndoMark]] = defaultdict(list)
    for m in all_marks(connection):
        held[m.act_id].append(m)
    for act_id in sorted(known & (held.keys() | told.keys())):
        events, marks = told.get(act_id, []), held.get(act_id, [])
        if len(events) != len(marks) or not all(map(_says, events, marks)):
            yield Broken(None, act_id, "state")


def _says(event: Any, mark: UndoMark) -> bool:
    """Whether an event speaks of just this mark. Events of versions without marks knew neither account nor machine."""
    known = event["mark_id"] == mark.id if event["mark_id"] is not None else not (mark.actor.account or mark.actor.machine)
    return bool(known) and (event["event"], event["actor"], event["at"], read_spared(event["spared"])) == (
        mark.kind, mark.actor.name, mark.at, mark.spared)
