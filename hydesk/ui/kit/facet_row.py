"""The one row of filters above a list: a search box, chips of facets with how many each choice would show, 清除筛选."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLineEdit, QWidget

from hydesk.dataclass import dataclass
from hydesk.ui.kit.basic import FilterChip, button
from hydesk.ui.kit.delayed import Delayed
from hydesk.ui.kit.search_box import on_leaving
from hydesk.ui.kit.tab_order import tab_as_laid_out
from hydesk.ui.kit.words import CLEAR
from hydesk.ui.plain import plain_text


@dataclass(frozen=True, slots=True)
class Facet:
    """What a list can be narrowed by: what it is called, and how a choice of it is said."""

    label: str
    said: Callable[[Any], str] = str


class ChipRow(QWidget):
    """Chips of facets and words looked for. ``query_changed`` after every change."""

    query_changed = Signal()

    def __init__(self, facets: Mapping[str, Facet], *, first: Iterable[QWidget] = (), layout: type[QLayout] = QHBoxLayout,
                 parent: QWidget | None = None) -> None:
        """``first`` stand before the chips."""
        super().__init__(parent)
        self.chips: dict[str, FilterChip] = {}
        self.clear_button = button(CLEAR, self.clear, kind="link")
        self.clear_button.hide()
        self._words = ""
        self._row = layout(self)
        if isinstance(self._row, QHBoxLayout):
            self._row.setContentsMargins(0, 0, 0, 0)
            self._row.setSpacing(8)
        for one in first:
            self._row.addWidget(one)
        self._add(facets)
        self._row.addWidget(self.clear_button)
        if isinstance(self._row, QHBoxLayout):
            self._row.addStretch(1)

    def _add(self, facets: Mapping[str, Facet]) -> None:
        for key, facet in facets.items():
            chip = self.chips[key] = FilterChip(facet.label, facet.said)
            self._row.addWidget(chip)
            chip.chosen.connect(self._take)

    def set_facets(self, facets: Mapping[str, Facet]) -> None:
        """Let there be these facets in place of those there are, with nothing asked for."""
        for chip in self.chips.values():
            self._row.removeWidget(chip)
            chip.deleteLater()
        self.chips = {}
        self._row.removeWidget(self.clear_button)
        if isinstance(self._row, QHBoxLayout):
            self._row.takeAt(self._row.count() - 1)
        self._add(facets)
        self._row.addWidget(self.clear_button)
        if isinstance(self._row, QHBoxLayout):
            self._row.addStretch(1)
        tab_as_laid_out(self)
        self.clear()

    @property
    def text(self) -> str:
        """The words looked for."""
        return self._words

    def _say_words(self, text: str) -> None:
        """Hold ``text`` without telling anybody."""
        self._words = text

    @property
    def values(self) -> dict[str, frozenset[Any]]:
        """What is chosen of each facet; nothing means everything."""
        return {key: chip.values for key, chip in self.chips.items()}

    @property
    def narrowed(self) -> bool:
        """Whether less than everything is asked for."""
        return bool(self.text.strip()) or any(self.values.values())

    def put(self, text: str, values: Mapping[str, Collection[Any]]) -> None:
        """Ask for just this, without telling anybody."""
        self._say_words(text)
        for key, chip in self.chips.items():
            chip.choose(frozenset(values.get(key, ())))
        self.clear_button.setVisible(self.narrowed)

    def ask(self, text: str, values: Mapping[str, Collection[Any]]) -> None:
        """Ask for just this."""
        self.put(text, values)
        self._take()

    def clear(self) -> None:
        """Ask for everything."""
        self.ask("", {})

    def offer_counts(self, counts: Mapping[str, Mapping[Any, int]], order: Mapping[str, Iterable[Any]]) -> None:
        """Of each facet the choices in ``order``, those that are chosen among them, with how many each would show."""
        for key, chip in self.chips.items():
            listed = list(order[key])
            chip.offer(counts[key], [*listed, *sorted((v for v in chip.values if v not in listed), key=str)])

    def _take(self) -> None:
        self.clear_button.setVisible(self.narrowed)
        self.query_changed.emit()


class FacetRow(ChipRow):
    """The chips with a search box before them."""

    left = Signal()
    """Enter or Down in the search box: on to what was found."""

    def __init__(self, facets: Mapping[str, Facet], *, hint: str, name: str, tip: str = "Ctrl+F；可用拼音首字母",
                 width: tuple[int, int] = (220, 300), beside: Iterable[QWidget] = (), parent: QWidget | None = None) -> None:
        """``hint`` stands in the empty search box, which is at least and at most ``width`` points wide; ``beside`` stand
        right after it."""
        self.search = QLineEdit()
        self.search.setPlaceholderText(hint)
        self.search.setAccessibleName(name)
        self.search.setToolTip(plain_text(tip))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(width[0])
        self.search.setMaximumWidth(width[1])
        super().__init__(facets, first=(self.search, *beside), parent=parent)
        self._wait = Delayed(self, self._take)
        self.search.textChanged.connect(self._wait.start)
        on_leaving(self.search, self.left.emit)

    @property
    def text(self) -> str:
        """The words in the search box."""
        return self.search.text()

    def _say_words(self, text: str) -> None:
        with QSignalBlocker(self.search):
            self.search.setText(text)

    def _take(self) -> None:
        self._wait.stop()
        super()._take()

    def focus_search(self) -> None:
        """Ctrl+F."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
