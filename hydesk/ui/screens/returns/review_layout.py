"""How the review is laid out: the questions at the left; beside them one question with its evidence, or on demand all
projects, the whole sheet, a figure's source, or the columns to be named."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from hydesk.ui import icons, tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.elided import ElidedLabel
from hydesk.ui.kit.fitting import Hint
from hydesk.ui.kit.head_row import HeadRow
from hydesk.ui.kit.pending import PendingStrip
from hydesk.ui.kit.sheet_grid import SheetGrid
from hydesk.ui.plain import plain_text
from hydesk.ui.screens.returns.change_table import ChangeTable
from hydesk.ui.screens.returns.evidence import EvidencePage
from hydesk.ui.screens.returns.heads import HeadPanel
from hydesk.ui.screens.returns.naming import NamingPage
from hydesk.ui.screens.returns.projects import ProjectTable, RowsShown
from hydesk.ui.screens.returns.queue import QueueList, QueueModel
from hydesk.ui.screens.returns.send_back import SendBackPanel
from hydesk.ui.screens.returns.source_pane import SourcePane

QUEUE_WIDTH = 250
EVIDENCE, ROWS, SHEET, SOURCE, NAMING = range(5)
"""What stands beside the questions."""
ORIGINAL, HEADS = range(2)
"""The tabs of the whole sheet."""


class ReviewLayout(QWidget):
    """The widgets of the review and where they stand; what they do is in ``ReviewPage``."""

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        theme = self._theme = desk.theme
        self.title, self.count = ElidedLabel("title"), ElidedLabel("count", whole=True)
        self.unit = QComboBox()
        self.unit.setAccessibleName("填报单位")
        self.unit.setMaximumWidth(tokens.wide(132))
        self.model = QueueModel(self)
        self.queue = QueueList(theme, self.model)
        self.asked, self.hint = label("", "heading"), label("", "small", wrap=True)
        self.evidence = EvidencePage(desk)
        self.heads = HeadPanel()
        self.projects = ProjectTable(theme)
        self.changes = ChangeTable(theme)
        self.grid = SheetGrid(theme)
        self.source = SourcePane(desk)
        self.naming = NamingPage(desk)
        self.naming.setMinimumWidth(1)  # a page that is rarely shown asks for no room while it is hidden
        self.sheets = QComboBox()
        self.sheets.setAccessibleName("工作表")
        self.back_panel = SendBackPanel(desk)
        self.signing = PendingStrip("签发前请看", write="入库　Enter", drop="回去核对")
        self.whole = self._switch("整张表　F11", "来表原样和表头识别", SHEET)
        self.rows = self._switch("全部项目　F12", "每个项目将写入什么，逐项勾选", ROWS)
        self.apply = QPushButton("入库")
        self.apply.setObjectName("primary")
        self.back = QPushButton("退回…　Ctrl+B")
        self.more = QToolButton()
        self._lay_out()

    def _switch(self, text: str, tip: str, page: int) -> QPushButton:
        made = QPushButton(text)
        made.setCheckable(True)
        made.setObjectName("switch")
        made.setToolTip(plain_text(tip))
        made.clicked.connect(lambda _=False: self.turn_to(EVIDENCE if self.beside.currentIndex() == page else page))
        return made

    def turn_to(self, page: int) -> None:
        """Show another page beside the questions; the keyboard goes there, and back to the questions."""
        self.beside.setCurrentIndex(page)
        for one, at in ((self.whole, SHEET), (self.rows, ROWS)):
            one.setChecked(page == at)
        {ROWS: self.projects, SHEET: self.grid}.get(page, self.queue).setFocus()

    def _head(self) -> HeadRow:
        back = QToolButton()
        back.setObjectName("flat")
        icons.put(back, "back", self._theme)
        back.setToolTip("返回收报（Esc）")
        back.setAccessibleName("返回收报")
        back.clicked.connect(self.left)
        self.more.setObjectName("menu")
        self.more.setText("整份 ▾")
        self.more.setAccessibleName("对整份报表")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(QMenu(self.more))
        head = HeadRow()
        head.put(back)
        head.put(self.title)
        head.put(self.count, lower=True)
        for one in (self.unit, self.whole, self.rows, self.more, self.back, self.apply):
            head.put(one)
        return head

    def _lay_out(self) -> None:
        body = in_row(self._queue_card(), gap=tokens.GAP)
        self.beside = QStackedWidget()
        for page in (self.evidence, self._rows_page(), self._sheet_page(), self._source_page(), self.naming):
            self.beside.addWidget(page)
        middle = in_column((self.beside, 1), self.signing, gap=8)
        body.addLayout(middle, 1)
        body.addWidget(self.back_panel)
        in_column(
            self._head(), (body, 1), on=self, gap=10, margins=(tokens.PAGE_MARGIN, 12, tokens.PAGE_MARGIN, tokens.PAGE_MARGIN))

    def _queue_card(self) -> Card:
        made = Card()
        made.setFixedWidth(tokens.wide(QUEUE_WIDTH))
        head = in_row(self.asked, 1, margins=(12, 0, 12, 0))
        layout = in_column(head, (self.queue, 1), on=made, gap=8, margins=(1, 10, 1, 8))
        below = in_column(self.hint, margins=(12, 0, 12, 0))
        layout.addLayout(below)
        return made

    def _rows_page(self) -> QWidget:
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(tokens.GAP)
        split.setChildrenCollapsible(False)
        split.addWidget(self._projects_card())
        changes = Card()
        layout = QVBoxLayout(changes)
        layout.setContentsMargins(1, 8, 1, 1)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        self.changes_title = label("逐项变更", "heading")
        head.addWidget(self.changes_title)
        head.addStretch(1)
        layout.addLayout(head)
        layout.addWidget(self.changes, 1)
        split.addWidget(changes)
        split.setSizes([360, 240])
        return split

    def _projects_card(self) -> Card:
        made = Card()
        row = QHBoxLayout()
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(0)
        self.shows: dict[RowsShown, QPushButton] = {}
        group = QButtonGroup(self)
        for number, show in enumerate(RowsShown, 1):
            one = QPushButton(show.value)
            one.setObjectName("segment")
            one.setCheckable(True)
            one.setChecked(show is RowsShown.ALL)
            one.setToolTip(plain_text(f"Alt+{number}"))
            one.setShortcut(f"Alt+{number}")
            one.clicked.connect(lambda _=False, s=show: self._narrow(s))
            group.addButton(one)
            row.addWidget(one)
            self.shows[show] = one
        row.addSpacing(12)
        row.addWidget(Hint("空格 采用或不采用　F2 更正　F3 看来源　Esc 回到问题"), 1)
        row.addSpacing(12)
        row.addWidget(label("单位：万元", "small"))
        in_column(row, (self.projects, 1), on=made, gap=6, margins=(1, 6, 1, 1))
        return made

    def _narrow(self, show: RowsShown) -> None:
        """Show some of the rows, and go to them."""
        self.projects.narrow(show)
        self.projects.setFocus()

    def _sheet_page(self) -> Card:
        made = Card()
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName("原表、表头识别")
        for text in ("原表", "表头识别"):
            self.tabs.addTab(text)
        row = in_row(self.tabs, 1, self.sheets, margins=(8, 0, 8, 0))
        pages = QStackedWidget()
        pages.addWidget(self.grid)
        pages.addWidget(self.heads)
        self.tabs.currentChanged.connect(pages.setCurrentIndex)
        self.tabs.currentChanged.connect(lambda at: self.sheets.setVisible(at == ORIGINAL and self.sheets.count() > 1))
        in_column(row, (pages, 1), on=made, gap=4, margins=(1, 4, 1, 1))
        return made

    def _source_page(self) -> Card:
        made = Card()
        in_column(self.source, on=made, margins=(1, 8, 1, 1))
        return made
