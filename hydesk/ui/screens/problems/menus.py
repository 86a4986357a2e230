"""The menus of the problems' screen: what the keyboard does, on the right button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from hydesk.ui.requests import ShowProject
from hydesk.ui.screens.problems.panel import common_steps

if TYPE_CHECKING:
    from hydesk.ui.screens.problems.screen import ProblemsScreen


def told_menu(screen: ProblemsScreen) -> QMenu:
    """What can be done with what the returns tell."""
    menu = QMenu(screen)
    menu.addAction("列入清单\tEnter", screen.adopt_selected).setEnabled(bool(screen.told.selected()))
    menu.addAction("复制\tCtrl+C", screen.told.copy)
    return menu


def problem_menu(screen: ProblemsScreen) -> QMenu:
    """What can be done with the problems that are selected."""
    menu = QMenu(screen)
    chosen = [r.problem for r in screen.table.selected()]
    for i, rule in enumerate(common_steps(chosen)):
        menu.addAction(f"{rule.kind.label}\tAlt+{i + 1}", lambda r=rule: screen.start_step(r))  # type: ignore[misc]
    menu.addSeparator()
    if len(chosen) == 1:
        key = chosen[0].project_id
        menu.addAction("修改\tF2", screen.start_edit)
        menu.addAction("打开项目", lambda: screen._desk.go_to("ledger", ShowProject(key)))
    menu.addAction("复制\tCtrl+C", screen.table.copy)
    return menu
