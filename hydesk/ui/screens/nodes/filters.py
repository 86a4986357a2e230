"""By what the nodes can be narrowed, how they are grouped, and within how many days they are due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QWidget

from hydesk.domain.milestones import NodeState
from hydesk.ui.kit.facet_row import Facet, FacetRow
from hydesk.ui.kit.words import UNIT
from hydesk.ui.requests import ShowNodes
from hydesk.ui.screens.nodes.lists import DUE, DUE_DAYS, GANTT, GROUPS, STANDARD
from hydesk.ui.screens.nodes.rows import NodeQuery

FACETS = {"units": Facet(UNIT), "nodes": Facet("节点"), "states": Facet("状态", lambda s: f"{s.mark} {s.label}")}


class NodeFilters(FacetRow):
    """The row above the nodes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.group, self.within = QComboBox(), QComboBox()
        super().__init__(FACETS, hint="查找项目、编号、拼音", name="在节点中查找", width=(220, 220),
                         beside=(self.group, self.within), parent=parent)
        for key, word in GROUPS:
            self.group.addItem(word, key)
        for days in DUE_DAYS:
            self.within.addItem(f"{days} 天内", days)
        self.group.setAccessibleName("分组")
        self.within.setAccessibleName("到期天数")
        self.within.setCurrentIndex(1)
        self.within.hide()
        self.group.currentIndexChanged.connect(lambda _i: self.query_changed.emit())
        self.within.currentIndexChanged.connect(lambda _i: self.query_changed.emit())

    @property
    def query(self) -> NodeQuery:
        """What is asked for."""
        return NodeQuery(self.text, *(self.values[key] for key in FACETS))

    @property
    def days(self) -> int:
        """Within how many days a node is due."""
        return int(self.within.currentData())

    def show_request(self, request: ShowNodes) -> None:
        """Ask for what another screen wants to see, without telling."""
        self.put("", {"units": (request.unit,) if request.unit else ()})
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
        self.offer_counts(counts, {"units": counts["units"], "nodes": nodes, "states": list(NodeState)[:4]})
