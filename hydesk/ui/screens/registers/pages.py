"""The pages of 工作机制 that are no plain registers, by name: made when they are first shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from hydesk.ui.desk import Desk

PAGES: dict[str, tuple[str, Callable[[Desk], QWidget]]] = {}
"""The word in the list, and how the page is made."""
