"""A picture of every screen, the handbook and 关于: the check that the installed program paints them all."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from hydesk.ui.desk import Desk
from hydesk.ui.frame.main_window import MainWindow
from hydesk.ui.frame.navigation import PLACES

log = logging.getLogger(__name__)

_LOOK_EVERY = 80
"""Milliseconds between looks whether the screen has read all it shows."""
_QUIET_LOOKS = 4
"""So many looks without work under way, and the screen counts as painted."""
HELP = ("handbook", "about")
"""Windows of 帮助, painted after the screens."""
_PATIENCE = 400
"""Looks after which a screen that never rests is taken as it is."""


class ScreenPictures(QObject):
    """Walks through the screens of ``window`` and saves each as ``folder``/<screen>.png, then calls ``done``.

    ``done`` gets the names of the screens of which no picture could be saved, or while which an unexpected
    error was reported.
    """

    def __init__(self, window: MainWindow, desk: Desk, folder: Path, size: QSize,
                 done: Callable[[list[str]], None]) -> None:
        super().__init__(window)
        self._window, self._desk, self._folder, self._done = window, desk, folder, done
        self._left = [*(place.key for place in PLACES), *HELP]
        self._shown: QWidget = window
        self._missed: list[str] = []
        self._errors = _Errors(self._note_error)
        self._quiet = self._looks = 0
        window.showNormal()
        window.resize(size)
        folder.mkdir(parents=True, exist_ok=True)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self._look)

    def begin(self) -> None:
        """Go to the first screen."""
        logging.getLogger().addHandler(self._errors)
        self._next()
        self._timer.start()

    def _next(self) -> None:
        self._quiet = self._looks = 0
        key = self._left[0]
        if key not in HELP:
            self._window.go_to(key)
            return
        menu = self._window.help_menu
        self._shown = menu.help.ask("first-hour") if key == "handbook" else menu.show_about()

    def _look(self) -> None:
        self._looks += 1
        self._quiet = 0 if self._desk.jobs.busy else self._quiet + 1
        if self._quiet < _QUIET_LOOKS and self._looks < _PATIENCE:
            return
        key = self._left.pop(0)
        if not self._shown.grab().save(str(self._folder / f"{key}.png")):
            self._missed.append(key)
        if self._left:
            self._next()
        else:
            self._timer.stop()
            self._shown.close()
            self._window.help_menu.help.close()
            logging.getLogger().removeHandler(self._errors)
            self._done(self._missed)

    def _note_error(self) -> None:
        """Something unexpected was reported while a screen was shown: its picture shows no sound program."""
        key = self._left[0] if self._left else ""
        if key and key not in self._missed:
            self._missed.append(key)


def save_pictures(window: MainWindow, desk: Desk, folder: Path, size: tuple[int, int]) -> None:
    """Save a picture of every screen in ``folder`` at ``size`` (pixels), and end the program: 3 where one is missing."""

    def done(missed: list[str]) -> None:
        if missed:
            log.error("没有保存的画面：%s", "、".join(missed))
        QApplication.exit(3 if missed else 0)

    ScreenPictures(window, desk, folder, QSize(*size), done).begin()


class _Errors(logging.Handler):
    def __init__(self, tell: Callable[[], None]) -> None:
        super().__init__(logging.ERROR)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        self._tell()
