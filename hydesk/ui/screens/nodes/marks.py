"""How a node is drawn: planned a hollow diamond, forecast a dotted one, actual a full dot, overdue a square."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from hydesk.domain.milestones import FINISH, START, Milestones, NodeDates, NodeState, ProjectNodes
from hydesk.ui import style, tokens
from hydesk.ui.style import Theme

RADIUS = 5.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One date of a node on the time line: where (days since 2000), which of the three, and how it stands."""

    day: int
    which: str
    node: int
    state: NodeState
    late: bool


_EPOCH = date(2000, 1, 1).toordinal()


def day_number(day: date) -> int:
    """Days since 2000."""
    return day.toordinal() - _EPOCH


def day_at(number: int) -> date:
    """The day of a number."""
    return date.fromordinal(number + _EPOCH)


class TimeLineRow:
    """A row of the time line: a group's heading (``project`` None) or a project, its marks worked out when it is seen.

    A ledger of tens of thousands has half a million marks, of which a screenful is ever looked at.
    """

    __slots__ = ("_marks", "_milestones", "_only", "project", "text")

    def __init__(self, text: str, project: ProjectNodes | None = None, milestones: Milestones | None = None,
                 only: Collection[int] = ()) -> None:
        self.text, self.project = text, project
        self._milestones, self._only = milestones, only
        self._marks: tuple[Mark, ...] | None = None

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The dates of its nodes, the earliest first; with ``only``, of those nodes."""
        if self._marks is None:
            self._marks = self._worked_out()
        return self._marks

    def _worked_out(self) -> tuple[Mark, ...]:
        if self.project is None or self._milestones is None:
            return ()
        made = [m for i, node in enumerate(self._milestones.nodes) if not self._only or i in self._only
                if (dates := self.project.nodes.get(node.name)) is not None for m in _marks(i, dates, self._milestones.on)]
        return tuple(sorted(made, key=lambda m: (m.day, m.which != "actual")))

    @property
    def works(self) -> tuple[int, int] | None:
        """From when to when works are planned, days since 2000."""
        if self.project is None:
            return None
        start, finish = self.project.node(START), self.project.node(FINISH)
        begin, end = start.actual or start.expected, finish.actual or finish.expected
        return (day_number(begin.day), day_number(end.day)) if begin and end and begin.day < end.day else None

    @property
    def done(self) -> tuple[int, int] | None:
        """From the actual start to now or the actual end, days since 2000."""
        if self.project is None or self._milestones is None:
            return None
        start, finish, on = self.project.node(START), self.project.node(FINISH), self._milestones.on
        if start.actual is None or not start.done(on):
            return None
        last = finish.actual.day if finish.actual is not None and finish.done(on) else on
        return day_number(start.actual.day), day_number(last)


def _marks(index: int, dates: NodeDates, on: date) -> list[Mark]:
    state = dates.state(on)
    late = (dates.slip(on) or 0) > 0
    made = [Mark(day_number(v.day), which, index, state, late)
            for which in ("baseline", "forecast", "actual") if (v := dates.get(which)) is not None]
    if dates.actual is not None:
        made = [m for m in made if m.which != "forecast"]
        if dates.baseline is not None and dates.baseline.day == dates.actual.day:
            made = [m for m in made if m.which == "actual"]
    return made


def draw(painter: QPainter, theme: Theme, which: str, state: NodeState, late: bool, at: QPointF) -> None:
    """Draw one mark with its middle at ``at``."""
    palette = theme.palette
    r = RADIUS
    if which == "actual":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.lagging if late else palette.ahead))
        painter.drawEllipse(at, r - 0.5, r - 0.5)
        return
    if which == "baseline" and state is NodeState.OVERDUE:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.serious))
        painter.drawRect(QRectF(at.x() - r + 0.5, at.y() - r + 0.5, 2 * r - 1, 2 * r - 1))
        return
    color = QColor(palette.accent if which == "forecast" else palette.quiet)
    pen = QPen(color, 1.4)
    if which == "forecast":
        pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    painter.setBrush(QColor(palette.surface))
    painter.drawPolygon(QPolygonF([QPointF(at.x(), at.y() - r), QPointF(at.x() + r, at.y()),
                                   QPointF(at.x(), at.y() + r), QPointF(at.x() - r, at.y())]))


class Legend(QWidget):
    """What the shapes mean."""

    _ITEMS = (("baseline", NodeState.AHEAD, False, "计划"), ("forecast", NodeState.AHEAD, False, "预计"),
              ("actual", NodeState.DONE, False, "实际"), ("actual", NodeState.DONE, True, "实际（晚于计划）"),
              ("baseline", NodeState.OVERDUE, True, "逾期未完成"))

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._font = style.font(tokens.SMALL_PT)
        metrics = QFontMetrics(self._font)
        self._widths = [metrics.horizontalAdvance(text) + 30 for *_, text in self._ITEMS]
        self.setFixedHeight(22)
        self.setMaximumWidth(sum(self._widths))
        self.setAccessibleName("图例：空心菱形计划，虚线菱形预计，实心圆实际，红方块逾期未完成")

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths), 22)

    def paintEvent(self, _event: object) -> None:
        """Those that are whole in the room there is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        x = 0
        for (which, state, late, text), width in zip(self._ITEMS, self._widths, strict=True):
            if x + width > self.width():
                break
            draw(painter, self._theme, which, state, late, QPointF(x + 8, 11))
            painter.setPen(QColor(self._theme.palette.quiet))
            painter.drawText(x + 18, 0, width, 22, Qt.AlignmentFlag.AlignVCenter, text)
            x += width
