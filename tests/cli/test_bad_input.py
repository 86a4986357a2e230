"""Bad input: a sentence saying what and what to do, the right exit status, and nothing changed."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.bad_files import BAD_FILES, password_protected
from tests.cli.command_line import CommandLine, write_return

MakeFile = Callable[[Path], Path]
CHINESE = re.compile(r"[\u4e00-\u9fff]{4,}")


def content_of(hydesk: CommandLine) -> list[str]:
    """Everything the ledger holds."""
    with sqlite3.connect(hydesk.ledger) as connection:
        return list(connection.iterdump())


@pytest.mark.parametrize("make", BAD_FILES, ids=lambda make: make.__name__)
def test_a_bad_return_is_refused_and_changes_nothing(with_projects: CommandLine, make: MakeFile) -> None:
    path = make(with_projects.folder / "坏文件.xlsx")
    before = content_of(with_projects)
    done, result = with_projects.json("returns", "import", path, "--period", "2023-06")
    assert done.status == 3
    assert CHINESE.search(done.err)
    [entry] = result["files"]
    assert entry["file"] == "坏文件.xlsx"
    assert entry["status"] == "rejected"
    assert [f["level"] for f in entry["findings"]] == ["error"]
    assert CHINESE.search(entry["findings"][0]["message"])
    assert content_of(with_projects) == before


@pytest.mark.parametrize("make", BAD_FILES, ids=lambda make: make.__name__)
def test_a_bad_project_list_makes_no_ledger(hydesk: CommandLine, make: MakeFile) -> None:
    path = make(hydesk.folder / "坏清单.xlsx")
    done = hydesk("ledger", "import", path, "--year", "2023")
    assert done.status == 3
    assert CHINESE.search(done.err)
    assert {p.name for p in hydesk.folder.iterdir()} <= {"坏清单.xlsx"}


def test_one_bad_file_does_not_stop_the_others(with_projects: CommandLine) -> None:
    folder = with_projects.folder
    good, bad = write_return(folder / "衡南县6月.xlsx"), password_protected(folder / "加密.xlsx")
    done, result = with_projects.json("returns", "import", bad, folder / "没有.xlsx", good, "--period", "2023-06")
    assert done.status == 1
    assert {f["file"]: f["status"] for f in result["files"]} == {
        "加密.xlsx": "rejected", "没有.xlsx": "rejected", "衡南县6月.xlsx": "applied"}


def test_a_password_is_named_as_such(with_projects: CommandLine) -> None:
    path = password_protected(with_projects.folder / "加密.xlsx")
    done = with_projects("returns", "import", path, "--period", "2023-06")
    assert "密码" in done.err


@pytest.mark.parametrize("content", [b"", b"not a ledger at all " * 50, b"SQLite format 3\0" + b"\xff" * 5000])
@pytest.mark.parametrize("command", [["check"], ["returns", "list"], ["backup", "b.hydesk"], ["ledger", "new"]])
def test_a_file_that_is_no_ledger_is_left_alone(hydesk: CommandLine, content: bytes, command: list[str]) -> None:
    hydesk.ledger.write_bytes(content)
    done = hydesk(*command)
    assert done.status == 3
    assert CHINESE.search(done.err)
    assert hydesk.ledger.read_bytes() == content
    assert not (hydesk.folder / "b.hydesk").exists()


def test_another_programs_database_is_left_alone(hydesk: CommandLine) -> None:
    with sqlite3.connect(hydesk.ledger) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    content = hydesk.ledger.read_bytes()
    assert hydesk("returns", "list").status == 3
    assert hydesk.ledger.read_bytes() == content


def test_a_result_file_that_cannot_be_written_stops_before_anything_is_taken_in(with_projects: CommandLine) -> None:
    path = write_return(with_projects.folder / "衡南县6月.xlsx")
    before = content_of(with_projects)
    done = with_projects("returns", "import", path, "--period", "2023-06", "--json", with_projects.folder / "无" / "r.json")
    assert done.status == 3
    assert "r.json" in done.err
    assert content_of(with_projects) == before


def test_a_folder_without_permission_is_named(with_projects: CommandLine) -> None:
    folder = with_projects.folder / "只读"
    folder.mkdir()
    if os.name == "nt" or os.geteuid() == 0:
        pytest.skip("this user may write everywhere")
    folder.chmod(0o500)
    for arguments in (["ledger", "export", folder / "a.xlsx"], ["backup", folder / "b.hydesk"]):
        done = with_projects(*arguments)
        assert done.status == 3
        assert "权限" in done.err


def test_a_path_through_a_file_is_refused(with_projects: CommandLine) -> None:
    wrong = with_projects.ledger / "下面"
    for arguments in (["ledger", "export", wrong / "a.xlsx"], ["backup", wrong / "b.hydesk"], ["demo", "--out", wrong]):
        done = with_projects(*arguments)
        assert done.status == 3
        assert CHINESE.search(done.err)
    assert with_projects("ledger", "new", ledger=wrong / "x.hydesk").status == 3
