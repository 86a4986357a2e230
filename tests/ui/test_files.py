"""File dialogs open where files of the same purpose were last, also after a restart."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from hydesk.ui.kit.files import TABLES, WORKBOOK, Purpose, ask_open, ask_save, folder_of, only_ending


def test_each_purpose_has_its_own_folder(
        qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    lists, exports = tmp_path / "清单", tmp_path / "导出"
    lists.mkdir()
    exports.mkdir()
    asked: list[str] = []

    def choose(path: Path) -> None:
        def answer(*given: object) -> tuple[str, str]:
            asked.append(str(given[2]))
            return str(path), ""

        monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)

    def settings() -> QSettings:
        return QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat)

    first = settings()
    choose(lists / "清单.xlsx")
    ask_open(parent, first, Purpose.LIST, "导入", TABLES)
    choose(exports / "台账")
    assert ask_save(parent, first, Purpose.EXPORT, "导出", "台账.xlsx", WORKBOOK) == str(exports / "台账.xlsx")
    first.sync()
    again = settings()
    assert (folder_of(again, Purpose.LIST), folder_of(again, Purpose.EXPORT)) == (str(lists), str(exports))
    ask_save(parent, again, Purpose.EXPORT, "导出", "台账.xlsx", WORKBOOK)
    assert asked[-1] == str(exports / "台账.xlsx")
    exports.rmdir()
    assert folder_of(again, Purpose.EXPORT) not in ("", str(exports))


def test_the_ending_is_added_where_there_is_only_one() -> None:
    assert only_ending(WORKBOOK) == ".xlsx"
    assert only_ending(TABLES) == only_ending("") == only_ending("照片和文档 (*)") == ""


def test_no_screen_asks_for_files_in_its_own_way() -> None:
    rooms = Path(__file__).parent.parent.parent / "hydesk"
    own = [p.name for p in rooms.rglob("*.py") if "QFileDialog." in p.read_text(encoding="utf-8")]
    assert own == ["files.py"]
