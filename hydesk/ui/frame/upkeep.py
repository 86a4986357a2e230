"""What is done once a ledger's window is painted: its pages checked, backups kept, and what must be told is told."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from hydesk.services.upkeep.ledger_as_of import PastLedger
from hydesk.services.upkeep.lock_ledger import LedgerLock, place_warning
from hydesk.temporary import remove_left
from hydesk.ui.desk import Desk
from hydesk.ui.frame.backup import BackupKeeper, ServerBackups
from hydesk.ui.frame.in_hand import InHand
from hydesk.ui.frame.main_window import MainWindow
from hydesk.ui.frame.others import Others
from hydesk.ui.frame.server_state import ServerState
from hydesk.ui.jobs import Jobs

_CALM_MS = 200
_LATEST_MS = 5_000


class Calm(QObject):
    """Waits until the first screen has read what it shows, a few seconds at most: what is looked after only takes time from it."""

    come = Signal()
    """Once."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._quiet, self._latest = QTimer(self, singleShot=True, interval=_CALM_MS), QTimer(self, singleShot=True, interval=_LATEST_MS)
        self._quiet.timeout.connect(self._look)
        self._latest.timeout.connect(self._end)
        jobs.idle.connect(self._quiet.start)
        for timer in (self._quiet, self._latest):
            jobs.destroyed.connect(timer.stop)  # the window gave way to another one before it was calm
        self._quiet.start()
        self._latest.start()

    def _look(self) -> None:
        if isValid(self._jobs) and not self._jobs.busy:
            self._end()

    def _end(self) -> None:
        if not isValid(self._jobs):
            return  # the program is ending
        self._jobs.idle.disconnect(self._quiet.start)
        self._quiet.stop()
        self._latest.stop()
        self.come.emit()


class Upkeep(QObject):
    """Lives as long as the window; a past ledger needs none."""

    def __init__(self, desk: Desk, window: MainWindow, lock: LedgerLock | None) -> None:
        super().__init__(window)
        self._lock: LedgerLock | None = None
        self._calm = Calm(desk.jobs, self)
        self._calm.come.connect(lambda: self._look_after(desk, window))
        if isinstance(desk.ledger, PastLedger):
            window.topline.say_saved("只读", "过去的台账只能看，不能改")
            return
        if desk.ledger.look_only:
            desk.notice(desk.ledger.look_only, wrong=True)
        if desk.ledger.aside:
            desk.notice(desk.ledger.aside)
        if desk.ledger.path is None:
            self._server = ServerState(desk, window.topline.say_saved)
            self._others = Others(desk, window, self._server.note)
            self._in_hand = InHand(desk, window, window.stack.currentWidget, self._others.claim, window.topline.say_claimed)
            if not desk.ledger.read_only:
                self._copies = ServerBackups(desk, window)
            return
        self._backup = BackupKeeper(desk, window.topline.say_saved)
        self._others = Others(desk, window)
        self._lock = lock
        if warning := place_warning(desk.ledger.path):
            desk.notice(warning, wrong=True)

    def _look_after(self, desk: Desk, window: MainWindow) -> None:
        desk.jobs.start("清理临时文件", lambda _p: remove_left(), window, quiet=True)
        if isinstance(desk.ledger, PastLedger):
            return
        # A large ledger shows before all its pages are checked; where one is damaged, that is said and nothing is written.
        desk.jobs.start("检查台账", lambda _p: desk.ledger.wait_until_checked(), window, quiet=True,
                        done=lambda _checked: self._say_left(desk))
        place = desk.ledger.path
        if place is not None and not desk.ledger.read_only:
            desk.jobs.start("清理没有做完的文件", lambda _p: _clean(place), window, quiet=True)

    def _say_left(self, desk: Desk) -> None:
        if self._lock is not None and (left := self._lock.left_by) is not None:
            self._lock.left_by = None  # told once
            desk.notice(f"上次（{left.since:%m月%d日 %H:%M}）程序没有正常退出。已保存的内容都在，台账检查完好。")


def _clean(ledger: Path) -> None:
    from hydesk.services.upkeep.keep_backups import remove_unfinished

    remove_unfinished(ledger)
