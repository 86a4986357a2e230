"""Opening: an existing ledger, the first start, a file that is no ledger, a restored backup; and a crash."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hydesk.app import Start
from hydesk.services.backup_ledger import backup_ledger
from hydesk.services.list_standings import list_standings
from hydesk.ui import style
from hydesk.ui.crash import CrashDialog, CrashReporter, report_of
from hydesk.ui.desk import Desk
from tests.ui.conftest import JUNE, WAIT

Settle = Callable[[Desk], None]


@pytest.fixture
def start(tmp_path: Path, theme: style.Theme, qtbot: QtBot) -> Iterator[Callable[[Path], Start]]:
    made: list[Start] = []

    def begin(location: Path) -> Start:
        def wrong(error: BaseException) -> None:
            raise error

        settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        one = Start(str(location), theme, settings, wrong)
        made.append(one)
        one.begin()
        return one

    yield begin
    for one in made:
        if one.window is not None:
            one.window.close()
        one._waiting.done()
        one.close()


def opened(one: Start, qtbot: QtBot, settle: Settle) -> Desk:
    qtbot.waitUntil(lambda: one.window is not None and one.window.current == "home", timeout=4 * WAIT)
    assert one.desk is not None
    settle(one.desk)
    return one.desk


def test_an_existing_ledger_opens_at_its_newest_month(
        start: Callable[[Path], Start], demo_file: Path, tmp_path: Path, qtbot: QtBot, settle: Settle) -> None:
    file = tmp_path / "台账.hydesk"
    shutil.copy(demo_file, file)
    one = start(file)
    desk = opened(one, qtbot, settle)
    assert desk.period == JUNE
    assert one.window is not None
    assert one.window.topline.name.text().startswith("台账")
    assert "备份" in one.window.topline.saved.text()
    assert list((tmp_path / "backups").glob("台账-*.hydesk"))


def test_the_first_start_makes_the_demonstration_ledger(
        start: Callable[[Path], Start], tmp_path: Path, qtbot: QtBot, settle: Settle) -> None:
    one = start(tmp_path / "新的" / "ledger.hydesk")
    desk = opened(one, qtbot, settle)
    assert len(list_standings(desk.ledger, desk.period)) == 388


def test_the_first_start_can_be_without_the_demonstration(
        start: Callable[[Path], Start], tmp_path: Path, qtbot: QtBot, settle: Settle) -> None:
    one = start(tmp_path / "ledger.hydesk")
    one._waiting.skip.click()
    desk = opened(one, qtbot, settle)
    assert list_standings(desk.ledger, desk.period) == []


def test_a_file_that_is_no_ledger_is_refused_with_a_sentence(
        start: Callable[[Path], Start], tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "说明.hydesk"
    file.write_text("这不是台账", encoding="utf-8")
    one = start(file)
    qtbot.waitUntil(lambda: one._waiting.title.text() == "台账没有打开", timeout=WAIT)
    assert "说明.hydesk" in one._waiting.text.text()
    assert one.window is None
    assert file.read_text(encoding="utf-8") == "这不是台账"


def test_a_restored_backup_takes_the_ledgers_place(
        start: Callable[[Path], Start], demo_file: Path, sample_file: Path, tmp_path: Path, qtbot: QtBot,
        settle: Settle) -> None:
    file, backup = tmp_path / "台账.hydesk", tmp_path / "备份.hydesk"
    shutil.copy(sample_file, file)
    one = start(file)
    desk = opened(one, qtbot, settle)
    backup_ledger(desk.ledger, backup)
    names = {p.name for p in list_standings(desk.ledger, JUNE)}
    first = one.window
    shutil.copy(demo_file, backup)
    desk.restore_asked.emit(str(backup))
    qtbot.waitUntil(lambda: one.window is not None and one.window is not first, timeout=2 * WAIT)
    again = opened(one, qtbot, settle)
    assert {p.name for p in list_standings(again.ledger, JUNE)} != names
    assert "已恢复备份" in one.window.toast.text.text()  # type: ignore[union-attr]


@pytest.mark.logs_warnings
def test_a_crash_is_logged_and_shown_once(
        qtbot: QtBot, qapp: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    reporter = CrashReporter(tmp_path / "hydesk.log")
    try:
        raise ZeroDivisionError("除以零")
    except ZeroDivisionError as e:
        error = e
    reporter.hook(type(error), error, error.__traceback__)
    reporter.report(error)
    dialogs = [w for w in qapp.topLevelWidgets() if isinstance(w, CrashDialog) and w.isVisible()]
    assert len(dialogs) == 1
    assert "ZeroDivisionError" in dialogs[0].report
    assert "除以零" not in dialogs[0].report
    assert caplog.text.count("ZeroDivisionError") >= 2
    assert dialogs[0].report == report_of(error)
    dialogs[0].accept()
    qtbot.waitUntil(lambda: not reporter._open)
