"""What is offered below a line of text while somebody types in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter

from hydesk.ui import style


def offer_any_part(completer: QCompleter) -> None:
    """Offer what holds the typed words anywhere. The list is a window of its own, so it is told how to look."""
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    offered = completer.popup()
    assert offered is not None  # so it is of any completer that pops up
    style.clothe(offered)
