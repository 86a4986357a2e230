"""The screen 收报: the board, the review of one draft, and returns that are in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from hydesk.domain.matters import Matter, return_matter
from hydesk.domain.periods import Period
from hydesk.services.pages.returns_page import ReturnsPage, returns_page
from hydesk.services.returns.list_returns import ReturnSummary
from hydesk.services.returns.read_return import ReturnDraft
from hydesk.services.returns.returns_board import BoardLine
from hydesk.ui.desk import Desk
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.files import Purpose, ask_folder, ask_open_many
from hydesk.ui.requests import ShowOriginal, ShowReturns, TakeFiles
from hydesk.ui.screens.returns.answers import Answers
from hydesk.ui.screens.returns.arrival import Arrival
from hydesk.ui.screens.returns.blanks import BlankForms
from hydesk.ui.screens.returns.board import BoardPage
from hydesk.ui.screens.returns.deadline import keep_deadline
from hydesk.ui.screens.returns.intake import Intake, finished_words
from hydesk.ui.screens.returns.keep import Keeper
from hydesk.ui.screens.returns.leaving import Leaving
from hydesk.ui.screens.returns.matrix import periods_before
from hydesk.ui.screens.returns.mending import Mending
from hydesk.ui.screens.returns.pile import Pile, WaitingDraft
from hydesk.ui.screens.returns.review import ReviewPage
from hydesk.ui.screens.returns.taken import TakenPage
from hydesk.ui.screens.returns.writing import Writing

FILES = "报表 (*.xls *.xlsx *.xlsm *.et *.xlsb *.ods *.csv *.tsv *.txt *.html *.htm *.xml *.zip);;所有文件 (*)"
BOARD, REVIEW, TAKEN = range(3)


class ReturnsScreen(QWidget):
    """The board, and over it one draft or one return."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._stale = True
        self._entering = False
        """Whether what waits is still being read since the screen was shown."""
        self.pile = Pile(self)
        self.pile.period = desk.period
        self.keeper = Keeper(desk, self.pile, self)
        self.intake = Intake(desk, self)
        self.blanks = BlankForms(desk, self)
        self.answers = Answers(desk, self)
        self.mending = Mending(desk, self)
        self.writing = Writing(desk, self)
        self.board = BoardPage(desk, self.pile)
        self.review = ReviewPage(desk)
        self.taken = TakenPage(desk)
        self.leaving = Leaving(desk, self.pile, self.keeper, lambda: self.review.waiting, self)
        self.pages = QStackedWidget()
        for page in (self.board, self.review, self.taken):
            self.pages.addWidget(page)
        in_column(self.pages, on=self, margins=0)
        self.arrival = Arrival(self)
        self._connect_board()
        self._connect_review()

    def _connect_board(self) -> None:
        desk, board = self._desk, self.board
        desk.changes.ledger_changed.connect(self._refresh)
        desk.period_changed.connect(self._change_period)
        self.keeper.loaded.connect(self._loaded)
        self.keeper.joined.connect(self._joined)
        self.intake.arrived.connect(self._arrived)
        self.intake.finished.connect(self._finished)
        self.blanks.found.connect(self.leaving.drop_blanks)
        board.files_wanted.connect(self.ask_files)
        board.folder_wanted.connect(self._ask_folder)
        board.opened.connect(self.open_review)
        board.removed.connect(self.leaving.drop)
        board.line_opened.connect(self._open_line)
        board.return_opened.connect(lambda summary: self.open_return(summary.id))
        board.all_wanted.connect(self.apply_all)
        board.undo_wanted.connect(self._undo_one)
        board.original_wanted.connect(self.writing.save_original)
        board.deadline_set.connect(lambda day: keep_deadline(desk, self, day))
        self.taken.left.connect(self.close_review)
        self.taken.undo_wanted.connect(self._undo_one)
        self.writing.left.connect(self.leaving.leave)
        self.writing.settled.connect(self.leaving.next)
        self.leaving.turned.connect(self._turn)

    def _connect_review(self) -> None:
        review = self.review
        review.left.connect(self.close_review)
        review.apply_wanted.connect(self.apply)
        review.drop_wanted.connect(self.leaving.drop)
        review.unit_wanted.connect(lambda w, unit: self.intake.again(w.draft, unit))
        review.column_told.connect(self.answers.tell_column)
        review.columns_named.connect(self.answers.name_columns)
        review.columns_forgotten.connect(self.answers.forget_columns)
        review.name_told.connect(self.answers.tell_name)
        review.value_typed.connect(self.mending.type_value)
        review.values_mended.connect(self.mending.mend)
        review.project_listed.connect(self.mending.list_project)
        review.project_said.connect(self.mending.say_project)
        review.corrections_wanted.connect(self.mending.restore)
        review.decisions_made.connect(self.keeper.decided)
        review.back_panel.sent.connect(self.leaving.send_back)
        self.mending.refreshed.connect(review.say_refreshed)
        for source in (self.answers.read_again, self.mending.read_again, self.intake.again_read):
            source.connect(self._read_again)

    @property
    def unsaved(self) -> int:
        """Received files that are not kept in the ledger file yet."""
        return self.keeper.unkept

    def save_state(self) -> None:
        """Keep the last decisions before the window closes."""
        self.keeper.store_now()

    def shown(self) -> None:
        """Read again if something changed; the keyboard works here at once."""
        self._entering = self._stale
        if self._stale:
            self.reload()
        at = self.focusWidget()
        if at is not None and at.isVisibleTo(self):
            at.setFocus()
        elif self.pages.currentIndex() == BOARD:
            self.board.take_focus()

    def _loaded(self) -> None:
        """What waits is there now: the keyboard goes to it, where nobody has taken it elsewhere meanwhile."""
        entering, self._entering = self._entering, False
        units = self.board.units
        if entering and self.isVisible() and units.hasFocus() and units.currentIndex().row() <= 0:
            self.board.take_focus()
        self.arrival.loaded()

    def take(self, request: Any) -> None:
        """Take files in, or show a figure's original."""
        if isinstance(request, TakeFiles):
            self.close_review()
            self.intake.take(request.paths)
        elif isinstance(request, ShowReturns):
            self.arrival.show(request)
        elif isinstance(request, ShowOriginal):
            self.open_return(request.return_id, request.sheet, request.cell)

    def in_hand(self) -> Matter | None:
        """The return under review, once it is kept in the ledger."""
        waiting = self.review.waiting if self.pages.currentIndex() == REVIEW else None
        if waiting is None or waiting.received is None:
            return None
        return return_matter(waiting.received, waiting.draft.understanding.unit or "", waiting.draft.period.short_label)

    def step_back(self, way: str) -> bool:
        """Ctrl+Z and Ctrl+Y: a decision of the review first; else False, and the ledger's last act is undone."""
        return self.pages.currentIndex() == REVIEW and self.review.step_back(way)

    def _change_period(self, period: Period) -> None:
        self.close_review()
        self.pile.show_period(period)
        self._refresh()

    def _refresh(self, *_: object) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()

    def reload(self) -> None:
        """Read the board, the history and what waits again."""
        self._stale = False
        ledger, period = self._desk.ledger, self._desk.period
        months = periods_before(period)

        def done(page: ReturnsPage) -> None:
            if period == self._desk.period:
                self.board.show_board(page.board, page.returns, page.matrix, due=page.due, own=page.own_deadline)
                self.review.offer_units(page.units)

        self._desk.jobs.start("读取收报情况", lambda _p: returns_page(ledger, period, months), self, done=done, quiet=True)
        self.keeper.load(period)
        if self.review.waiting is not None:
            self.mending.refresh(self.review.waiting)

    def ask_files(self) -> None:
        """Let files be chosen and take them in."""
        paths = ask_open_many(self, self._desk.settings, Purpose.RETURNS, "收取报表", FILES)
        if paths:
            self.intake.take(paths)

    def _ask_folder(self) -> None:
        path = ask_folder(self, self._desk.settings, Purpose.RETURNS, "收取文件夹里的全部报表")
        if path:
            self.intake.take([path])

    def _arrived(self, draft: ReturnDraft) -> None:
        self.keeper.keep(self.pile.add(draft))
        self.blanks.note(draft)

    def _read_again(self, draft: ReturnDraft) -> None:
        """Show a draft by what was answered or corrected, where it is still waiting."""
        renewed = self.pile.renew(draft)
        if renewed is not None:
            self.keeper.decided(renewed)
            if self.review.waiting is renewed:
                self.review.show_again()

    def _joined(self, waiting: WaitingDraft) -> None:
        """Another desk decided about the same return."""
        if self.review.waiting is waiting:
            self.review.show_again()
            self._desk.notice("别人也在核对这份报表，他的判定已并到这里；同一处两人都判过的，以后判的为准")

    def _finished(self, read: int, bad: int, passed: int, before: Period | None) -> None:
        if self.isVisible() and self.pages.currentIndex() == BOARD:
            self.board.take_focus()
        said = finished_words(read, bad, passed, sum(bool(w.repeats) for w in self.pile))
        if before is None:
            self._desk.notice(said)
        else:
            self._desk.notice(f"来表是{self._desk.period.label}的，已换到这一期；{said}",
                              lambda: self._desk.set_period(before), label=f"回到{before.label}")
        self.blanks.look()

    # Pages ------------------------------------------------------------------------------------------------

    def open_review(self, waiting: WaitingDraft) -> None:
        """Show one draft."""
        self.pages.setCurrentIndex(REVIEW)
        self.review.show_waiting(waiting)
        self.mending.refresh(waiting)
        self.keeper.refresh(waiting)

    def open_return(self, import_id: int, sheet: str | None = None, cell: str | None = None) -> None:
        """Show a return that is in the ledger, at a cell where one is given."""
        self.review.waiting = None
        self.pages.setCurrentIndex(TAKEN)
        self.taken.open(import_id, sheet, cell)

    def _open_line(self, line: BoardLine, period: Period | None) -> None:
        """A unit of the board: its draft that waits, else its newest return, else 催报."""
        if period is not None and period != self._desk.period:
            if line.last_id is not None:
                self.open_return(line.last_id)
            else:
                self._desk.notice(f"{line.unit}{period.label}没有报来", lambda: self._desk.set_period(period),
                                  label=f"换到{period.label}")
            return
        waits = next((w for w in self.pile if w.draft.understanding.unit == line.unit and not w.repeats), None)
        if waits is not None:
            self.open_review(waits)
        elif line.last_id is not None:
            self.open_return(line.last_id)
        else:
            self.board.chase.open(line.unit)

    def close_review(self) -> None:
        """Back to the board."""
        self.review.waiting = None
        self.pages.setCurrentIndex(BOARD)
        self.board.show_pile()
        if self.isVisible():
            self.board.take_focus()

    def _turn(self, after: WaitingDraft | None) -> None:
        if after is not None:
            self.open_review(after)
        else:
            self.close_review()

    # 入库 and undo ----------------------------------------------------------------------------------------

    def apply(self, waiting: WaitingDraft) -> None:
        """Write one draft; afterwards the next one opens, and a quiet line offers 撤销."""
        self.writing.apply(waiting)

    def apply_all(self, wanted: Sequence[WaitingDraft]) -> None:
        """Write the drafts ``wanted``, one after the other; the others stay."""
        self.writing.apply_all(wanted)

    def undo(self, act_id: int) -> None:
        """Take a return back; later edits stay and are named."""
        self._desk.operations.undo([act_id])

    def _undo_one(self, summary: ReturnSummary | None) -> None:
        if summary is not None:
            self.undo(summary.act_id)
            if self.pages.currentIndex() == TAKEN:
                self.close_review()

