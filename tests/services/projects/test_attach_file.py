"""Attachments are kept whole beside the ledger, undone and found again."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from hydesk.db.ledger import Ledger, connect
from hydesk.db.models import Act, Attachment
from hydesk.domain.errors import HydeskError
from hydesk.domain.file_names import last_name
from hydesk.services.acts.undo_acts import redo_last, undo_last
from hydesk.services.pages.project_page import project_page
from hydesk.services.projects.attach_file import (
    attach_files,
    attachment_folder,
    copy_to_open,
    detach_file,
    list_attachments,
    unusual_kinds,
)
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.backup_ledger import backup_ledger
from hydesk.services.upkeep.check_content import check_open
from hydesk.services.upkeep.ledger_as_of import ledger_as_of
from hydesk.services.upkeep.move_ledger import move_to_file, move_to_server
from hydesk.services.upkeep.open_ledger import create_ledger, open_ledger
from hydesk.temporary import remove_own
from tests.services.made import JUNE, fill
from tests.stores import Server


@pytest.fixture
def project(ledger: Ledger) -> int:
    fill(ledger, 1)
    return list_standings(ledger, JUNE)[0].id


def _file(folder: Path, name: str, content: bytes = b"photo") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_files_are_kept_under_their_hash_and_opened_under_their_name(
        ledger: Ledger, project: int, tmp_path: Path) -> None:
    done = attach_files(ledger, project, [_file(tmp_path, "现场 1.JPG"), _file(tmp_path, "批复.pdf", b"x" * 3)], "六月", "甲").value
    assert (done.added, done.known) == (2, ())
    newest, oldest = list_attachments(ledger, project)
    assert (oldest.name, oldest.size, oldest.note, oldest.actor, oldest.picture) == ("现场 1.JPG", 5, "六月", "甲", True)
    assert (newest.picture, newest.missing) == (False, False)
    assert sorted(p.suffix for p in attachment_folder(ledger).iterdir()) == [".jpg", ".pdf"]
    opened = copy_to_open(oldest)
    assert (opened.name, opened.read_bytes()) == ("现场 1.JPG", b"photo")
    opened.write_bytes(b"scribbled")
    assert check_open(ledger) == []


def test_the_same_file_twice_is_kept_once(ledger: Ledger, project: int, tmp_path: Path) -> None:
    first, second = _file(tmp_path, "a.png"), _file(tmp_path, "b.png")
    assert attach_files(ledger, project, [first, second]).value.added == 1
    assert attach_files(ledger, project, [first]).value.known == ("a.png",)
    assert len(list_attachments(ledger, project)) == 1


def test_attaching_and_removing_are_undone(ledger: Ledger, project: int, tmp_path: Path) -> None:
    attach_files(ledger, project, [_file(tmp_path, "a.png")])
    assert undo_last(ledger) == "给“第1号项目”添加“a.png”"
    assert list_attachments(ledger, project) == []
    redo_last(ledger)
    kept = list_attachments(ledger, project)[0]
    assert not kept.missing
    detach_file(ledger, kept.id)
    assert list_attachments(ledger, project) == []
    undo_last(ledger)
    assert [a.name for a in list_attachments(ledger, project)] == ["a.png"]
    assert check_open(ledger) == []


def test_a_past_ledger_shows_what_was_attached_then_and_takes_nothing(
        ledger: Ledger, project: int, tmp_path: Path) -> None:
    attach_files(ledger, project, [_file(tmp_path, "a.png")])
    with ledger.read() as connection:
        act = connection.execute(select(func.max(Act.id))).scalar()
    detach_file(ledger, list_attachments(ledger, project)[0].id)
    past = ledger_as_of(ledger, act_id=act)
    try:
        assert [(a.name, a.missing) for a in list_attachments(past, project)] == [("a.png", False)]
        with pytest.raises(HydeskError, match="只能查看"):
            attach_files(past, project, [_file(tmp_path, "b.png")])
    finally:
        past.close()


def test_what_cannot_be_attached_is_refused_whole(ledger: Ledger, project: int, tmp_path: Path) -> None:
    good = _file(tmp_path, "a.png")
    for bad, said in ((tmp_path, "文件夹"), (tmp_path / "none.pdf", "找不到"), (_file(tmp_path, "x.exe"), "程序")):
        with pytest.raises(HydeskError, match=said):
            attach_files(ledger, project, [good, bad])
    with pytest.raises(HydeskError, match="不在台账"):
        attach_files(ledger, 999, [good])
    assert list_attachments(ledger, project) == []


@pytest.mark.file_only("files beside the ledger")
def test_missing_and_changed_files_are_found_by_the_check(ledger: Ledger, project: int, tmp_path: Path) -> None:
    attach_files(ledger, project, [_file(tmp_path, "a.png"), _file(tmp_path, "b.png", b"other")])
    first, second = list_attachments(ledger, project)
    first.path.chmod(0o600)
    first.path.write_bytes(b"changed")
    second.path.unlink()
    assert sorted(f.code for f in check_open(ledger)) == ["attachment_changed", "attachment_missing"]
    assert list_attachments(ledger, project)[1].missing
    with pytest.raises(HydeskError, match="不见了"):
        copy_to_open(list_attachments(ledger, project)[1])


@pytest.fixture
def desks(server: Server) -> Iterator[tuple[Ledger, Ledger]]:
    """Two desks at one ledger on a server."""
    with server.copy("empty", lambda address: create_ledger(address).close()) as address:
        first, second = connect(address), connect(address)
        fill(first, 1)
        yield first, second
        first.close()
        second.close()


def test_a_server_keeps_the_files_itself_and_the_check_holds_them_against_their_hashes(
        desks: tuple[Ledger, Ledger], tmp_path: Path) -> None:
    on_server, another = desks
    project = list_standings(on_server, JUNE)[0].id
    attach_files(on_server, project, [_file(tmp_path, "a.png"), _file(tmp_path, "b.pdf", b"other")])
    assert check_open(on_server) == []
    assert [(a.name, a.missing) for a in list_attachments(another, project)] == [("b.pdf", False), ("a.png", False)]
    assert copy_to_open(list_attachments(another, project)[0]).read_bytes() == b"other"  # fetched: it was attached elsewhere
    with on_server.write() as connection:
        connection.exec_driver_sql("UPDATE attachment_files SET content = 'x' WHERE stored LIKE '%%.png'")
        connection.exec_driver_sql("DELETE FROM attachment_files WHERE stored LIKE '%%.pdf'")
    assert sorted(f.code for f in check_open(on_server)) == ["attachment_changed", "attachment_missing"]
    assert [a.missing for a in list_attachments(on_server, project)] == [True, False]


def test_a_server_takes_no_huge_file(desks: tuple[Ledger, Ledger], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_server, _ = desks
    project = list_standings(on_server, JUNE)[0].id
    monkeypatch.setattr("hydesk.db.server_files.LARGEST", 4)
    with pytest.raises(HydeskError, match="一个附件最多"):
        attach_files(on_server, project, [_file(tmp_path, "a.png")])


def test_a_desk_without_room_shows_the_page_and_says_so_where_a_picture_is_opened(
        desks: tuple[Ledger, Ledger], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, another = desks
    project = list_standings(one, JUNE)[0].id
    attach_files(one, project, [_file(tmp_path, "a.png")])

    def full(_path: Path, _content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    [listed] = project_page(another, project, JUNE).attachments
    assert not listed.missing
    with pytest.raises(HydeskError, match="附件没有取到本机（磁盘空间不足），请检查磁盘空间"):
        copy_to_open(listed)


def test_attachments_go_to_the_server_and_back_with_the_ledger(server: Server, tmp_path: Path) -> None:
    source = create_ledger(tmp_path / "台账.hydesk")
    fill(source, 1)
    project = list_standings(source, JUNE)[0].id
    attach_files(source, project, [_file(tmp_path, "a.png"), _file(tmp_path, "b.pdf", b"other")])
    with server.bare() as place:
        move_to_server(source, place, lambda _done, _what: None)
        there = connect(place)
        assert [a.missing for a in list_attachments(there, project)] == [False, False]
        move_to_file(there, tmp_path / "取回.hydesk", lambda _done, _what: None)
        there.close()
    source.close()
    back = open_ledger(tmp_path / "取回.hydesk")
    assert [(a.name, a.path.read_bytes()) for a in list_attachments(back, project)] == [("b.pdf", b"other"), ("a.png", b"photo")]
    assert check_open(back) == []
    back.close()


def _tell(ledger: Ledger, **values: object) -> None:
    """As another program would write it into the ledger."""
    with ledger.write() as connection:
        connection.execute(update(Attachment).values(**values))


@pytest.mark.parametrize("name", [
    "../../../Startup/开机启动.bat", "..\\..\\Startup\\开机启动.BAT ", "a.exe ", "b.exe.", "照片\u202egpj.exe", "c.lnk", "D.Scr . .",
    "批复.pdf.hta", "x.url", "宏.xll", "盘.iso"])
def test_a_program_in_a_ledger_from_somebody_else_is_never_opened(
        ledger: Ledger, project: int, tmp_path: Path, name: str) -> None:
    attach_files(ledger, project, [_file(tmp_path, "a.png")])
    _tell(ledger, name=name)
    [file] = list_attachments(ledger, project)
    with pytest.raises(HydeskError, match="程序"):
        copy_to_open(file, agreed=True)
    with pytest.raises(HydeskError, match="程序"):
        attach_files(ledger, project, [_file(tmp_path, last_name(name))], agreed=True)


@pytest.mark.parametrize("name", ["../../x.png", "/etc/cron.d/x.pdf", "C:\\Windows\\x.png", "..", ".", "", "CON.png", "a\x00b.png", "~/x.png"])
def test_an_attachment_opens_inside_a_folder_of_its_own_and_goes_at_the_end(
        ledger: Ledger, project: int, tmp_path: Path, name: str) -> None:
    attach_files(ledger, project, [_file(tmp_path, "a.png")])
    if "\0" in name and ledger.path is None:
        pytest.skip("a server holds no such name")
    _tell(ledger, name=name)
    [file] = list_attachments(ledger, project)
    opened = copy_to_open(file, agreed=True)
    assert opened.parent.parent == Path(tempfile.gettempdir())
    assert opened.parent.name.startswith("hydesk-")
    assert opened.read_bytes() == b"photo"
    assert not opened.stat().st_mode & 0o177
    remove_own()
    assert not opened.exists()


def test_what_no_desktop_is_known_to_show_is_opened_and_attached_only_when_agreed(
        ledger: Ledger, project: int, tmp_path: Path) -> None:
    drawing = _file(tmp_path, "图.dwg")
    with pytest.raises(HydeskError, match="不是常见"):
        attach_files(ledger, project, [drawing])
    attach_files(ledger, project, [drawing], agreed=True)
    [file] = list_attachments(ledger, project)
    with pytest.raises(HydeskError, match="不是常见"):
        copy_to_open(file)
    assert copy_to_open(file, agreed=True).name == "图.dwg"
    assert unusual_kinds(["a.dwg", "b.DWG", "c.pdf", "旧.doc", "无"]) == ("", "doc", "dwg")


@pytest.mark.parametrize("stored", ["../外面.png", "/etc/hostname", "..", "外面.png"])
def test_what_a_ledger_says_is_kept_is_looked_for_beside_it_only(
        ledger: Ledger, project: int, tmp_path: Path, stored: str) -> None:
    attach_files(ledger, project, [_file(tmp_path, "a.png")])
    _file(attachment_folder(ledger).parent, "外面.png", b"secret")
    _tell(ledger, stored=stored)
    [file] = list_attachments(ledger, project)
    assert file.missing
    with pytest.raises(HydeskError, match="不见了"):
        copy_to_open(file)


@pytest.mark.file_only("files beside the ledger")
def test_a_link_among_the_attachments_leads_nowhere(ledger: Ledger, project: int, tmp_path: Path) -> None:
    attach_files(ledger, project, [_file(tmp_path, "a.png")])
    secret = _file(tmp_path, "b.png", b"secret")
    [file] = list_attachments(ledger, project)
    file.path.unlink()
    file.path.symlink_to(secret)
    assert list_attachments(ledger, project)[0].missing
    backup_ledger(ledger, tmp_path / "备份.hydesk")
    assert not [p for p in (tmp_path / "备份.hydesk.附件").glob("*") if p.read_bytes() == b"secret"]
