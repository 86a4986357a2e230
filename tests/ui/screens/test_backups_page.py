"""备份与恢复: backing up, rehearsing a restore, a second place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hydesk.services.keep_backups import list_backups
from hydesk.ui.desk import Desk, Notice
from hydesk.ui.screens.settings.backups import BackupsPage

Settle = Callable[[Desk], None]


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, settle: Settle) -> BackupsPage:
    made = BackupsPage(desk)
    qtbot.addWidget(made)
    made.reload()
    settle(desk)
    return made


def test_a_backup_is_made_proven_and_rehearsed(page: BackupsPage, desk: Desk, settle: Settle) -> None:
    notices: list[Notice] = []
    desk.noticed.connect(notices.append)
    assert "还没有" in page.state.text()
    assert not page.rehearse.isEnabled()
    page.back_up()
    settle(desk)
    assert "最近一次核实过的备份" in page.state.text()
    page.table.selectRow(0)
    assert page.rehearse.isEnabled()
    page.try_out()
    settle(desk)
    assert "恢复演练成功" in notices[-1].text
    page.back_up()
    settle(desk)
    assert "没有改动" in notices[-1].text
    assert len(list_backups(desk.ledger)) == 1


def test_a_second_place_gets_every_backup(page: BackupsPage, desk: Desk, tmp_path: Path, settle: Settle) -> None:
    page.set_second(str(tmp_path / "移动硬盘"))
    settle(desk)
    assert len(list((tmp_path / "移动硬盘").glob("*.hydesk"))) == 1
    assert "另存到" in page.place.text()
