"""One file is the ledger: a copy of it alone holds every act, and nothing is acknowledged that is not in it."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.backup_ledger import backup_ledger
from hydesk.services.upkeep.check_ledger import check_ledger
from hydesk.services.upkeep.open_ledger import create_ledger, open_ledger
from tests.services.made import JUNE, fill

WINDOWS = sys.platform == "win32"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "台账.hydesk"
    ledger = create_ledger(place)
    fill(ledger, 4)
    ledger.close()
    return place


def _edit(ledger: Ledger, words: str) -> None:
    edit_project(ledger, 1, Field.REMARK, words, JUNE, "x")


def _remark(path: Path) -> str | None:
    with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as c:
        return c.execute("SELECT remark FROM projects WHERE id = 1").fetchone()[0]  # type: ignore[no-any-return]


def test_a_copy_of_the_file_alone_holds_the_last_act(path: Path, tmp_path: Path) -> None:
    ledger = open_ledger(path)
    for n in range(8):
        _edit(ledger, f"第{n}次")
        copy = Path(shutil.copy(path, tmp_path / f"{n}.hydesk"))
        assert _remark(copy) == f"第{n}次"
        assert check_ledger(copy) == []
    ledger.close()


def test_a_reader_in_the_way_delays_it_only_until_the_reader_is_gone(path: Path, tmp_path: Path) -> None:
    ledger = open_ledger(path)
    with ledger.read() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM projects").fetchone()
        started = time.monotonic()
        _edit(ledger, "读的时候写")
        assert time.monotonic() - started < 2
        assert _remark(Path(shutil.copy(path, tmp_path / "早.hydesk"))) is None
    given_up = time.monotonic() + 10
    while _remark(Path(shutil.copy(path, tmp_path / "晚.hydesk"))) != "读的时候写":
        assert time.monotonic() < given_up
        time.sleep(0.02)
    ledger.close()


@pytest.mark.skipif(WINDOWS, reason="Windows lets nobody move or replace an open ledger")
@pytest.mark.parametrize("what", ["removed", "renamed", "replaced", "replaced by its own backup"])
def test_a_file_gone_or_replaced_under_an_open_ledger_is_noticed_before_the_next_write(
        path: Path, tmp_path: Path, what: str) -> None:
    ledger = open_ledger(path)
    other = backup_ledger(ledger, tmp_path / "别的.hydesk")
    _edit(ledger, "第一次")
    if what == "removed":
        path.unlink()
    elif what == "renamed":
        path.rename(tmp_path / "改名.hydesk")
    else:
        os.replace(other, path)
    with pytest.raises(HydeskError, match="没有写入任何内容"):
        _edit(ledger, "第二次")
    if what != "renamed":
        assert not path.exists() or _remark(path) is None
    else:
        assert _remark(tmp_path / "改名.hydesk") == "第一次"
        (tmp_path / "改名.hydesk").rename(path)
        _edit(ledger, "放回来以后")
        assert _remark(path) == "放回来以后"
    ledger.close()


def test_an_older_copy_put_over_the_open_file_is_noticed(path: Path, tmp_path: Path) -> None:
    ledger = open_ledger(path)
    older = backup_ledger(ledger, tmp_path / "旧.hydesk").read_bytes()
    _edit(ledger, "第一次")
    with path.open("r+b") as f:  # as Explorer and cp do: into the file that is there
        f.write(older)
        f.truncate()
    with pytest.raises(HydeskError, match="换过"):
        _edit(ledger, "第二次")
    ledger.close()
    assert _remark(path) is None
    assert check_ledger(path) == []


@pytest.mark.skipif(WINDOWS, reason="Windows lets nobody move an open ledger")
def test_an_act_that_went_into_a_file_no_longer_there_is_not_acknowledged(path: Path, tmp_path: Path) -> None:
    ledger = open_ledger(path)
    with pytest.raises(HydeskError, match="不能算数"), ledger.write():
        path.rename(tmp_path / "改名.hydesk")
    ledger.close()


def test_what_another_process_wrote_is_no_reason_to_refuse(path: Path) -> None:
    ledger = open_ledger(path)
    _edit(ledger, "这里")
    other = open_ledger(path)
    _edit(other, "那里")
    other.close()
    _edit(ledger, "又是这里")
    assert _remark(path) == "又是这里"
    ledger.close()


_CRASH = """
import os, sqlite3, sys
from hydesk.db import one_file, ledger as module
module.empty_log = lambda _connection: True
from hydesk.domain.fields import Field
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.upkeep.open_ledger import open_ledger
from tests.services.made import JUNE
ledger = open_ledger(sys.argv[1])
for n in range(3):
    edit_project(ledger, 1 + n, Field.REMARK, f"崩溃前{n}", JUNE, "x")
os._exit(9)
"""


def _crashed(path: Path) -> Path:
    """Leave a full write-ahead log beside ``path``, as a crash between an act and the emptying does."""
    subprocess.run([sys.executable, "-c", _CRASH, str(path)], check=False, cwd=Path(__file__).resolve().parents[2])
    log = path.with_name(path.name + "-wal")
    assert log.stat().st_size > 4096
    return log


def test_what_a_crash_left_in_the_log_is_not_lost(path: Path) -> None:
    _crashed(path)
    ledger = open_ledger(path)
    assert ledger.aside == ""
    ledger.close()
    assert _remark(path) == "崩溃前0"
    assert check_ledger(path) == []


@pytest.mark.parametrize("newer", [False, True], ids=["an older backup", "a newer copy"])
def test_a_log_left_by_a_crash_never_ruins_a_copy_put_in_the_place(path: Path, tmp_path: Path, newer: bool) -> None:
    source = tmp_path / "放回去.hydesk"
    shutil.copy(path, source)
    if newer:
        ledger = open_ledger(source)
        for n in range(6):
            _edit(ledger, f"另一台电脑{n}")
        ledger.close()
    else:
        ledger = open_ledger(path)
        for n in range(6):
            _edit(ledger, f"备份以后{n}")
        ledger.close()
    wanted = _remark(source)
    log = _crashed(path)
    shutil.copy(source, path)
    ledger = open_ledger(path)
    assert "不属于" in ledger.aside
    assert len(list_standings(ledger, JUNE)) == 4
    ledger.close()
    assert _remark(path) == wanted
    assert check_ledger(path) == []
    assert not log.exists() or log.stat().st_size == 0
    assert len(list(path.parent.glob("*不属于现在的台账*"))) == 1


def test_a_copy_taken_in_the_midst_of_a_write_is_whole_or_told(path: Path, tmp_path: Path) -> None:
    """Whatever part of an act's pages a copy caught, from either end, it is one of the two states or the check tells."""
    ledger = open_ledger(path)
    chance, copy = random.Random(4), tmp_path / "半截.hydesk"
    rows = _rows(path)
    for n in range(6):
        before = path.read_bytes()
        _edit(ledger, f"第{n}次" * (1 + 200 * (n % 2)))
        after, now = path.read_bytes(), _rows(path)
        changed = [i for i in range(0, len(after), 4096) if before[i:i + 4096] != after[i:i + 4096]]
        for _ in range(12):
            mixed = bytearray(before.ljust(len(after), b"\0") if chance.random() < 0.5 else before)
            at = chance.choice(changed)
            if chance.random() < 0.5:
                mixed[:at] = after[:at]
            else:
                mixed[at:] = after[at:]
            copy.write_bytes(mixed)
            if _rows(copy) not in (rows, now):
                assert _told(copy), f"pages {[i // 4096 for i in changed]}, cut at {at // 4096}"
        rows = now
    ledger.close()


def _rows(path: Path) -> object:
    try:
        with closing(sqlite3.connect(path)) as c:
            tables = c.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
            return [c.execute(f'SELECT * FROM "{t}"').fetchall() for (t,) in tables]
    except sqlite3.Error:
        return None


def _told(path: Path) -> bool:
    try:
        return check_ledger(path) != []
    except HydeskError:
        return True
