"""The first page of 收报: units of the period, drafts that wait, the history; all periods; scores."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hydesk.domain.people import Right
from hydesk.services.returns.list_returns import ReturnSummary
from hydesk.services.returns.returns_board import NOT_REPORTED, WAITING, BoardLine, BoardMatrix
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, EmptyState, button, label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.fitting import FittingColumns
from hydesk.ui.kit.head_row import HeadRow
from hydesk.ui.kit.keys import bind
from hydesk.ui.kit.list_frame import tab_row
from hydesk.ui.kit.listing import Listing
from hydesk.ui.kit.offering import offer
from hydesk.ui.screens.returns.board_columns import DraftTable, UnitTable
from hydesk.ui.screens.returns.chase import ChasePanel
from hydesk.ui.screens.returns.deadline import DeadlineLine
from hydesk.ui.screens.returns.doubts import DoubtView
from hydesk.ui.screens.returns.history import history_columns
from hydesk.ui.screens.returns.matrix import MatrixView
from hydesk.ui.screens.returns.pile import Pile
from hydesk.ui.screens.returns.scores import ScorePage
from hydesk.ui.screens.returns.take_all import TakeAllStrip
from hydesk.ui.style import Theme

VIEWS = ("本期", "历期", "质量评分", "请核实的数")
OPENS = "点一格打开那份报表"


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
    all_wanted = Signal(object)
    """The waiting drafts to be taken in."""
    undo_wanted = Signal(object)
    original_wanted = Signal(object)
    removed = Signal(object)
    deadline_set = Signal(object)
    """The date; None goes back to the rule."""

    def __init__(self, desk: Desk, pile: Pile) -> None:
        super().__init__()
        self._desk = desk
        self._theme: Theme = desk.theme
        self._pile = pile
        self.title = label("收报", "title")
        self.count = label("", "count")
        self.taking = TakeAllStrip(pile)
        self.all = button("全部入库", self.taking.ask_all, tip="先说明会写入什么；可以连没核完的一起，有错误的行先不入库；可撤销")
        self.units = UnitTable(desk.theme, self._status)
        self.drafts = DraftTable(desk.theme, desk.claims)
        self.history = Listing(history_columns(desk.theme), desk.theme, "收报记录")
        FittingColumns(self.history, (4, 3), least=112)
        self.matrix = MatrixView(desk.theme)
        self.scores = ScorePage(desk)
        self.doubts = DoubtView(desk)
        self.chase = ChasePanel(desk)
        self.empty = EmptyState()
        self.undo = button("撤销", lambda: self.undo_wanted.emit(self.history.current()))
        self.original = button("另存原件", lambda: self.original_wanted.emit(self.history.current()))
        self.deadline = DeadlineLine()
        offer(desk, Right.RULES, self.deadline.day, stays=True)
        offer(desk, Right.RULES, self.deadline.by_rule)
        self._lay_out()
        self._connect()
        self.show_pile()

    def _connect(self) -> None:
        self.drafts.opened.connect(lambda: self._open(self.drafts.currentIndex()))
        self.drafts.removed.connect(self.removed)
        self.units.opened.connect(self._open_unit)
        self.history.opened.connect(self._open_return)
        self.matrix.cell_opened.connect(self.line_opened)
        self.history.selectionModel().currentRowChanged.connect(lambda *_: self._say_history())
        self.deadline.wanted.connect(self.deadline_set)
        self._pile.pile_changed.connect(self.show_pile)
        self.taking.written.connect(self.take_focus)
        self.taking.written.connect(lambda _reason: self.all_wanted.emit(self.taking.wanted()))
        self.taking.dropped.connect(self.take_focus)
        self.chase.opened.connect(self._show_chase)
        self.chase.closed.connect(self._hide_chase)

    def _open_unit(self) -> None:
        if (line := self.units.current()) is not None:
            self.line_opened.emit(line, None)

    def _open_return(self) -> None:
        if (found := self.history.current()) is not None:
            self.return_opened.emit(found)

    def _show_chase(self) -> None:
        self.show_view(0)
        self.right.setCurrentIndex(1)

    def _hide_chase(self) -> None:
        self.right.setCurrentIndex(0)
        self.units.setFocus()

    def _head(self) -> HeadRow:
        head = HeadRow()
        head.put(self.title)
        self.tabs = tab_row(VIEWS, "收报的各页")
        for i in range(len(VIEWS)):
            self.tabs.setTabToolTip(i, f"Alt+{i + 1}")
        self.tabs.currentChanged.connect(self._turn)
        bind(self, [(f"Alt+{i + 1}", partial(self.show_view, i)) for i in range(len(VIEWS))])
        head.put(self.tabs)
        head.spring()
        self.chase_button = button("催报…", self.chase.open, tip="给还没有报的单位发的现成文字（Ctrl+H）")
        self.chase_button.setShortcut("Ctrl+H")
        self.all.setShortcut("Ctrl+Shift+Return")
        folder = button("收取文件夹…", self.folder_wanted.emit, tip="Ctrl+Shift+O")
        folder.setShortcut("Ctrl+Shift+O")
        files = button("收取文件…", self.files_wanted.emit, kind="primary", tip="Ctrl+O；也可以把文件拖到窗口里")
        files.setShortcut("Ctrl+O")
        for one in (self.chase_button, self.all, folder, files):
            head.put(one)
        return head

    def _lay_out(self) -> None:
        self.empty.say("没有待入库的报表。" if self._desk.looks_only else "把各单位的报表（一份、多份、文件夹或压缩包）拖到窗口里，先核对，再入库。")
        self.empty.offer(button("收取文件…", self.files_wanted.emit))
        self.waiting = QStackedWidget()
        self.waiting.addWidget(self.drafts)
        self.waiting.addWidget(self.empty)
        beside = QWidget()
        right = in_column(
            (card("待入库", self.waiting, label("" if self._desk.looks_only else "Enter 核对　Del 放下", "small")), 1), self.taking,
            on=beside, gap=tokens.GAP, margins=0)
        self.past = card("收报记录", self.history, label("Enter 打开", "small"), self.original, self.undo)
        self.past.hide()
        right.addWidget(self.past, 1)
        period = QWidget()
        body = QHBoxLayout(period)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(tokens.GAP)
        self.listed = QStackedWidget()
        self.listed.addWidget(self.units)
        self.listed.addWidget(self._no_units())
        units = card(self.count, self.listed, self.deadline)
        units.setMinimumWidth(tokens.wide(300))
        units.setMaximumWidth(tokens.wide(452))
        body.addWidget(units, 2)
        self.right = QStackedWidget()
        self.right.addWidget(beside)
        self.right.addWidget(self.chase)
        body.addWidget(self.right, 3)
        self.stack = QStackedWidget()
        self.stack.addWidget(period)
        hint = label(OPENS, "small")
        self.matrix.fitted.connect(lambda n: hint.setText(f"窗口窄，列出最近 {n} 期　{OPENS}" if n else OPENS))
        self.stack.addWidget(card("各单位历期收报", self.matrix, hint))
        self.stack.addWidget(self.scores)
        self.stack.addWidget(self.doubts)
        in_column(
            self._head(), (self.stack, 1), on=self, gap=10,
            margins=(tokens.PAGE_MARGIN, 12, tokens.PAGE_MARGIN, tokens.PAGE_MARGIN))

    def _no_units(self) -> QWidget:
        """What stands in the units' place while the ledger has no projects, and the way to get some."""
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(16, 0, 16, 0)
        self.no_units = label("", "quiet", wrap=True)
        self.to_ledger = button("到项目台账导入…", lambda: self._desk.go_to("ledger"))
        layout.addStretch(1)
        layout.addWidget(self.no_units)
        layout.addWidget(self.to_ledger, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(2)
        return made

    def _status(self, line: BoardLine) -> str:
        """What the ledger says, or 已收待核 where a draft of the unit waits here."""
        if line.status == NOT_REPORTED and any(w.draft.understanding.unit == line.unit for w in self._pile):
            return WAITING
        return line.status

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.drafts.list.items[index.row()])

    def take_focus(self, *_: object) -> None:
        """The keyboard goes to what waits; where nothing does, to the units."""
        if self.stack.currentIndex() == 0 and self.right.currentIndex() == 0:
            (self.drafts if len(self._pile) else self.units).setFocus()

    def show_view(self, at: int) -> None:
        """本期, 历期, 质量评分 or 请核实的数."""
        if at == self.tabs.currentIndex():
            self._turn(at)
        else:
            self.tabs.setCurrentIndex(at)
        (self.units, self.matrix, self.scores.table, self.doubts.table)[at].setFocus()

    def _turn(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        if at == 2:
            self.scores.reload()
        elif at == 3:
            self.doubts.reload()

    def show_board(self, lines: list[BoardLine], returns: list[ReturnSummary], matrix: BoardMatrix, *, due: date,
                   own: bool) -> None:
        """Show what the ledger says of the period, which is ``due`` on a day; ``own``: that was set by hand."""
        kept: ReturnSummary | None = self.history.current()
        at = self.units.currentIndex().row()
        self.units.list.show_items(lines)
        if 0 <= at < len(lines):
            self.units.selectRow(at)
        self.matrix.show_matrix(matrix)
        self.history.list.show_items(returns)
        self.past.setVisible(bool(returns))
        missing = sum(b.status == NOT_REPORTED for b in lines)
        self.count.setText(f"{len(lines)} 个单位，未报 {missing}" if lines else "各单位")
        self.no_units.setText(f"{self._desk.period.year} 年还没有项目。导入项目清单后，这里列出应报的单位、各报了没有。")
        self.listed.setCurrentIndex(0 if lines else 1)
        self.deadline.show_day(due, own=own)
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
        self.drafts.list.show_items(self._pile.items)
        if len(self._pile):
            self.drafts.selectRow(max(0, min(row, len(self._pile) - 1)))
        self.drafts.show_claimed()
        self.units.list.refresh_all()
        if not len(self._pile) and self.drafts.hasFocus():
            self.units.setFocus()  # before its list goes out of sight
        self.waiting.setCurrentIndex(0 if len(self._pile) else 1)
        ready = len(self._pile.faultless())
        self.all.setEnabled(any(w.can_apply for w in self._pile))
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
