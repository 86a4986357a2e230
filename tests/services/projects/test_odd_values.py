"""One value that cannot be: told, never written onto, never the end of a check, a backup or a screen; rescued round."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from hydesk.db.odd_values import odd_values
from hydesk.domain.errors import HydeskError, OnlyToLook
from hydesk.domain.periods import Period
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.backup_ledger import backup_ledger
from hydesk.services.upkeep.check_ledger import check_ledger
from hydesk.services.upkeep.keep_backups import keep_backup
from hydesk.services.upkeep.open_ledger import create_ledger, open_ledger
from hydesk.services.upkeep.rescue_ledger import rescue_ledger
from tests.db.test_old_ledgers import FILES, old_ledger
from tests.services.made import JUNE, draft, facts, take_list

ODD = {
    "a word for money": "UPDATE projects SET total_investment = '很多' WHERE id = 2",
    "half a yuan": "UPDATE progress SET year_investment = 1.5",
    "a day that is none": "UPDATE milestones SET baseline = '2023-02-30'",
    "a date of another kind": "UPDATE year_plans SET dropped_on = '去年' WHERE project_id = 2",
    "a moment that is none": "UPDATE acts SET at = 'x' WHERE id = 1",
    "letters that are none": "UPDATE projects SET name = CAST(x'c3e4ff' AS TEXT) WHERE id = 2",
    "bytes for words": "UPDATE projects SET remark = x'00ff' WHERE id = 2",
    "a month that is none": "UPDATE progress SET period = '2023-13'",
    "neither yes nor no": "UPDATE year_plans SET present = 7 WHERE project_id = 2",
    "an entity that is none": "UPDATE change_log SET entity = 'proj3ct' WHERE id = 5",
    "a field that is none": "UPDATE change_log SET field = 'nam' WHERE field = 'name'",
    "a scope that is none": "UPDATE change_log SET scope = '20x3' WHERE entity = 'plan' AND project_id = 3",
    "a log value of another kind": "UPDATE change_log SET new = 'viele' WHERE field = 'total_investment'",
    "rotten letters in the log": "UPDATE change_log SET new = CAST(x'e8ff' AS TEXT), old = CAST(x'ff' AS TEXT) WHERE id % 3 = 0",
    "settings that are none": "UPDATE settings SET value = '{'",
    "columns that are none": "UPDATE imports SET sheets = 'x'",
    "a level that is none": "UPDATE import_findings SET level = 'bad'",
}


@pytest.fixture(scope="module")
def _sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from hydesk.domain.fields import Field
    from hydesk.domain.findings import Finding, Level
    from hydesk.services.returns.apply_return import apply_return
    from hydesk.services.rules.settings import set_setting

    path = tmp_path_factory.mktemp("sound") / "台账.hydesk"
    ledger = create_ledger(path)
    take_list(ledger, *(facts(n) for n in range(1, 7)))
    apply_return(ledger, draft(ledger, JUNE, {1: {Field.YEAR_INVESTMENT: 10_000}}, findings=(Finding(Level.NOTE, "x", "y"),)))
    set_setting(ledger, "office", "x")
    ledger.close()
    return path


@pytest.fixture
def path(_sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(_sound, tmp_path))


def _rows(path: Path) -> list[object]:
    with closing(sqlite3.connect(path)) as c:
        c.text_factory = bytes
        return [r for table in ("projects", "change_log", "progress", "log_seals") for r in c.execute(f"SELECT * FROM {table}")]


def _spoil(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as c:
        assert c.execute(statement).rowcount
        c.commit()


@pytest.mark.parametrize("version", sorted(p.name.partition(".")[0] for p in FILES.glob("*.gz")))
def test_no_value_the_program_wrote_is_odd(version: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(old_ledger(version, tmp_path))) as c:
        assert odd_values(c) == []


def test_no_value_of_the_demonstration_is_odd(demo_file: Path) -> None:
    with closing(sqlite3.connect(demo_file)) as c:
        assert odd_values(c) == []


@pytest.mark.parametrize("statement", ODD.values(), ids=ODD)
def test_an_odd_value_is_told_backed_up_looked_at_and_rescued_round(statement: str, path: Path, tmp_path: Path) -> None:
    _spoil(path, statement)
    spoilt = _rows(path)
    assert "value_odd" in {f.code for f in check_ledger(path)}
    assert _rows(path) == spoilt
    try:
        ledger = open_ledger(path)
    except OnlyToLook as e:
        assert "读不懂" in str(e)  # noqa: PT017
        ledger = open_ledger(path, read_only=True)
        with pytest.raises(HydeskError, match="读得出的部分"), ledger.write():
            pass
    else:  # what only pages of the past show
        assert keep_backup(ledger).backup.faults
        backup_ledger(ledger, tmp_path / "备份.hydesk")
    assert len(list_standings(ledger, JUNE)) >= 5
    ledger.close()
    out = tmp_path / "救出.hydesk"
    saved = rescue_ledger(path, out)
    assert [p for p in saved.lost if "读不懂" in p.said]
    with closing(sqlite3.connect(path)) as a, closing(sqlite3.connect(out)) as b:
        assert odd_values(b) == []
        for table in ("projects", "year_plans", "progress", "milestones", "change_log", "acts", "imports"):
            count = f"SELECT count(*) FROM {table}"
            assert b.execute(count).fetchone()[0] >= a.execute(count).fetchone()[0]
    rescued = open_ledger(out)
    assert len(list_standings(rescued, JUNE)) >= 5
    rescued.close()


def test_a_rescue_is_kept_whatever_the_last_check_stumbles_over(
        path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hydesk.services.upkeep import rescue_ledger as module

    def stumble(_ledger: object) -> list[object]:
        raise ValueError("x")

    monkeypatch.setattr(module, "check_open", stumble)
    saved = rescue_ledger(path, tmp_path / "救出.hydesk")
    assert (tmp_path / "救出.hydesk").exists()
    assert [f.code for f in saved.findings] == ["rescue_unfinished"]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut by a page": lambda b: b[:-4096],
    "cut by a page and padded": lambda b: b[:-4096] + bytes(4096),
    "a page missing, the rest moved": lambda b: b[:4096 * 3] + b[4096 * 4:] + bytes(4096),
    "the first page gone": lambda b: bytes(4096) + b[4096:],
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_file_that_sqlite_cannot_open_gives_all_but_the_lost_page(damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    source = old_ledger("0003", tmp_path)
    with closing(sqlite3.connect(source)) as c:
        entries = c.execute("SELECT count(*) FROM change_log").fetchone()[0]
        projects = c.execute("SELECT count(*) FROM projects").fetchone()[0]
    path = tmp_path / "坏.hydesk"
    path.write_bytes(damage(source.read_bytes()))
    out = tmp_path / "救出.hydesk"
    rescue_ledger(path, out)
    with closing(sqlite3.connect(out)) as c:
        assert c.execute("SELECT count(*) FROM change_log").fetchone()[0] > entries - 100
        assert c.execute("SELECT count(*) FROM projects").fetchone()[0] == projects
        assert c.execute("PRAGMA foreign_key_check").fetchall() == []
    assert not list(tmp_path.glob("*reading*")) + list(tmp_path.glob("*升级前*"))


def test_what_a_lost_page_held_comes_back_from_the_change_log(tmp_path: Path) -> None:
    path = tmp_path / "台账.hydesk"
    ledger = create_ledger(path)
    take_list(ledger, *(facts(n) for n in range(1, 61)))
    before = [(s.code, s.name, s.annual_plan, s.unit) for s in list_standings(ledger, Period.month(2023, 6))]
    ledger.close()
    with closing(sqlite3.connect(path)) as c:
        c.execute("PRAGMA foreign_keys = OFF")
        c.execute("DELETE FROM year_plans WHERE id % 2")
        c.execute("DELETE FROM projects WHERE id = 7")
        c.commit()
    saved = rescue_ledger(path, tmp_path / "救出.hydesk")
    assert "restored_from_log" in {f.code for f in saved.findings}
    rescued = open_ledger(tmp_path / "救出.hydesk")
    after = [(s.code, s.name, s.annual_plan, s.unit) for s in list_standings(rescued, Period.month(2023, 6))]
    rescued.close()
    assert sorted(after) == sorted(before)


def test_a_ledger_with_triggers_is_only_looked_at_and_the_rescue_leaves_them_out(path: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(path)) as c:
        c.execute("CREATE TRIGGER 偷偷 AFTER INSERT ON acts BEGIN UPDATE year_plans SET annual_plan = 0; END")
        c.commit()
    with pytest.raises(OnlyToLook, match="偷偷"):
        open_ledger(path)
    assert [f.code for f in check_ledger(path)] == ["look_only", "added"]
    looked = open_ledger(path, read_only=True)
    assert len(list_standings(looked, JUNE)) == 6
    looked.close()
    assert rescue_ledger(path, tmp_path / "救出.hydesk").lost == ()
    open_ledger(tmp_path / "救出.hydesk").close()
    assert check_ledger(tmp_path / "救出.hydesk") == []
