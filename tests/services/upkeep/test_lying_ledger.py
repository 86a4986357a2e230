"""A ledger from elsewhere whose tables are made otherwise, or whose values no program of ours can have written: told,
never written to, shown and saved as far as it can be."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hydesk.db.structure import structure_faults
from hydesk.domain.errors import HydeskError, OnlyToLook
from hydesk.domain.fields import Field
from hydesk.reports.kinds import ReportKind
from hydesk.services.pages.project_page import project_page
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.projects.project_history import project_history
from hydesk.services.reports.compile_report import compile_report
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.check_ledger import check_ledger
from hydesk.services.upkeep.open_ledger import open_ledger
from hydesk.services.upkeep.rescue_ledger import rescue_ledger
from tests.reliability.damage import rows_of
from tests.reliability.tamper import prepared
from tests.services.made import JUNE

DEEP = "[" * 900 + "]" * 900
STRUCTURE = {
    "a table is missing": "DROP TABLE settings",
    "a column is missing": "ALTER TABLE projects DROP COLUMN remark",
    "a column is called otherwise": "ALTER TABLE projects RENAME COLUMN remark TO remark2",
    "a table is called otherwise": "ALTER TABLE progress RENAME TO progress2",
    "a column too many": "ALTER TABLE change_log ADD COLUMN 假 TEXT NOT NULL DEFAULT 'x'",
    "a reckoned column": "ALTER TABLE projects ADD COLUMN 假 TEXT GENERATED ALWAYS AS (printf('%.1000000d', id)) VIRTUAL",
    "what was written once may not be written again": "CREATE UNIQUE INDEX 假 ON acts (kind, title, actor)",
    "an index that reckons": "CREATE INDEX 假 ON acts (length(title))",
    "two versions": "INSERT INTO alembic_version VALUES ('0001')",
}
SCHEMA = {
    "removing an act removes what it wrote": ("change_log", "REFERENCES acts (id)", "REFERENCES acts (id) ON DELETE CASCADE"),
    "a rule of its own": ("projects", "id INTEGER NOT NULL", "id INTEGER NOT NULL CHECK (id < 99)"),
    "an order nobody knows": ("projects", "name VARCHAR", "name VARCHAR COLLATE 甲"),
    "a new row takes the place of another": ("projects", "PRIMARY KEY (id)", "PRIMARY KEY (id) ON CONFLICT REPLACE"),
}
VALUES = {
    "a list within lists within lists": f"UPDATE settings SET value = '{DEEP}'",
    "a period beyond all years": "UPDATE progress SET period = '9999-12', ends_on = '9999-12-31'",
    "a week that the year has not": "UPDATE progress SET period = '2023-W53', ends_on = '2023-12-31'",
    "a year beyond all years": "UPDATE year_plans SET year = 99999 WHERE project_id = 3",
    "an amount beyond all money": "UPDATE year_plans SET annual_plan = 9223372036854775807",
    "the least number there is": "UPDATE progress SET year_investment = -9223372036854775808",
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("sound"))[0]


@pytest.fixture
def path(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sound, tmp_path / "台账.hydesk"))


def change(path: Path, name: str) -> None:
    with closing(sqlite3.connect(path)) as c:
        if name in SCHEMA:
            table, old, new = SCHEMA[name]
            c.execute("PRAGMA writable_schema = ON")
            words = c.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
            assert old in words
            c.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (words.replace(old, new), table))
        else:
            c.executescript((STRUCTURE | VALUES)[name])
        c.commit()


@pytest.mark.parametrize("name", [*STRUCTURE, *SCHEMA, *VALUES])
def test_it_is_told_and_not_written_to(path: Path, name: str) -> None:
    change(path, name)
    content = path.read_bytes()
    with pytest.raises(OnlyToLook, match="读不懂的值" if name in VALUES else "结构与本程序不符"):
        open_ledger(path)
    assert check_ledger(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("name", ["a table is missing", "a column is missing", "a column is called otherwise", "an order nobody knows",
                                  "a list within lists within lists", "a period beyond all years", "an amount beyond all money"])
def test_it_is_shown_and_saved_as_far_as_it_can_be(sound: Path, path: Path, tmp_path: Path, name: str) -> None:
    change(path, name)
    looked = open_ledger(path, read_only=True)
    assert len(list_standings(looked, JUNE)) == 6
    assert compile_report(looked, ReportKind.MONTHLY, JUNE)
    with pytest.raises(HydeskError):
        edit_project(looked, 1, Field.REMARK, "x", JUNE)
    looked.close()
    out = tmp_path / "救出.hydesk"
    rescue_ledger(path, out)
    with closing(sqlite3.connect(out)) as c:
        assert structure_faults(c) == []
    before, after = rows_of(sound), rows_of(out)
    sealed = {r for r in before if r[0] in ("log_seals", "content_seals")}
    there = [r for r in before.keys() - sealed if r in after]
    assert len(there) >= len(before.keys() - sealed) - (3 if name == "a table is missing" else 0)
    lost = "projects" if "column" in name else "settings" if "list" in name else "progress" if "period" in name else "year_plans"
    assert [r for r in there if after[r] != before[r] and r[0] != lost] == []
    if name == "a column is called otherwise":
        assert all(after[r] == before[r] for r in there)
    rescued = open_ledger(out)
    edit_project(rescued, 1, Field.REMARK, "接着用", JUNE)
    rescued.close()


@pytest.mark.parametrize(("what", "words"), [("entity", "什么"), ("field", "什么"), ("new", "一千")])
def test_words_in_the_log_that_are_none_of_ours_stop_no_page(path: Path, what: str, words: str) -> None:
    with closing(sqlite3.connect(path)) as c:
        c.execute(f"UPDATE change_log SET {what} = ?", (words,))
        c.commit()
    ledger = open_ledger(path)
    assert project_history(ledger, 1)
    assert project_page(ledger, 1, JUNE)
    ledger.close()
