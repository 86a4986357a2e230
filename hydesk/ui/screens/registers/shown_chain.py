"""What the page of the chains' map shows: the maps as read, the chain chosen, the drawing. Its edits look at this."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from hydesk.services.mechanisms.chain_map import ChainDesk, ChainMap, empty_map
from hydesk.ui.desk import Desk
from hydesk.ui.screens.registers.chain_view import ChainView
from hydesk.ui.screens.registers.fixed import FixedPage


class ShownChain(FixedPage):
    """One chain at a time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.held = ChainDesk()
        self.box = QComboBox()
        self.box.setAccessibleName("产业链")
        self.box.setMinimumWidth(150)
        self.view = ChainView(desk.theme)

    @property
    def chain(self) -> str:
        """The chain shown."""
        return self.box.currentText()

    def shown(self) -> ChainMap | None:
        """The map shown; an empty one for a chain that has nothing yet."""
        if self.held.sheet is None or not self.chain:
            return None
        return next((m for m in self.held.maps if m.chain == self.chain), empty_map(self.chain))
