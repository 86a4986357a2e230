"""Ways out of the review and beside it: 入库, 退回, 指定各列, another unit, putting aside."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from hydesk.domain.sheet_layout import SheetLayout
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.screens.returns.pile import WaitingDraft
from hydesk.ui.screens.returns.review_deciding import ReviewDeciding

BOTH = 1060
"""Pixels from which the findings, the projects and the panel of 退回 have room beside one another."""


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
        elif self.naming.isVisible():
            self.naming.tell()
        else:
            self._apply()

    def _escape(self) -> None:
        if self.back_panel.isVisible():
            self.back_panel.leave()
        elif self.naming.isVisible():
            self._close_naming()
        elif self.findings.typing.isVisible():
            self.findings.typing.leave()
        elif self.findings.search.isAncestorOf(self.focusWidget()):
            self.findings.list.setFocus()
        else:
            self.left.emit()

    def _open_naming(self, sheet: str | None) -> None:
        if self.waiting is not None:
            self.beside.setCurrentWidget(self.naming)
            self.naming.open(self.waiting, sheet)

    def _close_naming(self) -> None:
        self.beside.setCurrentIndex(0)
        self.findings.list.setFocus()

    def _tell_columns(self, waiting: WaitingDraft, sheet: str, layout: SheetLayout) -> None:
        self._close_naming()
        self.columns_named.emit(waiting, sheet, layout)

    def _open_back(self) -> None:
        if self.waiting is not None and self.back.isEnabled():
            self._before_back = self.focusWidget()
            self.back_panel.open(self.waiting)
            self._fit_beside()

    def _fit_beside(self) -> None:
        """In a narrow window the panel of 退回, which lists the same, stands in the findings' place."""
        self.findings.setVisible(self.back_panel.isHidden() or self.width() >= tokens.wide(BOTH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_beside()

    def _go_back_to_where_one_was(self) -> None:
        self._fit_beside()
        (self._before_back if self._before_back is not None else self.findings.list).setFocus()

    def _say_project(self, sheet: str, row: int, code: str) -> None:
        self.findings.list.setFocus()
        self.project_said.emit(self.waiting, sheet, row, code)

    def _apply(self) -> None:
        if self.waiting is not None and self.waiting.can_apply:
            self.apply_wanted.emit(self.waiting)

    def _drop(self) -> None:
        if self.waiting is not None:
            self.drop_wanted.emit(self.waiting)

    def _change_unit(self, index: int) -> None:
        if self.waiting is not None and index > 0:
            self.unit_wanted.emit(self.waiting, self.unit.itemText(index))


