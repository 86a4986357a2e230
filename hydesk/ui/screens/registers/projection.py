"""The agenda on the meeting room's wall: one matter at a time, in type that is read from the last row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from hydesk.domain.money import format_percent
from hydesk.services.mechanisms.meeting_lines import KINDS, MeetingDecision, MeetingLine
from hydesk.ui import style
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import label, set_tone
from hydesk.ui.kit.boxes import in_row
from hydesk.ui.kit.meant import mean
from hydesk.ui.style import Theme

_HIGH = 1080
"""The height of the screen for which the sizes are given, in pixels."""
_PLACE, _NAME, _STATE, _WORDS, _FACT, _BELOW, _KEYS = 34, 76, 52, 42, 34, 30, 22
_FACTS = 4
_KIND_KEYS = {getattr(Qt.Key, f"Key_{i}"): kind for i, kind in enumerate(KINDS, 1)}


class ProgressBar(QWidget):
    """The year's share done against the time gone by."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._line: MeetingLine | None = None
        self.scale = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_line(self, line: MeetingLine | None) -> None:
        """Draw another matter; hidden for one that is not about the year's progress."""
        self._line = line if line is not None and line.expected is not None else None
        self.setVisible(self._line is not None)
        if self._line is not None:
            mean(self, "completion", "time_progress")
            self.setAccessibleName(f"完成率{format_percent(self._line.done)}，时间进度{format_percent(self._line.expected)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, round(120 * self.scale))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        line = self._line
        if line is None or line.expected is None:
            return
        painter, palette = QPainter(self), self._theme.palette
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = style.font(12, bold=True)
        font.setPixelSize(round(_FACT * self.scale))
        painter.setFont(font)
        wide, high, top = float(self.width()), 44 * self.scale, 62 * self.scale
        done, due = min(float(line.done or 0), 1.0), min(float(line.expected), 1.0)
        painter.fillRect(QRectF(0, top, wide, high), QColor(palette.line))
        painter.fillRect(QRectF(0, top, wide * done, high), QColor(palette.serious if line.state.startswith("■") else palette.lagging))
        painter.setPen(QPen(QColor(palette.text), 4 * self.scale))
        painter.drawLine(round(wide * due), round(top - 10 * self.scale), round(wide * due), round(top + high + 10 * self.scale))
        row = QRectF(0, 0, wide, top - 12 * self.scale)
        painter.drawText(row, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), f"完成率 {format_percent(line.done)}")
        said = f"时间进度 {format_percent(line.expected)}"
        room = painter.fontMetrics().horizontalAdvance(said)
        left = min(max(wide * due - room / 2, painter.fontMetrics().horizontalAdvance("完成率 100.00%") * 1.1), wide - room)
        painter.drawText(QRectF(left, 0, room + 4, row.height()), int(Qt.AlignmentFlag.AlignVCenter), said)


class Projection(QWidget):
    """← → or ↑ ↓ go through the matters, 1 to 5 to the first of a kind, Enter hands the one shown out, Esc or F11 leaves."""

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
        self.kinds = [label() for _ in KINDS]
        self.place, self.name, self.state = label(), label(wrap=True), label()
        self.words, self.decided, self.keys = label(wrap=True), label(wrap=True), label("", "quiet")
        self.next = label("", "quiet", wrap=True)
        self.bar = ProgressBar(desk.theme)
        self.facts = [(label("", "quiet"), label(wrap=True)) for _ in range(_FACTS)]
        self._sizes: list[tuple[QLabel, int, bool]] = [
            *((w, _PLACE, False) for w in self.kinds), (self.place, _PLACE, False), (self.name, _NAME, True),
            (self.state, _STATE, True), (self.words, _WORDS, False), (self.decided, _BELOW, False), (self.next, _BELOW, False),
            (self.keys, _KEYS, False), *((w, _FACT, False) for pair in self.facts for w in pair)]
        self.keys.setText("← → 换事项　1–5 换类别　Enter 交办　Esc 退出全屏")
        self._lay_out()

    def _lay_out(self) -> None:
        top = in_row(*self.kinds, 1, self.place, gap=48)
        self.grid = QGridLayout()
        self.grid.setColumnStretch(1, 1)
        for row, (name, words) in enumerate(self.facts):
            self.grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self.grid.addWidget(words, row, 1)
        layout = self.column = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addSpacing(12)
        for shown in (self.name, self.state, self.words, self.bar):
            layout.addWidget(shown)
        layout.addLayout(self.grid)
        layout.addStretch(1)
        for widget in (self.decided, self.next, self.keys):
            layout.addWidget(widget)
        self._measure()

    def _measure(self) -> None:
        """Set all type by the height of the screen: the same share of the wall whatever projects it."""
        scale = max(0.45, min(self.height() / _HIGH, self.width() / (_HIGH * 1.5)))
        for widget, size, bold in self._sizes:
            widget.setFont(style.font(12, bold=bold))
            widget.setStyleSheet(f"font-size: {max(14, round(size * scale))}px;")
        self.bar.scale = scale
        self.bar.updateGeometry()
        self.column.setContentsMargins(*(round(m * scale) for m in (80, 56, 80, 36)))
        self.column.setSpacing(round(22 * scale))
        self.grid.setHorizontalSpacing(round(40 * scale))
        self.grid.setVerticalSpacing(round(14 * scale))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def show_meeting(self, lines: Sequence[MeetingLine], decisions: Sequence[MeetingDecision]) -> None:
        """Go through ``lines``; what was decided stands below."""
        self._lines = list(lines)
        said = "　".join(f"{i}. {d.matter}（{d.unit}，{d.due}）" for i, d in enumerate(decisions[-3:], len(decisions[:-3]) + 1))
        self.decided.setText(f"已议定 {len(decisions)} 项：{said}" if decisions else "")
        self.decided.setVisible(bool(decisions))
        self.go_to(min(self.at, max(0, len(self._lines) - 1)))

    def go_to(self, at: int) -> None:
        """Show the matter at a place."""
        self.at = at
        line = self._lines[at] if self._lines else None
        for number, (kind, widget) in enumerate(zip(KINDS, self.kinds, strict=True), 1):
            count = sum(x.kind == kind for x in self._lines)
            widget.setVisible(bool(count))
            widget.setText(f"{number} {kind} {count}")
            set_tone(widget, "" if line is not None and line.kind == kind else "quiet")
        self.bar.show_line(line)
        facts = line.facts[:_FACTS] if line is not None else ()
        if line is not None and line.responsible:
            facts = (("责任单位", line.responsible), *facts)[:_FACTS]
        for (name, words), said in zip(self.facts, (*facts, *[("", "")] * _FACTS), strict=False):
            name.setText(said[0])
            words.setText(said[1])
            name.setVisible(bool(said[0]))
            words.setVisible(bool(said[0]))
        if line is None:
            self.name.setText("没有需要调度的事项")
            for widget in (self.place, self.state, self.words, self.next):
                widget.setText("")
            return
        self.place.setText(f"{at + 1} / {len(self._lines)}")
        self.name.setText(line.project)
        unit = "" if line.unit == line.project else f"　{line.unit}"
        self.state.setText(f"{line.state}{unit}{'　✓ 已交办' if line.decided else ''}")
        set_tone(self.state, "serious" if line.state.startswith("■") else "lagging")
        self.words.setText(line.words)
        after = self._lines[at + 1] if at + 1 < len(self._lines) else None
        self.next.setText(f"下一项：{after.project}（{after.state}）" if after is not None else "最后一项")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Space):
            self.go_to(min(self.at + 1, max(0, len(self._lines) - 1)))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp):
            self.go_to(max(0, self.at - 1))
        elif key in _KIND_KEYS:
            self.go_to(next((i for i, x in enumerate(self._lines) if x.kind == _KIND_KEYS[Qt.Key(key)]), self.at))
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
