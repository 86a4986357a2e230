"""Icons: the project's own SVG drawings, tinted with a colour of the palette."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from hydesk.resource_files import resource


def pixmap(name: str, color: QColor, size: int = 18, ratio: float = 2.0) -> QPixmap:
    """The drawing ``name`` in ``color``, ``size`` logical pixels square."""
    source = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", color.name())
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(made.rect()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def icon(name: str, color: QColor, size: int = 18) -> QIcon:
    """Like ``pixmap``, as an icon."""
    return QIcon(pixmap(name, color, size))
