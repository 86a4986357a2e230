"""The findings of a return by weight, walked with F8 and Shift+F8; below them what can be done about the current one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from hydesk.domain.findings import Finding, Level
from hydesk.domain.money import format_money
from hydesk.ui import style, tokens
from hydesk.ui.screens.returns.answers import AnswerBar
from hydesk.ui.screens.returns.pile import Waiting
from hydesk.ui.style import Theme
from hydesk.ui.tokens import LEVEL_MARK
from hydesk.ui.widgets.basic import button, label

Index = QModelIndex | QPersistentModelIndex
_ORDER = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2}
_FINDING = Qt.ItemDataRole.UserRole


class FindingModel(QAbstractListModel):
    """Findings, errors first; ``names`` gives projects their names."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: list[Finding] = []
        self._names: dict[str, str] = {}

    def show_findings(self, findings: tuple[Finding, ...], names: dict[str, str]) -> None:
        """Show ``findings``."""
        self.beginResetModel()
        self._names = names
        self.items = sorted(findings, key=lambda f: (_ORDER[f.level], f.sheet or "", f.row or 0))
        self.endResetModel()

    def head(self, finding: Finding) -> str:
        """The line above the sentence: where, and which project."""
        where = finding.cell or (f"{finding.column}列" if finding.column else f"第{finding.row}行" if finding.row else "全表")
        name = self._names.get(finding.project or "", finding.project or "")
        return f"{where}　{name}".strip()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        finding = self.items[index.row()]
        if role == _FINDING:
            return finding
        if role == Qt.ItemDataRole.DisplayRole:
            return self.head(finding)
        if role == Qt.ItemDataRole.ToolTipRole:
            return finding.message
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{finding.level.label}，{self.head(finding)}，{finding.message}"
        return None


class FindingDelegate(QStyledItemDelegate):
    """A strip in the level's colour with its shape, a head line, and the sentence wrapped below."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        self._font = style.font(tokens.TABLE_PT)
        self._bold = style.font(tokens.TABLE_PT, bold=True)

    def _text_box(self, width: int, message: str) -> QRect:
        return QFontMetrics(self._font).boundingRect(QRect(0, 0, width - 30, 4000), Qt.TextFlag.TextWordWrap, message)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        return QSize(width, 38 + self._text_box(width, index.data(_FINDING).message).height() + 6)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette, finding = self._theme.palette, index.data(_FINDING)
        color = palette.of_level(finding.level)
        box: QRect = option.rect.adjusted(0, 0, -1, -6)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, palette.selection() if selected else QColor(palette.surface))
        painter.setPen(QColor(palette.line))
        painter.drawRect(box)
        painter.fillRect(box.left(), box.top(), 3, box.height() + 1, color)
        painter.setFont(self._bold)
        painter.setPen(color)
        line = QRect(box.left() + 12, box.top() + 6, box.width() - 20, 20)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, LEVEL_MARK[finding.level])
        painter.setPen(QColor(palette.text))
        line.setLeft(line.left() + 18)
        head = painter.fontMetrics().elidedText(
            index.data(Qt.ItemDataRole.DisplayRole), Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, head)
        painter.setFont(self._font)
        painter.setPen(QColor(palette.quiet))
        text = QRect(box.left() + 12, box.top() + 28, box.width() - 22, box.height() - 30)
        painter.drawText(text, Qt.TextFlag.TextWordWrap, finding.message)


class FindingList(QListView):
    """The list itself."""

    def __init__(self, theme: Theme, model: FindingModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(FindingDelegate(theme, self))
        self.setAccessibleName("核对意见")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QListView { background: transparent; }")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class FindingPanel(QWidget):
    """Counts by weight, the list, and buttons for the current finding."""

    chosen = Signal(object)
    """The finding that is current now."""
    corrected = Signal(object, object)
    """Finding and the yuan to put in place."""
    decided = Signal(object, bool)
    """Finding, and whether its cell is taken."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.model = FindingModel(self)
        self.list = FindingList(theme, self.model)
        self.counts = {level: label() for level in Level}
        self.answers = AnswerBar()
        self._waiting: Waiting | None = None
        self.correct = button("", self._correct, kind="primary")
        self.take = button("采用", lambda: self._decide(True), tip="按来表入库")
        self.leave = button("不采用", lambda: self._decide(False), tip="这一项不入库")
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(label("待核", "quiet"))
        for level in Level:
            head.addWidget(self.counts[level])
        head.addStretch(1)
        actions = QHBoxLayout()
        actions.setSpacing(6)
        for one in (self.correct, self.take, self.leave):
            actions.addWidget(one)
        actions.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.answers)
        layout.addLayout(actions)
        self.list.selectionModel().currentChanged.connect(self._current)
        self._say_actions(None)

    def show_waiting(self, waiting: Waiting) -> None:
        """Show the findings of a draft."""
        self._waiting = waiting
        names = {r.project: r.name for r in waiting.draft.understanding.rows if r.project}
        self.model.show_findings(waiting.draft.understanding.findings, names)
        for level, made in self.counts.items():
            made.setText(f"{LEVEL_MARK[level]} {level.label} {waiting.count(level)}")
            made.setStyleSheet(f"color: {self._theme.palette.of_level(level).name()}; font-weight: 600;")
        self._say_actions(None)

    def step(self, by: int) -> None:
        """F8 and Shift+F8: the next or the previous finding, round and round."""
        count = self.model.rowCount()
        if count:
            row = self.list.currentIndex().row()
            row = (row + by) % count if row >= 0 else (0 if by > 0 else count - 1)
            self.list.setCurrentIndex(self.model.index(row))

    def show_row(self, sheet: str, row: int) -> None:
        """Make the first finding of a row current, without telling anybody."""
        found = next((i for i, f in enumerate(self.model.items) if (f.sheet, f.row) == (sheet, row)), -1)
        self.list.selectionModel().blockSignals(True)
        if found < 0:
            self.list.clearSelection()
            self.list.setCurrentIndex(QModelIndex())
        else:
            self.list.setCurrentIndex(self.model.index(found))
        self.list.selectionModel().blockSignals(False)
        self.list.viewport().update()
        self._say_actions(self.model.items[found] if found >= 0 else None)

    def _current(self, index: QModelIndex, _old: QModelIndex) -> None:
        finding = self.model.items[index.row()] if index.isValid() else None
        self._say_actions(finding)
        if finding is not None:
            self.chosen.emit(finding)

    def _say_actions(self, finding: Finding | None) -> None:
        self.answers.ask(finding, self._waiting.draft.understanding if self._waiting else None)
        suggestion = finding.suggestion if finding else None
        self.correct.setVisible(suggestion is not None)
        self.correct.setText(f"改为 {format_money(suggestion)}")
        can = finding is not None and finding.project is not None and finding.row is not None
        self.take.setEnabled(can)
        self.leave.setEnabled(can)

    def _finding(self) -> Finding | None:
        index = self.list.currentIndex()
        return self.model.items[index.row()] if index.isValid() else None

    def _correct(self) -> None:
        finding = self._finding()
        if finding is not None and finding.suggestion is not None:
            self.corrected.emit(finding, finding.suggestion)

    def _decide(self, take: bool) -> None:
        finding = self._finding()
        if finding is not None:
            self.decided.emit(finding, take)
