"""The frame: navigation by keyboard, search, the period, quiet lines, dropped files."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period
from hydesk.services.standings.read_scope import ids_in, scope_of
from hydesk.ui.desk import Desk
from hydesk.ui.frame.main_window import MainWindow
from hydesk.ui.screens import SCREENS
from tests.ui.conftest import SAMPLES, open_window

Settle = Callable[[Desk], None]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(desk: Desk, qtbot: QtBot, settle: Settle) -> MainWindow:
    made = open_window(desk, qtbot)
    made.activateWindow()
    made.go_to("home")
    settle(desk)
    return made


def test_screens_are_made_when_first_shown(window: MainWindow, qtbot: QtBot, desk: Desk, settle: Settle) -> None:
    assert list(window._made) == ["home"]
    for key, name in ((Qt.Key.Key_2, "ledger"), (Qt.Key.Key_3, "returns"), (Qt.Key.Key_9, "settings"),
                      (Qt.Key.Key_1, "home")):
        qtbot.keyClick(window, key, CTRL)
        settle(desk)
        assert window.current == name
        assert window.navigation.buttons[name].isChecked()
    assert sorted(window._made) == ["home", "ledger", "returns", "settings"]


def test_the_search_finds_screens_and_projects(
        window: MainWindow, qtbot: QtBot, desk: Desk, settle: Settle) -> None:
    finder = window.topline.finder
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    finder.setFocus()
    settle(desk)
    qtbot.keyClicks(finder, "xmtz")
    settle(desk)
    assert finder.list.item(0).text() == "打开 项目台账"
    finder.clear()
    qtbot.keyClicks(finder, "hfdl")
    settle(desk)
    assert finder.list.item(0).text().startswith("恒飞电缆")
    qtbot.keyClick(finder, Qt.Key.Key_Return)
    settle(desk)
    assert window.current == "project"
    assert window.made("project").name.text().startswith("恒飞电缆")  # type: ignore[attr-defined]
    assert not finder.list.isVisible()


def test_over_the_ledger_the_one_search_box_narrows_its_table(
        window: MainWindow, qtbot: QtBot, desk: Desk, settle: Settle) -> None:
    finder = window.topline.finder
    window.go_to("ledger")
    settle(desk)
    screen = window.made("ledger")
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL)
    finder.setFocus()
    qtbot.keyClicks(finder, "hfdl")
    settle(desk)
    assert 0 < screen.model.rowCount() < 10  # type: ignore[attr-defined]
    qtbot.keyClick(finder, Qt.Key.Key_Return)
    assert screen.table.currentIndex().row() == 0  # type: ignore[attr-defined]
    assert finder.text() == "hfdl"
    window.go_to("problems")
    assert finder.text() == ""
    window.go_to("ledger")
    assert finder.text() == "hfdl", "what the table is narrowed by stands where it was typed"
    screen.filters.clear()  # type: ignore[attr-defined]
    assert finder.text() == ""
    qtbot.keyClicks(finder, "sz")  # of places only those that are no projects are offered over the table
    assert finder.list.item(0).text() == "打开 设置"
    assert finder.list.currentRow() == -1
    assert finder.list.count() <= 4
    qtbot.keyClick(finder, Qt.Key.Key_Escape)
    settle(desk)
    assert screen.model.rowCount() == 388  # type: ignore[attr-defined]


def test_a_scope_is_three_actions_away_from_anywhere(
        window: MainWindow, qtbot: QtBot, desk: Desk, settle: Settle) -> None:
    finder = window.topline.finder
    for word, scope in (("yq", "分组=园区"), ("sj", "级别=省"), ("jcss", "类别=基础设施"), ("xj", "性质=新建")):
        window.go_to("settings")
        qtbot.keyClick(window, Qt.Key.Key_K, CTRL)  # one
        finder.setFocus()
        settle(desk)
        qtbot.keyClicks(finder, word)  # two
        settle(desk)
        meant = scope_of(desk.ledger, desk.period, scope)
        wanted = next(i for i in range(finder.list.count()) if finder.list.item(i).text().startswith("范围 ") and (
            str(meant.conditions[0].values[0]) in finder.list.item(i).text()))
        finder.list.setCurrentRow(wanted)
        qtbot.keyClick(finder, Qt.Key.Key_Return)  # three
        settle(desk)
        assert window.current == "ledger"
        assert len(window.made("ledger").model.visible) == len(ids_in(desk.ledger, desk.period, meant) or ())  # type: ignore[attr-defined]


def test_the_period_is_changed_for_the_whole_window(window: MainWindow, desk: Desk, settle: Settle) -> None:
    home = window.made("home")
    june = home.cards["done"].figure.text()  # type: ignore[attr-defined]
    boxes = window.topline.periods
    index = boxes.findText("2023年5月")
    boxes.setCurrentIndex(index)
    boxes.activated.emit(index)
    settle(desk)
    assert desk.period == Period.month(2023, 5)
    assert home.cards["done"].title.text() == "1–5月完成投资"  # type: ignore[attr-defined]
    assert home.cards["done"].figure.text() != june  # type: ignore[attr-defined]
    assert desk.settings.value("period") == "2023-05"


def test_the_navigation_folds_to_icons(window: MainWindow, desk: Desk) -> None:
    wide = window.navigation.width()
    window.navigation._fold.click()
    assert window.navigation.width() < wide / 2
    assert desk.settings.value("narrow") == "true"
    window.navigation._fold.click()
    assert window.navigation.width() == wide


def test_a_quiet_line_offers_to_undo(window: MainWindow, desk: Desk) -> None:
    done = []
    desk.notice("已入库：衡南县", lambda: done.append(1))
    assert window.toast.isVisible()
    assert window.toast.text.text() == "已入库：衡南县"
    window.toast.undo.setFocus()
    window.toast._timer.timeout.emit()
    assert window.toast.isVisible()  # somebody has come to its button
    window.toast.undo.click()
    assert done == [1]
    assert not window.toast.isVisible()


def test_an_error_is_said_in_a_line_not_a_dialog(window: MainWindow, desk: Desk, settle: Settle) -> None:
    def work(_progress: object) -> None:
        raise HydeskError("找不到文件，请核对路径")

    desk.jobs.start("读", work, desk)
    settle(desk)
    assert "找不到文件，请核对路径" in window.toast.text.text()
    assert not window.toast.undo.isVisibleTo(window.toast)
    desk.problems.clear()  # type: ignore[attr-defined]


def test_a_full_disk_offers_to_save_the_ledger_elsewhere(
        window: MainWindow, desk: Desk, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def work(_progress: object) -> None:
        try:
            raise OSError(errno.ENOSPC, "No space left on device")
        except OSError as e:
            raise HydeskError("不能写入导出文件，磁盘空间不足，请换一个位置") from e

    copy = tmp_path / "别处" / "副本.hydesk"
    copy.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(copy), ""))
    desk.jobs.start("导出", work, desk)
    settle(desk)
    assert "磁盘空间不足" in window.toast.text.text()
    window.toast.undo.click()
    settle(desk)
    assert copy.exists()
    assert window.toast.undo.text() == "打开副本"
    desk.problems.clear()  # type: ignore[attr-defined]


def test_work_under_way_can_be_cancelled(window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    import time

    ended = []

    def work(progress: Callable[[float, str], None]) -> None:
        while True:
            progress(0.5, "正在读")
            time.sleep(0.01)

    desk.jobs.start("收报", work, desk, cancelled=lambda: ended.append(1))
    qtbot.waitUntil(window.workline.isVisible, timeout=5000)
    qtbot.waitUntil(lambda: "正在读" in window.workline.text.text())
    window.workline.cancel.click()
    settle(desk)
    assert ended == [1]
    assert not window.workline.isVisible()


def test_files_dropped_anywhere_go_to_the_return_desk(
        window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    file = sorted((SAMPLES / "returns").iterdir())[0]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(QPointF(400, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                       Qt.KeyboardModifier.NoModifier)
    window.dropEvent(event)
    settle(desk)
    screen = window.made("returns")
    assert window.current == "returns"
    assert [w.draft.name for w in screen.pile] == [file.name]  # type: ignore[attr-defined]
    screen.pile.items.clear()  # type: ignore[attr-defined]


def test_undo_by_key_takes_back_the_last_act(window: MainWindow, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    from hydesk.domain.fields import Field
    from hydesk.domain.periods import Period
    from hydesk.services.projects.edit_project import edit_project
    from hydesk.services.standings.list_standings import list_standings
    from tests.undoing import undo_depth

    edit_project(desk.ledger, list_standings(desk.ledger, Period.month(2023, 6))[0].id, Field.REMARK, "一句")
    before = undo_depth(desk.ledger)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    settle(desk)
    assert undo_depth(desk.ledger) == before - 1
    assert window.toast.text.text().startswith("已撤销：")
    qtbot.keyClick(window, Qt.Key.Key_Y, CTRL)
    settle(desk)
    assert undo_depth(desk.ledger) == before


@pytest.mark.parametrize("screen", ["home", "ledger", "returns", "settings"])
def test_every_screen_fits_the_smallest_desktop(
        window: MainWindow, desk: Desk, settle: Settle, screen: str) -> None:
    window.go_to(screen)
    settle(desk)
    least = window.minimumSizeHint()
    assert (least.width() <= 1366, least.height() <= 720) == (True, True)


def test_what_can_be_reached_by_key_has_a_name(window: MainWindow, desk: Desk, settle: Settle) -> None:
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QWidget

    for key in ("home", "ledger", "returns", "settings"):
        window.go_to(key)
        settle(desk)
    nameless = [
        w for w in window.findChildren(QWidget)
        if isinstance(w, QAbstractButton | QAbstractItemView | QComboBox | QLineEdit)
        and w.focusPolicy() & Qt.FocusPolicy.TabFocus and not w.objectName().startswith("qt_")
        and w.window() is window and not w.accessibleName()
        and not (isinstance(w, QAbstractButton) and w.text())
        and not isinstance(w.parent(), QComboBox) and "SpinBox" not in type(w.parent()).__name__
    ]
    assert [f"{type(w).__name__} in {type(w.parent()).__name__}" for w in nameless] == []


def test_an_error_stays_until_it_is_read_and_goes_with_its_page(window: MainWindow, desk: Desk, settle: Settle) -> None:
    window.go_to("ledger")
    settle(desk)
    desk.notice("写不了：文件正开着", wrong=True)
    assert not window.toast._timer.isActive()
    window.toast._said_at -= 2
    window.go_to("returns")
    assert not window.toast.isVisible()
    desk.notice("已入库", lambda: None)
    window.go_to("ledger")
    assert window.toast.isVisible(), "what is done can be undone from the next page too"


def test_what_the_desk_tells_after_its_window_is_gone_reaches_nobody(qtbot: QtBot, desk: Desk, settle: Settle) -> None:
    window = MainWindow(desk, "台账", SCREENS, pytest.fail)
    window.show()
    for screen in ("lists", "settings"):
        window.go_to(screen)
    desk.go_to("project", 2)
    settle(desk)
    told: list[object] = []
    desk.work.told.connect(told.append)
    desk.work.ask()
    desk.work.turn()
    delete(window)
    settle(desk)  # an exception in Qt's loop fails the test
    desk.period_changed.emit(desk.period.previous())
    settle(desk)
    assert told
