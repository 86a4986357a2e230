"""The ledger's menu, under its name in the top line: new, open, recent, a copy elsewhere, where it lies."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from hydesk.services.upkeep.ledger_as_of import PastLedger
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.frame import recent
from hydesk.ui.frame.opening import AskServer, OpenLedger
from hydesk.ui.frame.server_state import connection_words
from hydesk.ui.kit.files import LEDGERS, Purpose, ask_open, ask_save
from hydesk.ui.plain import plain_text

KEY = "F10"


class LedgerMenu(QToolButton):
    """Shows the ledger's name; F10 opens the menu."""

    def __init__(self, desk: Desk, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("ledger")
        self.setText(name.replace("&", "&&"))
        self.setAccessibleName(f"台账：{name}")
        self.setToolTip(plain_text(f"{self._where()}\n新建、打开、另存台账（{KEY}）"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        key = QShortcut(QKeySequence(KEY), self)
        key.activated.connect(self.showMenu)

    def _fill(self) -> None:
        menu, here = self._menu, self._desk.ledger.path is not None and not self._past()
        menu.clear()
        menu.addAction("新建台账…(&N)", lambda: self._desk.other_asked.emit(None))
        menu.addAction("打开台账…(&O)", self.ask_file)
        menu.addAction("连接服务器…(&C)", lambda: self._desk.other_asked.emit(AskServer()))
        others = menu.addMenu("最近打开(&R)")
        own = str(self._desk.ledger.path)
        for number, one in enumerate((r for r in recent.recent_ledgers(self._desk.settings) if r.path != own), 1):
            mark = f"&{number} " if number < 10 else ""
            entry = others.addAction(f"{mark}{one.name.replace('&', '&&')}　{one.opened:%m-%d %H:%M}",
                                     partial(self._desk.other_asked.emit, OpenLedger(one.path)))
            entry.setToolTip(plain_text(one.where))
        others.setToolTipsVisible(True)
        if others.isEmpty():
            others.addAction("没有别的台账").setEnabled(False)
        others.addSeparator()
        others.addAction("全部和移除…", lambda: self._desk.other_asked.emit(None))
        menu.addSeparator()
        for text, act in (("另存副本…(&S)", self.save_copy), ("打开所在文件夹(&F)", self.open_folder)):
            menu.addAction(text, act).setEnabled(here)
        if self._desk.ledger.path is not None:
            menu.addAction("搬到服务器…(&M)", lambda: self._desk.other_asked.emit(AskServer(own))).setEnabled(here)
        elif not self._past():
            menu.addAction("取回到本机…(&M)", self.fetch)
        menu.addAction("备份与恢复(&B)", lambda: self._desk.go_to("settings", "backups"))
        menu.addSeparator()
        where = self.fontMetrics().elidedText(self._where(), Qt.TextElideMode.ElideMiddle, tokens.wide(520))
        menu.addAction(where.replace("&", "&&")).setEnabled(False)

    def _past(self) -> bool:
        """Whether a past ledger is looked at: a copy for the time being, which lies nowhere to speak of."""
        return isinstance(self._desk.ledger, PastLedger)

    def _where(self) -> str:
        if self._past():
            return "往日台账，只能看"
        ledger = self._desk.ledger
        return f"台账放在 {ledger.path}" if ledger.path is not None else connection_words(ledger)

    def ask_file(self) -> None:
        """Let another ledger be chosen."""
        path = ask_open(self.window(), self._desk.settings, Purpose.LEDGER, "打开台账", LEDGERS)
        if path:
            self._desk.other_asked.emit(OpenLedger(path))

    def save_copy(self) -> None:
        """Copy the ledger elsewhere while it is open; the window stays on this one."""
        from hydesk.services.upkeep.backup_ledger import backup_ledger

        ledger = self._desk.ledger
        if ledger.path is None:
            return
        name = f"{recent.ledger_name(ledger.path)}（副本）.hydesk"
        path = ask_save(self.window(), self._desk.settings, Purpose.LEDGER, "另存副本", name, "台账 (*.hydesk)")
        if path:
            self._desk.jobs.start("另存副本", lambda _p: backup_ledger(ledger, Path(path)), self,
                                  done=lambda _r: self._desk.notice(
                                      f"副本已存到 {path}，打开检查完好", label="打开副本",
                                      undo=lambda: self._desk.other_asked.emit(OpenLedger(path))))

    def fetch(self) -> None:
        """Carry the ledger from the server into a file; the server's stays as it is."""
        from hydesk.services.upkeep.move_ledger import move_to_file

        ledger = self._desk.ledger
        path = ask_save(self.window(), self._desk.settings, Purpose.LEDGER, "取回到本机", "服务器台账.hydesk", "台账 (*.hydesk)")
        if path:
            self._desk.jobs.start("取回到本机", lambda p: move_to_file(ledger, Path(path), p), self,
                                  done=lambda rows: self._desk.notice(
                                      f"已取回到 {path}，{rows} 行逐行核对一致；服务器上的台账没有动", label="打开",
                                      undo=lambda: self._desk.other_asked.emit(OpenLedger(path))))

    def open_folder(self) -> None:
        """Show the folder in which the ledger lies."""
        if self._desk.ledger.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._desk.ledger.path.parent)))
