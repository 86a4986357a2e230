"""设置: the rule by which projects are judged, and the ledger's backups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from hydesk.domain.doubts.doubt import DoubtKind
from hydesk.domain.doubts.rules import USUAL, DoubtRules
from hydesk.domain.lamps import LampMode, LampRule
from hydesk.domain.measures.yardstick import Pace
from hydesk.domain.touched import Touched
from hydesk.services.acts.name_actor import chosen_name, current_actor
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.doubts.doubt_rules import doubt_rules
from hydesk.services.mechanisms.score_units import score_rule
from hydesk.services.pages.overview import overview
from hydesk.services.pages.trial_lamps import trial_lamps
from hydesk.services.rules.office_rules import lamp_rule, office_rules
from hydesk.services.standings.list_standings import list_standings, list_units
from hydesk.services.upkeep.open_ledger import open_ledger
from hydesk.ui.desk import Desk, Notice
from hydesk.ui.kit.basic import label, set_tone
from hydesk.ui.screens.settings.screen import SettingsScreen
from hydesk.ui.tokens import DARK, LIGHT

Settle = Callable[[Desk], None]


@pytest.fixture
def notices(desk: Desk) -> list[Notice]:
    seen: list[Notice] = []
    desk.noticed.connect(seen.append)
    return seen


@pytest.fixture
def screen(desk: Desk, qtbot: QtBot, settle: Settle) -> SettingsScreen:
    made = SettingsScreen(desk)
    qtbot.addWidget(made)
    made.show()
    made.shown()
    settle(desk)
    return made


def test_the_rule_is_shown_in_words_while_it_is_edited(screen: SettingsScreen) -> None:
    assert screen.lamps.form.sentence.text() == LampRule().sentence + "。"
    screen.lamps.form.lagging.setValue(12.5)
    assert "12.5" in screen.lamps.form.sentence.text()
    screen.lamps.form.mode.setCurrentIndex(1)
    assert "时序应完成额" in screen.lamps.form.sentence.text()


def test_a_new_rule_is_kept_exactly_and_can_be_taken_back(
        screen: SettingsScreen, desk: Desk, notices: list[Notice], settle: Settle) -> None:
    screen.lamps.form.lagging.setValue(12.5)
    screen.lamps.form.serious.setValue(27.5)
    screen.lamps.save()
    settle(desk)
    assert lamp_rule(desk.ledger) == LampRule(LampMode.POINTS, Decimal("0.125"), Decimal("0.275"))
    undo = notices[-1].undo
    assert undo is not None
    undo()
    settle(desk)
    assert lamp_rule(desk.ledger) == LampRule()
    assert screen.lamps.form.lagging.value() == 10


def test_a_rule_that_contradicts_itself_is_refused(
        screen: SettingsScreen, desk: Desk, notices: list[Notice], settle: Settle) -> None:
    screen.lamps.form.lagging.setValue(40)
    screen.lamps.save()
    settle(desk)
    assert notices[-1].wrong
    assert lamp_rule(desk.ledger) == LampRule()


def test_a_backup_is_a_ledger(screen: SettingsScreen, desk: Desk, settle: Settle, tmp_path: Path,
                              monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "备份.hydesk"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    screen.general.back_up()
    settle(desk)
    open_ledger(target).close()


def test_units_are_listed(screen: SettingsScreen) -> None:
    names = [u.name for u in screen.general.units.table.list.items]
    assert "衡南县" in names
    assert len(names) >= 14


def test_the_check_says_that_all_is_well(
        screen: SettingsScreen, desk: Desk, notices: list[Notice], settle: Settle) -> None:
    screen.general._check()
    settle(desk)
    assert notices[-1].text == "台账完好，数字前后一致"


def test_a_rule_is_tried_on_the_projects_before_it_is_used(screen: SettingsScreen, desk: Desk, qtbot: QtBot,
                                                           settle: Settle) -> None:
    lamps = screen.lamps
    qtbot.waitUntil(lambda: "没有变化" in lamps.result.text())
    assert not lamps.take_button.isEnabled()
    wuhan = next(i for i in range(lamps.form.preset.count()) if lamps.form.preset.itemText(i).startswith("武汉"))
    lamps.form.preset.setCurrentIndex(wuhan)
    lamps.form.preset.activated.emit(wuhan)
    on, days = lamps.form.delays["start_delay"]
    on.setChecked(True)
    days.setValue(10)
    expected = trial_lamps(desk.ledger, lamps.form.rule(), desk.period)
    qtbot.waitUntil(lambda: expected.sentence in lamps.result.text())
    assert lamps.table.list.rowCount() == len(expected.changes) > 0
    assert lamp_rule(desk.ledger) == LampRule()
    lamps.save()
    settle(desk)
    assert lamp_rule(desk.ledger) == expected.rule
    seen = overview(desk.ledger, desk.period)
    assert seen.meanings == expected.then


def test_colours_follow_when_the_theme_is_switched(usual_look: None, screen: SettingsScreen) -> None:
    marked = label("滞后")
    marked.setParent(screen)
    set_tone(marked, "lagging")
    for choice, palette in (("dark", DARK), ("light", LIGHT)):
        screen.general.theme.setCurrentIndex(screen.general.theme.findData(choice))
        screen.general.theme.activated.emit(screen.general.theme.currentIndex())
        marked.ensurePolished()
        assert marked.palette().color(marked.foregroundRole()).name().upper() == palette.lagging
        heading = next(w for w in screen.findChildren(QLabel) if w.objectName() == "quiet" and w.text())
        assert heading.palette().color(heading.foregroundRole()).name().upper() == palette.quiet


def test_a_unit_is_renamed_its_old_name_still_matches_and_all_is_undone(
    screen: SettingsScreen, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    units, before = screen.general.units, list_units(desk.ledger)
    units.table.setCurrentIndex(units.table.list.index(0, 0))
    units.begin()
    units.name.setText(before[1].name)
    qtbot.keyClick(units.name, Qt.Key.Key_Return)
    settle(desk)
    assert "请换一个" in units.wrong.text()
    units.name.setText("雁峰新区")
    qtbot.keyClick(units.name, Qt.Key.Key_Return)
    settle(desk)
    now = list_units(desk.ledger)[0]
    assert (now.name, before[0].name in now.short_names) == ("雁峰新区", True)
    assert list_standings(desk.ledger, desk.period)[0].unit == "雁峰新区"
    assert units.table.list.items[0].name == "雁峰新区"
    undo_last(desk.ledger)
    assert list_units(desk.ledger) == before


def test_a_unit_with_projects_is_not_retired_and_one_added_by_keys_is(
    screen: SettingsScreen, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    units = screen.general.units
    units.table.setCurrentIndex(units.table.list.index(0, 0))
    units.turn_off()
    settle(desk)
    assert "名下还有" in units.refused.text()
    units.begin_new()
    units.name.setText("滨江新区")
    qtbot.keyClick(units.name, Qt.Key.Key_Return)
    settle(desk)
    assert units.current is not None
    assert units.current.name == "滨江新区"
    units.shift(-1)
    settle(desk)
    assert [u.name for u in list_units(desk.ledger)][-2] == "滨江新区"
    units.turn_off()
    settle(desk)
    assert "滨江新区" not in [u.name for u in units.table.list.items]
    for _ in range(3):
        undo_last(desk.ledger)


# 统计口径 ---------------------------------------------------------------------------------------------------


def test_how_time_and_starts_are_counted_is_kept_at_once_and_taken_back(
    screen: SettingsScreen, desk: Desk, notices: list[Notice], settle: Settle, qtbot: QtBot
) -> None:
    page, before = screen.measures, office_rules(desk.ledger)
    told: list[frozenset[str]] = []
    desk.changes.ledger_changed.connect(told.append)
    for box, expected in (
            (page.paces[Pace.BY_MONTH], replace(before, pace=Pace.BY_MONTH)),
            (page.starts[True], replace(before, money_starts=True)),
            (page.rates["works"], replace(before, start_rates=("year", "due", "works")))):
        qtbot.keyClick(box, Qt.Key.Key_Space)
        settle(desk)
        assert office_rules(desk.ledger) == expected
        assert Touched.RULES in told.pop()
        undo = notices[-1].undo
        assert undo is not None
        undo()
        settle(desk)
        assert office_rules(desk.ledger) == before
        assert page.paces[Pace.BY_DAY].isChecked()
        assert page.starts[False].isChecked()
        assert not page.rates["works"].isChecked()


def test_papers_keep_at_least_one_rate_of_starts(screen: SettingsScreen, desk: Desk, notices: list[Notice], settle: Settle) -> None:
    page = screen.measures
    page.rates["due"].click()
    settle(desk)
    page.rates["year"].click()
    settle(desk)
    assert notices[-1].wrong
    assert page.rates["year"].isChecked()
    assert office_rules(desk.ledger).start_rates == ("year",)


def test_words_that_say_nothing_are_kept_when_the_field_is_left(
    screen: SettingsScreen, desk: Desk, notices: list[Notice], settle: Settle, qtbot: QtBot
) -> None:
    page = screen.measures
    screen.tabs.setCurrentIndex(4)
    page.words.setFocus()
    page.words.setPlainText("暂无卡点\n\n 无堵点 ")
    assert page.save_words.isEnabled()
    desk.changes.tell(Touched.RULES)  # another change of the rules leaves what is being typed
    settle(desk)
    assert "无堵点" in page.words.toPlainText()
    qtbot.keyClick(page.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    assert office_rules(desk.ledger).nothing == ("暂无卡点", "无堵点")
    assert page.words.toPlainText() == "暂无卡点\n无堵点"
    assert not page.save_words.isEnabled()
    page.words.setPlainText("暂无卡点\n无堵点\n进展顺利")  # on the common list already
    page.save_words.click()
    settle(desk)
    assert page.words.toPlainText() == "暂无卡点\n无堵点"
    undo = notices[0].undo
    assert undo is not None
    undo()
    settle(desk)
    assert office_rules(desk.ledger).nothing == ()
    assert page.words.toPlainText() == ""


def test_a_period_is_closed_with_a_reason_and_opened_again(
    screen: SettingsScreen, desk: Desk, notices: list[Notice], settle: Settle, qtbot: QtBot
) -> None:
    closing = screen.measures.closing
    assert closing.periods.currentData() == desk.period
    assert "数据截至6月底" in closing.state.text()
    assert not closing.close_button.isEnabled()
    closing.reason.setText("国庆前通报")
    qtbot.keyClick(closing.reason, Qt.Key.Key_Return)
    settle(desk)
    assert office_rules(desk.ledger).closed == {desk.period: "国庆前通报"}
    assert "提前截止：国庆前通报" in closing.state.text()
    assert closing.reason.text() == ""
    closing.table.setCurrentIndex(closing.table.list.index(0, 0))
    closing.open_button.click()
    settle(desk)
    assert office_rules(desk.ledger).closed == {}
    undo = notices[-1].undo
    assert undo is not None
    undo()
    settle(desk)
    assert office_rules(desk.ledger).closed == {desk.period: "国庆前通报"}


def test_the_name_under_which_one_acts_is_chosen_and_taken_back(screen: SettingsScreen, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    said: list[Notice] = []
    desk.noticed.connect(said.append)
    line = screen.general.name
    line.setFocus()
    line.setText("李敏")  # as an input method puts it in
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(desk)
    assert chosen_name() == current_actor().name == "李敏"
    assert [n.text for n in said] == ["以后署名“李敏”"]
    assert said[-1].undo is not None
    said[-1].undo()
    settle(desk)
    assert chosen_name() == line.text() == ""
    assert said[-1].text == "以后用电脑的账户名"


def test_rules_of_doubts_are_tried_while_edited_then_used_and_taken_back(
        screen: SettingsScreen, desk: Desk, notices: list[Notice], settle: Settle, qtbot: QtBot) -> None:
    page = screen.doubts
    screen.tabs.setCurrentIndex([screen.tabs.tabText(i) for i in range(screen.tabs.count())].index("核实规则"))
    assert page.form.rules() == USUAL
    assert not page.take_button.isEnabled()
    page.form.times.setValue(5.5)
    page.form.shares["below"].setValue(40)
    page.form.least.setValue(200)
    page.form.kinds[DoubtKind.TWIN_PROJECTS].setChecked(False)
    assert page.take_button.isEnabled()
    qtbot.waitUntil(lambda: "按此规则共问" in page.result.text())
    page.save()
    settle(desk)
    wanted = DoubtRules(off=frozenset({DoubtKind.TWIN_PROJECTS}), leap_times=Decimal("5.5"), below=Decimal("0.4"), least=2_000_000)
    assert doubt_rules(desk.ledger) == wanted
    assert not page.take_button.isEnabled()
    undo = notices[-1].undo
    assert undo is not None
    undo()
    settle(desk)
    assert doubt_rules(desk.ledger) == USUAL
    assert page.form.rules() == USUAL


def test_whether_trust_counts_in_the_scores_of_returns_is_a_choice(screen: SettingsScreen, desk: Desk, settle: Settle) -> None:
    page = screen.doubts
    assert not page.counts.isChecked()
    page.counts.click()
    settle(desk)
    assert score_rule(desk.ledger).trust == 20
    assert page.share.isEnabled()
    page.share.setValue(35)
    page.share.editingFinished.emit()
    settle(desk)
    assert score_rule(desk.ledger).trust == 35
    page.counts.click()
    settle(desk)
    assert score_rule(desk.ledger).trust == 0
