"""The first page of 报表收报: units of the period, drafts that wait, the history; all periods; scores."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDateEdit,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from hydesk.domain.findings import Level
from hydesk.services.list_returns import ReturnSummary
from hydesk.services.read_return import REJECTED, UNCHANGED
from hydesk.services.returns_board import NOT_REPORTED, WAITING, BoardLine, BoardMatrix
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.screens.returns.board_words import color_of, early_or_late, in_words, story, when
from hydesk.ui.screens.returns.chase import ChasePanel
from hydesk.ui.screens.returns.history import history_columns
from hydesk.ui.screens.returns.matrix import MatrixView
from hydesk.ui.screens.returns.pile import Pile, Waiting
from hydesk.ui.screens.returns.scores import ScorePage
from hydesk.ui.style import Theme
from hydesk.ui.widgets.basic import Card, EmptyState, button, label
from hydesk.ui.widgets.simple import SimpleColumn, SimpleTable

VIEWS = ("本期", "历期", "质量评分")


def _number(value: int) -> str:
    return str(value) if value else "—"


class _Drafts(SimpleTable):
    """Del puts a draft aside."""

    removed = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.current() is not None:
            self.removed.emit(self.current())
        else:
            super().keyPressEvent(event)


class BoardPage(QWidget):
    """Units at the left; drafts and history at the right; 催报 in a side panel."""

    files_wanted = Signal()
    folder_wanted = Signal()
    opened = Signal(object)
    """A waiting draft to review."""
    line_opened = Signal(object, object)
    """A BoardLine and its Period (None: the one in hand) whose return should be shown."""
    return_opened = Signal(object)
    """A ReturnSummary to show."""
    all_wanted = Signal()
    undo_wanted = Signal(object)
    original_wanted = Signal(object)
    removed = Signal(object)
    deadline_set = Signal(object)
    """The date; None goes back to the rule."""

    def __init__(self, desk: Desk, pile: Pile) -> None:
        super().__init__()
        self._theme: Theme = desk.theme
        self._pile = pile
        self._given: date | None = None
        self.title = label("报表收报", "title")
        self.count = label("", "count")
        self.all = button("全部入库", self.all_wanted.emit, tip="没有错误的报表一次入库，可撤销；有错误的留下来逐份核对")
        self.units = SimpleTable(self._unit_columns(), desk.theme, "各单位收报情况")
        self.drafts = _Drafts(self._draft_columns(), desk.theme, "待入库的报表")
        self.history = SimpleTable(history_columns(desk.theme), desk.theme, "收报记录")
        self.matrix = MatrixView(desk.theme)
        self.scores = ScorePage(desk)
        self.chase = ChasePanel(desk)
        self.empty = EmptyState()
        self.undo = button("撤销", lambda: self.undo_wanted.emit(self.history.current()))
        self.original = button("另存原件", lambda: self.original_wanted.emit(self.history.current()))
        self.day = QDateEdit()
        self.day.setDisplayFormat("M月d日")
        self.day.setCalendarPopup(True)
        self.day.setAccessibleName("本期报送期限")
        self.by_rule = QToolButton()
        self.by_rule.setObjectName("flat")
        self.by_rule.setText("按规则")
        self.by_rule.setToolTip("本期不另定期限，按设置里的规则")
        self._lay_out()
        self._connect()
        self.show_pile()

    def _connect(self) -> None:
        self.drafts.activated.connect(self._open)
        self.drafts.clicked.connect(self._open)
        self.drafts.removed.connect(self.removed)
        for signal in (self.units.activated, self.units.clicked):
            signal.connect(lambda index: self.line_opened.emit(self.units.simple.items[index.row()], None))
        for signal in (self.history.activated, self.history.doubleClicked):
            signal.connect(lambda index: self.return_opened.emit(self.history.simple.items[index.row()]))
        self.matrix.opened.connect(self.line_opened)
        self.history.selectionModel().currentRowChanged.connect(lambda *_: self._say_history())
        self.day.editingFinished.connect(self._set_day)
        self.by_rule.clicked.connect(lambda _=False: self.deadline_set.emit(None))
        self._pile.pile_changed.connect(self.show_pile)
        self.chase.opened.connect(self._show_chase)
        self.chase.closed.connect(self._hide_chase)

    def _show_chase(self) -> None:
        self.show_view(0)
        self.right.setCurrentIndex(1)

    def _hide_chase(self) -> None:
        self.right.setCurrentIndex(0)
        self.units.setFocus()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addSpacing(8)
        group = QButtonGroup(self)
        self.views: list[QPushButton] = []
        segments = QHBoxLayout()
        segments.setSpacing(0)
        for i, word in enumerate(VIEWS):
            one = QPushButton(word)
            one.setObjectName("segment")
            one.setCheckable(True)
            one.setChecked(i == 0)
            one.setShortcut(f"Alt+{i + 1}")
            one.setToolTip(f"Alt+{i + 1}")
            one.clicked.connect(lambda _=False, at=i: self.show_view(at))
            group.addButton(one)
            segments.addWidget(one)
            self.views.append(one)
        head.addLayout(segments)
        head.addStretch(1)
        self.chase_button = button("催报…", self.chase.open, tip="给还没有报的单位发的现成文字（Ctrl+H）")
        self.chase_button.setShortcut("Ctrl+H")
        self.all.setShortcut("Ctrl+Shift+Return")
        folder = button("收取文件夹…", self.folder_wanted.emit, tip="Ctrl+Shift+O")
        folder.setShortcut("Ctrl+Shift+O")
        files = button("收取文件…", self.files_wanted.emit, kind="primary", tip="Ctrl+O；也可以把文件拖到窗口里")
        files.setShortcut("Ctrl+O")
        for one in (self.chase_button, self.all, folder, files):
            head.addWidget(one)
        return head

    def _lay_out(self) -> None:
        self.empty.say("把各单位的报表（一份、多份、文件夹或压缩包）拖到窗口里，先核对，再入库。")
        self.empty.offer(button("收取文件…", self.files_wanted.emit))
        self.waiting = QStackedWidget()
        self.waiting.addWidget(self.drafts)
        self.waiting.addWidget(self.empty)
        beside = QWidget()
        right = QVBoxLayout(beside)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(tokens.GAP)
        right.addWidget(card("待入库", self.waiting, label("Enter 核对　Del 放下", "small")), 1)
        right.addWidget(card("收报记录", self.history, label("Enter 打开", "small"), self.original, self.undo), 1)
        period = QWidget()
        body = QHBoxLayout(period)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(tokens.GAP)
        units = card(self.count, self.units, label("期限", "quiet"), self.day, self.by_rule)
        units.setFixedWidth(452)
        body.addWidget(units)
        self.right = QStackedWidget()
        self.right.addWidget(beside)
        self.right.addWidget(self.chase)
        body.addWidget(self.right, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(period)
        self.stack.addWidget(card("各单位历期收报　○ 未报　◆ 已收待核　■ 已退回　● 已入库", self.matrix,
                                  label("点一格打开那份报表", "small")))
        self.stack.addWidget(self.scores)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.PAGE_MARGIN, 12, tokens.PAGE_MARGIN, tokens.PAGE_MARGIN)
        layout.setSpacing(10)
        layout.addLayout(self._head())
        layout.addWidget(self.stack, 1)

    def _unit_columns(self) -> list[SimpleColumn]:
        p = self._theme.palette

        def late(b: BoardLine) -> QColor:
            return QColor(p.serious if b.days_late > 0 else p.quiet)

        return [
            SimpleColumn("单位", lambda b: b.unit, 0, tip=story),
            SimpleColumn("状态", lambda b: in_words(self._status(b)), 98, color=lambda b: color_of(self._status(b), p),
                         tip=story),
            SimpleColumn("早晚", early_or_late, 94, color=late, tip=story),
            SimpleColumn("收到", lambda b: when(b.received_at)[:5], 62, tip=story),
            SimpleColumn("次数", lambda b: _number(b.rounds), 48, right=True),
            SimpleColumn("错误", lambda b: _number(b.errors), 48, right=True,
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
            if w.repeats or w.draft.status == UNCHANGED:
                return QColor(p.quiet)
            if w.draft.status == REJECTED or w.open_errors():
                return QColor(p.serious)
            return QColor(p.lagging if w.status.startswith("◆") else p.ahead)

        return [
            SimpleColumn("文件", lambda w: w.draft.name, 0),
            SimpleColumn("单位", lambda w: w.unit, 104),
            SimpleColumn("项目", lambda w: _number(len(w.draft.understanding.rows)), 52, right=True),
            SimpleColumn("变更", lambda w: _number(len(w.draft.changes)), 56, right=True),
            SimpleColumn("错误", lambda w: _number(w.count(Level.ERROR)), 52, right=True),
            SimpleColumn("提醒", lambda w: _number(w.count(Level.WARNING)), 52, right=True),
            SimpleColumn("状态", lambda w: w.status, 128, color=color, tip=lambda w: w.story),
        ]

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.drafts.simple.items[index.row()])

    def show_view(self, at: int) -> None:
        """本期, 历期 or 质量评分."""
        self.views[at].setChecked(True)
        self.stack.setCurrentIndex(at)
        if at == 2:
            self.scores.reload()
        (self.units, self.matrix, self.scores.table)[at].setFocus()

    def _set_day(self) -> None:
        day = self.day.date().toPython()
        if isinstance(day, date) and day != self._given:
            self._given = day
            self.deadline_set.emit(day)

    def show_board(self, lines: list[BoardLine], returns: list[ReturnSummary], matrix: BoardMatrix, *, own: bool) -> None:
        """Show what the ledger says of the period; ``own``: its deadline was set by hand."""
        kept: ReturnSummary | None = self.history.current()
        at = self.units.currentIndex().row()
        self.units.simple.show_items(lines)
        if 0 <= at < len(lines):
            self.units.selectRow(at)
        self.matrix.show_matrix(matrix)
        self.history.simple.show_items(returns)
        missing = sum(b.status == NOT_REPORTED for b in lines)
        self.count.setText(f"{len(lines)} 个单位，未报 {missing}")
        due = next((b.deadline for b in lines if b.deadline is not None), None)
        if due is not None:
            self._given = due
            self.day.blockSignals(True)
            self.day.setDate(QDate(due.year, due.month, due.day))
            self.day.blockSignals(False)
        self.by_rule.setVisible(own)
        for row, item in enumerate(returns):
            if kept is not None and item.id == kept.id:
                self.history.selectRow(row)
        self._say_history()
        if self.stack.currentIndex() == 2:
            self.scores.reload()

    def _say_history(self) -> None:
        current: ReturnSummary | None = self.history.current()
        self.original.setEnabled(current is not None)
        self.undo.setEnabled(current is not None and not current.undone)

    def show_pile(self) -> None:
        """Show the drafts that wait."""
        row = self.drafts.currentIndex().row()
        self.drafts.simple.show_items(self._pile.items)
        if len(self._pile):
            self.drafts.selectRow(max(0, min(row, len(self._pile) - 1)))
        self.units.simple.refresh_all()
        self.waiting.setCurrentIndex(0 if len(self._pile) else 1)
        ready = len(self._pile.faultless())
        self.all.setEnabled(ready > 0)
        self.all.setText(f"全部入库（{ready} 份）" if ready else "全部入库")
        self.all.setShortcut("Ctrl+Shift+Return")


def card(title: str | QWidget, widget: QWidget, *buttons: QWidget) -> Card:
    """A titled surface round a table."""
    made = Card()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(1, 8, 1, 1)
    layout.setSpacing(6)
    head = QHBoxLayout()
    head.setContentsMargins(12, 0, 8, 0)
    if isinstance(title, QWidget):
        title.setObjectName("heading")
    head.addWidget(title if isinstance(title, QWidget) else label(title, "heading"))
    head.addStretch(1)
    for one in buttons:
        head.addWidget(one)
    layout.addLayout(head)
    layout.addWidget(widget, 1)
    return made
