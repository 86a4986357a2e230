"""Questions of a return answered through the widgets: kept in the ledger, read by at once, listed and forgotten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.money import MoneyUnit
from hydesk.services.returns.import_projects import import_projects
from hydesk.services.returns.read_return import read_return
from hydesk.services.returns.remember_decision import (
    list_decisions,
    list_remembered_names,
    remember_column,
    remember_money_unit,
)
from hydesk.services.rules.settings import check_rules
from hydesk.services.upkeep.open_ledger import create_ledger
from hydesk.ui.desk import Desk, Notice
from hydesk.ui.screens.returns.answers import candidates
from hydesk.ui.screens.returns.screen import ReturnsScreen
from hydesk.ui.screens.settings.screen import SettingsScreen
from tests.ui.conftest import JUNE, MakeDesk

Settle = Callable[[Desk], None]
NAMES = ("归阳码头扩建", "瑞尔纸箱厂", "黄花菜冷链物流园", "洪桥污水处理厂")
ODD = "实物折算投资口径（万元）"


def workbook(path: Path, head: list[str], rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (head, *rows):
        book.active.append(row)
    book.save(path)
    return path


@pytest.fixture
def desk(make_desk: MakeDesk, tmp_path: Path) -> Desk:
    (tmp_path / "source").mkdir()
    source = tmp_path / "source" / "t.hydesk"
    ledger = create_ledger(source)
    rows: list[list[object]] = [[f"HY2023-{i:03d}", f"{n}项目", "祁东县", 30000 + i, 5000, 9000] for i, n in enumerate(NAMES, 1)]
    head = ["项目编号", "项目名称", "县市区", "总投资（万元）", "截至2022年底累计完成投资（万元）", "2023年计划投资（万元）"]
    import_projects(ledger, workbook(tmp_path / "台账.xlsx", head, rows), 2023)
    ledger.close()
    return make_desk(source)


@pytest.fixture
def notices(desk: Desk) -> list[Notice]:
    seen: list[Notice] = []
    desk.noticed.connect(seen.append)
    return seen


@pytest.fixture
def review(desk: Desk, qtbot: QtBot, settle: Settle) -> Callable[[Path], ReturnsScreen]:
    def show(path: Path) -> ReturnsScreen:
        screen = ReturnsScreen(desk)
        qtbot.addWidget(screen)
        screen.resize(1214, 720)
        screen.show()
        screen.shown()
        screen.intake.take([str(path)])
        settle(desk)
        (waiting,) = screen.pile
        screen.open_review(waiting)
        return screen

    return show


def with_odd_column(folder: Path, head: str = ODD) -> Path:
    return workbook(folder / "祁东县6月.xlsx", ["序号", "项目编号", "项目名称", head],
                    [[i, f"HY2023-{i:03d}", f"{n}项目", 100 + i] for i, n in enumerate(NAMES, 1)])


def read_fields(screen: ReturnsScreen) -> set[Field]:
    assert screen.review.waiting is not None
    return {f for r in screen.review.waiting.draft.understanding.rows for f in r.values}


def go_to(screen: ReturnsScreen, code: str) -> Finding:
    page = screen.review
    at = next(i for i, q in enumerate(page.model.items) if q.first.code == code)
    page.queue.setCurrentIndex(page.model.index(at))
    return page.model.items[at].first


def answers(screen: ReturnsScreen) -> list[QPushButton]:
    return [b for b in screen.review.evidence.questions.findChildren(QPushButton) if b.isVisibleTo(screen)]


def choose(owner: QWidget, text: str) -> None:
    menu = next(m for m in owner.findChildren(QMenu) if m.isVisible())
    next(a for a in menu.actions() if a.text() == text).trigger()
    menu.close()


def test_a_column_told_in_the_panel_is_read_remembered_and_forgotten(
        desk: Desk, review: Callable[[Path], ReturnsScreen], notices: list[Notice], settle: Settle, qtbot: QtBot,
        tmp_path: Path) -> None:
    screen = review(with_odd_column(tmp_path))
    assert Field.YEAR_INVESTMENT not in read_fields(screen)
    heads = screen.review.heads
    (button,) = [b for (_, letter), b in heads.columns.items() if letter == "D"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    choose(heads, "年初至本月累计完成投资")
    settle(desk)
    assert Field.YEAR_INVESTMENT in read_fields(screen)
    assert [(d.unit, d.meaning) for d in list_decisions(desk.ledger)] == [("祁东县", "年初至本月累计完成投资")]
    assert notices[-1].text.startswith("已记住：祁东县的“实物折算投资口径")
    assert len(screen.pile) == 1
    undo = notices[-1].undo
    assert undo is not None
    undo()
    settle(desk)
    assert list_decisions(desk.ledger) == []
    assert Field.YEAR_INVESTMENT not in read_fields(screen)


def test_the_unit_of_a_column_is_told_in_the_findings(
        desk: Desk, review: Callable[[Path], ReturnsScreen], settle: Settle, qtbot: QtBot, tmp_path: Path) -> None:
    screen = review(with_odd_column(tmp_path, "到位资金"))
    go_to(screen, "unit_unknown")
    assert [b.text() for b in answers(screen)] == ["单位是万元　F4", "单位是亿元", "单位是元"]
    qtbot.keyClick(screen.review.queue, Qt.Key.Key_F4)
    settle(desk)
    assert screen.review.waiting is not None
    found = screen.review.waiting.draft.understanding
    assert not any(f.code == "unit_unknown" for f in found.findings)
    assert next(c.unit for c in found.sheets[0].columns if c.letter == "D") is MoneyUnit.WAN


def test_an_unclear_column_offers_the_fields_it_may_be(
        desk: Desk, review: Callable[[Path], ReturnsScreen], settle: Settle, qtbot: QtBot, tmp_path: Path) -> None:
    screen = review(with_odd_column(tmp_path, "累计完成投资（万元）"))
    finding = go_to(screen, "column_unclear")
    named = candidates(finding)
    assert len(named) >= 2
    assert [b.text().removesuffix("　F4") for b in answers(screen)[:-1]] == [f"是{f.label}" for f in named]
    qtbot.mouseClick(answers(screen)[0], Qt.MouseButton.LeftButton)
    settle(desk)
    assert named[0] in read_fields(screen)


def test_another_way_of_writing_a_project_is_remembered(
        desk: Desk, review: Callable[[Path], ReturnsScreen], notices: list[Notice], settle: Settle, qtbot: QtBot,
        tmp_path: Path) -> None:
    rows: list[list[object]] = [[i, f"HY2023-{i:03d}", f"{n}项目", 100 + i] for i, n in enumerate(NAMES, 1)]
    rows[2][1:3] = ["", "黄花菜冷链物留园项目"]
    head = ["序号", "项目编号", "项目名称", "本月完成投资（万元）"]
    screen = review(workbook(tmp_path / "祁东县6月.xlsx", head, rows))
    go_to(screen, "name_near")
    (button,) = answers(screen)
    assert button.text() == "就是它，记住写法　F4"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(desk)
    assert [n for _, n in list_remembered_names(desk.ledger)] == ["黄花菜冷链物留园项目"]
    assert notices[-1].text == "已记住：“黄花菜冷链物留园项目”就是 HY2023-003"
    assert screen.review.waiting is not None
    assert not any(f.code == "name_near" for f in screen.review.waiting.draft.understanding.findings)


def test_decisions_taken_before_an_answer_stay(
        desk: Desk, review: Callable[[Path], ReturnsScreen], settle: Settle, tmp_path: Path) -> None:
    rows: list[list[object]] = [[i, f"HY2023-{i:03d}", f"{n}项目", 100 + i, 7] for i, n in enumerate(NAMES, 1)]
    head = ["序号", "项目编号", "项目名称", "本月完成投资（万元）", ODD]
    screen = review(workbook(tmp_path / "祁东县6月.xlsx", head, rows))
    old = screen.review.waiting
    assert old is not None
    left = old.draft.changes[0]
    old.toggle([left], False)
    column = next(c for c in old.draft.understanding.sheets[0].columns if c.letter == "E")
    screen.review.heads.told.emit(column, Field.FUNDS_ARRIVED)
    settle(desk)
    fresh = screen.review.waiting
    assert fresh is not None
    assert Field.FUNDS_ARRIVED in read_fields(screen)
    assert fresh.decided == {(left.project, left.field): False}


@pytest.fixture
def settings(desk: Desk, qtbot: QtBot, settle: Settle) -> SettingsScreen:
    made = SettingsScreen(desk)
    qtbot.addWidget(made)
    made.show()
    made.shown()
    settle(desk)
    return made


def test_a_rule_switched_off_in_the_settings_is_silent(
        desk: Desk, settings: SettingsScreen, notices: list[Notice], settle: Settle, qtbot: QtBot,
        tmp_path: Path) -> None:
    head = ["序号", "项目编号", "项目名称", "年度计划投资（万元）", "本月完成投资（万元）"]
    rows: list[list[object]] = [[i, f"HY2023-{i:03d}", "", 9000 if i > 1 else 9500, 100 + i] for i in range(1, 5)]
    source = workbook(tmp_path / "祁东县6月.xlsx", head, rows)

    def found() -> list[tuple[str, Level]]:
        return [(f.code, f.level) for f in read_return(desk.ledger, source, JUNE).understanding.findings if f.row]

    assert found() == [("plan_changed", Level.WARNING)]
    settings.tabs.setCurrentIndex(1)
    box = settings.checks.boxes["plan_changed"]
    assert box.isVisible()
    qtbot.keyClick(box, Qt.Key.Key_End)
    settle(desk)
    assert found() == []
    assert notices[-1].text == "“年度计划与台账不同”改为不查"
    undo = notices[-1].undo
    assert undo is not None
    undo()
    settle(desk)
    assert found() == [("plan_changed", Level.WARNING)]
    assert check_rules(desk.ledger).levels == {}


def test_what_is_remembered_is_listed_and_forgotten(
        desk: Desk, settings: SettingsScreen, settle: Settle, qtbot: QtBot) -> None:
    remember_column(desk.ledger, "祁东县", ODD, Field.YEAR_INVESTMENT)
    remember_money_unit(desk.ledger, None, "到位资金", MoneyUnit.YI)
    settings.reload()
    settle(desk)
    settings.tabs.setCurrentIndex(2)
    page = settings.decisions
    assert page.table.list.rowCount() == 2
    assert not page.forget.isEnabled()
    page.table.selectRow(0)
    said: list[Notice] = []
    desk.noticed.connect(said.append)
    qtbot.mouseClick(page.forget, Qt.MouseButton.LeftButton)
    settle(desk)
    assert said[-1].undo is not None
    said[-1].undo()
    settle(desk)
    assert len(list_decisions(desk.ledger)) == page.table.list.rowCount() == 2
    page.table.selectRow(0)
    qtbot.mouseClick(page.forget, Qt.MouseButton.LeftButton)
    settle(desk)
    assert [d.unit for d in list_decisions(desk.ledger)] == ["祁东县"]
    assert page.table.list.rowCount() == 1


def without_head(folder: Path) -> Path:
    return workbook(folder / "祁东县6月.xlsx", ["祁东县进展"],
                    [[i, f"{n}项目", 30000 + i, 100 + i, "正在施工"] for i, n in enumerate(NAMES, 1)])


def test_the_columns_of_a_sheet_without_a_head_are_named_by_hand_remembered_and_forgotten(
        desk: Desk, review: Callable[[Path], ReturnsScreen], settle: Settle, qtbot: QtBot, tmp_path: Path) -> None:
    screen = review(without_head(tmp_path))
    page, naming = screen.review, screen.review.naming
    go_to(screen, "no_sheet")
    qtbot.keyClick(page.queue, Qt.Key.Key_F4)
    settle(desk)
    assert naming.isVisible()
    assert naming.grid.naming.layout_.columns[2] is Field.NAME
    naming.grid.take(3, Field.TOTAL_INVESTMENT)
    naming.grid.setCurrentIndex(naming.grid.naming.index(2, 3))
    qtbot.keyClick(naming.grid, Qt.Key.Key_Return)
    choose(naming.grid, "本月完成投资")
    naming.grid.take(4, MoneyUnit.WAN)
    naming.grid.take(5, Field.PROGRESS_TEXT)
    qtbot.waitUntil(lambda: naming.said.text() == "读出 4 行，对上 4 个项目", timeout=10_000)
    assert "● 本月完成投资（万元） ▾" in naming.grid.naming.headerData(3, Qt.Orientation.Horizontal)
    qtbot.mouseClick(naming.done, Qt.MouseButton.LeftButton)
    settle(desk)
    assert not naming.isVisible()
    assert {Field.MONTH_INVESTMENT, Field.PROGRESS_TEXT} <= read_fields(screen)
    assert len(list_decisions(desk.ledger)) == 1
    go_to(screen, "columns_named")
    qtbot.mouseClick(answers(screen)[0], Qt.MouseButton.LeftButton)
    settle(desk)
    assert (read_fields(screen), list_decisions(desk.ledger)) == (set(), [])


def test_a_sheet_cannot_be_read_without_a_column_of_names(
        desk: Desk, review: Callable[[Path], ReturnsScreen], settle: Settle, qtbot: QtBot, tmp_path: Path) -> None:
    screen = review(without_head(tmp_path))
    naming = screen.review.naming
    screen.review.evidence.questions.naming_wanted.emit(None)
    settle(desk)
    naming.grid.take(2, None)
    assert (naming.done.isEnabled(), naming.said.text()) == (False, "请指明哪一列是项目名称（或项目编号）")
    qtbot.keyClick(naming, Qt.Key.Key_Escape)
    assert not naming.isVisible()
    assert screen.review.isVisible()
