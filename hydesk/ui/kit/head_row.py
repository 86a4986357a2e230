"""The row at the top of a page: its title, the tabs of its views, counts or filters, and its acts at the right.

Where a window is too narrow for all of them the tabs go into a line of their own, then the filters, then what is left over:
nothing is cut and nothing widens the window.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QTabBar, QWidget

from hydesk.dataclass import dataclass

_BETWEEN = 6
"""Points between two lines."""
_GROWING = (QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
"""Policies of what takes the room that is left."""


@dataclass(slots=True)
class _Part:
    """One thing in the row, and what it asks for."""

    item: QLayoutItem
    grows: bool = False
    lower: bool = False
    """Stands on the line's bottom, as words beside a title do."""
    least: int = 0
    wish: QSize | None = None
    """Asked once, with ``least``, until something changes."""

    @property
    def tabs(self) -> bool:
        return isinstance(self.item.widget(), QTabBar)

    @property
    def filters(self) -> bool:
        widget = self.item.widget()
        return self.grows and widget is not None and not isinstance(widget, QLabel)

    def ask(self) -> QSize:
        """How large it would be; sets ``least``. Tabs want all their words."""
        if self.wish is None:
            self.wish = self.item.sizeHint().expandedTo(self.item.minimumSize())
            self.least = self.wish.width() if self.tabs else self.item.minimumSize().width()
        return self.wish

    def width(self, room: int) -> int:
        """Its width where ``room`` is left for it beyond ``least``."""
        return min(self.least + room, self.item.maximumSize().width())


class HeadRow(QLayout):
    """Title first; what stands behind something that grows is at the right."""

    def __init__(self, gap: int = 8) -> None:
        super().__init__()
        self._parts: list[_Part] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def put(self, widget: QWidget, *, grows: bool = False, lower: bool = False) -> None:
        """Add ``widget``; one that ``grows`` takes the room that is left. ``lower``: on the line's bottom."""
        self.addWidget(widget)
        self._parts[-1].grows = grows or widget.sizePolicy().horizontalPolicy() in _GROWING
        self._parts[-1].lower = lower

    @property
    def grows(self) -> bool:
        """Whether something takes the room that is left already."""
        return any(part.grows for part in self._parts)

    def spring(self) -> None:
        """What follows stands at the right."""
        self.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding))
        self._parts[-1].grows = True

    # What a layout is asked -------------------------------------------------------------------------------

    def addItem(self, item: QLayoutItem) -> None:
        self._parts.append(_Part(item))
        self.invalidate()

    def count(self) -> int:
        return len(self._parts)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._parts[index].item if 0 <= index < len(self._parts) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._parts.pop(index).item if 0 <= index < len(self._parts) else None

    def invalidate(self) -> None:
        for part in self._parts:
            part.wish = None
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = self._lines(width)
        return sum(map(_height, lines)) + _BETWEEN * max(0, len(lines) - 1)

    def sizeHint(self) -> QSize:
        parts = self._shown()
        return QSize(sum(p.ask().width() for p in parts) + self._gap * max(0, len(parts) - 1), _height(parts))

    def minimumSize(self) -> QSize:
        """Wide enough for the widest thing that cannot give way; tabs can, by scrolling."""
        parts = self._shown()
        return QSize(max((p.item.minimumSize().width() for p in parts if not p.tabs), default=0), _height(parts))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        y = rect.y()
        for line in self._lines(rect.width()):
            self._place(line, QRect(rect.x(), y, rect.width(), high := _height(line)))
            y += high + _BETWEEN

    # Lines ------------------------------------------------------------------------------------------------

    def _shown(self) -> list[_Part]:
        parts = [p for p in self._parts if p.item.spacerItem() is not None or not p.item.isEmpty()]
        for part in parts:
            part.ask()
        return parts

    def _fits(self, parts: list[_Part], width: int) -> bool:
        return sum(p.least for p in parts) + self._gap * max(0, len(parts) - 1) <= width

    def _lines(self, width: int) -> list[list[_Part]]:
        first, below = self._shown(), list[_Part]()
        kinds: tuple[Callable[[_Part], bool], ...] = (lambda p: p.tabs, lambda p: p.filters)
        for gives_way in kinds:
            if not self._fits(first, width) and (down := [p for p in first if gives_way(p)]):
                first = [p for p in first if not gives_way(p)]
                below += down
        lines = self._broken(first, width)
        if len(lines) == 2 and self._fits([*below, *lines[1]], width):  # the acts that are left over, at the right of the tabs
            return [lines[0], [*below, *lines[1]]]
        return [*lines, *self._broken(below, width)]

    def _broken(self, parts: list[_Part], width: int) -> list[list[_Part]]:
        """``parts`` in as many lines as they need, as words of a sentence."""
        lines: list[list[_Part]] = []
        for part in parts:
            if not lines or not self._fits([*lines[-1], part], width):
                lines.append([])
            lines[-1].append(part)
        return [line for line in lines if any(p.item.widget() is not None for p in line)]

    def _place(self, line: list[_Part], box: QRect) -> None:
        """Lay a line out in ``box``: each as large as it wishes while there is room; the last that grows has the rest."""
        spare = max(0, box.width() - sum(p.least for p in line) - self._gap * (len(line) - 1))
        widths = []
        for part in line:
            widths.append(part.width(max(0, min(spare, part.ask().width() - part.least))))
            spare -= widths[-1] - part.least
        last = next((i for i in reversed(range(len(line))) if line[i].grows), -1)
        if last >= 0:
            spare += widths[last]
            widths[last] = line[last].width(spare - line[last].least)
            spare -= widths[last]
        right = next((i for i in range(1, len(line)) if line[0].tabs and not line[i].tabs and not line[i].filters), 0)
        x = box.x()
        for i, (part, width) in enumerate(zip(line, widths, strict=True)):
            if i and i == right:
                x += spare  # acts below the title's line stand at its right too
            high = min(box.height(), part.ask().height())
            y = box.bottom() + 1 - high if part.lower else box.y() + (box.height() - high) // 2
            part.item.setGeometry(QRect(x, y, min(width, box.width()), high))
            x += width + self._gap


def _height(line: list[_Part]) -> int:
    return max((p.ask().height() for p in line), default=0)
