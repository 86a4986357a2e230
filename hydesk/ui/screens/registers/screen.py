"""The screens 考核与榜单 and 调度会: at the left every mechanism once, at the right the page or register of it that is chosen.

The registers a mechanism stands on are its tabs; those of none stand below, under 其他台账.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import (
    QStackedWidget,
    QWidget,
)

from hydesk.domain.milestones import day_of
from hydesk.domain.people import Right
from hydesk.services.registers.list_registers import RegisterSummary
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import EmptyState, button
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.offering import offer
from hydesk.ui.mechanisms import MECHANISMS, RANKINGS, Mechanism, mechanism_of
from hydesk.ui.plain import plain_text
from hydesk.ui.requests import OpenProject, ShowRegister
from hydesk.ui.screens.registers.acts import Acts
from hydesk.ui.screens.registers.design import BLANK, DesignPage
from hydesk.ui.screens.registers.mechanism_list import LEADERS, MechanismList
from hydesk.ui.screens.registers.pages import PAGES
from hydesk.ui.screens.registers.register_page import RegisterPage
from hydesk.ui.screens.registers.shipped import ShippedRegisters


class RegistersScreen(QWidget):
    """The mechanisms of one screen, each with its pages and registers."""

    def __init__(self, desk: Desk, screen: str = RANKINGS) -> None:
        super().__init__()
        self._desk = desk
        self._where = screen
        self.mechanisms = tuple(m for m in MECHANISMS if m.screen == screen)
        self._stale = True
        self._wanted: Any = None
        self._missing = 0
        self._gained: tuple[str, ...] = ()
        """What registers of an earlier version can gain, in words."""
        self._arriving = False
        """Whether the keyboard is to go to the page once it is there."""
        self.summaries: list[RegisterSummary] = []
        self.chosen: Any = None
        self._last: dict[str, Any] = {}
        """By the word of a mechanism the part of it that was shown last."""
        self.acts = Acts(desk, self)
        self.shipped = ShippedRegisters(desk, self.acts)
        self.list = MechanismList(desk.theme)
        self.page = RegisterPage(desk)
        self.design = DesignPage(desk)
        self.empty = EmptyState()
        self.fixed: dict[str, QWidget] = {}
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.add_button = button("新建台账", lambda: self.start_design(0), tip="自己定字段的台账")
        self.fill_button = button("启用自带台账", self.shipped.use)
        self.renew_button = button("补充新字段", self.shipped.renew)
        self.renew_button.hide()
        begin = button("启用", self.shipped.use, kind="primary")
        offer(self._desk, Right.REGISTERS, self.add_button, self.fill_button, self.renew_button, begin)
        side = in_column((self.list, 1), self.fill_button, self.renew_button, self.add_button, gap=8)
        self.empty.say("这里放办公室的各项机制：备案、承诺、榜单、观摩、调度会、红黄榜、五单一图谱、规划目标、考核和自定义台账。"
                       "数字取自项目台账，不用再填一遍。")
        self.empty.offer(begin)
        for widget in (self.empty, self.page, self.design):
            self.stack.addWidget(widget)
        left = QWidget()
        left.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        left.setFixedWidth(tokens.wide(178))
        in_row(
            left, (self.stack, 1), on=self, gap=tokens.GAP,
            margins=(tokens.PAGE_MARGIN, 12, tokens.PAGE_MARGIN, tokens.PAGE_MARGIN))
        self.left = left

    def _connect(self) -> None:
        desk = self._desk
        desk.changes.ledger_changed.connect(self._refresh)
        desk.period_changed.connect(self._refresh)
        self.list.chosen.connect(self._switch)
        self.list.entered_item.connect(self._enter)
        self.page.design_wanted.connect(self.start_design)
        self.page.project_wanted.connect(self.show_project)
        self.design.left.connect(lambda: self.open(self.chosen))
        self.design.saved.connect(lambda key: self.take(ShowRegister(register_id=key)))
        self.design.removed.connect(lambda: self.open(self._first()))
        self.page.parts.chosen.connect(self._turn)

    # What the window asks ---------------------------------------------------------------------------------

    def shown(self) -> None:
        """Read again if something changed meanwhile."""
        self._arriving = True
        if self._stale:
            self.reload()
        else:
            self._focus()

    def take(self, request: Any) -> None:
        """Show what another screen asked for."""
        if isinstance(request, ShowRegister):
            there = mechanism_of(page=request.page)
            if there is not None and there.screen != self._where:
                self._desk.go_to(there.screen, request)
                return
            self._wanted, self._arriving = request, True
            self.reload()

    def start_search(self) -> None:
        """Ctrl+F."""
        act = getattr(self.stack.currentWidget(), "start_search", None)
        if act is not None:
            act()

    def reload(self) -> None:
        """Read the list and what is shown."""
        self._stale = False
        ledger, on = self._desk.ledger, day_of(self._desk.period, date.today())

        def work() -> tuple[list[RegisterSummary], int, tuple[str, ...]]:
            from hydesk.services.registers.list_registers import list_registers
            from hydesk.services.registers.renew_registers import renewals
            from hydesk.services.registers.save_register import missing_shipped

            more = tuple(f"{r.name}：{'、'.join(r.gained)}" for r in renewals(ledger))
            return list_registers(ledger, on), len(missing_shipped(ledger)), more

        self.acts.read("读取各项机制", work, self._show)

    def _refresh(self, *_: object) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()

    # The list ---------------------------------------------------------------------------------------------

    def _show(self, read: tuple[list[RegisterSummary], int, tuple[str, ...]]) -> None:
        self.summaries, self._missing, self._gained = read
        self.left.setVisible(bool(self.summaries) and self._where == RANKINGS)
        self.fill_button.setVisible(bool(self._missing and self.summaries))
        self.fill_button.setText(f"启用自带台账（{self._missing} 本）")
        self.renew_button.setVisible(bool(self._gained and self.summaries))
        self.renew_button.setText(f"补充新字段（{len(self._gained)} 本）")
        self.renew_button.setToolTip(plain_text("新版本自带台账多出来的字段，补进以前启用的台账；已填的和自己改过的不动，可撤销。\n"
                                     + "\n".join(self._gained)))
        if not self.summaries:
            self.chosen = None
            self.stack.setCurrentWidget(self.empty)
            return
        self._fill()
        if self._wanted is not None:
            self._show_wanted()
        elif self.stack.currentWidget() is not self.design:
            known = {s.id for s in self.summaries} | set(PAGES)
            self.open(self.chosen if self.chosen in known else self._first())

    def _first(self) -> Any:
        """The first part of the first mechanism."""
        return self._parts(self.mechanisms[0])[0][1]

    def _show_wanted(self) -> None:
        request, self._wanted = self._wanted, None
        own = next((s for s in self.summaries if s.id == request.register_id or (request.key and s.definition.key == request.key)), None)
        key = own.id if own is not None else request.page
        there = mechanism_of(register=own.definition.key) if own is not None else None
        if own is not None and (there.screen if there is not None else RANKINGS) != self._where:
            self._desk.go_to(there.screen if there is not None else RANKINGS, request)
        elif key:
            self.open(key)
            if isinstance(key, int) and request.record_id:
                self.page.show_register(key, request.record_id)

    def _fill(self) -> None:
        self.list.show_mechanisms(self.mechanisms, self.summaries)

    def _parts(self, mechanism: Mechanism) -> list[tuple[str, Any]]:
        """The parts there are in this ledger, each a word and a key: a page's name or a register's number."""
        ids = {s.definition.key: s.id for s in self.summaries}
        return [(p.word, p.page or ids[p.register]) for p in mechanism.parts if p.page or p.register in ids]

    def _mechanism(self, key: Any) -> Mechanism | None:
        """The mechanism of a page or register."""
        if not isinstance(key, int):
            return mechanism_of(page=str(key))
        own = next((s.definition.key for s in self.summaries if s.id == key), "")
        return mechanism_of(register=own)

    def _switch(self, chosen: Any) -> None:
        if isinstance(chosen, Mechanism):
            self.open(self._last.get(chosen.word) or self._parts(chosen)[0][1])
        elif isinstance(chosen, int):
            self.open(chosen)

    def _enter(self, chosen: Any) -> None:
        """A click, or Enter: the keyboard goes to the page; 联系领导 is a screen of its own."""
        if chosen == LEADERS:
            self._desk.go_to(LEADERS)
        elif chosen is not None:
            self._focus()

    def _turn(self, key: Any) -> None:
        """Another tab of the mechanism."""
        if key is not None and key != self.chosen:
            self._arriving = True
            self.open(key)

    def open(self, key: Any) -> None:
        """Show a register by its key or a page by its name, and mark its mechanism in the list."""
        if key is None:
            return
        mechanism = self._mechanism(key)
        self.list.mark(mechanism if mechanism is not None else key)
        self._open(key, mechanism)

    def _open(self, key: Any, mechanism: Mechanism | None) -> None:
        self.chosen = key
        parts = self._parts(mechanism) if mechanism is not None else []
        if mechanism is not None:
            self._last[mechanism.word] = key
        if isinstance(key, int):
            self.page.heading = mechanism.word if mechanism is not None else ""
            self.page.parts.offer(parts, key)
            self.stack.setCurrentWidget(self.page)
            self.page.show_register(key)
            self._arrive()
            return
        if key not in self.fixed:
            self._make(key)
        page: Any = self.fixed[key]
        if mechanism is not None:
            page.title.setText(mechanism.word)
            page.parts.offer(parts, key)
        self.stack.setCurrentWidget(page)
        page.reload()
        self._arrive()

    def _make(self, key: str) -> None:
        page: Any = PAGES[key](self._desk)
        self.fixed[key] = page
        self.stack.addWidget(page)
        page.parts.chosen.connect(self._turn)
        if hasattr(page, "register_wanted"):
            page.register_wanted.connect(lambda name: self.take(ShowRegister(key=name)))
        if hasattr(page, "project_wanted"):
            page.project_wanted.connect(self.show_project)

    def _arrive(self) -> None:
        if self._arriving:
            self._focus()

    def _focus(self) -> None:
        """Put the keyboard where one works: the table of the page in front."""
        self._arriving = False
        shown = self.stack.currentWidget()
        where = self.page.table if shown is self.page else getattr(shown, "main", None)
        if where is not None:
            where.setFocus()

    # Acts -------------------------------------------------------------------------------------------------

    def start_design(self, register_id: int) -> None:
        """Change a register's fields; 0 makes a new one."""
        own = next((s.definition for s in self.summaries if s.id == register_id), BLANK)
        self.stack.setCurrentWidget(self.design)
        self.design.begin(register_id, own)

    def show_project(self, code: str) -> None:
        """Open the page of the project with this code."""
        ledger, period = self._desk.ledger, self._desk.period

        def work() -> int | None:
            from hydesk.services.standings.list_standings import list_standings

            return next((s.id for s in list_standings(ledger, period) if s.code == code), None)

        def done(key: int | None) -> None:
            if key is not None:
                self._desk.go_to("project", OpenProject(key))

        self.acts.read("查找项目", work, done)
