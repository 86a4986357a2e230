"""The change log cannot be altered without `check` saying where."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select

from hydesk.db.ledger import Ledger
from hydesk.db.models import LogSeal
from hydesk.db.seals import broken
from hydesk.domain.actors import Actor
from hydesk.domain.fields import Field
from hydesk.services.acts.undo_acts import redo_last, undo_last
from hydesk.services.acts.undo_import import undo_import
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.upkeep.check_ledger import check_ledger
from hydesk.services.upkeep.open_ledger import create_ledger, open_ledger
from tests.db.test_old_ledgers import old_ledger
from tests.services.made import JUNE, draft, fill, money
from tests.shared import made_once


def make_busy(path: Path) -> None:
    """A ledger with acts done, undone, redone, and an undone list whose edited project stayed."""
    ledger = create_ledger(path)
    fill(ledger)
    apply_return(ledger, draft(ledger, JUNE, {1: money(1, 2), 3: money(3, 4)}))
    edit_project(ledger, 1, Field.NAME, "新名", actor="张三")
    edit_project(ledger, 2, Field.REMARK, "甲", actor="张三")
    undo_last(ledger, Actor("张三"))
    redo_last(ledger, Actor("张三"))
    undo_last(ledger, Actor("张三"))
    undo_import(ledger, 1, Actor("李四", "lisi", "PC-2"))
    edit_project(ledger, 1, Field.REMARK, "乙", actor="张三")
    ledger.close()


@pytest.fixture
def busy(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    return Path(shutil.copy(made_once(tmp_path_factory, "busy.hydesk", make_busy), tmp_path / "a.hydesk"))


def events(ledger: Ledger) -> list[str]:
    with ledger.read() as connection:
        return list(connection.execute(select(LogSeal.event).order_by(LogSeal.id)).scalars())


def test_every_act_undo_and_redo_is_sealed(busy: Path) -> None:
    ledger = open_ledger(busy)
    assert events(ledger) == ["done", "done", "done", "done", "undone", "redone", "undone", "undone", "done"]
    with ledger.read() as connection:
        assert list(broken(connection)) == []
        assert connection.execute(select(func.count()).where(LogSeal.spared.is_not(None))).scalar() == 1
    ledger.close()
    assert check_ledger(busy) == []


@pytest.mark.parametrize("statement", [
    "UPDATE change_log SET new = '假名', old = '假名' WHERE field = 'name' AND act_id = 3",
    "UPDATE change_log SET words = '另一句话' WHERE id = 5",
    "DELETE FROM change_log WHERE act_id = 3 AND field = 'name'",
    "UPDATE acts SET actor = '王五' WHERE id = 3",
    "UPDATE acts SET account = '王五' WHERE id = 3",
    "DELETE FROM act_marks WHERE act_id = 4 AND id = (SELECT max(id) FROM act_marks WHERE act_id = 4)",
    "DELETE FROM act_marks WHERE act_id = 4",
    "UPDATE act_marks SET kind = 'redone' WHERE act_id = 4",
    "UPDATE act_marks SET actor = '王五' WHERE act_id = 4",
    "UPDATE act_marks SET account = '王五' WHERE act_id = 4",
    "UPDATE act_marks SET machine = 'PC-9' WHERE act_id = 1",
    "UPDATE act_marks SET at = '2020-01-01 00:00:00.000000' WHERE act_id = 4",
    "UPDATE act_marks SET newest_act = 99 WHERE act_id = 4",
    "INSERT INTO act_marks (act_id, kind, actor, at, newest_act) SELECT 3, 'undone', actor, at, 9 FROM acts WHERE id = 3",
    "INSERT INTO act_marks (act_id, kind, actor, at, newest_act) SELECT 4, 'redone', actor, at, 9 FROM acts WHERE id = 4",
    "DELETE FROM spared_parts",
    "UPDATE spared_parts SET project_id = 2",
    "UPDATE spared_parts SET entity = 'plan', scope = '2023'",
    "INSERT INTO spared_parts (mark_id, project_id, entity, scope) SELECT mark_id, 2, '', '' FROM spared_parts",
    "UPDATE log_seals SET spared = NULL WHERE spared IS NOT NULL",
    "UPDATE log_seals SET spared = '{}' WHERE spared IS NOT NULL",
    "UPDATE log_seals SET mark_id = 1 WHERE mark_id = 2",
    "UPDATE log_seals SET actor = '王五' WHERE id = 5",
    "DELETE FROM log_seals WHERE id = 5",
    "DELETE FROM log_seals WHERE id = 9",
    "INSERT INTO change_log (act_id, entity, project_id, scope, field, old, new)"
    " SELECT 3, entity, project_id, scope, field, new, new FROM change_log WHERE id = 1",
    "UPDATE imports SET sha256 = 'x' WHERE id = 2",
])
def test_every_alteration_is_found(busy: Path, statement: str) -> None:
    with closing(sqlite3.connect(busy)) as c:
        c.execute("PRAGMA foreign_keys = OFF")
        assert c.execute(statement).rowcount > 0
        c.commit()
    assert "log_broken" in [f.code for f in check_ledger(busy)]


@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_an_older_log_is_sealed_as_it_stands(tmp_path: Path, revision: str) -> None:
    path = old_ledger(revision, tmp_path)
    ledger = open_ledger(path)
    assert "undone" in events(ledger)
    me = Actor("root")
    assert undo_last(ledger, me)
    assert redo_last(ledger, me)
    ledger.close()
    assert check_ledger(path) == []


def test_a_failed_act_leaves_no_seal(busy: Path) -> None:
    ledger = open_ledger(busy)
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
    assert check_ledger(busy) == []
