"""Writing through the change log, and undoing by it.

Nothing of a project is written but through here. The value that holds at a place is the ``new`` of the last entry
that is not undone, or the ``old`` of the first entry where all are; so any act can be undone at any later time,
and what was written after it stays. Acts, entries and marks of undoing (``db.marks``) are only ever appended, and
every doing, undoing and redoing is sealed (``db.seals``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, select

from hydesk.dataclass import dataclass
from hydesk.db import clock, decided, marks, seals, told
from hydesk.db.many_rows import insert_plain
from hydesk.db.models import Act, LogEntry
from hydesk.db.places import Entity, Place
from hydesk.db.queries import AnySelect
from hydesk.db.shelves import Shelves, chunks
from hydesk.db.signing import signed
from hydesk.domain.actors import Actor


@dataclass(frozen=True, slots=True)
class Write:
    """A value to be written, as text, and where it came from. ``confirm`` logs it also where it is held already."""

    place: Place
    new: str | None
    sheet: str | None = None
    cell: str | None = None
    words: str | None = None
    reason: str | None = None
    confirm: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A place that an undo left alone because ``act_id`` wrote it afterwards; ``value`` is what stays."""

    place: Place
    value: str | None
    undone_value: str | None
    act_id: int


def begin_act(connection: Connection, kind: str, title: str, actor: Actor | str) -> int:
    """Open an act of ``actor``; a bare name is somebody whose account is not known."""
    who = signed(connection, actor)
    made = connection.execute(insert(Act).values(
        kind=kind, title=title, actor=who.name, at=clock.now(connection), account=who.account or None,
        machine=who.machine or None)).inserted_primary_key
    assert made is not None
    seals.note(connection, int(made[0]), seals.DONE, who.name)
    told.begun(connection, int(made[0]), title)
    return int(made[0])


def record(
    connection: Connection, act_id: int, writes: Sequence[Write], import_id: int | None = None,
    shelves: Shelves | None = None,
) -> int:
    """Write what differs from what is held, log it under ``act_id``; how many values changed.

    Raises Stale where the writer decided on a value that holds no more (``db.decided``).
    """
    shelves = shelves or Shelves(connection)
    held = shelves.get(w.place for w in writes)
    decided.refuse_stale(connection, {w.place: w.new for w in writes}, held)
    changed: dict[Place, str | None] = {}
    entries = []
    for w in writes:
        old = changed.get(w.place, held[w.place])
        if old == w.new and not w.confirm:
            continue
        if old != w.new:
            changed[w.place] = w.new
        entries.append((act_id, import_id, w.place.entity.value, w.place.project_id, w.place.scope, w.place.field, old, w.new,
                        w.sheet, w.cell, w.words, w.reason))
    shelves.put(changed)
    if entries:
        seals.note_written(connection, act_id)
        insert_plain(connection, _LOG, _LOGGED, entries)
    return len(changed)


_LOG: Any = LogEntry.__table__
_LOGGED = ("act_id", "import_id", "entity", "project_id", "scope", "field", "old", "new", "sheet", "cell", "words", "reason")


def undo(
    connection: Connection, act_id: int, actor: Actor, *, spare: Iterable[marks.Part] = ()
) -> tuple[int, list[Kept]]:
    """Undo an act: how many values went back, and which stay because somebody wrote them afterwards.

    The parts in ``spare`` are left as the act made them. Raises ValueError where it is undone already.
    """
    if marks.is_undone(connection, act_id):
        raise ValueError(f"act {act_id} is undone already")
    news = dict(_entries_of(connection, act_id))
    spared = frozenset(spare) & {part for p in news for part in _parts(p)}
    undone = {p for p in news if spared.isdisjoint(_parts(p))}
    _mark(connection, act_id, marks.UNDONE, actor, spared)
    restored, last = settle(connection, undone)
    kept = [Kept(p, value, news[p], by) for p, (value, by) in last.items() if by is not None and by > act_id]
    return restored, kept


def redo(connection: Connection, act_id: int, actor: Actor) -> int:
    """Do an undone act again; how many values changed. Raises ValueError where it is not undone."""
    if not marks.is_undone(connection, act_id):
        raise ValueError(f"act {act_id} is not undone")
    _mark(connection, act_id, marks.REDONE, actor)
    changed, _ = settle(connection, {p for p, _ in _entries_of(connection, act_id)})
    return changed


def _mark(connection: Connection, act_id: int, kind: str, actor: Actor, spared: Iterable[marks.Part] = ()) -> None:
    actor, at = signed(connection, actor), clock.now(connection)
    made = marks.mark(connection, act_id, kind, actor, at=at, spared=spared)
    told.marked(connection, made)
    seals.note(connection, act_id, kind, actor.name, at=at, spared=spared, mark_id=made)


def projects_written_after(connection: Connection, act_id: int, projects: Iterable[int]) -> dict[int, int]:
    """Those of ``projects`` that a later act, not undone, wrote to: project → that act."""
    found: dict[int, int] = {}
    for ids in chunks(projects):
        query = select(LogEntry.project_id, func.max(LogEntry.act_id)).where(
            LogEntry.project_id.in_(ids), LogEntry.act_id > act_id, marks.entry_holds()).group_by(LogEntry.project_id)
        found.update((project, by) for project, by in connection.execute(query))
    return found


def _entries_of(connection: Connection, act_id: int) -> list[tuple[Place, str | None]]:
    query = select(LogEntry.entity, LogEntry.project_id, LogEntry.scope, LogEntry.field, LogEntry.new).where(
        LogEntry.act_id == act_id).order_by(LogEntry.id)
    return [(Place(Entity(r.entity), r.project_id, r.scope, r.field), r.new) for r in connection.execute(query)]


def _parts(p: Place) -> tuple[marks.Part, marks.Part]:
    return (p.project_id, "", ""), (p.project_id, p.entity.value, p.scope)


def settle(
    connection: Connection, places: set[Place], holds: marks.Holds | None = None
) -> tuple[int, dict[Place, tuple[str | None, int | None]]]:
    """Make ``places`` hold what the log says; how many changed, and value and last act of each.

    ``holds`` says which entries hold; None: those that do as the ledger stands.
    """
    said = said_at(connection, places, holds or marks.holding_now(connection))
    shelves = Shelves(connection)
    now = shelves.get(said)
    changed = {p: value for p, (value, _) in said.items() if now[p] != value}
    shelves.put(changed)
    return len(changed), said


def said_at(
    connection: Connection, places: set[Place], holds: marks.Holds
) -> dict[Place, tuple[str | None, int | None]]:
    """What the log says holds at ``places``, and the act that wrote it (None: from before the log). Places that it does
    not speak of are left out."""
    projects: dict[str, set[int]] = defaultdict(set)
    scopes: dict[str, set[str]] = defaultdict(set)
    for p in places:
        projects[p.entity.value].add(p.project_id)
        scopes[p.entity.value].add(p.scope)
    said: dict[Place, tuple[str | None, int | None]] = {}
    for entity, keys in projects.items():
        for ids in chunks(keys):
            for some in chunks(scopes[entity]):
                query = _steps().where(
                    LogEntry.project_id.in_(ids), LogEntry.entity == entity, LogEntry.scope.in_(some))
                said |= {p: held for p, held in _last(connection, query, holds).items() if p in places}
    return said


def _steps() -> AnySelect:
    return select(LogEntry.id, LogEntry.entity, LogEntry.project_id, LogEntry.scope, LogEntry.field, LogEntry.old,
                  LogEntry.new, LogEntry.act_id).order_by(LogEntry.id)


def _last(connection: Connection, query: AnySelect, holds: marks.Holds) -> dict[Place, tuple[str | None, int | None]]:
    said: dict[Place, tuple[str | None, int | None]] = {}
    entities = {e.value: e for e in Entity}
    for rows in connection.execute(query.execution_options(yield_per=AT_ONCE)).partitions():
        for key, entity, project_id, scope, field, old, new, act_id in rows:
            place = Place(entities.get(entity) or Entity(entity), project_id, scope, field)
            if holds(key, act_id, project_id, entity, scope):
                said[place] = (new, act_id)
            elif place not in said:
                said[place] = (old, None)
    return said


AT_ONCE = 5000
"""Rows of the log handed over at a time: one by one each costs more than it holds."""
