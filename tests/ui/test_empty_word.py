"""An empty table says what belongs there, to a screen reader too, and is silent once it holds something."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from hydesk.ui.kit.empty_word import EmptyWord
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.style import Theme


def test_the_word_stands_only_in_an_empty_table(theme: Theme, qtbot: QtBot) -> None:
    table = Listing([ListColumn("项目", str, 0)], theme, "表")
    qtbot.addWidget(table)
    word = EmptyWord(table, "还没有项目。")
    table.resize(400, 200)
    table.show()
    assert word.isVisible()
    assert table.accessibleDescription() == "还没有项目。"
    assert table.viewport().rect().contains(word.geometry())
    table.list.show_items(["衡州大道"])
    assert not word.isVisible()
    assert table.accessibleDescription() == ""
    table.list.show_items([])
    assert word.isVisible()
