"""Entries of the change log that the program cannot have written: found, and mended as far as they can be."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from hydesk.db.layout import COLUMNS, DATED, DAY, FLAG, KEYED, MOMENT, NUMBER
from hydesk.db.places import Entity
from hydesk.db.value_rules import YEAR, is_period, listed, no_number, no_period
from hydesk.domain.periods import YEARS


def odd_entries(connection: sqlite3.Connection) -> Iterator[int]:
    """Entries of the change log whose values are not what their field holds, or whose field is none.

    Which scopes and fields there are is asked first, of the log's index: they are few, and looked at once. ``LIMIT -1`` keeps
    SQLite from looking at each entry's before it knows which there are.
    """
    scopes = f"SELECT entity, scope FROM (SELECT DISTINCT entity, scope FROM change_log LIMIT -1) WHERE CASE entity {_by_entity(_no_scope)} ELSE 0 END"
    fields = f"SELECT entity, field FROM (SELECT DISTINCT entity, field FROM change_log LIMIT -1) WHERE CASE entity {_by_entity(_no_field)} ELSE 0 END"
    for name, query in (("scope", scopes), ("field", fields)):
        for entity, told in connection.execute(query).fetchall():
            rows = f"SELECT id FROM change_log WHERE CAST(entity AS BLOB) = CAST(? AS BLOB) AND CAST({name} AS BLOB) = CAST(? AS BLOB)"
            yield from (int(r[0]) for r in connection.execute(rows, (entity, told)))
    yield from (int(r[0]) for r in connection.execute(
        f"SELECT id FROM change_log WHERE CASE entity {_by_entity(_no_value)} ELSE 0 END"))


def _by_entity(test: Callable[[Entity], str]) -> str:
    return " ".join(f"WHEN '{entity.value}' THEN {test(entity)}" for entity in COLUMNS)


def _no_field(entity: Entity) -> str:
    """SQL that is true where an entry's field is none of ``entity``."""
    return f"field NOT IN ({listed(COLUMNS[entity])})"


_TESTS = {NUMBER: "CAST({0} AS INTEGER) || '' <> {0}", FLAG: "{0} <> '1'", DAY: "date({0}, '+0 days') IS NOT {0}",
          DATED: "date(substr({0}, 1, 10), '+0 days') IS NOT substr({0}, 1, 10)", MOMENT: "date(substr({0}, 1, 10), '+0 days') IS NOT substr({0}, 1, 10)"}


def _no_value(entity: Entity) -> str:
    """SQL that is true where an entry's values are not of their field's kind."""
    cases = [f"(field IN ({listed(names)}) AND ({test.format('new')} OR {test.format('old')}))"
             for kind, test in _TESTS.items() if (names := [f for f, (_, k) in COLUMNS[entity].items() if k == kind])]
    return " OR ".join(cases) or "0"


_NUMBERED = {Entity.PLAN, Entity.SUB_PROJECT, Entity.COLUMN_VALUE, *(e for e in KEYED if e is not Entity.SETTING)}
"""Entities whose scope is a number."""


def _no_scope(entity: Entity) -> str:
    """SQL that is true where an entry's scope cannot be one of ``entity``."""
    if entity is Entity.PLAN:
        return f"CAST(scope AS INTEGER) || '' <> scope OR {no_number('CAST(scope AS INTEGER)', YEAR)}"
    if entity in _NUMBERED:
        return "CAST(scope AS INTEGER) || '' <> scope"
    if entity is Entity.PROGRESS:
        return no_period("scope")
    if entity is Entity.COLUMN_FIGURE:
        period = no_period("substr(scope, instr(scope, '/') + 1)")
        return f"CAST(scope AS INTEGER) || '/' <> substr(scope, 1, instr(scope, '/')) OR {period}"
    return "CAST(scope AS INTEGER) || '/' <> substr(scope, 1, instr(scope, '/'))" if entity is Entity.RECORD_VALUE else "0"


def _scope_fits(entity: Entity, scope: str) -> bool:
    if entity is Entity.PLAN:
        return scope.isdecimal() and YEARS[0] <= int(scope) <= YEARS[1]
    if entity in _NUMBERED:
        return scope.isdecimal()
    if entity is Entity.PROGRESS:
        return is_period(scope)
    if entity is Entity.COLUMN_FIGURE:
        column, _, period = scope.partition("/")
        return column.isdecimal() and is_period(period)
    return entity is not Entity.RECORD_VALUE or scope.partition("/")[0].isdecimal()


_READ: dict[str, Callable[[str], object]] = {NUMBER: int, FLAG: lambda t: {"1": True}[t], DAY: date.fromisoformat, MOMENT: datetime.fromisoformat,
         DATED: lambda t: date.fromisoformat(t.partition("/")[0])}


def mended_entry(entry: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """An entry of the change log, its columns already of their kinds, as it can be kept; and the columns that were odd.

    Where nobody can say what it speaks of, it is kept aside as a setting that nothing reads.
    """
    entity = Entity(entry["entity"])
    fields = COLUMNS[entity]
    scoped = _scope_fits(entity, entry["scope"])
    odd = [] if scoped else ["scope"]
    if entry["field"] not in fields or not scoped:
        from difflib import get_close_matches

        odd += ["field"] if entry["field"] not in fields else []
        near = get_close_matches(entry["field"], fields, 1, 0.6)
        if not near or not scoped:
            aside = f"rescued/{entry['entity']}/{entry['field']}/{entry['scope']}/{entry['project_id']}"
            return entry | {"entity": Entity.SETTING.value, "project_id": 0, "scope": aside, "field": "value",
                            **{c: None if entry[c] is None else json.dumps(entry[c]) for c in ("old", "new")}}, odd
        entry = entry | {"field": near[0]}
    read = _READ.get(fields[entry["field"]][1])
    for column in ("old", "new"):
        if read is not None and entry[column] is not None:
            try:
                read(entry[column])
            except (ValueError, KeyError):
                odd.append(column)
                entry = entry | {column: None}
    return entry, odd
