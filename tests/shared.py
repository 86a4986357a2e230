"""What is made once for all the processes that run tests."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hydesk.db.ledger import Ledger, connect
from hydesk.services.upkeep.open_ledger import create_ledger

WAIT_SECONDS = 180


@contextmanager
def in_zone(name: str) -> Iterator[None]:
    """Let the time of this process be that of a zone, such as Asia/Shanghai; nothing where the system cannot."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", name)
        _tell_time()
        yield
    _tell_time()


def _tell_time() -> None:
    if hasattr(time, "tzset"):
        time.tzset()


def common_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run that all its processes know."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The file ``name`` as ``make`` writes it, by whichever process needs it first. Copy it, never write to it."""
    path = common_folder(tmp_path_factory) / "made-once" / name / name
    ready = path.parent / "ready"
    path.parent.parent.mkdir(exist_ok=True)
    try:
        path.parent.mkdir()
    except FileExistsError:  # another process makes it
        given_up = time.monotonic() + WAIT_SECONDS
        while not ready.exists():
            assert time.monotonic() < given_up, f"{name} was not made"
            time.sleep(0.02)
        assert path.exists(), f"making {name} failed in another process"
        return path
    try:
        make(path)
    finally:
        ready.touch()  # the others fail at once where there is none
    return path


def copy_of_empty(tmp_path_factory: pytest.TempPathFactory, path: Path) -> Path:
    """``path``, where now a new, empty ledger stands as ``create_ledger`` makes it, without running every migration."""
    made = made_once(tmp_path_factory, "empty.hydesk", lambda fresh: create_ledger(fresh).close())
    return Path(shutil.copy(made, path))


def open_whole(path: Path) -> Ledger:
    """The ledger at ``path``, a copy of one just made: as ``open_ledger``, but nobody looks for damage in it."""
    ledger = connect(path)
    with ledger.write() as connection:
        ledger.know_newest(connection)
    return ledger
