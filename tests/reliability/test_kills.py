"""A few kills of every kind; the command `kills` does hundreds."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.reliability.copies import copy_many
from tests.reliability.kills import kill_many
from tests.reliability.worker import ACTS


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not of Windows")
def test_nothing_acknowledged_is_lost_and_nothing_is_half_done() -> None:
    killed = kill_many(2 * len(ACTS), 3, list(ACTS), workers=2)
    assert [k for k in killed if k.faults] == []


@pytest.mark.skipif(sys.platform == "win32", reason="cp is not of Windows")
def test_copies_of_an_open_ledger_are_whole(tmp_path: Path) -> None:
    assert copy_many(3, 0.5, tmp_path) == []
