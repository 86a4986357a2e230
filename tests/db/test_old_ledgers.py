"""A ledger of every version that was ever written opens, migrates, and holds what it held."""

from __future__ import annotations

import gzip
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from hydesk.db import migrate
from hydesk.domain.actors import Actor
from hydesk.domain.periods import Period
from hydesk.services.acts.undo_acts import redo_last, undo_last
from hydesk.services.projects.month_plans import list_month_plans
from hydesk.services.returns.list_returns import list_returns
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.check_ledger import check_ledger
from hydesk.services.upkeep.open_ledger import open_ledger
from tests.undoing import next_redo

FILES = Path(__file__).with_name("ledgers")
JUNE = Period.month(2023, 6)


def old_ledger(revision: str, folder: Path) -> Path:
    """The kept ledger of ``revision``, unpacked into ``folder``."""
    path = folder / f"{revision}.hydesk"
    path.write_bytes(gzip.decompress((FILES / f"{revision}.hydesk.gz").read_bytes()))
    return path


@pytest.mark.parametrize("revision", migrate.REVISIONS[:-1])
def test_every_older_version_is_kept(revision: str) -> None:
    assert (FILES / f"{revision}.hydesk.gz").exists(), "before adding a migration: python -m tests.db.keep_ledger"


@pytest.mark.parametrize("revision", [r for r in migrate.REVISIONS[-2:] if (FILES / f"{r}.hydesk.gz").exists()])
def test_the_newest_versions_open_whole(revision: str, tmp_path: Path) -> None:
    path = old_ledger(revision, tmp_path)
    ledger = open_ledger(path)
    assert list_standings(ledger, JUNE)
    ledger.close()
    assert check_ledger(path) == []


def test_the_first_version_holds_what_it_held(tmp_path: Path) -> None:
    path = old_ledger("0001", tmp_path)
    ledger = open_ledger(path)
    standings = list_standings(ledger, JUNE)
    assert len(standings) == 388
    assert sum(s.total_investment or 0 for s in standings) == 351_460_000_000
    assert standings[0].annual_plan == 1_234_500_000
    assert standings[1].name == "改了名的项目"
    assert [r.period for r in list_returns(ledger)].count(JUNE) == 3
    me = Actor("测试")
    assert next_redo(ledger, me)
    redo_last(ledger, me)
    assert list_standings(ledger, JUNE)[2].nature == "续建"
    undo_last(ledger, me)
    undo_last(ledger, me)
    assert list_standings(ledger, JUNE)[1].name != "改了名的项目"
    ledger.close()
    assert check_ledger(path) == []
    assert list(tmp_path.glob("*升级前-0001-*"))


def test_weeks_of_an_older_ledger_hold_what_they_held_and_a_years_last_week_lies_in_its_december(tmp_path: Path) -> None:
    path = old_ledger("0004", tmp_path)
    ledger = open_ledger(path)
    week = list_standings(ledger, Period.week(2023, 28))[0]
    assert (str(week.as_of), week.as_of_day, week.year_investment) == ("2023-W28", date(2023, 7, 16), 57)
    assert (week.month_investment, week.week_investment, week.progress_text) == (4, None, "主体施工")
    # Week 53 of 2026 ends on 3 January 2027: its figures are of 31 December, week 52's of the 27th.
    for period in (Period.week(2026, 53), Period.month(2026, 12)):
        last = list_standings(ledger, period)
        assert (last[0].year_investment, last[0].as_of_day) == (99, date(2026, 12, 31))
        assert (last[2].year_investment, last[2].as_of_day) == (5, date(2026, 12, 27))
    assert list_standings(ledger, Period.week(2026, 53))[0].week_investment == 9
    undo_last(ledger, Actor("乙"))
    undo_last(ledger, Actor("乙"))
    assert list_standings(ledger, Period.month(2026, 12))[0].year_investment is None
    ledger.close()
    assert check_ledger(path) == []


def test_an_older_ledger_is_sealed_as_it_stands_and_what_is_changed_afterwards_shows(tmp_path: Path) -> None:
    path = old_ledger("0005", tmp_path)
    ledger = open_ledger(path)
    assert [s.name for s in list_standings(ledger, JUNE)][:2] == ["改了名的项目", "第2号项目"]
    ledger.close()
    assert check_ledger(path) == []
    with closing(sqlite3.connect(path)) as c:
        c.execute("UPDATE import_cells SET value = '9'")
        c.commit()
    assert {f.code for f in check_ledger(path)} == {"content_broken"}


def test_two_old_ledgers_are_brought_up_to_date_at_once(tmp_path: Path) -> None:
    """A backup may be rehearsed while another ledger is opened: each has its own migration, and neither the other's."""
    folders = [tmp_path / name for name in "甲乙丙丁"]
    for folder in folders:
        folder.mkdir()

    def opened(folder: Path) -> bool:
        ledger = open_ledger(old_ledger("0002", folder))
        try:
            return migrate.is_up_to_date(ledger)
        finally:
            ledger.close()

    with ThreadPoolExecutor(len(folders)) as pool:
        assert all(pool.map(opened, folders))


def test_plans_by_month_of_an_older_ledger_hold_to_the_yuan(tmp_path: Path) -> None:
    ledger = open_ledger(old_ledger("0010", tmp_path))
    [plan] = [line.plan for line in list_month_plans(ledger, Period.month(2023, 6)) if line.plan is not None]
    assert (plan.total, plan.by(date(2023, 11, 30))) == (200_000_001, 110_000_000)
    ledger.close()
