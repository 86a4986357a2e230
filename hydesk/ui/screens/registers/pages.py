"""The pages of 工作机制 that are no plain registers, by name: made when they are first shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from hydesk.ui.desk import Desk


def _meeting(desk: Desk) -> QWidget:
    from hydesk.ui.screens.registers.meeting import MeetingPage

    return MeetingPage(desk)


PAGES: dict[str, tuple[str, Callable[[Desk], QWidget]]] = {
    "meeting": ("调度会", _meeting),
}
"""The word in the list, and how the page is made."""
