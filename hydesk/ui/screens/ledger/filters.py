"""The row of filters above the ledger: search box, chips with counts, what is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from hydesk.domain.indicators import Meaning
from hydesk.ui.requests import Case, LedgerQuery
from hydesk.ui.screens.ledger.rows import Rows
from hydesk.ui.widgets.basic import FilterChip, button

_MEANINGS = [Meaning.AHEAD, Meaning.ON_TRACK, Meaning.LAGGING, Meaning.SERIOUSLY_LAGGING, Meaning.NO_DATA]


class Filters(QWidget):
    """Holds the query; ``query_changed`` after every change by the user."""

    query_changed = Signal(object)

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
        self.search.setMinimumWidth(230)
        self.search.setMaximumWidth(300)
        self.chips: dict[str, FilterChip] = {
            "units": FilterChip("县市区"),
            "categories": FilterChip("类别"),
            "natures": FilterChip("性质"),
            "meanings": FilterChip("进度", lambda m: f"{m.mark} {m.label}"),
            "cases": FilterChip("情形", lambda c: c.value),
        }
        self.only = button("只看 ✕", self._drop_only, kind="link", tip="不再只看这些项目")
        self.clear_button = button("清除筛选", self.clear, kind="link")
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(0)
        self._wait.timeout.connect(self._take)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        for chip in self.chips.values():
            layout.addWidget(chip)
            chip.chosen.connect(self._take)
        layout.addWidget(self.only)
        layout.addWidget(self.clear_button)
        layout.addStretch(1)
        self.search.textChanged.connect(self._wait.start)
        self.clear_button.hide()
        self.only.hide()

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

    def offer(self, rows: Rows) -> None:
        """Set choices and counts from ``rows``."""
        counts = rows.counts(self.query)
        seen: dict[str, list[Any]] = {"meanings": list(_MEANINGS), "cases": list(Case)}
        for kind, read in (("units", "unit"), ("categories", "category"), ("natures", "nature")):
            chosen: frozenset[Any] = getattr(self.query, kind)
            seen[kind] = list(dict.fromkeys([getattr(x.project, read) for x in rows.lines] + sorted(chosen)))
        for kind, chip in self.chips.items():
            chip.offer(counts[kind], seen[kind])

    def _take(self) -> None:
        self._wait.stop()
        values = {kind: chip.values for kind, chip in self.chips.items()}
        self.query = replace(LedgerQuery(), text=self.search.text(), only=self._only, called=self._called, **values)
        self.clear_button.setVisible(self.query.narrowed)
        self.query_changed.emit(self.query)

    def focus_search(self) -> None:
        """Ctrl+F."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
