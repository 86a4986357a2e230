"""How the review is laid out: findings at the left, projects above, the county's own sheet below."""

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
from hydesk.ui.kit.sheet_grid import SheetGrid
from hydesk.ui.plain import plain_text
from hydesk.ui.screens.returns.change_table import ChangeTable
from hydesk.ui.screens.returns.finding_panel import FindingPanel
from hydesk.ui.screens.returns.fitting import Hint
from hydesk.ui.screens.returns.heads import HeadPanel
from hydesk.ui.screens.returns.naming import NamingPage
from hydesk.ui.screens.returns.projects import ProjectTable, RowsShown
from hydesk.ui.screens.returns.send_back import SendBackPanel
from hydesk.ui.screens.returns.source_pane import SourcePane

LEFT_WIDTH = 304
ORIGINAL, CHANGES, HEADS, SOURCE = range(4)
"""The tabs below the projects."""


class ReviewLayout(QWidget):
    """The widgets of the review and where they stand; what they do is in ``ReviewPage``."""

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        theme = self._theme = desk.theme
        self.title = label("", "title")
        self.count = label("", "count")
        self.unit = QComboBox()
        self.unit.setAccessibleName("填报单位")
        self.unit.setMaximumWidth(tokens.wide(132))
        self.findings = FindingPanel(theme)
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
        self.apply = QPushButton("入库")
        self.apply.setObjectName("primary")
        self.back = QPushButton("退回…")
        self.back.setToolTip("把有问题的地方退给填报单位（Ctrl+B）")
        self.more = QToolButton()
        self._lay_out()

    def _head(self) -> QHBoxLayout:
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
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(back)
        head.addWidget(self.title)
        head.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        for one in (self.unit, self.more, self.back, self.apply):
            head.addWidget(one)
        return head

    def _lay_out(self) -> None:
        self.findings.setFixedWidth(tokens.wide(LEFT_WIDTH))
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(tokens.GAP)
        split.setChildrenCollapsible(False)
        split.addWidget(self._projects_card())
        split.addWidget(self._below_card())
        split.setSizes([330, 270])
        body = QHBoxLayout()
        body.setSpacing(tokens.GAP)
        body.addWidget(self.findings)
        self.beside = QStackedWidget()
        self.beside.addWidget(split)
        self.beside.addWidget(self.naming)
        body.addWidget(self.beside, 1)
        body.addWidget(self.back_panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.PAGE_MARGIN, 12, tokens.PAGE_MARGIN, tokens.PAGE_MARGIN)
        layout.setSpacing(10)
        layout.addLayout(self._head())
        layout.addLayout(body, 1)

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
        row.addWidget(Hint("空格 采用或不采用　F2 更正"), 1)
        row.addSpacing(12)
        row.addWidget(label("单位：万元", "small"))
        layout = QVBoxLayout(made)
        layout.setContentsMargins(1, 6, 1, 1)
        layout.setSpacing(6)
        layout.addLayout(row)
        layout.addWidget(self.projects, 1)
        return made

    def _narrow(self, show: RowsShown) -> None:
        """Show some of the rows, and go to them."""
        self.projects.narrow(show)
        self.projects.setFocus()

    def _below_card(self) -> Card:
        made = Card()
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName("原表、逐项变更、表头识别、数字来源")
        for text in ("原表", "逐项变更", "表头识别", "数字来源"):
            self.tabs.addTab(text)
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 8, 0)
        row.addWidget(self.tabs)
        row.addStretch(1)
        row.addWidget(self.sheets)
        self.below = QStackedWidget()
        for one in (self.grid, self.changes, self.heads, self.source):
            self.below.addWidget(one)
        self.tabs.currentChanged.connect(self.below.setCurrentIndex)
        self.tabs.currentChanged.connect(lambda at: self.sheets.setVisible(at == 0 and self.sheets.count() > 1))
        layout = QVBoxLayout(made)
        layout.setContentsMargins(1, 4, 1, 1)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.below, 1)
        return made


