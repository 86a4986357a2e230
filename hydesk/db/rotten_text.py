"""Connections that read text a disk has spoiled, at no cost where none is.

SQLite keeps any bytes as text, and Python's driver ends a whole read at the first ones that are not UTF-8. Decoding
every text in Python instead takes a tenth longer on a sound ledger. So the driver decodes, as fast as it can, and only a
connection that met spoiled letters decodes its further text so that they show as such.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import islice
from typing import Any

_UNDECODED = "Could not decode to UTF-8"
"""How the driver's complaint begins; it is of no class of its own."""


class TolerantConnection(sqlite3.Connection):
    """Gives cursors that show spoiled letters as � in place of ending there."""

    def cursor(self, factory: Any = None) -> Any:
        """A cursor of this kind, unless another is asked for."""
        return super().cursor(factory or TolerantCursor)

    def execute(self, *statement: Any) -> Any:
        """As the driver's own, which would not ask ``cursor``."""
        return self.cursor().execute(*statement)


class TolerantCursor(sqlite3.Cursor):
    """Reads on at the very row that could not be decoded: the driver moves past a row only once it has given it."""

    def fetchone(self) -> Any:
        """The next row, or None."""
        try:
            return super().fetchone()
        except sqlite3.OperationalError as e:
            self._show_spoiled(e)
            return super().fetchone()

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        """The next ``size`` rows."""
        return self._rows(self if size is None else islice(self, size), size)

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        return self._rows(self, None)

    def _rows(self, source: Iterator[Any], most: int | None) -> list[Any]:
        rows: list[Any] = []
        try:
            rows.extend(source)  # keeps what it got when the next row raises
        except sqlite3.OperationalError as e:
            self._show_spoiled(e)
            rows.extend(self if most is None else islice(self, most - len(rows)))
        return rows

    def _show_spoiled(self, error: sqlite3.OperationalError) -> None:
        if not str(error).startswith(_UNDECODED):
            raise error
        self.connection.text_factory = _shown


def _shown(content: bytes) -> str:
    return content.decode("utf-8", "replace")
