"""What the page of a register shows: its rows, the table, filters and view they are narrowed by, the panel beside them.

The desks that act on records, files and views look at this; the page puts it on screen and connects it.
"""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from hydesk.domain.registers import RegisterView
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import label
from hydesk.ui.kit.side_panel import lines_body
from hydesk.ui.screens.registers.filters import SheetFilters
from hydesk.ui.screens.registers.grid import LEFT, RegisterGrid
from hydesk.ui.screens.registers.panel import RecordPanel
from hydesk.ui.screens.registers.rows import SheetRows


class ShownRegister(QWidget):
    """One register at a time; ``rows`` is None until it was read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.register_id = 0
        self.rows: SheetRows | None = None
        self.wanted: int | None = None
        """The record to be selected once the register was read."""
        self.follows = True
        """Whether the panel shows the selected record; not while it lists what an import found."""
        self.filters = SheetFilters()
        self.views = QComboBox()
        self.table = RegisterGrid(desk.theme, "台账")
        self.panel = RecordPanel(desk, "记录详情")
        self.title = label("", "title")

    def view(self) -> RegisterView | None:
        """The view chosen; None for all fields."""
        if self.rows is None or self.views.currentIndex() <= 0:
            return None
        return self.rows.sheet.definition.views[self.views.currentIndex() - 1]

    def shown_fields(self) -> list[str]:
        """The keys of the columns shown."""
        return [c.key for c in self.table.list.columns if c.key != LEFT]

    def shown_ids(self) -> list[int]:
        """The records shown, in order."""
        return [r.id for r in self.table.list.items]

    def show_found(self, heading: str, lines: list[tuple[str, str]]) -> None:
        """List what an import found, until the panel is closed."""
        self.follows = False
        self.panel.show_body(heading, lines_body(lines))
