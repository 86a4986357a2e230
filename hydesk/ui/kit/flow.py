"""A row that goes on in the next line where the room ends, as words do."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

_BETWEEN = 6
"""Points between two lines."""


class FlowRow(QLayout):
    """Its widgets as large as they wish to be, from the left; hidden ones take no room."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._wishes: list[tuple[QLayoutItem, QSize]] | None = None
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def invalidate(self) -> None:
        self._wishes = None
        super().invalidate()

    def _shown(self) -> list[tuple[QLayoutItem, QSize]]:
        """What is not hidden and how large it wishes to be, asked once until something changes."""
        if self._wishes is None:
            self._wishes = [(i, i.sizeHint().expandedTo(i.minimumSize())) for i in self._items if not i.isEmpty()]
        return self._wishes

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), only_measure=True)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect)

    def sizeHint(self) -> QSize:
        sizes = [size for _, size in self._shown()]
        return QSize(sum(s.width() + self._gap for s in sizes), max((s.height() for s in sizes), default=0))

    def minimumSize(self) -> QSize:
        sizes = [size for _, size in self._shown()]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def _place(self, rect: QRect, *, only_measure: bool = False) -> int:
        """Lay the widgets out within ``rect``, those of a line on one middle; the height they take."""
        y, lines = rect.y(), self._lines(rect.width())
        for n, line in enumerate(lines):
            x, high = rect.x(), max(wish.height() for _, wish in line)
            for item, wish in line if not only_measure else ():
                item.setGeometry(QRect(x, y + (high - wish.height()) // 2, min(wish.width(), rect.width()), wish.height()))
                x += wish.width() + self._gap
            y += high + (_BETWEEN if n + 1 < len(lines) else 0)
        return y - rect.y()

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        x = 0
        for item, wish in self._shown():
            if not lines or x + wish.width() > width:
                lines.append([])
                x = 0
            lines[-1].append((item, wish))
            x += wish.width() + self._gap
        return lines
