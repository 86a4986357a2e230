"""Own columns through the ledger's widgets: made, shown, typed, pasted, filtered, summed, kept in views, retired."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from hydesk.domain.own_columns import OwnColumn, OwnKind
from hydesk.reports.kinds import ReportKind
from hydesk.services.pages.ledger_columns import COLUMNS
from hydesk.services.pages.ledger_query import LedgerQuery
from hydesk.services.projects.own_columns import add_columns, column_called
from hydesk.services.projects.own_values import list_own_values, set_own_values
from hydesk.services.reports.compile_report import compile_report
from hydesk.services.standings.own_columns import list_own_columns
from hydesk.services.standings.read_scope import scope_of
from hydesk.ui.desk import Desk
from hydesk.ui.requests import OpenProject
from hydesk.ui.screens.ledger.screen import LedgerScreen
from hydesk.ui.screens.project.screen import ProjectScreen

Settle = Callable[[Desk], None]


@pytest.fixture
def screen(desk: Desk, qtbot: QtBot, settle: Settle) -> LedgerScreen:
    """With a column of each sort, filled for the first four projects in a strange order."""
    add_columns(desk.ledger, [OwnColumn("用地面积", OwnKind.NUMBER, measure="亩"), OwnColumn("征拆费用", OwnKind.MONEY),
                              OwnColumn("供地方式", OwnKind.CHOICE, ("划拨", "出让")), OwnColumn("驻点秘书", OwnKind.PERSON)])
    codes = [f"HY2023-00{n}" for n in (1, 2, 3, 4)]
    for name, words in (("用地面积", ("9", "100.5", "20", "0.25")), ("征拆费用", ("1", "3", "2", "")),
                        ("供地方式", ("出让", "划拨", "", "划拨")), ("驻点秘书", ("欧阳守望", "李明、王二", "王二", ""))):
        set_own_values(desk.ledger, name, dict(zip(codes, words, strict=True)))
    made = LedgerScreen(desk)
    qtbot.addWidget(made)
    made.resize(1214, 720)
    made.show()
    made.shown()
    settle(desk)
    return made


def at(screen: LedgerScreen, name: str) -> int:
    return next(i for i, c in enumerate(screen.model.columns) if c.field is not None and c.field.label == name)


def told(screen: LedgerScreen, name: str, count: int = 4) -> list[str]:
    return [screen.model.text(r, at(screen, name)) for r in range(count)]


def test_filled_columns_are_shown_behind_the_programs_own_and_empty_ones_are_not(screen: LedgerScreen) -> None:
    shown = {c.head: not screen.table.isColumnHidden(i) for i, c in enumerate(screen.model.columns) if i >= len(COLUMNS)}
    assert shown == {"施工单位": True, "设计单位": False, "监理单位": False, "用地面积（亩）": True, "征拆费用": True, "供地方式": True,
                     "驻点秘书": True}
    assert all(screen.table.frozen.isColumnHidden(i) for i in range(len(COLUMNS), len(screen.model.columns)))
    assert told(screen, "用地面积") == ["9", "100.5", "20", "0.25"]
    assert told(screen, "征拆费用") == ["1.00", "3.00", "2.00", "—"]
    screen.look.switch_unit()
    assert told(screen, "征拆费用", 2) == ["0.0001", "0.0003"]


def test_figures_are_sorted_by_size_and_choices_in_the_offices_order(screen: LedgerScreen) -> None:
    screen.look.sort_by(at(screen, "用地面积"))
    assert told(screen, "用地面积") == ["100.5", "20", "9", "0.25"]
    screen.look.sort_by(at(screen, "供地方式"))
    assert told(screen, "供地方式", 3) == ["划拨", "划拨", "出让"]


def test_sums_stand_below_and_follow_the_filter(screen: LedgerScreen, qtbot: QtBot) -> None:
    texts = screen.block.totals.texts
    assert (texts[screen.model.columns[at(screen, "用地面积")].key], texts[screen.model.columns[at(screen, "征拆费用")].key]) == ("129.75", "6.00")
    screen.look_for("王二")
    qtbot.waitUntil(lambda: screen.model.rowCount() == 2)
    assert screen.block.totals.texts[screen.model.columns[at(screen, "用地面积")].key] == "120.5"
    screen.look_for("oysw")  # initials are of names, units and owners; persons of own columns by their words
    screen.look_for("欧阳")
    qtbot.waitUntil(lambda: screen.model.rowCount() == 1)


def test_a_cell_is_typed_and_a_block_pasted_and_undone(screen: LedgerScreen, desk: Desk, settle: Settle) -> None:
    column = at(screen, "供地方式")
    screen.model.setData(screen.model.index(2, column), "租用", Qt.ItemDataRole.EditRole)
    settle(desk)
    assert told(screen, "供地方式") == ["出让", "划拨", "租用", "划拨"]  # what was typed stays to be mended, written nowhere
    assert list_own_values(desk.ledger, "供地方式")[1][2].value is None
    screen.model.setData(screen.model.index(2, column), "出 让", Qt.ItemDataRole.EditRole)
    settle(desk)
    assert told(screen, "供地方式") == ["出让", "划拨", "出让", "划拨"]
    QGuiApplication.clipboard().setText("编号\t用地面积（亩）\t征拆费用\nHY2023-002\t7.5\t12\nHY2023-004\t8\t13\n")
    screen.table.setCurrentIndex(screen.model.index(0, column))
    screen.cells.paste()
    settle(desk)
    screen.strip.accept()
    settle(desk)
    assert told(screen, "用地面积") == ["9", "7.5", "20", "8"]
    assert told(screen, "征拆费用") == ["1.00", "12.00", "2.00", "13.00"]
    desk.operations.step_back()
    settle(desk)
    assert told(screen, "用地面积") == ["9", "100.5", "20", "0.25"]


def test_one_value_is_given_to_several_projects(screen: LedgerScreen, desk: Desk, settle: Settle) -> None:
    projects = [screen.model.project_id(r) for r in range(3)]
    screen.bulk.begin(projects, at(screen, "驻点秘书"))
    assert screen.bulk.field.currentText() == "驻点秘书"
    screen.bulk.value.setText("张三")
    screen.bulk.ask()
    settle(desk)
    screen.strip.accept()
    settle(desk)
    assert told(screen, "驻点秘书") == ["张三", "张三", "张三", ""]


def test_a_new_column_is_shown_at_once_and_a_retired_one_comes_back(screen: LedgerScreen, desk: Desk, settle: Settle) -> None:
    screen.look.chooser.own_wanted.emit(True)
    form = screen.panels.own.form
    assert form is not None
    form.submit()
    assert form.errors["name"].isVisibleTo(form)
    form.inputs["name"].setText("责任单位")  # type: ignore[attr-defined]
    form.submit()
    settle(desk)
    assert "台账已有的栏目" in form.error.text()
    form.inputs["name"].setText("是否净地")  # type: ignore[attr-defined]
    form.inputs["kind"].setCurrentText(OwnKind.YES_NO.label)  # type: ignore[attr-defined]
    form.submit()
    settle(desk)
    assert screen.panels.own.form is None
    assert not screen.table.isColumnHidden(at(screen, "是否净地"))
    area = column_called(list_own_columns(desk.ledger), "用地面积")
    width = screen.table.columnWidth(at(screen, "用地面积")) + 37
    screen.table.setColumnWidth(at(screen, "用地面积"), width)
    screen.look.sort_by(at(screen, "驻点秘书"))
    screen.panels.own._retire(area)
    settle(desk)
    assert "用地面积" not in [c.field.label for c in screen.model.columns if c.field is not None]
    assert [screen.model.columns[c].field.label for c, _ in screen.model.sorted_by] == ["驻点秘书"]  # type: ignore[union-attr]
    screen.panels.own._restore(area)
    settle(desk)
    assert list_own_values(desk.ledger, "用地面积")[1][0].value == Decimal(9)
    assert not screen.table.isColumnHidden(at(screen, "用地面积"))
    assert screen.table.columnWidth(at(screen, "用地面积")) == width


def test_what_was_shown_is_remembered_and_a_kept_view_shows_it(screen: LedgerScreen, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    screen.table.show_column(at(screen, "征拆费用"), False)
    screen.table.setColumnWidth(at(screen, "供地方式"), 141)
    view = screen.look.view()
    screen.save_state()
    other = LedgerScreen(desk)
    qtbot.addWidget(other)
    other.show()
    other.shown()
    settle(desk)
    assert other.table.isColumnHidden(at(other, "征拆费用"))
    assert not other.table.isColumnHidden(at(other, "供地方式"))
    assert other.table.columnWidth(at(other, "供地方式")) == 141
    other.table.show_usual_columns()
    other.look.show_view("甲", view)
    assert other.table.isColumnHidden(at(other, "征拆费用"))


def test_the_table_on_screen_is_exported_with_them(screen: LedgerScreen) -> None:
    columns = [at(screen, n) for n in ("用地面积", "征拆费用", "供地方式")]
    made = screen.model.shown(columns, dict.fromkeys(columns, 80)).table()
    assert [c.kind for c in made.columns] == ["figure", "money", "words"]
    assert made.rows[1] == [Decimal("100.5"), Decimal(3), "划拨"]
    assert made.totals == [Decimal("129.75"), Decimal(6), None]


def test_an_own_column_narrows_the_ledger_as_a_condition(screen: LedgerScreen, desk: Desk) -> None:
    screen.filters.show_query(LedgerQuery.of(scope_of(desk.ledger, desk.period, "供地方式=划拨;用地面积<=100")))
    assert [screen.model.rows.lines[i].project.code for i in screen.model.visible] == ["HY2023-004"]


def test_a_projects_page_shows_them_with_their_source_and_edits_them_in_place(screen: LedgerScreen, desk: Desk, qtbot: QtBot,
                                                                              settle: Settle) -> None:
    page = ProjectScreen(desk)
    qtbot.addWidget(page)
    page.show()
    page.take(OpenProject(screen.model.project_id(1)))
    settle(desk)
    facts = page.facts.facts
    rows = {facts.cell(r, 0).text: r for r in range(facts.rowCount())}
    assert [facts.value(rows[h]) for h in ("用地面积（亩）", "征拆费用（万元）", "供地方式", "驻点秘书", "监理单位")] == [
        "100.5", "3.00", "划拨", "李明、王二", ""]
    assert "手工修改" in facts.cell(rows["供地方式"], 2).text
    page.reason.setText("现场核实")
    facts.setData(facts.index(rows["用地面积（亩）"], 1), "88.25")
    settle(desk)
    assert facts.value(rows["用地面积（亩）"]) == "88.25"
    assert facts.cell(rows["用地面积（亩）"], 2).text.endswith("现场核实")
    facts.setData(facts.index(rows["供地方式"], 1), "租用")
    settle(desk)
    assert facts.value(rows["供地方式"]) == "划拨"
    (said,) = desk.problems  # type: ignore[attr-defined]
    assert "划拨、出让" in str(said)
    desk.problems.clear()  # type: ignore[attr-defined]


def test_a_projects_card_prints_them(screen: LedgerScreen, desk: Desk) -> None:
    report = compile_report(desk.ledger, ReportKind.PROJECT, desk.period, subject="HY2023-002")
    said = repr(report)
    assert all(words in said for words in ("用地面积（亩）", "100.5", "供地方式", "划拨"))
    assert "监理单位" not in said
