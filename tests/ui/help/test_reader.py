"""F1 opens the handbook where it fits; the reader finds, goes back and forward, and follows the colours; 关于 tells all."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

import hydesk.ui.help.reader
from hydesk import __version__
from hydesk.ui import style
from hydesk.ui.desk import Desk
from hydesk.ui.frame.start_page import StartPage
from hydesk.ui.help.about import AboutDialog
from hydesk.ui.help.ask import DialogKeys
from hydesk.ui.help.markdown import to_html
from hydesk.ui.help.pages import CONTENTS, Handbook
from hydesk.ui.help.reader import PictureWindow, Reader
from hydesk.ui.help.shipped import shipped
from hydesk.ui.help.topics import topic_of
from hydesk.ui.requests import ShowLists
from tests.test_architecture import ROOT
from tests.ui.conftest import open_window


@pytest.fixture(scope="module")
def book() -> Handbook:
    return Handbook()


@pytest.fixture
def reader(book: Handbook, theme: style.Theme, tmp_path: object, qtbot: QtBot) -> Reader:
    made = Reader(book, theme, QSettings(f"{tmp_path}/window.ini", QSettings.Format.IniFormat))
    qtbot.addWidget(made)
    made.ask("week#催报")
    qtbot.waitExposed(made)
    return made


def press(widget: QWidget, keys: str) -> None:
    """What a shortcut of the window does."""
    (found,) = (s for s in widget.findChildren(QShortcut) if s.key() == QKeySequence(keys))
    found.activated.emit()


def test_back_and_forward_and_links(reader: Reader) -> None:
    assert reader.view.page is not None
    assert reader.view.page.name == "week"
    reader._follow(QUrl("reports.md#%E5%BD%92%E6%A1%A3"))
    assert (reader._at.page, reader._at.anchor) == ("reports", "归档")
    press(reader, "Alt+Left")
    assert (reader._at.page, reader._at.anchor) == ("week", "催报")
    press(reader, "Alt+Right")
    assert reader._at.page == "reports"
    press(reader, "Alt+Home")
    assert reader._at.page == CONTENTS
    assert reader.contents.currentItem().text(0) == "使用手册"


def test_search_by_keyboard(reader: Reader, qtbot: QtBot) -> None:
    press(reader, "Ctrl+F")
    reader.search.setText("图片")
    assert reader.finds.item(0).text().startswith("问答")
    qtbot.keyClick(reader.search, Qt.Key.Key_Return)
    assert reader._at.page == "questions"
    assert reader.view.extraSelections()
    press(reader, "Esc")
    assert reader.left.currentWidget() is reader.contents
    reader.search.setText("没有这种话")
    assert reader.left.currentWidget() is reader.nothing


def test_pictures_are_scaled_and_open_at_full_size(reader: Reader, qtbot: QtBot) -> None:
    reader.open("first-hour")
    image = reader.view.loadResource(2, QUrl("pictures/home.png"))
    assert isinstance(image, QImage)
    assert image.deviceIndependentSize().width() <= reader.view.viewport().width()
    reader._follow(QUrl("picture:pictures/home.png"))
    (shown,) = reader.findChildren(PictureWindow)
    shown.close()


def test_colours_and_text_size_are_followed(reader: Reader, theme: style.Theme, qtbot: QtBot, qapp: QApplication) -> None:
    kept = theme.palette
    try:
        theme.palette = style.palette_for("dark")
        style.dress(qapp, theme)
        qtbot.waitUntil(lambda: style.palette_for("dark").text in reader.view.document().defaultStyleSheet())
    finally:
        theme.palette = kept
        style.dress(qapp, theme)


def test_print_is_black_on_white_and_holds_all(reader: Reader, book: Handbook) -> None:
    text = reader.view.printable(list(book.pages.values())).toPlainText()
    assert all(page.title in text for page in book.pages.values())


def test_f1_opens_the_page_for_what_is_in_front(desk: Desk, qtbot: QtBot, settle: object) -> None:
    window = open_window(desk, qtbot)
    window.go_to("returns")
    press(window, "F1")
    reader = window.help_menu.help.reader
    assert reader is not None
    assert reader.isVisible()
    assert not reader.isModal()
    assert reader._at.page == "week"
    window.go_to("settings")
    window.made("settings").setFocus()
    press(window, "F1")
    assert reader._at.page == "settings"
    window.go_to("problems")
    window.made("problems").empty.page.click()  # type: ignore[attr-defined]
    assert reader._at.page == "problems"
    finder = window.topline.finder
    finder.setText("sysc")
    finder.textEdited.emit("sysc")
    assert finder.list.item(0).text() == "打开 使用手册"
    qtbot.keyClick(finder, Qt.Key.Key_Return)
    assert reader._at.page == "README"
    window.close()
    assert window.help_menu.help.reader is None


def test_dialogs_answer_f1_too(desk: Desk, qtbot: QtBot) -> None:
    asked: list[str] = []
    keys = DialogKeys(asked.append, desk)
    dialog = QDialog()
    qtbot.addWidget(dialog)
    QLineEdit(dialog)
    dialog.show()
    QApplication.setActiveWindow(dialog) if hasattr(QApplication, "setActiveWindow") else None
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    keys._look(None)
    press(dialog, "F1")
    assert asked == [topic_of(dialog)] == ["README"]


def _key(name: str) -> str:
    return name.lower().replace("_", "-")


def test_about_names_everything(theme: style.Theme, desk: Desk, qtbot: QtBot) -> None:
    parts = {part.name: part for part in shipped()}
    assert {"hydesk", "Python", "SQLite", "Qt", "SQLAlchemy", "reportlab"} <= set(parts)
    assert sum("OFL" in part.licence for part in parts.values()) == 2
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[\[><; ]", line)[0] for line in (*project["dependencies"], *project["optional-dependencies"]["server"])}
    assert {_key(name) for name in wanted} <= {_key(name) for name in parts}
    assert [part.name for part in parts.values() if not part.text and part.name != "SQLite"] == []
    assert all(part.licence != "见全文" for part in parts.values())
    dialog = AboutDialog(theme, desk.settings, desk.ledger.location)
    qtbot.addWidget(dialog)
    dialog.copy()
    copied = QGuiApplication.clipboard().text()
    assert __version__ in copied
    assert desk.ledger.location in copied
    assert "hydesk.log" in copied
    dialog.table.selectRow(3)
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in dialog.text.toPlainText()


def test_markdown_of_the_handbook() -> None:
    html, headings = to_html("# 题\n\n## 一、（二）\n\n1. 甲\n   - 乙 `Ctrl+K`\n\n2. 丙 [去](a.md#b)\n\n| 键 | 用 |\n|---|---|\n| a | 「入库」 |\n")
    assert [(h.level, h.anchor) for h in headings] == [(1, "题"), (2, "一二")]
    assert '<ol><li>甲<ul><li>乙 <span class="key">&nbsp;Ctrl+K&nbsp;</span></li></ul></li><li>丙 <a href="a.md#b">去</a></li></ol>' in html
    assert "<th" in html
    assert '<span class="ui">「入库」</span>' in html


def test_the_new_year_can_be_chosen_as_soon_as_it_is_rolled_over(desk: Desk, qtbot: QtBot, settle: Callable[[Desk], None]) -> None:
    window = open_window(desk, qtbot)
    desk.go_to("lists", ShowLists("rollover"))
    settle(desk)
    page = window.made("lists").rollover  # type: ignore[attr-defined]
    assert page.isAncestorOf(window.focusWidget())
    page.roll()
    settle(desk)
    box = window.topline.periods
    assert box.findText("2024年1月") >= 0
    assert box.currentText() == "2023年6月"


def test_the_start_page_has_its_page_too(desk: Desk, theme: style.Theme, qtbot: QtBot) -> None:
    page = StartPage(desk.jobs, theme, desk.settings, desk.ledger.location, "")
    qtbot.addWidget(page)
    page.show()
    press(page, "F1")
    reader = page._help.reader
    assert reader is not None
    assert reader._at.page == "first-hour"
    page.turn_to(1)
    page.guide.file.setFocus()
    page.show_page()
    assert reader._at.anchor == "建自己的台账"
    page._help.close()


def test_without_a_printer_the_handbook_is_saved(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "手册.pdf"
    monkeypatch.setattr(hydesk.ui.help.reader, "has_printer", lambda: False)
    monkeypatch.setattr(hydesk.ui.help.reader, "ask_save", lambda *_a, **_k: str(target))

    def save() -> None:
        (box,) = reader.findChildren(QMessageBox)
        assert "没有安装打印机" in box.text()
        next(b for b in box.buttons() if b.text().startswith("存为 PDF")).click()

    QTimer.singleShot(0, reader, save)
    reader.print_page()
    assert target.read_bytes().startswith(b"%PDF")
