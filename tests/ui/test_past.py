"""The whole window on a past ledger: banner, refusal, the way back; nothing of the copy is left behind."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hydesk.app import Start
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.services.acts.undo_acts import acts
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.ledger_as_of import PastLedger
from hydesk.ui.desk import Desk, Notice
from hydesk.ui.frame.past import PastBanner
from tests.ui.conftest import JUNE, WAIT

Settle = Callable[[Desk], None]


@pytest.fixture
def start(start: Callable[[Path], Start], tmp_path: Path, demo_file: Path, qtbot: QtBot) -> Start:
    """The program on a copy of the demonstration, with its first page in front."""
    file = tmp_path / "台账.hydesk"
    shutil.copy(demo_file, file)
    one = start(file)
    qtbot.waitUntil(lambda: one.window is not None and one.window.current == "home", timeout=4 * WAIT)
    return one


def reopened(start: Start, qtbot: QtBot, settle: Settle, when: object) -> Desk:
    """Ask for another moment and wait for the window on it."""
    assert start.desk is not None
    settle(start.desk)
    before = start.desk
    before.past_asked.emit(when)
    qtbot.waitUntil(lambda: start.desk is not before and start.window is not None and start.window.current == "home",
                    timeout=4 * WAIT)
    assert start.desk is not None
    settle(start.desk)
    return start.desk


def test_the_window_shows_a_past_ledger_read_only_and_comes_back(start: Start, qtbot: QtBot, settle: Settle) -> None:
    assert start.desk is not None
    settle(start.desk)
    now = start.desk.ledger
    act = acts(now)[0].id
    first = list_standings(now, JUNE)[0]
    edit_project(now, first.id, Field.ANNUAL_PLAN, 12_340_000, JUNE)
    desk = reopened(start, qtbot, settle, act)
    assert isinstance(desk.ledger, PastLedger)
    assert list_standings(desk.ledger, JUNE)[0].annual_plan == first.annual_plan
    with pytest.raises(HydeskError, match="返回现在"):
        edit_project(desk.ledger, first.id, Field.ANNUAL_PLAN, 1, JUNE)
    assert start.window is not None
    banner = start.window.findChild(PastBanner)
    assert banner is not None
    assert banner.sentence.text().startswith("正在查看 ")
    assert start.window.topline.saved.text() == "只读"
    copy = desk.ledger.path
    desk = reopened(start, qtbot, settle, None)
    assert desk.ledger is now
    assert list_standings(desk.ledger, JUNE)[0].annual_plan == 12_340_000
    assert start.window.findChild(PastBanner) is None
    assert copy is not None
    assert not copy.exists()


def test_a_day_before_the_ledger_is_refused_and_the_window_stays(start: Start, qtbot: QtBot, settle: Settle) -> None:
    notices: list[Notice] = []
    assert start.desk is not None
    start.desk.noticed.connect(notices.append)
    window = start.window
    start.desk.past_asked.emit(date(2001, 1, 1))
    qtbot.waitUntil(lambda: any("还没有任何内容" in n.text for n in notices), timeout=WAIT)
    assert start.window is window
