"""The kept original of a return, opened at a cell inside the program."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from hydesk.domain.findings import Level
from hydesk.domain.grid import Book
from hydesk.domain.job_progress import Progress
from hydesk.services.returns.list_returns import original_file
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.sheet_grid import SheetGrid


class OriginalPanel(QWidget):
    """Any screen may hold one: ``show_cell`` reads the file off the UI thread and frames the cell."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._id = 0
        self._book: Book | None = None
        self._marks: dict[str, dict[tuple[int, int], Level]] = {}
        self._heads: dict[str, frozenset[int]] = {}
        self._target: tuple[str | None, str | None] = (None, None)
        self.said = label("", "quiet")
        self.sheets = QComboBox()
        self.sheets.setAccessibleName("工作表")
        self.sheets.activated.connect(lambda i: self._show_sheet(self.sheets.itemText(i)))
        self.grid = SheetGrid(desk.theme)
        head = in_row(label("来表原样", "heading"), margins=(12, 4, 8, 0))
        head.addWidget(self.said, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.sheets)
        in_column(head, (self.grid, 1), on=self, gap=4, margins=(0, 4, 0, 0))

    def mark(self, marks: dict[str, dict[tuple[int, int], Level]], heads: dict[str, frozenset[int]]) -> None:
        """Colour cells and heads, by sheet, from the next sheet shown on."""
        self._marks, self._heads = marks, heads

    def show_cell(self, import_id: int, sheet: str | None, cell: str | None) -> None:
        """Open the original of a return at a cell."""
        self._target = (sheet, cell)
        if import_id == self._id and self._book is not None:
            self._show_target()
            return
        self._id, self._book = import_id, None
        self.said.setText("正在打开原件…")
        self.sheets.clear()
        self.grid.show_sheet(None, {}, frozenset())
        ledger = self._desk.ledger

        def work(_progress: Progress) -> Book:
            from hydesk.services.returns.read_original import read_original

            return read_original(*original_file(ledger, import_id))

        def done(book: Book) -> None:
            if import_id == self._id:
                self._book = book
                self.sheets.addItems([s.name for s in book.sheets])
                self._show_target()

        self._desk.jobs.start("打开原件", work, self, done=done, quiet=True)

    def _show_target(self) -> None:
        sheet, cell = self._target
        names = [s.name for s in self._book.sheets] if self._book is not None else []
        if names:
            self._show_sheet(sheet if sheet in names else names[0])
        self.said.setText(f"{sheet or ''} {cell}" if cell else "")
        self.grid.show_cell(cell, None)

    def _show_sheet(self, name: str) -> None:
        if self._book is None:
            return
        self.sheets.setCurrentText(name)
        sheet = next(s for s in self._book.sheets if s.name == name)
        self.grid.show_sheet(sheet, self._marks.get(name, {}), self._heads.get(name, frozenset()))

