"""The change log cannot be altered without `check` saying where."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select

from hydesk.db.ledger import Ledger
from hydesk.db.models import LogSeal
from hydesk.db.seals import broken
from hydesk.domain.fields import Field
from hydesk.services.acts.undo_import import undo_import
from hydesk.services.projects.edit_project import edit_project, redo_last, undo_last
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.upkeep.check_ledger import check_ledger
from hydesk.services.upkeep.open_ledger import create_ledger, open_ledger
from tests.db.test_old_ledgers import old_ledger
from tests.services.made import JUNE, draft, fill, money


def busy(path: Path) -> None:
    """A ledger with acts done, undone, redone, and an undone list whose edited project stayed."""
    ledger = create_ledger(path)
    fill(ledger)
    apply_return(ledger, draft(ledger, JUNE, {1: money(1, 2), 3: money(3, 4)}))
    edit_project(ledger, 1, Field.NAME, "新名", actor="张三")
    edit_project(ledger, 2, Field.REMARK, "甲", actor="张三")
    undo_last(ledger, "李四")
    redo_last(ledger)
    undo_last(ledger, "李四")
    undo_import(ledger, 1, "李四")
    edit_project(ledger, 1, Field.REMARK, "乙", actor="张三")
    ledger.close()


def events(ledger: Ledger) -> list[str]:
    with ledger.read() as connection:
        return list(connection.execute(select(LogSeal.event).order_by(LogSeal.id)).scalars())


def test_every_act_undo_and_redo_is_sealed(tmp_path: Path) -> None:
    path = tmp_path / "a.hydesk"
    busy(path)
    ledger = open_ledger(path)
    assert events(ledger) == ["done", "done", "done", "done", "undone", "redone", "undone", "undone", "done"]
    with ledger.read() as connection:
        assert list(broken(connection)) == []
        assert connection.execute(select(func.count()).where(LogSeal.spared.is_not(None))).scalar() == 1
    ledger.close()
    assert check_ledger(path) == []


@pytest.mark.parametrize("statement", [
    "UPDATE change_log SET new = '假名', old = '假名' WHERE field = 'name' AND act_id = 3",
    "UPDATE change_log SET words = '另一句话' WHERE id = 5",
    "DELETE FROM change_log WHERE act_id = 3 AND field = 'name'",
    "UPDATE acts SET actor = '王五' WHERE id = 3",
    "UPDATE acts SET undone_at = NULL WHERE id = 4",
    "UPDATE change_log SET undone = 0 WHERE act_id = 4",
    "UPDATE log_seals SET actor = '王五' WHERE id = 5",
    "DELETE FROM log_seals WHERE id = 5",
    "DELETE FROM log_seals WHERE id = 9",
    "INSERT INTO change_log (act_id, entity, project_id, scope, field, old, new, undone)"
    " SELECT 3, entity, project_id, scope, field, new, new, 0 FROM change_log WHERE id = 1",
    "UPDATE imports SET sha256 = 'x' WHERE id = 2",
])
def test_every_alteration_is_found(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "a.hydesk"
    busy(path)
    with closing(sqlite3.connect(path)) as c:
        c.execute("PRAGMA foreign_keys = OFF")
        assert c.execute(statement).rowcount > 0
        c.commit()
    assert "log_broken" in [f.code for f in check_ledger(path)]


@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_an_older_log_is_sealed_as_it_stands(tmp_path: Path, revision: str) -> None:
    path = old_ledger(revision, tmp_path)
    ledger = open_ledger(path)
    assert "undone" in events(ledger)
    undo_last(ledger)
    redo_last(ledger)
    ledger.close()
    assert check_ledger(path) == []


def test_a_failed_act_leaves_no_seal(tmp_path: Path) -> None:
    path = tmp_path / "a.hydesk"
    busy(path)
    ledger = open_ledger(path)
    before = events(ledger)

    def fail() -> None:
        from hydesk.db.journal import begin_act

        with ledger.write() as connection:
            begin_act(connection, "edit", "半途", "张三")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert events(ledger) == before
    edit_project(ledger, 1, Field.REMARK, "丙")
    assert len(events(ledger)) == len(before) + 1
    ledger.close()
    assert check_ledger(path) == []
