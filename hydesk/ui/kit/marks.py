"""The marks of findings, drawn: a red disc with ×, an amber triangle with !, a grey i. They stand for nothing else."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from hydesk.domain.findings import Level
from hydesk.ui import tokens
from hydesk.ui.style import Theme
from hydesk.ui.tokens import Palette

SIDE = 14
"""Points of a mark's side."""


def paint_mark(painter: QPainter, box: QRect, level: Level, palette: Palette, *, done: bool = False) -> None:
    """Draw the mark of ``level`` into the middle of ``box``; ``done``: a tick in quiet, for what is decided."""
    side = min(tokens.wide(SIDE), box.width(), box.height())
    area = QRectF(box.center().x() - side / 2, box.center().y() - side / 2 + 0.5, side, side)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if done:
        painter.setPen(QPen(QColor(palette.quiet), 1.6))
        x, y, s = area.x(), area.y(), side
        painter.drawPolyline(QPolygonF([QPointF(x + s * 0.18, y + s * 0.52), QPointF(x + s * 0.42, y + s * 0.76), QPointF(x + s * 0.84, y + s * 0.26)]))
        painter.restore()
        return
    color, ground = palette.of_level(level), QColor(palette.surface)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    if level is Level.ERROR:
        painter.drawEllipse(area)
        painter.setPen(QPen(ground, 1.6))
        a = area.adjusted(side * 0.32, side * 0.32, -side * 0.32, -side * 0.32)
        painter.drawLine(a.topLeft(), a.bottomRight())
        painter.drawLine(a.topRight(), a.bottomLeft())
    elif level is Level.WARNING:
        painter.drawPolygon(QPolygonF([QPointF(area.center().x(), area.top()), area.bottomRight(), area.bottomLeft()]))
        painter.setPen(QPen(ground, 1.6))
        x = area.center().x()
        painter.drawLine(QPointF(x, area.top() + side * 0.36), QPointF(x, area.top() + side * 0.66))
        painter.drawPoint(QPointF(x, area.top() + side * 0.84))
    else:
        font = QFont(painter.font())
        font.setPixelSize(max(8, round(side * 0.9)))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(color)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, "i")
    painter.restore()


class FindingMark(QWidget):
    """A mark beside words that say the same."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self.level, self.done = theme, Level.NOTE, False
        self.setFixedSize(QSize(tokens.wide(SIDE) + 4, tokens.wide(SIDE) + 8))

    def say(self, level: Level, *, done: bool = False) -> None:
        """Show the mark of ``level``."""
        self.level, self.done = level, done
        self.setAccessibleName(level.label)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_mark(painter, self.rect(), self.level, self._theme.palette, done=self.done)
        painter.end()
