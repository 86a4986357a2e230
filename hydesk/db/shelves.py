"""Reading and writing the rows that the change log speaks of, many at a time, as text values by place.

A row that would hold nothing any more is taken away, so that undoing leaves no trace; projects stay, not present.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import Connection, Integer, bindparam, delete, func, insert, select, update

from hydesk.dataclass import dataclass
from hydesk.db import references
from hydesk.db.layout import (
    COLUMNS,
    DATED,
    DAY,
    FLAG,
    KEYED,
    LASTING,
    MODELS,
    MOMENT,
    NUMBER,
    TEXT,
    owner_column,
    table_of,
)
from hydesk.db.many_rows import insert_plain, may_be_plain
from hydesk.db.models import Project
from hydesk.db.places import DAY_STATED, PRESENT, Entity, Place
from hydesk.db.references import References
from hydesk.domain.dates import LooseDate, Precision
from hydesk.domain.periods import Period

KeyT = TypeVar("KeyT", int, str)

_MANY = 20
"""From so many rows on it pays to put them in past SQLAlchemy's looking at each value."""
CHUNK = 500
"""How many keys go into one IN list; SQLite's own limit is far higher, PostgreSQL's planner likes it small."""

def chunks(items: Iterable[KeyT]) -> Iterator[Sequence[KeyT]]:
    """``items`` in lists short enough for a query."""
    ordered = sorted(items)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start:start + CHUNK]


@dataclass(slots=True)
class _Row:
    """A row as loaded (``id`` None: not there yet) and the columns that changed."""

    id: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)


class Shelves:
    """The rows of one transaction, by place."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._references = References(connection)
        self._rows: dict[tuple[Entity, int, str], _Row] = {}

    def new_projects(self, count: int) -> list[int]:
        """Make ``count`` empty projects, not present yet, in ledger order; their ids."""
        last = self._connection.execute(select(func.max(Project.id))).scalar() or 0
        ids = list(range(last + 1, last + 1 + count))
        if ids:
            self._connection.execute(insert(Project), [{"id": i, "present": False} for i in ids])
        return ids

    def new_keys(self, entity: Entity, count: int) -> list[str]:
        """Scopes for ``count`` new rows of an entity in ``LASTING``; a key once given is never given again."""
        last = self._connection.execute(select(func.max(table_of(entity).c.id))).scalar() or 0
        return [str(key) for key in range(last + 1, last + 1 + count)]

    def get(self, places: Iterable[Place]) -> dict[Place, str | None]:
        """What stands at ``places`` now."""
        wanted = list(places)
        self._load(wanted)
        return {p: self._read(p) for p in wanted}

    def keys(self, places: Iterable[Place]) -> dict[Place, int | None]:
        """The key of each place's row; None where it is not there."""
        wanted = list(places)
        self._load(wanted)
        return {p: self._rows[p.entity, p.project_id, p.scope].id for p in wanted}

    def rows(self, entity: Entity, keys: Iterable[int] | None = None) -> Iterator[tuple[Place, list[str]]]:
        """Every row of ``entity`` (of ``keys``, where given) that holds something: a place in it (its field left empty),
        and the fields that are set."""
        table, fields = table_of(entity), COLUMNS[entity]
        query = select(table).order_by(table.c.id)
        queries = [query] if keys is None else [query.where(table.c.id.in_(some)) for some in chunks(keys)]
        for row in chain.from_iterable(self._connection.execute(q).mappings() for q in queries):
            held = [f for f, (column, kind) in fields.items() if row[column] is not None and (kind != FLAG or row[column])]
            if held:
                yield Place(entity, row.get(owner_column(entity), 0), self._scope_of(entity, row), ""), held

    def _scope_of(self, entity: Entity, row: Any) -> str:
        if entity is Entity.PROJECT:
            return ""
        if entity is Entity.MILESTONE:
            return self._references.name(references.NODE, row["type_id"]) or ""
        if entity is Entity.RECORD_VALUE:
            return f"{row['record_id']}/{row['field']}"
        if entity is Entity.COLUMN_FIGURE:
            return f"{row['column_id']}/{row['period']}"
        column = {Entity.PLAN: "year", Entity.PROGRESS: "period", Entity.NAME: "name", Entity.SUB_PROJECT: "position",
                  Entity.COLUMN_VALUE: "column_id"}
        return str(row[column.get(entity) or KEYED[entity]])

    def put(self, values: Mapping[Place, str | None]) -> None:
        """Write ``values`` to their places."""
        self._load(values)
        for place, text in values.items():
            row = self._rows[place.entity, place.project_id, place.scope]
            for column, value in self._decode(place, text).items():
                row.values[column] = value
                row.touched.add(column)
            if place.entity is Entity.PROGRESS and place.field == DAY_STATED:
                row.values["ends_on"] = _holds_on(place.scope, row.values)
                row.touched.add("ends_on")
        self._flush()

    def _load(self, places: Iterable[Place]) -> None:
        missing: dict[Entity, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for p in places:
            if (p.entity, p.project_id, p.scope) not in self._rows:
                missing[p.entity][p.scope].add(p.project_id)
                self._rows[p.entity, p.project_id, p.scope] = _Row()
        for entity, scopes in missing.items():
            table = table_of(entity)
            if entity in KEYED:
                self._load_keyed(entity, scopes)
                continue
            if entity is Entity.RECORD_VALUE:
                self._load_values(scopes)
                continue
            for scope, projects in scopes.items():
                for ids in chunks(projects):
                    query = select(table).where(table.c[owner_column(entity)].in_(ids))
                    for name, value in self._scope(entity, scope).items():
                        query = query.where(table.c[name] == value)
                    for found in self._connection.execute(query).mappings().all():
                        row = self._rows[entity, found[owner_column(entity)], scope]
                        row.id, row.values = found["id"], dict(found)

    def _load_keyed(self, entity: Entity, scopes: Mapping[str, set[int]]) -> None:
        """Rows whose scope is their key, many at a time."""
        table, column = table_of(entity), table_of(entity).c[KEYED[entity]]
        number = isinstance(column.type, Integer)
        for some in chunks(scopes):
            keys = [int(s) if number else s for s in some]
            for found in self._connection.execute(select(table).where(column.in_(keys))).mappings().all():
                scope = str(found[column.name])
                for project_id in scopes[scope]:
                    row = self._rows[entity, project_id, scope]
                    row.id, row.values = found["id"], dict(found)

    def _load_values(self, scopes: Mapping[str, set[int]]) -> None:
        """What stands in the fields of records, many records at a time."""
        table = table_of(Entity.RECORD_VALUE)
        for ids in chunks({int(s.partition("/")[0]) for s in scopes}):
            for found in self._connection.execute(select(table).where(table.c.record_id.in_(ids))).mappings().all():
                row = self._rows.get((Entity.RECORD_VALUE, 0, f"{found['record_id']}/{found['field']}"))
                if row is not None:
                    row.id, row.values = found["id"], dict(found)

    def _scope(self, entity: Entity, scope: str) -> dict[str, Any]:
        """The key columns beside the project's."""
        if entity is Entity.PLAN:
            return {"year": int(scope)}
        if entity is Entity.PROGRESS:
            return {"period": scope}
        if entity is Entity.MILESTONE:
            return {"type_id": self._references.key(references.NODE, scope)}
        if entity is Entity.RECORD_VALUE:
            record_id, _, name = scope.partition("/")
            return {"record_id": int(record_id), "field": name}
        if entity is Entity.SUB_PROJECT:
            return {"position": int(scope)}
        if entity is Entity.COLUMN_VALUE:
            return {"column_id": int(scope)}
        if entity is Entity.COLUMN_FIGURE:
            column_id, _, period = scope.partition("/")
            return {"column_id": int(column_id), "period": period}
        if entity in KEYED:
            return {KEYED[entity]: scope if entity is Entity.SETTING else int(scope)}
        return {"name": scope} if entity is Entity.NAME else {}

    def _read(self, place: Place) -> str | None:
        values = self._rows[place.entity, place.project_id, place.scope].values
        column, kind = COLUMNS[place.entity][place.field]
        value = values.get(column)
        if value is None:
            return None
        if kind == FLAG:
            return "1" if value else None
        if kind in (DAY, MOMENT):
            return str(value.isoformat())
        if kind == DATED:
            return LooseDate(value, Precision(values.get(column + "_precision") or "day")).written
        if kind in (TEXT, NUMBER):
            return str(value)
        return self._references.name(kind, value)

    def _decode(self, place: Place, text: str | None) -> dict[str, Any]:
        column, kind = COLUMNS[place.entity][place.field]
        if kind == FLAG:
            return {column: text is not None}
        if kind == DATED:
            told = LooseDate.read(text) if text else None
            return {column: told and told.day, f"{column}_precision": told and told.precision.value}
        if text is None or kind == TEXT:
            return {column: text}
        if kind == NUMBER:
            return {column: int(text)}
        if kind == DAY:
            return {column: date.fromisoformat(text)}
        if kind == MOMENT:
            return {column: datetime.fromisoformat(text)}
        return {column: self._references.key(kind, text, place.scope)}

    def _flush(self) -> None:
        inserts: dict[Entity, list[dict[str, Any]]] = defaultdict(list)
        updates: dict[tuple[Entity, frozenset[str]], list[dict[str, Any]]] = defaultdict(list)
        deletes: dict[Entity, list[int]] = defaultdict(list)
        for (entity, project_id, scope), row in list(self._rows.items()):
            if not row.touched:
                continue
            held = any(row.values.get(c) if flag else row.values.get(c) is not None for c, flag in _columns(entity))
            if row.id is None and held:
                inserts[entity].append(self._whole(entity, project_id, scope, row.values))
            elif row.id is not None and not held and entity not in LASTING:
                deletes[entity].append(row.id)
            elif row.id is not None:
                changed = {f"new_{c}": row.values[c] for c in row.touched}
                updates[entity, frozenset(row.touched)].append({"row_id": row.id} | changed)
            if row.id is None or (not held and entity not in LASTING):
                del self._rows[entity, project_id, scope]  # read again when next asked for
            else:
                row.touched = set()
        self._execute(inserts, updates, deletes)

    def _whole(self, entity: Entity, project_id: int, scope: str, values: Mapping[str, Any]) -> dict[str, Any]:
        row = {**_blank(entity), **values}
        if owner_column(entity) in row:
            row[owner_column(entity)] = project_id
        row.update(self._scope(entity, scope))
        if PRESENT in row:
            row[PRESENT] = bool(row[PRESENT])
        if entity is Entity.COLUMN_FIGURE:
            row["ends_on"] = Period.parse(scope.partition("/")[2]).day
        if entity is Entity.PROGRESS:
            period = Period.parse(scope)
            row |= {"year": period.year, "ends_on": _holds_on(scope, row)}
        return row

    def _execute(
        self,
        inserts: Mapping[Entity, list[dict[str, Any]]],
        updates: Mapping[tuple[Entity, frozenset[str]], list[dict[str, Any]]],
        deletes: Mapping[Entity, list[int]],
    ) -> None:
        for (entity, columns), rows in updates.items():
            table = table_of(entity)
            statement = update(table).where(table.c.id == bindparam("row_id"))
            self._connection.execute(statement.values({c: bindparam(f"new_{c}") for c in columns}), rows)
        for entity in reversed([e for e in MODELS if e in deletes]):
            ids = deletes[entity]
            for some in chunks(ids):
                self._connection.execute(delete(table_of(entity)).where(table_of(entity).c.id.in_(some)))
        for entity in (e for e in MODELS if e in inserts):
            table, rows = table_of(entity), inserts[entity]
            if len(rows) >= _MANY and may_be_plain(table):
                names = list(rows[0])
                insert_plain(self._connection, table, names, ([row[n] for n in names] for row in rows))
            else:
                self._connection.execute(insert(table), rows)


@cache
def _blank(entity: Entity) -> Mapping[str, Any]:
    """A row of ``entity`` in which nothing stands yet, but for its key."""
    return MappingProxyType(dict.fromkeys((c.name for c in table_of(entity).c if c.name != "id"), None))


@cache
def _columns(entity: Entity) -> tuple[tuple[str, bool], ...]:
    """The columns of an entity's fields, and whether each is a flag, which holds something only where it is set."""
    return tuple((column, kind == FLAG) for column, kind in COLUMNS[entity].values())


def _holds_on(period: str, values: Mapping[str, Any]) -> date:
    """The day as of which a progress row's figures hold: the one that was stated, else the period's own."""
    stated: date | None = values.get(DAY_STATED)
    return stated if stated is not None else Period.parse(period).day
