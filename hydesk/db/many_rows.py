"""Many rows put into a table at once, past SQLAlchemy's looking at every single value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Date, DateTime, Table, insert

_BATCH = 5000


def may_be_plain(table: Table) -> bool:
    """Whether the driver keeps the values of ``table`` as SQLAlchemy would: days and moments it writes otherwise."""
    return not any(isinstance(c.type, Date | DateTime) for c in table.c)


def insert_plain(connection: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Put ``rows``, each the values of the columns ``names``, into a table that ``may_be_plain``."""
    waiting = iter(rows)
    if connection.dialect.name != "sqlite":
        while some := [dict(zip(names, row, strict=True)) for row in islice(waiting, _BATCH)]:
            connection.execute(insert(table), some)
        return
    statement = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    while values := [tuple(row) for row in islice(waiting, _BATCH)]:
        connection.exec_driver_sql(statement, values)
