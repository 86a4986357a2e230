"""SQLite keeps no account of its memory, and where it cannot be told so all goes on as before."""

from __future__ import annotations

import importlib.machinery
import subprocess
import sys

import pytest

from hydesk import lean_sqlite


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="asks the library through the module that is linked to it")
def test_a_ledger_is_read_without_an_account_of_memory() -> None:
    code = ("import hydesk.db.ledger, sqlite3, _sqlite3, ctypes\n"
            "connection = sqlite3.connect(':memory:')\n"
            "print(connection.execute('SELECT 1').fetchone()[0], ctypes.CDLL(_sqlite3.__file__).sqlite3_memory_used())")
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["1", "0"]


@pytest.mark.parametrize("found", [
    None, importlib.machinery.ModuleSpec("_sqlite3", None, origin="built-in"), importlib.machinery.ModuleSpec("_sqlite3", None)])
def test_where_the_library_cannot_be_told_nothing_happens(
        found: importlib.machinery.ModuleSpec | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lean_sqlite, "find_spec", lambda _name: found)
    assert lean_sqlite.keep_no_account() is False


def test_sqlite_that_has_begun_is_left_as_it_is() -> None:
    import sqlite3

    assert lean_sqlite.keep_no_account() is False
    assert sqlite3.connect(":memory:").execute("SELECT 1").fetchone() == (1,)
