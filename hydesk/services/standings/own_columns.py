"""The columns of the office's own and what projects hold in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, select

from hydesk.db.ledger import Ledger
from hydesk.db.models import ColumnDefinition, ColumnValue
from hydesk.domain.own_columns import OwnColumn, OwnKind, OwnValue, read_own_value


def list_own_columns(ledger: Ledger, *, retired: bool = False) -> list[OwnColumn]:
    """The own columns in the office's order; with ``retired`` also those that are retired (停用)."""
    with ledger.read() as connection:
        return read_own_columns(connection, retired=retired)


def read_own_columns(connection: Connection, *, retired: bool = False) -> list[OwnColumn]:
    """As ``list_own_columns``, within an open transaction."""
    table = ColumnDefinition
    query = select(table.id, table.name, table.kind, table.choices, table.measure, table.names, table.retired, table.asked).where(
        table.present).order_by(table.position, table.id)
    found = [OwnColumn(r.name or "", OwnKind(r.kind or "text"), _lines(r.choices), r.measure or "", _lines(r.names), bool(r.retired),
                       bool(r.asked), r.id) for r in connection.execute(query).all()]
    return [c for c in found if retired or not c.retired]


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()


def read_own_values(
    connection: Connection, columns: Collection[OwnColumn], some: Collection[int] | None = None
) -> dict[int, Mapping[int, OwnValue]]:
    """By project id, what stands in ``columns`` by their ids; of ``some`` few projects or of all. Projects that hold
    nothing there are left out."""
    if not columns:
        return {}
    kinds = {c.id: c.kind for c in columns}
    query: Any = select(ColumnValue.project_id, ColumnValue.column_id, ColumnValue.value).where(
        ColumnValue.column_id.in_(kinds), ColumnValue.value.is_not(None))
    if some is not None:
        query = query.where(ColumnValue.project_id.in_(some))
    found: dict[int, dict[int, OwnValue]] = {}
    words = frozenset(k for k, kind in kinds.items() if kind not in (OwnKind.MONEY, OwnKind.NUMBER, OwnKind.DATE))
    for project_id, column_id, text in connection.execute(query).all():
        held = found.get(project_id)
        if held is None:
            held = found[project_id] = {}
        held[column_id] = text if column_id in words else read_own_value(kinds[column_id], text)
    return found  # type: ignore[return-value]


def own_values(ledger: Ledger, some: Collection[int] | None = None) -> dict[int, Mapping[int, OwnValue]]:
    """By project id, what stands in every own column that is not retired, by the columns' ids."""
    with ledger.read() as connection:
        return read_own_values(connection, read_own_columns(connection), some)
