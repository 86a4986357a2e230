"""How what is typed, pasted or proposed but not written looks, everywhere: a tint, a frame of dashes, figures in italics."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from hydesk.ui.tokens import Palette


def paint_pending(painter: QPainter, rect: QRect, palette: Palette) -> None:
    """Tint ``rect`` and frame it with dashes; the figure on it is drawn in ``pending_font``."""
    painter.save()
    painter.fillRect(rect, palette.pending())
    painter.setPen(QPen(QColor(palette.accent), 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
    painter.restore()


def pending_font(font: QFont) -> QFont:
    """``font`` in italics."""
    made = QFont(font)
    made.setItalic(True)
    return made
