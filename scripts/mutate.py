"""Mutation tests, on demand: does any test notice when a rule is wrong by one step?

    python scripts/mutate.py hydesk/domain/measures hydesk/domain/lamps.py --jobs 2
    python scripts/mutate.py --rule 4.2 --only-survivors

Every mutation is made in a copy of the tree; the working tree is never touched. What it prints and how to read it:
docs/mutation.md.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import queue
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from mutate_cover import Cover, keep, kept
from mutate_make import Mutant, mutants_of, mutated, source_of, text_of
from mutate_run import MAKERS

ROOT = Path(__file__).resolve().parent.parent
EXPLAINED = ROOT / "scripts" / "mutants_explained.toml"
TESTS = ("tests/cli", "tests/db", "tests/domain", "tests/excel", "tests/reports", "tests/returns", "tests/services", "tests/ui")
AREAS = ("domain", "returns", "services", "reports", "ui")
"""What ``--areas`` alone spreads a sample over; db may be named too."""
SAVED_SECONDS, SAVED_RESULTS = 60, 10
MAKING_SECONDS = 120
"""The demonstration may take so long to be made anew."""
_LOOKS = re.compile(r"PySide6\.Qt(?:Widgets|Svg|Pdf|PrintSupport)|PySide6\.QtGui import (?!QColor\n)|pyqtgraph")
"""What a module of ui takes from Qt where it is about looks, more than a colour."""
COPIED = ("hydesk", "tests", "resources", "scripts", "docs", "benchmarks", "installer", "main.py", "pyproject.toml", "README.md",
          "CHANGELOG.md", "LICENSE", "Makefile")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a mutant: ``killed`` by the test named; None where it survived the ``ran`` tests that run its lines."""

    mutant: Mutant
    killed: str | None
    ran: int
    why: str = ""
    """Why it may survive, where that is explained."""

    @property
    def word(self) -> str:
        """One word for the summary."""
        if self.killed:
            return "killed"
        return "explained" if self.why else "SURVIVED" if self.ran else "NO TEST"

    @property
    def line(self) -> str:
        """One line of the table."""
        told = self.killed or (f"explained: {self.why}" if self.why else f"{self.word} ({self.ran} tests)")
        m = self.mutant
        return f"{told_of(m)}  |  {told}"


def told_of(m: Mutant) -> str:
    """Where a mutation is and what it changes."""
    return f"{m.path}:{m.line}  {m.where or '(module)'}  {_clipped(m.was)}  →  {_clipped(m.becomes)}"


def _clipped(text: str, most: int = 110) -> str:
    return text if len(text) <= most else f"{text[:most - 40]} … {text[-36:]}"


class Job:
    """One process that runs tests, in a copy of the tree of its own."""

    def __init__(self, folder: Path, tests: Sequence[str]) -> None:
        self.folder = folder
        for name in COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, folder / name, symlinks=True)
            elif (ROOT / name).exists():
                shutil.copy2(ROOT / name, folder / name)
        commands, self._commands = os.pipe()
        self._answers, answers = os.pipe()
        surroundings = os.environ | {
            "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(folder), "QT_QPA_PLATFORM": "offscreen", "PYTHONHASHSEED": "0"}
        self.log = folder / "log.txt"
        with self.log.open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(folder / "scripts" / "mutate_run.py"), str(commands), str(answers), *tests],
                cwd=folder, env=surroundings, pass_fds=(commands, answers), stdout=log, stderr=log)
        os.close(commands)
        os.close(answers)
        self._heard = os.fdopen(self._answers, encoding="utf-8")
        self._stamp = time.time()

    def hear(self) -> dict[str, Any]:
        """The next answer. Raises RuntimeError where the process has ended."""
        line = self._heard.readline()
        if not line:
            raise RuntimeError(f"the tests could not be run:\n{self.log.read_text(encoding='utf-8')[-2000:]}")
        return dict(json.loads(line))

    def ask(self, **command: Any) -> dict[str, Any]:
        """Ask and wait for the answer."""
        os.write(self._commands, (json.dumps(command) + "\n").encode())
        return self.hear()

    def write(self, path: str, text: str) -> None:
        """Write a module of the copy, with a time of its own so that no compiled file stands for it."""
        target = self.folder / path
        target.write_text(text, encoding="utf-8")
        self._stamp += 1
        os.utime(target, (self._stamp, self._stamp))

    def end(self) -> None:
        """Let the process end."""
        os.close(self._commands)
        self.process.wait(60)


def explained() -> Mapping[str, str]:
    """Mutations that may survive, by ``Mutant.key``, with why."""
    return tomllib.loads(EXPLAINED.read_text(encoding="utf-8")) if EXPLAINED.exists() else {}


def choose(paths: Sequence[str], rules: Sequence[str], limit: int | None, seed: int) -> list[Mutant]:
    """The mutants asked for: of the modules under ``paths``, of the rules named (4 means all of §4), at most ``limit``."""
    files = sorted({f for p in paths for f in ([ROOT / p] if (ROOT / p).is_file() else (ROOT / p).rglob("*.py"))})
    found = [m for f in files for m in mutants_of(str(f.relative_to(ROOT)), source_of(f))]
    if rules:
        found = [m for m in found if any(c == r or c.startswith(f"{r}.") for c in m.rules for r in rules)]
    return _sampled(found, limit, seed)


def spread(areas: Sequence[str], limit: int | None, seed: int) -> list[Mutant]:
    """As many of each area, ``limit`` in all; of ui only what is a model."""
    each = None if limit is None else limit // len(areas)
    return [m for area in areas for m in _sampled(
        [m for f in sorted((ROOT / "hydesk" / area).rglob("*.py")) if area != "ui" or is_model(f)
         for m in mutants_of(str(f.relative_to(ROOT)), source_of(f))], each, seed)]


def is_model(path: Path) -> bool:
    """Whether a module of ui shows nothing itself nor is a part of what does: its rules can be tested without a window."""
    tree = ast.parse(source_of(path))
    bases = {b.id for c in ast.walk(tree) if isinstance(c, ast.ClassDef) for b in c.bases if isinstance(b, ast.Name)}
    held = [ROOT / f"{node.module.replace('.', '/')}.py" for node in tree.body if isinstance(node, ast.ImportFrom)
            and node.module and node.module.startswith("hydesk.ui.") and bases & {a.name for a in node.names}]
    return path.name != "tokens.py" and not _LOOKS.search(source_of(path)) and all(is_model(f) for f in held)


def again(log: Path) -> list[Mutant]:
    """Those that survived by what an earlier run printed, wherever their lines are now."""
    told = {_parts(line.rpartition("  |  ")[0]) for line in log.read_text(encoding="utf-8").splitlines()
            if line.rpartition("  |  ")[2].startswith(("SURVIVED", "NO TEST"))}
    found: dict[tuple[str, int], Mutant] = {}
    for path, line, what in sorted(told):
        alike = [m for m in mutants_of(path, source_of(ROOT / path)) if _parts(told_of(m))[2] == what]
        if alike:
            nearest = min(alike, key=lambda m: abs(m.line - line))
            found[path, nearest.number] = nearest
    return list(found.values())


def _parts(told: str) -> tuple[str, int, str]:
    """Of a line of the table: the module, the line, the rest."""
    found = re.fullmatch(r"(?:\d+/\d+  )?(.+?):(\d+)  (.*)", told)
    assert found is not None, told
    return found[1], int(found[2]), found[3]


def _sampled(found: list[Mutant], limit: int | None, seed: int) -> list[Mutant]:
    if limit is None or limit >= len(found):
        return found
    chosen = set(random.Random(seed).sample(range(len(found)), limit))
    return [m for i, m in enumerate(found) if i in chosen]


def cover_of(jobs: Sequence[Job]) -> tuple[Cover, dict[str, int]]:
    """What each test runs, and the tests' numbers. Files of tests that nothing is kept of are run now, shared among the jobs."""
    names: list[str] = []
    for job in jobs:
        names = job.hear()["ready"]
    cover = kept(jobs[0].folder)
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for file in sorted({n.split("::")[0] for n in names} - cover.files.keys()):
        waiting.put(file)
    lock, saved = threading.Lock(), [time.monotonic()]

    def gather(job: Job) -> None:
        while (file := _next(waiting)) is not None:
            answer = job.ask(do="cover", items=[i for i, n in enumerate(names) if n.split("::")[0] == file])
            with lock:
                if "cover" in answer:
                    cover.take(Path(answer["cover"]))
                    Path(answer["cover"]).unlink()
                else:
                    print(f"its tests could not be run, left out: {file}", file=sys.stderr, flush=True)
                if time.monotonic() > saved[0] + SAVED_SECONDS:
                    keep(cover)
                    saved[0] = time.monotonic()

    _at_once(gather, jobs)
    keep(cover)
    return cover, {n: i for i, n in enumerate(names)}


def _next(waiting: queue.SimpleQueue[Any]) -> Any:
    try:
        return waiting.get_nowait()
    except queue.Empty:
        return None


def _at_once(work: Any, things: Iterable[Any]) -> None:
    threads = [threading.Thread(target=work, args=(x,)) for x in things]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


def run(jobs: Sequence[Job], mutants: Sequence[Mutant], cover: Cover, numbers: Mapping[str, int], budget: float) -> list[Result]:
    """Try every mutant; each line is told as it is known."""
    waiting: queue.SimpleQueue[Mutant] = queue.SimpleQueue()
    for m in random.Random(0).sample(mutants, len(mutants)):  # from all over, so that a run cut short tells of all
        waiting.put(m)
    results: list[Result] = []
    why = explained()

    def work(job: Job) -> None:
        while (mutant := _next(waiting)) is not None:
            result = _one(job, mutant, cover, numbers, budget, why)
            results.append(result)
            if len(results) % SAVED_RESULTS == 0:
                keep(cover)
            print(f"{len(results)}/{len(mutants)}  {result.line}", file=sys.stderr, flush=True)

    _at_once(work, jobs)
    return sorted(results, key=lambda r: (r.mutant.path, r.mutant.number))


def _one(job: Job, mutant: Mutant, cover: Cover, numbers: Mapping[str, int], budget: float, why: Mapping[str, str]) -> Result:
    tests = cover.tests_of(mutant, budget, numbers)
    if not tests:
        return Result(mutant, None, 0, why.get(mutant.key, ""))
    path, original = mutant.path, source_of(job.folder / mutant.path)
    tests = cover.likely(mutant, tests)
    job.write(path, text_of(mutated(original, mutant.number)))
    try:
        seconds = 20 + 6 * sum(cover.seconds[t] for t in tests) + (MAKING_SECONDS if path.startswith(MAKERS) else 0)
        answer = job.ask(do="try", items=[numbers[t] for t in tests], path=path, source=original, number=mutant.number,
                         at_import=mutant.at_import or not cover.runs(mutant), seconds=seconds)
    finally:
        job.write(path, original)
    if answer.get("killed"):
        cover.noticed(mutant, answer["killed"])
    killed = "killed by the time limit" if answer.get("late") else answer["killed"]
    return Result(mutant, killed, int(answer.get("ran", 0)), "" if killed else why.get(mutant.key, ""))


def summary(results: Sequence[Result]) -> str:
    """By module: mutants, killed, explained, survived, not run by any test."""
    words = ("killed", "explained", "SURVIVED", "NO TEST")
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for r in results:
        counts[r.mutant.path][r.word] += 1
        counts["all"][r.word] += 1
    lines = [f"{'module':48}{'mutants':>9}" + "".join(f"{w:>11}" for w in words)]
    for path in [*sorted(k for k in counts if k != "all"), "all"]:
        lines.append(f"{path:48}{sum(counts[path].values()):>9}" + "".join(f"{counts[path][w]:>11}" for w in words))
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; the status is 1 where an unexplained mutant survived."""
    parser = argparse.ArgumentParser(description="Mutation tests: does any test notice when a rule is wrong by one step?")
    parser.add_argument("paths", nargs="*", default=["hydesk/domain"], help="modules or folders to mutate (hydesk/domain)")
    parser.add_argument("--again", type=Path, metavar="LOG", help="in place of paths: what survived by the output of an earlier run")
    parser.add_argument("--rule", action="append", default=[], help="only rules of docs/rules.md: 4.2, or 4 for all of §4")
    parser.add_argument("--tests", action="append", default=[], help=f"tests to choose from ({', '.join(TESTS)})")
    parser.add_argument("--limit", type=int, help="at most so many mutants, chosen by --seed")
    parser.add_argument("--areas", nargs="*", choices=(*AREAS, "db"), help="in place of paths: as many of each area, of ui its models (all areas)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1, help="processes at once")
    parser.add_argument("--budget", type=float, default=30, help="seconds of tests for one mutant, the quickest first (30)")
    parser.add_argument("--only-survivors", action="store_true", help="leave the killed ones out of the table")
    parser.add_argument("--list", action="store_true", help="list the mutants and run nothing")
    asked = parser.parse_args(arguments)
    if asked.again:
        mutants = again(asked.again)
    elif asked.areas is None:
        mutants = choose(asked.paths, asked.rule, asked.limit, asked.seed)
    else:
        mutants = spread(asked.areas or AREAS, asked.limit, asked.seed)
    if asked.list:
        print("\n".join(told_of(m) for m in mutants))
        return 0
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        jobs = [Job(_made(Path(folder) / f"job{i}"), asked.tests or TESTS) for i in range(asked.jobs)]
        cover, numbers = cover_of(jobs)
        for test in cover.failing:
            print(f"fails without any mutation, left out: {test}", file=sys.stderr)
        print(f"{len(cover.seconds)} tests known in {time.monotonic() - began:.0f} s; {len(mutants)} mutants", file=sys.stderr, flush=True)
        results = run(jobs, mutants, cover, numbers, asked.budget)
        keep(cover)
        for job in jobs:
            job.end()
    for r in results:
        if not asked.only_survivors or r.word in ("SURVIVED", "NO TEST"):
            print(r.line)
    print(f"\n{summary(results)}\n{time.monotonic() - began:.0f} s")
    return int(any(r.word in ("SURVIVED", "NO TEST") for r in results))


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


if __name__ == "__main__":
    sys.exit(main())
