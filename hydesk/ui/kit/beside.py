"""A panel stands beside its table where it has something to show and there is room for both, else once it was asked for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from hydesk.ui import tokens

ROOM_FOR_BOTH = 960
"""Points of a screen's width from which on a table is of use beside its panel."""


class Beside(QObject):
    """Shows and hides ``panel`` of ``screen``; the panel is as wide as every panel.

    ``on_demand``: it comes only when it is asked for, however much room there is.
    """

    def __init__(self, screen: QWidget, panel: QWidget, *, on_demand: bool = False) -> None:
        super().__init__(screen)
        self._screen, self._panel, self._on_demand = screen, panel, on_demand
        self._allowed, self._filled = True, False
        self._wanted: bool | None = None
        panel.setFixedWidth(tokens.PANEL_WIDTH)
        self._settle()
        screen.installEventFilter(self)

    @property
    def roomy(self) -> bool:
        """Whether there is room for both."""
        return self._screen.width() >= tokens.wide(ROOM_FOR_BOTH)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent):
            self._settle()
        return False

    def _settle(self) -> None:
        asked = self.roomy and not self._on_demand if self._wanted is None else self._wanted
        self._panel.setVisible(self._allowed and self._filled and asked)

    def allow(self, allowed: bool) -> None:
        """Whether what is in front goes with a panel at all."""
        self._allowed = allowed
        self._settle()

    def fill(self, filled: bool) -> None:
        """Whether the panel has anything to show: an empty one takes no room."""
        self._filled = filled
        self._settle()

    def open(self) -> None:
        """The panel is asked for."""
        self._wanted = self._filled = True
        self._settle()

    def close(self) -> None:
        """The panel is put away until it is asked for."""
        self._wanted = False
        self._settle()

    def step_back(self) -> None:
        """Done with the panel: it stays where there is room, unless it comes on demand only."""
        self._wanted = None
        self._settle()
