"""The attachments of a ledger on a server, in the database itself: there is no folder beside it.

The table is a server's alone. A file's rows are only added: undoing leaves the file lying, as it does beside a ledger file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from sqlalchemy import Connection

TABLE = "attachment_files"
MAKE = f"CREATE TABLE IF NOT EXISTS {TABLE} (stored text COLLATE \"C\" PRIMARY KEY, content bytea NOT NULL)"
LARGEST = 100 << 20
"""Bytes of one file that a server is asked to keep."""


def make_table(connection: Connection) -> None:
    """Make the table where there is none."""
    connection.exec_driver_sql(MAKE)


def put(connection: Connection, stored: str, path: Path) -> None:
    """Keep the file at ``path`` under its hash, unless it is there."""
    if not there(connection, [stored]):
        connection.exec_driver_sql(f"INSERT INTO {TABLE} (stored, content) VALUES (%(stored)s, %(content)s) ON CONFLICT DO NOTHING",
                                   {"stored": stored, "content": path.read_bytes()})


def there(connection: Connection, names: Collection[str]) -> set[str]:
    """Those of ``names`` that are kept."""
    found = connection.exec_driver_sql(f"SELECT stored FROM {TABLE} WHERE stored = ANY(%(names)s)", {"names": list(names)})
    return {str(name) for name in found.scalars()}


def content(connection: Connection, stored: str) -> bytes | None:
    """The file kept as ``stored``."""
    found = connection.exec_driver_sql(f"SELECT content FROM {TABLE} WHERE stored = %(stored)s", {"stored": stored}).scalar()
    return None if found is None else bytes(found)


def names(connection: Connection) -> list[str]:
    """Everything that is kept."""
    return [str(name) for name in connection.exec_driver_sql(f"SELECT stored FROM {TABLE} ORDER BY stored").scalars()]


def digests(connection: Connection) -> Iterator[tuple[str, str]]:
    """What each file's content comes to (SHA-256), reckoned by the server; by name."""
    for stored, digest in connection.exec_driver_sql(f"SELECT stored, encode(sha256(content), 'hex') FROM {TABLE} ORDER BY stored"):
        yield str(stored), str(digest)


def take_away(connection: Connection) -> None:
    """Take the table away with the ledger it belongs to."""
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {TABLE}")
