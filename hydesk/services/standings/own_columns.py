"""The columns of the office's own and what projects hold in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, select

from hydesk.db.ledger import Ledger
from hydesk.db.models import ColumnDefinition, ColumnFigure, ColumnValue
from hydesk.db.references import rows_of
from hydesk.domain.own_columns import OwnColumn, OwnKind, OwnValue, read_own_value
from hydesk.domain.periods import YEARS, Period

_LAST = Period.month(YEARS[1], 12)
"""Behind every period there is."""


def list_own_columns(ledger: Ledger, *, retired: bool = False) -> list[OwnColumn]:
    """The own columns in the office's order; with ``retired`` also those that are retired (停用)."""
    with ledger.read() as connection:
        return read_own_columns(connection, retired=retired)


def read_own_columns(connection: Connection, *, retired: bool = False) -> list[OwnColumn]:
    """As ``list_own_columns``, within an open transaction."""
    rows = sorted((r for r in rows_of(connection, ColumnDefinition.__table__) if r.present),
                  key=lambda r: (r.position is not None, r.position or 0, r.id))
    found = [OwnColumn(r.name or "", OwnKind(r.kind or "text"), _lines(r.choices), r.measure or "", _lines(r.names), bool(r.retired),
                       bool(r.asked), r.id) for r in rows]
    return [c for c in found if retired or not c.retired]


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()


def read_own_values(
    connection: Connection, columns: Collection[OwnColumn], period: Period, some: Collection[int] | None = None, *,
    own_only: bool = False,
) -> dict[int, Mapping[int, OwnValue]]:
    """By project id, what stands in ``columns`` by their ids at ``period``; of ``some`` few projects or of all. Projects that
    hold nothing there are left out.

    Of a column that is told by period it is the newest figure by the period's day, of whichever year; with ``own_only`` that
    of the very period.
    """
    kinds = {c.id: c.kind for c in columns if not c.kind.by_period}
    found = _facts(connection, kinds, some) if kinds else {}
    told = {c.id: c.kind for c in columns if c.kind.by_period}
    if told:
        _add_newest(connection, told, period, some, found, own_only=own_only)
    return found  # type: ignore[return-value]


def _add_newest(
    connection: Connection, kinds: Mapping[int, OwnKind], period: Period, some: Collection[int] | None,
    found: dict[int, dict[int, OwnValue]], *, own_only: bool,
) -> None:
    table = ColumnFigure
    query: Any = select(table.project_id, table.column_id, table.period, table.ends_on, table.value).where(
        table.column_id.in_(kinds), table.value.is_not(None))
    query = query.where(table.period == str(period)) if own_only else query.where(table.ends_on <= period.day)
    if some is not None:
        query = query.where(table.project_id.in_(some))
    # On one day a month's figure stands above a week's (docs/rules.md §1.3).
    rows = sorted(connection.execute(query), key=lambda r: (r.ends_on, "W" not in r.period))
    for project_id, column_id, _, _, text in map(tuple, rows):
        found.setdefault(project_id, {})[column_id] = read_own_value(kinds[column_id], text)


def read_own_figures(connection: Connection, columns: Collection[OwnColumn]) -> list[tuple[int, OwnColumn, str, str]]:
    """Everything that was told by period: project id, column, period, the value as the change log writes it."""
    of = {c.id: c for c in columns}
    table = ColumnFigure
    query = select(table.project_id, table.column_id, table.period, table.value).where(
        table.column_id.in_(of), table.value.is_not(None)).order_by(table.project_id, table.column_id, table.ends_on, table.period)
    return [(p, of[c], period, value or "") for p, c, period, value in connection.execute(query).tuples()]


def _facts(
    connection: Connection, kinds: Mapping[int, OwnKind], some: Collection[int] | None
) -> dict[int, dict[int, OwnValue]]:
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
        held[column_id] = (text or "") if column_id in words else read_own_value(kinds[column_id], text)
    return found


def own_values(
    ledger: Ledger, period: Period | None = None, some: Collection[int] | None = None
) -> dict[int, Mapping[int, OwnValue]]:
    """By project id, what stands in every own column that is not retired at ``period`` (None: now), by the columns' ids."""
    with ledger.read() as connection:
        return read_own_values(connection, read_own_columns(connection), period or _LAST, some)
