"""Beside a filled form: what was not filled or wants a look, each with its place; the sentence of the current one whole below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hydesk.ui.kit.basic import label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.screens.reports.form_lines import FormLine
from hydesk.ui.style import Theme


class FormReasons(QWidget):
    """``wanted`` with the line whose place in the form is to be shown."""

    wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.table: Listing[FormLine] = Listing([
            ListColumn("位置", lambda x: x.place, 64), ListColumn("没有填的、要看的", lambda x: x.said, 0, tip=lambda x: x.said)],
            theme, "没有填的、要看的")
        self.detail = label("", "", wrap=True)
        self.detail.setMargin(6)
        in_column((self.table, 1), self.detail, on=self, gap=6, margins=0)
        self.table.activated.connect(lambda _i: self._want())
        self.table.clicked.connect(lambda _i: self._want())
        self.table.selectionModel().currentChanged.connect(lambda *_: self._tell())

    def show_lines(self, lines: Sequence[FormLine]) -> None:
        """Show ``lines``, the first of them said whole."""
        self.table.show_items(lines)
        if lines:
            self.table.selectRow(0)
        self._tell()

    def _tell(self) -> None:
        line = self.table.current()
        self.detail.setText("" if line is None else line.said)

    def _want(self) -> None:
        line = self.table.current()
        if line is not None:
            self.wanted.emit(line)
