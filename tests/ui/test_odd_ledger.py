"""A ledger with one row that cannot be: every screen shows the others, and nothing ends in the crash dialog."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from hydesk.domain.errors import OnlyToLook
from hydesk.services.upkeep.open_ledger import open_ledger
from hydesk.ui import style
from hydesk.ui.changes import Changes
from hydesk.ui.desk import Desk
from hydesk.ui.jobs import Jobs
from hydesk.ui.screens import SCREENS
from tests.ui.conftest import JUNE, WAIT, open_window

ODD = (
    "UPDATE projects SET total_investment = '很多' WHERE id = 2", "UPDATE projects SET name = CAST(x'c3e4ff' AS TEXT) WHERE id = 2",
    "UPDATE problems SET raised_on = '昨天' WHERE id = 1", "UPDATE problems SET status = 'x' WHERE id = 1",
    "UPDATE progress SET year_investment = 'x' WHERE id = 3", "UPDATE milestones SET actual_precision = 'x' WHERE id < 9",
    "UPDATE imports SET sheets = '{' WHERE id = 3", "UPDATE change_log SET entity = 'x' WHERE id % 50 = 0",
    "UPDATE registers SET definition = 'x' WHERE id = 1", "UPDATE acts SET at = 'x' WHERE id = 3",
)


@pytest.mark.logs_warnings
@pytest.mark.parametrize("while_open", [False, True], ids=["opened with it", "written while the window is open"])
def test_no_screen_ends_in_the_crash_dialog(
        qtbot: QtBot, theme: style.Theme, demo_file: Path, tmp_path: Path, settle: Callable[[Desk], None], while_open: bool) -> None:
    path = Path(shutil.copy(demo_file, tmp_path / "台账.hydesk"))
    ledger = open_ledger(path) if while_open else None
    with closing(sqlite3.connect(path)) as c:
        for statement in ODD:
            assert c.execute(statement).rowcount, statement
        c.commit()
    if ledger is None:
        with pytest.raises(OnlyToLook):
            open_ledger(path)
        ledger = open_ledger(path, read_only=True)
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    desk = Desk(ledger, Jobs(), Changes(), theme, settings, JUNE)
    said: list[str] = []
    desk.noticed.connect(lambda notice: said.append(notice.text))
    window = open_window(desk, qtbot)  # an unexpected error fails the test
    for screen in SCREENS:
        window.go_to(screen)
        settle(desk)
    desk.go_to("project", 2)
    settle(desk)
    if while_open:
        assert any("读不懂" in s for s in said)
    desk.jobs.finish()
    qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=WAIT)
    ledger.close()
