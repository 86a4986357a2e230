"""Backups, bringing them back, and checks of a ledger."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.backup_ledger import backup_ledger, restore_ledger
from hydesk.services.upkeep.check_ledger import check_ledger
from hydesk.services.upkeep.open_ledger import open_ledger
from tests.services.made import JUNE, draft, exported, files_beside, fill, money


@pytest.fixture
def worked(ledger: Ledger) -> Ledger:
    fill(ledger)
    apply_return(ledger, draft(ledger, JUNE, {1: money(6, 56)}))
    return ledger


def at(ledger: Ledger) -> Path:
    assert ledger.path is not None
    return ledger.path


def test_a_backup_of_an_open_ledger_is_whole(worked: Ledger, tmp_path: Path) -> None:
    copy = tmp_path / "备份" / "一份.hydesk"
    backup_ledger(worked, copy)
    assert files_beside(copy) == ["一份.hydesk"]
    assert check_ledger(copy) == []
    opened = open_ledger(copy)
    assert list_standings(opened, JUNE) == list_standings(worked, JUNE)
    opened.close()


@pytest.mark.file_only("file to put a backup in the place of")
def test_restoring_brings_back_the_day_and_keeps_the_present(worked: Ledger, tmp_path: Path) -> None:
    copy = tmp_path / "备份.hydesk"
    backup_ledger(worked, copy)
    before = exported(worked)
    edit_project(worked, list_standings(worked, JUNE)[0].id, Field.NAME, "后来改的")
    after = exported(worked)
    worked.close()
    kept = restore_ledger(at(worked), copy)
    assert kept is not None
    for path, rows in ((at(worked), before), (kept, after)):
        opened = open_ledger(path)
        assert exported(opened) == rows
        opened.close()
    assert not [n for n in files_beside(copy) if "restoring" in n or "part" in n]


def test_restoring_where_there_is_no_ledger(worked: Ledger, tmp_path: Path) -> None:
    copy = tmp_path / "备份.hydesk"
    backup_ledger(worked, copy)
    assert restore_ledger(tmp_path / "新" / "台账.hydesk", copy) is None
    assert check_ledger(tmp_path / "新" / "台账.hydesk") == []


@pytest.mark.file_only("file to put a backup in the place of")
def test_a_bad_backup_changes_nothing(worked: Ledger, tmp_path: Path) -> None:
    worked.close()
    before = at(worked).read_bytes()
    good = tmp_path / "备份.hydesk"
    backup_ledger(worked, good)
    worked.close()
    damaged = bytearray(good.read_bytes())
    damaged[8192:40000] = b"\xaa" * (40000 - 8192)
    for name, content in (("坏.hydesk", bytes(damaged)), ("假.hydesk", b"nothing"), ("短.hydesk", good.read_bytes()[:9000])):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(HydeskError):
            restore_ledger(at(worked), tmp_path / name)
        assert at(worked).read_bytes() == before
    with pytest.raises(HydeskError, match="找不到"):
        restore_ledger(at(worked), tmp_path / "没有.hydesk")
    with pytest.raises(HydeskError, match="自己"):
        restore_ledger(at(worked), at(worked))


@pytest.mark.file_only("file to put a backup in the place of")
def test_restoring_over_a_ledger_that_is_open_is_refused(worked: Ledger, tmp_path: Path) -> None:
    copy = tmp_path / "备份.hydesk"
    backup_ledger(worked, copy)
    with worked.write() as connection:
        connection.exec_driver_sql("INSERT INTO settings (key, value) VALUES ('a', '1')")
        with pytest.raises(HydeskError, match="关闭"):
            restore_ledger(at(worked), copy)
    assert list_standings(worked, JUNE)[0].year_investment == 56


@pytest.mark.file_only("file to put a backup in the place of")
def test_restoring_over_a_damaged_ledger_keeps_its_bytes(worked: Ledger, tmp_path: Path) -> None:
    copy = tmp_path / "备份.hydesk"
    backup_ledger(worked, copy)
    worked.close()
    at(worked).write_bytes(b"ruined")
    kept = restore_ledger(at(worked), copy)
    assert kept is not None
    assert kept.read_bytes() == b"ruined"
    assert check_ledger(at(worked)) == []


@pytest.mark.file_only("file that others can reach")
def test_a_backup_goes_nowhere_it_should_not(worked: Ledger, tmp_path: Path) -> None:
    with pytest.raises(HydeskError, match="自己"):
        backup_ledger(worked, at(worked))
    with pytest.raises(HydeskError, match="文件夹"):
        backup_ledger(worked, tmp_path)
    (tmp_path / "文件").write_text("x")
    with pytest.raises(HydeskError):
        backup_ledger(worked, tmp_path / "文件" / "备份.hydesk")


def alter(ledger: Ledger, statement: str) -> list[str]:
    """What the check finds after somebody wrote to the file past hydesk."""
    ledger.close()
    with closing(sqlite3.connect(at(ledger))) as c:
        c.execute(statement)
        c.commit()
    return [f.code for f in check_ledger(at(ledger))]


@pytest.mark.file_only("file that others can reach")
def test_a_whole_ledger_passes(worked: Ledger) -> None:
    assert check_ledger(at(worked)) == []


@pytest.mark.file_only("file that others can reach")
@pytest.mark.parametrize(("statement", "code"), [
    ("UPDATE import_files SET content = x'00'", "original_changed"),
    ("DELETE FROM import_files", "original_changed"),
    ("UPDATE progress SET year_investment = 999", "log_differs"),
    ("UPDATE projects SET unit_id = 999", "file_damaged"),
])
def test_what_was_tampered_with_is_found(worked: Ledger, statement: str, code: str) -> None:
    assert code in alter(worked, statement)


@pytest.mark.file_only("file that others can reach")
def test_a_damaged_file_is_told(worked: Ledger) -> None:
    worked.close()
    content = bytearray(at(worked).read_bytes())
    content[20000:60000] = b"\x55" * 40000
    at(worked).write_bytes(bytes(content))
    assert "file_damaged" in [f.code for f in check_ledger(at(worked))]
