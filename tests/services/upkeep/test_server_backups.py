"""A desk keeps copies of a server's ledger as files of its own: daily, before many returns, proven and tried out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hydesk.db import server_files
from hydesk.db.ledger import Ledger, connect
from hydesk.domain.fields import Field
from hydesk.services.projects.attach_file import attach_files, list_attachments
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.upkeep.backup_index import BEFORE_IMPORT, backup_folder, list_backups
from hydesk.services.upkeep.backup_ledger import backup_ledger, restore_ledger
from hydesk.services.upkeep.keep_backups import (
    MANY,
    SERVER_DAILY,
    is_due,
    keep_backup,
    keep_before_many,
    rehearse_restore,
)
from hydesk.services.upkeep.open_ledger import create_ledger, open_ledger
from tests.services.made import fill
from tests.stores import Server


@pytest.fixture
def served(server: Server) -> Iterator[Ledger]:
    with server.copy("empty", lambda address: create_ledger(address).close()) as address:
        ledger = connect(address)
        fill(ledger, 2)
        yield ledger
        ledger.close()


def test_a_copy_is_kept_here_once_for_what_it_holds_and_opens_as_a_ledger(served: Ledger, tmp_path: Path) -> None:
    photo = tmp_path / "现场.jpg"
    photo.write_bytes(b"photo")
    attach_files(served, 1, [photo])
    first = keep_backup(served)
    assert (first.made, first.backup.faults, first.path.parent) == (True, 0, backup_folder(served))
    assert [p.read_bytes() for p in (backup_folder(served) / "附件").iterdir()] == [b"photo"]
    assert not keep_backup(served, now=datetime.now() + timedelta(seconds=1)).made
    edit_project(served, 1, Field.BUILDER, "新业主")
    later = datetime.now() + timedelta(seconds=3)
    assert keep_backup(served, now=later).made
    assert len(list_backups(served)) == 2
    assert rehearse_restore(served, list_backups(served)[0].name).faults == 0
    copy = open_ledger(first.path, read_only=True)
    assert copy.path == first.path
    copy.close()


@pytest.mark.parametrize("pooled", [True, False])
def test_a_copy_brings_its_attachments_into_an_empty_database(served: Ledger, server: Server, tmp_path: Path, pooled: bool) -> None:
    """``pooled``: a copy of the window's own, whose attachments lie beside it with those of the others."""
    photo = tmp_path / "现场.jpg"
    photo.write_bytes(b"photo")
    attach_files(served, 1, [photo])
    if pooled:
        copy = keep_backup(served).path
    else:
        copy = backup_ledger(served, tmp_path / "另存" / "台账.hydesk")
    with server.bare() as address:
        assert restore_ledger(address, copy) is None
        back = open_ledger(address)
        assert [a.name for a in list_attachments(back, 1)] == ["现场.jpg"]
        with back.read() as connection:
            assert [server_files.content(connection, n) for n in server_files.names(connection)] == [b"photo"]
        back.close()


def test_it_is_due_once_a_day_and_before_many_returns_once_a_half_day(served: Ledger) -> None:
    assert is_due(served, SERVER_DAILY)
    keep_before_many(served, MANY - 1)
    assert list_backups(served) == []
    keep_before_many(served, MANY)
    assert [b.reason for b in list_backups(served)] == [BEFORE_IMPORT]
    edit_project(served, 1, Field.BUILDER, "新业主")
    keep_before_many(served, MANY)
    assert len(list_backups(served)) == 1
    now = datetime.now()
    assert not is_due(served, SERVER_DAILY, now)
    assert is_due(served, SERVER_DAILY, now + timedelta(hours=21))


def test_ledgers_of_two_databases_keep_apart(served: Ledger, server: Server) -> None:
    with server.copy("empty", lambda address: create_ledger(address).close()) as address:
        other = connect(address)
        assert backup_folder(other) != backup_folder(served)
        keep_backup(other)
        assert list_backups(served) == []
        other.close()
