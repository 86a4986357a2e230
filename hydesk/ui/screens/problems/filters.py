"""The row above the list: search box and chips with counts."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from hydesk.domain.problems import Status
from hydesk.ui.kit.basic import FilterChip, button
from hydesk.ui.kit.search_box import on_leaving
from hydesk.ui.screens.problems.rows import CLOSED, OPEN, OVERDUE, ProblemQuery, ProblemRows


class ProblemFilters(QWidget):
    """Holds the query; ``query_changed`` after every change."""

    left = Signal()
    """Enter or Down in the search box: on to the list."""
    query_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.query = ProblemQuery()
        self.search = QLineEdit()
        self.search.setPlaceholderText("查找问题、项目、单位、拼音")
        self.search.setAccessibleName("在问题清单中查找")
        self.search.setToolTip("Ctrl+F；可用项目名称的拼音首字母")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(220)
        self.search.setMaximumWidth(300)
        self.chips = {
            "cases": FilterChip("情形"),
            "units": FilterChip("县市区"),
            "statuses": FilterChip("状态", lambda s: f"{s.mark} {s.label}"),
            "responsible": FilterChip("责任单位"),
        }
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
        layout.addWidget(self.clear_button)
        layout.addStretch(1)
        self.search.textChanged.connect(self._wait.start)
        on_leaving(self.search, self.left.emit)
        self.clear_button.hide()

    def show_query(self, query: ProblemQuery) -> None:
        """Set the widgets to ``query`` and tell about it."""
        self.search.blockSignals(True)
        self.search.setText(query.text)
        self.search.blockSignals(False)
        for kind, chip in self.chips.items():
            chip.choose(getattr(query, kind))
        self._set(query)

    def clear(self) -> None:
        """Show everything."""
        self.show_query(ProblemQuery())

    def offer(self, rows: ProblemRows) -> None:
        """Set choices and counts from ``rows``."""
        counts = rows.choices(self.query)
        order: dict[str, list[object]] = {"cases": [OVERDUE, OPEN, CLOSED], "statuses": list(Status)}
        for kind in ("units", "responsible"):
            seen = [value for value, _ in counts[kind].most_common()]
            order[kind] = [*seen, *(v for v in getattr(self.query, kind) if v not in seen)]
        for kind, chip in self.chips.items():
            chip.offer(counts[kind], order[kind])

    def _take(self) -> None:
        self._wait.stop()
        self._set(ProblemQuery(text=self.search.text(), **{kind: chip.values for kind, chip in self.chips.items()}))

    def _set(self, query: ProblemQuery) -> None:
        self.query = query
        self.clear_button.setVisible(query.narrowed)
        self.query_changed.emit()

    def focus_search(self) -> None:
        """Ctrl+F."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
