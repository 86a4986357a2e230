"""The top of a page gives way line by line: nothing in it is cut and nothing widens the window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.elided import ElidedLabel
from hydesk.ui.kit.fitting import FittingColumns
from hydesk.ui.kit.head_row import HeadRow
from hydesk.ui.kit.list_frame import tab_row
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.style import Theme


class Page:
    """A page of a title, tabs, a count and three acts."""

    def __init__(self, qtbot: QtBot) -> None:
        self.widget = QWidget()
        qtbot.addWidget(self.widget)
        self.title, self.tabs, self.count = label("规模榜单", "title"), tab_row(("榜单", "县市区填报", "目标和年度值"), "各页"), ElidedLabel("count")
        self.count.say("2023年6月")
        self.acts = [button(word, lambda: None) for word in ("填报引资额", "口径", "打印")]
        head = HeadRow()
        for one in (self.title, self.tabs, self.count, *self.acts):
            head.put(one)
        layout = QVBoxLayout(self.widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addStretch(1)
        self.widget.show()

    def at(self, width: int) -> None:
        self.widget.resize(width, 200)
        self.widget.layout().activate()


def whole(tabs: QTabBar) -> bool:
    """Whether every tab is in sight."""
    return tabs.tabRect(tabs.count() - 1).right() <= tabs.width()


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    return Page(qtbot)


def test_all_stands_in_one_line_where_there_is_room(page: Page) -> None:
    page.at(1100)
    assert {w.geometry().center().y() // 6 for w in (page.tabs, *page.acts)} == {page.acts[0].geometry().center().y() // 6}
    assert page.acts[-1].geometry().right() == page.widget.width() - 1
    assert page.title.x() < page.tabs.x() < page.count.x() < page.acts[0].x()


@pytest.mark.parametrize("width", [620, 420, 330, 250])
def test_tabs_go_below_whole_and_no_act_is_cut(page: Page, width: int) -> None:
    page.at(width)
    assert page.tabs.y() > page.title.geometry().bottom() or whole(page.tabs)
    assert all(a.width() >= a.sizeHint().width() and a.geometry().right() < width for a in page.acts)
    assert page.widget.minimumSizeHint().width() < 250
    boxes = [w.geometry() for w in (page.title, page.tabs, *page.acts)]
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[i + 1:])
    if width >= 330:
        assert whole(page.tabs)


def test_acts_left_over_stand_beside_the_tabs_at_the_right(page: Page) -> None:
    page.acts[0].setText("填报引资额和争资额")
    page.acts[1].setText("口径和范围")
    page.at(sum(w.sizeHint().width() for w in (page.title, *page.acts[:2])) + page.count.minimumSizeHint().width() + 3 * 8 + 4)
    assert page.acts[1].geometry().bottom() < page.tabs.y()
    last = page.acts[-1].geometry()
    assert abs(last.center().y() - page.tabs.geometry().center().y()) <= 2
    assert last.right() == page.widget.width() - 1


def test_what_is_hidden_takes_no_room(page: Page) -> None:
    page.at(1100)
    right = page.acts[0].x()
    page.acts[-1].hide()
    page.at(1100)
    assert page.acts[0].x() > right


def test_a_column_that_takes_the_rest_keeps_its_head(qtbot: QtBot, theme: Theme) -> None:
    table = Listing([ListColumn("单位", str, 90), ListColumn("超（欠）理由", str, 0), ListColumn("结果", str, 120)], theme, "表")
    qtbot.addWidget(table)
    table.resize(230, 200)
    table.show()
    needed = table.horizontalHeader().fontMetrics().horizontalAdvance("超（欠）理由") + 20
    assert table.columnWidth(1) >= needed
    table.resize(700, 200)
    assert table.columnWidth(1) == table.viewport().width() - table.columnWidth(0) - table.columnWidth(2)


def test_columns_of_less_weight_leave_before_the_name_is_cut(qtbot: QtBot, theme: Theme) -> None:
    table = Listing([ListColumn("单位", str, 90), ListColumn("文件", str, 0), ListColumn("经手人", str, 80), ListColumn("结果", str, 120)], theme, "表")
    qtbot.addWidget(table)
    FittingColumns(table, (2,), least=150)
    table.resize(600, 200)
    table.show()
    assert not table.isColumnHidden(2)
    table.resize(420, 200)
    assert table.isColumnHidden(2)
    assert table.columnWidth(1) >= 150
    table.resize(600, 200)
    assert not table.isColumnHidden(2)


def test_a_column_that_left_takes_no_room_behind_the_others(qtbot: QtBot, theme: Theme) -> None:
    table = Listing([ListColumn("单位", str, 90), ListColumn("结果", str, 120), ListColumn("还要做什么", str, 200, stretch=True)], theme, "表")
    qtbot.addWidget(table)
    FittingColumns(table, (2,), least=200)
    table.resize(600, 200)
    table.show()
    table.resize(300, 200)
    assert table.isColumnHidden(2)
    assert table.horizontalHeader().length() == table.columnWidth(0) + table.columnWidth(1)
