"""The row of filters above the nodes: search, grouping, days, chips with counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from hydesk.domain.milestones import NodeState
from hydesk.ui.kit.basic import FilterChip
from hydesk.ui.kit.search_box import on_leaving
from hydesk.ui.requests import ShowNodes
from hydesk.ui.screens.nodes.lists import DUE, DUE_DAYS, GANTT, GROUPS, STANDARD
from hydesk.ui.screens.nodes.rows import NodeQuery


class NodeFilters(QWidget):
    """Holds what is asked for; ``changed`` after every change by the user."""

    changed = Signal()
    left = Signal()
    """Enter or Down in the search box: on to what was found."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = QLineEdit()
        self.group, self.within = QComboBox(), QComboBox()
        self.chips = {"units": FilterChip("县市区"), "nodes": FilterChip("节点"),
                      "states": FilterChip("状态", lambda s: f"{s.mark} {s.label}")}
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(0)
        for key, word in GROUPS:
            self.group.addItem(word, key)
        for days in DUE_DAYS:
            self.within.addItem(f"{days} 天内", days)
        self.group.setAccessibleName("分组")
        self.within.setAccessibleName("到期天数")
        self.within.setCurrentIndex(1)
        self.within.hide()
        self.search.setPlaceholderText("查找项目、编号、拼音")
        self.search.setAccessibleName("在节点中查找")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(220)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for made in (self.search, self.group, self.within, *self.chips.values()):
            row.addWidget(made)
        row.addStretch(1)
        self._wait.timeout.connect(self.changed)
        self.search.textChanged.connect(self._wait.start)
        on_leaving(self.search, self.left.emit)
        self.group.currentIndexChanged.connect(self.changed)
        self.within.currentIndexChanged.connect(self.changed)
        for chip in self.chips.values():
            chip.chosen.connect(self.changed)

    @property
    def query(self) -> NodeQuery:
        """What is asked for."""
        return NodeQuery(self.search.text(), *(self.chips[k].values for k in ("units", "nodes", "states")))

    @property
    def days(self) -> int:
        """Within how many days a node is due."""
        return int(self.within.currentData())

    def clear(self) -> None:
        """Ask for everything, without telling."""
        with QSignalBlocker(self.search):
            self.search.clear()
        for chip in self.chips.values():
            chip.choose(frozenset())

    def show_request(self, request: ShowNodes) -> None:
        """Ask for what another screen wants to see, without telling."""
        self.clear()
        self.chips["units"].choose(frozenset({request.unit} if request.unit else ()))
        if request.days is not None:
            with QSignalBlocker(self.within):
                self.within.setCurrentIndex(max(0, self.within.findData(request.days)))

    def show_view(self, view: int) -> None:
        """Offer what goes with one of the views."""
        self.setVisible(view != STANDARD)
        self.group.setVisible(view == GANTT)
        self.within.setVisible(view == DUE)

    def offer(self, counts: Mapping[str, Mapping[Any, int]], nodes: Sequence[str]) -> None:
        """How many projects each choice would show; ``nodes`` are the standard nodes in order."""
        self.chips["units"].offer(counts["units"], list(counts["units"]))
        self.chips["nodes"].offer(counts["nodes"], list(nodes))
        self.chips["states"].offer(counts["states"], list(NodeState)[:4])

    def focus_search(self) -> None:
        """Ctrl+F."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
