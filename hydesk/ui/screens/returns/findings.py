"""The findings of a return by weight, each with what was settled about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from hydesk.domain.findings import Finding, Level
from hydesk.domain.questions import LATER
from hydesk.domain.understanding import ReadRow
from hydesk.ui import style, tokens
from hydesk.ui.kit.delayed import Delayed
from hydesk.ui.kit.marks import SIDE, paint_mark
from hydesk.ui.plain import plain_text
from hydesk.ui.screens.returns.waiting import finding_key
from hydesk.ui.style import Theme

Index = QModelIndex | QPersistentModelIndex
_ORDER = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2}
_HEIGHTS_AT_MOST = 20_000
BESIDE_TEXT = 23
"""Pixels of an item's width that the sentence does not have; measuring and painting wrap at the same place."""
_FINDING = Qt.ItemDataRole.UserRole
_SETTLED = Qt.ItemDataRole.UserRole + 1


Names = Mapping[str | tuple[str | None, int | None], str]


def names_of(rows: Iterable[ReadRow]) -> Names:
    """What the county calls its projects: by 市重点编号, and by sheet and row for those the ledger does not know."""
    names: dict[str | tuple[str | None, int | None], str] = {}
    for r in rows:
        names[r.sheet, r.row] = r.name
        if r.project:
            names[r.project] = r.name
    return names


class FindingModel(QAbstractListModel):
    """Findings, errors first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: list[Finding] = []
        self._names: Names = {}
        self._settled: Mapping[str, str] = {}
        self._keys: dict[int, str] = {}

    def show_findings(self, findings: tuple[Finding, ...], names: Names,
                      settled: Mapping[str, str] | None = None) -> None:
        """Show ``findings`` with their projects' names, and what was settled about each, by its key."""
        self.beginResetModel()
        self._names, self._settled = names, settled if settled is not None else {}
        self.items = sorted(findings, key=lambda f: (_ORDER[f.level], f.sheet or "", f.row or 0))
        self._keys = {id(f): finding_key(f) for f in self.items}
        self.endResetModel()

    def head(self, finding: Finding) -> str:
        """The line above the sentence: where, and which project."""
        where = finding.cell or (f"{finding.column}列" if finding.column else f"第{finding.file_row}行" if finding.row else "全表")
        at = (finding.sheet, finding.row)
        name = self._names.get(at) or self._names.get(finding.project or "", finding.project or "")
        return f"{where}　{name}".strip()

    def settled(self, finding: Finding) -> str:
        """What was decided about it; empty where nothing was."""
        return self._settled.get(self._keys.get(id(finding), ""), "")

    def settle(self, settled: Mapping[str, str]) -> None:
        """Take what was settled; the view paints it anew, for no item changes its height by it."""
        self._settled = settled

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        finding = self.items[index.row()]
        if role == _FINDING:
            return finding
        if role == _SETTLED:
            return self.settled(finding)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.head(finding)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_text(finding.message)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = self.settled(finding)
            return f"{finding.level.label}，{self.head(finding)}，{finding.message}{'，' + said if said else ''}"
        return None


class FindingDelegate(QStyledItemDelegate):
    """A strip in the level's colour with its shape, a head line, and the sentence wrapped below."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        self._font = style.font(tokens.TABLE_PT)
        self._bold = style.font(tokens.TABLE_PT, bold=True)
        self._metrics = QFontMetrics(self._font)
        self._head = tokens.wide(20)
        """Height of the line above the sentence."""
        self._heights: dict[tuple[int, str], int] = {}

    def _text_height(self, width: int, message: str) -> int:
        """The height of the wrapped sentence, in pixels; thousands of sentences are measured once only."""
        known = self._heights.get((width, message))
        if known is None:
            if len(self._heights) >= _HEIGHTS_AT_MOST:
                self._heights.clear()
            box = self._metrics.boundingRect(QRect(0, 0, width - BESIDE_TEXT, 4000), Qt.TextFlag.TextWordWrap, message)
            known = self._heights[width, message] = box.height()
        return known

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        return QSize(width, self._head + 18 + self._text_height(width, index.data(_FINDING).message) + 6)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette, finding, settled = self._theme.palette, index.data(_FINDING), index.data(_SETTLED)
        done = bool(settled) and settled != LATER
        color = QColor(palette.quiet) if done else palette.of_level(finding.level)
        box: QRect = option.rect.adjusted(0, 0, -1, -6)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, palette.selection() if selected else QColor(palette.surface))
        painter.setPen(QColor(palette.line))
        painter.drawRect(box)
        painter.fillRect(box.left(), box.top(), 3, box.height() + 1, color)
        painter.setFont(self._bold)
        painter.setPen(color)
        line = QRect(box.left() + 12, box.top() + 6, box.width() - 20, self._head)
        paint_mark(painter, QRect(line.left(), line.top(), tokens.wide(SIDE), line.height()), finding.level, palette, done=done)
        line.setLeft(line.left() + tokens.wide(18))
        if settled:
            painter.setPen(QColor(palette.ahead if done else palette.lagging))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, settled)
            line.setRight(line.right() - painter.fontMetrics().horizontalAdvance(settled) - 8)
        painter.setPen(QColor(palette.quiet if done else palette.text))
        head = painter.fontMetrics().elidedText(
            index.data(Qt.ItemDataRole.DisplayRole), Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, head)
        painter.setFont(self._font)
        painter.setPen(QColor(palette.quiet))
        text = QRect(box.left() + 12, box.top() + self._head + 8, box.width() + 1 - BESIDE_TEXT, box.height() - 10 - self._head)
        painter.drawText(text, Qt.TextFlag.TextWordWrap, finding.message)


class FindingList(QListView):
    """The list itself."""

    def __init__(self, theme: Theme, model: FindingModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(FindingDelegate(theme, self))
        self.setAccessibleName("核对意见")
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(100)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QListView { background: transparent; }")
        self._settled = Delayed(self, self._show_current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        self._settled.start(0)

    def _show_current(self) -> None:
        """The questions and buttons below take room; the finding they are about stays in sight."""
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
