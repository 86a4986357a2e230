"""What the pages of the settings share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QVBoxLayout

from hydesk.domain.done import Done
from hydesk.domain.people import Right
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, label
from hydesk.ui.kit.boxes import in_column

T = TypeVar("T")


def titled_card(title: str) -> tuple[Card, QVBoxLayout]:
    """A card with a heading, and the layout to fill."""
    card, layout, _heading = _card(title)
    layout.setContentsMargins(14, 10, 14, 12)
    return card, layout


def table_card(title: str) -> tuple[Card, QVBoxLayout]:
    """As ``titled_card``, for a table that reaches the card's edges: only the heading keeps its distance."""
    card, layout, heading = _card(title)
    layout.setContentsMargins(1, 10, 1, 1)
    heading.setContentsMargins(13, 0, 0, 0)
    return card, layout


def _card(title: str) -> tuple[Card, QVBoxLayout, QLabel]:
    card, heading = Card(), label(title, "heading")
    layout = in_column(heading, on=card, gap=8)
    return card, layout, heading


class RuleKeeper:
    """Keeps a choice of a rule at once, tells every page, and offers to take it back."""

    def __init__(self, desk: Desk, owner: QObject) -> None:
        self._desk, self._owner = desk, owner

    def keep(self, said: str, act: Callable[[], Done[T]], then: Callable[[T], None] | None = None) -> None:
        """Do ``act`` and say ``said``; ``then`` with what ``act`` answered."""
        self._desk.operations.run("保存统计口径", act, self._owner, said, done=then, right=Right.RULES)
