"""The agenda on the meeting room's wall: one matter at a time, in type that is read from the last row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hydesk.services.meeting_lines import MeetingDecision, MeetingLine
from hydesk.ui import style
from hydesk.ui.desk import Desk
from hydesk.ui.widgets.basic import label, set_tone


class Projection(QWidget):
    """← → or ↑ ↓ go through the matters, Enter hands the one shown out, Esc or F11 leaves."""

    left = Signal(object, bool)
    """The key of the matter shown, and whether it is to be handed out."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("page")
        self.setWindowTitle("调度会")
        self.setAccessibleName("调度会全屏")
        self._desk = desk
        self._lines: list[MeetingLine] = []
        self.at = 0
        self._gone = False
        self.place, self.name, self.state = label(), label(wrap=True), label()
        self.words, self.decided, self.keys = label(wrap=True), label(wrap=True), label("", "quiet")
        for widget, size, bold in ((self.place, 18, False), (self.name, 40, True), (self.state, 28, True), (self.words, 26, False),
                                   (self.decided, 18, False), (self.keys, 12, False)):
            widget.setFont(style.font(size, bold=bold))
            widget.setStyleSheet(f"font-size: {size}pt;")
        self.keys.setText("← → 换事项　Enter 交办　Esc 退出全屏")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(64, 48, 64, 32)
        layout.setSpacing(20)
        for widget in (self.place, self.name, self.state, self.words):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self.decided)
        layout.addWidget(self.keys)

    def show_meeting(self, lines: Sequence[MeetingLine], decisions: Sequence[MeetingDecision]) -> None:
        """Go through ``lines``; what was decided stands below."""
        self._lines = list(lines)
        said = "　".join(f"{i}. {d.matter}（{d.unit}，{d.due}）" for i, d in enumerate(decisions[-3:], len(decisions[:-3]) + 1))
        self.decided.setText(f"已议定 {len(decisions)} 项：{said}" if decisions else "")
        self.go_to(min(self.at, max(0, len(self._lines) - 1)))

    def go_to(self, at: int) -> None:
        """Show the matter at a place."""
        self.at = at
        if not self._lines:
            self.name.setText("没有需要调度的事项")
            for widget in (self.place, self.state, self.words):
                widget.setText("")
            return
        line = self._lines[at]
        self.place.setText(f"{line.kind}　{at + 1} / {len(self._lines)}　　{line.unit}{'　　✓ 已交办' if line.decided else ''}")
        self.name.setText(line.project)
        self.state.setText(line.state)
        set_tone(self.state, "serious" if line.state.startswith("■") else "lagging")
        self.words.setText(line.words + (f"\n责任单位：{line.responsible}" if line.responsible else ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Space):
            self.go_to(min(self.at + 1, max(0, len(self._lines) - 1)))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp):
            self.go_to(max(0, self.at - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._leave(True)
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_F11):
            self._leave(False)
        else:
            super().keyPressEvent(event)

    def _leave(self, assign: bool) -> None:
        self._tell(assign)
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._tell(False)
        super().closeEvent(event)

    def _tell(self, assign: bool) -> None:
        if not self._gone:
            self._gone = True
            self.left.emit(self._lines[self.at].key if self._lines else None, assign)
