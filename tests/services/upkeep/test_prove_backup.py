"""What was proven once is built upon for a week, and never where anything does not fit."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hydesk.domain.fields import Field
from hydesk.services.acts.undo_acts import undo_newest
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.upkeep import prove_backup
from hydesk.services.upkeep.backup_index import INDEX, Backup, backup_folder, list_backups
from hydesk.services.upkeep.keep_backups import keep_backup
from hydesk.services.upkeep.open_ledger import Ledger, create_ledger
from tests.services.made import fill

DAY = datetime(2026, 11, 22, 9, 0)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = create_ledger(tmp_path / "台账.hydesk")
    fill(made)
    yield made
    made.close()


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one wherever all of a backup is proven."""
    told: list[str] = []
    plain = prove_backup.check_open
    monkeypatch.setattr(prove_backup, "check_open", lambda held: told.append(held.location) or plain(held))
    return told


def _edited(ledger: Ledger, hours: float, remark: str) -> Backup:
    edit_project(ledger, 1, Field.REMARK, remark)
    return keep_backup(ledger, now=DAY + timedelta(hours=hours)).backup


def _alter(ledger: Ledger, statement: str) -> None:
    assert ledger.path is not None
    with closing(sqlite3.connect(ledger.path)) as c:
        c.execute(statement)
        c.commit()


def test_what_was_proven_is_built_upon_for_a_week_and_then_proven_anew(ledger: Ledger, whole: list[str]) -> None:
    backups = [_edited(ledger, hours, f"第 {hours} 小时") for hours in (0, 1, 100, 167, 168, 169)]
    assert len(whole) == 2
    assert all(b.proven and not b.faults and b.proof for b in backups)
    assert [b.proof.whole for b in backups if b.proof] == [DAY] * 4 + [DAY + timedelta(hours=168)] * 2
    assert [b.proof.seal for b in backups if b.proof] == sorted({b.proof.seal for b in backups if b.proof})
    assert list_backups(ledger)[0] == backups[-1]  # as the index tells it


def test_undone_acts_and_new_entries_are_proven_with_what_came_since(ledger: Ledger, whole: list[str]) -> None:
    _edited(ledger, 0, "甲")
    undo_newest(ledger)
    assert not keep_backup(ledger, now=DAY + timedelta(hours=1)).backup.faults
    assert len(whole) == 1


@pytest.mark.parametrize("statement", [
    "UPDATE projects SET remark = '改过' WHERE id = 1",
    "UPDATE change_log SET new = '改过' WHERE id = (SELECT max(id) FROM change_log)",
    "UPDATE log_seals SET hash = 'f' WHERE id = (SELECT max(id) FROM log_seals)",
    "DELETE FROM log_seals WHERE id = (SELECT max(id) FROM log_seals)",
    "INSERT INTO acts (kind, title, actor, at) VALUES ('edit', '添', '某', '2026-11-22 09:00:00.000000')",
    "UPDATE settings SET value = '\"改过\"'",
    "CREATE TRIGGER t AFTER UPDATE ON projects BEGIN DELETE FROM progress; END",
    "UPDATE log_seals SET hash = 'f' WHERE id = (SELECT max(id) - 1 FROM log_seals)",
])
def test_whatever_does_not_fit_what_was_proven_has_all_proven_anew(ledger: Ledger, whole: list[str], statement: str) -> None:
    _edited(ledger, 0, "甲")
    edit_project(ledger, 1, Field.REMARK, "乙")
    _alter(ledger, "INSERT OR IGNORE INTO settings (key, value) VALUES ('office', '\"x\"')" if "settings" in statement else "SELECT 1")
    _alter(ledger, statement)
    found = keep_backup(ledger, now=DAY + timedelta(hours=1)).backup
    assert len(whole) == 2
    assert found.faults
    assert found.proof is None


def test_what_was_altered_among_the_proven_is_found_within_the_week(ledger: Ledger, whole: list[str]) -> None:
    _edited(ledger, 0, "甲")
    _alter(ledger, "UPDATE change_log SET new = '改过' WHERE id = 2")
    assert not _edited(ledger, 1, "乙").faults  # what is remembered spares the look at it
    assert _edited(ledger, 168, "丙").faults
    assert len(whole) == 2


def test_a_changed_memory_proves_nothing(ledger: Ledger, whole: list[str]) -> None:
    _edited(ledger, 0, "甲")
    index = backup_folder(ledger) / INDEX
    rows = json.loads(index.read_text(encoding="utf-8"))
    rows[0]["proof"]["seal_hash"] = "0" * 64
    index.write_text(json.dumps(rows), encoding="utf-8")
    assert not _edited(ledger, 1, "乙").faults
    assert len(whole) == 2
    index.write_text(json.dumps([{**r, "proof": {"seal": 1}} for r in rows]), encoding="utf-8")
    assert not _edited(ledger, 2, "丙").faults
    assert len(whole) == 3


def test_an_index_of_an_earlier_program_is_read(ledger: Ledger) -> None:
    first = _edited(ledger, 0, "甲")
    index = backup_folder(ledger) / INDEX
    rows = [{k: v for k, v in r.items() if k != "proof"} for r in json.loads(index.read_text(encoding="utf-8"))]
    index.write_text(json.dumps(rows), encoding="utf-8")
    assert [(b.name, b.proven, b.proof) for b in list_backups(ledger)] == [(first.name, DAY, None)]
