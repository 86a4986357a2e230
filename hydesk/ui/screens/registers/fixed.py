"""What the pages of mechanisms share: a head with acts, a table of what was read, a panel beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.elided import ElidedLabel
from hydesk.ui.kit.head_row import HeadRow
from hydesk.ui.kit.listing import Listing
from hydesk.ui.kit.scope_picker import ScopePicker
from hydesk.ui.kit.side_panel import SidePanel
from hydesk.ui.kit.words import COPIED
from hydesk.ui.screens.registers.acts import Acts
from hydesk.ui.screens.registers.mechanism_tabs import MechanismTabs


class FixedPage(QWidget):
    """``read`` runs in a job and touches no widget; ``show_read`` shows what it gave."""

    register_wanted = Signal(str)
    """A register, by the name of its shipped definition."""
    TITLE = ""
    SCOPED = False
    """Whether the page can be asked for some of the projects only."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.acts = Acts(desk, self)
        self._asked = 0
        self.main: QWidget | None = None
        """Where one works by keyboard: the first table."""
        self.title, self.count = label(self.TITLE, "title"), ElidedLabel("count", whole=True)
        self.parts = MechanismTabs()
        self.head = HeadRow()
        for one in (self.title, self.parts, self.count):
            self.head.put(one)
        self.scope = ScopePicker(desk) if self.SCOPED else None
        if self.scope is not None:
            self.head.put(self.scope)
            self.scope.chosen.connect(self.reload)
        self.panel = SidePanel(desk, "详情")
        self.panel.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        middle = in_row((self.body, 1), self.panel, gap=tokens.GAP)
        in_column(self.head, (middle, 1), on=self, gap=8, margins=0)

    @property
    def wanted(self) -> Scope:
        """Which projects the page is about."""
        return WHOLE if self.scope is None else self.scope.scope

    def paper(self, name: str) -> Callable[[], object]:
        """What makes the paper called ``name`` as the page stands now, of its period and scope."""
        ledger, period, scope = self.desk.ledger, self.desk.period, self.wanted

        def make() -> object:
            from hydesk.services.mechanisms.print_mechanism_papers import make_paper

            return make_paper(ledger, name, period, scope)

        return make

    def card(self, *widgets: QWidget, stretch: int = 1) -> QFrame:
        """Put widgets on a surface in the body."""
        surface = QFrame()
        surface.setObjectName("card")
        in_column(*widgets, on=surface, gap=0, margins=1)
        self.body.addWidget(surface, stretch)
        return surface

    def follow_copies(self, *tables: Listing[Any]) -> None:
        """Say that rows were copied; Esc in the panel goes back to the first table."""
        self.main = tables[0]
        for table in tables:
            table.copied.connect(lambda n: self.desk.notice(COPIED.format(n=n)))
        self.panel.closed.connect(tables[0].setFocus)

    def reload(self) -> None:
        """Read again; an older answer that comes late is dropped."""
        self._asked += 1
        asked = self._asked

        def done(result: Any) -> None:
            if asked == self._asked:
                self.show_read(result)

        self.acts.read(f"读取{self.TITLE}", self.reader(), done)

    def reader(self) -> Any:
        """A function without arguments that reads, for the job's thread."""
        raise NotImplementedError

    def show_read(self, result: Any) -> None:
        """Show what was read."""
        raise NotImplementedError


def on_panel(panel: SidePanel, heading: str, widgets: Sequence[QWidget]) -> None:
    """Put ``widgets`` below a heading into the panel."""
    body = QWidget()
    in_column(*widgets, 1, on=body, gap=4, margins=(0, 0, 8, 4))
    panel.show_body(heading, body)
