"""Ctrl+P over the time line: 作战图 of what is shown, of what is selected, or of one project's nodes, for a printer or a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QHBoxLayout, QWidget

from hydesk.domain.errors import HydeskError
from hydesk.domain.job_progress import Progress
from hydesk.services.pages.wall_chart import (
    PAPER_SIZES,
    ChartWish,
    PrintedChart,
    chart_file,
    chart_leaders,
    print_chart,
    tiles_for,
    wall_chart,
)
from hydesk.temporary import temporary_folder
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.elided import ElidedLabel
from hydesk.ui.kit.escape import on_escape
from hydesk.ui.kit.files import Purpose, ask_save
from hydesk.ui.kit.keys import bind
from hydesk.ui.kit.pdf_pages import PdfFile

_WALL = 24
"""More projects than this are first offered on A1, up to ``_LEAF`` on A3."""
_LEAF = 150
"""More than this are offered on A0."""


class ChartLine(QFrame):
    """打印作战图: what of it, on which paper, whole or in pieces; the printer, a file. Enter prints, Esc leaves."""

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("panel")
        self.setAccessibleName("打印作战图")
        self._made = 0
        self._named = "作战图"
        self.file: PdfFile | None = None
        """The pages, once they are laid out."""
        self.what, self.paper, self.tiles = QComboBox(), QComboBox(), QComboBox()
        for box, name in ((self.what, "印什么"), (self.paper, "纸张"), (self.tiles, "分页拼接")):
            box.setAccessibleName(name)
        self.paper.addItems(PAPER_SIZES)
        self.pages = ElidedLabel("quiet")
        self.print = button("打印", self.ask, kind="primary", tip="Enter")
        self.save = button("存为 PDF…", self.ask_where)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(tokens.GAP)
        for one in (label("打印作战图", "heading"), self.what, self.paper, self.tiles):
            row.addWidget(one)
        row.addWidget(self.pages, 1)
        for act in (self.save, self.print, button("取消　Esc", self.leave)):
            row.addWidget(act)
        self.what.activated.connect(lambda _i: self._suit())
        self.paper.activated.connect(lambda _i: self._offer_tiles())
        self.tiles.activated.connect(lambda _i: self._lay_out_pages())
        bind(self, (("Return", self.ask), ("Enter", self.ask)))
        on_escape(self, self.leave)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.hide()

    def begin(self, shown: ChartWish, selected: Mapping[int, str]) -> None:
        """Offer ``shown``, and of it the projects ``selected``; of one alone its nodes. ``selected`` has codes by id."""
        with QSignalBlocker(self.what):
            self.what.clear()
            self.what.addItem(f"显示的 {len(shown.only or ()):,} 个项目", shown)
            if len(selected) > 1:
                self.what.addItem(f"选中的 {len(selected):,} 个项目", replace(shown, only=list(selected)))
            for code in selected.values() if len(selected) == 1 else ():
                self.what.addItem("选中项目的节点", ChartWish(project=code))
        ledger, period = self._desk.ledger, self._desk.period
        self._desk.jobs.start("读取联系领导", lambda _p: chart_leaders(ledger, period), self, done=self._offer_leaders, quiet=True)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._suit()

    def _offer_leaders(self, names: Sequence[str]) -> None:
        """Below what is shown: everybody's projects, whatever the filters leave."""
        if self.isHidden() or any(isinstance(w := self.what.itemData(i), ChartWish) and w.leader for i in range(self.what.count())):
            return
        for name in names:
            self.what.addItem(f"{name}联系的项目", ChartWish(leader=name))

    @property
    def wish(self) -> ChartWish:
        """What is to be drawn."""
        made: ChartWish = self.what.currentData()
        return made

    def _suit(self) -> None:
        """Paper that suits what is chosen."""
        count = 1 if self.wish.project or self.wish.leader else len(self.wish.only or ())
        self.paper.setCurrentText("A3" if count <= _WALL else "A1" if count <= _LEAF else "A0")
        self._offer_tiles()

    def _offer_tiles(self) -> None:
        kept = self.tiles.currentData()
        with QSignalBlocker(self.tiles):
            self.tiles.clear()
            self.tiles.addItem("整张", "")
            for page in tiles_for(self.paper.currentText()):
                self.tiles.addItem(f"分成 {page} 拼接", page)
            self.tiles.setCurrentIndex(max(0, self.tiles.findData(kept)))
        self.tiles.setVisible(self.tiles.count() > 1)
        self._lay_out_pages()

    def _lay_out_pages(self) -> None:
        ledger, period, wish = self._desk.ledger, self._desk.period, self.wish
        paper, tiles = self.paper.currentText(), str(self.tiles.currentData() or "")
        self._made += 1
        mine, self.file = self._made, None
        self._allow(False)
        self.pages.say("正在排版…")

        def work(progress: Progress) -> tuple[PdfFile, PrintedChart, str]:
            chart = wall_chart(ledger, period, wish)
            with temporary_folder() as folder:
                printed = print_chart(ledger, chart, Path(folder) / "作战图.pdf", paper, tiles, progress)
                return PdfFile.open(printed.path), printed, chart_file(chart)

        def done(made: tuple[PdfFile, PrintedChart, str]) -> None:
            if mine == self._made:
                self.file, printed, name = made
                self._named = name.removesuffix(".pdf")
                self.pages.say(f"{paper} 共 {printed.sheets} 张" + (f"，分成 {tiles} {printed.pages} 页" if tiles else "") + f"；字 {printed.size:g} 磅")
                self._allow(True)
                if self.isVisible() and QApplication.focusWidget() in (None, self):
                    self.print.setFocus(Qt.FocusReason.OtherFocusReason)

        def failed(error: Exception) -> None:
            if not isinstance(error, HydeskError):
                self._desk.jobs.failed.emit(error)
            elif mine == self._made:
                self.pages.say(str(error))

        self._desk.jobs.start("排版作战图", work, self, done=done, failed=failed, quiet=True)

    def _allow(self, on: bool) -> None:
        for one in (self.print, self.save):
            one.setEnabled(on)

    def ask(self) -> None:
        """Ask for the printer, and print."""
        if self.file is not None and not self.isHidden():
            from hydesk.ui.kit.printing import ask_and_print

            file = self.file
            self.leave()
            ask_and_print(self._desk, file, self._named, self.window())

    def ask_where(self) -> None:
        """Ask for a file, and save the pages there."""
        path = ask_save(self, self._desk.settings, Purpose.EXPORT, "存为 PDF", f"{self._named}.pdf", "PDF (*.pdf)")
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Save the pages at ``path``."""
        if (file := self.file) is not None:
            self.leave()
            self._desk.jobs.start("存为 PDF", lambda _p: file.save(path), self, done=lambda _n: self._desk.notice(f"已存为 {path}"))

    def leave(self) -> None:
        """Put the line away and give its pages back."""
        self._made += 1
        self.file = None
        self.hide()
        self.left.emit()
