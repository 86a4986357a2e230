"""The sample sets through the command line: nothing silently wrong, unchanged the second time, undone exactly."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command_line import CommandLine
from tests.cli.test_ledger_commands import cells

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def take_in(hydesk: CommandLine, name: str) -> None:
    """The set's ledger and May, then its June returns; leaves ``result.json`` and what was exported before June."""
    folder = SAMPLES / name
    assert hydesk("ledger", "import", folder / "ledger.xlsx", "--year", "2023").status == 0
    assert hydesk("returns", "import", folder / "history.xlsx", "--period", "2023-05").status == 0
    shutil.copy(hydesk.ledger, hydesk.folder / "五月.hydesk")
    hydesk("ledger", "export", hydesk.folder / "before.xlsx")
    done, _ = hydesk.json("returns", "import", *returns_of(name), "--period", "2023-06")
    assert done.status == 1


def returns_of(name: str) -> list[Path]:
    """The set's June returns."""
    return sorted((SAMPLES / name / "returns").iterdir())


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a set that was taken in, once for all tests; to be copied where it is written to."""
    @cache
    def folder(name: str) -> Path:
        made = CommandLine(tmp_path_factory.mktemp(name))
        take_in(made, name)
        return made.folder

    return folder


def score(hydesk: CommandLine, name: str) -> dict[str, Any]:
    """What score.py says of the last result."""
    command = [sys.executable, SAMPLES / "score.py", SAMPLES / name / "truth.json", hydesk.folder / "result.json", "--json"]
    figures: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return figures


def figures_of(hydesk: CommandLine) -> list[tuple[object, ...]]:
    """Every figure and word of progress the ledger holds, and every project's facts."""
    with sqlite3.connect(hydesk.ledger) as connection:
        progress = connection.execute("SELECT * FROM progress ORDER BY project_id, period").fetchall()
        return progress + connection.execute("SELECT * FROM projects ORDER BY id").fetchall()


@pytest.mark.parametrize("name", ["tidy", "messy"])
def test_nothing_is_silently_wrong(taken_in: Callable[[str], Path], name: str) -> None:
    figures = score(CommandLine(taken_in(name)), name)
    assert figures["silently wrong"] == 0
    assert figures["rows silently wrong"] == 0
    assert figures["ghost rows"] == 0
    assert figures["files lost"] == 0
    assert figures["right %"] >= 99.5
    assert figures["caught %"] >= (100 if name == "tidy" else 99)
    assert figures["false alarms %"] <= 1


def test_a_second_import_says_unchanged_and_undo_restores_the_ledger(
        hydesk: CommandLine, taken_in: Callable[[str], Path]) -> None:
    shutil.copytree(taken_in("tidy"), hydesk.folder, dirs_exist_ok=True)
    first_time = json.loads((hydesk.folder / "result.json").read_text(encoding="utf-8"))
    held, files = figures_of(hydesk), returns_of("tidy")
    _, again = hydesk.json("returns", "import", *files, "--period", "2023-06")
    assert {f["status"] for f in again["files"]} == {"unchanged"}
    assert figures_of(hydesk) == held
    assert {f["status"] for f in first_time["files"]} <= {"applied", "partly_applied"}

    first = 3
    for number in range(first, first + len(files)):
        assert hydesk("returns", "undo", str(number)).status == 0
    after = hydesk.folder / "after.xlsx"
    hydesk("ledger", "export", after)
    assert cells(after) == cells(hydesk.folder / "before.xlsx")
    never_saw_june = CommandLine(hydesk.folder)
    never_saw_june.ledger = hydesk.folder / "五月.hydesk"
    assert _sums(hydesk) == _sums(never_saw_june)


def _sums(hydesk: CommandLine) -> list[tuple[object, ...]]:
    """Figures by period, as a ledger that never saw June would hold them."""
    query = """SELECT period, count(*), sum(month_investment), sum(year_investment), sum(length(progress_text))
               FROM progress GROUP BY period ORDER BY period"""
    with sqlite3.connect(hydesk.ledger) as connection:
        return connection.execute(query).fetchall()
