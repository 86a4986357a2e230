"""One writer: who has the ledger open, and when a lock means nothing any more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hydesk.db import sqlite_file
from hydesk.domain.errors import HydeskError, machine_sentence, system_words
from hydesk.services.upkeep.lock_ledger import Holder, LedgerLock, holder, lock_of, place_warning, take_lock
from hydesk.services.upkeep.open_ledger import create_ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "台账.hydesk"
    create_ledger(path).close()
    return path


def change(ledger: Path, **values: object) -> None:
    path = lock_of(ledger)
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **values}), encoding="utf-8")


def test_the_second_is_told_who_and_since_when(ledger: Path) -> None:
    first = take_lock(ledger)
    assert isinstance(first, LedgerLock)
    second = take_lock(ledger)
    assert isinstance(second, Holder)
    assert "本机" in str(second)
    assert "打开着" in str(second)
    first.release()
    assert holder(ledger) is None
    again = take_lock(ledger)
    assert isinstance(again, LedgerLock)
    first.release()
    assert lock_of(ledger).exists()
    again.release()


def test_a_lock_left_by_a_dead_process_means_nothing(ledger: Path) -> None:
    code = ("import sys; from pathlib import Path; from hydesk.services.upkeep.lock_ledger import take_lock; "
            "take_lock(Path(sys.argv[1]))")
    subprocess.run([sys.executable, "-c", code, str(ledger)], check=True)
    assert lock_of(ledger).exists()
    assert holder(ledger) is None
    taken = take_lock(ledger)
    assert isinstance(taken, LedgerLock)
    assert taken.left_by is not None


def test_another_process_under_the_same_number_is_not_the_holder(ledger: Path) -> None:
    take_lock(ledger)
    change(ledger, started="1", process=os.getppid())
    assert holder(ledger) is None


def test_another_machine_counts_for_two_days(ledger: Path) -> None:
    take_lock(ledger)
    change(ledger, host="办公室二")
    assert "办公室二" in str(holder(ledger))
    change(ledger, since="2020-01-01T08:00:00")
    assert holder(ledger) is None


def test_a_damaged_lock_is_no_lock(ledger: Path) -> None:
    lock_of(ledger).write_text("{", encoding="utf-8")
    assert isinstance(take_lock(ledger), LedgerLock)


@pytest.mark.parametrize(("folder", "cloud"), [
    ("OneDrive", "OneDrive"), ("OneDrive - 衡阳市", "OneDrive"), ("我的坚果云", "坚果云"), ("BaiduSyncdisk", "百度网盘"),
    ("WPS云盘", "WPS云盘"), ("文档", None), ("onedrives", None)])
def test_synchronised_folders_are_known_by_name(tmp_path: Path, folder: str, cloud: str | None) -> None:
    path = tmp_path / folder / "台账.hydesk"
    assert sqlite_file.cloud_of(path) == cloud
    warning = place_warning(path)
    assert (warning is None) == (cloud is None)
    made = create_ledger(path)
    with made.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == ("wal" if cloud is None else "delete")
    made.close()


def _busy_on_windows(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """As Windows answers whoever would remove a file that another program is reading."""
    real = Path.unlink

    def unlink(self: Path, missing_ok: bool = False) -> None:
        if self == path:
            error = PermissionError(13, "The process cannot access the file", str(self))
            error.winerror = 32  # type: ignore[attr-defined,unused-ignore]
            raise error
        real(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)


def test_a_lock_that_a_scanner_is_reading_is_given_back_and_taken_over_all_the_same(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = tmp_path / "台账.hydesk"
    ledger.write_bytes(b"x")
    lock = take_lock(ledger)
    assert isinstance(lock, LedgerLock)
    _busy_on_windows(monkeypatch, lock_of(ledger))
    lock.release()
    assert holder(ledger) is None
    again = take_lock(ledger)  # the window opens
    assert isinstance(again, LedgerLock)
    again.release()


def test_the_system_says_in_chinese_what_stands_in_the_way() -> None:
    def error(number: int) -> OSError:
        made = PermissionError(13, "Access is denied")
        made.winerror = number  # type: ignore[attr-defined,unused-ignore]
        return made

    assert system_words(error(32)) == "正被另一个程序使用"
    assert system_words(error(5)) == "没有权限"
    assert system_words(OSError(28, "No space left on device")) == "磁盘空间不足"
    assert system_words(OSError(99999, "?")) == "系统错误 99999"
    assert "正被另一个程序使用" in (machine_sentence(error(33)) or "")
    assert "没有权限" in (machine_sentence(error(5)) or "")


def test_no_sentence_passes_on_the_systems_own_english() -> None:
    room = Path(__file__).resolve().parents[3] / "hydesk"
    assert [str(p) for p in room.rglob("*.py") if "strerror" in p.read_text(encoding="utf-8")] == []


def test_a_new_ledger_below_a_file_says_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "文件").write_bytes(b"x")
    with pytest.raises(HydeskError, match="不是文件夹"):
        create_ledger(tmp_path / "文件" / "台账.hydesk")
