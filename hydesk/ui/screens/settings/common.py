"""What the pages of the settings share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout

from hydesk.domain.done import Done
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, label

T = TypeVar("T")


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

    def keep(self, said: str, act: Callable[[], Done[T]], then: Callable[[T], None] | None = None) -> None:
        """Do ``act`` and say ``said``; ``then`` with what ``act`` answered."""
        self._desk.operations.run("保存统计口径", act, self._owner, said, done=then)
