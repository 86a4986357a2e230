"""The row of filters above the ledger: search box, chips with counts, what is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from hydesk.domain.meaning import Meaning
from hydesk.domain.milestones import STAGES
from hydesk.domain.scopes.cases import Case
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button
from hydesk.ui.kit.facet_row import Facet, FacetRow
from hydesk.ui.kit.flow import FlowRow
from hydesk.ui.kit.scope_picker import ScopePicker
from hydesk.ui.requests import LedgerQuery
from hydesk.ui.screens.ledger.export import WORDS
from hydesk.ui.screens.ledger.rows import LedgerRows

_MEANINGS = [Meaning.AHEAD, Meaning.ON_TRACK, Meaning.LAGGING, Meaning.SERIOUSLY_LAGGING, Meaning.UNREPORTED, Meaning.NO_DATA]
_SAID = {"meanings": lambda m: f"{m.mark} {m.label}", "cases": lambda c: c.value}
_FIXED: dict[str, list[Any]] = {"meanings": list(_MEANINGS), "cases": list(Case), "stages": list(STAGES)}
"""Choices that stand in their own order, whether they occur or not."""
COUNTED_AT_ONCE = 4000
"""Rows whose choices are all counted within a key's time; of more, one filter at a time, so that keys come between."""
_LESS_USED = ("groups", "leaders", "natures", "levels", "chains", "industries", "investors", "batches")
"""Filters that stand in 更多筛选 until they are used."""
_WHERE_ROOM = ("stages", "cases")
"""Those that stand there too where the row would not hold them."""
_OF_COLUMN = {
    "unit": "units", "category": "categories", "nature": "natures", "meaning": "meanings", "completion": "meanings",
    "gap": "meanings", "stage": "stages", "level": "levels", "chain": "chains", "industry": "industries",
    "investor": "investors", "batch": "batches", "city_leader": "leaders", "county_leader": "leaders", "problem": "cases", "start": "cases", "planned_start": "cases"}
"""The filter that goes with a column."""
ROOMY = 940
"""Points of width that hold the whole row."""
SEARCH = 230


class LedgerFilters(FacetRow):
    """The row above the ledger. What is less used stands in 更多筛选 until it is used."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__({kind: Facet(word, _SAID.get(kind, str)) for kind, word in WORDS.items()},
                         hint="查找名称、编号、业主、拼音", name="在台账中查找", tip="Ctrl+F；可用拼音首字母，如 hzdd",
                         width=(SEARCH, 300), layout=FlowRow, parent=parent)
        self._only: frozenset[int] = frozenset()
        self._more = WHOLE
        self._called = ""
        self.more = QToolButton()
        self.more.setObjectName("chip")
        self.more.setText("更多筛选 ▾")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(QMenu(self.more))
        self.only = button("只看 ✕", self._drop_only, kind="link", tip="不再只看这些项目")
        self.scope = ScopePicker(desk, "条件")
        self._counting: Iterator[str] = iter(())
        self._count_next = QTimer(self)
        self._count_next.setInterval(0)
        self._count_next.timeout.connect(self._count_one)
        self._narrow = False
        self._in_more: dict[str, QAction] = {}
        for kind, chip in self.chips.items():
            chip.menu().aboutToShow.connect(self.finish_counting)
            if kind in (*_WHERE_ROOM, *_LESS_USED):
                chip.menu().setTitle(WORDS[kind])
                self._in_more[kind] = self.more.menu().addMenu(chip.menu())
        self._row.removeWidget(self.clear_button)
        for last in (self.more, self.scope, self.only, self.clear_button):
            self._row.addWidget(last)
        self._show_chips()
        self.only.hide()
        self.scope.chosen.connect(lambda: self.show_query(LedgerQuery.of(self.scope.scope, self.text)))

    @property
    def query(self) -> LedgerQuery:
        """What is asked for."""
        chosen: dict[str, Any] = self.values
        return replace(LedgerQuery(), text=self.text, only=self._only, called=self._called, more=self._more, **chosen)

    @property
    def narrowed(self) -> bool:
        return self.query.narrowed

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
        """Ask for what another screen wants to see."""
        self._say_only(query)
        self._say_more(query.more)
        self.ask(query.text, {kind: getattr(query, kind) for kind in self.chips})

    def _say_only(self, query: LedgerQuery) -> None:
        self._only, self._called = query.only, query.called
        self.only.setAccessibleName(f"只看{query.called or '选定的项目'}，点此取消")
        self.only.setText(f"{query.called or '选定的项目'} {len(query.only)} 个 ✕")
        self.only.setVisible(bool(query.only))

    def _drop_only(self) -> None:
        self._say_only(LedgerQuery())
        self._take()

    def _say_more(self, more: Scope) -> None:
        self._more = more
        self.scope.choose(self.query.scope, more)

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
        self.scope.choose(self.query.scope, self._more)
        self._count_next.stop()  # what was being counted is stale; the screen asks again once the table stands
        self._counting = iter(())
        self._show_chips()
        super()._take()

    def open_for(self, column: str, at: QPoint) -> bool:
        """Open the choices that go with a column at ``at``; False where there are none."""
        kind = _OF_COLUMN.get(column)
        if kind is not None:
            self.finish_counting()
            self.chips[kind].menu().popup(at)
        return kind is not None
