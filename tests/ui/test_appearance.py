"""The look follows the system while the program runs, unless a look was chosen; text comes in three sizes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hydesk.ui import style, tokens
from hydesk.ui.frame.appearance import Appearance
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.tokens import HIGH_LIGHT


def test_the_systems_change_is_followed_at_once(
        qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat)
    worn: list[str] = []
    monkeypatch.setattr(style, "wear", lambda *_: worn.append(str(settings.value(style.THEME, "system"))))
    follower = Appearance(qapp, style.Theme(), settings)
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    hints.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    qtbot.waitUntil(lambda: len(worn) == 2)  # the start, and one change however many signals told it
    settings.setValue(style.THEME, "dark")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    qtbot.wait(20)
    assert worn == ["system", "system"]
    follower.deleteLater()
    qtbot.wait(1)


def test_the_first_size_of_text_is_the_systems() -> None:
    assert [style.usual_size(points) for points in (8.25, 9.0, 9.9, 10.35, 11.25, 20.25)] == [
        "standard", "standard", "standard", "large", "largest", "largest"]


def test_larger_text_makes_rows_and_columns_larger(
        usual_look: None, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat)
    settings.setValue(style.TEXT_SIZE, "largest")
    settings.setValue(style.THEME, "high_light")
    theme = style.Theme()
    style.wear(qapp, theme, settings)
    assert theme.palette is HIGH_LIGHT
    assert qapp.font().pointSizeF() == 13.0
    table = Listing([ListColumn("甲", str, 100)], theme, "表")
    qtbot.addWidget(table)
    table.list.show_items(["一"])
    assert (table.rowHeight(0), table.columnWidth(0)) == (36, 130)
    settings.setValue(style.TEXT_SIZE, "standard")
    style.wear(qapp, theme, settings)
    assert (tokens.ROW_HEIGHT, tokens.BODY_PT, tokens.text_scale) == (28, 10.0, 1.0)
