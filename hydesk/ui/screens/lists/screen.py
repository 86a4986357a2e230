"""The screen 项目清单管理: seven pages, opened from the ledger's menu."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from hydesk.ui import tokens
from hydesk.ui.changes import DECISIONS
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.head_row import HeadRow
from hydesk.ui.kit.list_frame import tabbed
from hydesk.ui.requests import ShowLists
from hydesk.ui.screens.lists.adjust import AdjustPage
from hydesk.ui.screens.lists.compare import ComparePage
from hydesk.ui.screens.lists.intake import IntakePage
from hydesk.ui.screens.lists.packages import PackagesPage
from hydesk.ui.screens.lists.past import PastPage
from hydesk.ui.screens.lists.plans import PlansPage
from hydesk.ui.screens.lists.rollover import RolloverPage

PAGES = ("intake", "adjust", "plans", "packages", "rollover", "past", "compare")


class ListsScreen(QWidget):
    """导入清单, 退出/调整清单, 序时计划, 打包项目, 年度结转, 往日台账 and 两日对照; a page is read when it comes to the front."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._stale = set(PAGES)
        self.intake = IntakePage(desk)
        self.adjust, self.packages = AdjustPage(desk), PackagesPage(desk)
        self.plans = PlansPage(desk)
        self.rollover, self.past = RolloverPage(desk), PastPage(desk)
        self.compare = ComparePage(desk)
        self._first: dict[str, QWidget] = {
            "intake": self.intake.waits.table, "adjust": self.adjust.form.kind, "plans": self.plans.table, "packages": self.packages.project,
            "rollover": self.rollover.years, "past": self.past.day.line, "compare": self.compare.then.line}
        """Where the keyboard begins on each page."""
        self.tabs, self.pages = tabbed([
            ("导入和待核", self.intake), ("退出/调整清单", self.adjust), ("序时计划", self.plans), ("打包项目", self.packages),
            ("年度结转", self.rollover), ("往日台账", self.past), ("两日对照", self.compare)], "项目清单管理的各页")
        self.tabs.setCurrentIndex(PAGES.index("adjust"))
        self.tabs.currentChanged.connect(lambda _at: self.shown())
        self.intake.waits.counted.connect(self._count)
        head = HeadRow()
        head.put(label("项目清单管理", "title"))
        head.put(self.tabs)
        head.spring()
        head.put(button("回到项目台账", lambda: desk.go_to("ledger"), kind="link"))
        in_column(head, (self.pages, 1), on=self, gap=10, margins=(tokens.PAGE_MARGIN, 12, tokens.PAGE_MARGIN, tokens.PAGE_MARGIN))
        desk.changes.ledger_changed.connect(self._changed)
        desk.period_changed.connect(self._of_period)

    def _count(self, waiting: int) -> None:
        self.tabs.setTabText(PAGES.index("intake"), f"导入和待核（{waiting}）" if waiting else "导入和待核")

    def _changed(self, what: frozenset[str]) -> None:
        if what - {DECISIONS}:
            self._forget()

    def _of_period(self, _period: object) -> None:
        self._forget()

    def _forget(self) -> None:
        self._stale = set(PAGES)
        if self.isVisible():
            self.shown()

    def shown(self) -> None:
        """Read the page in front where it is stale."""
        key = PAGES[self.tabs.currentIndex()]
        if key in self._stale:
            self._stale.discard(key)
            getattr(self, key).reload()
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):  # not from under the hands of who walks the tabs
            self._first[key].setFocus(Qt.FocusReason.TabFocusReason)

    def start_search(self) -> None:
        """Ctrl+F, where the page in front can be searched."""
        act = getattr(self.pages.currentWidget(), "start_search", None)
        if act is not None:
            act()

    def reload(self) -> None:
        """F5."""
        self._forget()

    def take(self, request: Any) -> None:
        """Turn to a page, with a project in hand."""
        if isinstance(request, ShowLists):
            self.tabs.setCurrentIndex(PAGES.index(request.page))
            self._first[request.page].setFocus(Qt.FocusReason.TabFocusReason)
            if request.path:
                self.intake.take_file(Path(request.path))
            elif request.project_id is not None and request.page == "adjust":
                self.adjust.form.take_project(request.project_id)
            elif request.project_id is not None and request.page == "packages":
                self.packages.take_project(request.project_id)
