"""设置: the rule by which projects are judged, and the ledger's backups."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from hydesk.domain.indicators import LampMode, LampRule
from hydesk.services.open_ledger import open_ledger
from hydesk.services.settings import lamp_rule
from hydesk.ui.desk import Desk, Notice
from hydesk.ui.screens.settings.screen import SettingsScreen

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
    assert screen.sentence.text() == LampRule().sentence + "。"
    screen.lagging.setValue(12.5)
    assert "12.5" in screen.sentence.text()
    screen.mode.setCurrentIndex(1)
    assert "时序应完成额" in screen.sentence.text()


def test_a_new_rule_is_kept_exactly_and_can_be_taken_back(
        screen: SettingsScreen, desk: Desk, notices: list[Notice], settle: Settle) -> None:
    screen.lagging.setValue(12.5)
    screen.serious.setValue(27.5)
    screen._save_rule()
    settle(desk)
    assert lamp_rule(desk.ledger) == LampRule(LampMode.POINTS, Decimal("0.125"), Decimal("0.275"))
    undo = notices[-1].undo
    assert undo is not None
    undo()
    settle(desk)
    assert lamp_rule(desk.ledger) == LampRule()
    assert screen.lagging.value() == 10


def test_a_rule_that_contradicts_itself_is_refused(
        screen: SettingsScreen, desk: Desk, notices: list[Notice], settle: Settle) -> None:
    screen.lagging.setValue(40)
    screen._save_rule()
    settle(desk)
    assert notices[-1].wrong
    assert lamp_rule(desk.ledger) == LampRule()


def test_a_backup_is_a_ledger(screen: SettingsScreen, desk: Desk, settle: Settle, tmp_path: Path,
                              monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "备份.hydesk"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    screen.back_up()
    settle(desk)
    open_ledger(target).close()


def test_units_are_listed(screen: SettingsScreen) -> None:
    names = [u.name for u in screen.units.simple.items]
    assert "衡南县" in names
    assert len(names) >= 14


def test_the_check_says_that_all_is_well(
        screen: SettingsScreen, desk: Desk, notices: list[Notice], settle: Settle) -> None:
    screen._check()
    settle(desk)
    assert notices[-1].text == "台账完好，数字前后一致"
