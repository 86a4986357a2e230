"""The year's curve: plan grey dashed, done accent solid, forecast accent dotted, labelled directly; painted, for it is only looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from hydesk.dataclass import dataclass
from hydesk.domain.forecast.fan import FanPoint
from hydesk.domain.money import MoneyUnit, Yuan, format_money, in_unit
from hydesk.services.standings.year_curve import CurvePoint
from hydesk.ui import style, tokens
from hydesk.ui.clipboard import put_rows
from hydesk.ui.kit.basic import is_change_of_theme, label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.keys import on_copy
from hydesk.ui.plain import plain_text
from hydesk.ui.style import Theme

AXIS_HEIGHT, AXIS_WIDTH, WORDS_HEIGHT = 26, 48, 24
"""Points for the months below the curve, the figures left of it, and words above its highest point."""
LOW = 150
"""Points of height under which there is room for one line of the grid only."""
_MONTHS = (1, 3, 6, 9, 12)
_LAST = 12.6
"""Where the drawing ends on the axis of months."""
_GAP = 6.0
"""Points between a point and its words."""
Line = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Words:
    """Words beside a point. ``right`` and ``above`` say on which side of it; they stay inside the drawing."""

    text: str
    at: tuple[float, float]
    color: str
    right: bool
    above: bool
    bold: bool = False


class CurvePlot(QWidget):
    """The painted part: what ``CurveView`` holds, in its unit."""

    def __init__(self, view: CurveView, theme: Theme) -> None:
        super().__init__(view)
        self._view, self._theme = view, theme
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("投资进度曲线")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(60)

    @property
    def low(self) -> bool:
        """Whether there is room for little."""
        return self.height() < tokens.wide(LOW)

    def area(self) -> QRectF:
        """The room of the curve itself."""
        left, below = tokens.wide(AXIS_WIDTH), tokens.wide(AXIS_HEIGHT)
        return QRectF(left, tokens.wide(WORDS_HEIGHT), max(1, self.width() - left - 2),
                      max(1, self.height() - below - tokens.wide(WORDS_HEIGHT)))

    def place(self, month: float, value: float) -> QPointF:
        """Where a value of a month is drawn."""
        room = self.area()
        return QPointF(room.left() + room.width() * month / _LAST, room.bottom() - room.height() * value / (self._view.top or 1.0))

    def month_at(self, at: QPointF) -> int:
        """The month nearest to a point of the widget."""
        room = self.area()
        return round((at.x() - room.left()) / room.width() * _LAST)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._axes(painter)
        palette, view = self._theme.palette, self._view
        quiet, accent = QColor(palette.quiet), QColor(palette.accent)
        if view.fan:
            edge = [self.place(p.month, view.at(p.low)) for p in view.fan]
            edge += [self.place(p.month, view.at(p.high)) for p in reversed(view.fan)]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color("accent", 0.14))
            painter.drawPolygon(QPolygonF(edge))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        done, sure = view.done, view.sure
        self._line(painter, view.planned, QPen(quiet, 1.6, Qt.PenStyle.DashLine))
        self._line(painter, view.ahead, QPen(accent, 2, Qt.PenStyle.DotLine))
        if done and done[0][0] > 1:
            self._line(painter, [(0.0, 0.0), done[0]], QPen(palette.color("accent", 0.35), 1.5))
        self._line(painter, sure, QPen(accent, 3))
        self._line(painter, done[max(0, len(sure) - 1):], QPen(palette.color("accent", 0.5), 1.5))  # not all reported yet
        self._line(painter, view.taken, QPen(QColor(palette.lagging), 2))
        self._marks(painter)
        taken: list[QRectF] = []
        for words in view.words(low=self.low):
            self._say(painter, words, taken)
        painter.end()

    def _axes(self, painter: QPainter) -> None:
        palette, room = self._theme.palette, self.area()
        font = style.figures(tokens.SMALL_PT)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        shown = ticks(self._view.top)
        for value in shown[-1:] if self.low else shown:
            y = self.place(0, value).y()
            painter.setPen(QPen(QColor(palette.line), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(QColor(palette.quiet))
            painter.drawText(QRectF(0, y - metrics.height() / 2, room.left() - 8, metrics.height()),
                             Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{value:,.10g}")
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        painter.setPen(QColor(palette.quiet))
        if self._view.unit_word:
            painter.drawText(QRectF(0, room.bottom() - metrics.height() / 2, room.left() - 8, metrics.height()),
                             Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._view.unit_word)
        for month in _MONTHS:
            x = self.place(month, 0).x()
            painter.drawText(QRectF(x - 30, room.bottom() + 4, 60, metrics.height()), Qt.AlignmentFlag.AlignHCenter, f"{month}月")

    def _line(self, painter: QPainter, points: Line, pen: QPen) -> None:
        if len(points) > 1:
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF([self.place(x, y) for x, y in points]))

    def _marks(self, painter: QPainter) -> None:
        palette, view = self._theme.palette, self._view
        if view.done:
            whole = len(view.sure) == len(view.done)
            painter.setPen(Qt.PenStyle.NoPen if whole else QPen(QColor(palette.accent), 1.5))
            painter.setBrush(QColor(palette.accent if whole else palette.surface))
            painter.drawEllipse(self.place(*view.done[-1]), 4.5, 4.5)
        if view.taken:
            at = self.place(*view.taken[-1])
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.lagging))
            painter.drawPolygon(QPolygonF([at + QPointF(*d) for d in ((0, -5), (5, 0), (0, 5), (-5, 0))]))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _say(self, painter: QPainter, words: _Words, taken: list[QRectF]) -> None:
        """Write ``words`` inside the widget and over no others."""
        font: QFont = style.figures(tokens.TABLE_PT, bold=words.bold)
        metrics = QFontMetricsF(font)
        at, wide, high = self.place(*words.at), metrics.horizontalAdvance(words.text), metrics.height()
        x = at.x() + _GAP if words.right else at.x() - wide - _GAP
        y = at.y() - high - _GAP / 2 if words.above else at.y() + _GAP / 2
        x = min(max(x, self.area().left()), self.width() - wide - 1)
        box = QRectF(x, min(max(y, 0.0), self.area().bottom() - high), wide, high)
        for step in (-high, high, -2 * high, 2 * high):
            if not any(box.intersects(other) for other in taken):
                break
            moved = box.translated(0, step)
            if moved.top() >= 0 and moved.bottom() <= self.area().bottom() and not any(moved.intersects(o) for o in taken):
                box = moved
        taken.append(box)
        painter.setFont(font)
        painter.setPen(QColor(words.color))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words.text)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            return True  # what is said follows the mouse
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        told = self._view.told(self.month_at(at)) if at.x() >= self.area().left() else ""
        if told:
            QToolTip.showText(event.globalPosition().toPoint() + QPoint(12, 12), plain_text(told), self)
        else:
            QToolTip.hideText()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.addAction("复制数据", self._view.copy)
        menu.popup(event.globalPos())

    def changeEvent(self, event: QEvent) -> None:
        if is_change_of_theme(event):
            self.update()
        super().changeEvent(event)


class CurveView(QWidget):
    """Draws what it is given in ``unit``. Hover tells the month's figures, right-click or Ctrl+C copies them."""

    def __init__(self, theme: Theme, unit: MoneyUnit = MoneyUnit.YI, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._unit = theme, unit
        self.unit_word = ""
        """The unit at the foot of the axis, where no title says it."""
        self._statistics: Mapping[int, Yuan] = {}
        self._points: Sequence[CurvePoint] = ()
        self.fan: Sequence[FanPoint] = ()
        self.top = 1.0
        """The highest value drawn, in the unit."""
        self.planned: Line = []
        self.done: Line = []
        self.sure: Line = []
        self.ahead: Line = []
        self.taken: Line = []
        self.plot = CurvePlot(self, theme)
        on_copy(self, self.copy)
        self.none = label("没有年度计划，也没有完成投资，没有曲线可画。", "quiet", wrap=True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.none.hide()
        in_column((self.plot, 1), (self.none, 1), on=self, margins=0)

    def show_curve(self, points: Sequence[CurvePoint], statistics: Mapping[int, Yuan] | None = None) -> None:
        """Draw ``points``, one a month; ``statistics`` is 入统, cumulative by month, where it is shown beside."""
        self._points, self._statistics = points, statistics or {}
        self._work_out()

    def show_fan(self, points: Sequence[FanPoint]) -> None:
        """The range in which the year ends, in place of the straight line; none: the straight line alone."""
        self.fan = points
        if self._points:
            self._work_out()

    def at(self, value: Yuan | None) -> float:
        """For the drawing's coordinates only."""
        return float(in_unit(value or 0, self._unit))

    def _work_out(self) -> None:
        """The lines, once for what is shown; painting only places them."""
        points = self._points
        anything = any(p.planned or p.done for p in points) or any(self._statistics.values())
        self.plot.setVisible(anything)
        self.none.setVisible(not anything)
        if not anything:  # an axis from 0 to 1 would be a made-up scale
            return
        self.planned = [(0.0, 0.0)] + [(float(p.month), self.at(p.planned)) for p in points]
        if not points or not points[-1].planned:  # no plan is not a plan of nothing
            self.planned = []
        self.done = [(float(p.month), self.at(p.done)) for p in points if p.done is not None]
        self.sure = [(float(p.month), self.at(p.done)) for p in points if p.done is not None and p.whole]
        self.ahead = [(float(p.month), self.at(p.mid)) for p in self.fan] or [
            (float(p.month), self.at(p.forecast)) for p in points if p.forecast is not None]
        self.taken = [(float(m), self.at(v)) for m, v in sorted(self._statistics.items())]
        highest = [(12.0, self.at(self.fan[-1].high))] if self.fan else []
        self.top = max(y for _, y in (*self.planned, *self.done, *self.ahead, *self.taken, *highest)) or 1.0
        self.plot.update()

    def words(self, *, low: bool) -> list[_Words]:
        """The lines' names and figures, the most telling first."""
        palette, found = self._theme.palette, []
        over = bool(self.ahead) and (not self.planned or self.ahead[-1][1] > self.planned[-1][1])
        if self.done:
            whole = len(self.sure) == len(self.done)
            done = next(p.done for p in reversed(self._points) if p.done is not None)
            left = (over or bool(self.taken)) and whole
            found.append(_Words(self._said(done, 2) + ("" if whole else " 未报齐"), self.done[-1], palette.accent,
                                right=not left, above=left or low, bold=True))
        if self.taken:
            found.append(_Words(f"入统 {self._said(self._statistics[max(self._statistics)], 2)}", self.taken[-1], palette.lagging, right=True, above=False))
        if len(self.ahead) > 1:
            last = self.fan[-1] if self.fan else None
            mid = last.mid if last else next(p.forecast for p in reversed(self._points) if p.forecast is not None)
            span = f"（{self._said(last.low, 0)}–{self._said(last.high, 0)}）" if last else ""
            found.append(_Words(f"预计 {self._said(mid, 1)}{span}",
                                (float(self.fan[-3].month), self.at(self.fan[-3].high)) if len(self.fan) > 2 else self.ahead[-2],
                                palette.accent, right=False, above=over or bool(self.fan)))
        if self.planned:
            found.append(_Words(f"计划 {self._said(self._points[-1].planned, 1)}", self.planned[-1 if low and over else -3], palette.quiet,
                                right=over and not low, above=not over))
        return found

    def _said(self, value: Yuan | None, digits: int) -> str:
        return format_money(value, self._unit, digits)

    def told(self, month: int) -> str:
        """What the curve says of a month; empty outside the year."""
        found = next((p for p in self._points if p.month == month), None)
        if found is None:
            return ""
        lines = [f"{month}月　{self._unit.value}", f"计划 {format_money(found.planned, self._unit)}"]
        if found.done is not None:
            lines.append(f"完成 {format_money(found.done, self._unit)}" + ("" if found.whole else "（未报齐）"))
        elif found.forecast is not None:
            lines.append(f"照目前月均 {format_money(found.forecast, self._unit)}")
        if (own := next((p for p in self.fan if p.month == month and found.done is None), None)) is not None:
            lines.append(f"预计 {format_money(own.mid, self._unit)}（{format_money(own.low, self._unit)} 至 {format_money(own.high, self._unit)}）")
        if month in self._statistics:
            lines.append(f"入统 {format_money(self._statistics[month], self._unit)}")
        return "\n".join(lines)

    def copy(self) -> None:
        """The figures as tab-separated lines, in the chart's unit."""
        def text(value: Yuan | None) -> str:
            return "" if value is None else format_money(value, self._unit, group=False)

        spans = {p.month: p for p in self.fan}
        heads = ["计划", "完成", "预计"] + (["入统"] if self._statistics else []) + (["年底低", "年底中", "年底高"] if spans else [])
        lines = [["月份", *(f"{h}（{self._unit.value}）" for h in heads)]]
        for p in self._points:
            cells = [f"{p.month}月", text(p.planned), text(p.done), text(p.forecast)]
            cells += [text(self._statistics.get(p.month))] if self._statistics else []
            own = spans.get(p.month)
            lines.append(cells + ([text(v) for v in ((own.low, own.mid, own.high) if own else (None,) * 3)] if spans else []))
        put_rows(lines)


def ticks(top: float) -> list[float]:
    """Three to five round figures up to ``top``, without zero."""
    step = 10.0 ** len(str(int(top)))
    for part in (1, 0.5, 0.25, 0.2, 0.1, 0.05, 0.025, 0.02):
        if top / (step * part) >= 3:
            return [step * part * i for i in range(1, int(top / (step * part)) + 1)]
    return [top]
