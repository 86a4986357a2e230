"""The process that is killed: does one kind of act over and over, and acknowledges each once it is done.

An acknowledgement is a line in a file, on the disk before the next act begins. `kills.py` starts it, kills it, and
holds the ledger against the last acknowledgement. It is forked from one that has loaded the program, for that takes longer
than the acts.
"""

from __future__ import annotations

import ctypes
import os
import random
import shutil
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from hydesk.domain.fields import Field
from hydesk.services.acts.undo_acts import redo_last, undo_last
from hydesk.services.projects.attach_file import attach_files
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.backup_ledger import backup_ledger, restore_ledger
from hydesk.services.upkeep.open_ledger import Ledger, open_ledger
from hydesk.services.upkeep.roll_over_year import plan_roll_over, roll_over_year
from tests.services.made import JUNE, draft, facts, money, take_list

LEDGER, ACKNOWLEDGED = "台账.hydesk", "acknowledged.txt"
PROJECTS = 40


class Acknowledge:
    """Writes lines that are on the disk when the call returns."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf-8")

    def __call__(self, line: object) -> None:
        self._file.write(f"{line}\n")
        self._file.flush()
        os.fsync(self._file.fileno())


def edit(ledger: Ledger, _home: Path) -> Iterator[str]:
    """Numbers project 1's remark upwards."""
    for n in range(1, 10_000):
        edit_project(ledger, 1, Field.REMARK, str(n))
        yield str(n)


def undo(ledger: Ledger, _home: Path) -> Iterator[str]:
    """Edits, undoes and redoes; says what the remark is then."""
    for n in range(1, 10_000):
        edit_project(ledger, 1, Field.REMARK, str(n))
        yield str(n)
        undo_last(ledger)
        yield str(n - 1)
        redo_last(ledger)
        yield str(n)


def take_in(ledger: Ledger, _home: Path) -> Iterator[str]:
    """Returns of forty projects, the figure counting upwards."""
    for n in range(1, 10_000):
        apply_return(ledger, draft(ledger, JUNE, {p: money(n, n) for p in range(1, PROJECTS + 1)}, name=f"{n}.xlsx"))
        yield str(n)


def take_list_in(ledger: Ledger, _home: Path) -> Iterator[str]:
    """Lists of forty new projects."""
    for n in range(1, 200):
        take_list(ledger, *(facts(PROJECTS * n + p) for p in range(1, PROJECTS + 1)))
        yield str(n)


def back_up(ledger: Ledger, home: Path) -> Iterator[str]:
    """An edit and a backup over the one before."""
    for n in range(1, 10_000):
        edit_project(ledger, 1, Field.REMARK, str(n))
        backup_ledger(ledger, home / "备份.hydesk")
        yield str(n)


def restore(ledger: Ledger, home: Path) -> Iterator[str]:
    """Restores two backups in turn; their remarks are 甲 and 乙."""
    for remark in ("甲", "乙"):
        edit_project(ledger, 1, Field.REMARK, remark)
        backup_ledger(ledger, home / f"{remark}.hydesk")
    ledger.close()
    yield "乙"
    for n in range(10_000):
        remark = "甲乙"[n % 2]
        restore_ledger(home / LEDGER, home / f"{remark}.hydesk")
        for copy in home.glob("*恢复前*"):
            copy.unlink()
        yield remark


def migrate(ledger: Ledger, home: Path) -> Iterator[str]:
    """Opens an old ledger, again and again from a fresh copy."""
    ledger.close()
    for n in range(10_000):
        own = home / f"旧{n}.hydesk"
        shutil.copyfile(home / "旧.hydesk", own)
        open_ledger(own).close()
        yield str(n)


def roll_over(ledger: Ledger, _home: Path) -> Iterator[str]:
    """The list rolled from year to year."""
    for year in range(2023, 2200):
        roll_over_year(ledger, plan_roll_over(ledger, year))
        yield str(year + 1)


def attach(ledger: Ledger, home: Path) -> Iterator[str]:
    """A file each time, which the ledger must have whole."""
    for n in range(1, 10_000):
        file = home / "附件.txt"
        file.write_bytes(random.Random(n).randbytes(200_000))
        attach_files(ledger, 1, [file])
        yield str(n)


ACTS: dict[str, Callable[[Ledger, Path], Iterator[str]]] = {
    "edit": edit, "undo": undo, "import": take_in, "list": take_list_in, "backup": back_up, "restore": restore,
    "migrate": migrate, "roll_over": roll_over, "attach": attach,
}


def work(act: str, folder: str, calls: int, after: int) -> None:
    """Do ``act`` in ``folder`` until killed; where ``calls`` is not 0 at that call that changes a file, counted from the
    moment that ``after`` acts are acknowledged."""
    home = Path(folder)
    acknowledge = Acknowledge(home / ACKNOWLEDGED)
    ledger = open_ledger(home / LEDGER)
    list_standings(ledger, JUNE)
    acknowledge("ready")
    if calls and not after:
        _aim(calls)
    for number, line in enumerate(ACTS[act](ledger, home), 1):
        acknowledge(line)
        if calls and number == after:
            _aim(calls)


def _aim(calls: int) -> None:
    ctypes.CDLL(None).aim(calls)  # tests/reliability/nth_call.c, loaded before


def main() -> None:
    """For each line read (act, calls, after, folder) fork a process that works; tell its number, then how it ended."""
    for line in sys.stdin:
        act, calls, after, folder = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            try:
                work(act, folder, int(calls), int(after))
            except BaseException:
                Path(folder, "complaint.txt").write_text(traceback.format_exc(), encoding="utf-8")
            os._exit(1)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
