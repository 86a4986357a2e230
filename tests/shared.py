"""What is made once for all the processes that run tests."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

WAIT_SECONDS = 180


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
