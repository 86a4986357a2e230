"""Reading and writing the rows that the change log speaks of, many at a time, as text values by place.

A row that would hold nothing any more is taken away, so that undoing leaves no trace; projects stay, not present.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Integer, Table, bindparam, delete, func, insert, select, update

from hydesk.db import references
from hydesk.db.models import (
    Attachment,
    Milestone,
    Problem,
    ProblemStep,
    Progress,
    Project,
    ProjectName,
    ReportIssue,
    Setting,
    SubProject,
    YearPlan,
)
from hydesk.db.places import DROPPED, LAMP_MEANING, LAMP_REASON, NODES, PRESENT, SOURCE, Entity, Place
from hydesk.db.references import References
from hydesk.domain.fields import PROGRESS_MONEY, PROGRESS_TEXTS, Field
from hydesk.domain.periods import Period

CHUNK = 500
"""How many keys go into one IN list; SQLite's own limit is far higher, PostgreSQL's planner likes it small."""

TEXT, NUMBER, FLAG, DAY, DATED, MOMENT = "text", "number", "flag", "day", "dated", "moment"


def _columns() -> dict[Entity, dict[str, tuple[str, str]]]:
    """Per entity: field → (column, kind); a kind that is none of the above is a reference."""
    facts: dict[str, tuple[str, str]] = {f.value: (f.value, TEXT) for f in Field
                                         if f.value in Project.__table__.c}
    for f in (Field.START_YEAR, Field.FINISH_YEAR, Field.TOTAL_INVESTMENT):
        facts[f.value] = (f.value, NUMBER)
    for kind in references.CLASSES:
        facts[kind] = (f"{kind}_id", kind)
    facts[Field.REPORTING_UNIT.value] = ("unit_id", references.UNIT)
    facts[PRESENT] = (PRESENT, FLAG)
    plan = {f.value: (f.value, NUMBER) for f in (Field.ANNUAL_PLAN, Field.INVESTED_BEFORE)}
    plan |= {Field.YEAR_GOAL.value: ("year_goal", TEXT), Field.BATCH.value: ("batch_id", references.BATCH),
             PRESENT: (PRESENT, FLAG), DROPPED: (DROPPED, DAY), Field.NATURE.value: ("nature", TEXT),
             LAMP_MEANING: (LAMP_MEANING, TEXT), LAMP_REASON: (LAMP_REASON, TEXT)}
    progress = {f.value: (f.value, NUMBER) for f in PROGRESS_MONEY}
    progress |= {f.value: (f.value, TEXT) for f in PROGRESS_TEXTS}
    progress[SOURCE] = ("source_id", NUMBER)
    dates = {which: (which, DATED) for which in ("baseline", "forecast", "actual")}
    return {Entity.PROJECT: facts, Entity.PLAN: plan, Entity.PROGRESS: progress, Entity.MILESTONE: dates,
            Entity.NAME: {"kind": ("kind", TEXT)}, Entity.SETTING: {"value": ("value", TEXT)},
            **{entity: _plain(entity) for entity in PLAIN}}


def _plain(entity: Entity) -> dict[str, tuple[str, str]]:
    """Every column of a table whose fields are called as its columns, but for its key and its project."""
    kinds = {"BOOLEAN": FLAG, "INTEGER": NUMBER, "BIGINT": NUMBER, "DATE": DAY, "DATETIME": MOMENT}
    table = _table(entity)
    own = [c for c in table.c if c.name not in ("id", "project_id", *SCOPES.get(entity, ()))]
    return {c.name: (c.name, kinds.get(str(c.type), TEXT)) for c in own}


MODELS = {Entity.PROJECT: Project, Entity.PLAN: YearPlan, Entity.PROGRESS: Progress, Entity.MILESTONE: Milestone,
          Entity.NAME: ProjectName, Entity.SUB_PROJECT: SubProject, Entity.PROBLEM: Problem,
          Entity.STEP: ProblemStep, Entity.ATTACHMENT: Attachment, Entity.REPORT: ReportIssue,
          Entity.SETTING: Setting}
"""What refers to another comes after it."""
PLAIN = (Entity.SUB_PROJECT, Entity.PROBLEM, Entity.STEP, Entity.ATTACHMENT, Entity.REPORT)
SCOPES = {Entity.SUB_PROJECT: ("position",)}
KEYED = {Entity.PROBLEM: "id", Entity.STEP: "id", Entity.ATTACHMENT: "id", Entity.REPORT: "id", Entity.SETTING: "key"}
"""Entities whose scope alone is the key, and the column it stands in."""
LASTING = (Entity.PROJECT, Entity.PROBLEM, Entity.STEP, Entity.ATTACHMENT, Entity.REPORT)
"""Entities whose rows stay, not present, once undone: their keys must never be given twice."""


def _table(entity: Entity) -> Table:
    table = MODELS[entity].__table__
    assert isinstance(table, Table)
    return table


COLUMNS = _columns()
assert {which for _, which in NODES.values()} <= set(COLUMNS[Entity.MILESTONE])


def chunks(items: Iterable[int]) -> Iterator[Sequence[int]]:
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
        last = self._connection.execute(select(func.max(_table(entity).c.id))).scalar() or 0
        return [str(key) for key in range(last + 1, last + 1 + count)]

    def get(self, places: Iterable[Place]) -> dict[Place, str | None]:
        """What stands at ``places`` now."""
        wanted = list(places)
        self._load(wanted)
        return {p: self._read(p) for p in wanted}

    def put(self, values: Mapping[Place, str | None]) -> None:
        """Write ``values`` to their places."""
        self._load(values)
        for place, text in values.items():
            row = self._rows[place.entity, place.project_id, place.scope]
            for column, value in self._decode(place, text).items():
                row.values[column] = value
                row.touched.add(column)
        self._flush()

    def _load(self, places: Iterable[Place]) -> None:
        missing: dict[Entity, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for p in places:
            if (p.entity, p.project_id, p.scope) not in self._rows:
                missing[p.entity][p.scope].add(p.project_id)
                self._rows[p.entity, p.project_id, p.scope] = _Row()
        for entity, scopes in missing.items():
            table = _table(entity)
            if entity in KEYED:
                self._load_keyed(entity, scopes)
                continue
            for scope, projects in scopes.items():
                for ids in chunks(projects):
                    query = select(table).where(table.c[_owner(entity)].in_(ids))
                    for name, value in self._scope(entity, scope).items():
                        query = query.where(table.c[name] == value)
                    for found in self._connection.execute(query).mappings():
                        row = self._rows[entity, found[_owner(entity)], scope]
                        row.id, row.values = found["id"], dict(found)

    def _load_keyed(self, entity: Entity, scopes: Mapping[str, set[int]]) -> None:
        """Rows whose scope is their key, many at a time."""
        table, column = _table(entity), _table(entity).c[KEYED[entity]]
        number = isinstance(column.type, Integer)
        ordered = sorted(scopes)
        for start in range(0, len(ordered), CHUNK):
            keys = [int(s) if number else s for s in ordered[start:start + CHUNK]]
            for found in self._connection.execute(select(table).where(column.in_(keys))).mappings():
                scope = str(found[column.name])
                for project_id in scopes[scope]:
                    row = self._rows[entity, project_id, scope]
                    row.id, row.values = found["id"], dict(found)

    def _scope(self, entity: Entity, scope: str) -> dict[str, Any]:
        """The key columns beside the project's."""
        if entity is Entity.PLAN:
            return {"year": int(scope)}
        if entity is Entity.PROGRESS:
            return {"period": scope}
        if entity is Entity.MILESTONE:
            return {"type_id": self._references.key(references.NODE, scope)}
        if entity is Entity.SUB_PROJECT:
            return {"position": int(scope)}
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
            return f"{value.isoformat()}/{values.get(column + '_precision') or 'day'}"
        if kind in (TEXT, NUMBER):
            return str(value)
        return self._references.name(kind, value)

    def _decode(self, place: Place, text: str | None) -> dict[str, Any]:
        column, kind = COLUMNS[place.entity][place.field]
        if kind == FLAG:
            return {column: text is not None}
        if kind == DATED:
            day, _, precision = (text or "").partition("/")
            return {column: date.fromisoformat(day) if day else None, f"{column}_precision": precision or None}
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
            held = any(row.values.get(c) for c, _ in COLUMNS[entity].values()) or any(
                row.values.get(c) is not None for c, kind in COLUMNS[entity].values() if kind != FLAG)
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
        columns = _table(entity).c
        row = dict.fromkeys((c.name for c in columns if c.name != "id"), None) | dict(values)
        if _owner(entity) in columns:
            row[_owner(entity)] = project_id
        row |= self._scope(entity, scope)
        if PRESENT in row:
            row[PRESENT] = bool(row[PRESENT])
        if entity is Entity.PROGRESS:
            period = Period.parse(scope)
            row |= {"year": period.year, "ends_on": period.end}
        return row

    def _execute(
        self,
        inserts: Mapping[Entity, list[dict[str, Any]]],
        updates: Mapping[tuple[Entity, frozenset[str]], list[dict[str, Any]]],
        deletes: Mapping[Entity, list[int]],
    ) -> None:
        for (entity, columns), rows in updates.items():
            table = _table(entity)
            statement = update(table).where(table.c.id == bindparam("row_id"))
            self._connection.execute(statement.values({c: bindparam(f"new_{c}") for c in columns}), rows)
        for entity in reversed([e for e in MODELS if e in deletes]):
            ids = deletes[entity]
            for some in chunks(ids):
                self._connection.execute(delete(_table(entity)).where(_table(entity).c.id.in_(some)))
        for entity in (e for e in MODELS if e in inserts):
            self._connection.execute(insert(_table(entity)), inserts[entity])


def _owner(entity: Entity) -> str:
    return "id" if entity is Entity.PROJECT else "project_id"
