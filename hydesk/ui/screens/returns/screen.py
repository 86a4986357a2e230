"""The screen 报表收报: intake, review, 入库 and undo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from hydesk.domain.findings import Level
from hydesk.services.apply_return import AppliedReturn, apply_return
from hydesk.services.list_returns import ReturnSummary, list_returns, original_file
from hydesk.services.list_standings import list_units
from hydesk.services.read_return import REJECTED, UNCHANGED, ReturnDraft
from hydesk.services.returns_board import NOT_REPORTED, BoardLine, returns_board
from hydesk.services.undo_import import UndoResult, undo_import
from hydesk.ui.changes import PROGRESS, PROJECTS, RETURNS
from hydesk.ui.desk import Desk
from hydesk.ui.jobs import Progress
from hydesk.ui.requests import TakeFiles
from hydesk.ui.screens.returns.answers import Answers
from hydesk.ui.screens.returns.board import BoardPage
from hydesk.ui.screens.returns.intake import Intake
from hydesk.ui.screens.returns.pile import Pile, Waiting
from hydesk.ui.screens.returns.review import ReviewPage

FILES = "报表 (*.xls *.xlsx *.xlsm *.et *.xlsb *.ods *.csv *.tsv *.txt *.html *.htm *.xml *.zip);;所有文件 (*)"


class ReturnsScreen(QWidget):
    """The board, and over it the review of one draft."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._stale = True
        self.pile = Pile(self)
        self.intake = Intake(desk, self)
        self.answers = Answers(desk, self)
        self.board = BoardPage(desk.theme, self.pile)
        self.review = ReviewPage(desk.theme)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.board)
        self.pages.addWidget(self.review)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)
        self._connect()

    def _connect(self) -> None:
        desk, board, review = self._desk, self.board, self.review
        desk.changes.ledger_changed.connect(self._refresh)
        desk.period_changed.connect(self._refresh)
        self.intake.arrived.connect(self._arrived)
        self.intake.finished.connect(self._finished)
        board.files_wanted.connect(self._ask_files)
        board.folder_wanted.connect(self._ask_folder)
        board.opened.connect(self.open_review)
        board.all_wanted.connect(self.apply_all)
        board.undo_wanted.connect(self._undo_one)
        board.original_wanted.connect(self._save_original)
        review.left.connect(self.close_review)
        review.apply_wanted.connect(self.apply)
        review.drop_wanted.connect(self._drop)
        review.unit_wanted.connect(lambda w, unit: self.intake.again(w.draft, unit))
        review.column_told.connect(self.answers.tell_column)
        review.name_told.connect(self.answers.tell_name)
        self.answers.read_again.connect(self._read_again)

    @property
    def unsaved(self) -> int:
        """Drafts that were read and would write something, but are not in the ledger."""
        return sum(w.draft.status not in (REJECTED, UNCHANGED) for w in self.pile)

    def shown(self) -> None:
        """Read again if something changed."""
        if self._stale:
            self.reload()

    def take(self, request: Any) -> None:
        """Take files in."""
        if isinstance(request, TakeFiles):
            self.close_review()
            self.intake.take(request.paths)

    def _refresh(self, *_: object) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()

    def reload(self) -> None:
        """Read the board and the history of the period."""
        self._stale = False
        ledger, period = self._desk.ledger, self._desk.period

        def work(_progress: Progress) -> tuple[list[BoardLine], list[ReturnSummary], list[str]]:
            return returns_board(ledger, period), list_returns(ledger, period), [u.name for u in list_units(ledger)]

        def done(found: tuple[list[BoardLine], list[ReturnSummary], list[str]]) -> None:
            if period == self._desk.period:
                self.board.show_board(found[0], found[1], period.label)
                self.review.offer_units(found[2])
                self._desk.badge_changed.emit("returns", sum(b.status == NOT_REPORTED for b in found[0]))
                if self.review.waiting is not None:
                    at = self.review.unit.findText(self.review.waiting.draft.understanding.unit or "")
                    self.review.unit.setCurrentIndex(max(at, 0))

        self._desk.jobs.start("读取收报情况", work, self, done=done, quiet=True)

    # Intake -----------------------------------------------------------------------------------------------

    def _ask_files(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(self, "收取报表", "", FILES)
        if paths:
            self.intake.take(paths)

    def _ask_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, "收取文件夹里的全部报表")
        if path:
            self.intake.take([path])

    def _arrived(self, draft: ReturnDraft) -> None:
        open_one = self.review.waiting
        fresh = self.pile.add(draft)
        if open_one is not None and open_one.draft.sha256 == draft.sha256 and self.pages.currentIndex() == 1:
            self.review.show_waiting(fresh)

    def _read_again(self, draft: ReturnDraft) -> None:
        """Show a draft by what was answered, where it is still waiting."""
        renewed = self.pile.renew(draft)
        if renewed is not None and self.review.waiting is renewed[0]:
            self.review.show_waiting(renewed[1])

    def _finished(self, read: int, passed: int) -> None:
        also = f"，另有 {passed} 个临时文件跳过" if passed else ""
        self._desk.notice(f"读完 {read} 份报表{also}，请核对后入库" if read else f"没有找到报表{also}")

    # Review -----------------------------------------------------------------------------------------------

    def open_review(self, waiting: Waiting) -> None:
        """Show one draft."""
        self.pages.setCurrentIndex(1)
        self.review.show_waiting(waiting)

    def close_review(self) -> None:
        """Back to the board."""
        self.review.waiting = None
        self.pages.setCurrentIndex(0)
        self.board.show_pile()
        self.board.drafts.setFocus()

    def _drop(self, waiting: Waiting) -> None:
        self._leave(waiting)
        self._desk.notice(f"没有入库：{waiting.draft.name}", lambda: self._put_back(waiting), label="放回")

    def _put_back(self, waiting: Waiting) -> None:
        self.pile.items.append(waiting)
        self.pile.pile_changed.emit()

    def _leave(self, waiting: Waiting) -> None:
        self.pile.remove(waiting)
        if self.review.waiting is waiting:
            self.close_review()

    # 入库 and undo ----------------------------------------------------------------------------------------

    def apply(self, waiting: Waiting) -> None:
        """Write one draft; afterwards a quiet line with 撤销."""
        ledger, draft, decided = self._desk.ledger, waiting.draft, dict(waiting.decided)

        def done(result: AppliedReturn) -> None:
            self._leave(waiting)
            self._desk.changes.tell(PROGRESS, PROJECTS, RETURNS)
            self._tell(waiting, result)

        self._desk.jobs.start(f"入库 {draft.name}", lambda p: apply_return(ledger, draft, accept=decided, progress=p),
                              self, done=done, writes=True)

    def _tell(self, waiting: Waiting, result: AppliedReturn) -> None:
        if result.return_id is None or result.status in (UNCHANGED, REJECTED):
            self._desk.notice(f"{waiting.draft.name} 与已入库的相同，台账没有变化")
            return
        held = f"，{result.held_back} 行待核没有入库" if result.held_back else ""
        import_id = result.return_id
        self._desk.notice(f"已入库：{waiting.unit}，写入 {result.written} 项{held}", lambda: self.undo(import_id))

    def apply_all(self) -> None:
        """Write every draft that has no error, one after the other; the others stay."""
        ledger = self._desk.ledger
        wanted = [w for w in self.pile if w.can_apply and not w.count(Level.ERROR)]
        results: list[tuple[Waiting, AppliedReturn]] = []

        def work(progress: Progress) -> None:
            for i, w in enumerate(wanted):
                progress(i / len(wanted), w.draft.name)
                results.append((w, apply_return(ledger, w.draft, accept=dict(w.decided))))

        def settle(begin: str) -> None:
            for w, _ in results:
                self._leave(w)
            self._desk.changes.tell(PROGRESS, PROJECTS, RETURNS)
            ids = [r.return_id for _, r in results if r.return_id is not None and r.status != UNCHANGED]
            written = sum(r.written for _, r in results)
            self._desk.notice(f"{begin}已入库 {len(ids)} 份，写入 {written} 项；待入库还有 {len(self.pile)} 份",
                              (lambda: self._undo_many(ids)) if ids else None)

        def failed(error: Exception) -> None:
            settle("")
            self._desk.jobs.failed.emit(error)

        self._desk.jobs.start("全部入库", work, self, done=lambda _r: settle(""), failed=failed,
                              cancelled=lambda: settle("已取消；"), writes=True)

    def undo(self, import_id: int) -> None:
        """Take a return back; later edits stay and are named."""
        self._undo_many([import_id])

    def _undo_one(self, summary: ReturnSummary | None) -> None:
        if summary is not None:
            self.undo(summary.id)

    def _undo_many(self, ids: list[int]) -> None:
        ledger = self._desk.ledger

        def work(progress: Progress) -> list[UndoResult]:
            results = []
            for i, key in enumerate(reversed(ids)):
                progress(i / len(ids), "")
                results.append(undo_import(ledger, key))
            return results

        def done(results: list[UndoResult]) -> None:
            self._desk.changes.tell(PROGRESS, PROJECTS, RETURNS)
            kept = [str(k) for r in results for k in r.kept]
            also = f"；{len(kept)} 项后来改过，保留：{kept[0]}" if kept else ""
            self._desk.notice(f"已撤销入库 {len(results)} 份，恢复 {sum(r.restored for r in results)} 项{also}")

        self._desk.jobs.start("撤销入库", work, self, done=done, writes=True)

    def _save_original(self, summary: ReturnSummary | None) -> None:
        if summary is None:
            return
        path, _ = QFileDialog.getSaveFileName(self, "另存原件", summary.file)
        if not path:
            return
        ledger = self._desk.ledger

        def work(_progress: Progress) -> None:
            Path(path).write_bytes(original_file(ledger, summary.id)[1])

        def failed(error: Exception) -> None:
            if isinstance(error, OSError):
                self._desk.notice(f"没有存下“{path}”：{error.strerror}，请换一个文件夹", wrong=True)
            else:
                self._desk.jobs.failed.emit(error)

        self._desk.jobs.start("另存原件", work, self, done=lambda _r: self._desk.notice(f"已存为 {path}"), failed=failed)
