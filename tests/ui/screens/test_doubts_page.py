"""请核实的数 in 收报, on the meeting's agenda, and 年底预测 with 假如."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from hydesk.domain.doubts.doubt import DoubtKind
from hydesk.domain.forecast.reaching import brings
from hydesk.domain.periods import Month
from hydesk.services.doubts.forecast_year import forecast_year
from hydesk.services.mechanisms.meeting_lines import DOUBT, read_meeting
from hydesk.services.upkeep.open_ledger import create_ledger
from hydesk.ui.desk import Desk
from hydesk.ui.screens.registers.meeting import MeetingPage
from hydesk.ui.screens.registers.outlook import OutlookPage
from hydesk.ui.screens.registers.what_if import show_what_if
from hydesk.ui.screens.returns.doubts import DoubtView
from tests.worlds import paced
from tests.worlds.cookings import at_time_progress
from tests.worlds.ledger import fill

Settle = Callable[[Desk], None]
JUNE = Month(2021, 6)


@pytest.fixture(scope="module")
def world_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years of ninety projects; one county stands at exactly the time's share in June of the second."""
    path = tmp_path_factory.mktemp("world") / "world.hydesk"
    years = paced.city(7, years=2, projects=90)
    units = [d.unit for d in years[2021]]
    most = max(set(units), key=units.count)
    assert at_time_progress(Random(1), [d for d in years[2021] if d.unit == most], 6, "blatant", years[2021])
    ledger = create_ledger(path)
    fill(ledger, years)
    ledger.close()
    return path


@pytest.fixture
def world(make_desk: Callable[[Path], Desk], world_file: Path) -> Desk:
    made = make_desk(world_file)
    made.set_period(JUNE)
    return made


def test_a_doubt_is_answered_in_place_and_asked_again(world: Desk, qtbot: QtBot, settle: Settle) -> None:
    view = DoubtView(world)
    qtbot.addWidget(view)
    view.show()
    view.reload()
    settle(world)
    rows = view.table.list.items
    at = next(i for i, d in enumerate(rows) if d.kind is DoubtKind.AT_TIME_PROGRESS)
    view.table.selectRow(at)
    assert "正好等于年度计划乘时间进度" in view.sentence.text()
    assert view.rule.text().startswith("什么情况会列出")
    view.answer()
    settle(world)
    assert "核实的结果" in view.said.text()
    view.reason.setText("已核，按合同每月均付")
    QTest.keyClick(view.reason, Qt.Key.Key_Return)
    settle(world)
    assert DoubtKind.AT_TIME_PROGRESS not in {d.kind for d in view.table.list.items}
    assert [a.reason for a in view.past.list.items] == ["已核，按合同每月均付"] * len(view.past.list.items)
    view.past.selectRow(next(i for i, a in enumerate(view.past.list.items) if a.kind is DoubtKind.AT_TIME_PROGRESS))
    view.ask_again()
    settle(world)
    assert DoubtKind.AT_TIME_PROGRESS in {d.kind for d in view.table.list.items}


def test_the_meeting_has_them_too(world: Desk) -> None:
    lines = [x for x in read_meeting(world.ledger, JUNE).lines if x.kind == DOUBT]
    assert 1 <= len(lines) <= 7
    assert lines[0].state == "■ 重点核实"
    assert lines[0].matter.startswith("核实")


def test_the_years_end_and_what_if(world: Desk, qtbot: QtBot, settle: Settle) -> None:
    page = OutlookPage(world)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.reload()
    settle(world)
    assert page.said.text().startswith("全市预计年底完成")
    assert page.table.list.items[0].name == "全市"
    page.table.selectRow(0)
    page.start_what_if()
    form = page.panel.form
    assert form is not None
    form.inputs["monthly"].setText("不知道")
    form.submit()
    assert form.errors["monthly"].text() == "请写亿元数，如 2.1"
    form.inputs["monthly"].setText("2.1")
    form.submit()
    assert form.told.text().startswith("那么预计年底完成")


def test_the_meeting_asks_what_if_of_the_matter_selected(world: Desk, qtbot: QtBot, settle: Settle) -> None:
    page = MeetingPage(world)
    qtbot.addWidget(page)
    found = forecast_year(world.ledger, JUNE)
    waiting = next(k for k, p in found.projects.items() if k in found.year_end.begun and brings(p, found.year_end, 6))
    unit = found.projects[waiting].unit
    form = show_what_if(page, found, unit, waiting)
    assert form is not None
    now = next(w.text() for w in form.findChildren(QLabel) if w.text().startswith("现在"))
    form.inputs["project"].setCurrentText("马上开工")
    form.submit()
    assert form.told.text().startswith("那么预计年底完成")
    assert form.told.text().removeprefix("那么") != now.removeprefix("现在")
    assert show_what_if(page, found, "没有的单位").title.text() == "假如　全市"
