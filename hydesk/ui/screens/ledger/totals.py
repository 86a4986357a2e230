"""The fixed row below the ledger's table: the sums of what is shown."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QTableView, QWidget

from hydesk.domain.meaning import Meaning
from hydesk.services.pages.ledger_columns import FROZEN
from hydesk.services.pages.ledger_sums import sums_of
from hydesk.ui import style, tokens
from hydesk.ui.kit import table as tables
from hydesk.ui.kit.meant import mean
from hydesk.ui.screens.ledger.model import LedgerModel
from hydesk.ui.style import Theme


class TotalsBar(QWidget):
    """The fixed row below the table: 合计, in the table's own columns."""

    def __init__(self, table: QTableView, model: LedgerModel, theme: Theme) -> None:
        super().__init__()
        self._table, self._model, self._theme = table, model, theme
        self.texts: dict[str, str] = {}
        self.rate: Decimal | None = None
        self.gap: Decimal | None = None
        self._late: QColor | None = None
        self.setFixedHeight(tokens.ROW_HEIGHT + 2)
        self.setAccessibleName("合计")
        model.shown_changed.connect(self.refresh)
        model.pending_changed.connect(self.refresh)
        table.horizontalHeader().sectionResized.connect(self.update)
        table.horizontalHeader().geometriesChanged.connect(self.update)
        table.horizontalScrollBar().valueChanged.connect(self.update)

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
        self._make_room()
        mean(self, "count", *(c.measure for c in m.columns if c.key in self.texts and c.measure))
        self.setToolTip("")  # each column's head tells its own
        told = (f"{m.rows.title(i)}{self.texts[c.key]}" for i, c in enumerate(self._model.columns) if c.key in self.texts)
        self.setAccessibleDescription("，".join(told))
        self.update()

    def _make_room(self) -> None:
        """A sum is never cut: its column grows to hold it."""
        metrics = QFontMetrics(style.figures(tokens.TABLE_PT, bold=True))
        for i, column in enumerate(self._model.columns):
            needed = metrics.horizontalAdvance(self.texts.get(column.key, "")) + 2 * tables.PAD + 2
            if (column.right or column.key == "name") and not self._table.isColumnHidden(i) and self._table.columnWidth(i) < needed:
                self._table.setColumnWidth(i, needed)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self._theme.palette
        painter.fillRect(self.rect(), QColor(palette.faint))
        painter.setPen(QColor(palette.line))
        painter.drawLine(0, 0, self.width(), 0)
        painter.setFont(style.figures(tokens.TABLE_PT, bold=True))
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
        side = Qt.AlignmentFlag.AlignRight if self._model.columns[column].right else Qt.AlignmentFlag.AlignLeft
        box = QRect(x + tables.PAD, 1, width - 2 * tables.PAD, self.height() - 1)
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, text)
