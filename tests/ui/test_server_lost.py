"""A server that goes away in the middle of an edit: what was typed is kept, and offered again after what changed is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.errors import ServerFailed
from hydesk.domain.fields import Field
from hydesk.services.pages.ledger_columns import INDEX
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.open_ledger import open_ledger
from hydesk.ui.desk import Desk, Notice
from hydesk.ui.frame.server_state import ServerState
from hydesk.ui.screens.ledger.screen import LedgerScreen
from hydesk.ui.screens.returns.keep import Keeper
from hydesk.ui.screens.returns.pile import Pile
from tests.ui.conftest import JUNE

Settle = Callable[[Desk], None]
BUILDER = INDEX["builder"]
LI = Actor("李四", "lisi", "PC-2")


class Away:
    """A server that takes nothing while ``gone``."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.gone, self.own = False, desk.ledger
        write = Ledger.write

        @contextmanager
        def failing(ledger: Ledger) -> Iterator[Connection]:
            if self.gone and ledger is self.own:
                raise ServerFailed("台账服务器 10 秒没有回答，这一步没有写入")
            with write(ledger) as connection:
                yield connection

        monkeypatch.setattr(Ledger, "write", failing)


@pytest.fixture
def away(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Away:
    return Away(desk, monkeypatch)


@pytest.fixture
def notices(desk: Desk) -> list[Notice]:
    heard: list[Notice] = []
    desk.noticed.connect(heard.append)
    return heard


def builder(desk: Desk, at: int = 0) -> str:
    return list_standings(desk.ledger, JUNE)[at].builder


def by_another(desk: Desk, words: str, at: int = 0) -> None:
    elsewhere = open_ledger(desk.ledger.location)
    edit_project(elsewhere, list_standings(desk.ledger, JUNE)[at].id, Field.BUILDER, words, actor=LI)
    elsewhere.close()


def test_a_cell_keeps_what_was_typed_and_writes_it_once_the_server_is_back(
        desk: Desk, settle: Settle, away: Away, qtbot: QtBot) -> None:
    screen = LedgerScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    screen.shown()
    desk.operations.look_again(tell=False)
    settle(desk)
    held = builder(desk)
    away.gone = True
    screen.model.setData(screen.model.index(0, BUILDER), "断线时填的公司")
    settle(desk)
    settle(desk)
    assert screen.strip.isVisible()
    assert "10 秒没有回答" in screen.strip.said.text()
    assert screen.model.text(0, BUILDER) == "断线时填的公司"
    assert builder(desk) == held
    away.gone = False
    screen.strip.accept()
    settle(desk)
    assert builder(desk) == "断线时填的公司"


def test_what_another_changed_meanwhile_is_shown_before_the_cell_is_written(
        desk: Desk, settle: Settle, away: Away, qtbot: QtBot) -> None:
    screen = LedgerScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    screen.shown()
    desk.operations.look_again(tell=False)
    settle(desk)
    away.gone = True
    screen.model.setData(screen.model.index(0, BUILDER), "断线时填的公司")
    settle(desk)
    settle(desk)
    away.gone = False
    by_another(desk, "李四改的公司")
    said: list[Notice] = []
    desk.noticed.connect(said.append)
    screen.strip.accept()
    settle(desk)
    assert builder(desk) == "李四改的公司"
    assert any("李四" in n.text and "李四改的公司" in n.text for n in said)


def test_a_step_without_a_page_of_its_own_is_kept_and_written_again(
        desk: Desk, settle: Settle, away: Away, notices: list[Notice]) -> None:
    state = ServerState(desk, lambda _text, _tip: None)
    desk.operations.look_again(tell=False)
    settle(desk)
    key = list_standings(desk.ledger, JUNE)[0].id
    counted: list[int] = []
    desk.operations.unwritten_changed.connect(counted.append)
    away.gone = True
    desk.operations.run("修改", lambda: edit_project(desk.ledger, key, Field.BUILDER, "留着的公司"), desk, "已修改“某项目”的业主单位")
    settle(desk)
    assert "“修改“某项目”的业主单位”先留着" in notices[-1].text
    assert [u.what for u in desk.operations.unwritten] == ["修改“某项目”的业主单位"]
    state.note(False)
    away.gone = False
    state.note(True)
    assert "断开时没有写进去的 1 步还在" in notices[-1].text
    again = notices[-1].undo
    assert again is not None
    again()
    settle(desk)
    assert builder(desk) == "留着的公司"
    assert counted == [1, 0]


def test_a_kept_step_that_another_overtook_says_so_and_is_written_only_when_asked_once_more(
        desk: Desk, settle: Settle, away: Away, notices: list[Notice]) -> None:
    desk.operations.look_again(tell=False)
    settle(desk)
    key = list_standings(desk.ledger, JUNE)[0].id
    away.gone = True
    desk.operations.run("修改", lambda: edit_project(desk.ledger, key, Field.BUILDER, "留着的公司"), desk, "已修改业主单位")
    settle(desk)
    away.gone = False
    by_another(desk, "李四改的公司")
    desk.operations.write_again()
    settle(desk)
    assert builder(desk) == "李四改的公司"
    assert "李四改的公司" in notices[-1].text
    assert notices[-1].undo_label == "仍写入我填的"
    settle(desk)
    assert notices[-1].undo is not None
    notices[-1].undo()
    settle(desk)
    assert builder(desk) == "留着的公司"


def test_decisions_of_a_review_are_kept_again_until_the_server_takes_them(
        desk: Desk, settle: Settle, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr("hydesk.ui.screens.returns.keep.SOON_MS", 1)
    monkeypatch.setattr("hydesk.ui.screens.returns.keep.AGAIN_MS", 20)
    taken: list[dict[str, Any]] = []
    failing = [True, True]

    def keep(_ledger: Ledger, _key: int, decisions: dict[str, Any], _base: object) -> dict[str, Any]:
        if failing and failing.pop():
            raise ServerFailed("台账服务器 10 秒没有回答")
        taken.append(decisions)
        return decisions

    monkeypatch.setattr("hydesk.ui.screens.returns.keep.keep_decisions", keep)

    class Waiting:
        received, kept = 7, dict[str, Any]()

        def decisions(self) -> dict[str, Any]:
            return {"settled": {"a": "退回"}}

    keeper = Keeper(desk, Pile(), desk)
    waiting = Waiting()
    keeper.decided(waiting)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(taken), timeout=5000)
    settle(desk)
    assert taken == [{"settled": {"a": "退回"}}]
    assert waiting.kept == {"settled": {"a": "退回"}}


def test_enter_in_the_strip_writes_what_was_kept(desk: Desk, settle: Settle, away: Away, qtbot: QtBot) -> None:
    screen = LedgerScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    screen.shown()
    settle(desk)
    away.gone = True
    screen.model.setData(screen.model.index(1, BUILDER), "回车写入的公司")
    settle(desk)
    settle(desk)
    away.gone = False
    qtbot.keyClick(screen.strip, Qt.Key.Key_Return)
    settle(desk)
    assert builder(desk, 1) == "回车写入的公司"
