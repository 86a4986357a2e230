"""Garbage is collected on the UI thread only."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hydesk.ui.garbage import UiGarbage


@pytest.fixture
def garbage(qtbot: QtBot) -> Iterator[UiGarbage]:
    made = UiGarbage()
    yield made
    made.deleteLater()


class Ring:
    """Garbage that only the collector can take away; notes the thread it dies in."""

    died_in: list[threading.Thread]

    def __init__(self, died_in: list[threading.Thread]) -> None:
        self.ring, self.died_in = self, died_in

    def __del__(self) -> None:
        self.died_in.append(threading.current_thread())


def test_a_jobs_thread_never_collects(garbage: UiGarbage) -> None:
    died_in: list[threading.Thread] = []

    def allocate() -> None:
        Ring(died_in)
        kept = [[i] for i in range(200_000)]
        assert kept

    thread = threading.Thread(target=allocate)
    thread.start()
    thread.join()
    assert not gc.isenabled()
    assert died_in == []
    gc.collect()
    assert died_in == [threading.main_thread()]


def test_what_a_large_job_made_waits_until_nobody_looks(garbage: UiGarbage) -> None:
    gc.collect()
    died_in: list[threading.Thread] = []
    Ring(died_in)
    kept = [[i] for i in range(100_000)]
    garbage.collect_what_is_due()
    assert died_in == []
    assert gc.get_count()[0] < 1_000
    garbage._state_changed(Qt.ApplicationState.ApplicationInactive)
    assert died_in == [threading.main_thread()]
    assert len(kept) == 100_000
