"""Without a mouse and without sight: on every screen and in every dialog Tab reaches all there is, in reading order,
is caught nowhere, and every stop has a name."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from hydesk.services.pages.ledger_columns import INDEX
from hydesk.services.registers.list_registers import list_registers
from hydesk.services.returns.list_returns import list_returns
from hydesk.ui import style
from hydesk.ui.crash import CrashDialog
from hydesk.ui.desk import Desk
from hydesk.ui.frame.main_window import MainWindow
from hydesk.ui.frame.shortcuts import ShortcutSheet
from hydesk.ui.frame.start_page import StartPage
from hydesk.ui.help.about import AboutDialog
from hydesk.ui.jobs import Jobs
from hydesk.ui.kit.drag_out import DragOut
from hydesk.ui.requests import OpenProject, ShowRegister, TakeFiles
from hydesk.ui.screens import SCREENS
from hydesk.ui.screens.home import screen as home
from hydesk.ui.screens.registers.grid import RegisterGrid
from hydesk.ui.screens.registers.register_page import RegisterPage
from hydesk.ui.screens.settings.packing import PackDialog, PasswordDialog
from tests.ui.conftest import SAMPLES, open_window
from tests.ui.walking import backwards, nameless, one_of_a_group, reachable, shown_name, tab_round

Settle = Callable[[Desk], None]


def faults(window: QWidget, start: QWidget, where: str) -> list[str]:
    """What is wrong with a round of Tab through ``window`` as it is now."""
    wanted = reachable(window)
    trail = tab_round(window, start)
    missed = [f"{where}: not reached: {shown_name(w)}" for w in wanted
              if w not in trail and not one_of_a_group(w, trail) and w.isEnabled()]
    return missed + [f"{where}: against reading: {step}" for step in backwards(trail)]


def parts_of(screen: QWidget) -> Iterator[str]:
    """Turn to every tab and segment of ``screen``, one after the other."""
    yield ""
    for bar in [b for b in screen.findChildren(QTabBar) if b.isVisible()]:
        for i in range(1, bar.count()):
            bar.setCurrentIndex(i)
            yield bar.tabText(i)
        bar.setCurrentIndex(0)
    for segment in [b for b in screen.findChildren(QPushButton, "segment") if b.isVisible()]:
        if segment.isEnabled():
            segment.click()
            yield segment.text()


def opened_panels(window: MainWindow, desk: Desk, settle: Settle) -> Iterator[str]:
    """Open the panels and forms that the screens keep closed."""
    def screen(key: str, request: object = None) -> object:
        window.go_to(key, request)
        settle(desk)
        return window.made(key)

    ledger = screen("ledger")
    ledger.table.setCurrentIndex(ledger.model.index(0, 2))  # type: ignore[attr-defined]
    ledger.panels.open_detail()  # type: ignore[attr-defined]
    yield "ledger panel"
    problems = screen("problems")
    problems.start_new()  # type: ignore[attr-defined]
    yield "new problem"
    problems.table.selectRow(0)  # type: ignore[attr-defined]
    problems.open_panel()  # type: ignore[attr-defined]
    yield "problem"
    problems.start_edit()  # type: ignore[attr-defined]
    yield "problem changed"
    register = list_registers(desk.ledger, desk.period.end)[0].id
    work = screen("work", ShowRegister(register_id=register))
    page = next(p for p in work.findChildren(RegisterPage) if p.isVisible())  # type: ignore[attr-defined]
    yield "register"
    page.records.start_new()
    yield "new record"
    returns = screen("returns")
    returns.open_return(list_returns(desk.ledger)[0].id)  # type: ignore[attr-defined]
    yield "return taken"
    screen("returns", TakeFiles((str(sorted((SAMPLES / "returns").iterdir())[0]),)))
    yield "pile"
    returns.open_review(next(iter(returns.pile)))  # type: ignore[attr-defined]
    yield "review"


@pytest.mark.parametrize("late", ["overview", "places_moved"])
def test_tab_follows_the_first_page_whichever_part_is_read_last(
    desk: Desk, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch, late: str,
) -> None:
    read = getattr(home, late)

    def slowly(*asked: object) -> object:
        time.sleep(0.3)
        return read(*asked)

    monkeypatch.setattr(home, late, slowly)
    window = open_window(desk, qtbot)
    window.activateWindow()
    window.go_to("home")
    for times in ("once", "again"):
        window.made("home").reload()  # type: ignore[attr-defined]
        settle(desk)
        assert faults(window, window.navigation.buttons["home"], f"home {late} late, {times}") == []


def test_tab_goes_everywhere_and_everything_has_a_name(desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    window = open_window(desk, qtbot)
    window.activateWindow()
    found: list[str] = []
    start = window.navigation.buttons["home"]

    def look(where: str) -> None:
        settle(desk)
        found.extend(faults(window, start, where))

    for key in SCREENS:
        window.go_to(key, OpenProject(1) if key == "project" else None)
        settle(desk)
        for part in parts_of(window.made(key)):
            look(f"{key} {part}")
    for where in opened_panels(window, desk, settle):
        look(where)
    assert "\n".join(found + [f"no name: {w}" for w in nameless(window)]) == ""
    tables = [t for t in window.findChildren(QTableView) if t.window() is window and not isinstance(t.parent(), QTableView)]
    assert [t.accessibleName() for t in tables if t.findChild(DragOut) is None] == []
    takes_words(window)
    window.made("returns").pile.items.clear()  # type: ignore[attr-defined]


def commit(target: QWidget, words: str) -> None:
    """Compose and commit ``words`` as an input method does; what composes may be another widget than ``target``."""
    QApplication.sendEvent(target, QInputMethodEvent("zhongwen", []))
    done = QInputMethodEvent()
    done.setCommitString(words)
    QApplication.sendEvent(QApplication.focusWidget() or target, done)


def test_an_input_method_writes_into_cells(desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    window = open_window(desk, qtbot)
    window.activateWindow()
    window.go_to("ledger")
    settle(desk)
    ledger = window.made("ledger").table  # type: ignore[attr-defined]
    register = list_registers(desk.ledger, desk.period.end)[0].id
    for table, column in ((ledger, INDEX["name"]), (ledger, INDEX["category"]), (None, 1)):
        if table is None:
            window.go_to("work", ShowRegister(register_id=register))
            settle(desk)
            table = next(g for g in window.made("work").findChildren(RegisterGrid) if g.isVisible())
        table.setFocus()
        table.setCurrentIndex(table.model().index(1, column))
        assert table.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        commit(table, "衡阳")
        editor = QApplication.focusWidget()
        assert isinstance(editor, QLineEdit)
        assert editor.text() == "衡阳"
        qtbot.keyPress(editor, Qt.Key.Key_Escape)
        qtbot.wait(1)


def takes_words(window: QWidget) -> None:
    """Every input that can be typed in takes what an input method commits."""
    deaf = []
    for box in window.findChildren(QWidget):
        if not isinstance(box, QLineEdit | QPlainTextEdit) or not box.isEnabled() or box.isReadOnly():
            continue
        if isinstance(box.parent(), QAbstractSpinBox) or (isinstance(box.parent(), QComboBox) and box.objectName()):
            continue  # numbers and dates
        box.blockSignals(True)
        done = QInputMethodEvent()
        done.setCommitString("衡阳")
        QApplication.sendEvent(box, done)
        said = box.text() if isinstance(box, QLineEdit) else box.toPlainText()
        if "衡阳" not in said:
            deaf.append(shown_name(box))
        box.blockSignals(False)
    assert deaf == []


@pytest.fixture
def dialogs(qtbot: QtBot, theme: style.Theme, tmp_path: Path) -> Iterator[list[QDialog]]:
    parent, jobs = QWidget(), Jobs()
    qtbot.addWidget(parent)
    settings = QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat)
    first, second = (StartPage(jobs, theme, settings, str(tmp_path / "l.hydesk"), str(tmp_path)) for _ in range(2))
    second.turn_to(1)
    made = [first, second, PackDialog(parent), PasswordDialog(parent, "移交.zip"), ShortcutSheet(parent),
            CrashDialog("报告", tmp_path / "log", parent), AboutDialog(theme, settings, "l.hydesk", parent)]
    yield made
    for one in made:
        one.close()
        one.deleteLater()
    jobs.close()
    qtbot.wait(1)


def test_every_dialog_is_gone_through_by_tab(dialogs: list[QDialog], qtbot: QtBot) -> None:
    found: list[str] = []
    for dialog in dialogs:
        dialog.show()
        qtbot.waitExposed(dialog)
        dialog.activateWindow()
        qtbot.wait(1)
        stops = reachable(dialog)
        if stops:
            found += faults(dialog, stops[0], type(dialog).__name__)
        found += [f"no name: {w}" for w in nameless(dialog)]
        if not isinstance(dialog, PackDialog | PasswordDialog):  # no input method sees a password
            takes_words(dialog)
        dialog.hide()
    assert "\n".join(found) == ""
