"""人工判定: a person says what a project's lamp means for the year, with a reason; a line under the page's head."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit

from hydesk.domain.lamps import Lamp
from hydesk.services.projects.override_lamp import JUDGED
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_row
from hydesk.ui.kit.escape import on_escape
from hydesk.ui.kit.words import CANCEL


class JudgeLine(QFrame):
    """``judged`` with a Meaning or None (back to the rule) and the reason."""

    judged = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.meaning = QComboBox()
        self.meaning.setAccessibleName("人工判定为")
        for meaning in JUDGED:
            self.meaning.addItem(f"{meaning.mark} {meaning.label}", meaning)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("判定理由")
        self.reason.setPlaceholderText("理由（必填），如：汛期停工，市政府已同意顺延")
        self.take = button("按此判定", self._judge, kind="primary")
        self.back = button("交还规则", lambda: self.judged.emit(None, self.reason.text()), tip="取消人工判定，按规则判定")
        in_row(
            label("本年度人工判定为", "quiet"), self.meaning, (self.reason, 1), self.take, self.back, button(CANCEL, self.hide), on=self,
            margins=(12, 6, 8, 6))
        self.reason.textChanged.connect(lambda t: self.take.setEnabled(bool(t.strip())))
        self.reason.returnPressed.connect(self._judge)
        on_escape(self, self.hide)
        self.hide()

    def ask(self, lamp: Lamp, reason: str) -> None:
        """Come up with what holds now."""
        self.meaning.setCurrentIndex(max(0, self.meaning.findData(lamp.meaning)))
        self.reason.setText(reason)
        self.take.setEnabled(bool(reason))
        self.back.setVisible(lamp.by_hand)
        self.show()
        self.meaning.setFocus()

    def _judge(self) -> None:
        if self.reason.text().strip():
            self.judged.emit(self.meaning.currentData(), self.reason.text().strip())
