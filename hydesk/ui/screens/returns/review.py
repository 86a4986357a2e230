"""Review of one draft: walk what is wrong, decide, then 入库. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal

from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import row_in_file
from hydesk.ui.desk import Desk
from hydesk.ui.kit.keys import bind
from hydesk.ui.kit.sheet_grid import place_of
from hydesk.ui.plain import plain_text
from hydesk.ui.screens.returns.pile import WaitingDraft
from hydesk.ui.screens.returns.projects import ProjectRow, RowsShown, rows_of
from hydesk.ui.screens.returns.review_layout import ORIGINAL, SOURCE
from hydesk.ui.screens.returns.review_ways import ReviewWays
from hydesk.ui.screens.returns.slices import Slices
from hydesk.ui.screens.returns.waiting import LATER, LEFT, TAKEN

AT_ONCE = 1000
"""Rows and findings up to which a draft is shown in one go; a longer one comes in slices, the window answering between."""


class ReviewPage(ReviewWays):
    """The widgets follow one another; decisions go into the draft's ``WaitingDraft``."""

    column_told = Signal(object, object, object)
    """The draft, a ReadColumn of it, and the Field it holds or the MoneyUnit it is counted in."""
    name_told = Signal(object, object)
    """The draft, and the ReadRow that is indeed the project it was taken for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._slices = Slices(self)
        self._fresh = False
        """Whether the draft is still being opened."""
        self._connect()
        self._bind_keys()

    def _connect(self) -> None:
        panel = self.findings
        panel.chosen.connect(self._show_finding)
        panel.corrected.connect(self._correct)
        panel.decided.connect(self._decide)
        panel.typing.typed.connect(lambda *what: self.value_typed.emit(self.waiting, *what))
        panel.search.picked.connect(self._say_project)
        panel.answers.forgotten.connect(lambda f: self.columns_forgotten.emit(self.waiting, f))
        panel.answers.naming_wanted.connect(self._open_naming)
        self.naming.left.connect(self._close_naming)
        self.naming.told.connect(self._tell_columns)
        panel.answers.same.connect(lambda row: self.name_told.emit(self.waiting, row))
        for asker in (panel.answers, self.heads):
            asker.told.connect(lambda column, answer: self.column_told.emit(self.waiting, column, answer))
        self.projects.row_chosen.connect(self._show_row)
        self.projects.toggled.connect(self._toggle_row)
        self.projects.edit_wanted.connect(lambda r, f: self._ask(r.row.sheet, r.row.row, f))
        self.projects.source_wanted.connect(lambda r, f: self._trace(r.row.project, f, before=True))
        self.changes.source_wanted.connect(lambda c, before: self._trace(c.project, c.field, before=before))
        self.source.shown.connect(lambda: self.tabs.setCurrentIndex(SOURCE))
        self.changes.toggled.connect(self._toggle_change)
        self.changes.edit_wanted.connect(lambda c: self._ask(c.sheet, c.row, c.field))
        self.grid.edit_wanted.connect(self._ask_cell)
        self.sheets.activated.connect(lambda i: self._show_sheet(self.sheets.itemText(i)))
        self.unit.activated.connect(self._change_unit)
        self.apply.clicked.connect(lambda _=False: self._apply())
        self.back.clicked.connect(lambda _=False: self._open_back())
        self.back_panel.closed.connect(self._go_back_to_where_one_was)
        for text, act in (("全部采用（有错误的也入库）", self._take_all), ("都按来表原来的判断", self._forget_all),
                          ("指定各列…", lambda: self._open_naming(None)), ("这份不入库，放下", self._drop)):
            self.more.menu().addAction(text).triggered.connect(lambda _=False, a=act: a())

    def _bind_keys(self) -> None:
        panel = self.findings
        for keys, act in (
            ("F8", lambda: panel.step(1)), ("Shift+F8", lambda: panel.step(-1)), ("F6", lambda: panel.decide(TAKEN)),
            ("F7", lambda: panel.decide(LEFT)), ("F9", lambda: panel.decide(LATER)),
            ("F3", self._ask_source), ("F4", panel.answers.answer), ("Ctrl+B", self._open_back),
            ("Ctrl+Return", self._go_ahead), ("Ctrl+Enter", self._go_ahead), ("Escape", self._escape),
        ):
            bind(self, ((keys, act),))
        bind(panel, (("F2", panel.start_typing),))

    def offer_units(self, names: list[str]) -> None:
        """The units one may choose from."""
        self.unit.clear()
        self.unit.addItem("（多个单位）")
        self.unit.addItems(names)
        if self.waiting is not None:
            self.unit.setCurrentIndex(max(self.unit.findText(self.waiting.draft.understanding.unit or ""), 0))

    def show_waiting(self, waiting: WaitingDraft) -> None:
        """Show a draft from its beginning, at the first thing that nobody has decided about."""
        self.waiting = waiting
        self._refreshed = False
        self.back_panel.hide()
        self._fit_beside()
        self.beside.setCurrentIndex(0)
        self.tabs.setCurrentIndex(0)
        # Each return begins in full: a filter chosen for the one before would hide rows nobody has looked at.
        self.shows[RowsShown.ALL].setChecked(True)
        self.projects.clear_rows(RowsShown.ALL)
        self._fresh = True
        self._slices.run(self._opening(waiting), at_once=self._is_short(waiting))

    def _opening(self, waiting: WaitingDraft) -> Iterator[None]:
        self.findings.list.setFocus()
        for _ in self._filling(waiting):
            yield
            if self.waiting is not waiting:
                return
        self._fresh = False
        found = self.findings.step_open()
        if not found and not self.findings.model.rowCount() and self.projects.list.rowCount():
            self.projects.selectRow(0)
            self.projects.setFocus()

    @staticmethod
    def _is_short(waiting: WaitingDraft) -> bool:
        u = waiting.draft.understanding
        return len(u.rows) + len(u.findings) <= AT_ONCE

    def show_again(self) -> None:
        """Show another reading of the same draft, staying where one was."""
        if self.waiting is not None:
            act = (self._opening if self._fresh else self._showing_again)(self.waiting)
            self._slices.run(act, at_once=self._is_short(self.waiting))

    def _showing_again(self, waiting: WaitingDraft) -> Iterator[None]:
        finding, row = self.findings.finding(), self.projects.current()
        scroll = self.projects.verticalScrollBar().value()
        at = self.findings.list.currentIndex().row()
        for _ in self._filling(waiting):
            yield
            if self.waiting is not waiting:
                return
        items = self.findings.model.items
        if finding in items:
            at = items.index(finding)
        if items and at >= 0:
            self.findings.list.setCurrentIndex(self.findings.model.index(min(at, len(items) - 1)))
        if row is not None and finding is None:
            self.projects.select_place(row.row.sheet, row.row.row)
            self._show_changes(self.projects.current())
        self.projects.verticalScrollBar().setValue(scroll)

    def say_refreshed(self, waiting: WaitingDraft) -> None:
        """A quiet line: the draft was compared with the ledger anew."""
        if waiting is self.waiting:
            self._refreshed = True
            self._say()

    def _filling(self, waiting: WaitingDraft) -> Iterator[None]:
        """Fill the page slice by slice. The first one takes away what belongs to another draft, so that no key
        decides about what is shown no longer."""
        draft = waiting.draft
        self.title.setText(self.title.fontMetrics().elidedText(draft.name, Qt.TextElideMode.ElideMiddle, 400))
        self.title.setToolTip(plain_text(draft.name))
        if self.unit.count():
            self.unit.setItemText(0, "（多个单位）" if draft.understanding.unit else waiting.unit)
        self.unit.setCurrentIndex(max(self.unit.findText(draft.understanding.unit or ""), 0))
        self.findings.show_waiting(waiting)
        self.projects.clear_rows()
        self._show_changes(None)
        yield
        self.projects.show_rows(rows_of(waiting))
        yield
        self._say()
        yield
        self.heads.show_sheets(draft.understanding.sheets)
        yield
        names = [s.name for s in draft.book.sheets] if draft.book is not None else []
        if names != [self.sheets.itemText(i) for i in range(self.sheets.count())] or not names:
            self.sheets.clear()
            self.sheets.addItems(names)
        if draft.book is None or self.grid.sheet_model.sheet not in draft.book.sheets:
            self.grid.show_sheet(None, {}, frozenset())
        used = next((s.name for s in draft.understanding.sheets if s.used), names[0] if names else "")
        self._show_sheet(used)
        self.sheets.setVisible(len(names) > 1 and self.tabs.currentIndex() == ORIGINAL)
        yield

    # Following one another --------------------------------------------------------------------------------

    def _leave_source(self) -> None:
        if self.tabs.currentIndex() == SOURCE:
            self.tabs.setCurrentIndex(ORIGINAL)

    def _show_finding(self, finding: Finding) -> None:
        self._leave_source()
        if finding.sheet:
            self._show_sheet(finding.sheet)
        cell = finding.cell or (f"{finding.column}1" if finding.column and not finding.row else None)
        self.grid.show_cell(cell, finding.file_row)
        if finding.row is not None:
            self.projects.select_place(finding.sheet, finding.row)
            self._show_changes(self.projects.row_at(finding.sheet, finding.row))

    def _show_row(self, row: ProjectRow) -> None:
        self._leave_source()
        self._show_sheet(row.row.sheet)
        self.grid.show_cell(None, row_in_file(row.row.row))
        if row.worst is None:
            self.grid.horizontalScrollBar().setValue(0)
        self.findings.show_row(row.row.sheet, row.row.row)
        self._show_changes(row)

    def _show_changes(self, row: ProjectRow | None) -> None:
        if self.waiting is not None:
            self.changes.show_row(self.waiting, row)
            self.tabs.setTabText(1, f"逐项变更 {len(row.changes)}" if row and row.changes else "逐项变更")

    def _show_sheet(self, name: str) -> None:
        draft = self.waiting.draft if self.waiting is not None else None
        sheet = next((s for s in draft.book.sheets if s.name == name), None) if draft and draft.book else None
        if sheet is None or draft is None:
            return
        self.sheets.setCurrentText(name)
        marks: dict[tuple[int, int], Level] = {}
        for f in reversed(self.findings.model.items):
            at = place_of(f.cell) if f.cell and f.sheet == name else None
            if at is not None:
                marks[at] = f.level
        heads = next((s.header_rows for s in draft.understanding.sheets if s.name == name), ())
        self.grid.show_sheet(sheet, marks, frozenset(heads))
