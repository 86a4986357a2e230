"""Spoiled letters in a ledger show as such; they neither end a read nor cost anything where there are none."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from hydesk.db.ledger import connect
from hydesk.db.rotten_text import TolerantConnection

ROTTEN = (2, 3, 5)
READ: dict[str, Callable[[Any], list[Any]]] = {
    "all at once": lambda c: c.fetchall(),
    "one by one": lambda c: list(iter(c.fetchone, None)),
    "two by two": lambda c: [row for rows in iter(lambda: c.fetchmany(2), []) for row in rows],
    "one, then the rest": lambda c: [c.fetchone(), *c.fetchall()],
    "many at once": lambda c: c.fetchmany(100),
}


def made(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, words TEXT)")
    connection.executemany("INSERT INTO t VALUES (?, ?)", [(n, f"第{n}行") for n in range(1, 7)])
    connection.executemany("UPDATE t SET words = CAST(x'e8ff' AS TEXT) WHERE id = ?", [(n,) for n in ROTTEN])
    connection.commit()
    return connection


@pytest.mark.parametrize("way", READ)
def test_every_row_comes_once_and_in_order_whatever_stands_in_it(way: str) -> None:
    connection = made(sqlite3.connect(":memory:", factory=TolerantConnection))
    rows = READ[way](connection.execute("SELECT id, words FROM t ORDER BY id"))
    assert rows == [(n, "\ufffd\ufffd" if n in ROTTEN else f"第{n}行") for n in range(1, 7)]
    assert READ[way](connection.execute("SELECT id FROM t WHERE id > 9")) in ([], [None])
    connection.close()


def test_a_sound_ledger_is_decoded_by_the_driver_alone() -> None:
    connection = made(sqlite3.connect(":memory:", factory=TolerantConnection))
    connection.execute("SELECT words FROM t WHERE id = 1").fetchall()
    assert connection.text_factory is str
    connection.execute("SELECT words FROM t").fetchall()
    assert connection.text_factory is not str
    connection.close()


def test_other_errors_of_reading_stay_errors() -> None:
    connection = made(sqlite3.connect(":memory:", factory=TolerantConnection))
    with pytest.raises(sqlite3.OperationalError, match="malformed JSON"):
        connection.execute("SELECT json_extract(iif(id = 3, '{', '{}'), '$') FROM t").fetchall()
    connection.close()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_handle_reads_them_in_every_way_of_the_engine(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "台账.hydesk"
    made(sqlite3.connect(path)).close()
    ledger = connect(path, read_only=read_only)
    with ledger.read() as connection:
        query = text("SELECT words FROM t ORDER BY id")
        assert len(connection.execute(query).all()) == 6
        assert len(list(connection.execute(query, execution_options={"yield_per": 2}))) == 6
        assert connection.execute(text("SELECT words FROM t WHERE id = 2")).scalar() == "\ufffd\ufffd"
    ledger.close()
