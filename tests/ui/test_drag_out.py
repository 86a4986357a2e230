"""What is selected in a table can be dragged away; clicking, and selecting by drawing over cells, stay as they are."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, Qt
from PySide6.QtGui import QDrag, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from hydesk.ui import style
from hydesk.ui.kit.drag_out import drag_out
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.table_view import Choose

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def dragged(monkeypatch: pytest.MonkeyPatch) -> list[QMimeData]:
    taken: list[QMimeData] = []
    keep: list[QDrag] = []

    def exec_(drag: QDrag, *_: object) -> Qt.DropAction:
        keep.append(drag)
        taken.append(drag.mimeData())
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", exec_)
    return taken


def listing(qtbot: QtBot, theme: style.Theme) -> Listing[str]:
    made = Listing([ListColumn("名称", str, 100), ListColumn("金额", lambda x: f"1,23{x}.50", 100)],
                   theme, "表", key=str)
    made.show_items(["0", "1", "2", "3"])
    made.resize(400, 300)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def middle(table: QAbstractItemView, row: int, column: int = 0) -> QPoint:
    return table.visualRect(table.model().index(row, column, QModelIndex())).center()


def pull(table: QAbstractItemView, start: QPoint, end: QPoint) -> None:
    port = table.viewport()
    QTest.mousePress(port, LEFT, PLAIN, start)
    for at in (start + QPoint(2, 2), (start + end) / 2, end):
        QTest.mouseMove(port, at)
    QTest.mouseRelease(port, LEFT, PLAIN, end)


def test_selected_rows_are_dragged_as_they_would_be_copied(
        qtbot: QtBot, theme: style.Theme, dragged: list[QMimeData]) -> None:
    table = listing(qtbot, theme)
    table.select(["1", "2"])
    pull(table, middle(table, 1), middle(table, 1) + QPoint(60, 60))
    assert len(dragged) == 1
    assert dragged[0].text() == "名称\t金额\n1\t1231.50\n2\t1232.50\n"
    table.copy()
    copied = QGuiApplication.clipboard().mimeData()
    assert (dragged[0].text(), dragged[0].html()) == (copied.text(), copied.html())
    assert table.selected_keys() == ["1", "2"]


def test_a_press_elsewhere_selects_and_a_click_on_the_selection_narrows_it(
        qtbot: QtBot, theme: style.Theme, dragged: list[QMimeData]) -> None:
    table = listing(qtbot, theme)
    table.select(["1", "2"])
    pull(table, middle(table, 0), middle(table, 0) + QPoint(60, 0))
    assert dragged == []
    assert "0" in table.selected_keys()
    table.select(["1", "2"])
    clicked: list[int] = []
    table.clicked.connect(lambda index: clicked.append(index.row()))
    QTest.mouseClick(table.viewport(), LEFT, PLAIN, middle(table, 2))
    assert table.selected_keys() == ["2"]
    assert clicked == [2]


def test_a_lone_cell_starts_a_block_a_block_is_dragged(
        qtbot: QtBot, theme: style.Theme, dragged: list[QMimeData]) -> None:
    table = Listing([ListColumn("甲", str, 80), ListColumn("乙", str, 80)], theme, "格子", choose=Choose.CELLS)
    table.list.show_items(["a", "b", "c"])
    table.resize(300, 200)
    qtbot.addWidget(table)
    table.show()
    qtbot.waitExposed(table)
    table.setCurrentIndex(table.list.index(0, 0))
    pull(table, middle(table, 0), middle(table, 1, 1))
    assert dragged == []
    assert len(table.selectedIndexes()) == 4
    pull(table, middle(table, 0), middle(table, 2, 1))
    assert [d.text() for d in dragged] == ["a\ta\nb\tb\n"]
    assert drag_out(table).source is table


def test_a_single_row_is_dragged_with_its_heads_as_it_is_copied(
        qtbot: QtBot, theme: style.Theme, dragged: list[QMimeData]) -> None:
    table = Listing([ListColumn("甲", str, 80), ListColumn("乙", str.upper, 80)], theme, "表")
    table.list.show_items(["a", "b"])
    table.resize(300, 200)
    qtbot.addWidget(table)
    table.show()
    qtbot.waitExposed(table)
    table.selectRow(1)
    pull(table, middle(table, 1), middle(table, 1) + QPoint(50, 50))
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert [d.text() for d in dragged] == [QGuiApplication.clipboard().text()] == ["甲\t乙\nb\tB\n"]
