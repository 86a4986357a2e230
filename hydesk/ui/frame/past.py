"""The line above everything while a past ledger is looked at."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from hydesk.ui import tokens
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_row


class PastBanner(QFrame):
    """正在查看 … 的台账（只读）, and the way back."""

    back_asked = Signal()

    def __init__(self, said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("past")
        self.setAccessibleName("正在查看过去的台账")
        self.setFixedHeight(tokens.wide(36))
        self.sentence = label(f"正在查看 {said} 的台账（只读），所有页面和报告都是那时的数字", "heading")
        self.back = button("返回现在", self.back_asked.emit)
        self.back.setToolTip("返回现在（Alt+Home）")
        in_row(self.sentence, 1, self.back, on=self, margins=(16, 2, 16, 2))
        self._key = QShortcut(QKeySequence("Alt+Home"), self)
        self._key.activated.connect(self.back_asked)
