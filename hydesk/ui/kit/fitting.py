"""What a narrow window leaves out: columns of a table, and hints that have no room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QTableView

from hydesk.ui import tokens
from hydesk.ui.kit.listing import Listing
from hydesk.ui.plain import plain_text

LEAST = 148
"""Pixels that the stretching column keeps, at the standard size of text."""


class FittingColumns(QObject):
    """Hides columns of ``table``, those named first first, until the others and the stretching one have room.

    A row's state and its newest figure stay in sight without scrolling sideways; what is hidden comes back with the room.
    """

    def __init__(self, table: QTableView, order: Sequence[int], least: int = LEAST) -> None:
        super().__init__(table)
        self._table, self._order, self._least = table, tuple(order), tokens.wide(least)
        self._widths: dict[int, int] = {}
        table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, (QResizeEvent, QShowEvent)):
            self.fit()
        return False

    def fit(self) -> None:
        """Hide and show by the width there is now."""
        table, head = self._table, self._table.horizontalHeader()
        for i in range(head.count()):
            if self._stretches(i):
                self._widths[i] = self._least
            elif not table.isColumnHidden(i):
                self._widths[i] = table.columnWidth(i)
        need = sum(self._widths.get(i, 0) for i in range(head.count()))
        # The bar is counted always: whether it stands there must not decide what is shown.
        room = table.width() - table.verticalScrollBar().sizeHint().width() - 2 * table.frameWidth()
        for i in self._order:
            hide = need > room
            if table.isColumnHidden(i) != hide:
                table.setColumnHidden(i, hide)
            need -= self._widths.get(i, 0) if hide else 0
        if isinstance(table, Listing):
            table.share_room()

    def _stretches(self, column: int) -> bool:
        if isinstance(self._table, Listing):
            return self._table.stretches(column)
        head = self._table.horizontalHeader()
        return head.sectionResizeMode(column) == head.ResizeMode.Stretch


class Hint(QLabel):
    """A small line that is elided, and takes no room from what stands beside it; the tooltip has it in full."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setObjectName("small")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip(plain_text(text))
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        whole = self.toolTip()
        shown = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, self.width())
        if shown != self.text():
            self.setText(shown)
        super().paintEvent(event)
