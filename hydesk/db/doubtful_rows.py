"""Rows that may hold something else than the change log says, found by SQLite itself.

Every value of a ten years' ledger is held against its last entry within half a second: of each table one statement counts
the last entries that say something else, and those that say something at all, which must be as many as there are values.
Only where that does not come out the rows are named: too many rather than too few, for what is wrong with them is found
out in Python (``db.agreement``).
"""

from __future__ import annotations

from dataclasses import field
from functools import cache

from sqlalchemy import Connection, select

from hydesk.dataclass import dataclass
from hydesk.db import references, seals
from hydesk.db.layout import COLUMNS, DATED, DAY, FLAG, MOMENT, NUMBER, TEXT, table_of
from hydesk.db.models import LogEntry, LogSeal
from hydesk.db.places import Entity, Place

_NUMBERED = "CAST(t.scope AS INTEGER)"
_ROWS: dict[Entity, str] = {
    Entity.PROJECT: "h.id = t.project_id",
    Entity.PLAN: f"h.project_id = t.project_id AND h.year = {_NUMBERED}",
    Entity.PROGRESS: "h.project_id = t.project_id AND h.period = t.scope",
    Entity.RECORD: f"h.id = {_NUMBERED}",
    Entity.RECORD_VALUE: f"h.record_id = {_NUMBERED} AND h.field = substr(t.scope, instr(t.scope, '/') + 1)",
}
"""The tables that grow with the years, and how a row of the log's places is found in them."""
LARGE = tuple(_ROWS)
_NAMED = {references.UNIT: "units", references.BATCH: "batches", **dict.fromkeys(references.CLASSES, "project_classes")}
_UNDONE = """(SELECT m.act_id FROM act_marks m WHERE m.kind = 'undone'
    AND m.id = (SELECT max(n.id) FROM act_marks n WHERE n.act_id = m.act_id))"""


@dataclass(slots=True)
class Doubtful:
    """Places whose value may differ from the log's, and keys of rows that hold something the log may not know."""

    places: set[Place] = field(default_factory=set)
    rows: dict[Entity, set[int]] = field(default_factory=dict)


def doubtful_rows(connection: Connection) -> Doubtful | None:
    """Where the tables in ``LARGE`` may differ from the log, and all places of other tables; None on a server."""
    if connection.dialect.name != "sqlite":
        return None
    found = Doubtful()
    for entity in LARGE:
        keys = found.rows[entity] = set()
        if _agrees(connection, entity):
            continue
        for key, project_id, scope in connection.exec_driver_sql(_naming(entity)):
            if key is not None:
                keys.add(int(key))
            else:
                found.places.update(Place(entity, project_id, scope, f) for f in COLUMNS[entity])
    large = ", ".join(f"'{e.value}'" for e in LARGE)
    # Undoing may spare parts of an act, and where all of a place is undone what stood before the log holds.
    others = f"""SELECT DISTINCT entity, project_id, scope, field FROM change_log WHERE entity NOT IN ({large})
        UNION SELECT entity, project_id, scope, field FROM change_log WHERE act_id IN {_UNDONE} AND (old IS NOT NULL OR act_id IN (
            SELECT m.act_id FROM act_marks m JOIN spared_parts p ON p.mark_id = m.id))"""
    entities = {e.value: e for e in Entity}
    found.places.update(Place(entities.get(e) or Entity(e), p, s, f) for e, p, s, f in connection.exec_driver_sql(others))
    return found


def written_since(connection: Connection, seal: int) -> Doubtful:
    """The places written, undone or done again after the seal of that number."""
    marked = select(LogSeal.act_id).where(LogSeal.id > seal, LogSeal.event.not_in(seals.WROTE))
    place = select(LogEntry.entity, LogEntry.project_id, LogEntry.scope, LogEntry.field)
    found = connection.execute(place.where(LogEntry.id > seals.newest_entry(connection, seal)).union(place.where(LogEntry.act_id.in_(marked))))
    return Doubtful({Place(Entity(e), p, s, f) for e, p, s, f in found})


def _agrees(connection: Connection, entity: Entity) -> bool:
    """Whether every last entry that holds says what stands in the table, and nothing else stands there."""
    said, apart = connection.exec_driver_sql(_counting(entity)).one()
    columns = COLUMNS[entity].values()
    filled = " + ".join(f"({_written(*place)} IS NOT NULL)" for place in columns)
    held = connection.exec_driver_sql(f"SELECT sum({filled}) FROM {table_of(entity).name} h").scalar()
    return not apart and (said or 0) == (held or 0)


@cache
def _counting(entity: Entity) -> str:
    fields = " ".join(f"WHEN '{name}' THEN {_written(*place)}" for name, place in COLUMNS[entity].items())
    return f"""
        SELECT sum(t.new IS NOT NULL), sum(t.new IS NOT CASE t.field {fields} END)
        FROM change_log t LEFT JOIN {table_of(entity).name} h ON {_ROWS[entity]}
        WHERE t.entity = '{entity.value}' AND t.act_id NOT IN {_UNDONE} AND NOT EXISTS (
            SELECT 1 FROM change_log u WHERE u.project_id = t.project_id AND u.entity = t.entity AND u.scope = t.scope
            AND u.field = t.field AND u.id > t.id AND u.act_id NOT IN {_UNDONE})"""


@cache
def _naming(entity: Entity) -> str:
    """Of the rows that the log speaks of those that differ, as project and scope; of the rows that are there those that
    hold more than the log's entries that hold, by their key."""
    columns = list(COLUMNS[entity].items())
    told = ", ".join(f"max(CASE field WHEN '{name}' THEN new END) AS v{n}" for n, (name, _) in enumerate(columns))
    known = " + ".join(f"max(field = '{name}') * {1 << n}" for n, (name, _) in enumerate(columns))
    apart = " OR ".join(f"t.v{n} IS NOT {_written(*place)}" for n, (_, place) in enumerate(columns))
    held = " + ".join(f"({_written(*place)} IS NOT NULL) * {1 << n}" for n, (_, place) in enumerate(columns))
    table = table_of(entity).name
    return f"""
        WITH last AS (SELECT project_id, scope, field, new, max(id) FROM change_log
                      WHERE entity = '{entity.value}' AND act_id NOT IN {_UNDONE} GROUP BY project_id, entity, scope, field),
             told AS (SELECT project_id, scope, {told}, {known} AS known FROM last GROUP BY project_id, scope)
        SELECT NULL, t.project_id, t.scope FROM told t LEFT JOIN {table} h ON {_ROWS[entity]} WHERE {apart}
        UNION ALL
        SELECT h.id, NULL, NULL FROM {table} h LEFT JOIN told t ON {_back(entity)} WHERE ({held}) & ~coalesce(t.known, 0)"""


def _back(entity: Entity) -> str:
    """As in ``_ROWS``, such that SQLite looks the log's row up by its own columns."""
    return {Entity.PROJECT: "t.project_id = h.id AND t.scope = ''",
            Entity.PLAN: "t.project_id = h.project_id AND t.scope = CAST(h.year AS TEXT)",
            Entity.PROGRESS: "t.project_id = h.project_id AND t.scope = h.period",
            Entity.RECORD: "t.project_id = 0 AND t.scope = CAST(h.id AS TEXT)",
            Entity.RECORD_VALUE: "t.project_id = 0 AND t.scope = h.record_id || '/' || h.field"}[entity]


def _written(column: str, kind: str) -> str:
    """SQL for a column's value as the log writes it."""
    at = f'h."{column}"'
    if kind == FLAG:
        return f"CASE WHEN {at} THEN '1' END"
    if kind in (TEXT, DAY):
        return at
    if kind == NUMBER:
        return f"CAST({at} AS TEXT)"
    if kind in (DATED, MOMENT):
        raise AssertionError(f"{column} is written by Python alone")
    return f"(SELECT n.name FROM {_NAMED[kind]} n WHERE n.id = {at})"

