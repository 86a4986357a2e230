"""The row above a register's table: search box, chips of the fields that can be chosen from, with counts."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from hydesk.domain.registers import RegisterView
from hydesk.ui.kit.basic import FilterChip, button
from hydesk.ui.kit.tab_order import tab_as_laid_out
from hydesk.ui.screens.registers.rows import CASES, SheetQuery, SheetRows


class SheetFilters(QWidget):
    """Holds the query; ``query_changed`` after every change. The chips are those of the register shown."""

    query_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.query = SheetQuery()
        self.chips: dict[str, FilterChip] = {}
        self.search = QLineEdit()
        self.search.setPlaceholderText("查找任何字段、拼音")
        self.search.setAccessibleName("在台账中查找")
        self.search.setToolTip("Ctrl+F；可用名称的拼音首字母")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(200)
        self.clear_button = button("清除筛选", self.clear, kind="link")
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(0)
        self._wait.timeout.connect(self._take)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self.search)
        self._row.addWidget(self.clear_button)
        self._row.addStretch(1)
        self.search.textChanged.connect(self._wait.start)
        self.clear_button.hide()

    def begin(self, rows: SheetRows) -> None:
        """Chips for another register, nothing narrowed."""
        for chip in self.chips.values():
            self._row.removeWidget(chip)
            chip.deleteLater()
        named = {f.key: f.label for f in rows.filters()}
        own = rows.sheet.definition
        if own.due or own.closed:
            named = {CASES: "情形"} | named
        self.chips = {key: FilterChip(name) for key, name in named.items()}
        for i, chip in enumerate(self.chips.values(), 1):
            self._row.insertWidget(i, chip)
            chip.chosen.connect(self._take)
        tab_as_laid_out(self)
        self.clear()

    def offer(self, rows: SheetRows, view: RegisterView | None) -> None:
        """Set choices and counts from ``rows``."""
        for key, chip in self.chips.items():
            order: list[object] = list(rows.order(key))
            order += [v for v in sorted(chip.values) if v not in order]
            chip.offer(rows.choices(key, self.query, view), order)

    def clear(self) -> None:
        """Show everything."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        for chip in self.chips.values():
            chip.choose(frozenset())
        self._set(SheetQuery())

    def choose(self, key: str, *words: str) -> None:
        """Narrow by one chip."""
        if key in self.chips:
            self.chips[key].choose(frozenset(words))
            self._take()

    def _take(self) -> None:
        self._wait.stop()
        self._set(SheetQuery(self.search.text(), {k: chip.values for k, chip in self.chips.items() if chip.values}))

    def _set(self, query: SheetQuery) -> None:
        self.query = query
        self.clear_button.setVisible(query.narrowed)
        self.query_changed.emit()

    def focus_search(self) -> None:
        """Ctrl+F."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
