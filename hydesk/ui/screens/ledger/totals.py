"""The fixed row below the ledger's table: the sums of what is shown."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QTableView

from hydesk.domain.meaning import Meaning
from hydesk.services.pages.ledger_columns import FROZEN
from hydesk.services.pages.ledger_sums import sums_of
from hydesk.ui.kit.meant import mean
from hydesk.ui.kit.table_sums import TableSums
from hydesk.ui.screens.ledger.model import LedgerModel
from hydesk.ui.style import Theme


class TotalsBar(TableSums):
    """合计, in the table's own columns."""

    def __init__(self, table: QTableView, model: LedgerModel, theme: Theme) -> None:
        super().__init__(table, theme)
        self._model = model
        self.rate: Decimal | None = None
        self.gap: Decimal | None = None
        self._late: QColor | None = None
        model.shown_changed.connect(self.refresh)
        model.pending_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Work the sums out again."""
        m = self._model
        if not m.rows.whole:
            self.texts, self.rate, self.gap, self._late = {"code": "合计", "name": "正在读取…"}, None, None, None
            self.update()
            return
        sums = sums_of(m.rows, m.visible, m.unit, m.pending)
        self.texts, self.rate, self.gap = sums.texts, sums.rate, sums.gap
        late = sums.meaning in (Meaning.LAGGING, Meaning.SERIOUSLY_LAGGING)
        self._late = self._theme.palette.of_meaning(sums.meaning) if late else None
        for i, column in enumerate(m.columns):
            if (column.right or column.key == "name") and not self._table.isColumnHidden(i):
                self._make_room(i, column.key)
        mean(self, "count", *(c.measure for c in m.columns if c.key in self.texts and c.measure))
        self.setToolTip("")  # each column's head tells its own
        told = (f"{m.rows.title(i)}{self.texts[c.key]}" for i, c in enumerate(self._model.columns) if c.key in self.texts)
        self.setAccessibleDescription("，".join(told))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self._ground()
        header = self._table.horizontalHeader()
        painter.save()
        painter.setClipRect(QRect(QPoint(sum(self._table.columnWidth(i) for i in range(FROZEN)), 1), self.rect().bottomRight()))
        for i in range(FROZEN, len(self._model.columns)):
            if not header.isSectionHidden(i):
                self._draw(painter, i, header.sectionViewportPosition(i), header.sectionSize(i))
        painter.restore()
        x = 0
        for i in range(FROZEN):
            self._draw(painter, i, x, header.sectionSize(i))
            x += header.sectionSize(i)

    def _draw(self, painter: QPainter, column: int, x: int, width: int) -> None:
        text = self.texts.get(self._model.columns[column].key)
        if not text:
            return
        late = self._late is not None and self._model.columns[column].key == "gap"
        painter.setPen(self._late if late and self._late else QColor(self._theme.palette.text))
        self._write(painter, text, x, width, right=self._model.columns[column].right)
