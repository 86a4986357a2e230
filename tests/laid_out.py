"""A version's layout laid out at once for the empty ledgers that tests make and rescue into.

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
from hydesk.db.ledger import Ledger, connect
from hydesk.db.migrate import REVISIONS, upgrade_within
from hydesk.services.upkeep import open_ledger, rescue_ledger


class LaidOut:
    """In place of ``upgrade_within`` and ``upgrade``: as those, at once where a new file is brought to a version."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._statements: dict[str, list[str]] = {}

    def __call__(self, connection: Connection, target: str | None = None) -> None:
        target = target or REVISIONS[-1]
        if connection.dialect.name != "sqlite" or migrate.revision(connection):
            upgrade_within(connection, target)
            return
        for statement in self._statements.get(target) or self._first(target):
            connection.exec_driver_sql(statement)
        driver: Any = connection.connection.driver_connection
        sqlite_file.mark(driver, REVISIONS.index(target) + 1)

    def upgrade(self, ledger: Ledger, target: str | None = None) -> None:
        if ledger.person is not None:
            migrate.upgrade(ledger, target)
            return
        with ledger.write() as connection:
            self(connection, target)

    def _first(self, target: str) -> list[str]:
        path = self._folder / f"{target}.hydesk"
        ledger = connect(path)
        with ledger.write() as connection:
            upgrade_within(connection, target)
        ledger.close()
        with closing(sqlite3.connect(path)) as made:
            self._statements[target] = [s for s in made.iterdump() if s not in ("BEGIN TRANSACTION;", "COMMIT;")]
        return self._statements[target]


@pytest.fixture(scope="session", autouse=True)
def _laid_out_at_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    at_once = LaidOut(tmp_path_factory.mktemp("laid-out"))
    with pytest.MonkeyPatch.context() as patch:
        for module in (open_ledger, carry):
            patch.setattr(module, "upgrade_within", at_once)
        patch.setattr(rescue_ledger, "upgrade", at_once.upgrade)
        yield
