"""工作机制: any register by its definition alone – typed, filtered, exchanged, undone; a new kind without new code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from hydesk.domain.registers import RegisterKind
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.registers.export_register import export_register
from hydesk.services.registers.fill_shipped import add_shipped, register_called
from hydesk.services.registers.list_registers import list_registers, open_register
from hydesk.services.registers.write_records import RecordChange, write_records
from hydesk.ui.desk import Desk, Notice
from hydesk.ui.kit.form import put_words
from hydesk.ui.requests import ShowRegister
from hydesk.ui.screens.registers.form import RecordForm
from hydesk.ui.screens.registers.pages import PAGES
from hydesk.ui.screens.registers.rows import CASES, OVERDUE
from hydesk.ui.screens.registers.screen import RegistersScreen
from hydesk.ui.screens.registers.views import ViewForm
from tests.ui.conftest import MakeDesk, open_window

Settle = Callable[[Desk], None]


@pytest.fixture
def notices(desk: Desk) -> list[Notice]:
    seen: list[Notice] = []
    desk.noticed.connect(seen.append)
    return seen


@pytest.fixture
def office(desk: Desk) -> Desk:
    add_shipped(desk.ledger, 2023)
    key = register_called(desk.ledger, "filings")
    assert key is not None
    held = {r.values["name"] for r in open_register(desk.ledger, key, desk.period).records}
    made = [("高压开关产业园", "衡南县", "1.2亿元", "2023-05-30", "已签约"), ("变压器铁芯生产线", "祁东县", "8000", "2023-12-30", "已供地"),
            ("轨道交通装备基地", "衡南县", "30000", "2023-03-01", "已开工")]
    assert not held & {m[0] for m in made}
    write_records(desk.ledger, key, [
        RecordChange(None, f, v, new=i) for i, row in enumerate(made)
        for f, v in zip(("name", "unit", "amount", "due_on", "stage"), row, strict=True)], 2023)
    return desk


@pytest.fixture
def screen(office: Desk, qtbot: QtBot, settle: Settle) -> RegistersScreen:
    window = open_window(office, qtbot)
    window.go_to("work", ShowRegister(key="filings"))
    settle(office)
    made = window.made("work")
    assert isinstance(made, RegistersScreen)
    return made


def names(screen: RegistersScreen) -> list[str]:
    return [r.texts["name"] for r in screen.page.table.list.items]


def row_named(screen: RegistersScreen, name: str) -> int:
    return next(i for i, r in enumerate(screen.page.table.list.items) if r.texts["name"] == name)


def search(screen: RegistersScreen, words: str, qtbot: QtBot) -> None:
    screen.page.filters.search.setText(words)
    qtbot.wait(5)


def test_the_office_begins_with_one_button(make_desk: MakeDesk, sample_file: Path, qtbot: QtBot, settle: Settle) -> None:
    desk = make_desk(sample_file)
    window = open_window(desk, qtbot)
    window.go_to("work")
    settle(desk)
    screen = window.made("work")
    assert isinstance(screen, RegistersScreen)
    assert screen.stack.currentWidget() is screen.empty
    screen.shipped.use()
    settle(desk)
    assert len(screen.summaries) == len(list_registers(desk.ledger, desk.period.end)) > 15
    assert screen.stack.currentWidget() is not screen.empty


def test_search_and_chips_narrow_with_counts(screen: RegistersScreen, qtbot: QtBot) -> None:
    page = screen.page
    search(screen, "gykg", qtbot)
    assert names(screen) == ["高压开关产业园"]
    page.filters.clear()
    assert page.rows is not None
    assert page.rows.choices("unit", page.filters.query, None)["衡南县"] >= 2
    page.filters.choose(CASES, OVERDUE)
    assert all(r.late and r.days.startswith("■ 逾期") for r in page.table.list.items)
    assert "高压开关产业园" in names(screen)
    assert "轨道交通装备基地" not in names(screen)
    search(screen, "没有这样的", qtbot)
    assert page.pages.currentWidget() is page.nothing


def test_sums_stand_below_the_amounts(screen: RegistersScreen, qtbot: QtBot) -> None:
    search(screen, "高压开关 衡南", qtbot)
    screen.page.filters.clear()
    amounts = [r.record.values.get("amount") or 0 for r in screen.page.table.list.items]
    assert screen.page.sums.texts["amount"].replace(",", "") == f"{sum(amounts) / 10000:.2f}"  # type: ignore[arg-type]
    assert "finish_on" not in screen.page.sums.texts


def test_a_promised_amount_is_summed_and_a_rate_is_not(screen: RegistersScreen, office: Desk, settle: Settle) -> None:
    key = register_called(office.ledger, "project_promises")
    assert key is not None
    screen.open(key)
    settle(office)
    texts = screen.page.sums.texts
    held = open_register(office.ledger, key, office.period).records
    assert texts["plan"].replace(",", "") == f"{sum(int(str(r.values['plan'])) for r in held) / 10000:.2f}"
    assert "rate" not in texts


def test_typing_in_place_changes_the_ledger_and_can_be_undone(screen: RegistersScreen, office: Desk, qtbot: QtBot,
                                                              settle: Settle, notices: list[Notice]) -> None:
    page, table = screen.page, screen.page.table
    row = row_named(screen, "高压开关产业园")
    key = table.list.key(row)
    column = next(i for i, c in enumerate(table.list.columns) if c.key == "amount")
    table.setCurrentIndex(table.list.index(row, column))
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = table.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.setText("很多")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert table.typist.said.isVisible()
    assert "应是金额" in table.typist.said.text()
    editor.setText("1.5亿元")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle(office)
    held = {r.id: r for r in open_register(office.ledger, page.register_id, office.period).records}
    assert held[key].values["amount"] == 150_000_000
    assert notices[-1].undo is not None
    notices[-1].undo()
    settle(office)
    assert page.table.list.items[row_named(screen, "高压开关产业园")].record.values["amount"] == 120_000_000


def test_a_record_is_added_shown_with_history_and_removed(screen: RegistersScreen, office: Desk, qtbot: QtBot,
                                                          settle: Settle, notices: list[Notice]) -> None:
    page = screen.page
    before = len(names(screen))
    page.records.start_new()
    form = page.panel.form
    assert isinstance(form, RecordForm)
    put_words(form.inputs["amount"], "一大笔")
    form.submit()
    assert form.errors["amount"].isVisibleTo(form)
    assert form.errors["name"].isVisibleTo(form)
    for key, words in (("name", "储能电池工厂"), ("unit", "衡南县"), ("amount", "5000"), ("due_on", "9月底")):
        put_words(form.inputs[key], words)
    form.submit()
    settle(office)
    assert len(names(screen)) == before + 1
    page.table.select([page.table.list.key(row_named(screen, "储能电池工厂"))])
    page.records.open_panel()
    settle(office)
    assert page.panel.heading.text() == "储能电池工厂"
    page.records.start_edit()
    edit = page.panel.form
    assert isinstance(edit, RecordForm)
    put_words(edit.inputs["amount"], "6000")
    edit.submit()
    settle(office)
    from hydesk.services.registers.record_history import record_history
    assert page.rows is not None
    key = page.table.selected_keys()[0]
    steps = record_history(office.ledger, page.rows.sheet, key)
    assert steps[0].words == "协议引资额：5,000.00 → 6,000.00"
    assert steps[-1].words == "登记"
    page.records.remove()
    settle(office)
    assert "储能电池工厂" not in names(screen)
    assert notices[-1].undo is not None
    notices[-1].undo()
    settle(office)
    assert "储能电池工厂" in names(screen)


def test_what_is_shown_goes_out_to_excel_and_comes_in_unchanged(screen: RegistersScreen, office: Desk, tmp_path: Path,
                                                                settle: Settle, notices: list[Notice],
                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "备案.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (str(out), ""))
    screen.page.files.export()
    settle(office)
    screen.page.files.take_file(out)
    settle(office)
    assert "新增 0 条，更新 0 条" in notices[-1].text
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (str(tmp_path / "备案.pdf"), ""))
    screen.page.files.print_as("pdf")
    settle(office)
    assert (tmp_path / "备案.pdf").read_bytes()[:4] == b"%PDF"


def test_what_is_wrong_in_a_file_is_listed_with_its_cell(screen: RegistersScreen, office: Desk, tmp_path: Path,
                                                         settle: Settle, notices: list[Notice]) -> None:
    path = tmp_path / "坏.csv"
    path.write_text("项目名称,填报单位,协议引资额\n光伏产业园,衡南县,许多\n风电产业园,衡南县,9000\n", encoding="utf-8")
    screen.page.files.take_file(path)
    settle(office)
    assert "新增 1 条" in notices[-1].text
    assert "1 条未取" in notices[-1].text
    said = [w.text() for w in screen.page.panel.area.widget().findChildren(type(screen.page.title))]
    assert any("应是金额" in s for s in said)
    assert any("C2" in s for s in said)


def test_a_new_kind_of_register_needs_no_code(screen: RegistersScreen, office: Desk, qtbot: QtBot, settle: Settle,
                                              notices: list[Notice], tmp_path: Path) -> None:
    design = screen.design
    screen.start_design(0)
    design.save()
    assert "没有名称" in design.error.text()
    design.name.setText("土地保障台账")
    design.lines[0].name.setText("地块")
    design.add()
    design.lines[-1].name.setText("面积")
    design.lines[-1].kind.setCurrentIndex(list(RegisterKind).index(RegisterKind.NUMBER))
    design.lines[-1].choices.setText("亩")
    design.add()
    design.lines[-1].name.setText("项目")
    design.lines[-1].kind.setCurrentIndex(list(RegisterKind).index(RegisterKind.PROJECT))
    design.add()
    design.lines[-1].name.setText("完成率")
    design.lines[-1].kind.setCurrentIndex(list(RegisterKind).index(RegisterKind.FIGURE))
    design.lines[-1].figure.setCurrentIndex([k for k, _ in design.figures].index("project.rate"))
    design.save()
    settle(office)
    page = screen.page
    assert screen.stack.currentWidget() is page
    assert page.title.text() == "土地保障台账"
    page.records.start_new()
    form = page.panel.form
    assert form is not None
    assert page.rows is not None
    project = next(iter(page.rows.sheet.projects.values()))
    for key, words in (("f1", "A-01地块"), ("f2", "2023-06-01"), ("f3", "办理中"), ("f4", "120.5"), ("f5", project)):
        put_words(form.inputs[key], words)
    form.submit()
    settle(office)
    row = page.table.list.items[0]
    assert row.texts["f4"] == "120.5"
    assert row.late
    assert row.texts["f6"]
    export_register(office.ledger, page.register_id, office.period, tmp_path / "x.xlsx")
    page.files.take_file(tmp_path / "x.xlsx")
    settle(office)
    assert "没有变化 1 条" in notices[-1].text
    assert (undo_last(office.ledger) or "").startswith("“土地保障台账”新增")


def test_five_thousand_records_sort_and_narrow(screen: RegistersScreen, office: Desk, qtbot: QtBot, settle: Settle) -> None:
    key = screen.page.register_id
    write_records(office.ledger, key, [
        RecordChange(None, f, v, new=i) for i in range(5000)
        for f, v in (("name", f"备案项目{i}"), ("unit", "耒阳市"), ("amount", (i * 7919) % 5000 * 10_000))], 2023)
    screen.reload()
    settle(office)
    table = screen.page.table
    assert table.list.rowCount() >= 5003
    column = next(i for i, c in enumerate(table.list.columns) if c.key == "amount")
    table._sort(column)
    held = [r.record.values.get("amount") for r in table.list.items]
    known = [v for v in held if v is not None]
    assert known == sorted(known, reverse=True)
    search(screen, "bax 4999", qtbot)
    assert names(screen) == ["备案项目4999"]
    table.select([table.list.key(0)])
    table.copy()
    assert "备案项目4999" in QGuiApplication.clipboard().text()


def test_a_filing_becomes_a_key_project_by_keyboard_and_back(screen: RegistersScreen, office: Desk, qtbot: QtBot,
                                                             settle: Settle) -> None:
    from hydesk.services.standings.list_standings import list_standings

    page = screen.page
    row = row_named(screen, "变压器铁芯生产线")
    page.table.selectRow(row)
    before = len(list_standings(office.ledger, office.period))
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settle(office)
    form = page.panel.form
    assert form is not None
    plan = form.inputs["annual_plan"]
    assert isinstance(plan, QLineEdit)
    qtbot.keyClicks(plan, "x")
    qtbot.keyClick(plan, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "不是金额" in form.errors["annual_plan"].text()  # type: ignore[attr-defined]
    plan.clear()
    qtbot.keyClicks(plan, "3000")
    qtbot.keyClick(plan, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(office)
    assert len(list_standings(office.ledger, office.period)) == before + 1
    landed = page.table.list.items[row_named(screen, "变压器铁芯生产线")]
    assert landed.texts["stage"] == "已转重点项目"
    assert landed.texts["project"] == "变压器铁芯生产线"
    assert page.records.act_of(landed) == ""
    assert "转为重点项目" in (undo_last(office.ledger) or "")
    assert len(list_standings(office.ledger, office.period)) == before


def test_the_search_box_finds_registers_and_pages(screen: RegistersScreen, office: Desk, qtbot: QtBot, settle: Settle) -> None:
    finder = screen.window().topline.finder  # type: ignore[attr-defined]
    for letters, found, shown in (("hhb", "打开 红黄榜：建议", "boards"), ("zsyzba", "打开 台账“招商引资备案”", None)):
        finder.setFocus()
        finder._read()
        settle(office)
        qtbot.keyClicks(finder, letters)
        assert finder.list.item(0).text() == found
        qtbot.keyClick(finder, Qt.Key.Key_Return)
        settle(office)
        assert screen.chosen == (shown or register_called(office.ledger, "filings"))


class _Windows(QObject):
    """Notes what is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


def test_no_page_opens_a_stray_window(screen: RegistersScreen, office: Desk, settle: Settle, qapp: QApplication) -> None:
    seen = _Windows()
    qapp.installEventFilter(seen)
    for key in PAGES:
        screen.open(key)
        settle(office)
    for key in ("scores", "province"):
        rules = screen.fixed[key].editor  # type: ignore[attr-defined]
        rules.begin(screen.fixed[key].rules)  # type: ignore[attr-defined]
        rules.add()
    filings = next(s.id for s in screen.summaries if s.definition.key == "filings")
    screen.open(filings)
    settle(office)
    screen.page.records.start_new()
    screen.start_design(filings)
    screen.start_design(0)
    screen.design.add()
    qapp.removeEventFilter(seen)
    assert seen.shown == []


def test_the_office_keeps_a_view_of_its_own(screen: RegistersScreen, office: Desk, settle: Settle) -> None:
    page = screen.page
    page.filters.choose("stage", "已供地")
    page.own_views.start()
    form = page.panel.form
    assert isinstance(form, ViewForm)
    form.submit()
    assert "起个名字" in form.errors["name"].text()  # type: ignore[attr-defined]
    put_words(form.inputs["name"], "已供地的")
    for i in range(3, form.columns.count()):
        form.columns.item(i).setCheckState(Qt.CheckState.Unchecked)
    form.columns.setCurrentRow(2)
    form.shift(-1)
    form.submit()
    settle(office)
    assert page.views.currentText() == "已供地的"
    assert page.shown_fields() == ["name", "investor", "unit"]
    assert {r.texts["stage"] for r in page.table.list.items} == {"已供地"}
    assert not page.filters.query.narrowed
    page.own_views.remove()
    settle(office)
    assert page.views.findText("已供地的") < 0
    assert len(page.shown_fields()) > 10
    assert "删除视图" in (undo_last(office.ledger) or "")


def test_a_page_chosen_with_the_mouse_has_the_keys(screen: RegistersScreen, office: Desk, qtbot: QtBot, settle: Settle) -> None:
    tree = screen.list
    item = next(tree.topLevelItem(i) for i in range(tree.topLevelItemCount()) if tree.topLevelItem(i).text(0) == "承诺")
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualItemRect(item).center())
    settle(office)
    promises = screen.fixed["promises"]
    qtbot.waitUntil(promises.table.hasFocus, timeout=3000)  # type: ignore[attr-defined]
