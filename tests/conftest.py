"""What every test gets: a home of its own, so that no test reads or writes the user's real ledger or settings."""

from __future__ import annotations

import atexit
import gc
import logging
import os
import shutil
import sys
from collections.abc import Generator, Iterator
from contextlib import suppress
from importlib import import_module
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hydesk.db.ledger import Ledger
from tests.shared import in_zone, made_once, open_whole

# Where the machine says that nothing compiled is kept, every process of a run would compile all modules and rewrite all
# tests anew: seconds of each worker, half a second of every command that is started.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A worker has sent its results when it ends; taking all that its tests left apart, object by object, takes it seconds.
if "PYTEST_XDIST_WORKER" in os.environ:
    atexit.register(os._exit, 0)

# How long a generated example takes says more of what else the machine does than of the code.
settings.register_profile("without a clock", deadline=None)
settings.load_profile("without a clock")

pytest_plugins = ["tests.compiled", "tests.laid_out", "tests.stores", "tests.town"]


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """One more than there are cores: a test that waits for a server, a disk or another process leaves its core to another."""
    cores = yield
    return cores if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ else cores + 1


def pytest_collection(session: pytest.Session) -> None:
    """In a whole run each worker begins with other modules: what it compiles and rewrites the others find done.

    From a clean checkout each would do all of it anew at the same time: half a minute of processor time, of every worker.
    """
    worker = getattr(session.config, "workerinput", None)
    if worker is None or session.config.args != session.config.getini("testpaths"):
        return
    root = session.config.rootpath
    for path in sorted(root.glob("tests/**/test_*.py"))[int(worker["workerid"].removeprefix("gw"))::worker["workercount"]]:
        with suppress(Exception, pytest.skip.Exception):  # collecting it tells what is wrong
            import_module(".".join(path.relative_to(root).with_suffix("").parts))


_STARTED = count(1)
_SELDOM = 100
"""After so many tests all garbage is searched for."""


def pytest_collection_finish() -> None:
    """Modules and tests stay until the end, and so does most of what tests leave: statements compiled, tables read once.

    Searching all of it for garbage again, each time it has grown by a quarter or a window that closes asks for it, took a
    second or two each time and a tenth of the run: what is still in use after a search is set aside.
    """
    _one_example()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, 1_000_000)
    gc.callbacks.append(_set_aside)
    gc.collect()


@settings(max_examples=1, database=None)
@given(st.none())
def _one_example(_: None) -> None:
    """With its first example Hypothesis searches all garbage and then asks who holds its random numbers: of what is set aside
    the answer would be nobody."""


def _set_aside(phase: str, searched: dict[str, int]) -> None:
    if phase == "stop" and searched["generation"] == 2:
        gc.freeze()


def pytest_runtest_logstart() -> None:
    if next(_STARTED) % _SELDOM == 0:
        gc.collect()


LONGEST_NAME = 100
"""Characters of a generated example that may stand in a test's name."""


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A long example is named by its length: pytest keeps the test's name in the environment, which on Windows holds 32,767 signs."""
    return f"{argname} of {len(val)}" if isinstance(val, str | bytes) and len(val) > LONGEST_NAME else None


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration ledger, made once for all processes that run tests; copy it, never write to it.

    Its acts happen at hours of the day: those of one zone, whichever test asks for it first.
    """
    from hydesk.services.demonstration.make_demo import make_demo_ledger

    with in_zone("UTC"):
        return made_once(tmp_path_factory, "demo.hydesk", lambda path: make_demo_ledger(path).close())


@pytest.fixture(scope="module")
def demo_ledger(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A copy of the demonstration ledger for the tests of one module."""
    ledger = open_whole(Path(shutil.copy(demo_file, tmp_path_factory.mktemp("demo") / "演示.hydesk")))
    yield ledger
    ledger.close()


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """New folders, one after the other; pytest's own way reads all earlier ones before it makes the next."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def _own_home(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    home = next(_homes)
    home.mkdir()
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.delenv("HYDESK_LEDGER", raising=False)


@pytest.fixture(autouse=True)
def _no_logged_warnings(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in the log fails the test, unless it is marked ``logs_warnings``."""
    yield
    if request.node.get_closest_marker("logs_warnings") is None:
        logged = [r.getMessage() for r in caplog.get_records("call") if r.levelno >= logging.WARNING]
        assert not logged, logged
