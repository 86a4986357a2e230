"""Presses everything each role is offered, in every screen, panel and dialog, and lists what would be written: no more than the
server allows, and no less than a head is offered where the role may do it.

python scripts/walk_rights.py [--ledger FILE]: prints a table of acts by role, and ends with status 1 where a role is offered what
the server would refuse. Nothing is written: the operations only tell that they were asked for.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT)]

# ruff: noqa: E402 - the tree is put on the path first
import handbook_stage
from handbook_stage import Stage
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QMenu,
    QMessageBox,
    QTabBar,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

from hydesk.domain.people import Person, PersonRole, Right
from hydesk.services.upkeep.open_ledger import Ledger, open_ledger
from hydesk.ui.frame.main_window import MainWindow
from hydesk.ui.jobs import Jobs
from hydesk.ui.operations import Operations
from tests.ui.pattern_states import SCREEN_STATES, panel_states

Asked = dict[str, Right]
KEYS = ("F2", "Insert", "Delete", "Return", "Ctrl+Return", "Ctrl+N", "Ctrl+D", "Ctrl+E", "Alt+Up", "Alt+J", "Space", "5")
LEFT_ALONE = ("打开所在文件夹", "退出", "看手册", "帮助", "取消", "关闭")
"""What leads out of the window, or only leaves what is open."""


class Walk:
    """One role, from screen to screen."""

    def __init__(self, role: PersonRole, ledger: Path) -> None:
        self.role, self._ledger = role, ledger
        self.asked: Asked = {}
        """What was begun: the title of each operation and the right it names."""
        self.others: set[str] = set()
        """Jobs beside the operations that write."""
        self.refused: set[str] = set()
        self.at = ""
        """What was pressed last, and where."""
        self._pressed: set[tuple[str, str]] = set()

    def run(self) -> None:
        """Press everything once."""
        self._listen()
        handbook_stage.open_ledger = self._open  # type: ignore[attr-defined]
        with Stage(self._ledger, size=QSize(1366, 768)) as stage:
            self.stage = stage
            stage.desk.noticed.connect(lambda n: self.refused.add(n.text) if n.wrong else None)
            for key, states in SCREEN_STATES.items():
                for state in states(stage.window, stage.desk, stage.settle):
                    self._press_all(f"{key} {state}")
            for state in panel_states(stage.window, stage.desk, stage.settle):
                self._press_all(state)
            stage.wrong.clear()

    def _open(self, place: Any) -> Ledger:
        made = open_ledger(place)
        made.person = Person("张三", self.role)
        if not self.role.writes:
            made.look_only, made.read_only = "张三在这个台账里是读者，可以查看、打印、导出，不能改", True
        return made

    def _listen(self) -> None:
        walk = self

        def start(self: Operations, title: str, _work: Any, *_told: Any, right: Right, **_more: Any) -> None:
            if title not in walk.asked:
                walk.asked[title] = right
                if not walk.role.allows(right):
                    print(f"{walk.role.label} at {walk.at}: {title} ({right.value}) is offered and refused", flush=True)

        def begin(self: Jobs, title: str, work: Any, owner: Any, *, writes: bool = False, **more: Any) -> Any:
            if writes:
                if title not in walk.others and not walk.role.writes:
                    print(f"{walk.role.label} at {walk.at}: {title} is begun", flush=True)
                walk.others.add(title)
                return None
            return _begin(self, title, work, owner, **more)

        Operations._start = start  # type: ignore[method-assign, assignment]
        Jobs.start = begin  # type: ignore[method-assign, assignment]

    def _press_all(self, state: str) -> None:
        window = self.stage.window
        page = window.stack.currentWidget()
        place = state.partition(" ")[0]
        for thing in self._things(page):
            name = self._name(thing)
            if not isValid(thing) or (place, name) in self._pressed or not name or any(w in name for w in LEFT_ALONE):
                continue
            self._pressed.add((place, name))
            self._press(thing)
            self._press_new(place, page)
            self._leave(page)
            if window.stack.currentWidget() is not page:
                window.go_back()
                self.stage.settle(1)
        self._keys(page)

    def _things(self, page: QWidget) -> list[QWidget | QAction]:
        found: list[QWidget | QAction] = []
        for one in page.findChildren(QAbstractButton):
            if isValid(one) and one.isVisible() and one.isEnabled() and one.objectName() != "segment" and not isinstance(one.parent(), QTabBar):
                menu = one.menu() if isinstance(one, QToolButton) or hasattr(one, "menu") else None
                found += self._actions(menu) if menu is not None else [one]
        return found

    def _actions(self, menu: QMenu) -> list[QWidget | QAction]:
        menu.aboutToShow.emit()
        found: list[QWidget | QAction] = []
        for action in menu.actions():
            if not isValid(action):
                continue
            if action.menu() is not None:
                found += self._actions(action.menu())  # type: ignore[arg-type]
            elif action.isVisible() and action.isEnabled() and not action.isSeparator():
                found.append(action)
        return found

    @staticmethod
    def _name(thing: QWidget | QAction) -> str:
        try:
            return (thing.text() or (thing.accessibleName() if isinstance(thing, QWidget) else "")).split("　")[0]  # type: ignore[union-attr]
        except RuntimeError:  # gone since
            return ""

    def _press(self, thing: QWidget | QAction) -> None:
        self.at = f"{self.stage.window.current}, {self._name(thing)}"
        try:
            thing.click() if isinstance(thing, QAbstractButton) else thing.trigger()  # type: ignore[union-attr]
        except RuntimeError:
            return
        self.stage.settle(1)

    def _press_new(self, place: str, page: QWidget) -> None:
        """What came up: a form's own buttons."""
        for thing in self._things(page):
            name = self._name(thing)
            if isValid(thing) and name and (place, name) not in self._pressed and not any(w in name for w in LEFT_ALONE):
                self._pressed.add((place, name))
                self._press(thing)

    def _leave(self, page: QWidget) -> None:
        at = QApplication.focusWidget()
        for _ in range(2):
            if at is not None and isValid(at):
                QTest.keyClick(at, Qt.Key.Key_Escape)
        self.stage.settle(1)

    def _keys(self, page: QWidget) -> None:
        for table in [t for t in page.findChildren(QWidget) if t.isVisible() and hasattr(t, "selectRow") and t.model() is not None  # type: ignore[attr-defined]
                      and t.model().rowCount()][:3]:  # type: ignore[attr-defined]
            table.setFocus()
            table.selectRow(0)  # type: ignore[attr-defined]
            for key in KEYS:
                if not isValid(table) or not table.isVisible():
                    break
                self.at = f"{self.stage.window.current}, {key}"
                QTest.keySequence(table, key)
                self.stage.settle(1)
                self._leave(page)
                if self.stage.window.stack.currentWidget() is not page:
                    self.stage.window.go_back()


_begin = Jobs.start


def quiet_dialogs() -> None:
    """Nothing asks, and nothing leaves the window."""
    QFileDialog.getOpenFileName = staticmethod(lambda *_a, **_k: ("", ""))  # type: ignore[method-assign, assignment]
    QFileDialog.getOpenFileNames = staticmethod(lambda *_a, **_k: ([], ""))  # type: ignore[method-assign, assignment]
    QFileDialog.getSaveFileName = staticmethod(lambda *_a, **_k: ("", ""))  # type: ignore[method-assign, assignment]
    QFileDialog.getExistingDirectory = staticmethod(lambda *_a, **_k: "")  # type: ignore[method-assign, assignment]
    QDesktopServices.openUrl = staticmethod(lambda *_a: True)  # type: ignore[method-assign, assignment]
    for kind in (QMessageBox, QDialog, QMenu):
        kind.exec = lambda *_a, **_k: 0  # type: ignore[method-assign, assignment]
    MainWindow.close = lambda _self: False  # type: ignore[method-assign, assignment]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--role", choices=[r.value for r in PersonRole], help="one role only")
    asked = parser.parse_args()
    quiet_dialogs()
    walks: dict[PersonRole, Walk] = {}
    with tempfile.TemporaryDirectory() as folder:
        ledger = asked.ledger or Path(folder) / "demo.hydesk"
        if asked.ledger is None:
            from hydesk.services.demonstration.make_demo import make_demo_ledger

            make_demo_ledger(ledger).close()
        for role in PersonRole if asked.role is None else [PersonRole(asked.role)]:
            walks[role] = Walk(role, ledger)
            walks[role].run()
            print(f"{role.label}: {len(walks[role]._pressed)} things pressed", flush=True)
    wrong = 0
    acts = sorted({(right.value, title) for w in walks.values() for title, right in w.asked.items()})
    print("| right | act | " + " | ".join(r.label for r in walks) + " |")
    for right, title in acts:
        cells = []
        for role, walk in walks.items():
            offered, may = title in walk.asked, role.allows(Right(right))
            wrong += offered and not may
            cells.append(("offered" if may else "OFFERED AND REFUSED") if offered else "" if not may else "not met")
        print(f"| {right} | {title} | " + " | ".join(cells) + " |")
    for role, walk in walks.items():
        if walk.others and not role.writes:
            wrong += 1
            print(f"{role.label} began: {'、'.join(sorted(walk.others))}")
        print(f"{role.label} was told: {'；'.join(sorted(walk.refused))[:600]}")
    return min(1, wrong)


if __name__ == "__main__":
    sys.exit(main())
