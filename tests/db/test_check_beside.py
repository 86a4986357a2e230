"""A large ledger is read while it is still being checked, but never written before."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select

from hydesk.db import damage
from hydesk.db.models import Unit
from hydesk.domain.errors import HydeskError
from hydesk.services.upkeep import open_ledger as opening
from hydesk.services.upkeep.open_ledger import create_ledger, open_ledger


def test_writing_waits_for_the_check_and_reading_does_not(tmp_path: Path) -> None:
    ledger = create_ledger(tmp_path / "l.hydesk")
    through, written = threading.Event(), threading.Event()
    ledger.check_beside(lambda: (through.wait(10), None)[1])

    def write() -> None:
        with ledger.write():
            written.set()

    writer = threading.Thread(target=write)
    writer.start()
    with ledger.read() as connection:
        assert connection.execute(select(func.count()).select_from(Unit)).scalar()
    assert not written.is_set()
    through.set()
    writer.join(10)
    assert written.is_set()
    ledger.close()


def test_a_large_ledger_found_damaged_is_never_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "l.hydesk"
    create_ledger(path).close()

    def damaged(_path: Path, *, every_page: bool = True, pages: bool = True) -> None:
        if every_page:
            raise HydeskError("台账已损坏")

    monkeypatch.setattr(opening, "refuse_damaged", damaged)
    with pytest.raises(HydeskError):
        open_ledger(path, check_beside=True)  # a small one is checked before anything
    monkeypatch.setattr(opening, "_CHECKED_AT_ONCE", 0)
    ledger = open_ledger(path, check_beside=True)
    with pytest.raises(HydeskError, match="已损坏"):
        ledger.wait_until_checked()
    with pytest.raises(HydeskError, match="已损坏"), ledger.write():
        pass
    ledger.close()


@pytest.mark.parametrize("fault", ["", "a word for a number", "a damaged page", "both"])
def test_pages_and_values_looked_at_together_tell_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    path = tmp_path / "l.hydesk"
    create_ledger(path).close()
    if fault in ("a word for a number", "both"):
        with closing(sqlite3.connect(path)) as c:
            c.execute("UPDATE units SET position = '很多'")
            c.commit()
            c.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if fault in ("a damaged page", "both"):
        with closing(sqlite3.connect(path)) as c:
            page, size = (c.execute(q).fetchone()[0] for q in ("SELECT rootpage FROM sqlite_master WHERE name = 'units'", "PRAGMA page_size"))
        content = bytearray(path.read_bytes())
        content[(page - 1) * size:page * size] = b"\x07" * size
        path.write_bytes(content)
    one_by_one = damage.damage_of(path)
    monkeypatch.setattr(damage, "_LARGE", 0)
    assert damage.damage_of(path) == one_by_one
    assert ("已损坏" in one_by_one) == ("page" in fault or fault == "both")
    assert ("units" in one_by_one or "填报单位" in one_by_one) == (fault == "a word for a number")
