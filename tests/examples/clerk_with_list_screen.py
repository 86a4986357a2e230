"""A list screen of our own, walked in the window. Run by test_list_screen.py with a copy of the program."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import hydesk
from hydesk.domain.periods import Period
from hydesk.services.upkeep.open_ledger import create_ledger
from hydesk.ui import style
from hydesk.ui.changes import Changes
from hydesk.ui.desk import Desk
from hydesk.ui.frame.main_window import MainWindow
from hydesk.ui.jobs import Jobs
from hydesk.ui.list_screen import ListScreen
from hydesk.ui.screens import SCREENS
from tests.services.made import code, facts, take_list

FOLDER = Path(sys.argv[1])
assert Path(hydesk.__file__).is_relative_to(FOLDER)
app = QApplication([])
theme = style.Theme()
style.dress(app, theme)
ledger = create_ledger(FOLDER / "台账.hydesk")
take_list(ledger, *(facts(n, reporting_unit=unit, total_investment=n * 10_000_000)
                    for n, unit in enumerate(("衡南县", "衡南县", "祁东县"), 1)))
desk = Desk(ledger, Jobs(), Changes(), theme, QSettings(str(FOLDER / "window.ini"), QSettings.Format.IniFormat),
            Period.month(2023, 6))


def fail(error: BaseException) -> None:
    raise error


def settle() -> None:
    until = time.monotonic() + 60
    while desk.jobs.busy and time.monotonic() < until:
        app.processEvents()
        time.sleep(0.005)
    app.processEvents()


window = MainWindow(desk, "台账", SCREENS, fail)
window.show()
window.go_to("undated")
settle()
screen = next(w for w in window.findChildren(ListScreen))
assert screen.count.text() == "3 条", screen.count.text()
QTest.keyClicks(screen.filters.search, "qdx")
settle()
assert screen.count.text() == "3 条中的 1 条", screen.count.text()
assert [p.code for p in screen.table.list.items] == [code(3)]
screen.filters.ask("", {"units": {"衡南县"}})
assert [p.code for p in screen.table.list.items] == [code(1), code(2)]
screen.table.horizontalHeader().sectionClicked.emit(3)
assert [p.code for p in screen.table.list.items] == [code(2), code(1)]
screen.table.setFocus()
screen.table.selectRow(0)
QTest.keyClick(screen.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
assert QGuiApplication.clipboard().text().startswith("编号\t项目名称\t填报单位"), QGuiApplication.clipboard().text()
QTest.keyClick(screen.table, Qt.Key.Key_Return)
settle()
assert screen.isHidden() or not screen.isVisible()
desk.jobs.finish()
settle()
window.close()
ledger.close()
print("done", flush=True)
os._exit(0)
