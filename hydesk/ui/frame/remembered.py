"""How a screen was arranged: its dividers and the columns somebody dragged, from one start to the next."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QSplitter, QTableView, QWidget

from hydesk.ui.kit.listing import Listing
from hydesk.ui.kit.widths import dragged


def keep_arrangement(key: str, screen: QWidget, settings: QSettings) -> None:
    """Remember the arrangement of ``screen``, which is called ``key``."""
    for number, divider in enumerate(screen.findChildren(QSplitter)):
        settings.setValue(f"arrangement/{key}/{number}", divider.saveState())
    widths = {table.accessibleName(): own for table in _tables(screen) if (own := dragged(table).widths)}
    if widths:
        settings.setValue(f"arrangement/{key}/widths", json.dumps(widths, ensure_ascii=False))


def take_arrangement(key: str, screen: QWidget, settings: QSettings) -> None:
    """Arrange ``screen`` as remembered."""
    for number, divider in enumerate(screen.findChildren(QSplitter)):
        state = settings.value(f"arrangement/{key}/{number}")
        if isinstance(state, QByteArray):
            divider.restoreState(state)
    try:
        widths = json.loads(str(settings.value(f"arrangement/{key}/widths") or "{}"))
    except ValueError:
        return
    for table in _tables(screen):
        own = dragged(table)  # watches from now on
        kept = widths.get(table.accessibleName())
        if isinstance(kept, dict):
            own.widths = {str(head): int(width) for head, width in kept.items()}
            table.set_widths()


def _tables(screen: QWidget) -> list[Listing[Any]]:
    return [t for t in screen.findChildren(QTableView) if isinstance(t, Listing)]
