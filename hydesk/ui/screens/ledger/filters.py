"""The filters beside the ledger's title: chips with counts, as many as there is room for; the rest in 更多筛选."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from hydesk.domain.meaning import Meaning
from hydesk.domain.milestones import STAGES
from hydesk.domain.scopes.cases import Case
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.services.pages.ledger_query import WORDS, LedgerQuery
from hydesk.services.pages.ledger_rows import LedgerRows
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button
from hydesk.ui.kit.delayed import Delayed
from hydesk.ui.kit.facet_row import ChipRow, Facet
from hydesk.ui.kit.flow import FlowRow
from hydesk.ui.kit.scope_picker import ScopePicker

_MEANINGS = [Meaning.AHEAD, Meaning.ON_TRACK, Meaning.LAGGING, Meaning.SERIOUSLY_LAGGING, Meaning.UNREPORTED, Meaning.NO_DATA]
_SAID = {"meanings": lambda m: f"{m.mark} {m.label}", "cases": lambda c: c.value}
_FIXED: dict[str, list[Any]] = {"meanings": list(_MEANINGS), "cases": list(Case), "stages": list(STAGES)}
"""Choices that stand in their own order, whether they occur or not."""
COUNTED_AT_ONCE = 4000
"""Rows whose choices are all counted within a key's time; of more, one filter at a time, so that keys come between."""
_LESS_USED = ("groups", "leaders", "natures", "levels", "chains", "industries", "investors", "batches")
"""Filters that stand in 更多筛选 until they are used."""
_USUAL = ("units", "categories", "meanings", "stages", "cases")
"""Those that stand in the row, the first ones first, as far as it holds them."""
_OF_COLUMN = {
    "unit": "units", "category": "categories", "nature": "natures", "meaning": "meanings", "completion": "meanings",
    "gap": "meanings", "stage": "stages", "level": "levels", "chain": "chains", "industry": "industries",
    "investor": "investors", "batch": "batches", "city_leader": "leaders", "county_leader": "leaders", "problem": "cases", "start": "cases", "planned_start": "cases"}
"""The filter that goes with a column."""


_GAP = 8


class LedgerFilters(ChipRow):
    """Beside the ledger's title. What has no room or is less used stands in 更多筛选 until it is used."""

    text_changed = Signal(str)
    """Other words are looked for: the search box of the window says them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__({kind: Facet(word, _SAID.get(kind, str)) for kind, word in WORDS.items()}, layout=FlowRow, parent=parent)
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
        self._in_more: dict[str, QAction] = {}
        for kind in (*_USUAL, *_LESS_USED):
            menu = self.chips[kind].menu()
            menu.aboutToShow.connect(self.finish_counting)
            menu.setTitle(WORDS[kind])
            self._in_more[kind] = self.more.menu().addMenu(menu)
        self.more.menu().addSeparator()
        self.more.menu().addAction("自己写条件…\tAlt+S", self.open_scope)
        self._row.removeWidget(self.clear_button)
        for last in (self.more, self.scope, self.only, self.clear_button):
            self._row.addWidget(last)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        self._show_chips()
        self.only.hide()
        self._look_later = Delayed(self, self._take)
        self.scope.setShortcut(QKeySequence())  # hidden, it would not hear it; the screen does
        self.scope.chosen.connect(lambda: self.show_query(LedgerQuery.of(self.scope.scope, self.text)))
        self.scope.menu_.aboutToHide.connect(lambda: QTimer.singleShot(0, self, self._show_chips))

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
        if event.size().width() != event.oldSize().width():
            self._show_chips()

    def _show_chips(self) -> None:
        """Filters that are used stand in the row; of the others those there is room for."""
        used = {kind for kind, chip in self.chips.items() if chip.values}
        fixed: list[QWidget] = [self.more, *(self.chips[k] for k in used)]
        fixed += [w for w, on in ((self.scope, self._more.narrowed), (self.only, bool(self._only)), (self.clear_button, self.narrowed)) if on]
        room = self.width() - sum(w.sizeHint().width() + _GAP for w in fixed)
        for kind, action in self._in_more.items():
            chip = self.chips[kind]
            on = kind in used
            if not on and kind in _USUAL:
                room -= chip.sizeHint().width() + _GAP
                on = room + _GAP >= 0
            chip.setVisible(on)
            action.setVisible(not on)
        self.scope.setVisible(self._more.narrowed)

    def open_scope(self) -> None:
        """Alt+S: conditions that no filter tells, chosen or typed."""
        self.scope.show()
        self.scope.open()

    def show_query(self, query: LedgerQuery) -> None:
        """Ask for what another screen wants to see."""
        self._say_only(query)
        self._say_more(query.more)
        self.ask(query.text, {kind: getattr(query, kind) for kind in self.chips})

    def look_for(self, text: str) -> None:
        """Look for ``text`` among what the chips let through, once no key waits to be read any more."""
        if text != self.text:
            self._words = text
            self._look_later.start()

    def settle(self) -> None:
        """Look now for what was typed last."""
        if self._look_later.isActive():
            self._take()

    def _say_words(self, text: str) -> None:
        super()._say_words(text)
        self.text_changed.emit(text)

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
        if any(self.values.values()):
            self._show_chips()  # their counts make the used ones wider

    def _take(self) -> None:
        self.scope.choose(self.query.scope, self._more)
        self._count_next.stop()  # what was being counted is stale; the screen asks again once the table stands
        self._counting = iter(())
        self._look_later.stop()
        super()._take()
        self._show_chips()

    def open_for(self, column: str, at: QPoint) -> bool:
        """Open the choices that go with a column at ``at``; False where there are none."""
        kind = _OF_COLUMN.get(column)
        if kind is not None:
            self.finish_counting()
            self.chips[kind].menu().popup(at)
        return kind is not None
