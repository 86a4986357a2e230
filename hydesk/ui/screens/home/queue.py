"""The queue of 本期工作: its columns, and what each of its lines opens."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QColor

from hydesk.domain.period_work import ToDo, ToDoKind
from hydesk.ui.desk import Desk
from hydesk.ui.kit.listing import ListColumn
from hydesk.ui.requests import (
    OpenProject,
    ReturnsPlace,
    ShowLists,
    ShowNodes,
    ShowProblem,
    ShowProblems,
    ShowRegister,
    ShowReturns,
)
from hydesk.ui.style import Theme

ACT = 3
"""The column of what is done."""
_SOON = 7


def queue_columns(theme: Theme) -> list[ListColumn[ToDo]]:
    """要办, 什么, 何时 and the act."""
    def color(x: ToDo) -> QColor | None:
        return QColor(theme.palette.serious) if x.kind.late else None

    return [
        ListColumn("要办", lambda x: x.marked, 96, color=color),
        ListColumn("什么", lambda x: x.what, 220, stretch=True, tip=lambda x: x.what),
        ListColumn("何时", lambda x: x.when, 244, color=lambda _x: QColor(theme.palette.quiet), tip=lambda x: x.when),
        ListColumn("", lambda x: x.act, 68, right=True, color=lambda _x: QColor(theme.palette.accent)),
    ]


def key_of(x: ToDo) -> Any:
    """Under which a line is known again when the queue is read anew."""
    return x.kind, x.target, x.what if x.target is None else ""


def open_todo(desk: Desk, x: ToDo) -> None:
    """Show where the line is done."""
    screen, request = _place(x)
    desk.go_to(screen, request)


def _place(x: ToDo) -> tuple[str, Any]:
    kind = ToDoKind
    number = x.target if isinstance(x.target, int) else None
    match x.kind:
        case kind.ERRORS | kind.WARNINGS:
            return "returns", ShowReturns(ReturnsPlace.REVIEW, received=number)
        case kind.READY:
            return "returns", ShowReturns(ReturnsPlace.BOARD)
        case kind.SENT_BACK | kind.UNREPORTED | kind.UNREPORTED_LATE:
            return "returns", ShowReturns(ReturnsPlace.CHASE, unit=str(x.target or ""))
        case kind.PROBLEM_LATE:
            return "problems", ShowProblems(overdue=True) if number is None else ShowProblem(number)
        case kind.UNASSIGNED:
            return "problems", ShowProblems(unassigned=True) if number is None else ShowProblem(number)
        case kind.NODE_LATE | kind.NODE_DUE if number is not None:
            return "project", OpenProject(number, "nodes")
        case kind.NODE_LATE | kind.NODE_DUE:
            return "nodes", ShowNodes(None if x.kind is kind.NODE_LATE else _SOON)
        case kind.RECORD_LATE:
            return x.badge, ShowRegister(register_id=number)
        case kind.LIST_WAITS:
            return "lists", ShowLists("intake")
        case kind.DOUBTS:
            return "returns", ShowReturns(ReturnsPlace.DOUBTS)
        case _:
            return "reports", None
