"""How a node is drawn: planned a hollow diamond, forecast a dotted one, actual a full dot, overdue a square."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from hydesk.dataclass import dataclass
from hydesk.domain.milestones import Milestones, NodeDates, NodeState, ProjectNodes
from hydesk.domain.stage_bars import PieceKind, StageBar, node_marks, stage_bars
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

    __slots__ = ("_bars", "_marks", "_milestones", "_only", "project", "text")

    def __init__(self, text: str, project: ProjectNodes | None = None, milestones: Milestones | None = None,
                 only: Collection[int] = ()) -> None:
        self.text, self.project = text, project
        self._milestones, self._only = milestones, only
        self._marks: tuple[Mark, ...] | None = None
        self._bars: tuple[StageBar, ...] | None = None

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
    def bars(self) -> tuple[StageBar, ...]:
        """Its stages as bars (docs/rules.md §6.7)."""
        if self._bars is None:
            own, m = self.project, self._milestones
            self._bars = () if own is None or m is None else stage_bars(own, m.nodes, m.on)
        return self._bars

    @property
    def narrowed(self) -> bool:
        """Whether only some nodes are asked for: their marks are then shown in every row."""
        return bool(self._only)


def _marks(index: int, dates: NodeDates, on: date) -> list[Mark]:
    return [Mark(day_number(m.day), m.which, index, m.state, m.late) for m in node_marks(dates, on)]


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


def draw_piece(painter: QPainter, theme: Theme, kind: PieceKind, at: QRectF) -> None:
    """Draw a piece of a stage's bar: solid, hatched, crossed or hollow, so that it is told apart without colour."""
    palette = theme.palette
    late = kind is PieceKind.LATE
    color = QColor(palette.serious if late else palette.accent)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.surface))
    painter.drawRect(at)
    if kind is not PieceKind.AHEAD:
        fill = QColor(color)
        fill.setAlphaF(0.34 if kind is PieceKind.DONE else 0.10)
        painter.setBrush(fill)
        painter.drawRect(at)
    if kind in (PieceKind.WORKING, PieceKind.LATE):
        fill = QColor(color)
        fill.setAlphaF(0.65)
        painter.setBrush(QBrush(fill, Qt.BrushStyle.DiagCrossPattern if late else Qt.BrushStyle.BDiagPattern))
        painter.drawRect(at)
    line = QColor(color)
    line.setAlphaF(0.75)
    painter.setPen(QPen(line, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(at)


def draw_plan(painter: QPainter, theme: Theme, left: float, right: float, y: float) -> None:
    """Draw the line of a stage's first plan, with its ends."""
    painter.setPen(QPen(theme.palette.color("quiet", 0.6), 2))
    painter.drawLine(QPointF(left, y), QPointF(right, y))
    painter.setPen(QPen(QColor(theme.palette.quiet), 1))
    for x in (left, right):
        painter.drawLine(QPointF(x, y - 3), QPointF(x, y + 3))


class Legend(QWidget):
    """What the shapes mean: the bars of stages, then the marks of the selected row."""

    _BARS = (*((kind, kind.label) for kind in PieceKind), (None, "最初计划"))
    _ITEMS = (("baseline", NodeState.OVERDUE, True, "逾期未完成"), ("baseline", NodeState.AHEAD, False, "计划"),
              ("forecast", NodeState.AHEAD, False, "预计"), ("actual", NodeState.DONE, False, "实际"),
              ("actual", NodeState.DONE, True, "实际（晚于计划）"))

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._font = style.font(tokens.SMALL_PT)
        metrics = QFontMetrics(self._font)
        self._bar_widths = [metrics.horizontalAdvance(text) + 38 for _, text in self._BARS]
        self._widths = [metrics.horizontalAdvance(text) + 30 for *_, text in self._ITEMS]
        self.setFixedHeight(22)
        self.setMaximumWidth(sum(self._bar_widths) + sum(self._widths))
        self.setAccessibleName("图例：横条是阶段，实心已完成，斜线进行中，交叉线超过计划，空心未到，下面的线是最初计划；"
                               "空心菱形计划，虚线菱形预计，实心圆实际，红方块逾期未完成")

    def sizeHint(self) -> QSize:
        return QSize(sum(self._bar_widths) + sum(self._widths), 22)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 22)

    def paintEvent(self, _event: object) -> None:
        """Those that are whole in the room there is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        x = 0
        for (kind, text), width in zip(self._BARS, self._bar_widths, strict=True):
            if x + width > self.width():
                return
            if kind is None:
                draw_plan(painter, self._theme, x + 2, x + 24, 11)
            else:
                draw_piece(painter, self._theme, kind, QRectF(x + 1.5, 6.5, 22, 9))
            self._say(painter, x + 29, text)
            x += width
        for (which, state, late, text), width in zip(self._ITEMS, self._widths, strict=True):
            if x + width > self.width():
                return
            draw(painter, self._theme, which, state, late, QPointF(x + 8, 11))
            self._say(painter, x + 18, text)
            x += width

    def _say(self, painter: QPainter, x: int, text: str) -> None:
        painter.setPen(QColor(self._theme.palette.quiet))
        painter.drawText(x, 0, self.width(), 22, Qt.AlignmentFlag.AlignVCenter, text)
