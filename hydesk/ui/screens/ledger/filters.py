"""The row of filters above the ledger: search box, chips with counts, what is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton, QWidget

from hydesk.domain.meaning import Meaning
from hydesk.services.projects.list_more_facts import STAGES
from hydesk.ui import tokens
from hydesk.ui.kit.basic import FilterChip, button
from hydesk.ui.kit.flow import FlowRow
from hydesk.ui.kit.search_box import on_leaving
from hydesk.ui.requests import Case, LedgerQuery
from hydesk.ui.screens.ledger.export import WORDS
from hydesk.ui.screens.ledger.rows import LedgerRows

_MEANINGS = [Meaning.AHEAD, Meaning.ON_TRACK, Meaning.LAGGING, Meaning.SERIOUSLY_LAGGING, Meaning.UNREPORTED, Meaning.NO_DATA]
_SAID = {"meanings": lambda m: f"{m.mark} {m.label}", "cases": lambda c: c.value}
_FIXED: dict[str, list[Any]] = {"meanings": list(_MEANINGS), "cases": list(Case), "stages": list(STAGES)}
"""Choices that stand in their own order, whether they occur or not."""
COUNTED_AT_ONCE = 4000
"""Rows whose choices are all counted within a key's time; of more, one filter at a time, so that keys come between."""
_LESS_USED = ("natures", "levels", "chains", "industries", "investors", "batches")
"""Filters that stand in 更多筛选 until they are used."""
_WHERE_ROOM = ("stages", "cases")
"""Those that stand there too where the row would not hold them."""
_OF_COLUMN = {
    "unit": "units", "category": "categories", "nature": "natures", "meaning": "meanings", "completion": "meanings",
    "gap": "meanings", "stage": "stages", "level": "levels", "chain": "chains", "industry": "industries",
    "investor": "investors", "batch": "batches", "problem": "cases", "start": "cases", "planned_start": "cases"}
"""The filter that goes with a column."""
ROOMY = 940
"""Points of width that hold the whole row."""
SEARCH = 230


class LedgerFilters(QWidget):
    """Holds the query; ``query_changed`` after every change by the user."""

    query_changed = Signal(object)
    left = Signal()
    """Enter or Down in the search box: on to the table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.query = LedgerQuery()
        self._only: frozenset[int] = frozenset()
        self._called = ""
        self.search = QLineEdit()
        self.search.setPlaceholderText("查找名称、编号、业主、拼音")
        self.search.setAccessibleName("在台账中查找")
        self.search.setToolTip("Ctrl+F；可用拼音首字母，如 hzdd")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(SEARCH)
        self.search.setMaximumWidth(300)
        self.chips: dict[str, FilterChip] = {
            kind: FilterChip(word, _SAID.get(kind, str)) for kind, word in WORDS.items()
        }
        self.more = QToolButton()
        self.more.setObjectName("chip")
        self.more.setText("更多筛选 ▾")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(QMenu(self.more))
        self.only = button("只看 ✕", self._drop_only, kind="link", tip="不再只看这些项目")
        self.clear_button = button("清除筛选", self.clear, kind="link")
        self._counting: Iterator[str] = iter(())
        self._count_next = QTimer(self)
        self._count_next.setInterval(0)
        self._count_next.timeout.connect(self._count_one)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(0)
        self._wait.timeout.connect(self._take)
        self._narrow = False
        self._in_more: dict[str, QAction] = {}
        layout = FlowRow(self)
        layout.addWidget(self.search)
        for kind, chip in self.chips.items():
            layout.addWidget(chip)
            chip.chosen.connect(self._take)
            chip.menu().aboutToShow.connect(self.finish_counting)
            if kind in (*_WHERE_ROOM, *_LESS_USED):
                chip.menu().setTitle(WORDS[kind])
                self._in_more[kind] = self.more.menu().addMenu(chip.menu())
        layout.addWidget(self.more)
        layout.addWidget(self.only)
        layout.addWidget(self.clear_button)
        self._show_chips()
        self.search.textChanged.connect(self._wait.start)
        on_leaving(self.search, self.left.emit)
        self.clear_button.hide()
        self.only.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (narrow := self.width() < tokens.wide(ROOMY)) != self._narrow:
            self._narrow = narrow
            self._show_chips()

    def _show_chips(self) -> None:
        """Filters that are used stand in the row; of the others those there is room for."""
        for kind, action in self._in_more.items():
            spare = kind in _LESS_USED or self._narrow
            self.chips[kind].setVisible(not spare or bool(self.chips[kind].values))
            action.setVisible(spare)

    def show_query(self, query: LedgerQuery) -> None:
        """Set the widgets to ``query`` and tell about it."""
        self.search.blockSignals(True)
        self.search.setText(query.text)
        self.search.blockSignals(False)
        for kind, chip in self.chips.items():
            chip.choose(getattr(query, kind))
        self._say_only(query)
        self._take()

    def _say_only(self, query: LedgerQuery) -> None:
        self._only, self._called = query.only, query.called
        self.only.setAccessibleName(f"只看{query.called or '选定的项目'}，点此取消")
        self.only.setText(f"{query.called or '选定的项目'} {len(query.only)} 个 ✕")
        self.only.setVisible(bool(query.only))

    def _drop_only(self) -> None:
        self._say_only(LedgerQuery())
        self._take()

    def clear(self) -> None:
        """Show everything."""
        self.show_query(LedgerQuery())

    def offer(self, rows: LedgerRows) -> None:
        """Set choices and counts from ``rows``: at once, or one filter after the other where there are many rows."""
        self._counting = self._offers(rows, self.query)
        if len(rows) > COUNTED_AT_ONCE:
            self._count_next.start()
        else:
            self.finish_counting()

    def _offers(self, rows: LedgerRows, query: LedgerQuery) -> Iterator[str]:
        for kind, counts in rows.counts(query):
            order = _FIXED.get(kind) or list(dict.fromkeys(rows.choices(kind) + sorted(getattr(query, kind))))
            self.chips[kind].offer(counts, order)
            yield kind

    def _count_one(self) -> None:
        if next(self._counting, None) is None:
            self._count_next.stop()

    def finish_counting(self) -> None:
        """Count what is not counted yet: a menu of choices is opened."""
        self._count_next.stop()
        for _ in self._counting:
            pass

    def _take(self) -> None:
        self._wait.stop()
        self._count_next.stop()  # what was being counted is stale; the screen asks again once the table stands
        self._counting = iter(())
        values = {kind: chip.values for kind, chip in self.chips.items()}
        self.query = replace(LedgerQuery(), text=self.search.text(), only=self._only, called=self._called, **values)
        self._show_chips()
        self.clear_button.setVisible(self.query.narrowed)
        self.query_changed.emit(self.query)

    def open_for(self, column: str, at: QPoint) -> bool:
        """Open the choices that go with a column at ``at``; False where there are none."""
        kind = _OF_COLUMN.get(column)
        if kind is not None:
            self.finish_counting()
            self.chips[kind].menu().popup(at)
        return kind is not None

    def focus_search(self) -> None:
        """Ctrl+F."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
