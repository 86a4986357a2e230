"""The ledger's table as a sheet: blocks pasted and filled, several orders, views, keys, export, undo after a restart."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from hydesk.domain.fields import Field
from hydesk.domain.money import MoneyUnit, format_money
from hydesk.domain.pasted_cells import parse_block
from hydesk.domain.scopes.cases import Case
from hydesk.domain.written import CONTROL as SIGNS
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.pages.ledger_columns import COLUMNS, INDEX
from hydesk.services.pages.ledger_query import LedgerQuery
from hydesk.services.pages.ledger_rows import read_rows
from hydesk.services.pages.ledger_shown import shown_as
from hydesk.services.pages.ledger_views import BUILT_IN, list_views, read_query, written_query
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.open_ledger import open_ledger
from hydesk.ui.desk import Desk
from hydesk.ui.kit.table import Cell
from hydesk.ui.requests import OpenProject
from hydesk.ui.screens.ledger.block import lay
from hydesk.ui.screens.ledger.screen import LedgerScreen
from tests.reliability.words import HOSTILE
from tests.undoing import undo_depth

Settle = Callable[[Desk], None]
PLAN, BUILDER = INDEX["plan"], INDEX["builder"]
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


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


def put(screen: LedgerScreen, text: str, row: int, column: int) -> None:
    screen.table.setCurrentIndex(screen.model.index(row, column))
    QGuiApplication.clipboard().setText(text)
    screen.cells.paste()


def test_what_is_pasted_is_seen_not_to_be_written_and_no_sum_has_it(screen: LedgerScreen, desk: Desk, settle: Settle) -> None:
    cell, sums = screen.table.currentIndex(), screen.block.totals
    put(screen, "甲公司\t甲责任\n乙公司\t乙责任\n", 3, BUILDER)
    cell = screen.table.currentIndex()
    settle(desk)
    assert screen.model.cell(3, BUILDER) == Cell("甲公司", color=screen.model.cell(3, BUILDER).color, pending=True)
    assert not screen.model.cell(5, BUILDER).pending
    assert sums.texts["name"].endswith("，未含 4 处")
    assert screen.table.currentIndex() == cell, "the cursor stays"
    assert screen.strip.write.text().startswith("写入 4 处")
    screen.strip.cancel()
    settle(desk)
    assert not screen.model.cell(3, BUILDER).pending
    assert "未含" not in sums.texts["name"]
    assert screen.table.currentIndex() == cell


def test_a_pasted_block_is_shown_then_written_as_one_act(screen: LedgerScreen, desk: Desk, settle: Settle) -> None:
    depth = undo_depth(desk.ledger)
    ids = [screen.model.project_id(r) for r in (3, 4)]
    put(screen, "甲公司\t甲责任\n乙公司\t乙责任\n", 3, BUILDER)
    settle(desk)
    assert "将修改 4 处" in screen.strip.title.text()
    assert undo_depth(desk.ledger) == depth
    screen.strip.accept()
    settle(desk)
    held = {s.id: s for s in list_standings(desk.ledger, desk.period)}
    assert [(held[i].builder, held[i].responsible_unit) for i in ids] == [("甲公司", "甲责任"), ("乙公司", "乙责任")]
    assert undo_depth(desk.ledger) == depth + 1
    undo_last(desk.ledger)
    assert held[ids[0]] != next(s for s in list_standings(desk.ledger, desk.period) if s.id == ids[0])


def test_codes_and_heads_in_a_block_say_rows_and_columns(screen: LedgerScreen, desk: Desk, settle: Settle) -> None:
    model = screen.model
    block = parse_block("编号\t年度计划（亿元）\t完成率\nHY2023-009\t1.5\t3%\nHY2023-777\t2\t1%\n")
    laid = lay(block, model, 50, screen.table.walker.columns(), 4)
    assert [(e.field, e.words, e.unit) for e in laid.edits] == [(Field.ANNUAL_PLAN, "1.5", MoneyUnit.YI)]
    assert model.rows.lines[model.rows.at[laid.edits[0].project_id]].project.code == "HY2023-009"
    assert any("HY2023-777" in said for said in laid.left_out)
    assert any("完成率" in said for said in laid.left_out)
    name = model.rows.lines[7].project.name
    by_name = lay([[name, "雁峰区"]], model, 0, screen.table.walker.columns(), 1)
    assert by_name.matched == "按名称对应"
    assert [e.project_id for e in by_name.edits] == [model.rows.ids[7]]


def test_what_is_refused_and_doubted_is_said_and_not_written(
        screen: LedgerScreen, desk: Desk, settle: Settle) -> None:
    first = list_standings(desk.ledger, desk.period)[:3]
    assert first[0].annual_plan
    put(screen, f"很多\n{first[1].annual_plan or 1}\n{(first[2].annual_plan or 0) // 10_000 + 10}\n", 0, PLAN)
    settle(desk)
    assert "不能写入 1 处" in screen.strip.title.text()
    assert "存疑 1 处" in screen.strip.title.text()
    assert len(screen.strip.chosen()) == 1
    screen.strip.accept()
    settle(desk)
    now = list_standings(desk.ledger, desk.period)[:3]
    assert (now[0].annual_plan, now[1].annual_plan) == (first[0].annual_plan, first[1].annual_plan)


def test_a_doubted_value_is_written_where_a_person_insists(
        screen: LedgerScreen, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    key = screen.model.project_id(0)
    screen.model.setData(screen.model.index(0, INDEX["year"]), "1")
    settle(desk)
    assert screen.strip.insist.hasFocus()
    qtbot.keyClick(screen.strip.insist, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not screen.strip.isVisible())
    assert screen.table.hasFocus()
    screen.model.setData(screen.model.index(0, INDEX["year"]), "1")
    settle(desk)
    assert screen.strip.said.text().startswith("存疑")
    assert not screen.strip.write.isEnabled()
    screen.strip.accept()
    assert "先勾选" in screen.strip.said.text()
    screen.strip.insist.setChecked(True)
    screen.strip.accept()
    settle(desk)
    assert next(s for s in list_standings(desk.ledger, desk.period) if s.id == key).year_investment == 10_000


def test_delete_and_fill_down_work_on_the_selection(
        screen: LedgerScreen, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    model, table = screen.model, screen.table
    table.setCurrentIndex(model.index(0, BUILDER))
    for _ in range(2):
        qtbot.keyClick(table, Qt.Key.Key_Down, SHIFT)
    assert screen.cells.selected_cells() == [(0, BUILDER), (1, BUILDER), (2, BUILDER)]
    top = model.text(0, BUILDER)
    screen.cells.fill_down()
    settle(desk)
    assert [s.builder for s in list_standings(desk.ledger, desk.period)[:3]] == [top] * 3
    screen.cells.empty_cells()
    settle(desk)
    assert {s.builder for s in list_standings(desk.ledger, desk.period)[:3]} == {""}


def test_one_value_is_given_to_all_selected_projects(
        screen: LedgerScreen, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    screen.table.setCurrentIndex(screen.model.index(0, INDEX["responsible"]))
    qtbot.keyClick(screen.table, Qt.Key.Key_Space, CONTROL)
    screen.cells.open_bulk()
    screen.bulk.value.setText("市发改委")
    screen.bulk.ask()
    settle(desk)
    assert "将修改 388 处" in screen.strip.title.text()
    screen.strip.accept()
    settle(desk)
    assert {s.responsible_unit for s in list_standings(desk.ledger, desk.period)} == {"市发改委"}


def test_typing_over_a_cell_and_enter_go_down_tab_goes_right(
        screen: LedgerScreen, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    table, model = screen.table, screen.model
    table.setCurrentIndex(model.index(4, BUILDER))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = table.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.setText("某某公司")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (5, BUILDER)
    settle(desk)
    assert list_standings(desk.ledger, desk.period)[4].builder == "某某公司"
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = table.viewport().findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (5, INDEX["responsible"])


def test_the_keyboard_walks_as_in_excel(screen: LedgerScreen, qtbot: QtBot) -> None:
    table, model = screen.table, screen.model
    shown = table.walker.columns()
    table.setCurrentIndex(model.index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_End, CONTROL)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (387, shown[-1])
    qtbot.keyClick(table, Qt.Key.Key_Home, CONTROL)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (0, shown[0])
    qtbot.keyClick(table, Qt.Key.Key_Down, CONTROL)
    assert table.currentIndex().row() == 387
    qtbot.keyClick(table, Qt.Key.Key_Up, CONTROL | SHIFT)
    assert len(screen.cells.selected_cells()) == 388


def test_the_selection_is_counted_and_summed(screen: LedgerScreen, qtbot: QtBot) -> None:
    table, model = screen.table, screen.model
    table.setCurrentIndex(model.index(0, INDEX["total"]))
    qtbot.keyClick(table, Qt.Key.Key_Down, SHIFT)
    screen.line.refresh()
    assert "计数 2" in screen.line.text.text()
    assert "求和 174,850.00 万元" in screen.line.text.text()
    assert "平均 87,425.00" in screen.line.text.text()


def test_several_columns_sort_one_within_the_other(screen: LedgerScreen) -> None:
    screen.look.sort_by(INDEX["unit"])
    screen.look.sort_by(PLAN, adding=True)
    lines = [screen.model.rows.lines[i].project for i in screen.model.visible]
    assert [p.unit for p in lines] == sorted(p.unit for p in lines)
    for a, b in pairwise(lines):
        if a.unit == b.unit and a.annual_plan is not None and b.annual_plan is not None:
            assert a.annual_plan >= b.annual_plan
    head = screen.model.headerData
    assert head(INDEX["unit"], Qt.Orientation.Horizontal).endswith("▲①")
    assert head(PLAN, Qt.Orientation.Horizontal).endswith("▼②")


def test_counts_of_each_filter_follow_the_others(screen: LedgerScreen) -> None:
    query = LedgerQuery(units=frozenset({"衡南县"}), cases=frozenset({Case.NEW_TO_START}))
    counts = dict(screen.model.rows.counts(query))
    for kind in ("categories", "stages", "levels", "chains", "natures"):
        for value, count in counts[kind].items():
            narrowed = LedgerQuery(units=query.units, cases=query.cases, **{kind: frozenset({value})})
            assert len(screen.model.rows.select(narrowed, range(388))) == count
    assert sum(counts["categories"].values()) == len(screen.model.rows.select(query, range(388)))


def test_views_keep_columns_filters_order_and_unit(screen: LedgerScreen, desk: Desk, settle: Settle) -> None:
    for query in BUILT_IN.values():
        assert read_query(written_query(query)) == query
    screen.table.show_columns(["plan", "unit", "phone"], {})
    screen.filters.show_query(BUILT_IN["滞后"])
    screen.look.sort_by(PLAN)
    screen.look.views.asked_to_save.emit("领导用")
    settle(desk)
    kept = list_views(desk.ledger)["领导用"]
    screen.table.show_usual_columns()
    screen.filters.clear()
    screen.model.show_order()
    screen.look.show_view("领导用", kept)
    columns = screen.table.walker.columns()
    own = screen.model.shown(columns, {c: screen.table.columnWidth(c) for c in columns})
    alone = shown_as(read_rows(desk.ledger, desk.period), kept, read_query(kept["query"]))
    assert (alone.table(), alone.paper()) == (own.table(), own.paper()), "without a window the same"
    assert [COLUMNS[c].key for c in screen.table.walker.columns()] == ["code", "name", "plan", "unit", "phone"]
    assert screen.model.query == BUILT_IN["滞后"]
    assert screen.model.sorted_by == ((PLAN, True),)
    assert "领导用" in screen.look.views.text()


def test_the_chooser_finds_columns_by_initials(screen: LedgerScreen) -> None:
    screen.look.chooser.search.setText("cyl")
    assert [i.text(0) for i in screen.look.chooser.items() if not i.isHidden()] == ["产业链"]
    item = next(i for i in screen.look.chooser.items() if i.text(0) == "产业链")
    item.setCheckState(0, Qt.CheckState.Checked)
    assert not screen.table.isColumnHidden(INDEX["chain"])


def test_export_is_what_is_shown(screen: LedgerScreen, desk: Desk, settle: Settle, tmp_path: Path) -> None:
    screen.table.show_columns(["plan", "unit", "phone", "completion"], {})
    screen.filters.show_query(LedgerQuery(units=frozenset({"祁东县"})))
    screen.look.sort_by(PLAN)
    for phones in (False, True):
        path = tmp_path / f"{phones}.xlsx"
        screen.acts.export_to(path, phones=phones)
        settle(desk)
        sheet = openpyxl.load_workbook(path).active
        assert sheet is not None
        rows = list(sheet.iter_rows(values_only=True))
        assert "单位＝祁东县" in str(rows[1][0])
        assert "年度计划（降）" in str(rows[1][0])
        assert rows[3] == ("编号", "项目名称", "年度计划", "单位", *(["联系电话"] if phones else []), "完成率")
        shown = [screen.model.rows.lines[i].project for i in screen.model.visible]
        assert [r[0] for r in rows[4:-1]] == [p.code for p in shown]
        assert rows[4][2] == (shown[0].annual_plan or 0) / 10_000
        assert rows[-1][2] == sum(p.annual_plan or 0 for p in shown) / 10_000


def test_edits_are_undone_after_a_restart(screen: LedgerScreen, desk: Desk, settle: Settle) -> None:
    before = list_standings(desk.ledger, desk.period)
    for row in range(3):
        screen.model.setData(screen.model.index(row, BUILDER), f"公司{row}")
        settle(desk)
    assert desk.ledger.path is not None
    again = open_ledger(desk.ledger.path)
    for row in (2, 1, 0):
        assert f"“{before[row].name}”" in str(undo_last(again))
    assert list_standings(again, desk.period) == before
    again.close()


def test_enter_asks_for_the_projects_page(screen: LedgerScreen, desk: Desk, qtbot: QtBot) -> None:
    asked: list[tuple[str, object]] = []
    desk.wanted.connect(lambda name, request: asked.append((name, request)))
    screen.table.setCurrentIndex(screen.model.index(6, 1))
    qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    assert asked == [("project", OpenProject(screen.model.project_id(6)))]


def test_nothing_found_says_so_and_offers_to_clear(screen: LedgerScreen) -> None:
    screen.filters.show_query(LedgerQuery(text="没有这样的项目"))
    assert screen.pages.currentIndex() == 1
    assert screen.clear.isVisibleTo(screen)
    screen.clear.click()
    assert screen.pages.currentIndex() == 0


def test_what_was_found_by_initials_stays_found_after_an_edit(
        screen: LedgerScreen, desk: Desk, settle: Settle) -> None:
    screen.filters.show_query(LedgerQuery(text="hfdl"))
    settle(desk)
    found = len(screen.model.visible)
    assert found
    screen.model.setData(screen.model.index(0, BUILDER), "某公司")
    settle(desk)
    assert len(screen.model.visible) == found
    assert screen.model.text(0, BUILDER) == "某公司"


def test_alt_down_opens_the_choices_of_the_current_column(screen: LedgerScreen, desk: Desk, qtbot: QtBot) -> None:
    told: list[object] = []
    desk.noticed.connect(told.append)
    menu = screen.filters.chips["units"].menu()
    screen.table.setCurrentIndex(screen.model.index(0, INDEX["unit"]))
    screen.look.open_filter()
    assert menu.isVisible()
    assert any("衡南县" in a.text() for a in menu.actions())
    menu.hide()
    screen.table.setCurrentIndex(screen.model.index(0, INDEX["plan"]))
    screen.look.open_filter()
    assert (menu.isVisible(), len(told)) == (False, 1)


def test_hostile_words_are_pasted_and_copied_as_words(screen: LedgerScreen, desk: Desk, settle: Settle) -> None:
    words = [w for w in HOSTILE if "\n" not in w and "\t" not in w and "\r" not in w and '"' not in w]
    held = QMimeData()
    held.setText("\n".join(words))
    held.setHtml("<table><tr><td><img src='file://server/share/x.png'>假</td></tr></table>")
    screen.table.setCurrentIndex(screen.model.index(0, BUILDER))
    ids = [screen.model.project_id(row) for row in range(len(words))]
    QGuiApplication.clipboard().setMimeData(held)
    screen.cells.paste()
    settle(desk)
    screen.strip.accept()
    settle(desk)
    stored = {s.id: s.builder for s in list_standings(desk.ledger, desk.period)}
    assert [stored[i] or "" for i in ids] == [" ".join(SIGNS.sub("", w).split()) for w in words]
    rows = [r for r in range(screen.model.rowCount()) if screen.model.project_id(r) in set(ids)]
    screen.table.selectRow(rows[0])
    screen.cells.copy(head=False)
    data = QGuiApplication.clipboard().mimeData()
    assert "<img" not in data.html()
    assert len(data.text().split("\n")) == 2


def test_a_clipboard_beyond_all_bounds_is_refused_in_words(screen: LedgerScreen, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    desk.noticed.connect(lambda notice: said.append(notice.text))
    monkeypatch.setattr("hydesk.domain.pasted_cells.MOST_CELLS", 100)
    put(screen, "\t".join("甲" * 101), 0, BUILDER)
    assert "没有粘贴" in said[-1]


def test_what_is_printed_is_what_is_shown_or_the_rows_selected(screen: LedgerScreen, desk: Desk, settle: Settle, tmp_path: Path) -> None:
    screen.filters.show_query(LedgerQuery(units=frozenset({"衡南县", "祁东县"})))
    screen.look.sort_by(INDEX["year"])
    screen.table.show_columns(["year", "unit"], {})
    chosen_cells = QItemSelection(screen.model.index(2, INDEX["unit"]), screen.model.index(4, INDEX["unit"]))
    screen.table.selectionModel().select(chosen_cells, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    screen.print_pages()
    settle(desk)
    assert screen.printing.title.text() == f"打印 {screen.model.rowCount()} 个项目、4 栏"
    shown = [screen.model.project_id(r) for r in range(screen.model.rowCount())]
    screen.printing.selected.setChecked(True)
    settle(desk)
    assert [screen.model.rows.ids[i] for i in screen.printing.chosen] == shown[2:5]
    screen.printing.save_to(tmp_path / "表.pdf")
    settle(desk)
    words = pypdfium2.PdfDocument(tmp_path / "表.pdf")[0].get_textpage().get_text_range()
    told = [screen.model.text(r, INDEX["code"]) for r in range(2, 5)]
    assert [words.find(code) for code in told] == sorted(words.find(code) for code in told)
    assert all(code in words for code in told)
    assert screen.model.text(0, INDEX["code"]) not in words
    assert "选中的 3 个项目" in words
    assert "（降）" in words
    assert "年度计划" not in words, "a column that is not shown is not printed"
    chosen = [screen.model.rows.lines[i].project for i in screen.model.visible[2:5]]
    assert format_money(sum(p.year_investment or 0 for p in chosen)) in words
