"""The one place of wiring: paths, log, ledger, jobs, start page, main window."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from platformdirs import user_config_path
from PySide6.QtCore import QLibraryInfo, QObject, QSettings, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from hydesk import __version__
from hydesk.domain.errors import HydeskError
from hydesk.domain.job_progress import Progress
from hydesk.domain.periods import Period
from hydesk.domain.server_address import read_address
from hydesk.services.rules.settings import DEMO, get_setting
from hydesk.services.upkeep.default_ledger import default_ledger, log_file
from hydesk.services.upkeep.ledger_as_of import PastLedger, ledger_as_of
from hydesk.services.upkeep.open_ledger import Ledger, open_ledger
from hydesk.temporary import remove_own
from hydesk.ui import style
from hydesk.ui.changes import Changes
from hydesk.ui.crash import CrashReporter
from hydesk.ui.desk import Desk, Notice
from hydesk.ui.frame import first_paint, opening, recent
from hydesk.ui.frame.appearance import Appearance
from hydesk.ui.frame.front_door import FrontDoor
from hydesk.ui.frame.main_window import MainWindow
from hydesk.ui.frame.opening import AskServer, Opening, Way
from hydesk.ui.frame.upkeep import Upkeep
from hydesk.ui.garbage import UiGarbage, share_one_heap
from hydesk.ui.jobs import Jobs
from hydesk.ui.logs import set_up_log
from hydesk.ui.screens import SCREENS

log = logging.getLogger(__name__)


def run(ledger_location: str | None = None, pictures: Path | None = None, size: tuple[int, int] = (1366, 768), *,
        demo: bool = False) -> int:
    """Open the window on the ledger at ``ledger_location``, or on the one last opened; the exit status.

    Where there is none yet, the start page asks how to begin; ``demo`` makes the demonstration ledger unasked. With
    ``pictures`` every screen is painted once at ``size`` (pixels), saved in that folder, and the window closes.
    """
    share_one_heap()
    set_up_log(log_file())
    app = application(sys.argv[:1])
    garbage = UiGarbage(app)
    settings = QSettings(str(user_config_path("hydesk", appauthor=False) / "window.ini"), QSettings.Format.IniFormat)
    theme = style.Theme()
    Appearance(app, theme, settings)
    reporter = CrashReporter(log_file())
    sys.excepthook = reporter.hook
    start = Start(ledger_location or last_or_default(settings), theme, settings, reporter.report)
    reporter.takes = start.takes
    start.pictures, start.size, start.demo = pictures, size, demo or pictures is not None
    QTimer.singleShot(0, start.begin)
    status = app.exec()
    start.close()
    garbage.collect_what_is_due()
    return status


def last_or_default(settings: QSettings) -> str:
    """The ledger last opened here, also when its file is gone now; else the user's own, which need not exist."""
    known = recent.recent_ledgers(settings)
    return known[0].path if known else default_ledger()


def application(arguments: list[str]) -> QApplication:
    """The QApplication, with Qt's own texts in Chinese."""
    # A job that computes lets the window have its turn after half a millisecond instead of Python's five: painting a
    # screenful asks for it hundreds of times.
    sys.setswitchinterval(0.0005)
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication(arguments)
    app.setApplicationName("hydesk")
    app.setApplicationDisplayName("衡阳重点项目")
    app.setApplicationVersion(__version__)
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    return app


def _server_name(ledger: Ledger) -> str:
    """What the window calls a ledger on a server: whose it is to this person."""
    who = ledger.person
    return f"服务器台账（{who.login}·{who.role.label}）" if who is not None else "服务器台账"


class Start(QObject):
    """Shows the main window on the ledger that came in at the front door, and lets another take its place."""

    def __init__(self, location: str, theme: style.Theme, settings: QSettings,
                 report: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._location, self._theme, self._settings, self._report = location, theme, settings, report
        self._jobs = Jobs(self)
        self.door = FrontDoor(self._jobs, theme, settings, report)
        self.door.entered.connect(self._swap)
        self.door.refused.connect(self._say)
        self.door.gone.connect(self._no_pictures)
        self.window: MainWindow | None = None
        self.desk: Desk | None = None
        self._now: Opening | None = None
        self._past: PastLedger | None = None
        self._screen = "home"
        self.pictures: Path | None = None
        self.size = (1366, 768)
        self.demo = False

    def takes(self, error: BaseException) -> bool:
        """Whether ``error`` came of a value in the ledger, which the window then says."""
        from hydesk.services.upkeep.check_content import odd_sentence

        said = odd_sentence(self.desk.ledger) if self.desk is not None and isinstance(error, Exception) else ""
        if said and self.desk is not None:
            self.desk.notice(said, wrong=True)
        return bool(said)

    def begin(self) -> None:
        """Come to a ledger."""
        self.door.begin(self._location, demo=self.demo)

    def _say(self, notice: Notice) -> None:
        if self.desk is not None:
            self.desk.noticed.emit(notice)

    def _no_pictures(self) -> None:
        if self.pictures is not None:
            log.error("没有打开台账，画面没有保存")
            QApplication.exit(3)

    def _opened(self, found: Opening) -> None:
        self._now, self._location = found, found.way.location
        self._past = found.past if isinstance(found.past, PastLedger) else None
        place = found.ledger.path or read_address(found.way.location)
        if place is not None and self.pictures is None and not first_paint.wanted():
            recent.note_opened(self._settings, place)
        self._show(found.shown, found.period, found.offered)
        if (said := opening.told(found.way)) and self.desk is not None:
            self.desk.notice(said)

    def _show(self, ledger: Ledger, period: Period, offered: Sequence[Period]) -> None:
        self.desk = Desk(ledger, self._jobs, Changes(self), self._theme, self._settings, period)
        shown = recent.ledger_name(ledger.path) if ledger.path else _server_name(ledger)
        if self._past is not None and self._now is not None and self._now.ledger.path:
            shown = recent.ledger_name(self._now.ledger.path)
        if get_setting(ledger, DEMO, False):
            shown += "（演示数据）"
        self.window = MainWindow(self.desk, shown, SCREENS, self._report)
        self.window.topline.offer(offered)
        queued = Qt.ConnectionType.QueuedConnection
        self.desk.past_asked.connect(self._look_back, queued)
        self.desk.restore_asked.connect(self._restore, queued)
        self.desk.other_asked.connect(self._other, queued)
        self.desk.redraw_asked.connect(self.redraw, queued)
        self.window.show()
        # One opened for reading only may be opened again, to write, once the other window is closed.
        written = self._now.ledger if self._now is not None and not self._now.ledger.read_only else None
        self.door.inside(self.window, written.path if written is not None else None)
        QTimer.singleShot(0, self._after_paint)

    def _other(self, way: Way | AskServer | None) -> None:
        """Another ledger is asked for in the window."""
        if way is None:
            self.door.show_page(self._location)
        elif isinstance(way, AskServer):
            self.door.ask_server(self._location, carried=way.carried)
        else:
            self.door.take(way)

    def _after_paint(self) -> None:
        if self.window is None or self.desk is None or self._now is None:
            return
        if first_paint.wanted() == first_paint.HOME:
            self._stillness = first_paint.Stillness(self.window, self._jobs)
        elif first_paint.wanted():
            self._first_paint = first_paint.FirstPaint(self.window)
            return
        screen, self._screen = self._screen, "home"
        self.window.go_to(screen)
        self.desk.work.ask()
        if self.pictures is not None:
            from hydesk.ui.frame.pictures import save_pictures

            save_pictures(self.window, self.desk, self.pictures, self.size)
            return
        self._upkeep = Upkeep(self.desk, self.window, self._now.lock)

    def _restore(self, path: str, password: str = "") -> None:
        """Put a backup in the ledger's place and open the window again; on any fault the ledger is as before."""
        if self.window is None or self._now is None:
            return
        now, location = self._now, self._location
        waiting = self.door.wait_for(location)
        waiting.show()
        if not self.window.close():
            waiting.done()
            return
        self.door.outside()
        self.window.deleteLater()
        now.ledger.close()

        def work(_progress: Progress) -> tuple[Opening, str]:
            from hydesk.services.upkeep.pack_ledger import restore_package

            try:
                kept = restore_package(location, Path(path), password or None)
                said = f"已恢复备份，原台账另存为 {kept.name}" if kept else "已恢复备份"
            except HydeskError as e:
                said = f"没有恢复，台账没有改动：{e}"
            ledger = open_ledger(location)
            return replace(now, ledger=ledger, period=opening.periods_of(ledger, str(now.period))[0]), said

        def done(result: tuple[Opening, str]) -> None:
            self._opened(result[0])
            if self.desk is not None:
                self.desk.notice(result[1])

        self._jobs.start("恢复备份", work, self, done=done, failed=self.door.failed, writes=True)

    def _look_back(self, when: object) -> None:
        """Show the ledger as it stood at the end of a day or after an act, or (None) as it is now; a new window."""
        if self._now is None:
            return
        present, kept = self._now.ledger, str(self.desk.period) if self.desk is not None else ""

        def work(_progress: Progress) -> tuple[Ledger, Period, tuple[Period, ...]]:
            act = when if isinstance(when, int) else None
            shown = present if when is None else ledger_as_of(present, when if isinstance(when, date) else None, act)
            return shown, *opening.periods_of(shown, kept)

        def done(found: tuple[Ledger, Period, tuple[Period, ...]]) -> None:
            shown = found[0]
            if not self._leave_window():
                if isinstance(shown, PastLedger):
                    shown.close()
                return
            self._past = shown if isinstance(shown, PastLedger) else None
            self._show(*found)
            QApplication.setQuitOnLastWindowClosed(True)

        # Errors, such as a day before the ledger began, are said in the window that is open.
        self._jobs.start("打开过去的台账" if when is not None else "返回现在", work, self, done=done)

    def _swap(self, found: Opening) -> None:
        """Let the window on another ledger take the place of the one that is open."""
        if not self._leave_window():
            found.close()
            return
        if self._now is not None:
            self._now.close()
        self._opened(found)
        QApplication.setQuitOnLastWindowClosed(True)

    def redraw(self) -> None:
        """Make the window anew, in another size of text, at the screen that is open."""
        if self.window is None or self.desk is None or self._now is None:
            return
        screen, ledger, period = self.window.current, self.desk.ledger, self.desk.period
        offered = self.window.topline.offered
        past, self._past = self._past, None  # stays open
        if self._leave_window():
            self._screen = screen
            self._past = past
            self._show(ledger, period, offered)
        self._past = past
        QApplication.setQuitOnLastWindowClosed(True)

    def _leave_window(self) -> bool:
        """Close the window without ending the program; False where somebody wants to stay."""
        QApplication.setQuitOnLastWindowClosed(False)
        if self.window is None:
            return True
        if not self.window.close():
            QApplication.setQuitOnLastWindowClosed(True)
            return False
        self.door.outside()
        self.window.deleteLater()
        if self._past is not None:
            self._past.close()
            self._past = None
        return True

    def close(self) -> None:
        """Wait for what is under way, give the ledger back and take opened copies away."""
        self._jobs.close()
        if self._past is not None:
            self._past.close()
        if self._now is not None:
            self._now.close()
        remove_own()
