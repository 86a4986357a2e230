"""A stage for the handbook's pictures: the real window, offscreen, over made ledgers, on a day that never changes."""

from __future__ import annotations

import importlib
import os
import pkgutil
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSettings, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from hydesk.domain.periods import Period
from hydesk.services.upkeep.open_ledger import open_ledger
from hydesk.ui import style
from hydesk.ui.changes import Changes
from hydesk.ui.desk import Desk
from hydesk.ui.frame.main_window import MainWindow
from hydesk.ui.jobs import Jobs
from hydesk.ui.screens import SCREENS

ROOT = Path(__file__).resolve().parent.parent
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.update(dict.fromkeys(("LOGNAME", "USER", "LNAME", "USERNAME"), "李敏"))  # who does it all in the pictures
TODAY = date(2023, 7, 3)
"""The day on which all pictures are taken: the June returns are coming in."""
SIZE = QSize(1180, 664)
JUNE = Period.month(2023, 6)
_PATIENCE = 60.0


class _OneDay(type):
    def __instancecheck__(cls, other: object) -> bool:
        return isinstance(other, date)


class _Today(date, metaclass=_OneDay):
    @classmethod
    def today(cls) -> date:
        return TODAY


class _OneMoment(type):
    def __instancecheck__(cls, other: object) -> bool:
        return isinstance(other, datetime)


class _Now(datetime, metaclass=_OneMoment):
    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        return datetime(TODAY.year, TODAY.month, TODAY.day, 9, 30, tzinfo=tz)


def stop_the_clock() -> None:
    """Let every room of the program believe that it is ``TODAY``."""
    import hydesk

    for found in pkgutil.walk_packages(hydesk.__path__, "hydesk."):
        # hydesk.db.server wants a driver that only offices with a server install.
        if not found.name.startswith(("hydesk.db.migrations", "hydesk.db.server", "hydesk.app", "hydesk.cli")):
            module = importlib.import_module(found.name)
            if getattr(module, "date", None) is date:
                module.date = _Today  # type: ignore[attr-defined]
            if getattr(module, "datetime", None) is datetime:
                module.datetime = _Now  # type: ignore[attr-defined]


class Stage:
    """The window on a copy of ``ledger``; used as a context, one ledger at a time."""

    def __init__(self, ledger: Path, period: Period = JUNE, name: str = "市重点项目台账（演示数据）",
                 size: QSize = SIZE) -> None:
        self._folder = Path(tempfile.mkdtemp())
        self.app = QApplication.instance() or QApplication([])
        self.theme = style.Theme()
        style.dress(self.app, self.theme)  # type: ignore[arg-type]
        file = self._folder / "市重点项目台账.hydesk"
        shutil.copy(ledger, file)
        settings = QSettings(str(self._folder / "window.ini"), QSettings.Format.IniFormat)
        self.wrong: list[BaseException] = []
        self.desk = Desk(open_ledger(file), Jobs(), Changes(), self.theme, settings, period)
        self.desk.jobs.failed.connect(self.wrong.append)
        self.window = MainWindow(self.desk, name, SCREENS, self.wrong.append)
        self.window.topline.offer([period])
        self.window.topline.say_saved("已保存 · 备份 今天 09:30 ✓")
        self.window.resize(size)
        self.window.show()

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.window.help_menu.help.close()
        self.desk.jobs.finish()
        self.settle()
        for screen in self.window._made.values():
            if getattr(screen, "unsaved", 0):
                screen.unsaved = 0  # type: ignore[attr-defined]
        self.window.hide()
        self.desk.ledger.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        if error is None and self.wrong:
            raise self.wrong[0]

    def settle(self, quiet: int = 4) -> None:
        """Wait until nothing is under way, for ``quiet`` looks in a row."""
        until, calm = time.monotonic() + _PATIENCE, 0
        while calm < quiet and time.monotonic() < until:
            for _ in range(4):
                self.app.processEvents()
                time.sleep(0.02)
            calm = 0 if self.desk.jobs.busy else calm + 1

    def go(self, screen: str, request: Any = None) -> Any:
        """Show ``screen``; itself, when it has read all it shows."""
        self.window.go_to(screen, request)
        self.settle()
        return self.window.made(screen)

    def key(self, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key in ``widget``."""
        QTest.keyClick(widget, key, modifier)
        self.settle(2)

    def whole(self) -> QImage:
        """The whole window."""
        return self.part(self.window)

    def part(self, widget: QWidget, inside: QRect | None = None) -> QImage:
        """One widget, or a part of it."""
        self.settle(1)
        self.window.toast.hide()
        picture = widget.grab(inside if inside is not None else QRect(QPoint(0, 0), QSize(-1, -1)))
        return picture.toImage().convertToFormat(QImage.Format.Format_RGB32)

    def between(self, *widgets: QWidget, margin: int = 8) -> QImage:
        """The part of the window that just holds ``widgets``."""
        area = QRect()
        for one in widgets:
            area = area.united(QRect(one.mapTo(self.window, QPoint(0, 0)), one.size()))
        return self.part(self.window, area.adjusted(-margin, -margin, margin, margin).intersected(self.window.rect()))


Shot = Callable[[Stage], QImage]

