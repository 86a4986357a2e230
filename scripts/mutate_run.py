"""The process that runs tests against mutants for ``mutate.py``: started once per job, within a copy of the tree.

It imports the package and collects the tests once. For every mutant it forks, and the child puts the mutated code in
place of the function's own, so that a mutant takes no more than its tests do. A mutation of what happens at import
(constants, defaults) takes a new process, for which the mutated module has been written into the copy.

Talks in lines of JSON: commands by the file descriptor named first, answers by the second.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import resource
import signal
import sys
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))
from mutate_make import mutated

SHARED = "demo_file"
"""A fixture of the whole session that is dear and read only: made once, before any mutant, and then found by all."""

PATIENCE = 20
"""How many times as long as its processor time a mutant may take by the clock: the machine may be busy with something else."""

MAKERS = "hydesk/services/demonstration/"
"""What makes it: for a mutant in here it is made anew."""

_FUNCTIONS: dict[str, list[FunctionType]] = defaultdict(list)
"""The package's functions by file, as they were before any mutant."""


class Server:
    """Answers commands where pytest would run the tests it has collected."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands = os.fdopen(commands, encoding="utf-8")
        self._answers = answers

    def _say(self, **answer: Any) -> None:
        os.write(self._answers, (json.dumps(answer) + "\n").encode())

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In the place of pytest's own loop."""
        import hydesk

        root = Path.cwd()
        assert Path(hydesk.__file__).is_relative_to(root), hydesk.__file__
        items = session.items
        base = session.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
        if sharing := [x for x in items if SHARED in getattr(x, "fixturenames", ())][:1]:
            _in_child(lambda: _run(sharing, {}), 300)
        _import_all()
        self._say(ready=[x.nodeid for x in items])
        for f in gc.get_objects():
            if isinstance(f, FunctionType) and f.__code__.co_filename.startswith(str(root)):
                _FUNCTIONS[f.__code__.co_filename].append(f)
        gc.collect()
        gc.freeze()  # so that the children share the memory
        kept = set(base.iterdir())
        for line in self._commands:
            command = json.loads(line)
            chosen = [items[i] for i in command["items"]]
            if command["do"] == "cover":
                answer = _in_child(lambda chosen=chosen: _cover(chosen, root), 3600)
            else:
                answer = _in_child(lambda chosen=chosen, command=command: _try(chosen, command), command["seconds"])
            self._say(**(answer or {"late": True}))
            for made in set(base.iterdir()) - kept:
                _remove(made)
        return True


def _import_all() -> None:
    """Whatever is imported only when it is wanted, so that its functions can be given the mutated code."""
    import importlib
    import pkgutil

    import hydesk

    for found in pkgutil.walk_packages(hydesk.__path__, "hydesk."):
        if not found.name.endswith("__main__") and ".migrations" not in found.name:
            with contextlib.suppress(ImportError):
                importlib.import_module(found.name)


def _remove(path: Path) -> None:
    import shutil

    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _in_child(work: Callable[[], dict[str, Any]], seconds: float) -> dict[str, Any] | None:
    """What ``work`` answers in a process of its own; None where it takes more than ``seconds`` of processor time, or by the
    clock ``PATIENCE`` times as long; killed there where it dies."""
    answer = Path(f"answer-{os.getpid()}.json").resolve()
    answer.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        os.setpgrp()  # a group to end; as much of the machine as its parent has
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, resource.RLIM_INFINITY))  # those it starts have it too
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        status = 1
        try:
            answer.write_text(json.dumps(work()), encoding="utf-8")
            status = 0
        except BaseException:
            Path("died.txt").resolve().write_text(traceback.format_exc(), encoding="utf-8")
        os._exit(status)
    until = time.monotonic() + PATIENCE * seconds
    while (ended := os.waitpid(child, os.WNOHANG)) == (0, 0):
        if time.monotonic() > until:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return None
        time.sleep(0.005)
    if ended[1] == signal.SIGXCPU:
        return None
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # whatever its tests left running
    if not answer.exists():
        return {"killed": "the process ended", "ran": 0}
    return dict(json.loads(answer.read_text(encoding="utf-8")))


class _Recorder:
    def __init__(self) -> None:
        self.failed = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remembers a failure."""
        self.failed |= report.failed


def _spent() -> float:
    """Seconds of processor time so far, of this process and of those it started: what else the machine does is not counted."""
    return sum(os.times()[:4])


def _run(items: Sequence[pytest.Item], found: dict[str, Any], before: Callable[[pytest.Item], None] | None = None, *,
         stop: bool = False) -> dict[str, Any]:
    """Run tests; into ``found`` by test whether it failed and how long it took."""
    for i, item in enumerate(items):
        if before is not None:
            before(item)
        recorder, began = _Recorder(), _spent()
        item.config.pluginmanager.register(recorder)
        following = items[i + 1] if i + 1 < len(items) else None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        item.config.pluginmanager.unregister(recorder)
        found[item.nodeid] = [recorder.failed, _spent() - began]
        if stop and recorder.failed:
            break
    return found


class _Fixtures:
    """What is run while a fixture is made that several tests share belongs to all that use it."""

    def __init__(self, measuring: Any) -> None:
        self._measuring, self._test = measuring, ""

    def begin(self, item: pytest.Item) -> None:
        """A test begins."""
        self._test = f"test {item.nodeid}"
        self._measuring.switch_context(self._test)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[Any]:
        """Around the making of a fixture."""
        if fixturedef.scope == "function":
            return (yield)
        self._measuring.switch_context(f"fixture {fixturedef.argname}")
        try:
            return (yield)
        finally:
            self._measuring.switch_context(self._test)


def _make_anew(items: Sequence[pytest.Item]) -> None:
    """Let this process make what is shared once more, in a folder of its own."""
    factory = items[0].config._tmp_path_factory  # type: ignore[attr-defined]
    factory._basetemp = factory.getbasetemp() / "anew"
    factory._basetemp.mkdir()


def _cover(items: Sequence[pytest.Item], root: Path) -> dict[str, Any]:
    """Which tests run which lines: by file, by line, the tests and fixtures; written beside, for it is much."""
    import coverage

    if items[0].nodeid.startswith(MAKERS.replace("hydesk", "tests", 1)):
        _make_anew(items)  # these tests are of how it is made
    measuring = coverage.Coverage(data_file=None, include=[str(root / "hydesk" / "*")], messages=False)
    fixtures = _Fixtures(measuring)
    items[0].config.pluginmanager.register(fixtures)
    measuring.start()
    ran = _run(items, {}, fixtures.begin)
    measuring.stop()
    items[0].config.pluginmanager.unregister(fixtures)
    data = measuring.get_data()
    users: dict[str, list[str]] = defaultdict(list)
    for item in items:
        for name in getattr(item, "fixturenames", ()):
            users[f"fixture {name}"].append(item.nodeid)
    lines: dict[str, dict[int, list[str]]] = {}
    for file in data.measured_files():
        told = lines[str(Path(file).relative_to(root))] = {}
        for line, contexts in data.contexts_by_lineno(file).items():
            tests = {c.removeprefix("test ") for c in contexts if c.startswith("test ")}
            tests.update(t for c in contexts if c.startswith("fixture ") for t in users[c])
            if tests:
                told[line] = sorted(tests)
    path = Path(f"cover-{os.getpid()}.json").resolve()
    path.write_text(json.dumps({"tests": ran, "lines": lines}), encoding="utf-8")
    return {"cover": str(path)}


def _try(items: Sequence[pytest.Item], command: dict[str, Any]) -> dict[str, Any]:
    """Run tests against a mutant until one fails."""
    source = command["source"]
    if command["path"].startswith(MAKERS):
        _make_anew(items)
    if command["at_import"] or not _put_in(str(Path(command["path"]).resolve()), source, command["number"]):
        return _anew(items)
    found = _run(items, {}, stop=True)
    return {"killed": next((name for name, (failed, _) in found.items() if failed), None), "ran": len(found)}


def _anew(items: Sequence[pytest.Item]) -> dict[str, Any]:
    """As ``_try``, in a new process that imports the mutated module from its file."""
    import subprocess

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-rfE", "--tb=no", "-p", "no:cacheprovider", *(x.nodeid for x in items)],
        capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return {"killed": None, "ran": len(items)}
    told = [line for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    return {"killed": told[0].split(" - ")[0].split(" ", 1)[1] if told else "at import", "ran": len(items)}


def _put_in(path: str, source: str, number: int) -> bool:
    """Replace the code of the functions that a mutation changes; whether any was found."""
    import ast

    own = compile(ast.parse(source), path, "exec", dont_inherit=True)
    other = compile(mutated(source, number), path, "exec", dont_inherit=True)
    pairs = [(a, b) for a, b in zip(_codes(own), _codes(other), strict=True) if a != b]
    changed = 0
    for f in _FUNCTIONS[path]:
        for a, b in pairs:
            if f.__code__.co_firstlineno == a.co_firstlineno and f.__code__.co_qualname == a.co_qualname and _same(f.__code__, a):
                f.__code__ = b
                changed += 1
                break
    return changed > 0


def _same(one: CodeType, other: CodeType) -> bool:
    return one.co_code == other.co_code and list(one.co_positions()) == list(other.co_positions())


def _codes(code: CodeType) -> Iterator[CodeType]:
    for held in code.co_consts:
        if isinstance(held, CodeType):
            yield held
            yield from _codes(held)


def main() -> int:
    """Collect the tests named and answer commands."""
    commands, answers, *tests = sys.argv[1:]
    sys.path.insert(0, str(Path.cwd()))
    return int(pytest.main(
        ["-q", "-s", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-seed=0", f"--basetemp={Path.cwd() / '.temporary'}", *tests],
        plugins=[Server(int(commands), int(answers))]))


if __name__ == "__main__":
    sys.exit(main())
