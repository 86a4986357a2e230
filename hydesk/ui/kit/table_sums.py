"""The fixed row below a table in which its sums stand, each in its own column."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QTableView, QWidget

from hydesk.ui import style, tokens
from hydesk.ui.kit import table as tables
from hydesk.ui.style import Theme


class TableSums(QWidget):
    """``texts`` are the sums by the key of their column; the row moves with its table."""

    def __init__(self, table: QTableView, theme: Theme) -> None:
        super().__init__()
        self._table, self._theme = table, theme
        self.texts: dict[str, str] = {}
        self.setFixedHeight(tokens.ROW_HEIGHT + 2)
        self.setAccessibleName("合计")
        header = table.horizontalHeader()
        header.sectionResized.connect(self.update)
        header.geometriesChanged.connect(self.update)
        table.horizontalScrollBar().valueChanged.connect(self.update)

    def _make_room(self, column: int, key: str) -> None:
        """A sum is never cut: its column grows to hold it."""
        metrics = QFontMetrics(style.figures(tokens.TABLE_PT, bold=True))
        needed = metrics.horizontalAdvance(self.texts.get(key, "")) + 2 * tables.PAD + 2
        if self._table.columnWidth(column) < needed:
            self._table.setColumnWidth(column, needed)

    def _ground(self) -> QPainter:
        """A painter over the row's empty ground, with the type of sums."""
        painter = QPainter(self)
        palette = self._theme.palette
        painter.fillRect(self.rect(), QColor(palette.faint))
        painter.setPen(QColor(palette.line))
        painter.drawLine(0, 0, self.width(), 0)
        painter.setFont(style.figures(tokens.TABLE_PT, bold=True))
        painter.setPen(QColor(palette.text))
        return painter

    def _write(self, painter: QPainter, text: str, x: int, width: int, *, right: bool) -> None:
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        box = QRect(x + tables.PAD, 1, width - 2 * tables.PAD, self.height() - 1)
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, text)
