"""Names in the change log ↔ rows of units, classes, batches and nodes; a name not yet known is added."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, FromClause, Table, func, insert, select

from hydesk.db.asked_once import asked_once
from hydesk.db.models import Batch, MilestoneType, ProjectClass, Unit
from hydesk.db.queries import AnyRow

UNIT = "unit"
BATCH = "batch"
NODE = "node"
CLASSES = ("category", "industry", "chain")
PARK_SIGNS = ("园", "高新", "经开", "科学城", "保税")


def rows_of(connection: Connection, table: FromClause) -> Sequence[AnyRow]:
    """All rows of one of the small tables that names stand in; within a view they are read once."""
    return asked_once(connection, table.description, lambda: connection.execute(select(table)).all())


class References:
    """Looks names up once per transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ids: dict[tuple[str, str, str], int] = {}
        self._names: dict[tuple[str, int], str] = {}
        self._loaded: set[str] = set()

    def name(self, kind: str, key: int | None) -> str | None:
        """The name of row ``key``."""
        if key is None:
            return None
        self._load(kind)
        return self._names[kind, key]

    def key(self, kind: str, name: str | None, scope: str = "") -> int | None:
        """The row named ``name``, added where there is none; ``scope`` is the year of a batch."""
        if name is None:
            return None
        found = self.find(kind, name, scope)
        return found if found is not None else self._add(kind, scope if kind == BATCH else "", name)

    def find(self, kind: str, name: str, scope: str = "") -> int | None:
        """The row named ``name``, by a short name also for units; None where there is none."""
        self._load(kind)
        return self._ids.get((kind, scope if kind == BATCH else "", name))

    def _table(self, kind: str) -> Table:
        model = {UNIT: Unit, BATCH: Batch, NODE: MilestoneType}.get(kind, ProjectClass)
        table = model.__table__
        assert isinstance(table, Table)
        return table

    def _load(self, kind: str) -> None:
        if kind in self._loaded:
            return
        self._loaded.add(kind)
        for row in rows_of(self._connection, self._table(kind)):
            if kind in CLASSES and row.kind != kind:
                continue
            self._remember(kind, str(row.year) if kind == BATCH else "", row.name, row.id)
            if kind == UNIT:
                for short in (row.short_names or "").split("\n"):
                    if short:
                        self._ids.setdefault((kind, "", short), row.id)

    def _remember(self, kind: str, scope: str, name: str, key: int) -> None:
        self._ids[kind, scope, name] = key
        self._names[kind, key] = name

    def _add(self, kind: str, scope: str, name: str) -> int:
        table = self._table(kind)
        values: dict[str, Any] = {"name": name}
        if kind == BATCH:
            values["year"] = int(scope)
        else:
            last = self._connection.execute(select(func.max(table.c.position))).scalar()
            values["position"] = (last or 0) + 1
        if kind == UNIT:
            if name.startswith("市") or name.endswith(("局", "委", "办", "中心")):
                values["kind"] = "市直部门"
            else:
                values["kind"] = "园区" if any(s in name for s in PARK_SIGNS) else "县市区"
        elif kind == NODE:
            values["stage"] = "在建实施"
        elif kind in CLASSES:
            values["kind"] = kind
        inserted = self._connection.execute(insert(table).values(values)).inserted_primary_key
        assert inserted is not None
        key = int(inserted[0])
        self._remember(kind, scope, name, key)
        return key
