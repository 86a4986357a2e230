"""The columns of the agenda and of what a meeting decided."""

from __future__ import annotations

from PySide6.QtGui import QColor

from hydesk.services.mechanisms.meeting_lines import (
    WAITING,
    MeetingDecision,
    MeetingLine,
)
from hydesk.ui.kit.listing import ListColumn
from hydesk.ui.kit.words import UNIT
from hydesk.ui.style import Theme


def line_columns(theme: Theme) -> list[ListColumn[MeetingLine]]:
    """The agenda's columns."""
    def color(line: MeetingLine) -> QColor:
        palette = theme.palette
        if line.kind == WAITING:
            return QColor(palette.on_track)
        return QColor(palette.serious if line.state.startswith("■") else palette.lagging)

    return [
        ListColumn("事项", lambda x: f"✓ {x.kind}" if x.decided else x.kind, 96,
                   tip=lambda x: "本次会议已交办" if x.decided else ""),
        ListColumn("情况", lambda x: x.state, 112, color=color),
        ListColumn("项目", lambda x: x.project, 212, tip=lambda x: x.project),
        ListColumn(UNIT, lambda x: x.unit, 98),
        ListColumn("说明", lambda x: x.words, 200, tip=lambda x: x.words, stretch=True,
                   measure="annual_plan year_investment completion time_progress"),
    ]


def decision_columns() -> list[ListColumn[MeetingDecision]]:
    """The columns of what was decided."""
    return [
        ListColumn("议定事项", lambda d: d.matter, 200, stretch=True),
        ListColumn("涉及项目", lambda d: d.project, 190),
        ListColumn("责任单位", lambda d: d.unit, 130),
        ListColumn("办结期限", lambda d: d.due, 98),
        ListColumn("办理情况", lambda d: d.state, 84),
    ]
