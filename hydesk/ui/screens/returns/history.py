"""收报记录: the returns that are in the ledger, went back or were undone."""

from __future__ import annotations

from PySide6.QtGui import QColor

from hydesk.domain.return_states import PARTLY_APPLIED, state_word
from hydesk.services.returns.list_returns import ReturnSummary
from hydesk.ui.kit.listing import ListColumn
from hydesk.ui.kit.words import UNIT
from hydesk.ui.screens.returns.board_words import when
from hydesk.ui.style import Theme


def outcome(r: ReturnSummary) -> str:
    """What became of a return, in words."""
    return state_word(r.status, undone=r.undone, superseded_by=r.superseded_by)


def history_columns(theme: Theme) -> list[ListColumn[ReturnSummary]]:
    """One line a return."""
    p = theme.palette

    def color(r: ReturnSummary) -> QColor:
        if r.undone or r.superseded_by is not None:
            return QColor(p.quiet)
        return QColor(p.accent if r.status == PARTLY_APPLIED else p.text)

    return [
        ListColumn("收到", lambda r: when(r.received_at), 96),
        ListColumn(UNIT, lambda r: r.unit or "（多个单位）", 104),
        ListColumn("文件", lambda r: r.file, 0),
        ListColumn("项目", lambda r: str(r.rows) if r.rows else "—", 52, right=True),
        ListColumn("经手人", lambda r: r.actor, 72),
        ListColumn("结果", outcome, 124, color=color),
    ]
