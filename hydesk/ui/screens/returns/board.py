"""The first page of 报表收报: units of the period, drafts that wait, and the history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hydesk.domain.findings import Level
from hydesk.services.list_returns import ReturnSummary
from hydesk.services.read_return import REJECTED, UNCHANGED
from hydesk.services.returns_board import NOT_REPORTED, SENT_BACK, TAKEN_IN, WAITING, BoardLine
from hydesk.ui import tokens
from hydesk.ui.screens.returns.pile import Pile, Waiting
from hydesk.ui.style import Theme
from hydesk.ui.widgets.basic import Card, EmptyState, button, label
from hydesk.ui.widgets.simple import SimpleColumn, SimpleTable

_MARK = {NOT_REPORTED: "○", WAITING: "◆", SENT_BACK: "■", TAKEN_IN: "●"}
_STATUS = {"applied": "● 已入库", "partly_applied": "◆ 部分入库", "unchanged": "○ 未变", "rejected": "■ 未收"}


def _number(value: int) -> str:
    return str(value) if value else "—"


def _when(at: datetime | None) -> str:
    return f"{at:%m-%d %H:%M}" if at else "—"


def outcome(r: ReturnSummary) -> str:
    """What became of a return, in words."""
    if r.undone:
        return "○ 已撤销"
    if r.superseded_by is not None:
        return "○ 已被后报替代"
    return _STATUS.get(r.status, r.status)


class BoardPage(QWidget):
    """Units at the left; drafts and history at the right."""

    files_wanted = Signal()
    folder_wanted = Signal()
    opened = Signal(object)
    """A waiting draft to review."""
    all_wanted = Signal()
    undo_wanted = Signal(object)
    original_wanted = Signal(object)
    removed = Signal(object)

    def __init__(self, theme: Theme, pile: Pile) -> None:
        super().__init__()
        self._theme, self._pile = theme, pile
        self.title = label("报表收报", "title")
        self.count = label("", "count")
        self.all = button("全部入库", self.all_wanted.emit, tip="没有错误的报表一次入库；有错误的留下来逐份核对")
        self.units = SimpleTable(self._unit_columns(), theme, "各单位收报情况")
        self.drafts = SimpleTable(self._draft_columns(), theme, "待入库的报表")
        self.history = SimpleTable(self._history_columns(), theme, "收报记录")
        self.empty = EmptyState()
        self.undo = button("撤销入库", lambda: self.undo_wanted.emit(self.history.current()))
        self.original = button("另存原件", lambda: self.original_wanted.emit(self.history.current()))
        self._lay_out()
        self.drafts.activated.connect(self._open)
        self.drafts.clicked.connect(self._open)
        self.units.activated.connect(self._show_unit)
        self.units.clicked.connect(self._show_unit)
        self.history.selectionModel().currentRowChanged.connect(lambda *_: self._say_history())
        pile.pile_changed.connect(self.show_pile)
        self.show_pile()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        head.addWidget(self.all)
        head.addWidget(button("收取文件夹…", self.folder_wanted.emit))
        head.addWidget(button("收取文件…", self.files_wanted.emit, kind="primary"))
        self.empty.say("把各单位的报表（一份、多份、文件夹或压缩包）拖到窗口里，先核对，再入库。")
        self.empty.offer(button("收取文件…", self.files_wanted.emit))
        self.waiting = QStackedWidget()
        self.waiting.addWidget(self.drafts)
        self.waiting.addWidget(self.empty)
        right = QVBoxLayout()
        right.setSpacing(tokens.GAP)
        right.addWidget(card("待入库", self.waiting), 1)
        right.addWidget(card("收报记录", self.history, self.original, self.undo), 1)
        body = QHBoxLayout()
        body.setSpacing(tokens.GAP)
        units = card("各单位", self.units)
        units.setFixedWidth(424)
        body.addWidget(units)
        body.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.PAGE_MARGIN, 12, tokens.PAGE_MARGIN, tokens.PAGE_MARGIN)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addLayout(body, 1)

    def _unit_columns(self) -> list[SimpleColumn]:
        p = self._theme.palette
        colors = {NOT_REPORTED: p.serious, WAITING: p.lagging, SENT_BACK: p.serious, TAKEN_IN: p.ahead}
        return [
            SimpleColumn("单位", lambda b: b.unit, 0),
            SimpleColumn("状态", lambda b: f"{_MARK.get(self._status(b), '')} {self._status(b)}", 98,
                         color=lambda b: QColor(colors.get(self._status(b), p.text))),
            SimpleColumn("收到", lambda b: _when(b.received_at), 96),
            SimpleColumn("项目", lambda b: _number(b.rows), 52, right=True),
            SimpleColumn("错误", lambda b: _number(b.errors), 52, right=True,
                         color=lambda b: QColor(p.serious) if b.errors else QColor(p.quiet)),
        ]

    def _status(self, line: BoardLine) -> str:
        """What the ledger says, or 已收待核 where a draft of the unit waits here."""
        if line.status == NOT_REPORTED and any(w.draft.understanding.unit == line.unit for w in self._pile):
            return WAITING
        return line.status

    def _draft_columns(self) -> list[SimpleColumn]:
        p = self._theme.palette

        def color(w: Waiting) -> QColor:
            if w.draft.status == REJECTED or w.count(Level.ERROR):
                return QColor(p.serious)
            if w.draft.status == UNCHANGED:
                return QColor(p.quiet)
            return QColor(p.lagging if w.count(Level.WARNING) else p.ahead)

        return [
            SimpleColumn("文件", lambda w: w.draft.name, 0),
            SimpleColumn("单位", lambda w: w.unit, 104),
            SimpleColumn("项目", lambda w: _number(len(w.draft.understanding.rows)), 52, right=True),
            SimpleColumn("变更", lambda w: _number(len(w.draft.changes)), 56, right=True),
            SimpleColumn("错误", lambda w: _number(w.count(Level.ERROR)), 52, right=True),
            SimpleColumn("提醒", lambda w: _number(w.count(Level.WARNING)), 52, right=True),
            SimpleColumn("状态", lambda w: w.status, 136, color=color,
                         tip=lambda w: "\n".join(f.message for f in w.draft.understanding.findings[:5]) or w.status),
        ]

    def _history_columns(self) -> list[SimpleColumn]:
        p = self._theme.palette

        def color(r: ReturnSummary) -> QColor:
            if r.undone or r.superseded_by is not None:
                return QColor(p.quiet)
            return QColor(p.lagging if r.status == "partly_applied" else p.ahead)

        return [
            SimpleColumn("收到", lambda r: _when(r.received_at), 96),
            SimpleColumn("单位", lambda r: r.unit or "（多个单位）", 104),
            SimpleColumn("文件", lambda r: r.file, 0),
            SimpleColumn("项目", lambda r: _number(r.rows), 52, right=True),
            SimpleColumn("经手人", lambda r: r.actor, 72),
            SimpleColumn("结果", outcome, 124, color=color),
        ]

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.drafts.simple.items[index.row()])

    def _show_unit(self, index: QModelIndex) -> None:
        """Mark the unit's newest return in the history."""
        line: BoardLine = self.units.simple.items[index.row()]
        for row, item in enumerate(self.history.simple.items):
            if item.id == line.last_id:
                self.history.selectRow(row)
                self.history.scrollTo(self.history.simple.index(row, 0))

    def show_board(self, lines: list[BoardLine], returns: list[ReturnSummary], label_: str) -> None:
        """Show the units' state and the history of the period."""
        kept: Any = self.history.current()
        self.units.simple.show_items(lines)
        self.history.simple.show_items(returns)
        received = sum(b.status != NOT_REPORTED for b in lines)
        self.count.setText(f"{label_} · {len(lines)} 个单位，已收 {received}，未报 {len(lines) - received}")
        for row, item in enumerate(returns):
            if kept is not None and item.id == kept.id:
                self.history.selectRow(row)
        self._say_history()

    def _say_history(self) -> None:
        current: ReturnSummary | None = self.history.current()
        self.original.setEnabled(current is not None)
        self.undo.setEnabled(current is not None and not current.undone)

    def show_pile(self) -> None:
        """Show the drafts that wait."""
        row = self.drafts.currentIndex().row()
        self.drafts.simple.show_items(self._pile.items)
        if 0 <= row < len(self._pile):
            self.drafts.selectRow(row)
        for i in range(len(self.units.simple.items)):
            self.units.simple.refresh_row(i)
        self.waiting.setCurrentIndex(0 if len(self._pile) else 1)
        ready = sum(w.can_apply and not w.count(Level.ERROR) for w in self._pile)
        self.all.setEnabled(ready > 0)
        self.all.setText(f"全部入库（{ready} 份）" if ready else "全部入库")


def card(title: str, widget: QWidget, *buttons: QWidget) -> Card:
    """A titled surface round a table."""
    made = Card()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(1, 8, 1, 1)
    layout.setSpacing(6)
    head = QHBoxLayout()
    head.setContentsMargins(12, 0, 8, 0)
    head.addWidget(label(title, "heading"))
    head.addStretch(1)
    for one in buttons:
        head.addWidget(one)
    layout.addLayout(head)
    layout.addWidget(widget, 1)
    return made
