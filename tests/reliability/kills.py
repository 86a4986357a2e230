"""Kill a working process at random moments, and prove after each that nothing acknowledged is missing.

    python -m tests.reliability.kills --kills 500 [--act edit] [--seed 1]

Half of the kills are aimed, where there is a C compiler: the n-th write, flush, cut or rename ends the process before it
is made (nth_call.c), so that no moment between two of them is too short to be hit. After every kill the ledger is opened by a fresh process's code: SQLite's check, foreign keys, the change log with its
seals, and what the act had acknowledged. What was under way may be there as a whole or not at all.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import select as ready
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from sqlalchemy import func, select

from hydesk.db import sqlite_file
from hydesk.db.models import Attachment, Import, Progress, Project, YearPlan
from hydesk.services.upkeep.check_ledger import check_ledger
from hydesk.services.upkeep.open_ledger import Ledger, create_ledger, open_ledger
from tests.reliability.worker import ACKNOWLEDGED, ACTS, LEDGER, PROJECTS
from tests.services.made import facts, take_list

ROOT = Path(__file__).resolve().parent.parent.parent
OLD = ROOT / "tests" / "db" / "ledgers" / "0002.hydesk.gz"
LONGEST = {"migrate": 0.9, "restore": 0.9, "roll_over": 0.5, "list": 0.5}


@dataclass(frozen=True, slots=True)
class Killed:
    """One kill: the act, how many had been acknowledged, and what was wrong afterwards."""

    act: str
    acknowledged: int
    faults: tuple[str, ...]
    aimed: bool = False


def prepared(folder: Path) -> Path:
    """The ledger every run begins with a copy of, and an old one beside it."""
    ledger = create_ledger(folder / LEDGER)
    take_list(ledger, *(facts(n) for n in range(1, PROJECTS + 1)))
    ledger.close()
    (folder / "旧.hydesk").write_bytes(gzip.decompress(OLD.read_bytes()))
    return folder


def shim_of(folder: Path) -> Path | None:
    """What ends a process at its n-th call, compiled into ``folder``; None where there is no compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    made = folder / "nth_call.so"
    source = Path(__file__).with_name("nth_call.c")
    done = subprocess.run([compiler, "-shared", "-fPIC", "-o", made, source, "-ldl"], capture_output=True, check=False)
    return made if done.returncode == 0 else None


class Nursery:
    """A process that has loaded the program and forks those that are killed; with ``shim`` they can be killed at a call."""

    def __init__(self, shim: Path | None = None) -> None:
        environment = dict(os.environ) if shim is None else os.environ | {"LD_PRELOAD": str(shim)}
        self._process = subprocess.Popen([sys.executable, "-m", "tests.reliability.worker"], cwd=ROOT, env=environment,
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)  # select sees no buffer

    def start(self, act: str, home: Path, calls: int, after: int) -> int:
        """The number of a process that does ``act`` in ``home`` (see worker.work)."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{act}\t{calls}\t{after}\t{home}\n".encode())
        return int(self._line())

    def ended(self, wait: float | None = None) -> int | None:
        """How the last one ended; None where it has not within ``wait`` seconds."""
        assert self._process.stdout is not None
        if wait is not None and not ready.select([self._process.stdout], [], [], wait)[0]:
            return None
        return int(self._line())

    def close(self) -> None:
        """End it."""
        self._process.communicate()

    def _line(self) -> bytes:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


def kill_once(act: str, prototype: Path, seed: int, nursery: Nursery, aimed: bool) -> Killed:
    """Start a worker on a copy of ``prototype``, kill it at a moment, or where ``aimed`` at a call, told by ``seed``."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for name in (LEDGER, "旧.hydesk"):
            shutil.copyfile(prototype / name, home / name)
        said = home / ACKNOWLEDGED
        after = chance.randint(0, 3)
        worker = nursery.start(act, home, int(chance.expovariate(1 / 40)) + 1 if aimed else 0, after)
        status = None
        while status is None and (said.read_bytes().count(b"\n") if said.exists() else 0) <= after:
            status = nursery.ended(0.005)
        if status is None:
            longest = LONGEST.get(act, 0.25)
            status = nursery.ended(longest + 10 if aimed else chance.uniform(0, longest))
        if status is None:
            os.kill(worker, signal.SIGKILL)
            status = nursery.ended()
        if status != -signal.SIGKILL:
            complaint = home / "complaint.txt"
            return Killed(act, 0, (f"ended by itself: {complaint.read_text()[-500:] if complaint.exists() else status}",))
        done = said.read_text(encoding="utf-8").split()[1:]
        try:
            return Killed(act, len(done), tuple(LOOK[act](home, done)), aimed)
        except Exception as e:
            return Killed(act, len(done), (f"{type(e).__name__}: {e}",), aimed)


def whole(path: Path) -> list[str]:
    """What any ledger must be."""
    return [f"damaged: {f}" for f in sqlite_file.faults(path)] + [f.message for f in check_ledger(path)]


def scalar(ledger: Ledger, query: object) -> object:
    """One value of the ledger."""
    with ledger.read() as connection:
        return connection.execute(query).scalar()  # type: ignore[call-overload]


def remark_of(path: Path) -> str:
    """Project 1's remark."""
    ledger = open_ledger(path)
    try:
        return str(scalar(ledger, select(Project.remark).where(Project.id == 1)) or "0")
    finally:
        ledger.close()


def counted(home: Path, done: list[str]) -> list[str]:
    """Remarks that count: the last acknowledged or the next."""
    last = int(done[-1]) if done else 0
    found = remark_of(home / LEDGER)
    return whole(home / LEDGER) + ([] if found in (str(last), str(last + 1)) else [f"lost: {found} after {last}"])


def undone(home: Path, done: list[str]) -> list[str]:
    """Edit, undo, redo, edit …: the remark is of the last acknowledged step or the next."""
    steps = ["0"] + [s for n in range(1, len(done) + 3) for s in (str(n), str(n - 1), str(n))]
    found = remark_of(home / LEDGER)
    fits = found in (steps[len(done)], steps[len(done) + 1])
    return whole(home / LEDGER) + ([] if fits else [f"lost: {found} after {len(done)} steps"])


def taken_in(home: Path, done: list[str]) -> list[str]:
    """Every acknowledged return with its original, and figures of one return only."""
    ledger = open_ledger(home / LEDGER)
    with ledger.read() as connection:
        count = connection.execute(select(func.count()).where(Import.kind == "return")).scalar() or 0
        figures = connection.execute(select(Progress.month_investment).distinct()).scalars().all()
        rows = connection.execute(select(func.count()).select_from(Progress)).scalar() or 0
    ledger.close()
    faults = whole(home / LEDGER)
    if count not in (len(done), len(done) + 1):
        faults.append(f"lost: {count} returns after {len(done)}")
    if figures != ([count] if count else []) or rows != (PROJECTS if count else 0):
        faults.append(f"half done: {figures}, {rows} rows")
    return faults


def listed(home: Path, done: list[str]) -> list[str]:
    """Whole lists only."""
    ledger = open_ledger(home / LEDGER)
    count = scalar(ledger, select(func.count()).where(Project.present))
    ledger.close()
    fits = count in (PROJECTS * (len(done) + 1), PROJECTS * (len(done) + 2))
    return whole(home / LEDGER) + ([] if fits else [f"{count} projects after {len(done)} lists"])


def backed_up(home: Path, done: list[str]) -> list[str]:
    """The backup is whole and no older than the last acknowledged."""
    path, last = home / "备份.hydesk", int(done[-1]) if done else 0
    faults = counted(home, done)
    if path.exists():
        faults += whole(path)
        if (found := int(remark_of(path))) not in (last, last + 1):
            faults.append(f"backup holds {found} after {last}")
    elif done:
        faults.append("no backup")
    return faults


def restored(home: Path, done: list[str]) -> list[str]:
    """One of the two backups, whole; both still there."""
    found = remark_of(home / LEDGER)
    faults = whole(home / LEDGER)
    if done:
        following = "甲" if len(done) % 2 else "乙"
        if found not in (done[-1], following):
            faults.append(f"lost: {found} after {done}")
        faults += [f for name in "甲乙" for f in whole(home / f"{name}.hydesk")]
    return faults


def migrated(home: Path, done: list[str]) -> list[str]:
    """Every old ledger opens and holds what it held."""
    faults = []
    for path in home.glob("旧?*.hydesk"):
        if ("升级前" not in path.name and path.stat().st_size == (home / "旧.hydesk").stat().st_size) or str(
                path.stem[1:]) in done:
            ledger = open_ledger(path)
            if scalar(ledger, select(Project.name).where(Project.id == 2)) != "改了名的项目":
                faults.append(f"{path.name}: not what it was")
            ledger.close()
            faults += whole(path)
    return faults


def rolled(home: Path, done: list[str]) -> list[str]:
    """Every acknowledged year is there with all its projects, and no year in part."""
    ledger = open_ledger(home / LEDGER)
    with ledger.read() as connection:
        years = dict(connection.execute(
            select(YearPlan.year, func.count()).where(YearPlan.present).group_by(YearPlan.year)).tuples().all())
    ledger.close()
    faults = whole(home / LEDGER)
    if any(n != PROJECTS for n in years.values()) or len(years) not in (len(done) + 1, len(done) + 2):
        faults.append(f"{years} after {done}")
    return faults + [f for b in (home / "backups").glob("*.hydesk") for f in whole(b)][:3]


def attached(home: Path, done: list[str]) -> list[str]:
    """Every attachment the ledger names is there, byte for byte (check says so)."""
    ledger = open_ledger(home / LEDGER)
    count = scalar(ledger, select(func.count()).where(Attachment.present))
    ledger.close()
    return whole(home / LEDGER) + ([] if count in (len(done), len(done) + 1) else [f"lost: {count} after {len(done)}"])


LOOK: dict[str, Callable[[Path, list[str]], list[str]]] = {
    "edit": counted, "undo": undone, "import": taken_in, "list": listed, "backup": backed_up, "restore": restored,
    "migrate": migrated, "roll_over": rolled, "attach": attached,
}


def kill_many(kills: int, seed: int, acts: list[str], workers: int = 2, say: Callable[[str], object] = lambda _: None) -> list[Killed]:
    """``kills`` kills, the acts in turn."""
    found: list[Killed] = []
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(workers) as pool:
        prototype, shim = prepared(Path(folder)), shim_of(Path(folder))
        free: SimpleQueue[tuple[Nursery, Nursery]] = SimpleQueue()
        nurseries = [(Nursery(), Nursery(shim)) for _ in range(workers)]
        for pair in nurseries:
            free.put(pair)

        def one(n: int) -> None:
            pair, act = free.get(), acts[n // 2 % len(acts)]
            aimed = bool(n % 2) and shim is not None
            try:
                found.append(kill_once(act, prototype, seed * 100_000 + n, pair[aimed], aimed))
            except Exception as e:
                found.append(Killed(act, 0, (f"the trial itself failed: {e!r}", traceback.format_exc()[-600:])))
            finally:
                free.put(pair)
            say(f"\r{len(found)} of {kills}, {sum(bool(k.faults) for k in found)} wrong")

        try:
            list(pool.map(one, range(kills)))
        except KeyboardInterrupt:  # what was run by then counts
            pool.shutdown(cancel_futures=True)
        finally:
            for pair in nurseries:
                for nursery in pair:
                    nursery.close()
    return found


def main() -> int:
    """Print a line for every act; 1 where anything was lost or damaged."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--act", choices=sorted(ACTS), action="append")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    found = kill_many(given.kills, given.seed, given.act or list(ACTS), say=sys.stderr.write)
    print()
    per_act, bad = Counter(k.act for k in found), Counter(k.act for k in found if k.faults)
    for act, count in per_act.items():
        acknowledged = sum(k.acknowledged for k in found if k.act == act)
        print(f"{act:10} {count:4} kills, {acknowledged:6} acts acknowledged, {bad[act]} wrong")
    for k in found:
        if k.faults:
            print(k.act, *k.faults[:3], sep="\n    ")
    print(f"{len(found)} kills, {sum(k.aimed for k in found)} of them aimed at a call, {sum(bad.values())} wrong")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
