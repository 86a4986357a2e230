"""Review of one draft: one question after the other, decide, then 入库. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QShortcut

from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import row_in_file
from hydesk.domain.questions import BACK
from hydesk.ui.desk import Desk
from hydesk.ui.kit.keys import bind
from hydesk.ui.kit.sheet_grid import place_of
from hydesk.ui.screens.returns.pile import WaitingDraft
from hydesk.ui.screens.returns.projects import ProjectRow, RowsShown, rows_of
from hydesk.ui.screens.returns.review_layout import EVIDENCE, ORIGINAL, ROWS, SHEET, SOURCE
from hydesk.ui.screens.returns.review_ways import ReviewWays
from hydesk.ui.screens.returns.slices import Slices
from hydesk.ui.screens.returns.source_rows import fields_of
from hydesk.ui.screens.returns.waiting import finding_key

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
        self._desk = desk
        self._slices = Slices(self)
        self._fresh = False
        """Whether the draft is still being opened."""
        self._connect()
        self._connect_pages()
        self._bind_keys()

    def _connect(self) -> None:
        page = self.evidence
        self.queue.selectionModel().currentChanged.connect(self._current)
        self.queue.entered_on.connect(self._enter)
        self.queue.ticked.connect(self._tick)
        page.members.entered_on.connect(self._enter)
        page.answers.first_given.connect(self._enter)
        page.answers.other_wanted.connect(self._other)
        page.answers.back_given.connect(lambda: self._answer(BACK))
        page.answers.take_wanted.connect(self._take_over)
        page.answers.later_given.connect(self._later)
        page.answers.listing_wanted.connect(self._list_stranger)
        page.pending.written.connect(self._reasoned)
        page.pending.dropped.connect(self._leave_pending)
        page.typing.typed.connect(lambda *what: self.value_typed.emit(self.waiting, *what))
        page.search.picked.connect(self._say_project)
        page.listing.entered.connect(lambda entry: self.project_listed.emit(self.waiting, *entry))
        page.listing.left.connect(self._leave_listing)
        page.questions.forgotten.connect(lambda f: self.columns_forgotten.emit(self.waiting, f))
        page.questions.naming_wanted.connect(self._open_naming)
        page.questions.same.connect(lambda row: self.name_told.emit(self.waiting, row))
        for asker in (page.questions, self.heads):
            asker.told.connect(lambda column, answer: self.column_told.emit(self.waiting, column, answer))
        page.trace_wanted.connect(self._trace_side)
        page.whole_wanted.connect(lambda: self.turn_to(SHEET))
        self.signing.written.connect(lambda _reason: self._sign())
        self.signing.dropped.connect(self._leave_pending)

    def _connect_pages(self) -> None:
        self.naming.left.connect(self._close_naming)
        self.naming.told.connect(self._tell_columns)
        self.projects.row_chosen.connect(self._show_row)
        self.projects.toggled.connect(self._toggle_row)
        self.projects.edit_wanted.connect(lambda r, f: self._ask(r.row.sheet, r.row.row, f))
        self.projects.source_wanted.connect(lambda r, f: self._trace(r.row.project, f, before=True))
        self.changes.source_wanted.connect(lambda c, before: self._trace(c.project, c.field, before=before))
        self.changes.toggled.connect(self._toggle_change)
        self.changes.edit_wanted.connect(lambda c: self._ask(c.sheet, c.row, c.field))
        self.source.shown.connect(lambda: self.turn_to(SOURCE))
        self.grid.edit_wanted.connect(self._ask_cell)
        self.sheets.activated.connect(lambda i: self._show_sheet(self.sheets.itemText(i)))
        self.unit.activated.connect(self._change_unit)
        self.apply.clicked.connect(lambda _=False: self._apply())
        self.back.clicked.connect(lambda _=False: self._open_back())
        self.back_panel.closed.connect(self._go_back_to_where_one_was)
        for text, act in (("都按来表原来的判断", self._forget_all), ("指定各列…", lambda: self._open_naming(None)),
                          ("这份不入库，放下", self._drop)):
            self.more.menu().addAction(text).triggered.connect(lambda _=False, a=act: a())

    def _bind_keys(self) -> None:
        self._ahead: list[QShortcut] = bind(self, (("Ctrl+Return", self._go_ahead), ("Ctrl+Enter", self._go_ahead)))
        for one in self._ahead:
            self.evidence.listing.opened.connect(lambda on, key=one: key.setEnabled(not on))
        bind(self, (
            ("F8", lambda: self.step(1)), ("Shift+F8", lambda: self.step(-1)), ("F6", self.step_open),
            ("F2", self._other), ("F7", lambda: self._answer(BACK)), ("F9", self._later), ("Ctrl+F6", self._take_over),
            ("F3", self._ask_source), ("F4", self.evidence.questions.answer), ("Ctrl+N", self._list_stranger),
            ("F12", self.rows.click), ("F11", self.whole.click), ("Ctrl+B", self._open_back), ("Escape", self._escape)))

    def _told(self, sentence: str) -> None:
        self._desk.notice(sentence, wrong=True)

    def _leave_pending(self) -> None:
        """Nothing was written or decided: the answers are there again."""
        self.evidence.refresh()
        self.queue.setFocus()

    def _leave_listing(self) -> None:
        self.evidence.show_question(self.waiting, self.evidence.question)
        self.queue.setFocus()

    def offer_units(self, names: list[str]) -> None:
        """The units one may choose from."""
        self.unit.clear()
        self.unit.addItem("（多个单位）")
        self.unit.addItems(names)
        self.evidence.listing.offer(names)
        if self.waiting is not None:
            self.unit.setCurrentIndex(max(self.unit.findText(self.waiting.draft.understanding.unit or ""), 0))

    def show_waiting(self, waiting: WaitingDraft) -> None:
        """Show a draft from its beginning, at the first thing that nobody has decided about."""
        self.waiting = waiting
        self._refreshed, self._reason, self._return_to = False, "", ""
        self.back_panel.hide()
        self.signing.cancel()
        self._fit_beside()
        self.turn_to(EVIDENCE)
        self.tabs.setCurrentIndex(0)
        # Each return begins in full: a filter chosen for the one before would hide rows nobody has looked at.
        self.shows[RowsShown.ALL].setChecked(True)
        self.projects.clear_rows(RowsShown.ALL)
        self._fresh = True
        self._slices.run(self._opening(waiting), at_once=self._is_short(waiting))

    def _opening(self, waiting: WaitingDraft) -> Iterator[None]:
        self.queue.setFocus()
        for _ in self._filling(waiting):
            yield
            if self.waiting is not waiting:
                return
        self._fresh = False
        if not self.step_open() and self.model.items:
            self._go_to(0)
        self._say()

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
        question, row, page = self._question_shown(), self.projects.current(), self.beside.currentIndex()
        held = {finding_key(f) for f in question.findings} if question is not None else set()
        at = self.queue.currentIndex().row()
        focused = self.queue.hasFocus()
        for _ in self._filling(waiting):
            yield
            if self.waiting is not waiting:
                return
        if self._return_to and self._show_finding_of(self._return_to):
            self._return_to = ""
            return
        self._return_to = ""
        self._find_again(held, at)
        if row is not None and page == ROWS:
            self.projects.select_place(row.row.sheet, row.row.row)
            self._show_changes(self.projects.current())
        if focused:
            self.queue.setFocus()
        self._say()

    def _find_again(self, held: set[str], at: int) -> None:
        """The question one was at; where it is answered by the new reading, the next open one."""
        items = self.model.items
        same = next((i for i, q in enumerate(items) if any(finding_key(f) in held for f in q.findings)), -1)
        if same < 0 and items:
            self.queue.setCurrentIndex(QModelIndex())
            after = next((i for i in [*range(max(at, 0), len(items)), *range(len(items))] if self.model.is_open(items[i])), -1)
            same = after if after >= 0 else min(max(at, 0), len(items) - 1)
        if same >= 0:
            self.queue.setCurrentIndex(self.model.index(same))

    def say_refreshed(self, waiting: WaitingDraft) -> None:
        """A quiet line: the draft was compared with the ledger anew."""
        if waiting is self.waiting:
            self._refreshed = True
            self._say()

    def _filling(self, waiting: WaitingDraft) -> Iterator[None]:
        """Fill the page slice by slice. The first one takes away what belongs to another draft, so that no key
        decides about what is shown no longer."""
        draft = waiting.draft
        name = f"{waiting.unit} {draft.period.short_label}" if draft.understanding.unit else draft.name
        self.title.say(name, tip=draft.name)
        if self.unit.count():
            self.unit.setItemText(0, "（多个单位）" if draft.understanding.unit else waiting.unit)
        self.unit.setCurrentIndex(max(self.unit.findText(draft.understanding.unit or ""), 0))
        self.model.show_waiting(waiting)
        self.evidence.show_question(waiting, None)
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

    def _current(self, index: QModelIndex, _old: QModelIndex) -> None:
        question = self.model.items[index.row()] if index.isValid() and index.row() < len(self.model.items) else None
        if self.beside.currentIndex() == SOURCE:
            self.turn_to(EVIDENCE)
        self.signing.cancel()
        self.evidence.show_question(self.waiting, question)
        if question is not None:
            self._follow(question.first)
        if self.waiting is not None:
            self._say()

    def _follow(self, finding: Finding) -> None:
        """The whole sheet and the projects stand where the question is."""
        if finding.sheet:
            self._show_sheet(finding.sheet)
        cell = finding.cell or (f"{finding.column}1" if finding.column and not finding.row else None)
        self.grid.show_cell(cell, finding.file_row)
        if finding.row is not None:
            self.projects.select_place(finding.sheet, finding.row)
            self._show_changes(self.projects.row_at(finding.sheet, finding.row))

    def _show_row(self, row: ProjectRow) -> None:
        self._show_sheet(row.row.sheet)
        self.grid.show_cell(None, row_in_file(row.row.row))
        if row.worst is None:
            self.grid.horizontalScrollBar().setValue(0)
        self._show_changes(row)

    def _show_changes(self, row: ProjectRow | None) -> None:
        if self.waiting is not None:
            self.changes.show_row(self.waiting, row)
            self.changes_title.setText(f"逐项变更　{' '.join(row.row.name.split())}" if row and row.changes else "逐项变更")

    def _show_sheet(self, name: str) -> None:
        draft = self.waiting.draft if self.waiting is not None else None
        sheet = next((s for s in draft.book.sheets if s.name == name), None) if draft and draft.book else None
        if sheet is None or draft is None:
            return
        self.sheets.setCurrentText(name)
        marks: dict[tuple[int, int], Level] = {}
        for q in reversed(self.model.items):
            for f in q.findings:
                at = place_of(f.cell) if f.cell and f.sheet == name else None
                if at is not None:
                    marks[at] = f.level
        heads = next((s.header_rows for s in draft.understanding.sheets if s.name == name), ())
        self.grid.show_sheet(sheet, marks, frozenset(heads))
        self.grid.sheet_model.name_fields(fields_of(draft, name))
