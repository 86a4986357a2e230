"""What the nodes' screen does to the ledger. Each is a job that writes one act; 撤销 stands in the notice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from hydesk.domain.findings import Level
from hydesk.domain.milestones import NodeMove, StandardNode
from hydesk.domain.people import Right
from hydesk.services.milestones.move_milestones import Moved
from hydesk.ui.desk import Desk
from hydesk.ui.kit.files import Purpose, ask_open, ask_save

FILES = "表格 (*.xlsx *.xlsm *.xls *.et *.ods *.csv)"


class NodeActs(QObject):
    """Belongs to the screen, ``parent``."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._parent = desk, parent

    def move(self, moves: Sequence[NodeMove], reason: str, done: Callable[[], None], wrong: Callable[[str], None]) -> None:
        """Write dates; what is refused is handed to ``wrong``, what is doubtful is said in the notice."""
        from hydesk.services.milestones.move_milestones import move_milestones

        ledger = self._desk.ledger
        self._desk.operations.run("修改节点", lambda: move_milestones(ledger, moves, reason), self, _moved,
                                  done=lambda _moved: done(), refused=wrong)

    def arrange(self, nodes: Sequence[StandardNode], done: Callable[[], None], wrong: Callable[[str], None]) -> None:
        """Use these standard nodes from now on."""
        from hydesk.services.milestones.list_milestones import set_standard_nodes

        ledger = self._desk.ledger
        self._desk.operations.run("修改标准节点", lambda: set_standard_nodes(ledger, nodes), self, "已修改标准节点",
                                  done=lambda _r: done(), refused=wrong, right=Right.RULES)

    def export(self) -> None:
        """Write all projects' nodes as a table that can be taken in again."""
        from hydesk.services.milestones.export_nodes import export_nodes

        ledger, period = self._desk.ledger, self._desk.period
        path = ask_save(self._parent, self._desk.settings, Purpose.EXPORT, "导出节点表", f"重点项目节点表{period.year}年.xlsx", "Excel 工作簿 (*.xlsx)")
        if path:
            self._desk.jobs.start("导出节点表", lambda _p: export_nodes(ledger, Path(path), period), self,
                                  done=lambda n: self._desk.notice(f"已导出 {n} 个项目的节点：{path}"))

    def choose_file(self) -> Path | None:
        """Ask for a node table."""
        path = ask_open(self._parent, self._desk.settings, Purpose.LIST, "导入节点表", FILES)
        return Path(path) if path else None


def _moved(moved: Moved) -> str:
    if not moved.changed:
        return "没有变化"
    doubts = [f for f in moved.doubts if f.level is not Level.NOTE]
    more = f"；请核实：{doubts[0].message}" + (f" 等 {len(doubts)} 处" if len(doubts) > 1 else "") if doubts else ""
    return f"已{moved.title}{more}"
