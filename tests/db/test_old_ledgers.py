"""A ledger of every version that was ever written opens, migrates, and holds what it held."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from hydesk.db import migrate
from hydesk.domain.periods import Period
from hydesk.services.check_ledger import check_ledger
from hydesk.services.edit_project import next_redo, redo_last, undo_last
from hydesk.services.list_returns import list_returns
from hydesk.services.list_standings import list_standings
from hydesk.services.open_ledger import open_ledger

FILES = Path(__file__).with_name("ledgers")
JUNE = Period.month(2023, 6)


def old_ledger(revision: str, folder: Path) -> Path:
    """The kept ledger of ``revision``, unpacked into ``folder``."""
    path = folder / f"{revision}.hydesk"
    path.write_bytes(gzip.decompress((FILES / f"{revision}.hydesk.gz").read_bytes()))
    return path


@pytest.mark.parametrize("revision", migrate.REVISIONS[:-1])
def test_every_older_version_is_kept(revision: str) -> None:
    assert (FILES / f"{revision}.hydesk.gz").exists()


def test_the_first_version_holds_what_it_held(tmp_path: Path) -> None:
    path = old_ledger("0001", tmp_path)
    ledger = open_ledger(path)
    standings = list_standings(ledger, JUNE)
    assert len(standings) == 388
    assert sum(s.total_investment or 0 for s in standings) == 351_460_000_000
    assert standings[0].annual_plan == 1_234_500_000
    assert standings[1].name == "改了名的项目"
    assert [r.period for r in list_returns(ledger)].count(JUNE) == 3
    assert next_redo(ledger)
    redo_last(ledger)
    assert list_standings(ledger, JUNE)[2].nature == "续建"
    undo_last(ledger)
    undo_last(ledger)
    assert list_standings(ledger, JUNE)[1].name != "改了名的项目"
    ledger.close()
    assert check_ledger(path) == []
    assert list(tmp_path.glob("*升级前-0001-*"))
