"""Before many returns at once, a restore and a migration the ledger is kept as it was."""

from __future__ import annotations

import gzip
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hydesk.services.rules.settings import set_setting
from hydesk.services.upkeep.backup_index import AUTOMATIC, BEFORE_IMPORT, list_backups
from hydesk.services.upkeep.backup_ledger import backup_ledger, restore_ledger
from hydesk.services.upkeep.keep_backups import MANY, keep_backup, keep_before_many
from hydesk.services.upkeep.open_ledger import create_ledger, open_ledger
from tests.services.made import fill

OLD = sorted((Path(__file__).parents[2] / "db" / "ledgers").glob("*.hydesk.gz"))


def test_many_returns_force_a_backup_and_few_do_not(tmp_path: Path) -> None:
    ledger = create_ledger(tmp_path / "台账.hydesk")
    fill(ledger, 2)
    keep_before_many(ledger, MANY - 1)
    assert list_backups(ledger) == []
    keep_before_many(ledger, MANY)
    assert [b.reason for b in list_backups(ledger)] == [BEFORE_IMPORT]
    assert list_backups(ledger)[0].proven is None  # the clerk waits for his returns, not for a proof


@pytest.mark.parametrize("damaged", [False, True])
def test_a_backup_that_nobody_waited_for_is_proven_with_the_next_one(tmp_path: Path, damaged: bool) -> None:
    ledger = create_ledger(tmp_path / "台账.hydesk")
    fill(ledger, 2)
    keep_before_many(ledger, MANY)
    if damaged:
        file = tmp_path / "backups" / list_backups(ledger)[0].name
        content = file.read_bytes()
        file.write_bytes(content[:8192] + bytes(len(content) - 8192))
    set_setting(ledger, "office_name", "重点办")
    keep_backup(ledger, now=datetime.now() + timedelta(minutes=1))
    assert [(b.reason, b.proven is not None, b.faults > 0) for b in list_backups(ledger)] == [
        (AUTOMATIC, True, False), (BEFORE_IMPORT, True, damaged)]


def test_the_same_content_is_proven_by_the_next_backup_itself(tmp_path: Path) -> None:
    ledger = create_ledger(tmp_path / "台账.hydesk")
    fill(ledger, 2)
    keep_before_many(ledger, MANY)
    keep_before_many(ledger, MANY)
    assert not keep_backup(ledger, now=datetime.now() + timedelta(minutes=1)).made
    assert [(b.reason, b.proven is not None) for b in list_backups(ledger)] == [(BEFORE_IMPORT, True)]


def test_restoring_keeps_the_ledger_there_was(tmp_path: Path) -> None:
    ledger = create_ledger(tmp_path / "台账.hydesk")
    fill(ledger, 2)
    backup = backup_ledger(ledger, tmp_path / "备份.hydesk")
    fill(ledger, 1)
    ledger.close()
    before = (tmp_path / "台账.hydesk").stat().st_size
    kept = restore_ledger(tmp_path / "台账.hydesk", backup)
    assert kept is not None
    assert kept.stat().st_size >= before // 2
    open_ledger(kept, read_only=True).close()


@pytest.mark.parametrize("old", OLD[:1], ids=lambda p: p.name)
def test_migrating_keeps_the_older_ledger_beside(old: Path, tmp_path: Path) -> None:
    (tmp_path / "台账.hydesk").write_bytes(gzip.decompress(old.read_bytes()))
    open_ledger(tmp_path / "台账.hydesk").close()
    assert len(list(tmp_path.glob("*升级前*"))) == 1
