"""Icons: the project's own SVG drawings, tinted with a colour of the palette."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from hydesk.resource_files import resource
from hydesk.ui.style import Theme


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


_LOOK_CHANGES = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange)


class _Tint(QObject):
    """Keeps a button's drawing in the colour of the look in use."""

    def __init__(self, button: QAbstractButton, name: str, theme: Theme, size: int) -> None:
        super().__init__(button)
        self._button, self._theme, self._size = button, theme, size
        self.name = name
        button.installEventFilter(self)
        self.paint()

    def paint(self) -> None:
        """Draw it anew."""
        self._button.setIcon(icon(self.name, QColor(self._theme.palette.quiet), self._size))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _LOOK_CHANGES:
            self.paint()
        return False


def put(button: QAbstractButton, name: str, theme: Theme, size: int = 18) -> None:
    """Show the drawing ``name`` on ``button`` in the quiet colour, also after the look was changed."""
    known = button.findChild(_Tint)
    if isinstance(known, _Tint):
        known.name = name
        known.paint()
    else:
        _Tint(button, name, theme, size)
