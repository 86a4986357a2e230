"""The main window: navigation, top line, and the screens, made when they are first shown."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QMainWindow, QMessageBox, QVBoxLayout, QWidget

from hydesk.domain.errors import HydeskError, lacks_room, machine_sentence
from hydesk.domain.people import Right
from hydesk.domain.period_work import PeriodWork
from hydesk.resource_files import resource
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.frame.help_menu import HelpMenu
from hydesk.ui.frame.keyboard_place import KeyboardPlace
from hydesk.ui.frame.look_only import LookOnly, LookOnlyBanner
from hydesk.ui.frame.navigation import PLACES, Navigation
from hydesk.ui.frame.opening import LEDGER_ENDING, OpenLedger
from hydesk.ui.frame.past import PastBanner
from hydesk.ui.frame.places import keep_place, take_place
from hydesk.ui.frame.remembered import keep_arrangement, take_arrangement
from hydesk.ui.frame.stack import ScreenStack
from hydesk.ui.frame.toast import Toast, WorkLine
from hydesk.ui.frame.topline import TopLine
from hydesk.ui.kit.boxes import in_row
from hydesk.ui.kit.keys import enter_presses
from hydesk.ui.requests import TakeFiles
from hydesk.ui.style import clothe

log = logging.getLogger(__name__)


class Screen(Protocol):
    """What the window asks of a screen; every screen is also a QWidget."""

    def shown(self) -> None:
        """The screen has come to the front: read what is stale."""

    def take(self, request: Any) -> None:
        """Show what another screen asked for."""


_STEPS_BACK = 30
_WIDE_ENOUGH = 1100
"""Of the window, pixels, for the navigation's words."""
MakeScreen = Callable[[Desk], QWidget]


_SERVER_WAIT = 2.0
"""Seconds that a closing window waits for a server's answer."""


class MainWindow(QMainWindow):
    """Frame of the program. ``screens`` says how each screen is made; ``report_wrong`` takes unexpected errors."""

    def __init__(self, desk: Desk, name: str, screens: Mapping[str, MakeScreen],
                 report_wrong: Callable[[BaseException], None]) -> None:
        super().__init__()
        clothe(self)
        self._desk, self._make, self._report = desk, screens, report_wrong
        self._made: dict[str, QWidget] = {}
        self.current = ""
        self._came_from: list[str] = []
        self._small = False
        self.setWindowTitle(f"{name} — 衡阳重点项目")
        self.setWindowIcon(QIcon(str(resource("icons", "app.svg"))))
        self.setAcceptDrops(True)
        if desk.looks_only:
            self._guard = LookOnly(desk, self)
        self.navigation = Navigation(desk.theme)
        self.topline = TopLine(desk, name)
        self.stack = ScreenStack()
        self.workline = WorkLine()
        self.toast = Toast(self._lay_out())
        self.help_menu = HelpMenu(desk, self)
        self.navigation.offer_help(self.help_menu)
        self._connect()
        self._bind_keys()
        take_place(self, desk.settings)

    def _lay_out(self) -> QWidget:
        middle = QWidget()
        middle.setObjectName("page")
        right = QVBoxLayout()
        right.setSpacing(0)
        said = getattr(self._desk.ledger, "said", None)
        if said is not None:
            banner = PastBanner(said)
            banner.back_asked.connect(lambda: self._desk.past_asked.emit(None))
            right.addWidget(banner)
        elif self._desk.looks_only:
            right.addWidget(LookOnlyBanner(self._desk.ledger.why_not(Right.WRITE)))
        right.addWidget(self.topline)
        right.addWidget(self.stack, 1)
        right.addWidget(self.workline)
        in_row(self.navigation, (right, 1), on=middle, gap=0, margins=0)
        self.setCentralWidget(middle)
        return middle

    def _connect(self) -> None:
        desk = self._desk
        self.navigation.chosen.connect(self.go_to)
        self.navigation.narrowed.connect(self._narrow)
        self.navigation.set_narrow(str(desk.settings.value("narrow")) == "true")
        desk.wanted.connect(self.go_to)
        desk.back_wanted.connect(self.go_back)
        desk.noticed.connect(self.toast.show_notice)
        desk.work.told.connect(self._show_badges)  # a method: what the desk tells after the window is gone reaches nobody
        desk.jobs.started.connect(self.workline.follow)
        desk.jobs.failed.connect(self._failed)
        desk.operations.look_again(tell=False)
        self.stack.room_asked.connect(self._fit_navigation)
        self.stack.currentChanged.connect(lambda _i: self._fit_navigation())
        self.topline.finder.left.connect(KeyboardPlace(self.stack).give_back)

    def _show_badges(self, work: PeriodWork) -> None:
        self.navigation.show_badges(work.badges)

    def _narrow(self, narrow: bool) -> None:
        self.navigation.set_narrow(narrow)
        self._desk.settings.setValue("narrow", "true" if narrow else "false")

    def _bind_keys(self) -> None:
        def bind(keys: str | QKeySequence.StandardKey, act: Callable[[], object]) -> None:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(act)

        for number, place in enumerate(PLACES[:9], 1):
            bind(f"Ctrl+{number}", partial(self.go_to, place.key))
        bind("Ctrl+0", lambda: self.go_to("leaders"))
        bind("Ctrl+K", self._find)
        bind("Alt+Left", self.go_back)
        bind("Ctrl+Z", lambda: self._step_back("undo"))
        bind("Ctrl+Y", lambda: self._step_back("redo"))
        bind("Ctrl+Shift+Z", lambda: self._step_back("redo"))
        bind("Ctrl+F", lambda: self._hand_on("start_search"))
        bind("Ctrl+P", self._print)
        bind("F5", lambda: self._hand_on("reload"))

    def _find(self) -> None:
        self.topline.finder.setFocus()
        self.topline.finder.selectAll()

    def _hand_on(self, action: str) -> None:
        act = getattr(self.stack.currentWidget(), action, None)
        if act is not None:
            act()
        elif action == "start_search":
            self._find()

    def _print(self) -> None:
        """Ctrl+P: what is shown, where the screen can print it; else 报告."""
        if hasattr(self.stack.currentWidget(), "print_pages"):
            self._hand_on("print_pages")
        else:
            self.go_to("reports")

    def _step_back(self, way: str) -> None:
        own = getattr(self.stack.currentWidget(), "step_back", None)
        if own is not None and own(way):
            return
        operations = self._desk.operations
        (operations.step_back if way == "undo" else operations.step_forward)()

    def go_to(self, key: str, request: Any = None) -> None:
        """Show the screen called ``key`` and hand it ``request``."""
        if key not in self._made:
            screen = self._make[key](self._desk)
            screen.setObjectName("page")
            self._made[key] = screen
            self.stack.addWidget(screen)
            take_arrangement(key, screen, self._desk.settings)
        screen = self._made[key]
        if self.current and self.current != key:
            self._came_from = [*self._came_from[-_STEPS_BACK:], self.current]
            self.toast.leave_page()
        self.current = key
        self.navigation.set_current(key)
        self.stack.setCurrentWidget(screen)
        self.topline.finder.attend(screen)
        screen.shown()  # type: ignore[attr-defined]
        if request is not None:
            screen.take(request)  # type: ignore[attr-defined]

    def go_back(self) -> None:
        """Alt+Left: the screen that was in front before, as it was left."""
        if self._came_from:
            key = self._came_from.pop()
            self.current = ""
            self.go_to(key)

    def made(self, key: str) -> QWidget:
        """The screen called ``key``, which must have been shown."""
        return self._made[key]

    def _failed(self, error: Exception) -> None:
        if lacks_room(error) and self._desk.ledger.path is not None:
            said = str(error) if isinstance(error, HydeskError) else machine_sentence(error) or "磁盘空间不足，这一步没有做成。"
            self._desk.notice(said, self.topline.name.save_copy, label="台账另存到别处…", wrong=True)
        elif isinstance(error, HydeskError):
            self._desk.notice(str(error), wrong=True)
        else:
            self._unexpected(error)

    def _unexpected(self, error: Exception) -> None:
        """One odd value in a row of the ledger is no reason to end in the crash dialog."""
        from hydesk.services.upkeep.check_content import odd_sentence

        if said := odd_sentence(self._desk.ledger):
            log.error("odd value", exc_info=error)
            self._desk.notice(said, wrong=True)
        else:
            self._report(error)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(u.isLocalFile() for u in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = tuple(u.toLocalFile() for u in event.mimeData().urls() if u.isLocalFile())
        if len(paths) == 1 and paths[0].lower().endswith(LEDGER_ENDING):
            event.acceptProposedAction()
            self._desk.other_asked.emit(OpenLedger(paths[0]))
        elif paths:
            event.acceptProposedAction()
            self.go_to("returns", TakeFiles(paths))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_navigation()
        super().resizeEvent(event)

    def _fit_navigation(self) -> None:
        """Where the window has too little room, as on a screen at 200 % or with large text, the navigation shows icons."""
        needed = self.stack.minimumSizeHint().width() + tokens.NAV_WIDTH
        narrow = self.width() < max(_WIDE_ENOUGH, needed)
        if narrow != self._small:
            self._small = narrow
            self.navigation.set_narrow(narrow or str(self._desk.settings.value("narrow")) == "true")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not enter_presses(event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.topline.finder.list.hide()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        files = sum(getattr(s, "unsaved", 0) for s in self._made.values())
        steps = len(self._desk.operations.unwritten)
        if (files or steps) and not self._leave_unsaved(files, steps):
            event.ignore()
            return
        keep_place(self, self._desk.settings)
        for key, screen in self._made.items():
            keep_arrangement(key, screen, self._desk.settings)
            save = getattr(screen, "save_state", None)
            if save is not None:
                save()
        self.help_menu.help.close()
        # A file is written to the end; a server that does not answer keeps no window open.
        self._desk.jobs.finish(None if self._desk.ledger.path is not None else _SERVER_WAIT)
        super().closeEvent(event)

    def _leave_unsaved(self, files: int, steps: int) -> bool:
        said = [f"还有 {files} 份收到的报表没有存好，现在退出要重新收取。"] * bool(files)
        said += [f"还有 {steps} 步没有写进服务器上的台账，现在退出要重新做。"] * bool(steps)
        box = QMessageBox(QMessageBox.Icon.Question, "退出", "\n".join(said), parent=self)
        stay = box.addButton("回去处理", QMessageBox.ButtonRole.RejectRole)
        box.addButton("仍然退出", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.setWindowModality(Qt.WindowModality.WindowModal)
        box.exec()
        return box.clickedButton() is not stay
