"""A damaged ledger: never written to, and what can be read of it is saved into a new one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.check_ledger import check_ledger
from hydesk.services.upkeep.open_ledger import create_ledger, open_ledger
from hydesk.services.upkeep.rescue_ledger import rescue_ledger
from tests.db.test_old_ledgers import old_ledger
from tests.reliability.damage import rows_of
from tests.services.made import exported, fill

PAGE = 4096


def test_a_sound_ledger_is_carried_over_whole(tmp_path: Path) -> None:
    ledger = create_ledger(tmp_path / "台账.hydesk")
    fill(ledger, 6)
    before = exported(ledger)
    ledger.close()
    saved = rescue_ledger(tmp_path / "台账.hydesk", tmp_path / "新.hydesk")
    assert saved.lost == ()
    assert saved.findings == ()
    rescued = open_ledger(tmp_path / "新.hydesk")
    assert exported(rescued) == before
    rescued.close()


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_damaged_pages_cost_no_more_than_what_stood_on_them(tmp_path: Path, seed: int) -> None:
    path = old_ledger("0002", tmp_path)
    content = bytearray(path.read_bytes())
    chance = random.Random(seed)
    for _ in range(8):
        at = chance.randrange(20, len(content) // PAGE) * PAGE
        content[at:at + PAGE] = chance.randbytes(PAGE)
    path.write_bytes(content)
    saved = rescue_ledger(path, tmp_path / "新.hydesk")
    assert path.read_bytes() == bytes(content)
    assert saved.saved > 3000
    rescued = open_ledger(tmp_path / "新.hydesk")
    assert len(list_standings(rescued, Period.month(2023, 6))) >= 300
    rescued.close()
    assert not [f for f in check_ledger(tmp_path / "新.hydesk") if f.code == "file_damaged"]


def test_a_damaged_ledger_is_told_and_not_touched(tmp_path: Path) -> None:
    path = old_ledger("0002", tmp_path)
    content = bytearray(path.read_bytes())
    content[200 * PAGE:220 * PAGE] = b"\x55" * (20 * PAGE)
    path.write_bytes(content)
    assert [f.code for f in check_ledger(path)][:1] == ["file_damaged"]
    assert path.read_bytes() == bytes(content)
    with pytest.raises(HydeskError, match="没有写入"):
        open_ledger(path)
    assert path.read_bytes() == bytes(content)


def test_what_is_no_ledger_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.hydesk").write_bytes(b"SQLite format 3\0" + b"\x00\x01" * 5000)
    with pytest.raises(HydeskError):
        rescue_ledger(tmp_path / "a.hydesk", tmp_path / "b.hydesk")
    assert not (tmp_path / "b.hydesk").exists()


@pytest.mark.parametrize(("at", "lies"), [(16, b"\x02\x00"), (16, b"\x20\x00"), (16, b"\x00\x01"), (20, b"\x0c"), (32, b"\0\0\0\x05\0\0\0\x01")])
def test_a_head_that_lies_about_the_pages_costs_no_row(tmp_path: Path, at: int, lies: bytes) -> None:
    """Their size, the bytes left unused on them, which of them are free: what can be read tells better."""
    path, out = tmp_path / "台账.hydesk", tmp_path / "救出.hydesk"
    ledger = create_ledger(path)
    fill(ledger, 30)
    ledger.close()
    whole = len(rows_of(path))
    content = bytearray(path.read_bytes())
    content[at:at + len(lies)] = lies
    path.write_bytes(content)
    rescue_ledger(path, out)
    assert len(rows_of(out)) == whole
