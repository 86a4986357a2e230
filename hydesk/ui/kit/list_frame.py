"""How a screen with a list is laid out: title and count, its acts, filters, the list or what it says when empty, a panel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from hydesk.dataclass import dataclass
from hydesk.ui import tokens
from hydesk.ui.kit.basic import label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.head_row import HeadRow

SCREEN = (tokens.PAGE_MARGIN, 12, tokens.PAGE_MARGIN, tokens.PAGE_MARGIN)
"""Margins of a page that fills the window."""
_AROUND = 26
"""Pixels of a tab beside its words: what the style sheet leaves at both sides, and two for rounding."""


@dataclass(frozen=True, slots=True)
class ListFrame:
    """What stands where on a screen with a list."""

    title: str | QWidget
    pages: Sequence[QWidget]
    """One of them at a time: the lists and what is said in place of an empty one."""
    beside_title: Sequence[QWidget] = ()
    """Counts and standings, on the title's line of text, and filters; one that may grow takes the room."""
    acts: Sequence[QWidget] = ()
    """Buttons at the right of the title."""
    rows: Sequence[QWidget | QLayout] = ()
    """Tabs and filters, from the top."""
    foot: Sequence[QWidget] = ()
    """In the card, below the page."""
    panel: QWidget | None = None
    other_panels: Sequence[QWidget] = ()
    """Beside it, each hidden until it is asked for."""
    below: Sequence[QWidget] = ()
    """Under all: strips of what is pending, the line of the selection."""
    margins: tuple[int, int, int, int] = SCREEN
    least: int = 0
    """Points that the card keeps beside the panel; 0 what its widest page asks for."""

    def lay_out(self, screen: QWidget) -> QStackedWidget:
        """Lay ``screen`` out so; the stack of its pages."""
        pages = QStackedWidget()
        for page in self.pages:
            pages.addWidget(page)
        card = QFrame()
        card.setObjectName("card")
        in_column((pages, 1), *self.foot, on=card, gap=0, margins=1)
        if self.least:
            card.setMinimumWidth(tokens.wide(self.least))
        middle = in_row((card, 1), gap=tokens.GAP)
        if self.panel is not None:
            middle.addWidget(self.panel)
        for one in self.other_panels:
            middle.addWidget(one)
        layout = QVBoxLayout(screen)
        layout.setContentsMargins(*self.margins)
        layout.setSpacing(8)
        layout.addLayout(self._head())
        for row in self.rows:
            layout.addWidget(row) if isinstance(row, QWidget) else layout.addLayout(row)
        layout.addLayout(middle, 1)
        for one in self.below:
            layout.addWidget(one)
        return pages

    def _head(self) -> HeadRow:
        head = HeadRow()
        head.put(label(self.title, "title") if isinstance(self.title, str) else self.title, lower=True)
        for one in self.beside_title:
            head.put(one, lower=isinstance(one, QLabel))
        if not head.grows:
            head.spring()
        for one in self.acts:
            head.put(one)
        return head


class EvenTabs(QTabBar):
    """Tabs with room for the heavier words of the one that is chosen: no other choice makes them move or want room."""

    def tabSizeHint(self, index: int) -> QSize:
        hint, heavy = super().tabSizeHint(index), QFont(self.font())
        heavy.setWeight(QFont.Weight.DemiBold)
        words = QFontMetrics(heavy).horizontalAdvance(self.tabText(index)) + _AROUND
        return QSize(max(hint.width(), words), hint.height())


def tab_row(words: Sequence[str], name: str) -> QTabBar:
    """Tabs above a list, for its views."""
    tabs = EvenTabs()
    tabs.setDrawBase(False)
    tabs.setExpanding(False)
    tabs.setAccessibleName(name)
    for word in words:
        tabs.addTab(word)
    return tabs


def tabbed(pages: Sequence[tuple[str, QWidget]], name: str) -> tuple[QTabBar, QStackedWidget]:
    """Tabs, and the pages that they turn, in order."""
    tabs, stack = tab_row([word for word, _ in pages], name), QStackedWidget()
    for _, page in pages:
        stack.addWidget(page)
    tabs.currentChanged.connect(stack.setCurrentIndex)
    return tabs, stack
