"""Values that the program can never have written: a word where a number stands, a day that is none, letters that are
no text. Other programs and rotten disks write them, SQLite keeps them, and reading one ends what reads it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from hydesk.dataclass import dataclass
from hydesk.db.odd_entries import odd_entries
from hydesk.db.value_rules import (
    BOOLEAN,
    BYTES,
    DATE,
    INTEGER,
    JSON,
    PERIOD,
    TABLES,
    TIME,
    WORDS,
    YEAR,
    ValueRule,
    deep_json,
    listed,
    no_number,
    no_period,
    rules,
)

_LARGE = frozenset({"change_log", "import_rows", "import_cells", "import_findings"})
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class OddValue:
    """A value that cannot have been written by the program: where it stands."""

    table: str
    row: int
    column: str

    def __str__(self) -> str:
        return f"{TABLES.get(self.table, self.table)}第 {self.row} 行的 {self.column}"


def odd_values(connection: sqlite3.Connection, most: int = 20, *, small: bool = False) -> list[OddValue]:
    """The first ``most`` odd values of a ledger, by table and row. ``connection`` is left as it was.

    ``small`` leaves out the change log and what was read of the returns: nine rows of ten, which only pages of the past
    ever show.

    Raises sqlite3.Error where pages cannot be read.
    """
    found: list[OddValue] = []
    kept, connection.text_factory = connection.text_factory, bytes
    try:
        tables = {bytes(r[0]).decode() for r in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for name, columns in rules().items():
            if name in tables and not (small and name in _LARGE):
                for odd in _of_table(connection, name, columns):
                    found.append(odd)
                    if len(found) >= most:
                        return found
        return found
    finally:
        connection.text_factory = kept


def _of_table(connection: sqlite3.Connection, table: str, rules_of: dict[str, ValueRule]) -> Iterator[OddValue]:
    there = {bytes(r[1]).decode() for r in connection.execute(f'PRAGMA table_info("{table}")')}
    columns = {c: r for c, r in rules_of.items() if c in there}
    suspect = " OR ".join(_suspect(c, r) for c, r in columns.items())
    rows = {int(r[0]) for r in connection.execute(f'SELECT rowid FROM "{table}" WHERE {suspect}')}
    rows |= set(_no_text(connection, table, [c for c, r in columns.items() if r.kind == WORDS and not r.choices]))
    if table == "change_log":
        rows_of_log = set(odd_entries(connection))
    for key in sorted(rows):
        names = ", ".join(f'"{c}"' for c in columns)
        held = connection.execute(f'SELECT {names} FROM "{table}" WHERE rowid = ?', (key,)).fetchone()
        yield from (OddValue(table, key, c) for (c, r), value in zip(columns.items(), held, strict=True) if not r.fits(value))
    if table == "change_log":
        yield from (OddValue(table, key, "new") for key in sorted(rows_of_log - rows))


def _suspect(column: str, rule: ValueRule) -> str:
    """SQL that is true for every value that does not fit, and for few others.

    A day is moved by none, for SQLite lets 02-30 stand until it has to reckon with it.
    """
    at = f'"{column}"'
    wanted = "integer" if rule.kind in (INTEGER, BOOLEAN, YEAR) else "blob" if rule.kind == BYTES else "text"
    wrong = f"typeof({at}) <> '{wanted}'"
    if wanted == "integer":
        wrong += f" OR {no_number(at, rule.kind)}"
    elif rule.kind == DATE:
        wrong += f" OR date({at}, '+0 days') IS NOT {at}"
    elif rule.kind == TIME:
        wrong += f" OR datetime({at}, '+0 days') IS NOT substr({at}, 1, 19)"
    elif rule.kind == JSON:
        wrong += f" OR NOT json_valid({at}) OR {deep_json(at)}"
    elif rule.kind == PERIOD:
        wrong += f" OR {no_period(at)}"
    if rule.choices:
        wrong += f" OR {at} NOT IN ({listed(rule.choices)})"
    return f"({at} IS NOT NULL AND ({wrong}))" if rule.nullable else f"({at} IS NULL OR {wrong})"


def _no_text(connection: sqlite3.Connection, table: str, columns: list[str]) -> Iterator[int]:
    """Rows in which some text is not UTF-8; of a thousand rows each column is decoded at once, which is ten times faster."""
    if not columns:
        return
    within = f'FROM "{table}" WHERE rowid > ? AND rowid <= ?'
    together = ", ".join(f'group_concat("{c}", char(10))' for c in columns)
    step = f'SELECT max(rowid) FROM (SELECT rowid FROM "{table}" WHERE rowid > ? ORDER BY rowid LIMIT {_BATCH})'
    done = -(2**63)
    while (last := connection.execute(step, (done,)).fetchone()[0]) is not None:
        if not all(map(_is_text, connection.execute(f"SELECT {together} {within}", (done, last)).fetchone())):
            names = ", ".join(f'CAST("{c}" AS TEXT)' for c in columns)
            for key, *texts in connection.execute(f"SELECT rowid, {names} {within}", (done, last)).fetchall():
                if not all(map(_is_text, texts)):
                    yield int(key)
        done = last


def _is_text(content: bytes | None) -> bool:
    try:
        (content or b"").decode()
    except UnicodeDecodeError:
        return False
    return True
