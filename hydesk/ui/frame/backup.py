"""Backups that make themselves beside the ledger, and what the top line says about saving."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from hydesk.domain.errors import lacks_room
from hydesk.domain.job_progress import Progress
from hydesk.ui.desk import Desk

KEY = "last_backup"
SECOND = "second_backup"
"""Settings of this desktop: when the ledger was last backed up, and the other folder that gets a copy."""
EVERY = 30 * 60 * 1000
FIRST = 2000
"""Milliseconds from the window until the first backup: the first page is read before its proof takes the processor."""


class BackupKeeper(QObject):
    """Backs a ledger file up at start and every half hour in which something changed; old ones go by rule."""

    def __init__(self, desk: Desk, say: Callable[[str, str], None]) -> None:
        super().__init__(desk)
        self._desk, self._say = desk, say
        self._changed = True
        self._running = False
        window = getattr(say, "__self__", None)
        if isinstance(window, QObject):
            window.destroyed.connect(self._stop)
        desk.changes.ledger_changed.connect(self._note_change)
        self._say_state()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.back_up)
        if desk.ledger.path is not None and not desk.ledger.read_only:
            self._timer.start()
            QTimer.singleShot(FIRST, desk.jobs, self.back_up)  # no longer than there is anybody to do it

    def _stop(self, *_: object) -> None:
        """The window is gone; another one has a keeper of its own."""
        self._timer.stop()
        self._running = True
        self._say = lambda _text, _tip: None

    def _note_change(self, _what: object) -> None:
        self._changed = True
        self._say_state()

    def back_up(self) -> None:
        """Back up now, off the UI thread, unless nothing changed since."""
        if not self._changed or self._running or self._desk.jobs.closed:  # the program may be ending when it is time
            return
        self._changed, self._running = False, True
        ledger = self._desk.ledger
        second = str(self._desk.settings.value(f"{SECOND}/{ledger.location}") or "")

        def work(progress: Progress) -> object:
            from hydesk.services.upkeep.keep_backups import keep_backup

            return keep_backup(ledger, second=Path(second) if second else None, progress=progress)

        self._desk.jobs.start("备份", work, self, done=self._done, quiet=True, failed=self._failed)

    def _done(self, kept: object) -> None:
        self._running = False
        self.note()
        warning = getattr(kept, "warning", None)
        if warning:
            self._say("■ 另一处没有备份", str(warning))

    def _failed(self, error: Exception) -> None:
        self._running, self._changed = False, True
        self._say("■ 备份没有完成", str(error))
        if lacks_room(error):
            self._desk.jobs.failed.emit(error)

    def note(self) -> None:
        """A backup has just been made."""
        self._desk.settings.setValue(f"{KEY}/{self._desk.ledger.location}", datetime.now().isoformat())
        self._say_state()

    def _last(self) -> datetime:
        try:
            return datetime.fromisoformat(str(self._desk.settings.value(f"{KEY}/{self._desk.ledger.location}")))
        except ValueError:
            return datetime.min

    def _say_state(self, *_: object) -> None:
        last = self._last()
        if self._desk.ledger.read_only:
            self._say("只读", self._desk.ledger.look_only or "台账正由另一个窗口使用，这里只能看，不能改")
        elif last == datetime.min:
            self._say("已保存 · 尚未备份", "备份在设置页")
        else:
            today = last.date() == datetime.now().date()
            self._say(f"已保存 · 备份 {'今天' if today else last.strftime('%m-%d')} {last:%H:%M} ✓",
                      f"最近备份：{last:%Y-%m-%d %H:%M}")


class ServerBackups(QObject):
    """Keeps a copy of a server's ledger at this desk, once a day, a while after the window came: its keeper's own backups
    are another machine's matter, and a desk with a copy of its own can always show what was there."""

    def __init__(self, desk: Desk, window: QWidget, first: int = 20_000) -> None:
        """``first``: milliseconds until the first look."""
        super().__init__(window)
        self._desk, self._window, self._running = desk, window, False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        QTimer.singleShot(first, self, self.look)

    def look(self) -> None:
        """Back up now, off the UI thread, where the newest copy here is of another day."""
        if self._running or not self._window.isVisible():
            return
        self._running = True
        ledger = self._desk.ledger
        second = str(self._desk.settings.value(f"{SECOND}/{ledger.location}") or "")

        def work(progress: Progress) -> object:
            from hydesk.services.upkeep.keep_backups import SERVER_DAILY, is_due, keep_backup

            return keep_backup(ledger, second=Path(second) if second else None, progress=progress) if is_due(ledger, SERVER_DAILY) else None

        self._desk.jobs.start("备份", work, self, done=self._done, quiet=True, failed=self._failed)

    def _done(self, kept: object) -> None:
        self._running = False
        if kept is None:
            return
        self._desk.settings.setValue(f"{KEY}/{self._desk.ledger.location}", datetime.now().isoformat())
        if warning := getattr(kept, "warning", None):
            self._desk.notice(str(warning), wrong=True)

    def _failed(self, error: Exception) -> None:
        self._running = False
        self._desk.notice(f"服务器上的台账没有备份到本机：{error}", wrong=True)
