"""The menus of the problems' screen: what the keyboard does, on the right button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from hydesk.domain.problems import StepRule
from hydesk.services.problems.follow_problems import ToldProblem
from hydesk.ui.kit.listing import Listing
from hydesk.ui.screens.problems.columns import ProblemRow
from hydesk.ui.screens.problems.panel import common_steps


def told_menu(told: Listing[ToldProblem], adopt: Callable[[], None], parent: QWidget) -> QMenu:
    """What can be done with what the returns tell."""
    menu = QMenu(parent)
    menu.addAction("列入清单\tEnter", adopt).setEnabled(bool(told.selected()))
    menu.addAction("复制\tCtrl+C", told.copy)
    return menu


def problem_menu(
    table: Listing[ProblemRow], step: Callable[[StepRule], None], edit: Callable[[], None], open_project: Callable[[int], None], parent: QWidget
) -> QMenu:
    """What can be done with the problems that are selected."""
    menu = QMenu(parent)
    chosen = [r.problem for r in table.selected()]
    for i, rule in enumerate(common_steps(chosen)):
        menu.addAction(f"{rule.kind.label}\tAlt+{i + 1}", lambda r=rule: step(r))  # type: ignore[misc]
    menu.addSeparator()
    if len(chosen) == 1:
        key = chosen[0].project_id
        menu.addAction("修改\tF2", edit)
        menu.addAction("打开项目", lambda: open_project(key))
    menu.addAction("复制\tCtrl+C", table.copy)
    return menu
