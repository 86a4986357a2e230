"""Which tests run which lines, recorded once and kept between runs: by it ``mutate.py`` chooses the tests of a mutant.

What is kept follows the code: lines that moved are found again, a line that is new counts as run by whoever runs those
around it, and only test files that are new or have changed are run again.
"""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from mutate_make import Mutant, source_of

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".mutants" / "cover.json"
"""Left out of the repository (.gitignore); taken away, everything is recorded anew."""

LIKELY, QUICK_SECONDS = 5, 3
"""So many tests that noticed something near are tried first, none that takes longer."""

Lines = dict[int, frozenset[str]]


@dataclass(slots=True)
class Cover:
    """Which tests run which lines, and how long each takes, seconds of processor time."""

    seconds: dict[str, float] = field(default_factory=dict)
    lines: dict[str, Lines] = field(default_factory=dict)
    failing: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    """The test files recorded, each with its content's hash."""
    sources: dict[str, str] = field(default_factory=dict)
    """The modules as they were when it was recorded."""
    killers: dict[str, list[str]] = field(default_factory=dict)
    """Tests that noticed a mutation of a module, the newest first."""

    def take(self, found: Path) -> None:
        """Add what one job found of tests."""
        held = json.loads(found.read_text(encoding="utf-8"))
        self._take_tests(held["tests"])
        for path, lines in held["lines"].items():
            own = self.lines.setdefault(path, {})
            for line, tests in lines.items():
                own[int(line)] = own.get(int(line), frozenset()).union(t for t in tests if t in self.seconds)

    def _take_tests(self, tests: Mapping[str, tuple[bool, float]]) -> None:
        for test, (failed, seconds) in tests.items():
            self.files[_file(test)] = hash_of(_file(test))
            if failed:
                self.failing.append(test)
            else:
                self.seconds[test] = seconds

    def forget(self, files: Iterable[str]) -> None:
        """Forget all tests of ``files``."""
        gone = set(files)
        self.seconds = {t: s for t, s in self.seconds.items() if _file(t) not in gone}
        self.failing = [t for t in self.failing if _file(t) not in gone]
        self.files = {f: h for f, h in self.files.items() if f not in gone}
        for path, lines in self.lines.items():
            self.lines[path] = {n: frozenset(t for t in tests if _file(t) not in gone) for n, tests in lines.items()}

    def tests_of(self, mutant: Mutant, budget: float, known: Mapping[str, int]) -> list[str]:
        """The tests that run the mutant's lines, the quickest first, then what else stands in their files (for what a
        helper keeps between tests is counted to the first that asked), as many as take no longer than ``budget``."""
        held = self.lines.get(mutant.path, {})
        direct = {t for line in mutant.lines for t in held.get(line, ())}
        if not direct:  # run at import only: what runs anything of the module, or of those that import it
            direct = {t for tests in held.values() for t in tests} or {
                t for path in importers(mutant.path) for tests in self.lines.get(path, {}).values() for t in tests}
        files = {_file(t) for t in direct}
        beside = {t for t in self.seconds if _file(t) in files} - direct
        chosen: list[str] = []
        spent = 0.0
        for test in (*sorted(direct, key=self._cost), *sorted(beside, key=self._cost)):
            if test not in known:
                continue
            spent += self.seconds[test]
            if chosen and spent > budget:
                break
            chosen.append(test)
        return chosen

    def likely(self, mutant: Mutant, tests: Iterable[str]) -> list[str]:
        """``tests`` with those first that noticed other mutations of the module, or else of its neighbours: they often notice
        the next one too."""
        held = list(tests)
        near = [self.killers.get(mutant.path, ()), *(k for p, k in self.killers.items() if Path(p).parent == Path(mutant.path).parent)]
        first = [t for t in dict.fromkeys(t for own in near for t in own) if t in set(held) and self.seconds[t] < QUICK_SECONDS][:LIKELY]
        return [*first, *(t for t in held if t not in first)]

    def noticed(self, mutant: Mutant, test: str) -> None:
        """Remember that ``test`` noticed a mutation."""
        if test in self.seconds:
            self.killers[mutant.path] = [test, *(t for t in self.killers.get(mutant.path, ()) if t != test)][:LIKELY]

    def runs(self, mutant: Mutant) -> bool:
        """Whether any test runs the mutant's lines after the module has been imported."""
        held = self.lines.get(mutant.path, {})
        return any(held.get(line) for line in mutant.lines)

    def _cost(self, test: str) -> tuple[float, str]:
        return round(self.seconds[test], 2), test


def _file(test: str) -> str:
    return test.split("::")[0]


def hash_of(file: str) -> str:
    """Names the content of a test file; empty where there is none."""
    path = ROOT / file
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


@cache
def importers(path: str) -> tuple[str, ...]:
    """The package's modules that import ``path`` by name."""
    name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return tuple(str(f.relative_to(ROOT)) for f in sorted((ROOT / "hydesk").rglob("*.py")) if f"from {name} import" in source_of(f))


def kept(tree: Path) -> Cover:
    """What was recorded before, brought up to the code as it is in ``tree``; of test files that have changed since, nothing."""
    sources = {str(f.relative_to(tree)): source_of(f) for f in (tree / "hydesk").rglob("*.py")}
    if not KEPT.exists():
        return Cover(sources=sources)
    held = json.loads(KEPT.read_text(encoding="utf-8"))
    names, sets = held["tests"], [frozenset(held["tests"][i] for i in s) for s in held["sets"]]
    cover = Cover(dict(zip(names, held["seconds"], strict=True)), {}, held["failing"], held["files"], sources, held.get("killers", {}))
    for path, (source, numbers) in held["lines"].items():
        if path in sources:
            cover.lines[path] = moved(source, sources[path], {int(n): sets[i] for n, i in numbers.items()})
    cover.forget(f for f, was in held["files"].items() if hash_of(f) != was)
    return cover


def keep(cover: Cover) -> None:
    """Keep what is recorded for the next run."""
    names = sorted(cover.seconds)
    number = {t: i for i, t in enumerate(names)}
    sets: dict[frozenset[str], int] = {}
    lines: dict[str, Any] = {}
    for path, held in cover.lines.items():
        lines[path] = [cover.sources[path], {n: sets.setdefault(tests, len(sets)) for n, tests in held.items()}]
    KEPT.parent.mkdir(exist_ok=True)
    beside = KEPT.with_suffix(".new")
    beside.write_text(json.dumps({
        "tests": names, "seconds": [cover.seconds[t] for t in names], "failing": cover.failing, "files": cover.files, "killers": cover.killers,
        "sets": [sorted(number[t] for t in s) for s in sets], "lines": lines}), encoding="utf-8")
    beside.replace(KEPT)


def moved(was: str, now: str, lines: Lines) -> Lines:
    """Who runs which line of ``now``, by who ran those of ``was``."""
    if was == now:
        return lines
    found: Lines = {}
    for what, i, i_end, j, j_end in difflib.SequenceMatcher(None, was.splitlines(), now.splitlines(), autojunk=False).get_opcodes():
        if what == "equal":
            found |= {j + 1 + k: lines[i + 1 + k] for k in range(i_end - i) if i + 1 + k in lines}
        else:
            around = frozenset[str]().union(*(lines.get(n, ()) for n in range(i, i_end + 2)))
            found |= dict.fromkeys(range(j + 1, j_end + 1), around)
    return found
