"""Presses everything each role is offered, in every screen, panel, dialog and menu and by every way a hand has, and lists what would be
written: no more than the server allows, and no less than a head is offered where the role may do it.

python scripts/walk_rights.py [--ledger FILE] [--role ROLE]: prints a table of acts by role with the ways that led to them, and ends
with status 1 where a role can begin what the server would refuse. Nothing is written: operations only tell that they were asked for.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT)]

# ruff: noqa: E402 - the tree is put on the path first
import handbook_stage
import press_everything
from handbook_stage import Stage
from press_everything import Press, menu_presses, presses
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QWidget
from shiboken6 import isValid

from hydesk.domain.people import Person, PersonRole, Right
from hydesk.services.upkeep.open_ledger import Ledger, open_ledger
from hydesk.ui.frame.main_window import MainWindow
from hydesk.ui.jobs import Jobs
from hydesk.ui.operations import Operations
from tests.ui.pattern_states import SCREEN_STATES, dialogs, panel_states

LEFT_ALONE = ("打开所在文件夹", "退出", "看手册", "帮助", "取消", "关闭", "shortcut F1", "shortcut Shift+F1", "shortcut Alt+Left", "快捷键")
"""What leads out of the window, or only leaves what is open."""
SAMPLES = ROOT / "tests" / "samples" / "tidy"
STEPS = {"撤销", "重做"}
"""Taking back and doing again: begun by whoever writes, and refused by the act's own right (tests of undo)."""


class Walk:
    """One role, from screen to screen."""

    def __init__(self, role: PersonRole, ledger: Path, files: list[Path]) -> None:
        self.role, self._ledger, self._files = role, ledger, files
        self.asked: dict[tuple[str, Right], set[str]] = {}
        """What was begun, by the operation's title and the right it names: the ways that led to it."""
        self.others: dict[str, str] = {}
        """Writing jobs beside the operations, and where the first was begun."""
        self.refused: set[str] = set()
        self.at = ""
        """What was pressed last, and where."""
        self.pressed: set[tuple[str, str]] = set()

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
            self._place = "window"
            self._press_each(presses(stage.window, self._files), stage.window)
            for dialog in dialogs(stage.window, stage.desk):
                self._place = type(dialog).__name__
                dialog.show()
                self._press_each(presses(dialog, []), dialog)
                dialog.hide()
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
            if (title, right) not in walk.asked and not walk.role.allows(right):
                print(f"{walk.role.label} at {walk.at}: {title} ({right.value}) is begun and refused", flush=True)
            walk.asked.setdefault((title, right), set()).add(walk.at)

        def begin(self: Jobs, title: str, work: Any, owner: Any, *, writes: bool = False, **more: Any) -> Any:
            if writes:
                walk.others.setdefault(title, walk.at)
                return None
            return _begin(self, title, work, owner, **more)

        Operations._start = start  # type: ignore[method-assign, assignment]
        Jobs.start = begin  # type: ignore[method-assign, assignment]

    def _press_all(self, state: str) -> None:
        window = self.stage.window
        page = window.stack.currentWidget()
        self._place = state.partition(" ")[0]
        self._press_each(presses(page, self._files), page)
        if window.stack.currentWidget() is not page:
            window.go_back()
            self.stage.settle(1)

    def _press_each(self, offered: Iterable[Press], page: QWidget, *, deeper: bool = True) -> None:
        for name, press in list(offered):
            if (self._place, name) in self.pressed or any(w in name for w in LEFT_ALONE):
                continue
            self.pressed.add((self._place, name))
            self.at = f"{self._place}: {name}"
            press_everything.opened.clear()
            try:
                press()
            except RuntimeError:  # gone since
                continue
            self.stage.settle(1)
            for menu in list(press_everything.opened):
                if isValid(menu):
                    self._press_each(list(menu_presses(menu, f"{name} >")), page, deeper=deeper)
            if deeper and isValid(page):  # what came up: a form's own buttons
                self._press_each([p for p in presses(page, []) if p[0].startswith("button ")], page, deeper=False)
            if deeper:
                self._leave(page)

    def _leave(self, page: QWidget) -> None:
        at = QApplication.focusWidget()
        for _ in range(2):
            if at is not None and isValid(at):
                QTest.keyClick(at, Qt.Key.Key_Escape)
        self.stage.settle(1)
        if self.stage.window.stack.currentWidget() is not page and page is not self.stage.window and isValid(page) and not page.isWindow():
            self.stage.window.go_back()
            self.stage.settle(1)


_begin = Jobs.start


def quiet_dialogs() -> None:
    """Nothing asks, and nothing leaves the window."""
    picture = str(SAMPLES / "history.xlsx")
    QFileDialog.getOpenFileName = staticmethod(lambda *_a, **_k: (picture, ""))  # type: ignore[method-assign, assignment]
    QFileDialog.getOpenFileNames = staticmethod(lambda *_a, **_k: ([picture], ""))  # type: ignore[method-assign, assignment]
    QFileDialog.getSaveFileName = staticmethod(lambda *_a, **_k: ("", ""))  # type: ignore[method-assign, assignment]
    QFileDialog.getExistingDirectory = staticmethod(lambda *_a, **_k: "")  # type: ignore[method-assign, assignment]
    QDesktopServices.openUrl = staticmethod(lambda *_a: True)  # type: ignore[method-assign, assignment]
    for kind in (QMessageBox, QDialog):
        kind.exec = lambda *_a, **_k: 0  # type: ignore[method-assign, assignment]
    press_everything.take_menus()
    MainWindow.close = lambda _self: False  # type: ignore[method-assign, assignment]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--role", choices=[r.value for r in PersonRole], help="one role only")
    parser.add_argument("--json", type=Path, help="what was found, by role; of several runs put together with --of")
    parser.add_argument("--of", type=Path, nargs="*", default=[], help="print the table of these instead of walking")
    asked = parser.parse_args()
    found: dict[str, Any] = {}
    for file in asked.of:
        found |= json.loads(file.read_text(encoding="utf-8"))
    if not found:
        quiet_dialogs()
        with tempfile.TemporaryDirectory() as folder:
            ledger = asked.ledger or _demo(Path(folder))
            files = [*sorted((SAMPLES / "returns").iterdir())[:1], Path(folder) / "现场.jpg"]
            files[-1].write_bytes(b"\xff\xd8\xff\xe0")
            for role in PersonRole if asked.role is None else [PersonRole(asked.role)]:
                walk = Walk(role, ledger, files)
                walk.run()
                found[role.value] = {
                    "pressed": len(walk.pressed), "others": walk.others, "refused": sorted(walk.refused),
                    "asked": [[title, right.value, sorted(ways)] for (title, right), ways in walk.asked.items()]}
    if asked.json:
        asked.json.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    return table(found)


def _demo(folder: Path) -> Path:
    from hydesk.services.demonstration.make_demo import make_demo_ledger

    made = folder / "demo.hydesk"
    make_demo_ledger(made).close()
    return made


def table(found: dict[str, Any]) -> int:
    """Print what each role began; 1 where anything was begun that it may not do."""
    roles = [r for r in PersonRole if r.value in found]
    ways = {r: {(title, Right(right)): ways for title, right, ways in found[r.value]["asked"]} for r in roles}
    wrong = 0
    for role in roles:
        print(f"{role.label}: {found[role.value]['pressed']} things pressed")
    print("| right | act | " + " | ".join(r.label for r in roles) + " | by |")
    print("| --- | --- |" + " --- |" * (len(roles) + 1))
    for title, right in sorted({act for of in ways.values() for act in of}, key=lambda act: (act[1].value, act[0])):
        cells = []
        for role in roles:
            begun, may = (title, right) in ways[role], role.allows(right)
            wrong += begun and not may
            cells.append(("yes" if may else "BEGUN AND REFUSED") if begun else "—" if not may else "not met")
        by = sorted({w.partition(": ")[2].split(" ")[0] for of in ways.values() for w in of.get((title, right), ())})
        print(f"| {right.value} | {title} | " + " | ".join(cells) + f" | {'、'.join(by)} |")
    for role in roles:
        others = found[role.value]["others"]
        if not role.writes and others:
            wrong += 1
        print(f"{role.label} began besides: {'；'.join(f'{title}（{at}）' for title, at in sorted(others.items())) or 'nothing'}")
        print(f"{role.label} was told: {'；'.join(found[role.value]['refused'])[:800]}")
    return min(1, wrong)


if __name__ == "__main__":
    sys.exit(main())
