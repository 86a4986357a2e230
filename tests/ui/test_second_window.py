"""A second window on the same ledger says who has it open, and may look without changing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from hydesk.app import Start
from hydesk.domain.errors import HydeskError
from hydesk.services.upkeep.lock_ledger import LedgerLock, lock_of, take_lock
from hydesk.ui import style
from tests.ui.conftest import WAIT


def test_it_says_who_and_opens_for_reading(
        demo_file: Path, tmp_path: Path, theme: style.Theme, qtbot: QtBot) -> None:
    file = tmp_path / "台账.hydesk"
    shutil.copy(demo_file, file)
    held = take_lock(file)
    assert isinstance(held, LedgerLock)
    lock = lock_of(file)
    lock.write_text(json.dumps({**json.loads(lock.read_text(encoding="utf-8")), "host": "办公室二", "actor": "张三"}),
                    encoding="utf-8")

    def wrong(error: BaseException) -> None:
        raise error

    one = Start(str(file), theme, QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat), wrong)
    one.begin()
    waiting = one.door.waiting
    assert waiting is not None
    qtbot.waitUntil(lambda: waiting.read_only.isVisible(), timeout=4 * WAIT)
    assert "张三（电脑“办公室二”）" in waiting.text.text()
    waiting.read_only.click()
    qtbot.waitUntil(lambda: one.window is not None and one.window.current == "home", timeout=4 * WAIT)
    assert one.window is not None
    assert one.desk is not None
    assert one.desk.ledger.read_only
    assert one.window.topline.saved.text() == "只读"
    with pytest.raises(HydeskError, match="只读"), one.desk.ledger.write():
        pass
    assert not (tmp_path / "backups").exists()
    qtbot.waitUntil(lambda: one.desk is None or not one.desk.jobs.busy, timeout=4 * WAIT)
    one.window.close()
    waiting.done()
    one.close()
    assert lock.exists()
