"""What is typed or pasted in the ledger's table stays with the clerk until it is right; low rows; a ledger only looked at."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hydesk.domain.fields import Field
from hydesk.services.pages.ledger_columns import INDEX
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.screens.ledger.block import lay
from hydesk.ui.screens.ledger.screen import LedgerScreen
from tests.undoing import undo_depth

Settle = Callable[[Desk], None]


@pytest.fixture
def screen(desk: Desk, qtbot: QtBot, settle: Settle) -> LedgerScreen:
    made = LedgerScreen(desk)
    qtbot.addWidget(made)
    made.resize(1214, 720)
    made.show()
    made.shown()
    settle(desk)
    made.table.setFocus()
    return made


def test_codes_are_known_wherever_they_stand_or_nothing_is_laid(screen: LedgerScreen) -> None:
    model, shown = screen.model, screen.table.walker.columns()
    place = shown.index(INDEX["plan"])
    for block in ([["100", "HY2023-009"], ["200", "HY2023-011"]], [["hy2023-009 ", "100"], ["HY2023-011", "200"]]):
        laid = lay(block, model, 0, shown, place)
        assert [(model.rows.lines[model.rows.at[e.project_id]].project.code, e.field, e.words) for e in laid.edits] == [
            ("HY2023-009", Field.ANNUAL_PLAN, "100"), ("HY2023-011", Field.ANNUAL_PLAN, "200")]
        assert laid.matched == "按编号对应"
    mixed = lay([["HY2023-009", "100"], ["200", "HY2023-011"]], model, 0, shown, place)
    assert (mixed.edits, mixed.left_out) == ([], ["块里的编号不在同一列，认不准是哪些项目"])
    strange = lay([["100", "HY2023-009"], ["200", "HY2023-777"], ["300", "HY2023-010"]], model, 0, shown, place)
    assert [e.words for e in strange.edits] == ["100", "300"]


def test_a_word_that_cannot_be_written_stays_in_its_cell(
        screen: LedgerScreen, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    index = screen.model.index(0, INDEX["plan"])
    held, depth = index.data(), undo_depth(desk.ledger)
    said: list[str] = []
    desk.noticed.connect(lambda notice: said.append(notice.text))
    screen.table.setCurrentIndex(index)
    screen.model.setData(index, "一千多")
    settle(desk)
    assert (index.data(), undo_depth(desk.ledger)) == ("一千多", depth)
    assert "所填的还在格里" in said[-1]
    qtbot.keyClick(screen.table, Qt.Key.Key_Escape)
    assert index.data() == held
    screen.model.setData(index, "一千多")
    settle(desk)
    screen.model.setData(index, held)
    settle(desk)
    assert index.data() == held


def test_compact_rows_show_more_of_the_list_and_are_remembered(screen: LedgerScreen, desk: Desk) -> None:
    table = screen.table
    usual = table.viewport().height() // table.rowHeight(0)
    screen.look.chooser.compact.setChecked(True)
    assert table.rowHeight(0) == table.frozen.rowHeight(0) == tokens.COMPACT_ROW
    assert table.viewport().height() // table.rowHeight(0) > usual
    screen.save_state()
    again = LedgerScreen(desk)
    assert again.table.compact
    again.deleteLater()


def test_a_ledger_that_is_only_looked_at_offers_no_writing(desk: Desk, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.ledger, "look_only", "这本台账只能看")
    made = LedgerScreen(desk)
    qtbot.addWidget(made)
    made.show()
    made.shown()
    settle(desk)
    columns = [c for c in range(made.model.columnCount()) if made.model.flags(made.model.index(0, c)) & Qt.ItemFlag.ItemIsEditable]
    assert columns == []
    assert "导入项目清单…" not in [a.text() for a in made.lists.menu().actions()]
    said: list[str] = []
    desk.noticed.connect(lambda notice: said.append(notice.text))
    made.table.setCurrentIndex(made.model.index(0, INDEX["plan"]))
    made.cells.empty_cells()
    settle(desk)
    assert said == ["这本台账只能看"]
