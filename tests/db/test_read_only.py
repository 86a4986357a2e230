"""A ledger opened for reading only is never changed."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from hydesk.domain.errors import HydeskError
from hydesk.services.open_ledger import create_ledger, open_ledger
from hydesk.services.settings import get_setting, set_setting


def test_writing_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.hydesk"
    create_ledger(path).close()
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    ledger = open_ledger(path, read_only=True)
    assert ledger.read_only
    with pytest.raises(HydeskError, match="只读"), ledger.write():
        pass
    assert get_setting(ledger, "x") is None
    with pytest.raises((HydeskError, sqlite3.Error, DBAPIError)), ledger.read() as connection:
        connection.execute(text("DELETE FROM units"))
    ledger.close()
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_it_sees_what_another_window_writes(tmp_path: Path) -> None:
    path = tmp_path / "a.hydesk"
    writer = create_ledger(path)
    reader = open_ledger(path, read_only=True)
    set_setting(writer, "x", 1, "设置")
    assert get_setting(reader, "x") == 1
    reader.close()
    writer.close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    path = tmp_path / "in" / "a.hydesk"
    create_ledger(path).close()
    path.parent.chmod(0o555)
    try:
        ledger = open_ledger(path, read_only=True)
        assert get_setting(ledger, "x") is None
        ledger.close()
    finally:
        path.parent.chmod(0o755)
