"""Ledger files: made, opened, migrated, and refused with a sentence."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from hydesk.db import migrate, sqlite_file
from hydesk.db.models import Base
from hydesk.domain.errors import HydeskError
from hydesk.services.upkeep.open_ledger import create_ledger, open_ledger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An empty ledger, closed."""
    file = tmp_path / "台账.hydesk"
    create_ledger(file).close()
    return file


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as c:
        c.execute(statement)
        c.commit()


def refusal(path: Path) -> str:
    """The sentence with which opening is refused; it names the file and speaks Chinese."""
    with pytest.raises(HydeskError) as e:
        open_ledger(path)
    said = str(e.value)
    assert path.stem in said
    assert re.search("[\u4e00-\u9fff]{4}", said)
    return said


def test_migrations_make_exactly_the_tables_of_the_models(path: Path) -> None:
    ledger = open_ledger(path)
    with ledger.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    ledger.close()


def test_known_revisions_are_those_of_the_scripts() -> None:
    scripts = ScriptDirectory.from_config(migrate.configuration())
    assert tuple(reversed([s.revision for s in scripts.walk_revisions()])) == migrate.REVISIONS


def test_a_new_ledger_is_marked_and_keeps_foreign_keys(path: Path) -> None:
    with closing(sqlite3.connect(path)) as c:
        assert c.execute("PRAGMA application_id").fetchone()[0] == sqlite_file.APPLICATION_ID
        assert c.execute("PRAGMA user_version").fetchone()[0] == len(migrate.REVISIONS)
    ledger = open_ledger(path)
    with ledger.read() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    ledger.close()


def test_opening_a_current_ledger_does_not_load_alembic(path: Path) -> None:
    code = ("import sys; from hydesk.services.upkeep.open_ledger import open_ledger; open_ledger(sys.argv[1]).close();"
            "sys.exit('alembic' in sys.modules)")
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)


def test_a_ledger_that_exists_is_never_made_again(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(HydeskError, match="已经存在"):
        create_ledger(path)
    assert path.read_bytes() == before


def test_a_missing_ledger_is_not_made_by_opening(tmp_path: Path) -> None:
    assert "找不到" in refusal(tmp_path / "没有.hydesk")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "文件夹"
    folder.mkdir()
    assert "文件夹" in refusal(folder)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04" + b"x" * 4000, b"SQLite format 3\0" + b"\xff" * 9000])
def test_what_is_no_ledger_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "别的.hydesk"
    file.write_bytes(content)
    refusal(file)
    assert file.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "别的.db"
    change(file, "CREATE TABLE t (a)")
    assert "不是 hydesk 台账" in refusal(file)


def test_a_newer_ledger_is_refused_politely_and_left_alone(path: Path) -> None:
    change(path, "UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    assert "请先升级 hydesk" in refusal(path)
    assert path.read_bytes() == before


def test_a_truncated_ledger_is_told(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:6000])
    assert "损坏" in refusal(path)


def test_a_ledger_locked_by_another_program_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "另一个程序" in refusal(path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x")
    with pytest.raises(HydeskError, match="文件夹"):
        create_ledger(tmp_path / "文件" / "里面" / "台账.hydesk")


def test_a_read_only_ledger_is_told(path: Path) -> None:
    path.chmod(0o444)
    if os.access(path, os.W_OK):
        pytest.skip("this user may write anywhere")
    assert "只读" in refusal(path)


NOW = migrate.REVISIONS[-1]
LATER = f'''
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "9999", "{NOW}", None, None
def upgrade():
    op.create_table("later", sa.Column("id", sa.Integer(), primary_key=True))
'''


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As if this program had one more migration; the folder of its scripts."""
    scripts = tmp_path / "scripts"
    shutil.copytree(migrate.SCRIPTS, scripts)
    (scripts / "versions" / "9999_later.py").write_text(LATER, encoding="utf-8")
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    monkeypatch.setattr(migrate, "REVISIONS", (*migrate.REVISIONS, "9999"))
    return scripts


def test_an_older_ledger_is_copied_and_then_migrated(path: Path, next_version: Path) -> None:
    open_ledger(path).close()
    copies = list(path.parent.glob(f"台账.升级前-{NOW}-*.hydesk"))
    assert len(copies) == 1
    with closing(sqlite3.connect(path)) as c:
        assert c.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)
        assert c.execute("SELECT count(*) FROM later").fetchone() == (0,)
        assert c.execute("PRAGMA user_version").fetchone() == (len(migrate.REVISIONS),)
    with closing(sqlite3.connect(copies[0])) as c:
        assert c.execute("SELECT version_num FROM alembic_version").fetchone() == (NOW,)
    open_ledger(path).close()
    assert len(list(path.parent.glob("台账.升级前-*"))) == 1


def test_a_failed_migration_leaves_the_ledger_as_it_was(path: Path, next_version: Path) -> None:
    script = next_version / "versions" / "9999_later.py"
    script.write_text(LATER + "    raise RuntimeError('half-way')\n", encoding="utf-8")
    assert "已恢复原样" in refusal(path)
    with closing(sqlite3.connect(path)) as c:
        assert c.execute("SELECT version_num FROM alembic_version").fetchone() == (NOW,)
        assert c.execute("SELECT count(*) FROM sqlite_master WHERE name = 'later'").fetchone() == (0,)


def test_a_failed_transaction_leaves_nothing(path: Path) -> None:
    ledger = open_ledger(path)
    with pytest.raises(ZeroDivisionError), ledger.write() as connection:  # noqa: PT012
        connection.exec_driver_sql("INSERT INTO settings (key, value) VALUES ('a', '1')")
        raise ZeroDivisionError
    with ledger.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM settings").scalar() == 0
    ledger.close()


def test_a_ledger_with_signs_in_its_path_opens(tmp_path: Path) -> None:
    file = tmp_path / ("a#b%20d 台账.hydesk" if sys.platform == "win32" else "a#b?c%20d 台账.hydesk")  # no name there has a ?
    create_ledger(file).close()
    assert file.exists()
    open_ledger(str(file)).close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among files")
@pytest.mark.parametrize("name", ["台账.hydesk", "台账.hydesk-wal", "台账.hydesk-shm", "台账.hydesk-journal"])
@pytest.mark.parametrize("kind", ["pipe", "folder", "link"])
def test_what_is_no_plain_file_is_refused_before_it_is_opened(path: Path, name: str, kind: str) -> None:
    """Whoever opens a pipe waits for ever, and a link beside a ledger leads to a file that is none of its own."""
    if (name, kind) == ("台账.hydesk", "link"):
        return  # a ledger may be reached by a link
    strange = path.with_name(name)
    strange.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(strange)
    elif kind == "folder":
        strange.mkdir()
    else:
        strange.symlink_to(path.parent / "别的")
    for read_only in (False, True):
        with pytest.raises(HydeskError, match=r"不是普通文件|是文件夹"):
            open_ledger(path, read_only=read_only)
    assert not (path.parent / "别的").exists()


@pytest.mark.parametrize("after", [1, 2])
def test_a_file_beside_the_ledger_may_go_while_it_is_looked_at(path: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Whoever closes a ledger last takes its log away: there at one look, gone at the next."""
    side = path.with_name(path.name + "-journal")
    side.touch()
    look, looks = os.stat, itertools.count(1)

    def look_and_lose(at: object, **how: bool) -> os.stat_result:
        seen = look(at, **how)  # type: ignore[call-overload]
        if str(at) == str(side) and next(looks) == after:
            side.unlink()
        return seen  # type: ignore[no-any-return]

    monkeypatch.setattr(os, "stat", look_and_lose)
    sqlite_file.refuse_foreign(path)
