"""The columns of the board's tables, and the table of drafts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent

from hydesk.domain.findings import Level
from hydesk.domain.return_states import REJECTED, UNCHANGED
from hydesk.services.returns.returns_board import BoardLine
from hydesk.ui.claims import Claims
from hydesk.ui.kit.fitting import FittingColumns
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.words import UNIT
from hydesk.ui.screens.returns.board_words import color_of, early_or_late, story, when
from hydesk.ui.screens.returns.pile import WaitingDraft
from hydesk.ui.screens.returns.waiting import WARNED
from hydesk.ui.style import Theme


def _number(value: int) -> str:
    return str(value) if value else "—"


class DraftTable(Listing[WaitingDraft]):
    """待入库. Del puts a draft aside."""

    removed = Signal(object)

    def __init__(self, theme: Theme, claims: Claims) -> None:
        self._columns, self._claims = draft_columns(theme), claims
        super().__init__(self._columns, theme, "待入库的报表")
        self._fitting = FittingColumns(self, (3, 2, 5))
        claims.changed.connect(self.show_claimed)

    def show_claimed(self) -> None:
        """Say who else is looking through which; where nobody is, there is no column for it."""
        claimed = any(map(self._who, self.list.items))
        if claimed != (len(self.list.columns) > len(self._columns)):
            at = self.currentIndex().row()
            self.show_columns([*self._columns, ListColumn("正在核对", self._who, 88)] if claimed else self._columns)
            self._fitting.fit()
            if at >= 0:
                self.selectRow(at)
        elif claimed:
            self.list.refresh_all()

    def _who(self, waiting: WaitingDraft) -> str:
        return "、".join(self._claims.who(f"return/{waiting.received}")) if waiting.received is not None else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.current() is not None:
            self.removed.emit(self.current())
        else:
            super().keyPressEvent(event)


class UnitTable(Listing[BoardLine]):
    """各单位收报情况; ``status`` says how a unit stands, with what waits here."""

    def __init__(self, theme: Theme, status: Callable[[BoardLine], str]) -> None:
        super().__init__(unit_columns(theme, status), theme, "各单位收报情况")
        FittingColumns(self, (4, 3, 5), least=88)


def unit_columns(theme: Theme, status: Callable[[BoardLine], str]) -> list[ListColumn[BoardLine]]:
    """One line a unit."""
    p = theme.palette

    def late(b: BoardLine) -> QColor:
        return QColor(p.serious if b.days_late > 0 else p.quiet)

    return [
        ListColumn(UNIT, lambda b: b.unit, 0, tip=story),
        ListColumn("状态", status, 84, color=lambda b: color_of(status(b), p), tip=story),
        ListColumn("早晚", early_or_late, 88, color=late, tip=story),
        ListColumn("收到", lambda b: when(b.received_at)[:5], 62, tip=story),
        ListColumn("次数", lambda b: _number(b.rounds), 48, right=True),
        ListColumn("错误", lambda b: _number(b.errors), 48, right=True,
                     color=lambda b: QColor(p.serious) if b.errors else QColor(p.quiet)),
    ]


def draft_columns(theme: Theme) -> list[ListColumn[WaitingDraft]]:
    """One line a draft."""
    p = theme.palette

    def color(w: WaitingDraft) -> QColor:
        if w.repeats or w.draft.status == UNCHANGED:
            return QColor(p.quiet)
        if w.draft.status == REJECTED or w.open_errors():
            return QColor(p.serious)
        return QColor(p.lagging if w.status == WARNED else p.text)

    return [
        ListColumn("文件", lambda w: w.draft.name, 0),
        ListColumn(UNIT, lambda w: w.unit, 104),
        ListColumn("项目", lambda w: _number(len(w.draft.understanding.rows)), 52, right=True),
        ListColumn("变更", lambda w: _number(len(w.draft.changes)), 56, right=True),
        ListColumn("错误", lambda w: _number(w.count(Level.ERROR)), 52, right=True),
        ListColumn("提醒", lambda w: _number(w.count(Level.WARNING)), 52, right=True),
        ListColumn("状态", lambda w: w.status, 128, color=color, tip=lambda w: w.story),
    ]
