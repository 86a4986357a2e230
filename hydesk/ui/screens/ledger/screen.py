"""The screen 项目台账."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Signal
from PySide6.QtWidgets import QToolButton

from hydesk.domain.matters import Matter
from hydesk.domain.measures.words import standing
from hydesk.domain.touched import MOVES_FIGURES
from hydesk.services.pages.ledger_columns import FROZEN
from hydesk.services.pages.ledger_query import LedgerQuery
from hydesk.services.pages.ledger_rows import LedgerRows
from hydesk.services.projects.edit_block import Edit
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import EmptyState, button, label
from hydesk.ui.kit.delayed import Delayed
from hydesk.ui.kit.elided import ElidedLabel
from hydesk.ui.kit.keys import bind
from hydesk.ui.kit.list_frame import ListFrame
from hydesk.ui.kit.words import CLEAR
from hydesk.ui.reading import ReadingScreen
from hydesk.ui.requests import OpenProject, ShowProject
from hydesk.ui.screens.ledger.actions import LedgerActions
from hydesk.ui.screens.ledger.bulk import BulkLine
from hydesk.ui.screens.ledger.cells import SelectedCells
from hydesk.ui.screens.ledger.confirm import ConfirmStrip
from hydesk.ui.screens.ledger.edits import LedgerEdits
from hydesk.ui.screens.ledger.filters import LedgerFilters
from hydesk.ui.screens.ledger.in_hand import project_in_hand
from hydesk.ui.screens.ledger.look import TableLook
from hydesk.ui.screens.ledger.menus import CellParts, cell_menu, export_menu, lists_button
from hydesk.ui.screens.ledger.model import LedgerModel
from hydesk.ui.screens.ledger.panels import LedgerPanels
from hydesk.ui.screens.ledger.paper import LedgerPrintLine
from hydesk.ui.screens.ledger.reader import LedgerReader
from hydesk.ui.screens.ledger.status import SelectionLine
from hydesk.ui.screens.ledger.view import LedgerBlock


class LedgerScreen(ReadingScreen):
    """Table, filters, the strip of edits and the panel of the selected project."""

    READS = MOVES_FIGURES
    search_hint = "查找名称、编号、业主、拼音首字母    Ctrl+K"
    searched = Signal(str)
    """Other words are looked for than the window's search box says."""
    project_asked = Signal(int)
    """The page of a project is asked for: Enter, or a double click on what is not edited."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted: int | None = None
        self._arriving = False
        self.model = LedgerModel(desk.theme, self)
        self.model.looks_only = desk.looks_only
        self._count_later = Delayed(self, self._count_choices, 120)
        self.reader = LedgerReader(desk, self)
        self.filters = LedgerFilters(desk)
        self.block = LedgerBlock(self.model, desk.theme)
        self.table = self.block.table
        self.strip = ConfirmStrip(desk.theme)
        self.bulk = BulkLine(self.model)
        self.edits = LedgerEdits(desk, self.model, self.strip, self)
        self.printing = LedgerPrintLine(desk, self.model)
        self.acts = LedgerActions(desk, self.block, self.edits, self)
        self.cells = SelectedCells(desk, self.table, self.edits, self.bulk, self)
        self.look = TableLook(desk, self.table, self.filters, self)
        self.panels = LedgerPanels(desk, self.table, self)
        self.standing = ElidedLabel("small")
        self.line = SelectionLine(self.table, self.standing)
        self.count = label("", "count")
        self.export = QToolButton()
        self.empty = EmptyState()
        self._lay_out()
        self._connect()
        self._bind_keys()
        self.look.restore()

    def _lay_out(self) -> None:
        self.export.setObjectName("menu")
        self.export.setText("导出 ▾")
        self.export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.export.setMenu(export_menu(self.acts, self.print_pages, self))
        self.empty.offer(button("导入项目清单…", self.acts.import_list, kind="primary"))
        self.lists = lists_button(self._desk.go_to, self.acts, looks_only=self._desk.looks_only)
        self.clear = button(CLEAR, self.filters.clear)
        self.empty.offer(self.clear)
        self.pages = ListFrame(
            title="项目台账", beside_title=[self.count, self.filters],
            acts=[self.look.views, self.look.unit, self.look.columns, self.lists, self.export],
            pages=[self.block, self.empty], panel=self.panels.detail, other_panels=[self.panels.own],
            below=[self.bulk, self.printing, self.strip, self.line],
            margins=(tokens.PAGE_MARGIN, 12, tokens.PAGE_MARGIN, 6),
        ).lay_out(self)

    def _connect(self) -> None:
        desk = self._desk
        self.reader.came.connect(self._show)
        self.reader.failed.connect(self._say_failed)
        self.reader.learned.connect(lambda: self._narrow(self.model.query) if self.model.query.text else None)
        self.filters.query_changed.connect(lambda: self._narrow(self.filters.query))
        self.filters.text_changed.connect(self.searched)
        self.model.shown_changed.connect(self._say_count)
        self.model.edited.connect(lambda p, field, words: self.edits.propose([Edit(p, field, words, self.model.unit)]))
        self.look.chooser.own_wanted.connect(self.panels.open_own)
        self.edits.settled.connect(self.table.setFocus)
        self.bulk.asked.connect(lambda edits, title: self.edits.propose(edits, title, ask=True))
        self.bulk.left.connect(self.table.setFocus)
        self.printing.left.connect(self.table.setFocus)
        self.project_asked.connect(lambda key: desk.go_to("project", OpenProject(key)))
        self.table.opened.connect(self.open_project)
        for view in (self.table, self.table.frozen):
            view.customContextMenuRequested.connect(lambda at, v=view: self._menu(v.viewport().mapToGlobal(at)))
            view.doubleClicked.connect(self._double_clicked)

    def _bind_keys(self) -> None:
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+C", self.cells.copy), ("Ctrl+Shift+C", lambda: self.cells.copy(head=True)), ("Ctrl+V", self.cells.paste),
            ("Ctrl+X", self.cells.cut), ("Delete", self.cells.empty_cells), ("Ctrl+D", self.cells.fill_down),
            ("Ctrl+E", self.cells.open_bulk), ("Ctrl+Shift+E", self.acts.export), ("Space", self.panels.toggle_detail),
            ("Alt+Down", self.look.open_filter), ("Ctrl+Return", self.open_project))
        self.table.bind(keys)
        bind(self, (("Escape", self._escape), ("Alt+S", self.filters.open_scope)))

    # What the window asks ---------------------------------------------------------------------------------

    def shown(self) -> None:
        """Read again if something changed while another screen was in front; keys go to the table at once."""
        if self._stale:
            self.reload()
            self.look.views.read()
        at = self.focusWidget()
        first = not len(self.model.rows)  # what Qt gave the keyboard to meanwhile nobody chose
        self._arriving = first or not (at is not None and at is not self.table and at.isVisibleTo(self))
        if self._arriving:
            self._arrive()
        elif at is not None:
            at.setFocus()

    def _arrive(self) -> None:
        """Give the table the keyboard, once there is one to see, with a cell to start from."""
        if self._arriving and self.table.isVisible() and self.model.visible:
            self._arriving = False
            if not self.table.currentIndex().isValid():
                self.table.setCurrentIndex(self.model.index(0, 1))  # before the keyboard, which would make a cell current unmarked
            self.table.setFocus()

    def take(self, request: Any) -> None:
        """Show a query, or one project."""
        if isinstance(request, LedgerQuery):
            self._wanted = None
            self.filters.show_query(request)
        elif isinstance(request, ShowProject):
            self._wanted = request.project_id
            if not self.reader.busy:
                self._show_wanted()

    def print_pages(self) -> None:
        """Ctrl+P: offer to print what is shown, or what is selected of it."""
        if not self.reader.busy and self.model.visible:
            self.printing.begin(self.table.walker.columns(), sorted({r for r, _c in self.cells.selected_cells()}))

    # The search box of the window narrows this table (frame/finder.py) ---------------------------------------

    @property
    def words(self) -> str:
        """What is looked for."""
        return self.filters.text

    def look_for(self, text: str) -> None:
        """Narrow to what ``text`` finds, as it is typed."""
        self.filters.look_for(text)

    def enter_found(self) -> None:
        """From the search box to the first project found."""
        self.filters.settle()
        if self.model.rowCount() and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 1))
        self.table.setFocus()

    def save_state(self) -> None:
        """Remember widths and unit."""
        self.look.save()

    # Reading ----------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read all projects of the period, keeping selection and scroll by id."""
        self._stale = False
        model = self.model
        if fresh := not len(model.rows):
            self.empty.say("正在读取台账…")
            self._offer()
            self.pages.setCurrentIndex(1)
        plain = fresh and not model.sorted_by and not model.query.narrowed and self._wanted is None
        self.reader.read(first=plain, initials=model.rows.knows_initials)

    def _say_failed(self, error: Exception) -> None:
        if not len(self.model.rows):
            self.empty.say(f"台账没有读出来：{error}。按 F5 再试一次。")

    def _show(self, rows: LedgerRows) -> None:
        if rows.period != self._desk.period:
            return
        current = self.table.currentIndex()
        keep = self._wanted or (self.model.project_id(current.row()) if current.isValid() else None)
        column, scroll = max(current.column(), 1), self.table.verticalScrollBar().value()
        self.model.show_rows(rows)
        self.filters.setEnabled(rows.whole)
        self.export.setEnabled(rows.whole)
        if rows.whole:
            self.filters.offer(rows)
        self._say_page()
        if self._wanted is not None:
            self._show_wanted()
        elif keep is not None and not self.table.currentIndex().isValid() and (row := self.model.row_of(keep)) >= 0:
            self.table.setCurrentIndex(self.model.index(row, column))
            self.table.verticalScrollBar().setValue(scroll)
        if rows.whole and not rows.knows_initials:
            self.reader.learn_later(rows)

    def _say_page(self) -> None:
        """The table, or why it is empty and what to do."""
        rows = self.model.rows
        if not len(rows):
            self.empty.say(f"{rows.period.year} 年还没有项目。导入项目清单（Excel）后，这里列出全部项目。")
        elif not self.model.visible:
            self.empty.say("没有符合条件的项目。放宽查找或筛选条件就能看到项目。")
        self._offer(importing=not len(rows), clearing=bool(len(rows)))
        self.pages.setCurrentIndex(0 if self.model.visible else 1)
        self._arrive()

    def _offer(self, *, importing: bool = False, clearing: bool = False) -> None:
        for made in self.empty.findChildren(type(self.clear)):
            made.setVisible(clearing if made is self.clear else importing)

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
            self.panels.open_detail()
            self.table.setFocus()

    # Showing ----------------------------------------------------------------------------------------------

    def _narrow(self, query: LedgerQuery) -> None:
        self.table.keeping(lambda: self.model.show_query(query))
        self._say_page()
        if query.text:
            self.reader.learn(self.model.rows)
        self.look.say_query(query)
        self._count_later.start()

    def _count_choices(self) -> None:
        self.filters.offer(self.model.rows)

    def _say_count(self) -> None:
        self.count.setText(self.model.said())
        rows = self.model.rows
        self.standing.say(standing(rows.reach) if rows.whole and len(rows) else "")

    # The project ------------------------------------------------------------------------------------------

    def open_project(self) -> None:
        """Ask for the page of the current project: the one way there from this screen."""
        index = self.table.currentIndex()
        if index.isValid():
            self.project_asked.emit(self.model.project_id(index.row()))

    def _double_clicked(self, index: QModelIndex) -> None:
        if self.model.columns[index.column()].field is None or index.column() < FROZEN:
            self.open_project()
        else:
            self.table.edit(index)

    def _escape(self) -> None:
        """Esc leaves what stands over the table, the innermost first."""
        if self.strip.isVisible():
            self.strip.cancel()
        elif self.edits.drop_refused():
            self.table.setFocus()
        elif self.bulk.isVisible():
            self.bulk.leave()
        elif self.printing.isVisible():
            self.printing.leave()
        else:
            self.panels.close_detail()

    def _menu(self, at: QPoint) -> None:
        parts = CellParts(self.table, self.model, self.filters, self.cells, self.acts, self.open_project, self.panels.toggle_detail,
                          self._desk.go_to, self._desk.looks_only)
        cell_menu(parts, self).exec(at)

    def in_hand(self) -> Matter | None:
        """The project that is changed."""
        return project_in_hand(self.model, self.table.currentIndex(), self, self.strip)
