"""Hand-over packages: everything in one file, closed by a password, restored all or nothing."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from hydesk.cli import main
from hydesk.domain.errors import HydeskError
from hydesk.services.upkeep.copy_attachments import attachments_of
from hydesk.services.upkeep.open_ledger import Ledger, create_ledger, open_ledger
from hydesk.services.upkeep.pack_ledger import (
    LEDGER,
    is_locked,
    is_package,
    pack_ledger,
    restore_package,
    unpack_ledger,
)
from tests.reliability.feed import content_of
from tests.services.made import fill


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = create_ledger(tmp_path / "台账.hydesk")
    fill(made, 3)
    assert made.path is not None
    folder = attachments_of(made.path)
    folder.mkdir()
    (folder / f"{hashlib.sha256(b'x').hexdigest()}.jpg").write_bytes(b"x")
    return made


def test_all_of_it_comes_back_with_the_password_only(ledger: Ledger, tmp_path: Path) -> None:
    report = tmp_path / "通报.pdf"
    report.write_bytes(b"%PDF")
    package = pack_ledger(ledger, tmp_path / "移交.zip", "tvq8-3nfw-0zk5-bxh7", [report])
    assert is_package(package)
    assert is_locked(package)
    with zipfile.ZipFile(package) as archive:
        assert {n.split("/")[0] for n in archive.namelist()} == {LEDGER, "附件", "报告"}
    assert b"SQLite format 3" not in package.read_bytes()
    for wrong in (None, "猜的密码"):
        with pytest.raises(HydeskError, match="密码"):
            unpack_ledger(package, tmp_path / "错", wrong)
    kept = restore_package(tmp_path / "新" / "台账.hydesk", package, "tvq8-3nfw-0zk5-bxh7")
    assert kept is None
    ledger.close()
    assert content_of(tmp_path / "新" / "台账.hydesk") == content_of(tmp_path / "台账.hydesk")
    assert len(list(attachments_of(tmp_path / "新" / "台账.hydesk").iterdir())) == 1


def test_a_wrong_password_leaves_the_ledger_as_it_is(ledger: Ledger, tmp_path: Path) -> None:
    package = pack_ledger(ledger, tmp_path / "移交.zip", "tvq8-3nfw-0zk5-bxh7")
    ledger.close()
    before = content_of(tmp_path / "台账.hydesk")
    with pytest.raises(HydeskError, match="密码不对"):
        restore_package(tmp_path / "台账.hydesk", package, "tvq8-3nfw-0zk5-bxh8")
    assert content_of(tmp_path / "台账.hydesk") == before


def test_a_short_password_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(HydeskError, match="太容易猜"):
        pack_ledger(ledger, tmp_path / "移交.zip", "123")
    assert not (tmp_path / "移交.zip").exists()


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + b"\x00" * 500])
def test_a_damaged_package_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "坏.zip").write_bytes(content)
    with pytest.raises(HydeskError, match="“坏"):
        restore_package(tmp_path / "台账.hydesk", tmp_path / "坏.zip")


def test_names_in_a_package_never_lead_out_of_the_folder(ledger: Ledger, tmp_path: Path) -> None:
    package = pack_ledger(ledger, tmp_path / "移交.zip")
    with zipfile.ZipFile(package, "a") as archive:
        for name in ("../外.txt", "附件/../外.txt", "附件/..", "/外.txt", "附件\\..\\外.txt"):
            entry = zipfile.ZipInfo("x")
            entry.filename = name  # as a stranger's program writes it; zipfile itself turns Windows' signs round
            archive.writestr(entry, b"x")
    out = tmp_path / "里" / "里"
    open_ledger(unpack_ledger(package, out)).close()
    assert not list(tmp_path.rglob("外.txt"))


def test_the_command_asks_or_takes_it_from_the_environment(
        ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    ledger.close()
    monkeypatch.setenv("HYDESK_PASSWORD", "tvq8-3nfw-0zk5-bxh7")
    place = ["--ledger", str(tmp_path / "台账.hydesk")]
    assert main([*place, "backup", str(tmp_path / "备份"), "--password"]) == 0
    assert "已加密" in capsys.readouterr().err
    monkeypatch.setenv("HYDESK_PASSWORD", "tvq8-3nfw-0zk5-bxh8")
    assert main([*place, "restore", str(tmp_path / "备份.zip")]) == 3
    assert "密码不对" in capsys.readouterr().err
    monkeypatch.setenv("HYDESK_PASSWORD", "tvq8-3nfw-0zk5-bxh7")
    assert main([*place, "restore", str(tmp_path / "备份.zip")]) == 0
