"""The words and colours of the board."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtGui import QColor

from hydesk.services.returns.returns_board import (
    NOT_REPORTED,
    PARTLY_IN,
    WAITING,
    BoardLine,
)
from hydesk.ui.tokens import Palette


def color_of(status: str, palette: Palette) -> QColor:
    """What a person still has to do with it stands out; a state of work has no mark and no other colour (docs/patterns.md)."""
    return QColor({NOT_REPORTED: palette.quiet, WAITING: palette.accent, PARTLY_IN: palette.accent}.get(status, palette.text))


def when(at: datetime | None) -> str:
    """06-30 14:05."""
    return f"{at:%m-%d %H:%M}" if at else "—"


def early_or_late(line: BoardLine) -> str:
    """早2天, 按时 or 迟3天; of a unit that has not reported, how long it still has or owes."""
    days = line.days_late
    if line.status == NOT_REPORTED:
        return f"逾期{days}天" if days > 0 else f"还有{-days}天" if days else "今天到期"
    return f"迟{days}天" if days > 0 else f"早{-days}天" if days else "按时"


def story(line: BoardLine) -> str:
    """Everything about one unit and period, for the tooltip."""
    parts = [f"{line.unit}：{line.status}，{early_or_late(line)}"]
    if line.deadline is not None:
        parts.append(f"期限 {line.deadline.month}月{line.deadline.day}日")
    if line.rounds:
        parts.append(f"收到 {when(line.received_at)}，报了 {line.rounds} 次；项目 {line.rows} 个，错误 {line.errors} 处，提醒 {line.warnings} 处")
    if line.papers:
        parts.append(f"收到扫描件、照片或文档 {line.papers} 份，不是表格，没有读数")
    return "\n".join(parts)
