"""Rows made out of a damaged ledger into a new one: every row is kept, what is odd in it or lost beside it is said."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import field
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from hydesk.dataclass import dataclass
from hydesk.db import raw_pages, salvage
from hydesk.db.odd_entries import mended_entry
from hydesk.db.odd_values import OddValue
from hydesk.db.value_rules import BYTES, ValueRule, rules

_STANDS_FOR_LOST: dict[str, dict[str, str | int]] = {
    "acts": {"title": "（这一步的登记已丢失）", "actor": "—", "kind": "edit"}, "imports": {"file": "（这份报表的登记已丢失）", "kind": "return", "status": "applied", "sheets": "[]"},
    "units": {"name": "（丢失的单位{key}）"}, "projects": {"name": "（丢失的项目{key}）", "present": 1},
    "milestone_types": {"name": "（丢失的节点{key}）"}, "project_classes": {"name": "（丢失的类别{key}）"}, "batches": {"name": "（丢失的批次{key}）"},
    "own_columns": {"name": "（丢失的栏目{key}）", "kind": "text", "present": 1},
}
"""What a row is called that others speak of and that could not be read; the rest of it is empty."""


@dataclass(slots=True)
class RescuedRows:
    """Per table how many rows were saved; what was mended, refused, stood in for and let go of on the way."""

    saved: Counter[str] = field(default_factory=Counter)
    numbers: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    refused: Counter[str] = field(default_factory=Counter)
    odd: list[OddValue] = field(default_factory=list)
    stood_in: list[tuple[str, int]] = field(default_factory=list)
    let_go: Counter[str] = field(default_factory=Counter)
    emptied: set[tuple[str, str]] = field(default_factory=set)
    """Tables and columns in which a row let go of what it referred to."""

    def gaps(self, table: str) -> int:
        """How many numbers are missing between the rows saved."""
        numbers = self.numbers[table]
        return max(numbers, default=0) - len([n for n in numbers if n > 0])


def shapes(connection: Connection) -> list[salvage.TableShape]:
    """The tables of a ledger just made, as its version has them."""
    names = [str(n) for n in connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'").scalars()]
    return salvage.shapes_of({n: [(str(r[1]), str(r[2]), int(r[5])) for r in connection.exec_driver_sql(
        f'PRAGMA table_info("{n}")')] for n in names})


def carry_rescued(content: bytes, connection: Connection) -> RescuedRows:
    """Put every row that can be made out of ``content``, a damaged file's bytes, into the empty ledger of ``connection``.

    What refers to a lost row lets go of it where it may; else something stands in for the lost row.
    """
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    told = RescuedRows()
    known = shapes(connection)
    if any(s.name == "content_seals" for s in known):
        connection.exec_driver_sql("DELETE FROM content_seals")  # of the empty ledger; the damaged one's own come with it
    into = {s.name: _Into(connection, s, told) for s in known}
    for table, number, values in salvage.read_rows(content, known):
        into[table].put(number, values)
    for _ in range(10):
        if not _mend_references(connection, told):
            break
    return told


class _Into:
    """One table that is being filled."""

    def __init__(self, connection: Connection, shape: salvage.TableShape, told: RescuedRows) -> None:
        self._connection, self._shape, self._told = connection, shape, told
        self._rules = shape.rules()
        own = () if shape.key is not None else ("rowid",)
        names = ", ".join(f'"{c}"' for c in (*own, *shape.columns))
        self._insert = f'INSERT INTO "{shape.name}" ({names}) VALUES ({", ".join("?" * (len(shape.columns) + len(own)))})'

    def put(self, number: int, values: raw_pages.Values) -> None:
        name = self._shape.name
        row = [self._fitting(number, i, rule, value) for i, (rule, value) in enumerate(zip(self._rules, values, strict=True))]
        if name == "change_log":
            mended, odd = mended_entry(dict(zip(self._shape.columns, row, strict=True)))
            row = list(mended.values())
            self._told.odd += [OddValue(name, number, column) for column in odd]
        try:
            self._connection.exec_driver_sql(self._insert, tuple(row if self._shape.key is not None else (number, *row)))
        except (DBAPIError, OverflowError):  # the same row twice, or a name that must be the only one
            self._told.refused[name] += 1
            return
        self._told.saved[name] += 1
        self._told.numbers[name].add(number)

    def _fitting(self, number: int, place: int, rule: ValueRule | None, value: Any) -> Any:
        """``value``, or what is kept in its place; bytes of a column of words are such a case too."""
        of_bytes = isinstance(value, memoryview)
        held = bytes(value) if of_bytes else value
        if rule is None or (of_bytes and rule.kind == BYTES):
            return held.decode("utf-8", "replace") if isinstance(held, bytes) and not of_bytes else held
        if of_bytes == (rule.kind == BYTES) and rule.fits(held):
            return held.decode() if isinstance(held, bytes) else held
        self._told.odd.append(OddValue(self._shape.name, number, self._shape.columns[place]))
        return rule.mended(held)


def _mend_references(connection: Connection, told: RescuedRows) -> bool:
    """Whether anything referred to what is lost; it does no more."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    keys: dict[tuple[str, int], str] = {}
    for table, row, parent, number in broken:
        if row is None:
            continue
        if (table, number) not in keys:
            for told_key in connection.exec_driver_sql(f'PRAGMA foreign_key_list("{table}")'):
                keys[table, told_key[0]] = str(told_key[3])
        column = keys[table, number]
        rule = rules().get(str(table), {}).get(column)
        if rule is not None and rule.nullable and parent != "imports":  # ten thousand entries may come from one return
            connection.exec_driver_sql(f'UPDATE "{table}" SET "{column}" = NULL WHERE rowid = ?', (row,))
            told.let_go[str(table)] += 1
            told.emptied.add((str(table), column))
        else:
            key = connection.exec_driver_sql(f'SELECT "{column}" FROM "{table}" WHERE rowid = ?', (row,)).scalar()
            if not isinstance(key, int) or not _stand_in(connection, str(parent), key, told):
                connection.exec_driver_sql(f'DELETE FROM "{table}" WHERE rowid = ?', (row,))
                told.saved[str(table)] -= 1
                told.refused[str(table)] += 1
    return bool(broken)


def _stand_in(connection: Connection, table: str, key: int, told: RescuedRows) -> bool:
    if (table, key) in told.stood_in:
        return True
    values: dict[str, Any] = {}
    for column, rule in rules().get(table, {}).items():
        own = _STANDS_FOR_LOST.get(table, {}).get(column)
        if own is not None:
            values[column] = own.format(key=key) if isinstance(own, str) else own
        elif not rule.nullable and column != "id":
            values[column] = rule.mended(None)
    if "act_id" in values:
        values["act_id"] = connection.exec_driver_sql("SELECT min(id) FROM acts").scalar() or 0
    there = {str(r[1]) for r in connection.exec_driver_sql(f'PRAGMA table_info("{table}")')}
    values = {c: v for c, v in values.items() if c in there} | {"id": key}
    names = ", ".join(f'"{c}"' for c in values)
    try:
        connection.exec_driver_sql(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(values))})', tuple(values.values()))
    except DBAPIError:
        return False
    told.stood_in.append((table, key))
    return True
