"""A few kills of every kind; the command `kills` does hundreds."""

from __future__ import annotations

import sys

import pytest

from tests.reliability.kills import kill_many
from tests.reliability.worker import ACTS


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not of Windows")
def test_nothing_acknowledged_is_lost_and_nothing_is_half_done() -> None:
    killed = kill_many(len(ACTS), 3, list(ACTS), workers=2)
    assert [k for k in killed if k.faults] == []
