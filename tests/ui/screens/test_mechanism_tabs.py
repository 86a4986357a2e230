"""Every mechanism stands once, with its pages and registers as its tabs; 调度会 is a screen of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from hydesk.ui.desk import Desk
from hydesk.ui.mechanisms import MECHANISMS
from hydesk.ui.requests import ShowRegister
from hydesk.ui.screens.registers.screen import RegistersScreen
from tests.ui.conftest import open_window

Settle = Callable[[Desk], None]


@pytest.fixture
def screen(desk: Desk, qtbot: QtBot, settle: Settle) -> RegistersScreen:
    window = open_window(desk, qtbot)
    window.go_to("work")
    settle(desk)
    made = window.made("work")
    assert isinstance(made, RegistersScreen)
    return made


def test_every_mechanism_stands_once_and_its_registers_are_its_tabs(screen: RegistersScreen, desk: Desk, settle: Settle) -> None:
    tree = screen.list
    words = [tree.topLevelItem(i).text(0) for i in range(tree.topLevelItemCount())]
    assert len(words) == len(set(words))
    assert words[:3] == ["考核", "规模榜单", "红黄榜"]
    rare = words[words.index("其他台账") + 1:]
    shipped = {s.definition.key: s for s in screen.summaries}
    in_mechanisms = {p.register for m in MECHANISMS for p in m.parts if p.register}
    assert in_mechanisms <= set(shipped)
    assert rare == [s.definition.name for k, s in shipped.items() if k not in in_mechanisms]
    screen.open("promises")
    settle(desk)
    tabs = screen.fixed["promises"].parts  # type: ignore[attr-defined]
    assert [tabs.tabText(i) for i in range(tabs.count())] == ["承诺兑现", "县市区承诺", "项目承诺"]
    tabs.setCurrentIndex(2)
    settle(desk)
    assert (screen.stack.currentWidget(), screen.page.register_id) == (screen.page, shipped["project_promises"].id)
    assert (screen.page.title.text(), tree.currentItem().text(0)) == ("承诺", "承诺")
    screen.page.parts.setCurrentIndex(0)
    assert screen.chosen == "promises"
    screen.open("scale")
    tree.setCurrentItem(tree.topLevelItem(words.index("承诺")))
    assert screen.chosen == "promises"


def test_what_stands_on_the_meetings_screen_is_handed_on(screen: RegistersScreen, desk: Desk, settle: Settle) -> None:
    window = screen.window()
    decided = next(s for s in screen.summaries if s.definition.key == "meeting")
    desk.go_to("work", ShowRegister(register_id=decided.id))
    settle(desk)
    assert window.current == "meeting"  # type: ignore[attr-defined]
    meeting = window.made("meeting")  # type: ignore[attr-defined]
    assert (meeting.page.register_id, meeting.left.isHidden()) == (decided.id, True)
    desk.go_to("meeting", ShowRegister(key="filings"))
    settle(desk)
    assert window.current == "work"  # type: ignore[attr-defined]
