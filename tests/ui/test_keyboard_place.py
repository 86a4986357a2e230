"""The keyboard stays in the page in front: it falls neither into the navigation nor into a page that is not in sight."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from hydesk.ui.desk import Desk
from hydesk.ui.frame.keyboard_place import KeyboardPlace
from hydesk.ui.kit.pending import PendingStrip
from tests.ui.conftest import open_window


class _Page(QWidget):
    """A list and a strip below it."""

    def __init__(self) -> None:
        super().__init__()
        self.list, self.strip = QLineEdit(), QWidget()
        self.write = QPushButton("入库")
        inside = QVBoxLayout(self.strip)
        inside.addWidget(self.write)
        layout = QVBoxLayout(self)
        layout.addWidget(self.list)
        layout.addWidget(self.strip)


class _Frame(QWidget):
    """The navigation before two pages."""

    def __init__(self) -> None:
        super().__init__()
        self.navigation, self.screens = QPushButton("本期工作"), QStackedWidget()
        self.front, self.behind = _Page(), _Page()
        for page in (self.front, self.behind):
            self.screens.addWidget(page)
        layout = QVBoxLayout(self)
        layout.addWidget(self.navigation)
        layout.addWidget(self.screens)
        self.place = KeyboardPlace(self.screens)


@pytest.fixture
def frame(qtbot: QtBot) -> _Frame:
    made = _Frame()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.front.list.setFocus()
    return made


def test_a_strip_that_closes_gives_the_keyboard_back_to_the_list(frame: _Frame) -> None:
    frame.front.write.setFocus()
    frame.front.strip.hide()
    assert QApplication.focusWidget() is frame.front.list


def test_a_button_that_greys_itself_gives_the_keyboard_back(frame: _Frame) -> None:
    frame.front.write.setFocus()
    frame.front.write.setEnabled(False)
    assert QApplication.focusWidget() is frame.front.list


def test_a_page_behind_that_asks_for_the_keyboard_does_not_get_it(frame: _Frame) -> None:
    frame.navigation.setFocus()
    frame.behind.list.setFocus()
    assert QApplication.focusWidget() is frame.navigation


def test_whoever_walks_into_the_navigation_stays_there_and_comes_back_to_the_place_he_left(frame: _Frame) -> None:
    frame.navigation.setFocus()
    assert QApplication.focusWidget() is frame.navigation
    frame.place.give_back()
    assert QApplication.focusWidget() is frame.front.list


def test_what_is_gone_for_good_is_no_place_to_go_back_to(frame: _Frame, qtbot: QtBot) -> None:
    frame.front.write.setFocus()
    frame.front.list.deleteLater()
    qtbot.waitUntil(lambda: frame.front.findChild(QLineEdit) is None)
    frame.front.strip.hide()
    assert QApplication.focusWidget() is frame.screens


def test_escape_in_the_search_box_and_another_period_leave_the_keyboard_in_the_page(
        desk: Desk, qtbot: QtBot, settle: Callable[[Desk], None]) -> None:
    window = open_window(desk, qtbot)
    window.activateWindow()
    for key in ("returns", "ledger"):
        window.go_to(key)
        settle(desk)
    table = QApplication.focusWidget()
    assert table is not None
    assert window.made("ledger").isAncestorOf(table)
    window.go_to("home")
    settle(desk)
    held = QApplication.focusWidget()
    window._find()
    qtbot.keyClick(window.topline.finder, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is held
    desk.set_period(desk.period.previous())
    settle(desk)
    now = QApplication.focusWidget()
    assert now is not None
    assert window.made("home").isAncestorOf(now)


class _Strip(PendingStrip):
    """Counts what was answered."""

    def __init__(self) -> None:
        super().__init__("理由")
        self.answers: list[str] = []
        self.written.connect(lambda reason: self.answers.append(f"written {reason}"))
        self.dropped.connect(lambda: self.answers.append("dropped"))


@pytest.mark.parametrize(("at", "answer"), [("reason", "written 调整"), ("write", "written 调整"), ("drop", "dropped")])
def test_enter_in_a_strip_writes_but_on_the_button_that_gives_up_it_gives_up(qtbot: QtBot, at: str, answer: str) -> None:
    strip = _Strip()
    qtbot.addWidget(strip)
    strip.ask("四项计划", reason="调整")
    strip.activateWindow()
    qtbot.waitUntil(strip.isActiveWindow)
    held = getattr(strip, at)
    held.setFocus()
    qtbot.keyClick(held, Qt.Key.Key_Return)
    assert strip.answers == [answer]


def test_enter_presses_the_button_that_has_the_keyboard(desk: Desk, qtbot: QtBot, settle: Callable[[Desk], None]) -> None:
    window = open_window(desk, qtbot)
    window.activateWindow()
    window.go_to("home")
    settle(desk)
    button = window.navigation.buttons["settings"]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    settle(desk)
    assert window.current == "settings"
