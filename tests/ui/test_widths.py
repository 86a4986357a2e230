"""Columns keep a width that was dragged, and only that."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.widths import dragged
from hydesk.ui.style import Theme


def test_a_column_laid_out_while_the_mouse_is_down_elsewhere_is_not_dragged(qtbot: QtBot, theme: Theme) -> None:
    table = Listing([ListColumn("甲", str, 80), ListColumn("乙", str, 80, stretch=True)], theme, "表", key=int)
    qtbot.addWidget(table)
    table.resize(400, 200)
    table.show()
    table.show_items([1, 2])
    qtbot.mousePress(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    table.resize(500, 200)
    table.set_widths()
    qtbot.mouseRelease(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert not dragged(table).widths
    head = table.horizontalHeader().viewport()
    edge = QPoint(table.columnWidth(0) - 1, head.height() // 2)
    qtbot.mousePress(head, Qt.MouseButton.LeftButton, pos=edge)
    qtbot.mouseMove(head, edge + QPoint(30, 0))
    qtbot.mouseRelease(head, Qt.MouseButton.LeftButton, pos=edge + QPoint(30, 0))
    table.setColumnWidth(1, 90)
    assert set(dragged(table).widths) == {"甲"}
