"""The newest layout laid out at once for the empty ledgers that tests make.

Every migration in turn takes a tenth of a second, of hundreds of tests. The statements here are what the migrations
left in a first file; tests/db runs the migrations themselves.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from hydesk.db import carry, migrate, sqlite_file
from hydesk.db.ledger import connect
from hydesk.db.migrate import REVISIONS, upgrade_within
from hydesk.services.upkeep import open_ledger


class LaidOut:
    """In place of ``upgrade_within``: as that, at once where a new file is brought to the newest version."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._statements: list[str] = []

    def __call__(self, connection: Connection, target: str | None = None) -> None:
        if connection.dialect.name != "sqlite" or target not in (None, REVISIONS[-1]) or migrate.revision(connection):
            upgrade_within(connection, target)
            return
        for statement in self._statements or self._first():
            connection.exec_driver_sql(statement)
        driver: Any = connection.connection.driver_connection
        sqlite_file.mark(driver, len(REVISIONS))

    def _first(self) -> list[str]:
        path = self._folder / "first.hydesk"
        ledger = connect(path)
        with ledger.write() as connection:
            upgrade_within(connection)
        ledger.close()
        with closing(sqlite3.connect(path)) as made:
            self._statements = [s for s in made.iterdump() if s not in ("BEGIN TRANSACTION;", "COMMIT;")]
        return self._statements


@pytest.fixture(scope="session", autouse=True)
def _laid_out_at_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    at_once = LaidOut(tmp_path_factory.mktemp("laid-out"))
    with pytest.MonkeyPatch.context() as patch:
        for module in (open_ledger, carry):
            patch.setattr(module, "upgrade_within", at_once)
        yield
