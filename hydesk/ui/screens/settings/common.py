"""What the pages of the settings share."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout

from hydesk.ui.changes import RULES
from hydesk.ui.desk import Desk
from hydesk.ui.widgets.basic import Card, label


def titled_card(title: str) -> tuple[Card, QVBoxLayout]:
    """A card with a heading, and the layout to fill."""
    card = Card()
    layout = QVBoxLayout(card)
    layout.setContentsMargins(14, 10, 14, 12)
    layout.setSpacing(8)
    layout.addWidget(label(title, "heading"))
    return card, layout


class RuleKeeper:
    """Keeps a choice of a rule at once, tells every page, and offers to take it back."""

    def __init__(self, desk: Desk, owner: QObject) -> None:
        self._desk, self._owner = desk, owner

    def keep(self, said: str, act: Callable[[], object], back: Callable[[], object],
             then: Callable[[object], None] | None = None) -> None:
        """Do ``act``, say ``said`` with 撤销, which does ``back``; ``then`` with what ``act`` answered."""

        def done(result: object) -> None:
            if then is not None:
                then(result)
            self._desk.changes.tell(RULES)
            self._desk.notice(said, lambda: self._start(back, lambda _r: self._desk.changes.tell(RULES)))

        self._start(act, done)

    def _start(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        self._desk.jobs.start("保存统计口径", lambda _p: work(), self._owner, done=done, writes=True, quiet=True)
