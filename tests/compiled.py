"""Statements compiled once for all ledgers that a test run opens.

SQLAlchemy keeps what it compiled with the engine, and every test opens a ledger, hence an engine, of its own: an eighth
of the tests' time went into compiling the same statements again.
"""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, create_engine

from hydesk.db import ledger

MOST = 3000
"""Statements on tables that a migration made for itself are never asked for again."""


class Compiled(dict[Any, Any]):
    """As the cache of an engine, but equal for all engines whose dialect has the same name."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_of_any_engine(key), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        if len(self) >= MOST:
            self.clear()
        super().__setitem__(_of_any_engine(key), value)


def _of_any_engine(key: tuple[Any, ...]) -> tuple[Any, ...]:
    dialect, *statement = key
    return dialect.name, *statement


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Any:
    shared = Compiled()

    def create(*arguments: Any, **options: Any) -> Engine:
        engine = create_engine(*arguments, **options)
        engine.update_execution_options(compiled_cache=shared)
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "create_engine", create)
        yield
