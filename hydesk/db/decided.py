"""Writes carry what they were decided on: what another desk changed since is not written over.

Whoever reads notes how far the log had come (``position``); what he then writes runs within ``decided_on``. The journal
asks here before it writes: a place that somebody else wrote since, or whose value an undoing moved since, and that now
holds another value than he saw, makes the whole transaction fail with ``Stale``. What the same handle wrote is one's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import field

from sqlalchemy import Connection, func, or_, select

from hydesk.dataclass import dataclass
from hydesk.db import marks
from hydesk.db.models import Act, ActMark, LogEntry, Project
from hydesk.db.place_words import PlaceWords
from hydesk.db.places import PRESENT, Entity, Place
from hydesk.db.shelves import chunks
from hydesk.domain.own_columns import OwnColumn
from hydesk.domain.stale import LogPosition, Stale, StaleCell


@dataclass(slots=True)
class Own:
    """The acts and marks that one handle has written."""

    acts: set[int] = field(default_factory=set)
    marks: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Decided:
    seen: LogPosition
    own: Own


_DECIDED: ContextVar[_Decided | None] = ContextVar("hydesk_decided", default=None)


def position(connection: Connection) -> LogPosition:
    """How far the change log has come."""
    entry = connection.execute(select(func.max(LogEntry.id))).scalar() or 0
    mark = connection.execute(select(func.max(ActMark.id))).scalar() or 0
    return LogPosition(entry, mark)


@contextmanager
def decided_on(seen: LogPosition, own: Own) -> Iterator[None]:
    """What this thread writes within the block was decided on at ``seen``, by whoever wrote ``own``."""
    token = _DECIDED.set(_Decided(seen, own))
    try:
        yield
    finally:
        _DECIDED.reset(token)


def refuse_stale(connection: Connection, wanted: Mapping[Place, str | None], held: Mapping[Place, str | None]) -> None:
    """Raise Stale where writing ``wanted`` over ``held`` would overwrite what the writer has not seen."""
    decided = _DECIDED.get()
    if decided is None:
        return
    asked = {p for p, new in wanted.items() if held[p] != new}
    found = stale(connection, asked, decided.seen, decided.own)
    if found:
        raise Stale(tuple(found.values()))


def stale(connection: Connection, places: Iterable[Place], seen: LogPosition, own: Own) -> dict[Place, StaleCell]:
    """Those of ``places`` that hold another value than at ``seen``, by somebody who is not ``own``; how they changed.

    A row that is taken away counts with all that stands in it.
    """
    now = position(connection)
    if now == seen:
        return {}
    wanted = set(places)
    moved = _moved(connection, seen, own, {p.project_id for p in wanted})
    rows = {(p.project_id, p.entity, p.scope) for p in wanted if p.field == PRESENT}
    candidates = {p for p in moved if p in wanted or _row(p) in rows}
    if not candidates:
        return {}
    steps = _steps(connection, candidates)
    told = marks.all_marks(connection)
    then_holds = _holding([m for m in told if m.id <= seen.mark or m.id in own.marks])
    now_holds = _holding(told)
    foreign_marks = [m for m in told if m.id > seen.mark and m.id not in own.marks]
    found: dict[Place, StaleCell] = {}
    for place, entries in steps.items():
        then = now_value = entries[0].old
        for e in entries:
            key = (e.id, e.act_id, e.project_id, e.entity, e.scope)
            if (e.id <= seen.entry or e.act_id in own.acts) and then_holds(*key):
                then = e.new
            if now_holds(*key):
                now_value = e.new
        foreign = [e for e in entries if e.id > seen.entry and e.act_id not in own.acts]
        last = foreign[-1].act_id if foreign else None
        if then != now_value:
            acts = {e.act_id for e in entries}
            mark = next((m for m in reversed(foreign_marks) if m.act_id in acts), None)
            found[place] = _cell(connection, place, then, now_value, last, mark)
    return found


def _row(p: Place) -> tuple[int, Entity, str]:
    """The row a place stands in: a record's value stands in its record."""
    if p.entity is Entity.RECORD_VALUE:
        return p.project_id, Entity.RECORD, p.scope.split("/")[0]
    return p.project_id, p.entity, p.scope


def _moved(connection: Connection, seen: LogPosition, own: Own, projects: Iterable[int]) -> set[Place]:
    """The places of ``projects`` that somebody else wrote, undid or did again after ``seen``."""
    marked = {act for mark, act in connection.execute(
        select(ActMark.id, ActMark.act_id).where(ActMark.id > seen.mark)) if mark not in own.marks}
    found: set[Place] = set()
    for ids in chunks(projects):
        since = LogEntry.id > seen.entry
        query = select(LogEntry.act_id, LogEntry.id, LogEntry.entity, LogEntry.project_id, LogEntry.scope, LogEntry.field)
        query = query.where(LogEntry.project_id.in_(ids), or_(since, LogEntry.act_id.in_(marked)) if marked else since)
        found |= {Place(Entity(r.entity), r.project_id, r.scope, r.field) for r in connection.execute(query)
                  if r.act_id in marked or r.act_id not in own.acts}
    return found


def _steps(connection: Connection, places: set[Place]) -> dict[Place, list[LogEntry]]:
    by_project: dict[int, set[Place]] = defaultdict(set)
    for p in places:
        by_project[p.project_id].add(p)
    steps: dict[Place, list[LogEntry]] = defaultdict(list)
    for ids in chunks(by_project):
        for some in chunks({p.scope for i in ids for p in by_project[i]}):
            query = select(LogEntry.id, LogEntry.act_id, LogEntry.project_id, LogEntry.entity, LogEntry.scope,
                           LogEntry.field, LogEntry.old, LogEntry.new).where(
                LogEntry.project_id.in_(ids), LogEntry.scope.in_(some)).order_by(LogEntry.id)
            for r in connection.execute(query):
                place = Place(Entity(r.entity), r.project_id, r.scope, r.field)
                if place in places:
                    steps[place].append(r)  # type: ignore[arg-type]
    return steps


def _holding(told: Iterable[marks.UndoMark]) -> marks.Holds:
    """Whether an entry holds by these marks, the newest of an act counting."""
    newest = {m.act_id: m for m in told}
    return marks.holding({act: m.spared for act, m in newest.items() if m.kind == marks.UNDONE})


def _cell(connection: Connection, place: Place, then: str | None, now: str | None, act_id: int | None,
          mark: marks.UndoMark | None) -> StaleCell:
    """How ``place`` changed: by the last foreign act, or by the mark that undid an act or did it again."""
    act = connection.execute(select(Act.title, Act.actor, Act.at).where(
        Act.id == (act_id if act_id is not None else mark.act_id if mark else 0))).one()
    actor, at, title = act.actor, act.at, act.title
    if mark is not None and (act_id is None or mark.at >= act.at):
        actor, at = mark.actor.name, mark.at
        title = ("撤销" if mark.kind == marks.UNDONE else "重做") + connection.execute(
            select(Act.title).where(Act.id == mark.act_id)).scalar_one()
    name = connection.execute(select(Project.name).where(Project.id == place.project_id)).scalar() if place.project_id else ""
    said, at_place = PlaceWords(connection), (place.entity, place.scope, place.field)
    own = place.entity in (Entity.COLUMN_VALUE, Entity.COLUMN_FIGURE)
    key = OwnColumn("", id=int(place.scope.partition("/")[0])).key if own else place.field
    return StaleCell(place.project_id, key, name or "", said.label(*at_place), said.value(*at_place, then),
                     said.value(*at_place, now), actor,
                     at.astimezone(), title)
