"""Every figure on the screens says which measure it is: no percentage and no amount of money stands there bare."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from hydesk.domain.measures.measured import measured
from hydesk.services.pages.ledger_columns import COLUMNS
from hydesk.services.registers.fill_shipped import add_shipped
from hydesk.services.registers.list_registers import list_registers
from hydesk.ui.desk import Desk
from hydesk.ui.frame.main_window import MainWindow
from hydesk.ui.kit.basic import label
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.meant import column_measures, known, mean, measures_of
from hydesk.ui.requests import OpenProject, ShowRegister
from hydesk.ui.screens.ledger.status import SelectionLine
from tests.ui.conftest import open_window

Settle = Callable[[Desk], None]
FIGURE = re.compile(r"\d\s*(%|％|个百分点|万元|亿元)|^[-+−(（]?\d[\d,]*\.\d+[)）]?$")
"""A rate, points, an amount with its unit, or a number with decimals that stands alone."""
ALLOWED = (SelectionLine,)
"""Parts of the window whose figures are no measures: the footer of a selection counts what is chosen, as Excel does.
The screens 报表收报 (checks of returns, in the returns' own words) and 设置 (limits of rules) are not walked."""
ROWS = 80
"""Rows of a table that are looked at."""


def bare(window: QWidget) -> list[str]:
    """What is shown in ``window`` that looks like a figure and does not say which measure it is."""
    found = []
    for w in window.findChildren(QWidget):
        if not w.isVisible() or isinstance(w, QTabBar | QLineEdit | QPlainTextEdit) or _allowed(w):
            continue
        if isinstance(w, QTableView):
            found += _bare_cells(w)
            continue
        text = w.text() if isinstance(w, QLabel | QAbstractButton) else ""
        said = next((t for t in (text, w.accessibleName(), w.accessibleDescription()) if FIGURE.search(t)), None)
        ids = measures_of(w)
        if (said is not None and not ids) or not known(ids):
            found.append(f"{type(w).__name__} in {type(w.parent()).__name__}: {said} {ids}")
    return found


def _allowed(widget: QWidget) -> bool:
    above: Any = widget
    while above is not None:
        if isinstance(above, ALLOWED):
            return True
        above = above.parent()
    return False


def _bare_cells(table: QTableView) -> Iterator[str]:
    model: QAbstractItemModel = table.model()
    for column in range(model.columnCount()):
        if table.isColumnHidden(column):
            continue
        ids = column_measures(model, column)
        if not known(ids):
            yield f"{table.accessibleName()}: {ids}"
        texts = (str(model.index(row, column).data() or "") for row in range(min(model.rowCount(), ROWS)))
        said = next((t for t in texts if FIGURE.search(t)), None)
        if said is not None and not ids:
            head = model.headerData(column, table.horizontalHeader().orientation())
            yield f"{table.accessibleName()}, {head}: {said}"


@pytest.fixture
def window(desk: Desk, qtbot: QtBot, settle: Settle) -> MainWindow:
    add_shipped(desk.ledger, desk.period.year)
    made = open_window(desk, qtbot)
    settle(desk)
    return made


def test_home_ledger_and_project_pages(window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    window.go_to("home")
    settle(desk)
    home: Any = window.made("home")
    qtbot.waitUntil(lambda: home._chart is not None)
    assert bare(window) == []
    assert measures_of(home.cards["rate"].figure) == ("completion",)
    assert "截至2023年6月底" in home.cards["rate"].figure.accessibleDescription()
    assert "投资完成率＝年初至今完成投资÷年度计划投资" in home.cards["rate"].figure.toolTip()
    window.go_to("ledger")
    settle(desk)
    ledger: Any = window.made("ledger")
    for i, column in enumerate(COLUMNS):
        ledger.block.table.setColumnHidden(i, False)
        assert column.measure or column.kind == "words", column.key
    ledger.block.table.selectRow(3)
    settle(desk)
    assert bare(window) == []
    desk.go_to("project", OpenProject(ledger.model.project_id(3)))
    settle(desk)
    page: Any = window.made("project")
    for tab in range(page.tabs.count()):
        page.tabs.setCurrentIndex(tab)
        settle(desk)
        assert bare(window) == [], page.tabs.tabText(tab)


def test_statistics_lists_nodes_and_problems(window: MainWindow, desk: Desk, settle: Settle) -> None:
    for name in ("nodes", "problems"):
        window.go_to(name)
        settle(desk)
        assert bare(window) == [], name
    window.go_to("lists")
    settle(desk)
    lists: Any = window.made("lists")
    for tab in range(lists.tabs.count()):
        lists.tabs.setCurrentIndex(tab)
        settle(desk)
        assert bare(window) == [], lists.tabs.tabText(tab)
    window.go_to("reports")
    settle(desk)
    page: Any = window.made("reports")
    page.places.setCurrentIndex(page.places.count() - 1)
    settle(desk)
    shown = page.statistics
    for split in (0, 2):
        for measure in range(shown.measure.count()):
            shown.columns_by.setCurrentIndex(split)
            shown.measure.setCurrentIndex(measure)
            shown.recount()
            settle(desk)
            assert bare(shown) == []


def test_pages_of_the_mechanisms(window: MainWindow, desk: Desk, settle: Settle) -> None:
    for name in ("meeting", "scale", "boards", "promises", "tours", "targets", "scores", "province", "chain"):
        desk.go_to("work", ShowRegister(page=name))
        settle(desk)
        work: Any = window.made("meeting" if name == "meeting" else "work")
        page = work.fixed[name]
        tabs = getattr(page, "tabs", None)
        for tab in range(tabs.count() if tabs is not None else 1):
            if tabs is not None:
                tabs.setCurrentIndex(tab)
                settle(desk)
            assert bare(window) == [], (name, tab)
        if hasattr(page, "explain"):
            page.explain()
            assert bare(window) == [], name


def test_registers(window: MainWindow, desk: Desk, settle: Settle) -> None:
    for one in list_registers(desk.ledger, desk.period.end):
        desk.go_to("work", ShowRegister(register_id=one.id))
        settle(desk)
        assert bare(window) == [], one.name


def test_a_bare_figure_is_found(qtbot: QtBot, desk: Desk) -> None:
    """The walk can fail: what it looks for is found, and nothing else is."""
    page = QWidget()
    row = QHBoxLayout(page)
    for text in ("投资完成率 53.42%", "537.02 亿元", "超时间进度 3.4 个百分点", "1,005.30", "6月", "388 个", "1.2.3", "时间进度"):
        row.addWidget(label(text))
    told = label("53.42%")
    mean(told, measured("completion", None))
    row.addWidget(told)
    wrong = label("7.1%")
    wrong.setProperty("measure", "no_measure")
    row.addWidget(wrong)
    table = Listing([ListColumn("率", lambda x: x, 80), ListColumn("完成率", lambda x: x, 80, measure="completion")], desk.theme, "表")
    table.list.show_items(["12.5%"])
    row.addWidget(table)
    qtbot.addWidget(page)
    page.show()
    found = bare(page)
    assert len(found) == 6
    for part, line in zip(("53.42%", "537.02", "3.4 个", "1,005.30", "no_measure", "表, 率: 12.5%"), found, strict=True):
        assert part in line
