"""Run the real command line on a machine that fails: no room, no such folder, no right to write.

    python -m tests.reliability.faults       every writing command under every fault
"""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.reliability.feed import BAD_WORDS, ROOT, content_of
from tests.reliability.parts import rows, sheet, xlsx

LEDGER = "台账.hydesk"
_DROP, _OVERRIDE = 24, 1
"""PR_CAPBSET_DROP and CAP_DAC_OVERRIDE of Linux."""
COMMANDS: dict[str, tuple[str, ...]] = {
    "ledger import": ("ledger", "import", "清单.xlsx", "--year", "2024"),
    "returns import": ("returns", "import", "报表.xlsx", "--period", "2023-06"),
    "returns undo": ("returns", "undo", "1"),
    "ledger export": ("ledger", "export", "出/导出.xlsx"),
    "template": ("template", "--period", "2023-06", "--out", "出"),
    "report": ("report", "monthly", "--period", "2023-06", "--out", "出"),
    "backup": ("backup", "出/备份.hydesk"),
    "restore": ("restore", "旧备份.hydesk"),
    "demo": ("demo", "--out", "出"),
}


@dataclass(frozen=True, slots=True)
class Failed:
    """A command under a fault: status, what was said, and what is wrong with that."""

    fault: str
    command: str
    status: int
    said: str
    faults: tuple[str, ...]


def no_room(_home: Path) -> None:
    """No file may grow beyond 4 kB, as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def some_room(_home: Path) -> None:
    """Room for 60 kB: the failure comes half-way."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))


def folder_gone(home: Path) -> None:
    """The folder to write to is a file, as where a drive was and is no more."""
    shutil.rmtree(home / "出")
    (home / "出").write_text("")


def no_right(home: Path) -> None:
    """Somebody who may read all and write nothing."""
    for path in (home, *home.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    if os.geteuid() == 0:  # even the superuser keeps to permissions once this capability is gone
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_DROP, _OVERRIDE, 0, 0, 0)


FAULTS: dict[str, Callable[[Path], None]] = {
    "no room": no_room, "some room": some_room, "folder gone": folder_gone, "no right": no_right}
READS_ONLY_ELSEWHERE = {"folder gone": ("ledger import", "returns import", "returns undo", "restore")}
"""Commands that the fault does not concern."""


def prepared(folder: Path) -> Path:
    """A ledger, a backup of it, and files to take in."""
    from hydesk.services.upkeep.backup_ledger import backup_ledger
    from hydesk.services.upkeep.open_ledger import create_ledger
    from tests.services.made import fill

    ledger = create_ledger(folder / LEDGER)
    fill(ledger, 60)
    backup_ledger(ledger, folder / "旧备份.hydesk")
    ledger.close()
    for name in ("清单.xlsx", "报表.xlsx"):
        (folder / name).write_bytes(xlsx(sheet(rows(400).replace("HY2023", "HY2024") if name == "清单.xlsx" else rows(4))))
    return folder


def fail(prototype: Path, fault: str, command: str) -> Failed:
    """Run ``command`` on a copy of ``prototype`` under ``fault``."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "台"
        Path(folder).chmod(0o755)
        shutil.copytree(prototype, home)
        (home / "出").mkdir()
        before = content_of(home / LEDGER)
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), "--ledger", LEDGER, *COMMANDS[command]], cwd=home,
            capture_output=True, timeout=120, check=False, preexec_fn=lambda: FAULTS[fault](home),
            env={**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_STATE_HOME": str(home),
                 "PYTHONDONTWRITEBYTECODE": "1"})
        for path in (home, *home.rglob("*")):
            path.chmod(0o755)
        said = done.stderr.decode("utf-8", "replace")
        faults = [w for w in BAD_WORDS if w in said]
        faults += ["ledger changed"] if done.returncode == 3 and content_of(home / LEDGER) != before else []
        if done.returncode == 0 and fault == "some room":
            return Failed(fault, command, 0, said.strip(), tuple(faults))  # what it writes is small enough
        faults += [f"status {done.returncode}"] if done.returncode != 3 else []
        made = [p for p in (home / "出").rglob("*") if p.is_file()] if (home / "出").is_dir() else []
        faults += [f"left {p.name}" for p in made]
        faults += [f"left {p.name}" for p in home.glob("*.part")] + [f"left {p.name}" for p in home.glob("*.restoring*")]
        return Failed(fault, command, done.returncode, said.strip(), tuple(faults))


def cases() -> list[tuple[str, str]]:
    """Every fault with every command that it concerns."""
    return [(f, c) for f in FAULTS for c in COMMANDS if c not in READS_ONLY_ELSEWHERE.get(f, ())]


def main() -> int:
    """Print a line for every case; 1 where anything went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        prototype = prepared(Path(folder))
        found = [fail(prototype, *case) for case in cases()]
    for f in found:
        print(f"{f.fault:12}{f.command:16}{f.status:3}  {'!! ' + ', '.join(f.faults) if f.faults else 'ok'}  "
              f"{f.said.splitlines()[-1][:110] if f.said else ''}")
    wrong = sum(1 for f in found if f.faults)
    print(f"{len(found)} cases, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
