"""The screen 工作机制: at the left every register and mechanism, at the right the one chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from hydesk.domain.done import Done
from hydesk.domain.milestones import day_of
from hydesk.services.registers.list_registers import RegisterSummary
from hydesk.services.registers.renew_registers import Renewal
from hydesk.ui import style, tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import EmptyState, button
from hydesk.ui.plain import plain_text
from hydesk.ui.requests import OpenProject, ShowRegister
from hydesk.ui.screens.registers.acts import Acts
from hydesk.ui.screens.registers.design import BLANK, DesignPage
from hydesk.ui.screens.registers.pages import PAGES
from hydesk.ui.screens.registers.register_page import RegisterPage

_ROLE = Qt.ItemDataRole.UserRole


class RegistersScreen(QWidget):
    """Registers by group with counts; the fixed pages stand above them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._stale = True
        self._wanted: Any = None
        self._missing = 0
        self._gained: tuple[str, ...] = ()
        """What registers of an earlier version can gain, in words."""
        self._arriving = False
        """Whether the keyboard is to go to the page once it is there."""
        self.summaries: list[RegisterSummary] = []
        self.chosen: Any = None
        self.acts = Acts(desk, self)
        self.list = QTreeWidget()
        self.page = RegisterPage(desk)
        self.design = DesignPage(desk)
        self.empty = EmptyState()
        self.fixed: dict[str, QWidget] = {}
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        tree = self.list
        tree.setObjectName("card")
        tree.setAccessibleName("机制和台账")
        tree.setColumnCount(2)
        tree.setHeaderHidden(True)
        tree.setRootIsDecorated(False)
        tree.setIndentation(0)
        tree.setUniformRowHeights(True)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.add_button = button("新建台账", lambda: self.start_design(0), tip="自己定字段的台账")
        self.fill_button = button("启用自带台账", self.use_shipped)
        self.renew_button = button("补充新字段", self.renew)
        self.renew_button.hide()
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(tree, 1)
        side.addWidget(self.fill_button)
        side.addWidget(self.renew_button)
        side.addWidget(self.add_button)
        self.empty.say("这里放办公室的各项机制：备案、承诺、榜单、观摩、调度会、红黄榜、五单一图谱、规划目标、考核和自定义台账。"
                       "数字取自项目台账，不用再填一遍。")
        self.empty.offer(button("启用", self.use_shipped, kind="primary"))
        for widget in (self.empty, self.page, self.design):
            self.stack.addWidget(widget)
        left = QWidget()
        left.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        left.setFixedWidth(214)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(tokens.PAGE_MARGIN, 12, tokens.PAGE_MARGIN, tokens.PAGE_MARGIN)
        layout.setSpacing(tokens.GAP)
        layout.addWidget(left)
        layout.addWidget(self.stack, 1)
        self.left = left

    def _connect(self) -> None:
        desk = self._desk
        desk.changes.ledger_changed.connect(self._refresh)
        desk.period_changed.connect(self._refresh)
        self.list.currentItemChanged.connect(self._switch)
        self.list.itemActivated.connect(lambda _item, _column: self._focus())
        self.list.itemClicked.connect(lambda item, _column: self._focus() if item.data(0, _ROLE) is not None else None)
        self.page.design_wanted.connect(self.start_design)
        self.page.project_wanted.connect(self.show_project)
        self.design.left.connect(lambda: self.open(self.chosen))
        self.design.saved.connect(lambda key: self.take(ShowRegister(register_id=key)))
        self.design.removed.connect(lambda: self.open("meeting"))

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

        self.acts.read("读取工作机制", work, self._show)

    def _refresh(self, *_: object) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()

    # The list ---------------------------------------------------------------------------------------------

    def _show(self, read: tuple[list[RegisterSummary], int, tuple[str, ...]]) -> None:
        self.summaries, self._missing, self._gained = read
        self.left.setVisible(bool(self.summaries))
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
            self.open(self.chosen if self.chosen in known else next(iter(PAGES), self.summaries[0].id))

    def _show_wanted(self) -> None:
        request, self._wanted = self._wanted, None
        key = request.register_id or next(
            (s.id for s in self.summaries if request.key and s.definition.key == request.key), None) or request.page
        if key:
            self.open(key)
            if isinstance(key, int) and request.record_id:
                self.page.show_register(key, request.record_id)

    def _fill(self) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        palette = self._desk.theme.palette
        self._group("机制")
        for key, (word, _make) in PAGES.items():
            item = QTreeWidgetItem(self.list, [word, ""])
            item.setData(0, _ROLE, key)
        group = ""
        for s in sorted(self.summaries, key=self._order):
            if s.definition.group != group:
                group = s.definition.group
                self._group(group)
            item = QTreeWidgetItem(self.list, [s.definition.name, f"■{s.overdue:,}  {s.records:,}" if s.overdue else f"{s.records:,}"])
            item.setData(0, _ROLE, s.id)
            item.setToolTip(0, plain_text(s.definition.purpose))
            item.setToolTip(1, plain_text(f"{s.records} 条" + (f"，逾期 {s.overdue} 条" if s.overdue else "")))
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setForeground(1, QColor(palette.serious if s.overdue else palette.quiet))
        self.list.blockSignals(False)

    def _order(self, summary: RegisterSummary) -> int:
        groups = list(dict.fromkeys(s.definition.group for s in self.summaries))
        return groups.index(summary.definition.group)

    def _group(self, word: str) -> None:
        head = QTreeWidgetItem(self.list, [word, ""])
        head.setFlags(Qt.ItemFlag.NoItemFlags)
        head.setForeground(0, QColor(self._desk.theme.palette.quiet))
        head.setFont(0, style.font(tokens.SMALL_PT))
        head.setTextAlignment(0, Qt.AlignmentFlag.AlignBottom)

    def _switch(self, item: QTreeWidgetItem | None, _old: object = None) -> None:
        if item is not None and item.data(0, _ROLE) is not None:
            self._open(item.data(0, _ROLE))

    def open(self, key: Any) -> None:
        """Show a register by its key or a fixed page by its name, and mark it in the list."""
        if key is None:
            return
        self.list.blockSignals(True)
        for i in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(i)
            if item is not None and item.data(0, _ROLE) == key:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self._open(key)

    def _open(self, key: Any) -> None:
        self.chosen = key
        if isinstance(key, int):
            self.stack.setCurrentWidget(self.page)
            self.page.show_register(key)
            self._arrive()
            return
        if key not in self.fixed:
            make: Callable[[Desk], QWidget] = PAGES[key][1]
            self.fixed[key] = make(self._desk)
            self.stack.addWidget(self.fixed[key])
            wanted = getattr(self.fixed[key], "register_wanted", None)
            if wanted is not None:
                wanted.connect(lambda name: self.take(ShowRegister(key=name)))
            project = getattr(self.fixed[key], "project_wanted", None)
            if project is not None:
                project.connect(self.show_project)
        self.stack.setCurrentWidget(self.fixed[key])
        self.fixed[key].reload()  # type: ignore[attr-defined]
        self._arrive()

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

    def use_shipped(self) -> None:
        """启用: add the registers that come with the program."""
        ledger, year = self._desk.ledger, self._desk.period.year

        def work() -> Done[None]:
            from hydesk.services.registers.fill_shipped import add_shipped

            return add_shipped(ledger, year)

        self.acts.write("启用台账", work, lambda _r: "已启用自带的台账")

    def renew(self) -> None:
        """补充新字段: what the shipped definitions gained since the registers were made."""
        ledger = self._desk.ledger

        def work() -> Done[tuple[Renewal, ...]]:
            from hydesk.services.registers.renew_registers import renew_registers

            return renew_registers(ledger)

        self.acts.write("补充新字段", work, lambda renewed: f"已给 {len(renewed)} 本台账补充新字段，原有内容未动")

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
