"""The screen 联系领导: every leader at the left, at the right his projects: done, lagging, problems, next nodes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hydesk.domain.measures.words import standing
from hydesk.domain.money import MoneyUnit, format_money, format_percent, rate
from hydesk.domain.touched import MOVES_FIGURES
from hydesk.services.pages.leaders import LeaderLine, LeadersPage, LedProject, leaders_page
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, EmptyState, button, label
from hydesk.ui.kit.elided import ElidedLabel
from hydesk.ui.kit.list_frame import ListFrame, tab_row
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.scope_picker import ScopePicker
from hydesk.ui.reading import ReadingScreen
from hydesk.ui.requests import LedgerQuery, OpenProject, ShowLeader

SOON_DAYS = 30
"""A node due within as many days stands under 近期节点."""
TABS = ("全部", "滞后", "有问题", "近期节点")
_LEADERS: tuple[ListColumn[LeaderLine], ...] = (
    ListColumn("姓名", lambda x: x.name, 76, stretch=True),
    ListColumn("联系", lambda x: "、".join(r[:2] for r in x.roles), 52),
    ListColumn("项目", lambda x: str(x.totals.count), 46, order=lambda x: x.totals.count, right=True, measure="count"),
    ListColumn("完成率", lambda x: format_percent(x.totals.completion), 66, order=lambda x: x.totals.completion, right=True,
               measure="completion"),
    ListColumn("滞后", lambda x: str(x.lagging), 46, order=lambda x: x.lagging, right=True, measure="meaning"),
    ListColumn("问题", lambda x: str(x.open_problems), 46, order=lambda x: x.open_problems, right=True, measure="problems"),
)


def _node(p: LedProject) -> str:
    x = p.next
    if x is None:
        return "—"
    days = x.days or 0
    return f"{'逾期' if days < 0 else ''}{abs(days)}天{'' if days < 0 else '后'} {x.node.shown}"


_PROJECTS: tuple[ListColumn[LedProject], ...] = (
    ListColumn("编号", lambda p: p.standing.code, 96),
    ListColumn("项目名称", lambda p: p.standing.name, 130, stretch=True),
    ListColumn("县市区", lambda p: p.standing.unit, 76),
    ListColumn("年度计划", lambda p: format_money(p.standing.annual_plan), 90, order=lambda p: p.standing.annual_plan, right=True,
               measure="annual_plan"),
    ListColumn("累计完成", lambda p: format_money(p.standing.year_investment), 90, order=lambda p: p.standing.year_investment, right=True,
               measure="year_investment"),
    ListColumn("完成率", lambda p: format_percent(rate(p.standing.year_investment, p.standing.annual_plan)), 66,
               order=lambda p: rate(p.standing.year_investment, p.standing.annual_plan), right=True, measure="completion"),
    ListColumn("进度", lambda p: p.lamp.label, 90, tip=lambda p: p.lamp.reason, measure="meaning", key="meaning"),
    ListColumn("问题", lambda p: str(len(p.problems) or ""), 46, order=lambda p: len(p.problems), right=True,
               tip=lambda p: "\n".join(x.title or x.detail for x in p.problems), measure="problems"),
    ListColumn("下一节点", _node, 140, order=lambda p: None if p.next is None else p.next.days, measure="nodes"),
)


def _kept(tab: int, p: LedProject) -> bool:
    """Whether a tab shows the project."""
    node = p.next
    return (True, p.lamp.meaning.bad, bool(p.problems), node is not None and (node.days or 0) <= SOON_DAYS)[tab]


class LeadersScreen(ReadingScreen):
    """Two lists; the right one is that of the leader marked at the left."""

    READS = MOVES_FIGURES

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._page: LeadersPage | None = None
        self._wanted = ""
        self.scope = ScopePicker(desk)
        self.leaders = Listing(_LEADERS, desk.theme, "联系领导", key=lambda x: x.name)
        self.projects = Listing([
            replace(c, color=lambda p: desk.theme.palette.of_meaning(p.lamp.meaning)) if c.key == "meaning" else c for c in _PROJECTS],
            desk.theme, "他的项目", key=lambda p: p.standing.id)
        self.tabs = tab_row(TABS, "他的项目")
        self.name, self.said, self.standing = label("", "heading"), label("", "quiet", wrap=True), ElidedLabel("count")
        self.empty = EmptyState()
        self.empty.offer(button("打开项目台账", lambda: desk.go_to("ledger"), kind="primary"))
        self.pages = ListFrame(
            "联系领导", (self._lay_out(), self.empty), beside_title=(self.standing,), acts=(self.scope,)).lay_out(self)
        self.leaders.chosen.connect(self._show_leader)
        self.tabs.currentChanged.connect(lambda _i: self._show_leader())
        self.projects.opened.connect(self._open_project)
        self.leaders.opened.connect(lambda *_: self.projects.setFocus())
        self.scope.chosen.connect(self.reload)

    def _lay_out(self) -> QWidget:
        held, right = QWidget(), Card()
        self.open_ledger = button("在台账中看", self._open_ledger, tip="Ctrl+Enter")
        top = QHBoxLayout()
        top.setSpacing(tokens.GAP)
        top.addWidget(self.name)
        top.addWidget(self.said, 1)
        top.addWidget(self.open_ledger)
        inside = QVBoxLayout(right)
        inside.setContentsMargins(10, 8, 1, 1)
        inside.addLayout(top)
        inside.addWidget(self.tabs)
        inside.addWidget(self.projects, 1)
        layout = QHBoxLayout(held)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.leaders.setMinimumWidth(tokens.wide(334))
        self.leaders.setMaximumWidth(tokens.wide(350))
        layout.addWidget(self.leaders)
        layout.addWidget(right, 1)
        self.leaders.bind((("Ctrl+Return", self._open_ledger),))
        self.projects.bind((("Ctrl+Return", self._open_ledger),))
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
        current = self.leaders.current()
        wanted = self._wanted or (current.name if current is not None else "")
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
        self.open_ledger.setEnabled(x is not None)
        if x is None:
            self.projects.show_items(())
            return
        t, yi = x.totals, MoneyUnit.YI
        self.name.setText(x.name)
        self.said.setText(
            f"{'、'.join(x.roles)} {t.count} 个项目，年度计划 {format_money(t.annual_plan, yi, 2)} 亿元，完成 "
            f"{format_money(t.known('year_investment'), yi, 2)} 亿元（{format_percent(t.completion)}）；滞后 {x.lagging}，"
            f"未销号问题 {x.open_problems}（逾期 {x.late_problems}），逾期节点 {x.overdue_nodes}")
        self.said.setProperty("measure", "count annual_plan year_investment completion meaning problems nodes")
        for index, word in enumerate(TABS):
            self.tabs.setTabText(index, f"{word} {sum(_kept(index, p) for p in x.projects)}")
        self.projects.show_items([p for p in x.projects if _kept(self.tabs.currentIndex(), p)])

    def _open_project(self, *_: object) -> None:
        p = self.projects.current()
        if p is not None:
            self._desk.go_to("project", OpenProject(p.standing.id))

    def _open_ledger(self) -> None:
        """His projects in the ledger, within the page's scope."""
        if self.leader is not None:
            own = LedgerQuery(leaders=frozenset({self.leader.name}))
            self._desk.go_to("ledger", LedgerQuery.of(self.scope.scope.also(*own.conditions())))

    def start_search(self) -> None:
        """Ctrl+F: the list of leaders has the keyboard; letters go to a name."""
        self.leaders.setFocus(Qt.FocusReason.ShortcutFocusReason)
