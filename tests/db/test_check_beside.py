"""A large ledger is read while it is still being checked, but never written before."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select

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
