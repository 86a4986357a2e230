"""标准节点: the nodes and their order, edited by the office. Every change is one act, so Ctrl+Z takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from hydesk.domain.milestones import DEPARTMENTS, STAGES, START, START_MEANS, StandardNode
from hydesk.domain.people import Right
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.offering import offer
from hydesk.ui.kit.words import ADD, CHANGE, DELETE, DOWN, UP


class StandardNodes(QWidget):
    """``arranged`` hands over the nodes as they are wanted."""

    arranged = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.nodes: tuple[StandardNode, ...] = ()
        self._counts: dict[str, int] = {}
        self.table: Listing[tuple[int, StandardNode, int]] = Listing([
            ListColumn("次序", lambda r: str(r[0]), 60, right=True), ListColumn("节点", lambda r: r[1].shown, 160),
            ListColumn("阶段", lambda r: r[1].stage, 120), ListColumn("责任部门", lambda r: r[1].granted_by, 150), ListColumn("已排期的项目", lambda r: str(r[2]), 110, right=True),
            ListColumn("说明", lambda r: START_MEANS if r[1].name == START else
                         f"原名“{r[1].name}”" if r[1].label and r[1].label != r[1].name else "", 0)], desk.theme, "标准节点")
        self.name = QLineEdit()
        self.name.setAccessibleName("节点名称")
        self.name.setPlaceholderText("节点名称")
        self.name.setMaximumWidth(180)
        self.department = QLineEdit()
        self.department.setAccessibleName("责任部门")
        self.department.setPlaceholderText("责任部门")
        self.department.setMaximumWidth(160)
        self.stage = QComboBox()
        self.stage.setAccessibleName("阶段")
        self.stage.addItems(STAGES)
        self.error = label("", "error", wrap=True)
        self.remove = button(DELETE, self._remove, tip="已登记的时间仍留在台账里")
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        for one in (self.name, self.stage, self.department, button(CHANGE, self._rename, tip="改名称、阶段或责任部门"), button(ADD, self._add, kind="primary"),
                    button(UP, lambda: self._shift(-1), tip="Alt+↑"), button(DOWN, lambda: self._shift(1), tip="Alt+↓"),
                    self.remove):
            offer(desk, Right.RULES, one)
            row.addWidget(one)
        row.addWidget(self.error, 1)
        in_column((self.table, 1), row, on=self, margins=0)
        self.table.selectionModel().currentChanged.connect(self._follow)
        for line in (self.name, self.department):
            line.returnPressed.connect(self._rename)

    def show_nodes(self, nodes: Sequence[StandardNode], counts: dict[str, int]) -> None:
        """Show the nodes; ``counts`` says how many projects have dates for each."""
        at = self.table.currentIndex().row()
        held = self.nodes[at].name if 0 <= at < len(self.nodes) else None
        self.nodes, self._counts = tuple(nodes), counts
        self.table.list.show_items([(i, n, counts.get(n.name, 0)) for i, n in enumerate(nodes, 1)])
        names = [n.name for n in nodes]
        if names:
            row = names.index(held) if held in names else 0
            self.table.setCurrentIndex(self.table.list.index(row, 0))
        self.say_wrong("")

    def say_wrong(self, text: str) -> None:
        """Say beside the fields why nothing was changed."""
        self.error.setText(text)

    def _at(self) -> int:
        return self.table.currentIndex().row()

    def _follow(self) -> None:
        if 0 <= self._at() < len(self.nodes):
            node = self.nodes[self._at()]
            self.name.setText(node.shown)
            self.stage.setCurrentText(node.stage)
            self.department.setText(node.granted_by)
            self.remove.setEnabled(node.name != START)

    def _shift(self, by: int) -> None:
        at = self._at()
        if 0 <= at < len(self.nodes) and 0 <= at + by < len(self.nodes):
            nodes = list(self.nodes)
            nodes[at], nodes[at + by] = nodes[at + by], nodes[at]
            self.arranged.emit(nodes)

    def _rename(self) -> None:
        at, text = self._at(), self.name.text().strip()
        if 0 <= at < len(self.nodes):
            nodes = list(self.nodes)
            nodes[at] = replace(nodes[at], label="" if text == nodes[at].name else text, stage=self.stage.currentText(),
                                department=self._department(nodes[at]))
            if not text:
                self.say_wrong("节点名称不能为空")
                return
            self.arranged.emit(nodes)

    def _add(self) -> None:
        text = self.name.text().strip()
        if not text or any(text in (n.name, n.shown) for n in self.nodes):
            self.say_wrong("请先填一个新名称，再点“新增”" if text else "请填节点名称")
            return
        at = self._at() + 1 or len(self.nodes)
        self.arranged.emit([*self.nodes[:at], StandardNode(text, self.stage.currentText(), department=self.department.text().strip()),
                            *self.nodes[at:]])

    def _department(self, node: StandardNode) -> str:
        """What is typed; the usual one needs not be kept."""
        typed = self.department.text().strip()
        return "" if typed == DEPARTMENTS.get(node.name, "") else typed

    def _remove(self) -> None:
        at = self._at()
        if 0 <= at < len(self.nodes):
            self.arranged.emit([*self.nodes[:at], *self.nodes[at + 1:]])
