"""One folder per screen; screens do not know each other. A screen's module is imported when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from hydesk.ui.desk import Desk


def _home(desk: Desk) -> QWidget:
    from hydesk.ui.screens.home.screen import HomeScreen

    return HomeScreen(desk)


def _ledger(desk: Desk) -> QWidget:
    from hydesk.ui.screens.ledger.screen import LedgerScreen

    return LedgerScreen(desk)


def _project(desk: Desk) -> QWidget:
    from hydesk.ui.screens.project.screen import ProjectScreen

    return ProjectScreen(desk)


def _returns(desk: Desk) -> QWidget:
    from hydesk.ui.screens.returns.screen import ReturnsScreen

    return ReturnsScreen(desk)


def _nodes(desk: Desk) -> QWidget:
    from hydesk.ui.screens.nodes.screen import NodesScreen

    return NodesScreen(desk)


def _problems(desk: Desk) -> QWidget:
    from hydesk.ui.screens.problems.screen import ProblemsScreen

    return ProblemsScreen(desk)


def _work(desk: Desk) -> QWidget:
    from hydesk.ui.screens.registers.screen import RegistersScreen

    return RegistersScreen(desk)


def _meeting(desk: Desk) -> QWidget:
    from hydesk.ui.mechanisms import MEETING
    from hydesk.ui.screens.registers.screen import RegistersScreen

    return RegistersScreen(desk, MEETING)


def _leaders(desk: Desk) -> QWidget:
    from hydesk.ui.screens.leaders.screen import LeadersScreen

    return LeadersScreen(desk)


def _lists(desk: Desk) -> QWidget:
    from hydesk.ui.screens.lists.screen import ListsScreen

    return ListsScreen(desk)


def _reports(desk: Desk) -> QWidget:
    from hydesk.ui.screens.reports.screen import ReportsScreen

    return ReportsScreen(desk)


def _settings(desk: Desk) -> QWidget:
    from hydesk.ui.screens.settings.screen import SettingsScreen

    return SettingsScreen(desk)


SCREENS: dict[str, Callable[[Desk], QWidget]] = {
    "home": _home,
    "ledger": _ledger,
    "project": _project,
    "returns": _returns,
    "nodes": _nodes,
    "problems": _problems,
    "meeting": _meeting,
    "work": _work,
    "leaders": _leaders,
    "lists": _lists,
    "reports": _reports,
    "settings": _settings,
}
"""How each screen is made."""
