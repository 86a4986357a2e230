"""催报: a side panel with the ready text for those who owe a return, and the printed notice."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QPlainTextEdit

from hydesk.services.returns.chase_units import chase_text, print_chase_notice
from hydesk.ui.clipboard import put_words
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.files import Purpose, ask_folder
from hydesk.ui.kit.side_panel import headed


class _Text(QPlainTextEdit):
    """Ctrl+C without a selection copies the whole text."""

    copied = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and not self.textCursor().hasSelection():
            self.copied.emit()
            return
        super().keyPressEvent(event)


class ChasePanel(QFrame):
    """The text may be changed before it is copied; Esc closes the panel."""

    opened = Signal()
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.unit: str | None = None
        """One unit alone; None chases all that owe."""
        self.setObjectName("panel")
        self.title = label("催报", "heading")
        self.text = _Text()
        self.text.setAccessibleName("催报文字")
        self.text.setTabChangesFocus(True)
        # A file dropped here is a return for the window to take in, not a path to write into the text.
        self.text.viewport().setAcceptDrops(False)
        self.text.setAcceptDrops(False)
        self.text.copied.connect(self.copy)
        forms = QGridLayout()
        forms.setSpacing(6)
        self.copy_button = button("复制文字　Ctrl+C", self.copy, kind="primary", tip="粘贴到微信或 QQ")
        forms.addWidget(self.copy_button, 0, 0, 1, 2)
        forms.addWidget(button("催报通知 PDF…", lambda: self._print("pdf"), tip="可打印盖章"), 1, 0)
        forms.addWidget(button("催报通知 Word…", lambda: self._print("docx"), tip="可以再改"), 1, 1)
        layout = headed(self, self.title, desk, self.leave)
        layout.setContentsMargins(16, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(label("发给还没有报的单位，发前可以改：", "quiet"))
        layout.addWidget(self.text, 1)
        layout.addLayout(forms)

    def open(self, unit: str | None = None) -> None:
        """Write the text for the period in hand, for all that owe or for ``unit``."""
        self.unit = unit
        self.title.setText(f"催报 {unit}" if unit else "催报")
        ledger, period, units = self._desk.ledger, self._desk.period, [unit] if unit else None

        def done(text: str) -> None:
            self.text.setPlainText(text)
            self.text.setPlaceholderText(f"{period.label}各单位都已报，没有要催的。")
            self.copy_button.setEnabled(bool(text.strip()))

        self._desk.jobs.start("催报文字", lambda _p: chase_text(ledger, period, None, units), self, done=done, quiet=True)
        self.opened.emit()
        self.text.setFocus()

    def leave(self) -> None:
        """Close the panel."""
        self.closed.emit()

    def copy(self) -> None:
        """Put the text on the clipboard."""
        put_words(self.text.toPlainText())
        self._desk.notice("催报文字已复制，可粘贴到微信或 QQ")

    def _print(self, form: str) -> None:
        folder = ask_folder(self, self._desk.settings, Purpose.CHASE, "催报通知存到哪个文件夹")
        if not folder:
            return
        ledger, period, units = self._desk.ledger, self._desk.period, [self.unit] if self.unit else None

        def done(made: list[Path]) -> None:
            self._desk.notice(f"已存为 {'、'.join(p.name for p in made)}")

        self._desk.jobs.start("催报通知", lambda _p: print_chase_notice(ledger, period, Path(folder), None, units, (form,)),
                              self, done=done)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)
