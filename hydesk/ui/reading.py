"""What every screen that shows the ledger does alike: read when it comes to the front and something has changed."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from hydesk.ui.changes import EVERYTHING
from hydesk.ui.desk import Desk


class ReadingScreen(QWidget):
    """Stale until read; reads at once while it is in front, else when it is next shown. ``reload`` is the screen's own."""

    READS: ClassVar[frozenset[str]] = EVERYTHING
    """The kinds of data whose change makes what is shown stale."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._stale = True
        desk.changes.ledger_changed.connect(self._changed)
        desk.period_changed.connect(self._refresh)

    def shown(self) -> None:
        """Read again if something changed while another screen was in front."""
        if self._stale:
            self.reload()

    def take(self, request: Any) -> None:
        """Show what another screen asked for; a screen of which nothing can be asked leaves this."""

    def reload(self) -> None:
        """Read what is shown, in a job; clears ``_stale`` first, so that a change meanwhile is not lost."""
        raise NotImplementedError

    def _changed(self, what: frozenset[str]) -> None:
        if what & self.READS:
            self._refresh()

    def _refresh(self, *_: object) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()
