"""What stands in own columns goes over when projects are merged or split (docs/rules.md §8.6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from hydesk.db.journal import Write
from hydesk.domain.own_columns import OwnColumn, OwnValue, read_own_value
from hydesk.domain.own_shares import Told, merged_told, merged_value, shared_value
from hydesk.domain.periods import YEARS, Month, Period
from hydesk.services.projects.own_columns import own_write
from hydesk.services.standings.own_columns import read_own_columns, read_own_figures, read_own_values


def merged_own(connection: Connection, ids: Sequence[int], year: int, reason: str) -> list[Write]:
    """What gives the first of ``ids``, which stays, what all of them hold; retired columns too."""
    columns = read_own_columns(connection, retired=True)
    facts, told = _held(connection, columns, ids)
    writes: list[Write] = []
    for column in columns:
        if column.kind.by_period:
            writes += [own_write(ids[0], column, value, period)
                       for period, value in merged_told(column, [told[i, column.id] for i in ids], year).items()]
            continue
        values = [v for i in ids if (v := facts.get(i, {}).get(column.id)) is not None]
        if values:
            writes.append(own_write(ids[0], column, merged_value(column, values), Month(year, 12)))
    return [replace(w, reason=reason) for w in writes]


def shared_own(
    connection: Connection, whole: int, parts: Sequence[int], weights: Sequence[int], year: int, reason: str,
) -> list[Write]:
    """What gives ``parts`` their shares of what ``whole`` holds; of what is told by period that of ``year``, and the
    newest before it at its January."""
    columns = read_own_columns(connection, retired=True)
    facts, told = _held(connection, columns, [whole])
    writes: list[Write] = []
    for column in columns:
        if column.kind.by_period:
            held: Mapping[Period, OwnValue] = merged_told(column, [told[whole, column.id]], year)
        else:
            held = {Month(year, 12): value} if (value := facts.get(whole, {}).get(column.id)) is not None else {}
        for period, value in held.items():
            writes += [own_write(part, column, share, period)
                       for part, share in zip(parts, shared_value(column, value, weights), strict=True)]
    return [replace(w, reason=reason) for w in writes]


def _held(
    connection: Connection, columns: Sequence[OwnColumn], ids: Sequence[int],
) -> tuple[Mapping[int, Mapping[int, OwnValue]], Mapping[tuple[int, int], Told]]:
    """By project and column what stands there: facts, and what was told period by period."""
    wanted = set(ids)
    told: defaultdict[tuple[int, int], list[tuple[Period, OwnValue]]] = defaultdict(list)
    for project_id, column, period, text in read_own_figures(connection, [c for c in columns if c.kind.by_period]):
        if project_id in wanted:
            told[project_id, column.id].append((Period.parse(period), read_own_value(column.kind, text)))
    facts = read_own_values(connection, [c for c in columns if not c.kind.by_period], Month(YEARS[1], 12), wanted)
    return facts, told
