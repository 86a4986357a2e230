"""A chain's map is edited where it is drawn: by keys and mouse, each time one act that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.mechanisms.chain_map import POSITIONS
from hydesk.services.mechanisms.edit_chain_map import ChainPlace
from hydesk.ui.changes import EVERYTHING
from hydesk.ui.desk import Desk
from hydesk.ui.kit.form import put_words
from hydesk.ui.requests import ShowRegister
from hydesk.ui.screens.registers.chain import ChainPage
from tests.ui.conftest import open_window

Settle = Callable[[Desk], None]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, settle: Settle) -> ChainPage:
    window = open_window(desk, qtbot)
    window.go_to("work", ShowRegister(page="chain"))
    settle(desk)
    made: Any = window.made("work")
    shown: ChainPage = made.fixed["chain"]
    shown.box.setCurrentText("输变电装备")
    shown._show()
    return shown


def _drawn(page: ChainPage) -> dict[str, list[str]]:
    shown = page.shown()
    assert shown is not None
    return {name: [b.name for b in boxes] for name, boxes in shown.drawing.columns}


def test_segments_and_what_is_in_them_are_moved_marked_and_undone(page: ChainPage, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    before = _drawn(page)
    first, second = before["上游"][:2]
    page.view.choose(ChainPlace("上游", first))
    qtbot.keyClick(page.view, Qt.Key.Key_Down, CTRL)
    settle(desk)
    assert _drawn(page)["上游"][:2] == [second, first]
    assert page.view.place == ChainPlace("上游", first)
    qtbot.keyClick(page.view, Qt.Key.Key_Right, CTRL)
    settle(desk)
    assert _drawn(page)["中游"][-1] == first
    assert page.view.spot() is not None
    gaps = page.shown().gaps  # type: ignore[union-attr]
    page.edits.mark_gap()
    settle(desk)
    assert page.shown().gaps > gaps  # type: ignore[union-attr]
    page.edits.remove()
    settle(desk)
    assert first not in _drawn(page)["中游"]
    for _ in range(4):
        undo_last(desk.ledger)
    desk.changes.tell(*EVERYTHING)
    settle(desk)
    assert _drawn(page) == before


def test_an_enterprise_is_added_and_a_segment_renamed_in_the_drawing(page: ChainPage, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    segment = _drawn(page)["中游"][0]
    page.view.choose(ChainPlace("中游", segment))
    page.edits.add_item()
    form = page.panel.form
    assert form is not None
    assert form.words()["segment"] == segment
    assert form.words()["position"] == "中游"
    line = form.inputs["enterprise"]
    assert isinstance(line, QLineEdit)
    assert line.completer().model().rowCount() > 10
    put_words(line, "某某电气")
    form.submit()
    settle(desk)
    spot = page.view.spot()
    assert spot is not None
    assert "某某电气" in spot.words
    page.view.choose(ChainPlace("中游", segment))
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    form = page.panel.form
    assert form is not None
    put_words(form.inputs["name"], _drawn(page)["中游"][1])
    form.submit()
    settle(desk)
    assert "已有环节" in form.error.text()  # type: ignore[attr-defined]
    put_words(form.inputs["name"], "变压器整机")
    form.submit()
    settle(desk)
    assert "变压器整机" in _drawn(page)["中游"]


def test_a_segment_is_dragged_to_another_column_and_an_empty_chain_can_be_begun(
        page: ChainPage, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    segment = _drawn(page)["上游"][0]
    view = page.view
    spot = next(s for s in view.spots if s.place == ChainPlace("上游", segment))
    goal = next(s for s in view.spots if s.place == ChainPlace("下游"))
    start, end = (view.mapFromScene(p) for p in (spot.rect.topLeft(), goal.rect.center()))
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(4, 4))
    qtbot.mouseMove(view.viewport(), end)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    settle(desk)
    assert _drawn(page)["下游"][-1] == segment
    page.box.addItem("某新链")
    page.box.setCurrentText("某新链")
    page._show()
    assert [s.place for s in view.spots] == [ChainPlace(p) for p in POSITIONS]
