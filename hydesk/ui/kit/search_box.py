"""The search box above a table: Enter or ↓ goes on to what was found."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from hydesk.ui.kit.keys import bind


def on_leaving(search: QLineEdit, act: Callable[[], object]) -> None:
    """Let Enter and ↓ in ``search`` call ``act``."""
    search.returnPressed.connect(act)
    bind(search, (("Down", act),), alone=True)
