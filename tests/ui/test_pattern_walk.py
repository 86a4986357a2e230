"""docs/patterns.md holds everywhere: a walk through every screen, panel and dialog, in the smallest window and in large text.

``scripts/walk_patterns.py`` walks the wide matrix of sizes and themes.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from hydesk.ui import style, tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit import words
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.elided import ElidedLabel
from hydesk.ui.kit.list_frame import tab_row
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.screens import SCREENS
from hydesk.ui.style import Theme
from tests.test_architecture import tree_of
from tests.ui.conftest import open_window
from tests.ui.pattern_states import (
    OTHER_DIALOGS,
    OTHER_FORMS,
    SCREEN_STATES,
    WALKED_DIALOGS,
    WALKED_FORMS,
    dialogs,
    panel_states,
)
from tests.ui.patterns import context_menus, faint_texts, faults, menu_faults, unfocused

UI = Path(__file__).resolve().parents[2] / "hydesk" / "ui"
Settle = Callable[[Desk], None]
SMALL = (1366, 700)


def classes_of(base: str) -> set[str]:
    """The classes of the window's code that derive from ``base``."""
    return {node.name for path in UI.rglob("*.py") for node in ast.walk(tree_of(path))
            if isinstance(node, ast.ClassDef) and base in {getattr(b, "id", "") for b in node.bases}}


def test_nothing_is_left_out_of_the_walk() -> None:
    assert set(SCREEN_STATES) == set(SCREENS)
    assert set(OTHER_DIALOGS) | WALKED_DIALOGS == classes_of("QDialog")
    assert set(OTHER_FORMS) | WALKED_FORMS == classes_of("PanelForm")


def test_no_colour_stands_outside_the_tokens() -> None:
    own = {"tokens.py"}
    found = [f"{path.name}: {m[0]}" for path in UI.rglob("*.py") if path.name not in own
             for m in re.finditer(r"\"#[0-9A-Fa-f]{6}\"", path.read_text(encoding="utf-8"))]
    assert found == []


def test_words_of_the_table_are_written_nowhere_else() -> None:
    held = {v for v in vars(words).values() if isinstance(v, str) and v != words.__doc__ and v != words.__name__}
    makers = {"button", "ListColumn", "Facet", "ColumnHead"}
    found = [f"{path.name}:{call.lineno} “{call.args[0].value}”" for path in UI.rglob("*.py")
             for call in ast.walk(tree_of(path))
             if isinstance(call, ast.Call) and getattr(call.func, "id", "") in makers and call.args
             and isinstance(call.args[0], ast.Constant) and call.args[0].value in held]
    assert {words.CANCEL, words.UNIT} < held
    assert found == [], "from hydesk.ui.kit.words"


@pytest.fixture
def sized(request: pytest.FixtureRequest, usual_look: None, qapp: QApplication, theme: Theme) -> str:
    """The application in a size of text, put back afterwards."""
    tokens.scale_text(tokens.TEXT_SIZES[request.param][1])
    style.dress(qapp, theme)
    return str(request.param)


@pytest.mark.parametrize("sized", ["standard"], indirect=True)
def test_every_screen_has_the_keyboard_on_arrival_and_keeps_the_patterns(sized: str, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    window = open_window(desk, qtbot)
    window.resize(*SMALL)
    window.activateWindow()
    found: list[str] = []
    for key, walk in SCREEN_STATES.items():
        state = next(iter(walk(window, desk, lambda: settle(desk))))
        settle(desk)
        where = f"{key} {state}"
        found += unfocused(window, window.made(key), key) + faults(window, where) + faint_texts(window, where) + context_menus(window, where)
    assert "\n".join(dict.fromkeys(found)) == ""


@pytest.mark.parametrize("sized", ["largest"], indirect=True)
def test_every_tab_panel_menu_and_dialog_keeps_them_in_the_largest_text(sized: str, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    window = open_window(desk, qtbot)
    window.resize(*SMALL)
    window.activateWindow()
    found: list[str] = []
    for key, walk in SCREEN_STATES.items():
        for state in walk(window, desk, lambda: settle(desk)):
            settle(desk)
            found += faults(window, f"{key} {state}")
    for state in panel_states(window, desk, lambda: settle(desk)):
        found += faults(window, state)
    for tool in [*window.findChildren(QToolButton), *window.findChildren(QPushButton)]:
        if isinstance(tool.menu(), QMenu):
            found += menu_faults(tool.menu(), tool.text())
    for dialog in dialogs(window, desk):
        dialog.resize(dialog.size().expandedTo(QSize(1040, 640)))  # the test's own screen is smaller than any desktop
        dialog.show()
        settle(desk)
        found += faults(dialog, type(dialog).__name__)
        dialog.close()
    assert "\n".join(dict.fromkeys(found)) == ""


def test_the_walk_finds_what_it_looks_for(qtbot: QtBot, theme: Theme) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    row = QHBoxLayout()
    for word in ("写入", "另一个"):
        row.addWidget(button(word, lambda: None, kind="primary"))
    layout.addLayout(row)
    short, line = label("完成投资合计 1,234.56 万元"), ElidedLabel()
    short.setFixedWidth(60)
    narrow = button("收取文件夹…", lambda: None)
    narrow.setFixedWidth(40)
    odd = label("标记 ⚑")
    tabs = tab_row(("第一页", "第二页", "第三页"), "各页")
    tabs.setFixedWidth(90)
    table = Listing([ListColumn("很长的一个栏目名称", str, 40), ListColumn("数", lambda n: f"{n:,}", 44, right=True)], theme, "表")
    faint = label("看不清的字")
    faint.setStyleSheet("color: #BBBBBB; background: white")
    for one in (short, line, narrow, odd, tabs, table, faint):
        layout.addWidget(one)
    page.resize(300, 400)
    page.show()
    table.show_items([123_456_789])
    table.setColumnWidth(0, 40)  # as somebody drags it: a listing keeps its heads whole by itself
    line.say("完成 123456789012")
    line.setText("完成 12345678…")  # as no label of the kit does any more
    found = "\n".join(faults(page, "页") + faint_texts(page, "页"))
    for part in ("2 primary buttons: 写入、另一个", "QLabel “完成投资合计", "QPushButton “收取文件夹…” wants", "⚑ U+2691", "tabs 各页: “第三页”",
                 "head “很长的一个栏目名称”", "figure “123,456,789”", "a figure is cut in ElidedLabel", "“看不清的字” has a contrast of 1"):
        assert part in found, (part, found)
