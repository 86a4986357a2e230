"""What is done to the selected cells of the ledger: copied, pasted over, filled, emptied."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from hydesk.domain.errors import HydeskError
from hydesk.domain.pasted_cells import parse_block
from hydesk.services.projects.edit_block import Edit
from hydesk.ui.clipboard import held_words
from hydesk.ui.desk import Desk
from hydesk.ui.kit.table import copy_block, selected_blocks
from hydesk.ui.screens.ledger.block import fill, lay
from hydesk.ui.screens.ledger.bulk import BulkLine
from hydesk.ui.screens.ledger.edits import LedgerEdits
from hydesk.ui.screens.ledger.view import LedgerTable


class SelectedCells(QObject):
    """Belongs to the ledger's screen; every change goes through ``edits``, where it is judged first."""

    def __init__(self, desk: Desk, table: LedgerTable, edits: LedgerEdits, bulk: BulkLine, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._table, self._model = desk, table, table.ledger
        self._edits, self._bulk = edits, bulk

    def selected_cells(self) -> list[tuple[int, int]]:
        """The selected cells that are shown, by table row and column."""
        shown = set(self._table.walker.columns())
        return sorted({(r, c) for block in selected_blocks(self._table)
                       for r in range(block.top(), block.bottom() + 1)
                       for c in range(block.left(), block.right() + 1) if c in shown})

    def copy(self, *, head: bool = False) -> None:
        """Ctrl+C."""
        rows = copy_block(self._table, head=head)
        if rows:
            self._desk.notice(f"已复制 {rows:,} 行，可粘贴到 Excel")

    def cut(self) -> None:
        """Ctrl+X: copy, then empty."""
        self.copy()
        self.empty_cells()

    def paste(self) -> None:
        """Ctrl+V: lay the clipboard's block over the table and show what it would change."""
        try:
            block = parse_block(held_words())
        except HydeskError as e:
            self._desk.notice(str(e), wrong=True)
            return
        index, shown = self._table.currentIndex(), self._table.walker.columns()
        if not block or not index.isValid():
            self._desk.notice("剪贴板里没有表格内容" if not block else "请先选中要粘贴到的单元格")
            return
        cells = self.selected_cells()
        row, column = min((r for r, _ in cells), default=index.row()), index.column()
        places = [shown.index(c) for _, c in cells if c in shown] or [shown.index(column)]
        laid = lay(block, self._model, row, shown, min(places), cells)
        if not laid.edits:
            self._desk.notice("；".join(("没有可以粘贴的内容", *laid.left_out)), wrong=True)
            return
        said = ([laid.matched] if laid.matched else []) + laid.left_out[:5]
        self._edits.propose(laid.edits, "粘贴", ask=len(laid.edits) > 1 or bool(laid.left_out), said=said)

    def empty_cells(self) -> None:
        """Delete: empty what is selected."""
        laid = fill("", self._model, self.selected_cells())
        if laid.edits:
            self._edits.propose(laid.edits, "清空")

    def fill_down(self) -> None:
        """Ctrl+D: the topmost selected cell of each column into those below it."""
        cells = self.selected_cells()
        tops: dict[int, int] = {}
        for row, column in cells:
            tops.setdefault(column, row)
        edits: list[Edit] = []
        for row, column in cells:
            source = tops[column] if len({r for r, c in cells if c == column}) > 1 else row - 1
            if row != source >= 0:
                text = self._model.index(source, column).data(Qt.ItemDataRole.EditRole)
                edits += fill(str(text), self._model, [(row, column)]).edits
        if edits:
            self._edits.propose(edits, "向下填充")

    def open_bulk(self) -> None:
        """Ctrl+E: one value for one field of all selected projects."""
        projects = [self._model.project_id(r) for r in dict.fromkeys(r for r, _ in self.selected_cells())]
        if projects:
            self._bulk.begin(projects, self._table.currentIndex().column())
