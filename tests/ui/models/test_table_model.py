"""What the models of all tables answer alike, and whom they tell that something may have changed."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor

from hydesk.ui.kit.meant import MEASURE_ROLE
from hydesk.ui.kit.table import Cell
from hydesk.ui.kit.table_model import LEFT, RIGHT, ColumnHead, TableModel

ROLE = Qt.ItemDataRole
ACROSS, DOWN = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
RED = QColor("#c00000")


class Table(TableModel):
    """Words by row and column; the second column holds figures."""

    def __init__(self, height: int, breadth: int) -> None:
        super().__init__()
        self.size = height, breadth

    def height(self) -> int:
        return self.size[0]

    def breadth(self) -> int:
        return self.size[1]

    def head(self, column: int) -> ColumnHead:
        return (ColumnHead("名称", tip="全称"), ColumnHead("完成率", right=True, measure="completion"), ColumnHead("备注"))[column]

    def cell(self, row: int, column: int) -> Cell:
        return Cell(f"第{row}行<b>{column}", color=RED if column == 1 else None)


@pytest.mark.parametrize(("height", "breadth", "cells", "heads"), [
    (3, 2, [((0, 0), (2, 1))], [(ACROSS, 0, 1)]), (1, 1, [((0, 0), (0, 0))], [(ACROSS, 0, 0)]), (0, 2, [], [(ACROSS, 0, 1)]), (3, 0, [], []), (0, 0, [], [])])
def test_every_cell_and_every_head_may_have_changed_and_nothing_where_there_is_none(height: int, breadth: int, cells: list[Any], heads: list[Any]) -> None:
    model, heard, told = Table(height, breadth), [], []
    model.dataChanged.connect(lambda first, last: heard.append(((first.row(), first.column()), (last.row(), last.column()))))
    model.headerDataChanged.connect(lambda *what: told.append(what))
    model.redraw()
    model.redraw_heads()
    assert (heard, told) == (cells, heads)
    assert (model.rowCount(), model.columnCount()) == (height, breadth)


def test_a_cell_has_no_rows_of_its_own() -> None:
    model = Table(3, 2)
    inner = model.index(1, 1)
    assert (model.rowCount(inner), model.columnCount(inner), model.rowCount(QModelIndex())) == (0, 0, 3)


def test_a_cell_is_asked_for_its_words_side_tip_and_colour() -> None:
    model = Table(3, 3)
    assert [model.data(model.index(2, 1), role) for role in (ROLE.DisplayRole, ROLE.TextAlignmentRole, ROLE.EditRole, ROLE.ForegroundRole, ROLE.FontRole)] == [
        "第2行<b>1", RIGHT, "", RED, None]
    assert [model.data(model.index(0, 0), role) for role in (ROLE.TextAlignmentRole, ROLE.ForegroundRole)] == [LEFT, None]
    assert model.data(model.index(0, 2)) == "第0行<b>2"
    assert model.data(model.index(2, 1), ROLE.ToolTipRole) == "第2行<\u200bb>1", "words of others are no markup"


def test_a_head_says_what_stands_below_it() -> None:
    model = Table(3, 3)
    assert [model.headerData(c, ACROSS) for c in range(3)] == ["名称", "完成率", "备注"]
    assert [model.headerData(c, ACROSS, ROLE.TextAlignmentRole) for c in range(3)] == [LEFT, RIGHT, LEFT]
    assert [model.headerData(c, ACROSS, MEASURE_ROLE) for c in range(3)] == [None, "completion", None]
    tips = [model.headerData(c, ACROSS, ROLE.ToolTipRole) for c in range(3)]
    assert "全称" in tips[0]
    assert tips[1]
    assert tips[2] is None
    assert (model.headerData(0, DOWN), model.headerData(0, ACROSS, ROLE.FontRole)) == (None, None)
