"""Bars beside a table: one for each row, longest first, with its figure."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from hydesk.ui import style, tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.meant import mean

STEP = 26
HEAD = 36
Value = tuple[str, str, float]
"""A name, its figure as shown, its length."""


class _Picture(QWidget):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.title = ""
        self.values: list[Value] = []

    def sizeHint(self) -> QSize:
        return QSize(300, HEAD + STEP * len(self.values) + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self._desk.theme.palette
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(palette.surface))
        font = style.figures(tokens.TABLE_PT)
        metrics = QFontMetrics(font)
        painter.setFont(style.figures(tokens.TABLE_PT, bold=True))
        painter.setPen(QColor(palette.text))
        painter.drawText(QRectF(14, 8, self.width() - 20, 22), Qt.AlignmentFlag.AlignLeft, self.title)
        painter.setFont(font)
        names = min(max((metrics.horizontalAdvance(n) for n, _, _ in self.values), default=0), 120)
        figures = max((metrics.horizontalAdvance(t) for _, t, _ in self.values), default=0)
        room = max(self.width() - names - figures - 46, 20)
        most = max((v for _, _, v in self.values), default=0) or 1
        for index, (name, text, value) in enumerate(self.values):
            y = HEAD + index * STEP
            painter.setPen(QColor(palette.text))
            elided = metrics.elidedText(name, Qt.TextElideMode.ElideRight, names)
            painter.drawText(QRectF(14, y, names, STEP), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, elided)
            length = room * max(value, 0) / most
            painter.fillRect(QRectF(20 + names, y + 6, length, STEP - 12), QColor(palette.accent))
            painter.drawText(QRectF(26 + names + length, y, figures + 8, STEP), Qt.AlignmentFlag.AlignVCenter, text)


class Bars(QScrollArea):
    """The picture, scrolled where there are many bars."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._picture = _Picture(desk)
        self.setWidget(self._picture)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(300)
        self.setAccessibleName("统计图")

    def show_bars(self, title: str, values: Sequence[Value], measure: str) -> None:
        """Show other bars, the longest first; ``measure`` is the id of what they show."""
        mean(self._picture, measure)
        self._picture.title = title
        self._picture.values = sorted(values, key=lambda v: -v[2])
        self._picture.setMinimumHeight(self._picture.sizeHint().height())
        self._picture.setAccessibleName(title + "：" + "，".join(f"{n} {t}" for n, t, _ in self._picture.values))
        self._picture.update()
