"""Opening: an existing ledger, the first start, a file that is no ledger, a restored backup; and a crash."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hydesk.app import Start
from hydesk.domain.periods import Period
from hydesk.services.demonstration import make_demo
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.backup_ledger import backup_ledger
from hydesk.services.upkeep.lock_ledger import lock_of, take_lock
from hydesk.services.upkeep.open_ledger import Ledger, open_ledger
from hydesk.services.upkeep.pack_ledger import pack_ledger
from hydesk.ui.crash import CrashDialog, CrashReporter, report_of
from hydesk.ui.desk import Desk
from hydesk.ui.frame import backup
from hydesk.ui.frame.opening import OpenLedger
from hydesk.ui.frame.recent import recent_ledgers
from tests.ui.conftest import JUNE, SAMPLES, WAIT

Settle = Callable[[Desk], None]


def opened(one: Start, qtbot: QtBot, settle: Settle) -> Desk:
    qtbot.waitUntil(lambda: one.window is not None and one.window.current == "home", timeout=4 * WAIT)
    assert one.desk is not None
    settle(one.desk)
    return one.desk


def test_an_existing_ledger_opens_at_its_newest_month(
        start: Callable[[Path], Start], demo_file: Path, tmp_path: Path, qtbot: QtBot, settle: Settle,
        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "FIRST", 0)  # the first page comes first; here there is nobody to look at it
    file = tmp_path / "台账.hydesk"
    shutil.copy(demo_file, file)
    one = start(file)
    desk = opened(one, qtbot, settle)
    qtbot.waitUntil(lambda: bool(list((tmp_path / "backups").glob("台账-*.hydesk"))), timeout=4 * WAIT)
    settle(desk)
    assert desk.period == JUNE
    assert one.window is not None
    assert one.window.topline.name.text().startswith("台账")
    assert "备份" in one.window.topline.saved.text()
    assert list((tmp_path / "backups").glob("台账-*.hydesk"))


def test_after_a_crash_the_window_says_that_all_is_sound_once_it_is_checked(
        start: Callable[[Path], Start], sample_file: Path, tmp_path: Path, qtbot: QtBot, settle: Settle,
        monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "台账.hydesk"
    shutil.copy(sample_file, file)
    take_lock(file)
    lock = lock_of(file)
    lock.write_text(json.dumps({**json.loads(lock.read_text(encoding="utf-8")), "started": "1"}), encoding="utf-8")
    checked: list[bool] = []
    monkeypatch.setattr(Ledger, "wait_until_checked", lambda _ledger: checked.append(True))
    one = start(file)
    opened(one, qtbot, settle)
    assert one.window is not None
    qtbot.waitUntil(lambda: "没有正常退出" in one.window.toast.text.toolTip(), timeout=WAIT)  # type: ignore[union-attr]
    assert checked


def test_the_first_start_asks_and_makes_nothing_before_an_answer(
        start: Callable[[Path], Start], tmp_path: Path, qtbot: QtBot, settle: Settle) -> None:
    one = start(tmp_path / "新的" / "ledger.hydesk")
    page = one.door.page
    assert page is not None
    assert page.isVisible()
    assert str(tmp_path / "新的") in page.where.text()
    assert list(tmp_path.glob("**/*.hydesk")) == []
    page.empty.click()
    desk = opened(one, qtbot, settle)
    assert list_standings(desk.ledger, desk.period) == []
    assert one.door.page is None
    assert desk.ledger.path == tmp_path / "新的" / "ledger.hydesk"


def test_a_project_list_is_looked_at_and_then_made_a_ledger(
        start: Callable[[Path], Start], tmp_path: Path, qtbot: QtBot, settle: Settle) -> None:
    one = start(tmp_path / "ledger.hydesk")
    page = one.door.page
    assert page is not None
    qtbot.keyClick(page, Qt.Key.Key_2)
    guide = page.guide
    assert guide.isVisible()
    assert not guide.make.isEnabled()
    guide.year.setValue(2026)
    guide.file.setText(str(SAMPLES / "ledger.xlsx"))
    qtbot.keyClick(guide.file, Qt.Key.Key_Return)
    qtbot.waitUntil(guide.other_year.isVisible, timeout=WAIT)
    guide.other_year.click()  # the list's plan is that of 2023
    qtbot.waitUntil(lambda: guide.preview is not None and guide.preview.planless == 0, timeout=WAIT)
    assert "读到 388 个项目，总投资 3,514.60 亿元，2023 年计划投资 1,005.30 亿元" in guide.said.text()
    assert guide.columns.list.rowCount() > 5
    assert list(tmp_path.glob("**/*.hydesk")) == []
    guide.place.setText(str(tmp_path / "本年.hydesk"))
    guide.make.click()
    desk = opened(one, qtbot, settle)
    assert desk.ledger.path == tmp_path / "本年.hydesk"
    assert len(list_standings(desk.ledger, Period.month(2023, 12))) == 388


def test_what_is_no_project_list_makes_no_ledger(
        start: Callable[[Path], Start], tmp_path: Path, qtbot: QtBot) -> None:
    one = start(tmp_path / "ledger.hydesk")
    page = one.door.page
    assert page is not None
    (tmp_path / "通知.csv").write_text("各单位,请于五日前报送\n城关镇,3\n", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "通知.csv"))])
    page.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                              Qt.KeyboardModifier.NoModifier))
    assert page.guide.isVisible()
    qtbot.waitUntil(lambda: "没有读懂" in page.guide.said.text(), timeout=WAIT)
    assert not page.guide.make.isEnabled()
    assert page.guide.findings.list.rowCount() >= 1


def test_another_ledger_takes_the_windows_place_and_is_remembered(
        start: Callable[[Path], Start], sample_file: Path, tmp_path: Path, qtbot: QtBot, settle: Settle) -> None:
    first, second = tmp_path / "甲.hydesk", tmp_path / "乙.hydesk"
    shutil.copy(sample_file, first)
    shutil.copy(sample_file, second)
    one = start(first)
    before = opened(one, qtbot, settle)
    before.other_asked.emit(OpenLedger(str(second)))
    qtbot.waitUntil(lambda: one.desk is not before, timeout=WAIT)
    desk = opened(one, qtbot, settle)
    assert desk.ledger.path == second
    assert lock_of(second).exists()
    assert not lock_of(first).exists()
    assert [r.name for r in recent_ledgers(desk.settings)] == ["乙", "甲"]
    first.unlink()
    desk.other_asked.emit(OpenLedger(str(first)))
    assert one.window is not None
    qtbot.waitUntil(one.window.toast.isVisible, timeout=WAIT)
    assert "甲.hydesk" in one.window.toast.text.toolTip()
    assert desk.ledger.path == second
    desk.other_asked.emit(None)
    qtbot.waitUntil(lambda: one.door.page is not None and one.door.page._missing != set(), timeout=WAIT)
    page = one.door.page
    assert page is not None
    page.table.selectRow(1)
    assert not page.take.isEnabled()
    assert page.table.list.cell(1, 1).text == "○ 找不到文件"
    page.remove.click()
    assert [r.name for r in recent_ledgers(desk.settings)] == ["乙"]
    page.table.selectRow(0)
    page.take.click()  # the one that is open
    assert one.door.page is None
    assert "已经打开" in one.window.toast.text.text()


def test_make_run_makes_the_demonstration_unasked(
        start: Callable[[Path], Start], demo_file: Path, tmp_path: Path, qtbot: QtBot, settle: Settle,
        monkeypatch: pytest.MonkeyPatch) -> None:
    def copied(location: str, progress: object = None) -> Ledger:
        shutil.copy(demo_file, location)
        return open_ledger(location)

    monkeypatch.setattr(make_demo, "make_demo_ledger", copied)
    monkeypatch.setattr(Start, "begin", lambda one: one.door.begin(one._location, demo=True))
    one = start(tmp_path / "ledger.hydesk")
    desk = opened(one, qtbot, settle)
    assert one.door.page is None
    assert one.window is not None
    assert one.window.topline.name.text() == "市重点项目台账（演示数据）"
    assert len(list_standings(desk.ledger, desk.period)) == 388


def test_another_size_of_text_is_shown_at_once_where_one_was(
        usual_look: None, start: Callable[[Path], Start], sample_file: Path, tmp_path: Path, qtbot: QtBot, settle: Settle) -> None:
    file = tmp_path / "台账.hydesk"
    shutil.copy(sample_file, file)
    one = start(file)
    desk = opened(one, qtbot, settle)
    first = one.window
    assert first is not None
    first.go_to("settings")
    settle(desk)
    months = first.topline.periods.count()
    box = first.made("settings").general.text_size  # type: ignore[attr-defined]
    box.setCurrentIndex(2)
    box.activated.emit(2)
    qtbot.waitUntil(lambda: one.window is not first and one.window is not None
                    and one.window.current == "settings", timeout=WAIT)
    assert one.desk is not None
    settle(one.desk)
    assert one.desk.ledger is desk.ledger
    assert one.desk.period == desk.period
    assert one.window is not None
    assert one.window.topline.height() == 62
    assert one.window.topline.periods.count() == months


def test_a_file_that_is_no_ledger_is_refused_with_a_sentence(
        start: Callable[[Path], Start], tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "说明.hydesk"
    file.write_text("这不是台账", encoding="utf-8")
    one = start(file)
    waiting = one.door.waiting
    assert waiting is not None
    qtbot.waitUntil(lambda: waiting.title.text() == "台账没有打开", timeout=WAIT)
    assert "说明.hydesk" in waiting.text.text()
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
    desk.restore_asked.emit(str(backup), "")
    qtbot.waitUntil(lambda: one.window is not None and one.window is not first, timeout=2 * WAIT)
    again = opened(one, qtbot, settle)
    restored = {p.name for p in list_standings(again.ledger, JUNE)}
    assert restored != names
    assert "已恢复备份" in one.window.toast.text.text()  # type: ignore[union-attr]

    package, second = pack_ledger(again.ledger, tmp_path / "移交.zip", "qmme-32qf-d869-zu5j"), one.window
    again.restore_asked.emit(str(package), "another")
    qtbot.waitUntil(lambda: one.window is not None and one.window is not second, timeout=2 * WAIT)
    last = opened(one, qtbot, settle)
    assert "密码不对" in one.window.toast.text.toolTip()  # type: ignore[union-attr]
    assert {p.name for p in list_standings(last.ledger, JUNE)} == restored


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
