"""Feed files to the real command line, each under a limit of time and memory, and tell what came of it.

    python -m tests.reliability.feed FILE_OR_FOLDER…     public collections, or what `hostile` made
    python -m tests.reliability.feed --made              every hostile file of this folder
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from hydesk.domain.file_names import is_paper

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 10.0
BYTES = 1_000_000_000
BAD_WORDS = ("Traceback", "程序出了意外", "panicked", "Error:")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one command made of one file; ``faults`` is empty when it was handled as it should."""

    command: str
    file: str
    status: int
    seconds: float
    peak: int
    said: str
    faults: tuple[str, ...]


def content_of(ledger: Path) -> str:
    """A digest of everything in a ledger, whatever lies in its write-ahead log."""
    import sqlite3

    made = hashlib.sha256()
    connection = sqlite3.connect(ledger)
    for line in connection.iterdump():
        made.update(line.encode("utf-8", "surrogatepass"))
    connection.close()
    return made.hexdigest()


def _peak(process: int) -> int:
    """The most bytes that a process and those it started have held since each began; 0 for one that is gone.

    Not what ``wait4`` says: that begins with what the process held from which it was forked, here the tests' own.
    """
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return 0
    held = next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)
    return max([held, *(_peak(int(child)) for child in children)])


def run(arguments: list[str], home: Path, limit: float) -> tuple[int, float, int, str]:
    """Status (-9 when stopped at ``limit``), seconds, peak bytes and what was said."""
    told = home / "said.txt"
    environment = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_STATE_HOME": str(home),
                   "PYTHONPATH": str(ROOT)}
    start = time.monotonic()
    with told.open("wb") as out:
        process = subprocess.Popen([sys.executable, str(ROOT / "main.py"), *arguments], stdout=out, stderr=out,
                                   cwd=home, env=environment)
        peak = 0
        while True:
            peak = max(peak, _peak(process.pid))
            pid, status = os.waitpid(process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() - start > limit:
                process.kill()
            time.sleep(0.02)
    process.returncode = os.waitstatus_to_exitcode(status)
    return (process.returncode, time.monotonic() - start, peak,
            told.read_text(encoding="utf-8", errors="replace"))


def feed(file: Path, ledger: Path) -> Iterator[Outcome]:
    """Give ``file`` to both commands, each with a copy of ``ledger``."""
    before = content_of(ledger)
    for command in ("returns", "ledger"):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            own = home / "台账.hydesk"
            shutil.copyfile(ledger, own)
            more = ["--period", "2023-06"] if command == "returns" else ["--year", "2023"]
            status, seconds, peak, said = run(["--ledger", str(own), command, "import", str(file), *more], home,
                                              SECONDS * 3)
            faults = [w for w in BAD_WORDS if w in said]
            faults += [f"{seconds:.1f} s"] if seconds > SECONDS else []
            faults += [f"{peak / 1e6:.0f} MB"] if peak > BYTES else []
            faults += [f"status {status}"] if status not in (0, 1, 2, 3) else []
            faults += ["said nothing"] if not said.strip() else []
            if status == 3 and content_of(own) != before and not is_paper(file.name):  # a paper is received, never read
                faults.append("refused, but the ledger changed")
            strange = {p.name for p in home.rglob("*") if p.is_file() and p.parent.name != "backups"} - {
                "said.txt"} - {p.name for p in home.glob("台账*")}
            faults += [f"left {strange}"] if strange else []
            yield Outcome(command, file.name, status, seconds, peak, said.strip(), tuple(faults))


def feed_all(files: Iterable[Path], ledger: Path, workers: int = 2) -> list[Outcome]:
    """Feed many files, some at a time."""
    with ThreadPoolExecutor(workers) as pool:
        return [o for outcomes in pool.map(lambda f: list(feed(f, ledger)), files) for o in outcomes]


def sample_ledger(folder: Path) -> Path:
    """A ledger of a few projects."""
    from hydesk.services.upkeep.open_ledger import create_ledger
    from tests.services.made import fill

    path = folder / "台账.hydesk"
    ledger = create_ledger(path)
    fill(ledger, 8)
    ledger.close()
    return path


def _made_apart(folder: Path) -> Path:
    """Every hostile file, made by another process: the peak of a child begins with that of the process that starts it."""
    making = "import sys; from pathlib import Path; from tests.reliability.hostile import make_all; make_all(Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", making, folder], cwd=ROOT, check=True)
    return folder


def main(arguments: list[str]) -> int:
    """Print a line for every file and command; 1 where anything went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        ledger = sample_ledger(home)
        named = [Path(a) for a in arguments if a != "--made"]
        if "--made" in arguments:
            named.append(_made_apart(home / "made"))
        files = [f for p in named for f in (sorted(x for x in p.rglob("*") if x.is_file()) if p.is_dir() else [p])]
        outcomes = feed_all(files, ledger)
    for o in outcomes:
        mark = "!! " + ", ".join(o.faults) if o.faults else "ok"
        print(f"{o.command:8}{o.file:44}{o.status:3} {o.seconds:6.1f} s {o.peak / 1e6:6.0f} MB  {mark}  "
              f"{o.said.splitlines()[0][:90] if o.said else ''}")
    wrong = sum(1 for o in outcomes if o.faults)
    print(f"{len(files)} files, {len(outcomes)} runs, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
