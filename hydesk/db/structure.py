"""Whether a ledger's tables are made as the program makes them.

A file from elsewhere says itself what its tables are. One that lacks a table, forbids what the program writes, or deletes
rows by a rule of its own, must be known before the first statement stumbles over it or sets it off.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import field
from functools import cache

from sqlalchemy import UniqueConstraint

from hydesk.dataclass import dataclass
from hydesk.db.models import Base
from hydesk.db.value_rules import TABLES

_VERSION = "alembic_version"
_OWN_WAYS = re.compile(r"\b(CHECK|GENERATED|COLLATE|CONFLICT|AUTOINCREMENT|STRICT|WITHOUT|VIRTUAL)\b|\bAS\s*\(", re.IGNORECASE)
"""What a table's own words may say and none of the program's does: rules, reckoned columns, other ways to sort or to store."""


@dataclass
class _Made:
    """How a table is made: columns with whether they may be empty and their place in the key, references, indexes."""

    columns: dict[str, tuple[bool, bool]] = field(default_factory=dict)
    references: set[tuple[str, str, str, str]] = field(default_factory=set)
    indexes: set[tuple[bool, tuple[str, ...]]] = field(default_factory=set)


@cache
def _wanted() -> dict[str, _Made]:
    found: dict[str, _Made] = {}
    for table in Base.metadata.sorted_tables:
        made = found[table.name] = _Made()
        made.columns = {c.name: (bool(c.nullable), bool(c.primary_key)) for c in table.c}
        made.references = {(k.parent.name, k.column.table.name, k.column.name, (k.ondelete or "NO ACTION").upper())
                           for k in table.foreign_keys}
        made.indexes = {(bool(i.unique), tuple(c.name for c in i.columns)) for i in table.indexes}
        made.indexes |= {(True, tuple(c.name for c in k.columns)) for k in table.constraints if isinstance(k, UniqueConstraint)}
        made.indexes |= {(True, (c.name,)) for c in table.c if c.unique}
    return found


def structure_faults(connection: sqlite3.Connection) -> list[str]:
    """What about the tables is other than the program makes it, named as the office does; for a ledger that is up to date.

    Raises sqlite3.Error where the file cannot be read.
    """
    found = _found(connection)
    faults = []
    for name, made in _wanted().items():
        there, called = found.get(name), TABLES.get(name, name)
        if there is None:
            faults.append(f"没有“{called}”表")
        elif lacking := sorted(made.columns.keys() - there.columns.keys()):
            faults.append(f"“{called}”表缺少 {'、'.join(lacking)} 栏")
        elif there.columns != made.columns or there.references != made.references or there.indexes != made.indexes:
            faults.append(f"“{called}”表的结构被改过")
    for name, words in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
        called = TABLES.get(str(name), str(name))
        if name in _wanted() and _OWN_WAYS.search(str(words)) and not any(f"“{called}”" in f for f in faults):
            faults.append(f"“{called}”表的结构被改过")
    if connection.execute(f"SELECT count(*) FROM {_VERSION}").fetchone()[0] != 1:
        faults.append("版本记录不止一条")
    return faults


def strange_tables(connection: sqlite3.Connection) -> list[str]:
    """Tables that are none of the program's: they do nothing, but somebody put them there."""
    rows: Iterable[tuple[str]] = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name")
    return [f"表“{name}”" for (name,) in rows if name != _VERSION and name not in _wanted()]


def _found(connection: sqlite3.Connection) -> dict[str, _Made]:
    found: dict[str, _Made] = defaultdict(_Made)
    ours = "FROM sqlite_master m JOIN"
    for table, column, compulsory, key, hidden in connection.execute(
            f"SELECT m.name, x.name, x.\"notnull\", x.pk, x.hidden {ours} pragma_table_xinfo(m.name) x WHERE m.type = 'table'"):
        found[table].columns[f"{column} (reckoned)" if hidden else column] = (not compulsory and not key, bool(key))
    for table, column, to, key, deleted in connection.execute(
            f"SELECT m.name, x.\"from\", x.\"table\", x.\"to\", x.on_delete {ours} pragma_foreign_key_list(m.name) x WHERE m.type = 'table'"):
        found[table].references.add((column, to, key, deleted))
    columns: dict[tuple[str, str, bool], list[str]] = defaultdict(list)
    for table, index, unique, _partial, column in connection.execute(
            f"SELECT m.name, i.name, i.\"unique\", i.partial, c.name {ours} pragma_index_list(m.name) i "
            "JOIN pragma_index_info(i.name) c WHERE m.type = 'table' AND i.origin <> 'pk' ORDER BY i.name, c.seqno"):
        columns[table, index, bool(unique)].append(str(column))
    for (table, _, unique), names in columns.items():
        found[table].indexes.add((unique, tuple(names)))
    return dict(found)
