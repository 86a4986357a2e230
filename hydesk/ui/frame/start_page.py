"""The start page: the demonstration, a ledger from a project list, a ledger there is already; and recent ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSettings, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from hydesk.domain.errors import HydeskError
from hydesk.domain.server_address import ServerAddress, is_address
from hydesk.resource_files import resource
from hydesk.services.upkeep.kept_password import can_keep
from hydesk.ui import tokens
from hydesk.ui.frame import recent
from hydesk.ui.frame.guide import ListGuide
from hydesk.ui.frame.opening import LEDGER_ENDING, MakeDemo, MakeEmpty, OpenLedger
from hydesk.ui.frame.recent import Recent
from hydesk.ui.frame.server_form import ServerForm
from hydesk.ui.frame.toast import WorkLine
from hydesk.ui.help.ask import Help, topic_around
from hydesk.ui.jobs import Jobs
from hydesk.ui.kit.basic import Card, button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.files import LEDGERS, Purpose, ask_open
from hydesk.ui.kit.keys import enter_presses
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.words import OPEN
from hydesk.ui.plain import plain_text
from hydesk.ui.style import Theme, clothe

DEMO_FILE = "演示台账.hydesk"
_FRAME = 40
"""What the title bar takes, pixels."""


class Choice(Card):
    """One way to begin: what it is called and what it gives; works by mouse, Enter and the digit before it."""

    def __init__(self, number: int, title: str, text: str, chosen: Callable[[], None]) -> None:
        super().__init__(clickable=True)
        self.setAccessibleName(f"{title}。{text}")
        self.setToolTip(plain_text(f"按 {number}"))
        in_column(
            label(f"{number}　{title}", "heading"), label(text, "quiet", wrap=True), 1, on=self, gap=6, margins=(16, 14, 16, 14))
        self.clicked.connect(chosen)


class StartPage(QDialog):
    """Nothing is made here: a way is ``chosen``, and ``say_failed`` tells when it could not be gone."""

    chosen = Signal(object)
    """An OpenLedger, OpenServer, MakeDemo, MakeEmpty or MakeFromList."""

    def __init__(self, jobs: Jobs, theme: Theme, settings: QSettings, location: str, demo: str,
                 parent: QWidget | None = None) -> None:
        """``location``: where a new ledger is offered to lie; ``demo``: the folder of the demonstration ledger."""
        super().__init__(parent)
        clothe(self)
        self.setObjectName("page")
        if parent is not None:
            self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle("衡阳重点项目")
        self.setWindowIcon(QIcon(str(resource("icons", "app.svg"))))
        self._jobs, self._theme, self._settings = jobs, theme, settings
        self._location, self._demo = location, str(Path(demo, DEMO_FILE))
        self._held = ""
        self.setAcceptDrops(True)
        self.said = label("", "error", wrap=True)
        self.read_only = button("只读打开", self._open_to_read, kind="primary")
        self.workline = WorkLine()
        self.guide = ListGuide(jobs, theme, settings, location)
        self.guide.left.connect(lambda: self.turn_to(0))
        self.guide.chosen.connect(self._choose)
        self._missing: set[str] = set()
        self.table = self._recent_table()
        self.pages = QStackedWidget()
        self.pages.addWidget(self._first_page())
        self.pages.addWidget(self.guide)
        self.server: ServerForm | None = None
        self._lay_out()
        self.say_failed("")
        self.setProperty("helped", True)  # F1 is answered here; there may be no main window yet
        self._help = Help(theme, settings, QApplication.instance())  # what is being read stays when this page goes
        QShortcut(QKeySequence("F1"), self).activated.connect(self.show_page)
        jobs.started.connect(self.workline.follow)
        self.show_recent()
        self.resize(10, 10)
        self._take_room(900, 560 if self.table.isVisibleTo(self) else 330)
        self._choices[0].setFocus()

    def _lay_out(self) -> None:
        failed = in_row((self.said, 1), self.read_only, margins=(24, 0, 24, 0))
        in_column(failed, (self.pages, 1), self.workline, on=self, gap=8, margins=(0, 16, 0, 0))

    def _first_page(self) -> QWidget:
        self._choices = (
            Choice(1, "打开演示台账", "388 个编造的项目、两个月的报表，随便点、随便改，先看看怎么用。第一次要准备十来秒。",
                   lambda: self._choose(MakeDemo(self._demo))),
            Choice(2, "从 Excel 项目清单建台账", "拿今年的项目清单，哪种格式都行。先看读懂了什么、读不懂什么，确认后才建。",
                   lambda: self.turn_to(1)),
            Choice(3, "打开已有台账", "已经有 .hydesk 台账文件：本机的、U 盘上的、同事交来的，或备份。", self.ask_file),
            Choice(4, "连接服务器", "几个人共用的台账，在单位的服务器上：要地址、用户名和密码。", self.ask_server),
        )
        self.empty = button("没有清单，先建一本空台账", lambda: self._choose(MakeEmpty(self.guide.free_place())), kind="link")
        row = in_row(*((choice, 1) for choice in self._choices), gap=tokens.GAP)
        middle = in_row(self.empty, 1, button("第一次用？看手册　F1", self.show_page, kind="link"))
        self.where = label("", "quiet", wrap=True)
        self.folder = button("打开这个文件夹", self._open_folder)
        foot = in_row((self.where, 1), self.folder)
        page = QWidget()
        in_column(
            label("从哪里开始", "title"), row, middle, self._recent_head(), (self.table, 100), 1, foot, on=page, gap=10,
            margins=(24, 8, 24, 12))
        self.where.setText(f"台账是一个文件，只在本机，不上传。新台账放在 {Path(self._location).absolute().parent}")
        self.folder.setVisible(Path(self._location).absolute().parent.is_dir())
        return page

    def _recent_head(self) -> QHBoxLayout:
        self.take = button(OPEN, self._open_recent)
        self.remove = button("从列表中移除", self._remove, tip="只从这张表里去掉，文件不动（Delete）")
        head = QHBoxLayout()
        self._heading = label("最近打开的台账", "heading")
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(self.take)
        head.addWidget(self.remove)
        return head

    def _recent_table(self) -> Listing[Recent]:
        def faint(one: Recent) -> QColor | None:
            return QColor(self._theme.palette.quiet) if one.path in self._missing else None

        def state(one: Recent) -> str:
            return "○ 找不到文件" if one.path in self._missing else f"{one.opened:%Y-%m-%d %H:%M}"

        made = Listing([
            ListColumn("台账", lambda r: r.name, 220, color=faint),
            ListColumn("上次打开", state, 140, color=faint),
            ListColumn("位置", lambda r: r.where, 0, color=faint),
        ], self._theme, "最近打开的台账")
        made.opened.connect(self._open_recent)
        made.selectionModel().currentChanged.connect(lambda *_: self._allow())
        made.installEventFilter(self)
        return made

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.table and event.type() == QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]
            if key == Qt.Key.Key_Delete:
                self._remove()
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if enter_presses(event):
            return
        if self.pages.currentIndex() == 0 and Qt.Key.Key_1 <= key <= Qt.Key.Key_4:
            self._choices[key - Qt.Key.Key_1].clicked.emit()
            return
        if key == Qt.Key.Key_Escape and self.pages.currentIndex() == 1:
            self.guide.leave()
            return
        if key == Qt.Key.Key_Escape and self.pages.currentIndex() == 2:
            self.turn_to(0)
            return
        if key == Qt.Key.Key_Escape and self.parent() is None:
            return  # it would end the program
        super().keyPressEvent(event)

    def show_page(self) -> None:
        """F1: the handbook's page on beginning, or on the list."""
        try:
            self._help.ask(topic_around(self))
        except HydeskError as error:
            self.say_failed(str(error))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A ledger is opened, a table is read as a project list."""
        path = event.mimeData().urls()[0].toLocalFile()
        event.acceptProposedAction()
        if path.lower().endswith(LEDGER_ENDING):
            self._choose(OpenLedger(path))
        else:
            self.turn_to(1)
            self.guide.take_file(path)

    def turn_to(self, page: int) -> None:
        """Show the choices (0) or the guide from a list to a ledger (1)."""
        self.say_failed("")
        self.pages.setCurrentIndex(page)
        if page == 1:
            self._take_room(960, 640)  # tables to look at
            self.guide.begin()
        else:
            self._choices[1].setFocus()

    def _take_room(self, width: int, height: int) -> None:
        """At least so large, no larger than the screen allows, in its middle."""
        room = self.screen().availableGeometry()
        allowed = QSize(round(room.width() * 0.96), room.height() - _FRAME)
        size = self.size().expandedTo(QSize(tokens.wide(width), height)).boundedTo(allowed)
        if size != self.size():
            self.resize(size)
            self.move(room.x() + (room.width() - size.width()) // 2,
                      room.y() + max(0, room.height() - size.height() - _FRAME) // 2)

    def show_recent(self) -> None:
        """The ledgers opened before; which of them are gone is looked up beside, since a drive may be slow."""
        known = recent.recent_ledgers(self._settings)
        self._fill(known)

        def look(_progress: object) -> set[str]:
            return {r.path for r in known if not _is_there(r.path)}

        def done(missing: set[str]) -> None:
            self._missing = missing
            self.table.list.refresh_all()
            self._allow()

        if known:
            self._jobs.start("查看最近的台账", look, self, done=done, quiet=True)

    def _fill(self, known: Sequence[Recent]) -> None:
        self.table.list.show_items(known)
        if known:
            self.table.selectRow(0)
        for one in (self._heading, self.table, self.take, self.remove):
            one.setVisible(bool(known))
        self._allow()

    def _allow(self) -> None:
        current: Recent | None = self.table.current()
        self.remove.setEnabled(current is not None)
        self.take.setEnabled(current is not None and current.path not in self._missing)

    def _open_recent(self) -> None:
        current: Recent | None = self.table.current()
        if current is not None and self.take.isEnabled():
            self._choose(OpenLedger(current.path))

    def _remove(self) -> None:
        current: Recent | None = self.table.current()
        if current is not None:
            recent.forget(self._settings, current.path)
            self._fill(recent.recent_ledgers(self._settings))

    def ask_file(self) -> None:
        """Let a ledger's file be chosen."""
        path = ask_open(self, self._settings, Purpose.LEDGER, "打开台账", LEDGERS)
        if path:
            self._choose(OpenLedger(path))

    def ask_server(self, address: ServerAddress | None = None, *, carried: str = "", said: str = "") -> None:
        """Ask where the server is; ``carried``: a ledger's file to be moved there; ``said``: why it is asked again."""
        if self.server is None:
            self.server = ServerForm(can_keep=can_keep())
            self.server.entered.connect(self._choose)
            self.server.left.connect(lambda: self.turn_to(0))
            around = QScrollArea()
            around.setWidgetResizable(True)
            around.setWidget(self.server)
            self.pages.addWidget(around)
        self.say_failed(said)
        self.pages.setCurrentIndex(2)
        self._take_room(900, 600)
        self.server.show_address(address, carried=carried, keep=address is not None)

    def _choose(self, way: object) -> None:
        self.say_failed("")
        self.pages.setEnabled(False)
        self.chosen.emit(way)

    def say_failed(self, sentence: str, held: str = "") -> None:
        """Say why it did not go; ``held`` is a ledger that can at least be looked at. Empty: it goes on."""
        self._held = held
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        self.read_only.setVisible(bool(held))
        self.pages.setEnabled(True)
        if held:
            self.read_only.setFocus()

    def _open_to_read(self) -> None:
        self._choose(OpenLedger(self._held, read_only=True))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(self._location).absolute().parent)))


def _is_there(path: str) -> bool:
    try:
        return is_address(path) or Path(path).is_file()
    except OSError:
        return False
