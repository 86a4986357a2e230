"""Before many returns at once, a restore and a migration the ledger is kept as it was."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from hydesk.services.upkeep.backup_ledger import backup_ledger, restore_ledger
from hydesk.services.upkeep.keep_backups import BEFORE_IMPORT, MANY, keep_before_many, list_backups
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
    assert list_backups(ledger)[0].proven is not None


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
