"""What others have built on since an act made it, so that undoing the act leaves it standing.

A project that somebody wrote to, a problem with a later step, a register with later records: taking it away would take
away what was written to it, without a word. It stays whole, and the undoing tells of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, and_, func, or_, select

from hydesk.dataclass import dataclass
from hydesk.db.journal import projects_written_after
from hydesk.db.marks import Part, entry_holds
from hydesk.db.models import LogEntry
from hydesk.db.places import PRESENT, Entity
from hydesk.db.queries import AnySelect
from hydesk.db.shelves import chunks

_PARTS_OF = {Entity.PROBLEM: (Entity.STEP, "problem_id"), Entity.REGISTER: (Entity.RECORD, "register_id"),
             Entity.REPORT: (Entity.REPORT, "corrects_id")}
"""Rows that belong to a row of another kind, and the field that names it by its key."""


@dataclass(frozen=True, slots=True)
class BuiltOn:
    """A row that an act made and a later act wrote to: the row, that act, and all parts of the act that stay for it."""

    row: Part
    act_id: int
    parts: frozenset[Part]


def built_on(connection: Connection, act_id: int) -> list[BuiltOn]:
    """The rows the act made and later acts, not undone, built on."""
    made: dict[Entity, set[tuple[int, str]]] = defaultdict(set)
    for entity, project_id, scope in connection.execute(select(
            LogEntry.entity, LogEntry.project_id, LogEntry.scope).where(
            LogEntry.act_id == act_id, LogEntry.field == PRESENT, LogEntry.new.is_not(None))):
        made[Entity(entity)].add((project_id, scope))
    written = projects_written_after(connection, act_id, {p for p, _ in made.pop(Entity.PROJECT, ())})
    found = [BuiltOn((p, Entity.PROJECT.value, ""), by, frozenset({(p, "", "")})) for p, by in sorted(written.items())]
    held_by = _columns_of_kept(connection, act_id, written) if Entity.COLUMN in made else {}
    for entity, rows in made.items():
        rows = {row for row in rows if row[0] not in written}
        later = _written_after(connection, act_id, entity, rows)
        if entity is Entity.COLUMN:
            later |= {row: held_by[row[1]] for row in rows if row[1] in held_by and row not in later}
        for row, by in sorted(later.items()):
            found.append(BuiltOn((row[0], entity.value, row[1]), by, _of_row(connection, act_id, entity, row)))
    return found


def _written_after(
    connection: Connection, act_id: int, entity: Entity, rows: set[tuple[int, str]]
) -> dict[tuple[int, str], int]:
    """Those of ``rows`` that a later act wrote to and that are there still: row → the newest such act."""
    found: dict[tuple[int, str], int] = {}
    gone: set[tuple[int, str]] = set()
    for ids in chunks({p for p, _ in rows}):
        query = select(LogEntry.project_id, LogEntry.scope, LogEntry.field, LogEntry.new, LogEntry.act_id).where(
            LogEntry.project_id.in_(ids), LogEntry.entity == entity.value, LogEntry.act_id > act_id, entry_holds())
        for project_id, scope, field, new, by in connection.execute(query.order_by(LogEntry.id)):
            row = (project_id, scope)
            if row in rows:
                found[row] = by
                if field == PRESENT:
                    (gone.add if new is None else gone.discard)(row)
    for row, by in _parts_after(connection, act_id, entity, rows).items():
        found[row] = max(by, found.get(row, 0))
    return {row: by for row, by in found.items() if row not in gone}


def _parts_after(
    connection: Connection, act_id: int, entity: Entity, rows: Iterable[tuple[int, str]]
) -> dict[tuple[int, str], int]:
    by_key = {scope: (project_id, scope) for project_id, scope in rows}
    later = (LogEntry.act_id > act_id, entry_holds())
    found: dict[tuple[int, str], int] = {}
    if entity in _PARTS_OF:
        part, field = _PARTS_OF[entity]
        query: AnySelect = select(LogEntry.new, func.max(LogEntry.act_id)).where(
            LogEntry.entity == part.value, LogEntry.field == field, *later).group_by(LogEntry.new)
    elif entity is Entity.RECORD:
        query = select(LogEntry.scope, func.max(LogEntry.act_id)).where(
            LogEntry.entity == Entity.RECORD_VALUE.value, *later).group_by(LogEntry.scope)
    elif entity is Entity.COLUMN:
        query = select(LogEntry.scope, func.max(LogEntry.act_id)).where(
            or_(and_(LogEntry.entity == Entity.COLUMN_VALUE.value, LogEntry.scope.in_([scope for _, scope in rows])),
                LogEntry.entity == Entity.COLUMN_FIGURE.value), *later, LogEntry.new.is_not(None)).group_by(LogEntry.scope)
    else:
        return {}
    for key, by in connection.execute(query):
        row = by_key.get(str(key).partition("/")[0])
        if row is not None:
            found[row] = max(by, found.get(row, 0))
    return found


def _columns_of_kept(connection: Connection, act_id: int, projects: dict[int, int]) -> dict[str, int]:
    """Own columns in which the act gave a value to one of the ``projects`` that stay: column → the act that wrote to it last.

    Such a project keeps its value, so the column it stands in stays as well.
    """
    found: dict[str, int] = {}
    for ids in chunks(projects):
        query = select(LogEntry.scope, LogEntry.project_id).where(
            LogEntry.act_id == act_id, LogEntry.entity.in_((Entity.COLUMN_VALUE.value, Entity.COLUMN_FIGURE.value)),
            LogEntry.project_id.in_(ids))
        for scope, project_id in connection.execute(query):
            column = scope.partition("/")[0]
            found[column] = max(projects[project_id], found.get(column, 0))
    return found


def _of_row(connection: Connection, act_id: int, entity: Entity, row: tuple[int, str]) -> frozenset[Part]:
    """The row itself, and what the act wrote that belongs to it: a record's values, a problem's first steps."""
    parts = {(row[0], entity.value, row[1])}
    own = select(LogEntry.project_id, LogEntry.entity, LogEntry.scope).where(LogEntry.act_id == act_id)
    if entity is Entity.RECORD:
        own = own.where(LogEntry.entity == Entity.RECORD_VALUE.value, LogEntry.scope.startswith(f"{row[1]}/", autoescape=True))
    elif entity is Entity.PROBLEM:
        own = own.where(LogEntry.entity == Entity.STEP.value, LogEntry.field == "problem_id", LogEntry.new == row[1])
    else:
        return frozenset(parts)
    return frozenset(parts | {(p, e, scope) for p, e, scope in connection.execute(own)})
