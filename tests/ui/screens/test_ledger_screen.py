"""The screen 项目台账 through its widgets."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hydesk.domain.fields import Field
from hydesk.domain.money import format_money
from hydesk.domain.pasted_cells import plain
from hydesk.domain.periods import Period
from hydesk.services.pages.ledger_columns import COLUMNS, INDEX
from hydesk.services.pages.ledger_query import LedgerQuery
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.standings.list_standings import list_standings
from hydesk.ui.desk import Desk
from hydesk.ui.requests import ShowProject
from hydesk.ui.screens.ledger.screen import LedgerScreen
from tests.services.made import draft
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
    return made


def test_the_totals_row_says_what_the_ledger_says(screen: LedgerScreen) -> None:
    assert screen.model.rowCount() == 388
    assert screen.block.totals.texts["total"] == "35,146,000.00"
    assert screen.block.totals.texts["plan"] == "10,053,000.00"
    screen.filters.show_query(LedgerQuery(units=frozenset({"常宁市"})))
    shown = [screen.model.rows.lines[i].project for i in screen.model.visible]
    assert {p.unit for p in shown} == {"常宁市"}
    assert screen.block.totals.texts["plan"] == format_money(sum(p.annual_plan or 0 for p in shown))
    assert screen.block.totals.texts["name"] == f"{len(shown)} 个"


def test_typing_narrows_the_table(screen: LedgerScreen, qtbot: QtBot) -> None:
    screen.look_for("hfdl")
    qtbot.waitUntil(lambda: 0 < screen.model.rowCount() < 10)
    names = [screen.model.index(r, 1).data() for r in range(screen.model.rowCount())]
    assert any(n.startswith("恒飞电缆") for n in names)
    assert screen.filters.clear_button.isVisibleTo(screen)
    screen.filters.clear()
    assert screen.model.rowCount() == 388


def test_clicking_a_head_sorts_and_the_third_click_goes_back(screen: LedgerScreen) -> None:
    column = INDEX["plan"]
    first = [screen.model.project_id(r) for r in range(388)]
    head = screen.table.horizontalHeader()
    head.sectionClicked.emit(column)
    plans = [screen.model.rows.lines[i].project.annual_plan for i in screen.model.visible]
    known = [p for p in plans if p is not None]
    assert known == sorted(known, reverse=True)
    assert "▼" in screen.model.headerData(column, Qt.Orientation.Horizontal)
    head.sectionClicked.emit(column)
    assert "▲" in screen.model.headerData(column, Qt.Orientation.Horizontal)
    head.sectionClicked.emit(column)
    assert [screen.model.project_id(r) for r in range(388)] == first


def test_copy_gives_lines_that_excel_reads_as_numbers(screen: LedgerScreen) -> None:
    table = screen.table
    table.selectRow(0)
    screen.cells.copy(head=True)
    head, line, rest = QGuiApplication.clipboard().text().split("\n")
    assert rest == ""
    cells = dict(zip(head.split("\t"), line.split("\t"), strict=True))
    project = screen.model.rows.lines[0].project
    assert cells["编号"] == project.code
    assert cells["年度计划"] == format_money(project.annual_plan, group=False)
    assert len(cells) == sum(not table.isColumnHidden(i) for i in range(len(screen.model.columns)))


@pytest.mark.parametrize(("text", "copied"), [
    ("1,234.50", "1234.50"), ("-8.39", "-8.39"), ("—", ""), ("41.61%", "41.61%"), ("=1+1", "'=1+1"),
    ("两行\n文字\t制表", "两行 文字 制表"), ("@某某", "'@某某"), ("", "")])
def test_plain_texts_for_excel(text: str, copied: str) -> None:
    assert plain(text) == copied


def test_the_unit_of_money_changes_everywhere(screen: LedgerScreen) -> None:
    screen.look.unit.click()
    assert screen.look.unit.text() == "亿元"
    assert screen.block.totals.texts["total"] == "3,514.6000"
    screen.look.unit.click()
    assert screen.block.totals.texts["total"] == "35,146,000.00"


def test_an_edit_is_written_shown_and_undone(screen: LedgerScreen, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    model, column = screen.model, INDEX["plan"]
    project_id, old = model.project_id(5), model.index(5, column).data()
    before = undo_depth(desk.ledger)
    notices: list[object] = []
    desk.noticed.connect(notices.append)
    screen.table.setCurrentIndex(model.index(5, column))
    model.setData(model.index(5, column), "12,345.67")
    settle(desk)
    assert screen.strip.isVisible()  # a plan is asked a reason for
    assert undo_depth(desk.ledger) == before
    screen.strip.reason.setText("市政府常务会议调整")
    qtbot.keyClick(screen.strip.reason, Qt.Key.Key_Return)
    settle(desk)
    assert model.index(model.row_of(project_id), column).data() == "12,345.67"
    assert undo_depth(desk.ledger) == before + 1
    assert screen.table.currentIndex().row() == 5
    assert "年度计划投资" in notices[0].text  # type: ignore[attr-defined]
    notices[0].undo()  # type: ignore[attr-defined]
    settle(desk)
    assert model.index(model.row_of(project_id), column).data() == old


def test_a_value_that_is_no_amount_is_refused_with_a_sentence(
        screen: LedgerScreen, desk: Desk, settle: Settle) -> None:
    model, column = screen.model, INDEX["plan"]
    notices: list[object] = []
    desk.noticed.connect(notices.append)
    model.setData(model.index(0, column), "很多")
    settle(desk)
    assert model.index(0, column).data() == "很多"  # stays to be mended
    assert "读不出金额" in notices.pop().text  # type: ignore[attr-defined]


def test_the_panel_shows_the_selected_project(screen: LedgerScreen, desk: Desk, settle: Settle) -> None:
    project = list_standings(desk.ledger, desk.period)[100]
    screen.take(ShowProject(project.id))
    settle(desk)
    assert screen.panels.detail.isVisible()
    assert screen.panels.detail.name.text() == project.name
    screen.panels.detail.tabs.setCurrentIndex(2)
    screen.panels.detail.closed.emit()
    assert not screen.panels.detail.isVisible()


def test_a_project_outside_the_filter_is_still_shown(screen: LedgerScreen, desk: Desk, settle: Settle) -> None:
    screen.filters.show_query(LedgerQuery(units=frozenset({"雁峰区"})))
    other = next(x.project for x in screen.model.rows.lines if x.project.unit != "雁峰区")
    screen.take(ShowProject(other.id))
    settle(desk)
    assert screen.model.project_id(screen.table.currentIndex().row()) == other.id


def test_frozen_columns_follow_the_table(screen: LedgerScreen) -> None:
    table = screen.table
    table.verticalScrollBar().setValue(50)
    assert table.frozen.verticalScrollBar().value() == 50
    table.setColumnWidth(1, 300)
    assert table.frozen.columnWidth(1) == 300
    table.scrollTo(screen.model.index(60, INDEX["builder"]))
    assert table.visualRect(screen.model.index(60, INDEX["builder"])).left() >= table.frozen_width() - 1
    assert not any(table.frozen.isColumnHidden(i) for i in range(2))


def test_reading_again_keeps_the_selection_by_id(screen: LedgerScreen, desk: Desk, settle: Settle) -> None:
    screen.table.setCurrentIndex(screen.model.index(40, 3))
    kept = screen.model.project_id(40)
    desk.changes.tell("progress")
    settle(desk)
    assert screen.model.project_id(screen.table.currentIndex().row()) == kept


def test_an_empty_year_says_what_to_do(screen: LedgerScreen, desk: Desk, settle: Settle) -> None:
    from hydesk.domain.periods import Period

    desk.set_period(Period.month(2019, 3))
    settle(desk)
    assert screen.pages.currentIndex() == 1
    assert "导入项目清单" in screen.empty.sentence.text()


def test_only_columns_of_the_ledger_can_be_edited(screen: LedgerScreen) -> None:
    fields = {c.field for c in COLUMNS if c.field is not None}
    assert fields >= {Field.NAME, Field.TOTAL_INVESTMENT, Field.ANNUAL_PLAN, Field.BUILDER, Field.MONTH_INVESTMENT}
    assert all(c.field is None for c in COLUMNS if c.key in ("code", "completion", "gap", "meaning", "stage"))
    for i, column in enumerate(COLUMNS):
        editable = bool(screen.model.flags(screen.model.index(0, i)) & Qt.ItemFlag.ItemIsEditable)
        assert editable is (column.field is not None)


def test_f2_edits_the_frozen_name_where_it_is_seen(
        screen: LedgerScreen, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    from PySide6.QtWidgets import QLineEdit

    screen.table.setCurrentIndex(screen.model.index(2, 1))
    project_id = screen.model.project_id(2)
    qtbot.keyClick(screen.table, Qt.Key.Key_F2)
    editor = screen.table.frozen.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    editor.insert("改过的名称")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle(desk)
    row = screen.model.row_of(project_id)
    assert screen.model.index(row, 1).data() == "改过的名称"


def test_filters_stand_beside_the_title_as_far_as_there_is_room(screen: LedgerScreen) -> None:
    screen.resize(1300, 500)
    chips = screen.filters.chips
    QApplication.processEvents()
    assert not chips["units"].isHidden()
    assert screen.filters.geometry().intersects(screen.look.views.geometry().adjusted(-900, 0, 0, 0)), "in the title's row"
    screen.resize(800, 500)
    QApplication.processEvents()
    assert chips["stages"].isHidden()
    assert any(a.isVisible() for a in screen.filters.more.menu().actions() if a.text() == "阶段")
    screen.filters.show_query(LedgerQuery(
        units=frozenset({"衡南县"}), stages=frozenset({"在建实施"}), natures=frozenset({"新建"}), levels=frozenset({"市"})))
    QApplication.processEvents()
    boxes = [w.geometry() for w in (*chips.values(), screen.filters.more) if w.isVisible()]
    assert max(b.right() for b in boxes) <= screen.filters.width()
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[i + 1:])


def test_a_sum_of_an_earlier_month_says_so_and_heads_say_what_stands_below(
    screen: LedgerScreen, desk: Desk, settle: Settle
) -> None:
    first = list_standings(desk.ledger, desk.period)[0]
    july = Period.month(2023, 7)
    apply_return(desk.ledger, draft(desk.ledger, july, {1: {Field.YEAR_INVESTMENT: (first.year_investment or 0) + 1}}, unit=first.unit))
    desk.set_period(july)
    settle(desk)
    model = screen.model
    year, quiet = INDEX["year"], QColor(desk.theme.palette.quiet)
    new, old = model.row_of(first.id), model.row_of(next(s.id for s in list_standings(desk.ledger, july) if str(s.as_of) == "2023-06"))
    assert model.index(new, year).data(Qt.ItemDataRole.ToolTipRole) == model.text(new, year)
    assert model.index(old, year).data(Qt.ItemDataRole.ToolTipRole) == f"{model.text(old, year)}（截至2023年6月底）"
    assert model.index(old, year).data(Qt.ItemDataRole.ForegroundRole) == quiet
    assert model.index(new, year).data(Qt.ItemDataRole.ForegroundRole) is None
    assert screen.standing.whole.startswith("数据截至7月底；388个项目中1个有7月数")
    head = model.headerData(INDEX["completion"], Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert head.startswith("投资完成率＝年初至今完成投资÷年度计划投资")
    assert "单击排序" in head
