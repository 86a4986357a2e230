"""Programs measured as whoever waits for them does: from the command until it has ended, by the system's own account.

Nothing but the standard library is imported here: what a child is told to have held begins with what its parent held.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HYDESK = [sys.executable, str(ROOT / "main.py")]


@dataclass(frozen=True, slots=True)
class Used:
    """What a program used: seconds on the clock, seconds of the processor, MB at most, exit status, what it printed."""

    wall: float
    cpu: float
    peak_mb: int
    status: int
    said: str = ""


def environment(home: Path) -> dict[str, str]:
    """Of a person who has bytecode and whose settings are new."""
    wanted = dict(os.environ) | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "XDG_CONFIG_HOME": str(home),
                                 "XDG_DATA_HOME": str(home), "XDG_CACHE_HOME": str(home), "PYTHONPATH": str(ROOT)}
    wanted.pop("PYTHONDONTWRITEBYTECODE", None)
    return wanted


def run(command: Sequence[str], home: Path, **more: str) -> Used:
    """One run of ``command``; its standard output in ``said``. What it starts counts as its own once it waited for it."""
    with tempfile.TemporaryFile() as out:
        begun = time.perf_counter()
        program = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, env=environment(home) | more)
        if hasattr(os, "wait4"):
            _, status, told = os.wait4(program.pid, 0)
            wall = time.perf_counter() - begun
            program.returncode = os.waitstatus_to_exitcode(status)
            scale = 2**20 if sys.platform == "darwin" else 2**10
            used = (told.ru_utime + told.ru_stime, told.ru_maxrss // scale)
        else:  # no account of the system's: the clock alone
            program.wait()
            wall = time.perf_counter() - begun
            used = (wall, 0)
        out.seek(0)
        return Used(wall, used[0], used[1], program.returncode, out.read().decode(errors="replace"))


def hydesk(ledger: Path, *words: str, home: Path, past: str | None = None) -> Used:
    """``hydesk`` with these words; raises SystemExit where it says that nothing was done."""
    as_of = ["--as-of", past] if past else []
    used = run([*HYDESK, "--ledger", str(ledger), *as_of, *words], home)
    if used.status not in (0, 1):
        raise SystemExit(f"hydesk {' '.join(words)} ended with status {used.status}")
    return used


def usual(act: Callable[[], Used], rounds: int = 3) -> Used:
    """The medians of several runs; of memory the most."""
    runs = [act() for _ in range(rounds)]
    return Used(statistics.median(u.wall for u in runs), statistics.median(u.cpu for u in runs),
                max(u.peak_mb for u in runs), runs[-1].status, runs[-1].said)
