"""Several processes on one ledger, and processes that are killed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.command_line import GOOD_ROWS, LIST_HEAD, PROJECTS, CommandLine, write_book, write_return

RUN = "import sys; from hydesk.cli import main; sys.exit(main())"


def _start(hydesk: CommandLine, *words: str | Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", RUN, "--ledger", str(hydesk.ledger), *map(str, words)]
    return subprocess.Popen(command, cwd=hydesk.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_two_who_make_the_same_ledger_end_with_one_whole_one(hydesk: CommandLine) -> None:
    path = write_book(hydesk.folder / "清单.xlsx", [LIST_HEAD, *PROJECTS])
    both = [_start(hydesk, "ledger", "import", path, "--year", "2023") for _ in range(2)]
    assert [one.wait(timeout=120) for one in both] == [0, 0]
    assert hydesk("check").status == 0
    assert [p.name for p in hydesk.folder.glob(".*")] == []


def test_two_who_take_returns_in_at_once_back_up_and_write_one_after_the_other(with_projects: CommandLine) -> None:
    folder = with_projects.folder
    for side, unit, rows in (("甲", "衡南县", GOOD_ROWS), ("乙", "衡东县", (
            (1, "HY2023-004", "洣水镇人民医院住院楼项目", 9000, 2500, 100, 900, "主体完工", None),))):
        (folder / side).mkdir()
        for number in range(5):  # so many that each backs up first, into the same folder in the same second
            write_return(folder / side / f"{number}.xlsx", [(*row[:6], int(str(row[4])) // 9 + number, *row[7:]) for row in rows], unit)
    both = [_start(with_projects, "returns", "import", folder / side, "--period", "2023-06") for side in "甲乙"]
    assert max(one.wait(timeout=120) for one in both) <= 1
    board = with_projects("returns", "board", "--period", "2023-06").out
    assert all("入库" in line for line in board.splitlines()[1:])
    assert with_projects("check").status == 0


def test_a_half_made_ledger_never_stands_in_the_way(hydesk: CommandLine) -> None:
    path = write_book(hydesk.folder / "清单.xlsx", [LIST_HEAD, *PROJECTS])
    for wait in (0.15, 0.3, 0.45):
        killed = _start(hydesk, "ledger", "import", path, "--year", "2023")
        try:
            killed.wait(timeout=wait)
        except subprocess.TimeoutExpired:
            killed.kill()
            killed.wait()
    done = hydesk("ledger", "import", path, "--year", "2023")
    assert done.status == 0, done.err
    assert hydesk("check").status == 0


def test_what_was_taken_in_before_a_stop_is_told_and_stays(with_projects: CommandLine) -> None:
    """The second file meets a ledger that another program holds for good."""
    folder = with_projects.folder
    first, second = write_return(folder / "衡南县6月.xlsx"), write_return(folder / "后来.xlsx", GOOD_ROWS[:2])
    code = (
        "import sys\n"
        "from hydesk.cli import main\n"
        "from hydesk.services.returns import apply_return as taking\n"
        "from hydesk.domain.errors import HydeskError\n"
        "real, calls = taking.apply_return, []\n"
        "def apply(*words):\n"
        "    calls.append(words)\n"
        "    if len(calls) == 2: raise HydeskError('台账正被另一个程序使用')\n"
        "    return real(*words)\n"
        "taking.apply_return = apply\n"
        "sys.exit(main())"
    )
    command = [sys.executable, "-c", code, "--ledger", str(with_projects.ledger), "returns", "import", str(first), str(second),
               "--period", "2023-06", "--json", str(folder / "r.json")]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=120)
    assert done.returncode == 1, done.stderr.decode()
    told = json.loads((folder / "r.json").read_text(encoding="utf-8"))["files"]
    assert [f["status"] for f in told] == ["applied", "rejected"]
    assert "另一个程序" in told[1]["findings"][0]["message"]
    assert "衡南县" in with_projects("returns", "list").out
