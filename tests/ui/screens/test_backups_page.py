"""备份与恢复: backing up, rehearsing a restore, a second place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from hydesk.services.upkeep.backup_index import list_backups
from hydesk.services.upkeep.pack_ledger import is_locked
from hydesk.ui.desk import Desk, Notice
from hydesk.ui.screens.settings.backups import BackupsPage
from hydesk.ui.screens.settings.packing import PackDialog, PasswordDialog

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


def test_a_package_with_a_password_is_made_and_asked_for_again(
        page: BackupsPage, desk: Desk, tmp_path: Path, qtbot: QtBot, settle: Settle,
        monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "移交.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(out), ""))
    page.pack.click()
    dialog = page.findChild(PackDialog)
    assert dialog is not None
    dialog.first.setText("短")
    dialog._check()
    assert "密码太容易猜" in dialog.wrong.text()
    dialog.first.setText("tvq8-3nfw-0zk5-bxh7")
    dialog._check()
    assert "不一样" in dialog.wrong.text()
    assert not out.exists()
    dialog.again.setText("tvq8-3nfw-0zk5-bxh7")
    qtbot.keyPress(dialog.again, Qt.Key.Key_Return)  # the dialog is gone before the key is let go
    settle(desk)
    assert is_locked(out)

    asked: list[tuple[str, str]] = []
    desk.restore_asked.connect(lambda path, secret: asked.append((path, secret)))
    monkeypatch.setattr(BackupsPage, "_sure", lambda *_: True)
    page.unpack_file(str(out))
    qtbot.waitUntil(lambda: page.findChild(PasswordDialog) is not None)
    password = page.findChild(PasswordDialog)
    assert password is not None
    password.secret.setText("tvq8-3nfw-0zk5-bxh7")
    qtbot.keyPress(password.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: asked == [(str(out), "tvq8-3nfw-0zk5-bxh7")])
