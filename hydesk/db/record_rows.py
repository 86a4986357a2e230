"""Records of a register written many at a time: SQLite itself makes the log's entries and the values out of one plain row a record.

What is written is what ``journal.record`` would write of the same cells one by one, and in the same order. A place, an entry and
a row for each value, all of them asked for and compared first, took half of the time in which 50,000 records come in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from sqlalchemy import Connection

from hydesk.dataclass import dataclass
from hydesk.db import decided, seals
from hydesk.db.journal import Write, record
from hydesk.db.places import PRESENT, Entity, Place

_AT_ONCE = 500
"""Records laid ready at a time: more would be a file of its own beside the ledger, and no faster."""


@dataclass(frozen=True, slots=True)
class RecordSheet:
    """Where rows come from: the sheet's name, and the fields it has, in the log's order, each with the letter of its column."""

    name: str
    fields: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class RecordRow:
    """What a row of a sheet writes of one record: field by field the text it is to hold, None where nothing changes, and the words
    that was read from. Under a ``fresh`` key, one never given before (``Shelves.new_keys``), nothing is held."""

    key: str
    fresh: bool
    row: int
    texts: Sequence[str | None]
    words: Sequence[str | None]


def new_record(key: str, register_id: int) -> list[Write]:
    """What makes a record be there at all."""
    return [Write(Place(Entity.RECORD, 0, key, PRESENT), "1"),
            Write(Place(Entity.RECORD, 0, key, "register_id"), str(register_id))]


def value_place(key: str, field: str) -> Place:
    """Where the value of a record's field stands."""
    return Place(Entity.RECORD_VALUE, 0, f"{key}/{field}", "value")


def record_rows(connection: Connection, act_id: int, register_id: int, sheet: RecordSheet, rows: Iterable[RecordRow]) -> None:
    """Write ``rows``, each another record of the register, under ``act_id``, and log every value with its cell.

    Raises Stale where a value was decided on that holds no more (``db.decided``).
    """
    waiting = iter(rows)
    write = _by_journal if connection.dialect.name != "sqlite" else _by_tables
    write(connection, act_id, register_id, sheet, iter(lambda: list(islice(waiting, _AT_ONCE)), []))


def _by_journal(connection: Connection, act_id: int, register_id: int, sheet: RecordSheet,
                some: Iterator[list[RecordRow]]) -> None:
    for rows in some:
        record(connection, act_id, [w for r in rows for w in _writes(register_id, sheet, r)])


def _writes(register_id: int, sheet: RecordSheet, row: RecordRow) -> Iterator[Write]:
    if row.fresh:
        yield from new_record(row.key, register_id)
    for (field, letter), text, words in zip(sheet.fields, row.texts, row.words, strict=True):
        if text is not None:
            yield Write(value_place(row.key, field), text, sheet.name, f"{letter}{row.row}", words)


def _by_tables(connection: Connection, act_id: int, register_id: int, sheet: RecordSheet,
               some: Iterator[list[RecordRow]]) -> None:
    """By two tables of this connection's own: the rows, and the entries that each of them may make."""
    say = connection.exec_driver_sql
    columns, to_fill, log, records, values = _statements(len(sheet.fields))
    say(f"CREATE TEMP TABLE ready_rows (number INTEGER PRIMARY KEY, key INTEGER, fresh INTEGER, row INTEGER, {columns})")
    say("CREATE TEMP TABLE ready_entries (number INTEGER PRIMARY KEY, entity, name, tail, field, fixed, sheet, letter)")
    say(f"INSERT INTO temp.ready_entries VALUES (?{', ?' * 7})", [
        (-2, Entity.RECORD.value, None, "", PRESENT, "1", None, None),
        (-1, Entity.RECORD.value, None, "", "register_id", str(register_id), None, None),
        *((n, Entity.RECORD_VALUE.value, field, f"/{field}", "value", None, sheet.name, letter)
          for n, (field, letter) in enumerate(sheet.fields))])
    seals.note_written(connection, act_id)
    for rows in some:
        decided.refuse_stale(connection, *_over(sheet, rows))
        say(to_fill, [(int(r.key), r.fresh, r.row, *chain.from_iterable(zip(r.texts, r.words, strict=True))) for r in rows])
        say(log, (act_id,))
        say(records, (register_id,))
        say(values)
        say("DELETE FROM temp.ready_rows")
    say("DROP TABLE temp.ready_rows")
    say("DROP TABLE temp.ready_entries")


def _over(sheet: RecordSheet, rows: Sequence[RecordRow]) -> tuple[dict[Place, str | None], dict[Place, str | None]]:
    """What is written where something may be held, which is another value then: of a fresh record nobody can have seen any."""
    wanted: dict[Place, str | None] = {
        value_place(r.key, field): text for r in rows if not r.fresh
        for (field, _), text in zip(sheet.fields, r.texts, strict=True) if text is not None}
    return wanted, dict.fromkeys(wanted)


def _statements(fields: int) -> tuple[str, str, str, str, str]:
    """The columns of so many fields; to lay a row ready, to log, to make the fresh records and to put the values."""
    columns = ", ".join(f"text{n}, words{n}" for n in range(fields))
    text = f"CASE e.number {' '.join(f'WHEN {n} THEN r.text{n}' for n in range(fields))} ELSE e.fixed END"
    words = f"CASE e.number {' '.join(f'WHEN {n} THEN r.words{n}' for n in range(fields))} END"
    ready = "temp.ready_rows r CROSS JOIN temp.ready_entries e"
    return (
        columns,
        f"INSERT INTO temp.ready_rows (key, fresh, row, {columns}) VALUES (?, ?, ?{', ?' * 2 * fields})",
        f"""INSERT INTO change_log (act_id, entity, project_id, scope, field, old, new, sheet, cell, words)
            SELECT ?, e.entity, 0, r.key || e.tail, e.field,
                CASE WHEN NOT r.fresh THEN (SELECT v.value FROM record_values v WHERE v.record_id = r.key AND v.field = e.name) END,
                {text}, e.sheet, e.letter || r.row, {words}
            FROM {ready} WHERE CASE WHEN e.number < 0 THEN r.fresh ELSE {text} IS NOT NULL END ORDER BY r.number, e.number""",
        "INSERT INTO records (id, present, register_id) SELECT key, 1, ? FROM temp.ready_rows WHERE fresh ORDER BY number",
        f"""INSERT INTO record_values (record_id, field, value) SELECT r.key, e.name, {text}
            FROM {ready} WHERE e.number >= 0 AND {text} IS NOT NULL ORDER BY r.number, e.number
            ON CONFLICT (record_id, field) DO UPDATE SET value = excluded.value""")
