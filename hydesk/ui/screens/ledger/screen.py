"""The screen 项目台账."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from hydesk.domain.fields import Field
from hydesk.domain.money import MoneyUnit
from hydesk.services.list_standings import list_standings
from hydesk.ui import tokens
from hydesk.ui.changes import PROGRESS, PROJECTS, RULES
from hydesk.ui.desk import Desk
from hydesk.ui.jobs import Progress
from hydesk.ui.requests import LedgerQuery, ShowProject
from hydesk.ui.screens.ledger.actions import LedgerActions
from hydesk.ui.screens.ledger.columns import COLUMNS, FROZEN
from hydesk.ui.screens.ledger.detail import DetailPanel
from hydesk.ui.screens.ledger.filters import Filters
from hydesk.ui.screens.ledger.model import LedgerModel
from hydesk.ui.screens.ledger.rows import Rows
from hydesk.ui.screens.ledger.view import LedgerBlock
from hydesk.ui.widgets.basic import EmptyState, StayMenu, button, label
from hydesk.ui.widgets.table import copy_block


class LedgerScreen(QWidget):
    """Table, filters and the panel of the selected project."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._stale = True
        self._reading = 0
        self._wanted: int | None = None
        self.model = LedgerModel(desk.theme, self)
        self._count_later = QTimer(self)
        self._count_later.setSingleShot(True)
        self._count_later.setInterval(120)
        self._count_later.timeout.connect(self._count_choices)
        self.acts = LedgerActions(desk, self)
        self.filters = Filters()
        self.block = LedgerBlock(self.model, desk.theme)
        self.table = self.block.table
        self.panel = DetailPanel(desk)
        self.count = label("", "count")
        self.unit = QToolButton()
        self.columns = QToolButton()
        self.empty = EmptyState()
        self._lay_out()
        self._connect()
        self.table.restore(desk.settings)
        if str(desk.settings.value("ledger/unit")) == MoneyUnit.YI.value:
            self._switch_unit()
        self._say_unit()

    def _lay_out(self) -> None:
        self.unit.setObjectName("menu")
        self.columns.setObjectName("menu")
        self.columns.setText("列 ▾")
        self.columns.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label("项目台账", "title"))
        head.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        head.addWidget(self.unit)
        head.addWidget(self.columns)
        head.addWidget(button("导入项目清单", self.acts.import_list))
        head.addWidget(button("导出 Excel", self.acts.export))
        self.empty.offer(button("导入项目清单…", self.acts.import_list, kind="primary"))
        surface = QFrame()
        surface.setObjectName("card")
        inside = QVBoxLayout(surface)
        inside.setContentsMargins(0, 0, 0, 0)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.block)
        self.pages.addWidget(self.empty)
        inside.addWidget(self.pages)
        middle = QHBoxLayout()
        middle.setSpacing(tokens.GAP)
        middle.addWidget(surface, 1)
        middle.addWidget(self.panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.PAGE_MARGIN, 12, tokens.PAGE_MARGIN, tokens.PAGE_MARGIN)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.filters)
        layout.addLayout(middle, 1)
        self.panel.hide()

    def _connect(self) -> None:
        desk = self._desk
        desk.changes.ledger_changed.connect(self._changed)
        desk.period_changed.connect(self._refresh)
        self.filters.query_changed.connect(self._narrow)
        self.model.shown_changed.connect(self._say_count)
        self.model.edited.connect(self._edit)
        self.unit.clicked.connect(self._switch_unit)
        self.table.opened.connect(lambda _i: self.open_panel())
        self.table.selectionModel().currentChanged.connect(self._follow)
        self.panel.closed.connect(self._close_panel)
        for view in (self.table, self.table.frozen):
            view.customContextMenuRequested.connect(lambda at, v=view: self._menu(v.viewport().mapToGlobal(at)))
            header = view.horizontalHeader()
            header.sectionClicked.connect(self._sort)
        self.table.horizontalHeader().customContextMenuRequested.connect(
            lambda at: self._column_menu().exec(self.table.horizontalHeader().mapToGlobal(at)))
        self.columns.setMenu(self._column_menu())
        self._key(QKeySequence.StandardKey.Copy, self.copy, self.table)
        self._key("Ctrl+Shift+C", lambda: self.copy(head=True), self.table)
        self._key("Escape", self._close_panel, self)

    def _key(self, keys: str | QKeySequence.StandardKey, act: Callable[[], object], where: QWidget) -> None:
        shortcut = QShortcut(QKeySequence(keys), where)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    # What the window asks ---------------------------------------------------------------------------------

    def shown(self) -> None:
        """Read again if something changed while another screen was in front."""
        if self._stale:
            self.reload()

    def take(self, request: Any) -> None:
        """Show a query, or one project."""
        if isinstance(request, LedgerQuery):
            self._wanted = None
            self.filters.show_query(request)
        elif isinstance(request, ShowProject):
            self._wanted = request.project_id
            if not self._reading:
                self._show_wanted()

    def start_search(self) -> None:
        """Ctrl+F."""
        self.filters.focus_search()

    def save_state(self) -> None:
        """Remember widths and unit."""
        self.table.save(self._desk.settings)
        self._desk.settings.setValue("ledger/unit", self.model.unit.value)

    # Reading ----------------------------------------------------------------------------------------------

    def _changed(self, what: frozenset[str]) -> None:
        if what & {PROJECTS, PROGRESS, RULES}:
            self._refresh()

    def _refresh(self, *_: object) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()

    def reload(self) -> None:
        """Read all projects of the period, keeping selection and scroll by id."""
        self._stale = False
        self._reading += 1
        ledger, period, unit = self._desk.ledger, self._desk.period, self.model.unit

        def work(_progress: Progress) -> Rows:
            from hydesk.services.settings import lamp_rule

            return Rows(list_standings(ledger, period), period, lamp_rule(ledger), unit)

        def failed(error: Exception) -> None:
            self._reading -= 1
            self._desk.jobs.failed.emit(error)

        self._desk.jobs.start("读取台账", work, self, done=self._show, failed=failed, quiet=True)

    def _show(self, rows: Rows) -> None:
        self._reading -= 1
        if rows.period != self._desk.period:
            return
        current = self.table.currentIndex()
        keep = self._wanted or (self.model.project_id(current.row()) if current.isValid() else None)
        column, scroll = max(current.column(), 1), self.table.verticalScrollBar().value()
        self.model.show_rows(rows)
        self.filters.offer(rows)
        self.pages.setCurrentIndex(0 if len(rows) else 1)
        self.empty.say(f"{rows.period.year} 年还没有项目。导入项目清单（Excel）后，这里列出全部项目。")
        if self._wanted is not None:
            self._show_wanted()
        elif keep is not None and (row := self.model.row_of(keep)) >= 0:
            self.table.setCurrentIndex(self.model.index(row, column))
            self.table.verticalScrollBar().setValue(scroll)
        self._desk.jobs.start("准备拼音", lambda _p: rows.know_initials(), self, quiet=True)

    def _show_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is None:
            return
        row = self.model.row_of(wanted)
        if row < 0:
            self.filters.clear()
            row = self.model.row_of(wanted)
        if row >= 0:
            self.table.setCurrentIndex(self.model.index(row, 1))
            self.table.scrollTo(self.model.index(row, 1))
            self.open_panel()
            self.table.setFocus()

    # Showing ----------------------------------------------------------------------------------------------

    def _narrow(self, query: LedgerQuery) -> None:
        self._keeping(lambda: self.model.show_query(query))
        self._count_later.start()

    def _keeping(self, act: Callable[[], None]) -> None:
        """Do ``act`` and make the same project current again, if it is still shown."""
        index = self.table.currentIndex()
        kept = self.model.project_id(index.row()) if index.isValid() else None
        act()
        if kept is not None and not self.table.currentIndex().isValid() and (row := self.model.row_of(kept)) >= 0:
            self.table.setCurrentIndex(self.model.index(row, index.column()))

    def _count_choices(self) -> None:
        self.filters.offer(self.model.rows)

    def _say_count(self) -> None:
        shown, all_ = len(self.model.visible), len(self.model.rows)
        self.count.setText(f"{all_:,} 个项目" if shown == all_ else f"{all_:,} 个项目中的 {shown:,} 个")

    def _sort(self, column: int) -> None:
        now = self.model.sorted_by
        figures = COLUMNS[column].right
        if now is None or now[0] != column:
            self._keeping(lambda: self.model.show_order(column, figures))
        elif now[1] == figures:
            self._keeping(lambda: self.model.show_order(column, not figures))
        else:
            self._keeping(lambda: self.model.show_order(-1, False))

    def _switch_unit(self) -> None:
        self.model.show_unit(MoneyUnit.YI if self.model.unit is MoneyUnit.WAN else MoneyUnit.WAN)
        self._say_unit()

    def _say_unit(self) -> None:
        other = MoneyUnit.YI if self.model.unit is MoneyUnit.WAN else MoneyUnit.WAN
        self.unit.setText(f"单位：{self.model.unit.value}")
        self.unit.setToolTip(f"换成{other.value}")

    def _column_menu(self) -> QMenu:
        menu = StayMenu(self)
        for i, column in enumerate(COLUMNS):
            if i < FROZEN:
                continue
            action = menu.addAction(column.title(self._desk.period))
            action.setCheckable(True)
            action.toggled.connect(lambda on, at=i: self.table.setColumnHidden(at, not on))
            action.toggled.connect(lambda _on: self.block.totals.update())
            menu.aboutToShow.connect(lambda a=action, at=i: self._mark_column(a, at))
        menu.addSeparator()
        menu.addAction("列宽适合内容", self._fit)
        return menu

    def _mark_column(self, action: QAction, at: int) -> None:
        action.setText(COLUMNS[at].title(self._desk.period))
        action.setChecked(not self.table.isColumnHidden(at))

    def _fit(self) -> None:
        for i in range(len(COLUMNS)):
            if not self.table.isColumnHidden(i):
                self.table.setColumnWidth(i, min(420, max(self.table.sizeHintForColumn(i), 48) + 12))
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    # The panel --------------------------------------------------------------------------------------------

    def open_panel(self) -> None:
        """Show the panel of the current project."""
        index = self.table.currentIndex()
        if index.isValid():
            self.panel.show()
            self._follow(index)

    def _close_panel(self) -> None:
        if self.panel.isVisible():
            self.panel.hide()
            self.table.setFocus()

    def _follow(self, index: QModelIndex, _old: QModelIndex | None = None) -> None:
        if index.isValid() and self.panel.isVisible():
            self.panel.show_project(self.model.rows.lines[self.model.visible[index.row()]])

    # Doing ------------------------------------------------------------------------------------------------

    def _menu(self, at: QPoint) -> None:
        index = self.table.currentIndex()
        menu = QMenu(self)
        if index.isValid():
            line = self.model.rows.lines[self.model.visible[index.row()]]
            menu.addAction("项目详情\tEnter", self.open_panel)
            edit = menu.addAction("修改\tF2", lambda: self.table.edit(index))
            edit.setEnabled(COLUMNS[index.column()].field is not None)
            menu.addSeparator()
            menu.addAction("复制\tCtrl+C", self.copy)
            menu.addAction("连同表头复制\tCtrl+Shift+C", lambda: self.copy(head=True))
            menu.addSeparator()
            unit = line.project.unit
            menu.addAction(f"只看{unit}", lambda: self.filters.show_query(LedgerQuery(units=frozenset({unit}))))
        menu.addAction("清除筛选", self.filters.clear).setEnabled(self.model.query.narrowed)
        menu.exec(at)

    def copy(self, *, head: bool = False) -> None:
        """Ctrl+C."""
        rows = copy_block(self.table, head=head)
        if rows:
            self._desk.notice(f"已复制 {rows} 行，可粘贴到 Excel")

    def _edit(self, project_id: int, field: Field, value: Any) -> None:
        name = next(x.project.name for x in self.model.rows.lines if x.project.id == project_id)
        self.acts.edit(project_id, name, field, value)
