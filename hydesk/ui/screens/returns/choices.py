"""Findings to tick: each sentence wrapped in full beside its box."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
)

from hydesk.domain.findings import Finding, Level
from hydesk.ui import style, tokens
from hydesk.ui.plain import plain_text
from hydesk.ui.style import Theme
from hydesk.ui.tokens import LEVEL_MARK

Index = QModelIndex | QPersistentModelIndex
BOX, PAD = 18, 6
_ORDER = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2}
_FINDING = Qt.ItemDataRole.UserRole


class _Delegate(QStyledItemDelegate):
    """Qt measures wrapped items without their boxes and cuts the last line; here the sentence has its height."""

    def __init__(self, theme: Theme, view: QListWidget) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        self._font = style.font(tokens.TABLE_PT)
        self._heights: dict[tuple[int, str], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width, text = self._view.viewport().width(), str(index.data())
        height = self._heights.get((width, text))
        if height is None:
            room = QRect(0, 0, width - BOX - 3 * PAD, 4000)
            height = QFontMetrics(self._font).boundingRect(room, Qt.TextFlag.TextWordWrap, text).height() + 2 * PAD
            self._heights[width, text] = height
        return QSize(width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette, finding = self._theme.palette, index.data(_FINDING)
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, palette.selection())
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, QColor(palette.line))
        box = QStyleOptionButton()
        box.rect = QRect(rect.x() + PAD, rect.y() + PAD, BOX - 2, BOX)
        box.palette = self._view.palette()
        ticked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
        box.state = QStyle.StateFlag.State_Enabled | (QStyle.StateFlag.State_On if ticked else QStyle.StateFlag.State_Off)
        QApplication.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, box, painter)
        painter.setFont(self._font)
        painter.setPen(QColor(palette.text) if ticked else QColor(palette.quiet))
        text = rect.adjusted(BOX + 2 * PAD, PAD, -PAD, -PAD)
        mark = LEVEL_MARK[finding.level]
        painter.drawText(text, Qt.TextFlag.TextWordWrap, str(index.data()))
        painter.setPen(palette.of_level(finding.level))
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, mark)


    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """The space bar ticks here; a click anywhere on the sentence does in the list."""
        return event.type() == QEvent.Type.KeyPress and super().editorEvent(event, model, option, index)


class FindingChoices(QListWidget):
    """The space bar or a click ticks; errors stand first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("choices")
        self.setItemDelegate(_Delegate(theme, self))
        self.setAccessibleName("退回的问题，空格勾选")
        self.setLayoutMode(QListWidget.LayoutMode.Batched)
        self.setBatchSize(40)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._clicked)

    def offer(self, findings: Iterable[tuple[Finding, bool]]) -> None:
        """List findings, each with whether it is ticked at first."""
        self.blockSignals(True)
        self.clear()
        for f, ticked in sorted(findings, key=lambda pair: _ORDER[pair[0].level]):
            item = QListWidgetItem(f"{LEVEL_MARK[f.level]} {f.message}")
            item.setData(_FINDING, f)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            item.setToolTip(plain_text(f.message))
            self.addItem(item)
        self.blockSignals(False)
        if self.count():
            self.setCurrentRow(0)

    def ticked(self) -> list[Finding]:
        """What is ticked."""
        items = (self.item(i) for i in range(self.count()))
        return [i.data(_FINDING) for i in items if i.checkState() == Qt.CheckState.Checked]

    def _clicked(self, item: QListWidgetItem) -> None:
        item.setCheckState(
            Qt.CheckState.Unchecked if item.checkState() == Qt.CheckState.Checked else Qt.CheckState.Checked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
