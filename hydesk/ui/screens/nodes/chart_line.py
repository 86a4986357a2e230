"""Ctrl+P over the time line: 作战图 of what is shown, of what is selected, or of one project's nodes, for a printer or a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QWidget

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
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import label
from hydesk.ui.kit.pdf_pages import PdfFile
from hydesk.ui.kit.print_line import PrintLine

_WALL = 24
"""More projects than this are first offered on A1, up to ``_LEAF`` on A3."""
_LEAF = 150
"""More than this are offered on A0."""


class ChartLine(PrintLine):
    """打印作战图: what of it, on which paper, whole or in pieces."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "打印作战图", parent)
        self._named = "作战图"
        self.what, self.paper, self.tiles = QComboBox(), QComboBox(), QComboBox()
        for box, name in ((self.what, "印什么"), (self.paper, "纸张"), (self.tiles, "分页拼接")):
            box.setAccessibleName(name)
        self.paper.addItems(PAPER_SIZES)
        self._arrange((label("打印作战图", "heading"), self.what, self.paper, self.tiles))
        self.what.activated.connect(lambda _i: self._suit())
        self.paper.activated.connect(lambda _i: self._offer_tiles())
        self.tiles.activated.connect(lambda _i: self._lay_out_pages())

    @property
    def name(self) -> str:
        """What the chart is called."""
        return self._named

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
        self._offer()
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
        mine = self._await()

        def work(progress: Progress) -> tuple[PdfFile, PrintedChart, str]:
            chart = wall_chart(ledger, period, wish)
            with temporary_folder() as folder:
                printed = print_chart(ledger, chart, Path(folder) / "作战图.pdf", paper, tiles, progress)
                return PdfFile.open(printed.path), printed, chart_file(chart)

        def done(made: tuple[PdfFile, PrintedChart, str]) -> None:
            if mine == self._made:
                file, printed, name = made
                self._named = name.removesuffix(".pdf")
                pieces = f"，分成 {tiles} {printed.pages} 页" if tiles else ""
                self._settle(file, f"{paper} 共 {printed.sheets} 张{pieces}；字 {printed.size:g} 磅")

        def failed(error: Exception) -> None:
            if not isinstance(error, HydeskError):
                self._desk.jobs.failed.emit(error)
            elif mine == self._made:
                self.pages.say(str(error))

        self._desk.jobs.start("排版作战图", work, self, done=done, failed=failed, quiet=True)
