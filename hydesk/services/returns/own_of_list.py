"""What a project list says of own columns, held against the ledger: nothing is replaced without a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from hydesk.db.journal import Write
from hydesk.db.places import Entity, Place
from hydesk.domain.findings import Finding, Level
from hydesk.domain.own_columns import OwnValue, read_own_value, says_the_same, show_own_value
from hydesk.services.standings.own_columns import read_own_columns


def settle_own(
    connection: Connection, writes: Sequence[Write], held: Mapping[Place, str | None], names: Mapping[int, str],
) -> tuple[list[Write], list[Finding]]:
    """``writes`` without those that say the same in other words (a month for a day of it), and a note for every value of
    an own column that the list puts in the place of another. ``names``: the projects' names by id."""
    columns = {str(c.id): c for c in read_own_columns(connection, retired=True)}
    left: list[Write] = []
    said: list[Finding] = []
    for w in writes:
        old = held[w.place] if w.place.entity in (Entity.COLUMN_VALUE, Entity.COLUMN_FIGURE) else None
        column = columns.get(w.place.scope.partition("/")[0]) if old is not None and w.new is not None and old != w.new else None
        if column is None or old is None or w.new is None:
            left.append(w)
            continue
        before, now = read_own_value(column.kind, old), read_own_value(column.kind, w.new)
        if says_the_same(before, now):
            continue
        left.append(w)
        said.append(Finding(Level.NOTE, "own_replaced", (
            f"“{w.sheet}”{w.cell or ''}：“{names.get(w.place.project_id, '')}”的{column.name}清单写“{_words(now)}”，台账原为“{_words(before)}”，"
            "已取清单的。"), w.sheet, None, w.cell))
    return left, said


def _words(value: OwnValue) -> str:
    return show_own_value(value, exact=True)
