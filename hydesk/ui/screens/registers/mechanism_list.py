"""The list of mechanisms at the left of 考核与榜单: each once, with what is late in it; registers of none below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from hydesk.services.registers.list_registers import RegisterSummary
from hydesk.ui import style, tokens
from hydesk.ui.mechanisms import Mechanism, mechanism_of
from hydesk.ui.plain import plain_text

LEADERS = "leaders"
"""The screen 联系领导, which stands among the rankings and is reached from their list."""
_ROLE = Qt.ItemDataRole.UserRole


class MechanismList(QTreeWidget):
    """Its items hold a Mechanism, the number of a register, or ``LEADERS``."""

    chosen = Signal(object)
    """Another item is current."""
    entered_item = Signal(object)
    """A click, or Enter."""

    def __init__(self, theme: style.Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("card")
        self.setAccessibleName("各项机制")
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.currentItemChanged.connect(lambda item, _old: self.chosen.emit(item.data(0, _ROLE) if item is not None else None))
        self.itemActivated.connect(lambda item, _column: self.entered_item.emit(item.data(0, _ROLE)))
        self.itemClicked.connect(lambda item, _column: self.entered_item.emit(item.data(0, _ROLE)))

    def show_mechanisms(self, mechanisms: Sequence[Mechanism], summaries: Sequence[RegisterSummary]) -> None:
        """Show ``mechanisms``, 联系领导, and below them the registers of no mechanism."""
        self.blockSignals(True)
        self.clear()
        late = {s.definition.key: s.overdue for s in summaries}
        for m in mechanisms:
            over = sum(late.get(p.register, 0) for p in m.parts)
            self._add(m.word, m, f"■{over:,}" if over else "", "、".join(p.word for p in m.parts), late=bool(over))
        self._add("联系领导", LEADERS, "", "每一位领导的项目、滞后、节点和问题（Ctrl+0）")
        others = [s for s in summaries if mechanism_of(register=s.definition.key) is None]
        if others:
            self._add_heading("其他台账")
        for s in others:
            self._add(s.definition.name, s.id, f"■{s.overdue:,}" if s.overdue else f"{s.records:,}",
                      f"{s.records:,} 条\n{s.definition.purpose}", late=bool(s.overdue))
        self.blockSignals(False)

    def mark(self, wanted: Any) -> None:
        """Make the item that holds ``wanted`` current, without telling anybody."""
        self.blockSignals(True)
        for i in range(self.topLevelItemCount()):
            item = self.topLevelItem(i)
            if item is not None and item.data(0, _ROLE) == wanted:
                self.setCurrentItem(item)
        self.blockSignals(False)

    def _add(self, word: str, key: Any, count: str, tip: str, *, late: bool = False) -> None:
        item = QTreeWidgetItem(self, [word, count])
        item.setData(0, _ROLE, key)
        item.setToolTip(0, plain_text(f"{word}\n{tip}" if tip else word))
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        palette = self._theme.palette
        item.setForeground(1, QColor(palette.serious if late else palette.quiet))

    def _add_heading(self, word: str) -> None:
        head = QTreeWidgetItem(self, [word, ""])
        head.setFlags(Qt.ItemFlag.NoItemFlags)
        head.setForeground(0, QColor(self._theme.palette.quiet))
        head.setFont(0, style.font(tokens.SMALL_PT))
        head.setTextAlignment(0, Qt.AlignmentFlag.AlignBottom)
