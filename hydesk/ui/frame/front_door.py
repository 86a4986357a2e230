"""The way in: a ledger is opened or made off the UI thread, by the start page where somebody has to choose."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QApplication, QWidget

from hydesk.domain.errors import HydeskError, OnlyToLook, RefusedLogin
from hydesk.domain.server_address import ServerAddress, read_address
from hydesk.services.acts.desk_folder import data_folder
from hydesk.services.upkeep.default_ledger import default_ledger
from hydesk.ui.desk import Notice
from hydesk.ui.frame import opening, recent
from hydesk.ui.frame.opening import MakeDemo, OpenLedger, OpenServer, Way
from hydesk.ui.frame.start import StartWindow
from hydesk.ui.jobs import Job, Jobs
from hydesk.ui.style import Theme

if TYPE_CHECKING:
    from hydesk.ui.frame.start_page import StartPage


class FrontDoor(QObject):
    """Sends every opened ledger out by ``entered``; what goes wrong is said where the choice was made."""

    entered = Signal(object)
    """An Opening."""
    refused = Signal(object)
    """A Notice: a ledger chosen in the main window does not open."""
    gone = Signal()
    """The ledger the program was started for does not open, and nobody is there to choose another."""

    def __init__(self, jobs: Jobs, theme: Theme, settings: QSettings, report: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._jobs, self._theme, self._settings, self._report = jobs, theme, settings, report
        self.waiting: StartWindow | None = None
        self.page: StartPage | None = None
        self.window: QWidget | None = None
        """The main window, over which the start page comes; None before there is one."""
        self.here: Path | None = None
        """The file of the ledger it shows."""

    def begin(self, location: str, *, demo: bool) -> None:
        """Open ``location``; where there is none, make the demonstration there (``demo``) or ask how to begin."""
        there = opening.exists(location)
        if not there and not demo:
            lost = location in [r.path for r in recent.recent_ledgers(self._settings)]
            self.show_page(location, f"找不到上次的台账“{location}”，请检查 U 盘或文件夹，或另选一本。" if lost else "")
            return
        job = self._go(OpenLedger(location) if there else MakeDemo(location), lambda e: self._not_begun(location, e))
        self.wait_for(location).follow(job, new=not there)

    def wait_for(self, location: str) -> StartWindow:
        """A small window for a ledger that is coming; shown by the caller or after a while."""
        made = self.waiting = StartWindow(location)
        made.others_wanted.connect(lambda: self.show_page(location))
        return made

    def _go(self, way: Way, failed: Callable[[Exception], None]) -> Job:
        kept = str(self._settings.value("period") or "")
        # Only what writes a new ledger waits for other writing; one that exists is opened beside it.
        return self._jobs.start(opening.title_of(way), lambda p: opening.go(way, kept, p), self,
                                done=self.entered.emit, failed=failed, cancelled=self._given_up,
                                writes=not isinstance(way, OpenLedger | OpenServer))

    def show_page(self, location: str, said: str = "") -> None:
        """Ask how to begin; a new ledger is offered to lie at ``location`` where that is free."""
        from hydesk.ui.frame.start_page import StartPage

        if self.page is None:
            known = location in [r.path for r in recent.recent_ledgers(self._settings)]
            place = default_ledger() if known or opening.exists(location) else location
            self.page = StartPage(self._jobs, self._theme, self._settings, place, str(data_folder()), self.window)
            self.page.chosen.connect(self.take)
            self.page.finished.connect(self._page_closed)
        if self.waiting is not None:
            self.waiting.done()
        self.page.show()
        self.page.raise_()
        if said:
            self.page.say_failed(said)

    def _page_closed(self, _result: int) -> None:
        page, self.page = self.page, None
        if page is not None:
            page.deleteLater()
        if self.window is None:
            self._jobs.finish()
            QApplication.exit(0)

    def inside(self, window: QWidget, here: Path | None) -> None:
        """The main window is there, on the ledger at ``here``."""
        self.window, self.here = window, here
        if self.waiting is not None:
            self.waiting.done()
        if self.page is not None:
            self.page.accept()

    def outside(self) -> None:
        """The main window is gone, and the start page with it."""
        if self.page is not None and self.window is not None:
            self.page.accept()
        self.window = self.here = None

    def take(self, way: Way) -> None:
        """Go a way that somebody has chosen, on the start page or in the window's menu."""
        if self.here is not None and Path(way.location).absolute() == self.here:
            if self.page is not None:
                self.page.accept()
            self.refused.emit(Notice("这本台账已经打开"))
            return
        self._go(way, lambda e: self._not_taken(way, e))

    def ask_server(self, location: str, address: ServerAddress | None = None, *, carried: str = "", said: str = "") -> None:
        """Ask where the server is, on the start page over whatever there is."""
        self.show_page(location)
        if self.page is not None:
            self.page.ask_server(address, carried=carried, said=said)

    def _not_taken(self, way: Way, error: Exception) -> None:
        if isinstance(error, RefusedLogin) and not isinstance(way, OpenServer) and (address := read_address(way.location)):
            self.ask_server(way.location, address, said=str(error))
            return
        held = way.location if isinstance(error, OnlyToLook) else ""
        said = self._sentence(error)
        if self.page is not None:
            self.page.say_failed(said, held)
            return
        read = OpenLedger(held, read_only=True)
        self.refused.emit(Notice(said, (lambda: self.take(read)) if held else None, "只读打开", wrong=True))

    def _given_up(self) -> None:
        if self.page is not None:
            self.page.say_failed("")

    def _not_begun(self, location: str, error: Exception) -> None:
        if isinstance(error, RefusedLogin) and (address := read_address(location)):
            self.ask_server(location, address, said=str(error))
            return
        said = self._sentence(error)
        self.gone.emit()
        if self.waiting is None:
            return
        if isinstance(error, OnlyToLook):
            read = OpenLedger(location, read_only=True)
            self.waiting.offer_read_only(said, lambda: self._read(read, location))
            return
        self.waiting.say_failed(said)

    def _read(self, way: OpenLedger, location: str) -> None:
        self._go(way, lambda e: self._not_begun(location, e))

    def failed(self, error: Exception) -> None:
        """A ledger that was open cannot be opened again: say so in the small window."""
        said = self._sentence(error)
        if self.waiting is not None:
            self.waiting.say_failed(said)

    def _sentence(self, error: Exception) -> str:
        if isinstance(error, HydeskError):
            return str(error)
        self._report(error)
        return "出了意外的错误，这本台账没有打开"
