"""A backup a day, beside the ledger, and what the top line says about saving."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject

from hydesk.ui.desk import Desk

KEPT = 10
KEY = "last_backup"


class BackupKeeper(QObject):
    """Backs a ledger file up once a day at start; older backups beyond ten of its own are removed."""

    def __init__(self, desk: Desk, say: Callable[[str, str], None]) -> None:
        super().__init__(desk)
        self._desk, self._say = desk, say
        desk.changes.ledger_changed.connect(self._say_state)
        self._say_state()
        if desk.ledger.path is not None and self._last().date() < datetime.now().date():
            self._back_up(desk.ledger.path)

    def _last(self) -> datetime:
        try:
            return datetime.fromisoformat(str(self._desk.settings.value(f"{KEY}/{self._desk.ledger.location}")))
        except ValueError:
            return datetime.min

    def _back_up(self, ledger_path: Path) -> None:
        folder = ledger_path.parent / "backups"
        target = folder / f"{ledger_path.stem}-{datetime.now():%Y%m%d-%H%M}{ledger_path.suffix}"

        def work(_progress: object) -> None:
            from hydesk.services.backup_ledger import backup_ledger

            folder.mkdir(parents=True, exist_ok=True)
            backup_ledger(self._desk.ledger, target)
            for old in sorted(folder.glob(f"{ledger_path.stem}-????????-????{ledger_path.suffix}"))[:-KEPT]:
                old.unlink(missing_ok=True)

        self._desk.jobs.start("备份", work, self, done=lambda _r: self.note(), quiet=True,
                              failed=lambda e: self._say("■ 备份没有完成", str(e)))

    def note(self) -> None:
        """A backup has just been made."""
        self._desk.settings.setValue(f"{KEY}/{self._desk.ledger.location}", datetime.now().isoformat())
        self._say_state()

    def _say_state(self, *_: object) -> None:
        last = self._last()
        if self._desk.ledger.path is None:
            self._say("已保存", "台账在服务器上")
        elif last == datetime.min:
            self._say("已保存 · 尚未备份", "备份在设置页")
        else:
            today = last.date() == datetime.now().date()
            self._say(f"已保存 · 备份 {'今天' if today else last.strftime('%m-%d')} {last:%H:%M} ✓",
                      f"最近备份：{last:%Y-%m-%d %H:%M}")
