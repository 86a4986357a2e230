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
from hydesk.services.returns.list_returns import list_returns
from hydesk.services.rules.settings import get_setting, set_setting
from hydesk.services.upkeep.backup_ledger import backup_ledger
from hydesk.services.upkeep.check_ledger import check_ledger
from hydesk.services.upkeep.open_ledger import create_ledger, open_ledger
from hydesk.services.upkeep.open_or_create import opened


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


def test_a_file_that_may_only_be_read_is_looked_at_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "台账.hydesk"
    create_ledger(path).close()
    allowed = os.access  # root may write anything: say otherwise
    monkeypatch.setattr(os, "access", lambda of, how: allowed(of, how) and not (how == os.W_OK and Path(of) == path))
    with opened(str(path)) as held:
        assert list_returns(held) == []
        with pytest.raises(HydeskError, match="只读"), held.write():
            pass
        backup_ledger(held, tmp_path / "备份.hydesk")
    assert check_ledger(path) == []
