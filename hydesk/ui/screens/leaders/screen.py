"""The screen 联系领导: every leader at the left, at the right his projects: done, lagging, problems, next nodes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hydesk.domain.measures.words import standing
from hydesk.domain.touched import MOVES_FIGURES
from hydesk.services.pages.leader_sheet import leader_sheet, leader_words
from hydesk.services.pages.leaders import LeaderLine, LeadersPage, leaders_page
from hydesk.services.pages.ledger_query import LedgerQuery
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import EmptyState, button, label
from hydesk.ui.kit.elided import ElidedLabel
from hydesk.ui.kit.list_frame import ListFrame, tab_row
from hydesk.ui.kit.listing import Listing
from hydesk.ui.kit.meant import mean
from hydesk.ui.kit.paper_button import paper_button, save_paper
from hydesk.ui.kit.scope_picker import ScopePicker
from hydesk.ui.kit.words import COPIED
from hydesk.ui.reading import ReadingScreen
from hydesk.ui.requests import OpenProject, ShowLeader, ShowReport
from hydesk.ui.screens.leaders.columns import LEADERS, TABS, project_columns

_LEFT = 268
"""Points of the list of leaders."""


class LeadersScreen(ReadingScreen):
    """Two lists; the right one is that of the leader marked at the left."""

    READS = MOVES_FIGURES

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._page: LeadersPage | None = None
        self._wanted = ""
        self.scope = ScopePicker(desk)
        self.leaders = Listing(LEADERS, desk.theme, "联系领导", key=lambda x: x.name)
        self.projects = Listing(project_columns(desk.theme), desk.theme, "他的项目", key=lambda p: p.standing.id)
        self.tabs = tab_row([t.word for t in TABS], "他的项目")
        self.name, self.said, self.standing = label("", "heading"), ElidedLabel("quiet"), ElidedLabel("count")
        mean(self.said, "count", "annual_plan", "year_investment", "completion", "meaning", "problems", "nodes")
        self.empty = EmptyState()
        self.empty.offer(button("打开项目台账", lambda: desk.go_to("ledger"), kind="primary"))
        self.open_ledger = button("在台账中看", self._open_ledger, tip="Ctrl+Enter")
        self.print = paper_button("打印", self._save)
        self.one_page = button("情况单", self._open_sheet, tip="这一位领导一页的情况单，可以改文字、打印、归档")
        self.pages = ListFrame(
            "联系领导", (self._lists(), self.empty), beside_title=(self.standing,), acts=(self.scope, self.one_page, self.print, self.open_ledger),
        ).lay_out(self)
        self.leaders.chosen.connect(self._show_leader)
        self.tabs.currentChanged.connect(lambda _i: self._show_leader())
        self.projects.opened.connect(self._open_project)
        self.leaders.opened.connect(lambda *_: self.projects.setFocus())
        self.scope.chosen.connect(self.reload)
        for table in (self.leaders, self.projects):
            table.bind((("Ctrl+Return", self._open_ledger),))
            table.copied.connect(lambda n: desk.notice(COPIED.format(n=n)))

    def _lists(self) -> QWidget:
        held, line, right = QWidget(), QHBoxLayout(), QVBoxLayout()
        line.setContentsMargins(12, 8, 12, 0)
        line.setSpacing(tokens.GAP)
        line.addWidget(self.name)
        line.addWidget(self.said, 1)
        right.setSpacing(0)
        right.addLayout(line)
        right.addWidget(self.tabs)
        right.addWidget(self.projects, 1)
        layout = QHBoxLayout(held)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.leaders.setFixedWidth(tokens.wide(_LEFT))
        layout.addWidget(self.leaders)
        layout.addLayout(right, 1)
        return held

    def take(self, request: Any) -> None:
        """Mark the leader that is asked for."""
        if isinstance(request, ShowLeader):
            self._wanted = request.name
            if self.scope.scope.narrowed:
                self.scope.clear()
            elif self._page is not None and not self._stale:
                self._mark()

    def reload(self) -> None:
        """Read the leaders of the period."""
        self._stale = False
        ledger, period, scope = self._desk.ledger, self._desk.period, self.scope.scope
        self._desk.jobs.start("读取联系领导", lambda _p: leaders_page(ledger, period, scope), self, done=self._show, quiet=True)

    def _show(self, page: LeadersPage) -> None:
        if page.period != self._desk.period or page.scope != self.scope.scope:
            return
        self._page = page
        self.leaders.show_items(page.lines)
        self.pages.setCurrentIndex(0 if page.lines else 1)
        self.empty.say("这个范围里的项目都没有填联系领导。" if page.scope.narrowed else
                       "项目台账里还没有填市级联系领导、县级包联领导。在台账的“市级联系领导”栏里填好，这里就按人列出。")
        nobody = f"没有填领导的 {page.nobody} 个；" if page.nobody else ""
        self.standing.say(nobody + (standing(page.reach) if page.lines else ""))
        self._mark()

    def _mark(self) -> None:
        names = [x.name for x in self._page.lines] if self._page is not None else []
        wanted = self._wanted or (self.leader.name if self.leader is not None else "")
        self._wanted = ""
        if names:
            name = wanted if wanted in names else names[0]
            self.leaders.select([name], name)
        self._show_leader()

    @property
    def leader(self) -> LeaderLine | None:
        """The leader marked at the left."""
        return self.leaders.current()

    def _show_leader(self) -> None:
        x = self.leader
        for act in (self.open_ledger, self.print, self.one_page):
            act.setEnabled(x is not None)
        if x is None:
            self.projects.show_items(())
            return
        self.name.setText(x.name)
        self.said.say(leader_words(x))
        for index, tab in enumerate(TABS):
            self.tabs.setTabText(index, f"{tab.word} {sum(map(tab.keeps, x.projects))}")
        shown = TABS[self.tabs.currentIndex()]
        self.projects.show_items(sorted(filter(shown.keeps, x.projects), key=shown.order))

    def _open_project(self, *_: object) -> None:
        p = self.projects.current()
        if p is not None:
            self._desk.go_to("project", OpenProject(p.standing.id))

    def _open_ledger(self) -> None:
        """His projects in the ledger, within the page's scope."""
        if self.leader is not None:
            own = LedgerQuery(leaders=frozenset({self.leader.name}))
            self._desk.go_to("ledger", LedgerQuery.of(self.scope.scope.also(*own.conditions())))

    def _open_sheet(self) -> None:
        """His sheet of one page, where sentences can be changed and it is archived."""
        from hydesk.services.reports.compile_report import ReportKind  # the reports are read by then

        if self.leader is not None:
            self._desk.go_to("reports", ShowReport(ReportKind.LEADER.value, self.leader.name))

    def sheet(self) -> Callable[[], object]:
        """What makes the sheet of the leader marked, as the page stands now."""
        ledger, period, scope, x = self._desk.ledger, self._desk.period, self.scope.scope, self.leader
        return lambda: leader_sheet(ledger, period, x.name if x is not None else "", scope)

    def _save(self, form: str) -> None:
        if self.leader is not None:
            save_paper(self._desk, self, self, self.sheet(), f"联系领导项目清单（{self.leader.name}，{self._desk.period.label}）", form)

    def start_search(self) -> None:
        """Ctrl+F: the list of leaders has the keyboard; letters go to a name."""
        self.leaders.setFocus(Qt.FocusReason.ShortcutFocusReason)
