"""What the pages of the settings share."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from hydesk.ui.widgets.basic import Card, label


def titled_card(title: str) -> tuple[Card, QVBoxLayout]:
    """A card with a heading, and the layout to fill."""
    card = Card()
    layout = QVBoxLayout(card)
    layout.setContentsMargins(14, 10, 14, 12)
    layout.setSpacing(8)
    layout.addWidget(label(title, "heading"))
    return card, layout
