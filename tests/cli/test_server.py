"""A ledger on a PostgreSQL server: what it answers must be what a file answers."""

from __future__ import annotations

import json
import sys
import threading
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import make_url

import hydesk.db.seed
from hydesk.db.ledger import connect
from hydesk.db.locations import shown
from hydesk.db.migrate import REVISIONS, upgrade
from hydesk.db.seed import seed
from hydesk.domain.fields import Field
from hydesk.domain.people import PersonRole
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.check_content import check_open
from hydesk.services.upkeep.keep_people import add_person, set_up_people
from hydesk.services.upkeep.open_ledger import create_ledger, open_ledger
from tests.cli.command_line import GOOD_ROWS, LIST_HEAD, PROJECTS, CommandLine, write_book, write_return
from tests.cli.test_ledger_commands import cells
from tests.services.made import JUNE, fill
from tests.stores import Server


@pytest.fixture
def address(server: Server) -> Iterator[str]:
    """A database of its own that holds nothing."""
    with server.bare() as made:
        yield made


@pytest.mark.parametrize(("location", "told"), [
    ("postgresql://office:secret@10.0.0.8/hydesk", "台账服务器的数据库 hydesk"),
    ("postgresql://office:sec@ret@10.0.0.8:5433/hydesk?sslmode=require", "台账服务器的数据库 hydesk"),
    ("postgresql://office:sec/ret@10.0.0.8/hydesk", "台账服务器的数据库 hydesk"),
    ("postgresql:///%E5%8F%B0%E8%B4%A6?password=secret&user=office&host=10.0.0.8", "台账服务器的数据库 台账"),
    ("postgresql://office:secret@10.0.0.8", "台账服务器"),
    ("postgresql://office:se/cr?et@10.0.0.8/hydesk", "台账服务器"),
    ("postgresql://office:secr/et@10.0.0.8", "台账服务器"),
    ("postgresql://office:secret@10.0.0.8/", "台账服务器"),
    ("台账.hydesk", "台账.hydesk"),
])
def test_neither_password_nor_address_is_shown(location: str, told: str) -> None:
    assert shown(location) == told


@pytest.mark.parametrize("location", [
    "postgresql://office:secret@127.0.0.1:1/hydesk", "mysql://office:secret@127.0.0.1/hydesk", "postgresql://office:secret@"])
def test_what_cannot_be_reached_is_told_in_one_sentence(hydesk: CommandLine, location: str) -> None:
    done = hydesk.plain("--ledger", location, "returns", "list")
    assert (done.status, done.out) == (3, "")
    assert len(done.err.splitlines()) == 1
    assert "secret" not in done.err
    assert "意外" not in done.err


MAKING = (["ledger", "new"], ["ledger", "new"])


def _day(hydesk: CommandLine, ledger: str, out: Path, making: Sequence[list[str]] = MAKING) -> list[object]:
    """A usual day on ``ledger``: all that its commands answered and wrote."""
    out.mkdir()
    given = hydesk.folder / "衡南县6月.xlsx"
    told: list[object] = []
    for words in (*making, ["ledger", "import", hydesk.folder / "清单.xlsx", "--year", "2023"],
                  ["returns", "import", given, "--period", "2023-06", "--json", out / "r.json"],
                  ["returns", "import", given, "--period", "2023-06"], ["template", "--period", "2023-07", "--out", out / "t"],
                  ["report", "tables", "--period", "2023-06", "--format", "xlsx", "--date", "2023-07-05", "--out", out],
                  ["ledger", "export", out / "e.xlsx"], ["returns", "undo", "2"], ["returns", "undo", "2"],
                  ["nodes", "list", "--period", "2023-06"], ["problems", "list", "--period", "2023-06"],
                  ["returns", "receive", given, "--period", "2023-06"], ["returns", "take-in", "3"], ["returns", "send-back", given, "--period", "2023-06"],
                  ["problems", "add", "HY2023-001", "征地未完成", "--period", "2023-06"], ["project", "lamp", "HY2023-002", "滞后", "--period", "2023-06", "--reason", "现场停工"],
                  ["returns", "chase", "--period", "2023-06"], ["ledger", "export", out / "u.xlsx"], ["check"]):
        done = hydesk.plain("--ledger", ledger, *words)
        told += [done.status, done.out, done.err.replace(str(out), "").replace(shown(ledger), "")]
    told.append(json.loads((out / "r.json").read_text(encoding="utf-8")))
    return told + [cells(path) for path in sorted(out.rglob("*.xlsx"))]


def test_a_usual_day_is_the_same_as_on_a_file(hydesk: CommandLine, address: str) -> None:
    write_book(hydesk.folder / "清单.xlsx", [LIST_HEAD, *PROJECTS])
    rows = [*GOOD_ROWS[:2], (3, "HY2023-003", "车江街道标准厂房项目", 15000, 5000, -20, 100, "施工中", None)]
    write_return(hydesk.folder / "衡南县6月.xlsx", rows)
    on_file = _day(hydesk, str(hydesk.folder / "台账.hydesk"), hydesk.folder / "甲")
    on_server = _day(hydesk, address, hydesk.folder / "乙")
    taken = 3 + 2  # that there is one already is said in other words of a file and of a database
    assert on_server[:taken] + on_server[taken + 1:] == on_file[:taken] + on_file[taken + 1:]


def test_a_library_that_commands_keep_away_is_not_missed_by_the_driver(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)  # as a command's own process has it
    made = create_ledger(address)
    fill(made, 1)
    assert len(list_standings(made, JUNE)) == 1
    made.close()


def test_a_clerk_of_a_ledger_with_people_has_the_same_usual_day(hydesk: CommandLine, server: Server) -> None:
    write_book(hydesk.folder / "清单.xlsx", [LIST_HEAD, *PROJECTS])
    write_return(hydesk.folder / "衡南县6月.xlsx")
    on_file = _day(hydesk, str(hydesk.folder / "台账.hydesk"), hydesk.folder / "甲", MAKING[:1])
    with server.copy("empty", lambda made: create_ledger(made).close()) as place:
        admin, login, password = open_ledger(place), f"经办{uuid.uuid4().hex[:6]}", "衡阳重点项目2023"
        set_up_people(admin, f"主管{login[2:]}", password)
        add_person(admin, login, PersonRole.CLERK, password)
        admin.close()
        clerk = make_url(place).set(username=login, password=password).render_as_string(hide_password=False)
        assert _day(hydesk, clerk, hydesk.folder / "乙", ()) == on_file[3:]
        assert "要由主管来做" in hydesk.plain("--ledger", clerk, "rules", "time-progress", "by-month").err


def test_a_ledger_goes_to_the_server_and_back_with_its_past(with_projects: CommandLine, address: str) -> None:
    folder = with_projects.folder
    with_projects("returns", "import", write_return(folder / "衡南县6月.xlsx"), "--period", "2023-06")
    later = [(*GOOD_ROWS[0][:6], 3100, *GOOD_ROWS[0][7:]), *GOOD_ROWS[1:]]
    with_projects("returns", "import", write_return(folder / "衡南县6月.xlsx", later), "--period", "2023-06")
    listed = with_projects("returns", "list").out
    assert with_projects("backup", folder / "一.hydesk").status == 0
    moved = with_projects.plain("--ledger", address, "restore", folder / "一.hydesk")
    assert moved.status == 0, moved.err
    assert shown(address) in moved.err
    again = with_projects.plain("--ledger", address, "restore", folder / "一.hydesk")
    assert (again.status, "已有台账" in again.err) == (3, True)
    assert with_projects.plain("--ledger", address, "returns", "list").out == listed
    assert with_projects.plain("--ledger", address, "returns", "undo", "3").status == 0
    assert with_projects.plain("--ledger", address, "check").status == 0
    assert with_projects.plain("--ledger", address, "backup", folder / "二.hydesk").status == 0
    assert with_projects("check", ledger=folder / "二.hydesk").status == 0
    past = with_projects.plain("--ledger", address, "--as-of", "2099-01-01", "returns", "list")
    assert past.out == with_projects("returns", "list", ledger=folder / "二.hydesk").out


def test_writers_wait_for_each_other_and_failures_leave_no_gap(address: str) -> None:
    ledger = create_ledger(address)
    fill(ledger, 8)
    projects = [s.id for s in list_standings(ledger, JUNE)]
    failures: list[BaseException] = []

    def work(mine: list[int]) -> None:
        try:
            for step in range(5):
                for project in mine:
                    edit_project(ledger, project, Field.ANNUAL_PLAN, step)
        except BaseException as e:  # handed to the test's own thread
            failures.append(e)

    def fail() -> None:
        from hydesk.db.journal import begin_act

        with ledger.write() as connection:
            begin_act(connection, "edit", "落空", "甲")
            raise ZeroDivisionError

    threads = [threading.Thread(target=work, args=(projects[i::2],)) for i in (0, 1)]
    for t in threads:
        t.start()
    for _ in range(5):
        with pytest.raises(ZeroDivisionError):
            fail()
    for t in threads:
        t.join()
    assert failures == []
    assert [s.annual_plan for s in list_standings(ledger, JUNE)] == [4] * 8
    assert check_open(ledger) == []
    ledger.close()


def test_a_list_makes_the_ledger_and_one_that_is_none_leaves_nothing(hydesk: CommandLine, address: str) -> None:
    wrong = write_book(hydesk.folder / "乱.xlsx", [["通知"], ["请各单位按时报送"]])
    assert hydesk.plain("--ledger", address, "ledger", "import", wrong, "--year", "2023").status == 3
    assert "没有 hydesk 台账" in hydesk.plain("--ledger", address, "check").err
    path = write_book(hydesk.folder / "清单.xlsx", [LIST_HEAD, *PROJECTS])
    assert hydesk.plain("--ledger", address, "ledger", "import", path, "--year", "2023").status == 0
    assert hydesk.plain("--ledger", address, "check").status == 0


def test_an_older_ledger_is_brought_up_to_date(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hydesk.db.seed, "_seed_columns", lambda _c: None)  # the version before had no columns of the office's own
    old = connect(address)
    upgrade(old, REVISIONS[-2])
    with old.write() as connection:
        seed(connection)
    old.close()
    ledger = open_ledger(address)
    fill(ledger, 2)
    assert check_open(ledger) == []
    ledger.close()
