"""A ledger that can only be looked at: no screen offers an act of writing, no editor opens, and the window says why."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QTableView
from pytestqt.qtbot import QtBot

from hydesk.ui.desk import Desk
from hydesk.ui.frame.main_window import MainWindow
from tests.ui.conftest import open_window
from tests.ui.pattern_states import SCREEN_STATES

Settle = Callable[[Desk], None]
ACT = re.compile(r"登记|新增|新建|修改|删|撤销|收取|入库|导入|归档|交办|公布|结转|保存|写入|恢复为|判定…|添加|移除|采用|停用|列入|记下|忘记|编辑")
"""Words of acts of writing, anywhere in a button: a wider net than the program's own."""
READING = re.compile(r"修改记录|归档单|^归档$|已归档|未归档|还原列|恢复默认|恢复演练|全部入库的")


HINT = re.compile(r"F2 修改|粘贴|点“|拖到窗口|登记，|Del 放下")
"""How pages tell of acts of writing beside their buttons."""


def offered(window: MainWindow) -> list[str]:
    """The acts of writing that one could press now, and the tables that would open an editor."""
    found = [b.text() for b in window.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled() and b.window() is window
             and ACT.search(b.text()) and not READING.search(b.text()) and not b.isCheckable()]
    found += [x.text() for x in window.findChildren(QLabel) if x.isVisible() and x.window() is window and HINT.search(x.text())]
    found += [h for v in window.findChildren(QTableView) if v.isVisible() and v.model() is not None for c in range(v.model().columnCount())
              if HINT.search(h := str(v.model().headerData(c, Qt.Orientation.Horizontal) or ""))]
    return found + [f"editor in {v.accessibleName()}" for v in window.findChildren(QAbstractItemView)
                    if v.isVisible() and v.editTriggers() != QAbstractItemView.EditTrigger.NoEditTriggers and v.window() is window]


def test_no_screen_offers_to_write(desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    why = "台账正由另一个窗口使用"
    desk.ledger.look_only, desk.ledger.read_only = why, True
    window = open_window(desk, qtbot)
    assert any(why in x.text() for x in window.findChildren(QLabel) if x.isVisible()), "the window says why"
    wrong: dict[str, list[str]] = {}
    for key, walk in SCREEN_STATES.items():
        state = next(iter(walk(window, desk, lambda: settle(desk))))
        settle(desk)
        if found := offered(window):
            wrong[f"{key} {state}"] = found
    assert wrong == {}
    window.go_to("problems")
    settle(desk)
    problems = window.made("problems")
    problems.table.setFocus()  # type: ignore[attr-defined]
    qtbot.keyClick(problems.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)  # type: ignore[attr-defined]
    settle(desk)
    assert problems.panel.form is None, "nor does a key open a form"  # type: ignore[attr-defined]
