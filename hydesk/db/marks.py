"""Whether an act is undone and whether an entry of the change log holds: asked here and nowhere else.

Undoing and redoing are rows of their own (``ActMark``); the newest mark of an act counts. An undoing may have spared
parts of what the act wrote, because somebody had built on them: their entries hold although the act is undone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select

from hydesk.dataclass import dataclass
from hydesk.db.models import Act, ActMark, LogEntry, SparedPart, aliased
from hydesk.db.queries import AnySelect
from hydesk.domain.actors import Actor

UNDONE, REDONE = "undone", "redone"

Part = tuple[int, str, str]
"""A project's id, the entity and scope of a row of it; both empty for all of the project."""
Holds = Callable[[int, int, int, str, str], bool]
"""Says of an entry's id, act, project, entity and scope whether the entry holds."""


@cache
def standing_marks() -> AnySelect:
    """The marks by which acts are undone: the newest of each act, where it is one of undoing."""
    newest = select(func.max(ActMark.id)).group_by(ActMark.act_id)
    return select(ActMark.id).where(ActMark.kind == UNDONE, ActMark.id.in_(newest))


@cache
def undone_acts() -> AnySelect:
    """The acts that are undone."""
    return standing_marks().with_only_columns(ActMark.act_id)


def act_is_undone(act_id: Any) -> ColumnElement[bool]:
    """SQL: whether the act that the column ``act_id`` names is undone; also where it names none."""
    undone: ColumnElement[bool] = and_(act_id.is_not(None), act_id.in_(undone_acts()))
    return undone


def act_holds(act_id: Any) -> ColumnElement[bool]:
    """SQL: whether the act that the column ``act_id`` names is not undone; true where it names none."""
    holds: ColumnElement[bool] = or_(act_id.is_(None), act_id.not_in(undone_acts()))
    return holds


@cache
def _is_spared(entry: Any) -> ColumnElement[bool]:
    mark, newest = aliased(ActMark), aliased(ActMark)
    last = select(func.max(newest.id)).where(newest.act_id == mark.act_id).scalar_subquery()
    return select(SparedPart.id).join(mark, mark.id == SparedPart.mark_id).where(
        mark.act_id == entry.act_id, mark.id == last, SparedPart.project_id == entry.project_id,
        or_(SparedPart.entity == "", and_(SparedPart.entity == entry.entity, SparedPart.scope == entry.scope))).exists()


@cache
def entry_is_undone(entry: Any = LogEntry) -> ColumnElement[bool]:
    """SQL: whether an entry of the change log (or of an alias of it) does not hold any more."""
    return and_(entry.act_id.in_(undone_acts()), ~_is_spared(entry))


@cache
def entry_holds(entry: Any = LogEntry) -> ColumnElement[bool]:
    """SQL: whether an entry of the change log (or of an alias of it) holds."""
    return or_(entry.act_id.not_in(undone_acts()), _is_spared(entry))


@dataclass(frozen=True, slots=True)
class UndoMark:
    """One mark, with what the undoing spared."""

    id: int
    act_id: int
    kind: str
    actor: Actor
    at: datetime
    newest_act: int
    spared: frozenset[Part]


def all_marks(connection: Connection) -> list[UndoMark]:
    """Every mark in order."""
    spared: dict[int, set[Part]] = defaultdict(set)
    for mark_id, project_id, entity, scope in connection.execute(
            select(SparedPart.mark_id, SparedPart.project_id, SparedPart.entity, SparedPart.scope)):
        spared[mark_id].add((project_id, entity, scope))
    return [UndoMark(r.id, r.act_id, r.kind, Actor(r.actor, r.account or "", r.machine or ""), r.at, r.newest_act,
                 frozenset(spared.get(r.id, ())))
            for r in connection.execute(select(ActMark).order_by(ActMark.id))]


def standing(connection: Connection) -> dict[int, UndoMark]:
    """The undone acts, each with the mark that says so."""
    newest = {m.act_id: m for m in all_marks(connection)}
    return {act_id: m for act_id, m in newest.items() if m.kind == UNDONE}


def is_undone(connection: Connection, act_id: int) -> bool:
    """Whether the act is undone."""
    return connection.execute(select(ActMark.kind).where(ActMark.act_id == act_id).order_by(
        ActMark.id.desc()).limit(1)).scalar() == UNDONE


def holding(undone: Mapping[int, frozenset[Part]]) -> Holds:
    """Whether entries hold where just these acts are undone, each but for the parts that were spared."""

    def holds(_entry: int, act_id: int, project_id: int, entity: str, scope: str) -> bool:
        spared = undone.get(act_id)
        return spared is None or (project_id, "", "") in spared or (project_id, entity, scope) in spared

    return holds


def holding_now(connection: Connection) -> Holds:
    """Whether entries hold as the ledger stands."""
    return holding({act_id: m.spared for act_id, m in standing(connection).items()})


def mark(connection: Connection, act_id: int, kind: str, actor: Actor, *, at: datetime, spared: Iterable[Part] = ()) -> int:
    """Write one more mark; its id."""
    newest = connection.execute(select(func.max(Act.id))).scalar() or 0
    made = connection.execute(insert(ActMark).values(
        act_id=act_id, kind=kind, actor=actor.name, account=actor.account or None, machine=actor.machine or None,
        at=at, newest_act=newest)).inserted_primary_key
    assert made is not None
    if parts := sorted(set(spared)):
        connection.execute(insert(SparedPart), [
            {"mark_id": made[0], "project_id": p, "entity": entity, "scope": scope} for p, entity, scope in parts])
    return int(made[0])
