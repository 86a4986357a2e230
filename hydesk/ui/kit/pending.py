"""The strip that says what is typed, pasted or proposed but not written, and asks whether to write it.

One strip for every place where something waits: what, 理由, 写入, 放弃. Enter writes, Esc gives up.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.escape import on_escape
from hydesk.ui.kit.keys import on_enter
from hydesk.ui.kit.tab_order import tab_as_laid_out
from hydesk.ui.operations import DECIDING


class PendingStrip(QFrame):
    """At the foot of what it is about; ``written`` carries the reason, ``dropped`` says that the person thinks better."""

    written = Signal(str)
    dropped = Signal()

    def __init__(self, name: str, parent: QWidget | None = None, *, write: str = "写入", drop: str = "放弃") -> None:
        super().__init__(parent)
        self.setObjectName("pending")
        self.setAccessibleName(name)
        self.setProperty(DECIDING, True)
        self._must = False
        self.title = label("", "heading", wrap=True)
        self.said = label("", "quiet", wrap=True)
        self.missing = label("", "error")
        self.missing.hide()
        self.reason = QLineEdit()
        self.reason.setAcceptDrops(False)
        self.reason.setAccessibleName("理由")
        self.write = button(write, self.accept, kind="primary", tip="Enter")
        self.drop = button(f"{drop}　Esc", self.cancel, tip="Esc")
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        for one in (self.reason, self.missing, self.write, self.drop):
            self.row.addWidget(one, 1 if one is self.reason else 0)
        self.row.addStretch(0)
        self.middle = QVBoxLayout()
        in_column(self.title, self.said, self.middle, self.row, on=self, gap=6, margins=(12, 8, 12, 8))
        self.reason.returnPressed.connect(self.accept)
        self.reason.textChanged.connect(lambda _t: self.missing.hide())
        on_enter(self, self.accept)
        on_escape(self, self.cancel)
        self.hide()

    def ask(self, what: str, lines: Sequence[str] = (), *, write: str = "", reason: str | None = None, must: bool = False,
            hint: str = "理由") -> None:
        """Say ``what`` waits, with ``lines`` below it, and take the keyboard.

        ``reason`` None asks for none; else it stands there to be kept or typed over. ``must``: nothing is written without.
        """
        self.title.setText(what)
        self.said.setText("\n".join(lines))
        self.said.setVisible(bool(lines))
        self.reason.setVisible(reason is not None)
        self.reason.setText(reason or "")
        self.reason.setPlaceholderText(hint)
        self._must = must and reason is not None
        self.missing.hide()
        if write:
            self.write.setText(write)
        self.show()
        (self.reason if reason is not None else self.write).setFocus(Qt.FocusReason.OtherFocusReason)
        self.reason.selectAll()

    def showEvent(self, event: QShowEvent) -> None:
        tab_as_laid_out(self)
        super().showEvent(event)

    def tell(self, what: str, lines: Sequence[str] = ()) -> None:
        """Say what waits while one goes on typing: the cursor stays where it is."""
        self.title.setText(what)
        self.said.setText("\n".join(lines))
        self.said.setVisible(bool(lines))
        self.show()

    def accept(self) -> None:
        """Write what waits, with the reason given."""
        if self.isHidden():
            return
        said = " ".join(self.reason.text().split()) if not self.reason.isHidden() else ""
        if self._must and not said:
            self.missing.setText("请写理由")
            self.missing.show()
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.hide()
        self.written.emit(said)

    def cancel(self) -> None:
        """Leave everything as it is."""
        if not self.isHidden():
            self.hide()
            self.dropped.emit()
