"""Backups that make themselves are whole, few, and only there when something changed."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.services.projects.attach_file import attach_files
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.upkeep.backup_index import INDEX, list_backups
from hydesk.services.upkeep.backup_ledger import backup_ledger, restore_ledger
from hydesk.services.upkeep.check_ledger import check_ledger
from hydesk.services.upkeep.keep_backups import keep_backup, rehearse_restore, remove_unfinished
from hydesk.services.upkeep.open_ledger import Ledger, create_ledger, open_ledger
from tests.services.made import fill

NOW = datetime(2026, 11, 22, 9, 0)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = create_ledger(tmp_path / "台账.hydesk")
    fill(made)
    return made


def test_nothing_is_kept_twice_when_nothing_changed(ledger: Ledger) -> None:
    first = keep_backup(ledger, now=NOW)
    assert first.made
    assert not keep_backup(ledger, now=NOW).made, "in the same second"
    again = keep_backup(ledger, now=NOW + timedelta(hours=5))
    assert not again.made
    assert [b.name for b in list_backups(ledger)] == [first.backup.name]
    assert [b.proven for b in list_backups(ledger)] == [NOW + timedelta(hours=5)]
    edit_project(ledger, 1, Field.REMARK, "改")
    assert keep_backup(ledger, now=NOW + timedelta(hours=6)).made
    ledger.close()
    reopened = open_ledger(first.path.parent.parent / "台账.hydesk")
    assert not keep_backup(reopened, now=NOW + timedelta(hours=7)).made
    reopened.close()


def test_old_ones_go_by_day_week_and_month(ledger: Ledger) -> None:
    for day in range(0, 40, 2):
        for hour in (9, 12, 15):
            edit_project(ledger, 1, Field.REMARK, f"{day}-{hour}")
            keep_backup(ledger, now=NOW + timedelta(days=day, hours=hour - 9))
    left = list_backups(ledger)
    assert 10 < len(left) < 20
    assert all(b.proven is not None and b.faults == 0 for b in left)
    ledger.close()


def test_a_second_place_gets_a_copy_and_its_failure_is_told(ledger: Ledger, tmp_path: Path) -> None:
    kept = keep_backup(ledger, second=tmp_path / "另一处", now=NOW)
    assert kept.warning is None
    assert check_ledger(tmp_path / "另一处" / kept.backup.name) == []
    (tmp_path / "挡路").write_text("")
    edit_project(ledger, 1, Field.REMARK, "改")
    kept = keep_backup(ledger, second=tmp_path / "挡路" / "里", now=NOW + timedelta(hours=1))
    assert kept.made
    assert "另一处" in (kept.warning or "")
    ledger.close()


def test_attachments_come_back_with_a_backup(ledger: Ledger, tmp_path: Path) -> None:
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"photo" * 1000)
    attach_files(ledger, 1, [photo])
    kept = keep_backup(ledger, now=NOW)
    assert rehearse_restore(ledger, kept.backup.name).faults == 0
    ledger.close()
    other = tmp_path / "别的机器" / "台账.hydesk"
    restore_ledger(other, kept.path)
    assert check_ledger(other) == []
    assert len(list(other.with_name("台账.hydesk.附件").iterdir())) == 1


def test_a_damaged_backup_is_told_by_the_rehearsal(ledger: Ledger) -> None:
    kept = keep_backup(ledger, now=NOW)
    content = bytearray(kept.path.read_bytes())
    content[20_000:60_000] = b"\x55" * 40_000
    kept.path.write_bytes(content)
    with pytest.raises(HydeskError, match="损坏"):
        rehearse_restore(ledger, kept.backup.name)
    ledger.close()


def test_a_backup_counts_though_somebody_is_reading_the_index(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:

    real = os.replace

    def replace(source: object, target: object) -> None:
        if str(target).endswith(INDEX):
            raise PermissionError(13, "sharing violation")
        real(source, target)  # type: ignore[arg-type]

    monkeypatch.setattr("hydesk.services.upkeep.backup_index.os.replace", replace)
    kept = keep_backup(ledger)
    assert kept.made
    assert kept.path.exists()
    assert not list(kept.path.parent.glob("*.part"))


def test_restoring_leaves_good_attachments_alone_and_keeps_every_earlier_ledger(ledger: Ledger, tmp_path: Path) -> None:

    backup = backup_ledger(ledger, tmp_path / "备份.hydesk")
    assert ledger.path is not None
    path = ledger.path
    ledger.close()
    name = hashlib.sha256(b"good").hexdigest() + ".jpg"
    for folder, content in ((path, b"good"), (backup, b"cut")):
        place = folder.with_name(folder.name + ".附件")
        place.mkdir(exist_ok=True)
        (place / name).write_bytes(content)
    kept = [restore_ledger(path, backup) for _ in range(3)]
    assert len({k for k in kept if k is not None and k.exists()}) == 3
    assert (path.with_name(path.name + ".附件") / name).read_bytes() == b"good"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_what_holds_the_offices_data_is_its_makers_alone(ledger: Ledger, tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"x")
    attach_files(ledger, 1, [photo])
    kept = keep_backup(ledger, second=tmp_path / "另一处")
    backup_ledger(ledger, tmp_path / "手动.hydesk")
    assert ledger.path is not None
    files = [ledger.path, kept.path, tmp_path / "手动.hydesk", tmp_path / "另一处" / kept.path.name,
             *(p for f in tmp_path.rglob("*附件") for p in f.iterdir())]
    assert len(files) >= 7
    assert [str(p) for p in files if p.stat().st_mode & 0o077] == []
    assert [str(f) for f in (kept.path.parent, *tmp_path.rglob("*附件")) if f.stat().st_mode & 0o077] == []
    ledger.path.chmod(0o640)  # shared on purpose
    ledger.close()
    restore_ledger(ledger.path, kept.path)
    assert ledger.path.stat().st_mode & 0o777 == 0o640


def test_what_a_dead_process_left_half_written_goes(ledger: Ledger) -> None:
    assert ledger.path is not None
    gone, mine = 4_000_000, os.getpid()
    folder = ledger.path.parent / "backups"
    folder.mkdir()
    left = [folder / f".{gone}-台账-20230630-120000.hydesk", ledger.path.with_name(f"台账.hydesk.{gone}.part"), ledger.path.with_name(f".台账.hydesk.{gone}.new")]
    kept = [folder / f".{mine}-台账-20230630-120000.hydesk", ledger.path.with_name("别人的.4000000.part"), ledger.path]
    for path in (*left, *kept[:2]):
        path.write_bytes(b"x")
    remove_unfinished(ledger.path)
    assert [p for p in left if p.exists()] == []
    assert [p for p in kept if not p.exists()] == []
