"""One way to write from the window: 撤销 in a notice undoes that act, Ctrl+Z one's own, and nothing unseen is written over."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from hydesk.domain.actors import Actor
from hydesk.domain.fields import Field
from hydesk.domain.touched import Touched
from hydesk.services.acts.undo_acts import acts
from hydesk.services.pages.ledger_columns import INDEX
from hydesk.services.problems.record_problem import NewProblem, record_problem
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.open_ledger import open_ledger
from hydesk.ui.desk import Desk, Notice
from hydesk.ui.frame.others import Others
from hydesk.ui.screens.ledger.screen import LedgerScreen
from hydesk.ui.screens.lists.screen import ListsScreen
from tests.ui.conftest import JUNE

Settle = Callable[[Desk], None]
BUILDER = INDEX["builder"]
LI = Actor("李四", "lisi", "PC-2")


@pytest.fixture
def notices(desk: Desk) -> list[Notice]:
    heard: list[Notice] = []
    desk.noticed.connect(heard.append)
    return heard


def builder(desk: Desk, at: int = 0) -> str:
    return list_standings(desk.ledger, JUNE)[at].builder


def project(desk: Desk, at: int = 0) -> int:
    return list_standings(desk.ledger, JUNE)[at].id


def write(desk: Desk, settle: Settle, words: str, at: int = 0) -> None:
    key = project(desk, at)
    desk.operations.run("修改", lambda: edit_project(desk.ledger, key, Field.BUILDER, words), desk, f"已修改为{words}")
    settle(desk)


def test_the_notice_takes_back_its_own_act_and_not_the_newest(desk: Desk, settle: Settle, notices: list[Notice]) -> None:
    told: list[frozenset[str]] = []
    desk.changes.ledger_changed.connect(told.append)
    held = builder(desk), builder(desk, 1)
    write(desk, settle, "先写的")
    write(desk, settle, "后写的", 1)
    assert told == [{Touched.PROJECTS}] * 2
    assert notices[0].undo is not None
    notices[0].undo()
    settle(desk)
    assert (builder(desk), builder(desk, 1)) == (held[0], "后写的")
    assert notices[-1].text.startswith("已撤销：修改“")
    assert told[-1] == {Touched.PROJECTS}


def test_what_stays_is_said_with_who_wrote_it(desk: Desk, settle: Settle, notices: list[Notice]) -> None:
    write(desk, settle, "一")
    write(desk, settle, "二")
    assert notices[0].undo is not None
    notices[0].undo()
    settle(desk)
    assert builder(desk) == "二"
    assert "；1 项后来改过，保留：" in notices[-1].text
    assert "业主单位保留“二”" in notices[-1].text


def test_ctrl_z_leaves_another_desk_s_act_alone(desk: Desk, settle: Settle, notices: list[Notice]) -> None:
    write(desk, settle, "自己写的")
    elsewhere = open_ledger(desk.ledger.location)
    key = record_problem(elsewhere, NewProblem(project(desk, 3), "征地未完成"), LI)
    elsewhere.close()
    desk.operations.step_back()
    settle(desk)
    assert builder(desk) != "自己写的"
    newest = acts(desk.ledger)[0]
    assert (newest.id, newest.actor, newest.undone) == (key.acts[0], "李四", False)
    desk.operations.step_forward()
    settle(desk)
    assert builder(desk) == "自己写的"
    assert notices[-1].text.startswith("已重做：")


def test_another_s_act_is_taken_back_from_the_list_of_acts_with_his_name(
    desk: Desk, settle: Settle, notices: list[Notice], qtbot: QtBot
) -> None:
    elsewhere = open_ledger(desk.ledger.location)
    edit_project(elsewhere, project(desk), Field.BUILDER, "李四写的", actor=LI)
    elsewhere.close()
    screen = ListsScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1200, 700)
    screen.show()
    screen.tabs.setCurrentIndex(screen.pages.indexOf(screen.past))
    settle(desk)
    page = screen.past
    page.table.setCurrentIndex(page.table.model().index(0, 0))
    page.undo_act()
    settle(desk)
    assert builder(desk) != "李四写的"
    assert notices[-1].text.startswith("已撤销：李四的操作：修改“")
    shown = [page.table.model().index(0, c).data() for c in range(page.table.model().columnCount())]
    assert "李四" in shown
    assert any("已撤销" in str(s) for s in shown)


def test_what_another_changed_unseen_is_not_written_over(desk: Desk, settle: Settle, notices: list[Notice]) -> None:
    desk.operations.look_again(tell=False)
    settle(desk)
    elsewhere = open_ledger(desk.ledger.location)
    edit_project(elsewhere, project(desk), Field.BUILDER, "李四写的", actor=LI)
    elsewhere.close()
    refused: list[str] = []
    key = project(desk)
    desk.operations.run("修改", lambda: edit_project(desk.ledger, key, Field.BUILDER, "张三写的"), desk, "已修改",
                        refused=refused.append)
    settle(desk)
    assert builder(desk) == "李四写的"
    assert "：李四" in refused[0]
    assert "改为“李四写的”" in refused[0]
    write(desk, settle, "看过再写的")
    assert builder(desk) == "看过再写的"


def test_of_a_pasted_block_the_rest_is_written_with_one_key(
    desk: Desk, settle: Settle, notices: list[Notice], qtbot: QtBot
) -> None:
    desk.operations.look_again(tell=False)
    screen = LedgerScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1214, 720)
    screen.show()
    screen.shown()
    settle(desk)
    screen.table.setCurrentIndex(screen.model.index(0, BUILDER))
    keys = [screen.model.project_id(r) for r in range(3)]
    elsewhere = open_ledger(desk.ledger.location)
    edit_project(elsewhere, keys[1], Field.BUILDER, "李四改的公司", actor=LI)
    elsewhere.close()
    QGuiApplication.clipboard().setText("甲公司\n乙公司\n丙公司")
    screen.cells.paste()
    settle(desk)
    qtbot.keyClick(screen.strip, Qt.Key.Key_Return)
    settle(desk)

    def places() -> list[str]:
        held = {s.id: s.builder for s in list_standings(desk.ledger, JUNE)}
        return [held[k] for k in keys]

    assert "甲公司" not in places()
    assert screen.strip.isVisible()
    assert "1 处在您看到之后被别人改过，按 Enter 写入其余 2 处" in screen.strip.said.text()
    qtbot.keyClick(screen.strip, Qt.Key.Key_Return)
    settle(desk)
    assert places() == ["甲公司", "李四改的公司", "丙公司"]


def test_news_waits_while_somebody_types_in_a_cell(desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    screen = LedgerScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    screen.shown()
    settle(desk)
    others = Others(desk, screen)
    others.look()
    settle(desk)
    screen.table.setCurrentIndex(screen.model.index(0, BUILDER))
    screen.table.edit(screen.model.index(0, BUILDER))
    editor = screen.table.viewport().findChild(QWidget)
    assert editor is not None
    editor.setFocus()
    elsewhere = open_ledger(desk.ledger.location)
    edit_project(elsewhere, project(desk), Field.BUILDER, "李四写的", actor=LI)
    elsewhere.close()
    told: list[object] = []
    desk.changes.ledger_changed.connect(told.append)
    if others._deciding():
        others.look()
        settle(desk)
        assert told == []
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    others.look()
    settle(desk)
    assert told
