"""Ways out of the review and beside it: 入库, 退回, 指定各列, another unit, putting aside."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from hydesk.domain.sheet_layout import SheetLayout
from hydesk.services.returns.before_taking import before_taking
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.screens.returns.pile import WaitingDraft
from hydesk.ui.screens.returns.review_deciding import ReviewDeciding
from hydesk.ui.screens.returns.review_layout import EVIDENCE, NAMING

BOTH = 1060
"""Pixels from which the evidence and the panel of 退回 have room beside one another."""


class ReviewWays(ReviewDeciding):
    """Ctrl+Enter goes on with what is open, Esc goes back one step; the keyboard returns to where it was."""

    apply_wanted = Signal(object)
    drop_wanted = Signal(object)
    unit_wanted = Signal(object, str)
    columns_forgotten = Signal(object, object)
    """The draft, and the Finding that tells of columns named before."""
    columns_named = Signal(object, str, object)
    """The draft, the name of a sheet, and the SheetLayout it is to be read by."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._before_back: QWidget | None = None
        """Where the keyboard was before 退回 was opened."""

    def _go_ahead(self) -> None:
        if self.back_panel.isVisible():
            self.back_panel.send.click()
        elif self.beside.currentIndex() == NAMING:
            self.naming.tell()
        elif self.signing.isVisible():
            self.signing.accept()
        else:
            self._apply()

    def _escape(self) -> None:
        if self.back_panel.isVisible():
            self.back_panel.leave()
        elif self.beside.currentIndex() == NAMING:
            self._close_naming()
        elif self.beside.currentIndex() != EVIDENCE:
            self.turn_to(EVIDENCE)
        elif self.evidence.typing.isVisible():
            self.evidence.typing.leave()
        elif self.evidence.search.isAncestorOf(self.focusWidget()):
            self.queue.setFocus()
        else:
            self.left.emit()

    def _open_naming(self, sheet: str | None) -> None:
        if self.waiting is not None:
            self.turn_to(NAMING)
            self.naming.open(self.waiting, sheet)

    def _close_naming(self) -> None:
        self.turn_to(EVIDENCE)

    def _tell_columns(self, waiting: WaitingDraft, sheet: str, layout: SheetLayout) -> None:
        self._close_naming()
        self.columns_named.emit(waiting, sheet, layout)

    def _open_back(self) -> None:
        if self.waiting is not None and self.back.isEnabled():
            self._before_back = self.focusWidget()
            self.signing.cancel()
            self.back_panel.open(self.waiting)
            self._fit_beside()

    def _fit_beside(self) -> None:
        """In a narrow window the panel of 退回 stands in the evidence's place; the ticks stay in sight."""
        self.beside.setVisible(self.back_panel.isHidden() or self.width() >= tokens.wide(BOTH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_beside()

    def _go_back_to_where_one_was(self) -> None:
        self._fit_beside()
        (self._before_back if self._before_back is not None else self.queue).setFocus()

    def _say_project(self, sheet: str, row: int, code: str) -> None:
        self.queue.setFocus()
        self.project_said.emit(self.waiting, sheet, row, code)

    def _apply(self) -> None:
        """签发前请看 where there is something to be seen; else 入库 at once."""
        waiting = self.waiting
        if waiting is None or not waiting.can_apply:
            return
        seen = before_taking(waiting.draft, waiting.decided, waiting.rows_written(), waiting.sent_back())
        if seen.empty:
            self.apply_wanted.emit(waiting)
            return
        open_ = sum(self.model.is_open(q) for q in self.model.items)
        lines = [*seen.facts, *([f"还有 {open_} 处没有看"] if open_ else []), *seen.lines]
        self.evidence.answers.hide()
        self.signing.ask(f"签发前请看　{waiting.unit}，入库 {seen.rows} 项", lines, write=f"入库 {seen.rows} 项　Enter")

    def _sign(self) -> None:
        if self.waiting is not None:
            self.apply_wanted.emit(self.waiting)

    def _drop(self) -> None:
        if self.waiting is not None:
            self.drop_wanted.emit(self.waiting)

    def _change_unit(self, index: int) -> None:
        if self.waiting is not None and index > 0:
            self.unit_wanted.emit(self.waiting, self.unit.itemText(index))
