"""What somebody may not do is not offered to him: one rule of roles, asked by every control that writes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from hydesk.domain.people import Person, PersonRole, Right
from hydesk.services.acts.undo_acts import acts
from hydesk.services.pages.ledger_views import save_view
from hydesk.services.rules.office_rules import set_money_starts
from hydesk.ui.desk import Desk, Notice
from hydesk.ui.kit.basic import button
from hydesk.ui.kit.offering import offer


def as_role(desk: Desk, role: PersonRole) -> Desk:
    """``desk`` as somebody of ``role`` has it on a server."""
    desk.ledger.person = Person("张三", role)
    desk.ledger.look_only = "张三是读者，不能改" if role is PersonRole.READER else ""
    desk.ledger.read_only = bool(desk.ledger.look_only)
    return desk


@pytest.mark.parametrize(("role", "may"), [
    (PersonRole.READER, {Right.SELF}), (PersonRole.CLERK, {Right.SELF, Right.WRITE}), (PersonRole.HEAD, set(Right))])
def test_a_role_allows_what_the_rule_says(desk: Desk, role: PersonRole, may: set[Right]) -> None:
    assert {r for r in Right if as_role(desk, role).may(r)} == may
    assert desk.looks_only == (role is PersonRole.READER)


def test_in_a_file_everybody_may_do_everything(desk: Desk) -> None:
    assert all(desk.may(right) for right in Right)


def test_what_another_does_is_grey_and_says_who_whatever_the_page_makes_of_it(desk: Desk, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    one, action, menu = button("停用", lambda: None, tip="Alt+X"), QAction("归档", page), QMenu(page)
    QVBoxLayout(page).addWidget(one)
    menu.addAction(action)
    offer(as_role(desk, PersonRole.CLERK), Right.UNITS, one)
    offer(desk, Right.ISSUE, action)
    page.show()
    one.setEnabled(True)
    one.setToolTip("Alt+X")
    action.setEnabled(True)
    assert one.isVisible()
    assert not one.isEnabled()
    assert one.toolTip() == "修改填报单位由主管来做；你登录的身份是经办"
    assert action.isVisible()
    assert not action.isEnabled()
    assert menu.toolTipsVisible()
    assert action.toolTip().startswith("归档报告由主管来做")


def test_where_nothing_can_be_written_the_act_is_absent(desk: Desk, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    one, other, action = button("保存", lambda: None), button("打印", lambda: None), QAction("改", page)
    layout = QVBoxLayout(page)
    offer(as_role(desk, PersonRole.READER), Right.WRITE, one, action)
    layout.addWidget(one)
    layout.addWidget(other)
    page.show()
    one.setVisible(True)
    action.setVisible(True)
    assert not one.isVisible()
    assert not action.isVisible()
    assert other.isVisible()


def test_a_key_that_asks_for_it_all_the_same_is_told_and_writes_nothing(
        desk: Desk, settle: Callable[[Desk], None]) -> None:
    said: list[Notice] = []
    desk.noticed.connect(said.append)
    before = len(acts(desk.ledger))
    as_role(desk, PersonRole.CLERK)
    refusals: list[str] = []
    desk.operations.run("修改", lambda: set_money_starts(desk.ledger, True), desk, refused=refusals.append, right=Right.RULES)
    settle(desk)
    assert refusals == ["修改设置由主管来做；你登录的身份是经办"]
    assert desk.refuses(Right.ISSUE)
    assert [n.text for n in said] == ["归档报告由主管来做；你登录的身份是经办"]
    assert len(acts(desk.ledger)) == before
    desk.operations.run("保存视图", lambda: save_view(desk.ledger, "甲", {}), desk)
    settle(desk)
    assert len(acts(desk.ledger)) == before + 1
