"""The year's curve: plan grey dashed, done accent solid, forecast accent dotted, labelled directly.

pyqtgraph is imported here only, after the first paint of the window.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QMenu, QToolTip, QVBoxLayout, QWidget

from hydesk.domain.forecast.fan import FanPoint
from hydesk.domain.money import MoneyUnit, Yuan, format_money, in_unit
from hydesk.services.standings.year_curve import CurvePoint
from hydesk.ui import style, tokens
from hydesk.ui.clipboard import put_rows
from hydesk.ui.kit.basic import label
from hydesk.ui.kit.keys import on_copy
from hydesk.ui.plain import plain_text
from hydesk.ui.style import Theme

AXIS_HEIGHT, WORDS_HEIGHT = 26, 24
"""Points for the months below the curve, and for words above its highest point."""
LOW = 150
"""Points of height under which there is room for one line of the grid only."""


class CurveView(QWidget):
    """Draws what it is given in ``unit``. Hover tells the month's figures, right-click or Ctrl+C copies them."""

    def __init__(self, theme: Theme, unit: MoneyUnit = MoneyUnit.YI, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._unit = theme, unit
        self._top, self._low = 1.0, False
        self._statistics: Mapping[int, Yuan] = {}
        self._points: Sequence[CurvePoint] = ()
        self._fan: Sequence[FanPoint] = ()
        self._plot = pg.PlotWidget(background=None)
        self._plot.setMouseEnabled(False, False)
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        self._plot.setAccessibleName("投资进度曲线")
        self._plot.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._plot.customContextMenuRequested.connect(self._menu)
        on_copy(self, self.copy)
        self._plot.scene().sigMouseMoved.connect(self._tell)
        self.none = label("没有年度计划，也没有完成投资，没有曲线可画。", "quiet", wrap=True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.none.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        layout.addWidget(self.none, 1)

    def show_curve(self, points: Sequence[CurvePoint], statistics: Mapping[int, Yuan] | None = None) -> None:
        """Draw ``points``, one a month; ``statistics`` is 入统, cumulative by month, where it is shown beside."""
        self._points, self._statistics = points, statistics or {}
        self._low = self.height() < LOW
        self._draw()

    def show_fan(self, points: Sequence[FanPoint]) -> None:
        """The range in which the year ends, in place of the straight line; none: the straight line alone."""
        self._fan = points
        if self._points:
            self._draw()

    def _spread(self) -> list[tuple[float, float]]:
        """Paint the range lightly and give its middle line."""
        if not self._fan:
            return []
        pen = pg.mkPen(None)
        ends = [pg.PlotDataItem([float(p.month) for p in self._fan], [self._at(v) for v in values], pen=pen)
                for values in ([p.low for p in self._fan], [p.high for p in self._fan])]
        for one in ends:
            self._plot.addItem(one)
        self._plot.addItem(pg.FillBetweenItem(ends[0], ends[1], brush=self._theme.palette.color("accent", 0.14)))
        return [(float(p.month), self._at(p.mid)) for p in self._fan]

    def _at(self, value: Yuan | None) -> float:
        """For the drawing's coordinates only."""
        return float(in_unit(value or 0, self._unit))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and self._points:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        palette, plot = self._theme.palette, self._plot
        plot.clear()
        anything = any(p.planned or p.done for p in self._points) or any(self._statistics.values())
        plot.setVisible(anything)
        self.none.setVisible(not anything)
        if not anything:  # an axis from 0 to 1 would be a made-up scale
            return
        self._axes()
        quiet, accent = QColor(palette.quiet), QColor(palette.accent)
        planned = [(0.0, 0.0)] + [(float(p.month), self._at(p.planned)) for p in self._points]
        if not self._points or not self._points[-1].planned:  # no plan is not a plan of nothing
            planned = []
        done = [(float(p.month), self._at(p.done)) for p in self._points if p.done is not None]
        ahead = self._spread() or [(float(p.month), self._at(p.forecast)) for p in self._points if p.forecast is not None]
        highest = [(12.0, self._at(self._fan[-1].high))] if self._fan else []
        self._line(planned, pg.mkPen(quiet, width=1.6, style=Qt.PenStyle.DashLine))
        self._line(ahead, pg.mkPen(accent, width=2, style=Qt.PenStyle.DotLine))
        if done and done[0][0] > 1:
            self._line([(0.0, 0.0), done[0]], pg.mkPen(palette.color("accent", 0.35), width=1.5))
        sure = [(float(p.month), self._at(p.done)) for p in self._points if p.done is not None and p.whole]
        self._line(sure, pg.mkPen(accent, width=3))
        self._line(done[max(0, len(sure) - 1):], pg.mkPen(palette.color("accent", 0.5), width=1.5))  # not all reported yet
        taken = [(float(m), self._at(v)) for m, v in sorted(self._statistics.items())]
        self._line(taken, pg.mkPen(QColor(palette.lagging), width=2))
        top = max([y for _, y in planned + done + ahead + taken + highest] or [1.0]) or 1.0
        plot.setXRange(0, 12.6, padding=0)
        self._top = top
        self._leave_room()
        shown = ticks(top)[-1:] if self._low else ticks(top)
        plot.getAxis("left").setTicks([[(y, f"{y:,.10g}") for y in shown]])
        self._name(planned, ahead, done, len(sure) == len(done))
        if taken:
            x, y = taken[-1]
            plot.plot([x], [y], pen=None, symbol="d", symbolSize=9, symbolBrush=palette.lagging, symbolPen=None)
            self._label(f"入统 {y:,.2f}", x, y, palette.lagging, (-0.1, -0.1))

    def _leave_room(self) -> None:
        """Above the highest point, for the words beside it."""
        height = self._plot.height() - AXIS_HEIGHT
        self._plot.setYRange(0, self._top * max(1.1, height / max(height - WORDS_HEIGHT, 20)), padding=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._points and self._low != (self.height() < LOW):
            self._low = not self._low
            self._draw()
        else:
            self._leave_room()

    def _name(self, planned: list[tuple[float, float]], ahead: list[tuple[float, float]],
              done: list[tuple[float, float]], whole: bool) -> None:
        palette = self._theme.palette
        above = bool(ahead) and (not planned or ahead[-1][1] > planned[-1][1])
        if planned:
            x, y = planned[-1] if self._low and above else planned[-3]
            below = (1.0, -0.5) if self._low else (0.3, -0.8)
            self._label(f"计划 {planned[-1][1]:,.1f}", x, y, palette.quiet, below if above else (1.0, 1.0))
        if len(ahead) > 1:
            x, y = ahead[-1] if self._fan and not above else ahead[-2]
            span = f"（{self._at(self._fan[-1].low):,.0f}—{self._at(self._fan[-1].high):,.0f}）" if self._fan else ""
            self._label(f"预计 {ahead[-1][1]:,.1f}{span}", x, y, palette.accent, (1.0, 1.0) if above else (1.0, -1.6) if self._fan else (0.6, -0.5))
        if done:
            x, y = done[-1]
            self._plot.plot([x], [y], pen=None, symbol="o", symbolSize=9, symbolBrush=palette.accent if whole else palette.surface,
                            symbolPen=None if whole else pg.mkPen(palette.accent, width=1.5))
            said, over = f"{y:,.2f}" if whole else f"{y:,.2f} 未报齐", above or bool(self._statistics)
            self._label(said, x, y, palette.accent, (1.1, 1.1) if (over and whole) or self._low else (-0.1, -0.1), bold=True)

    def _line(self, points: list[tuple[float, float]], pen: Any) -> None:
        if len(points) > 1:
            self._plot.plot([x for x, _ in points], [y for _, y in points], pen=pen, antialias=True)

    def _label(self, text: str, x: float, y: float, color: str, anchor: tuple[float, float], *,
               bold: bool = False) -> None:
        item = pg.TextItem(text, color=color, anchor=anchor)
        item.setFont(style.figures(tokens.TABLE_PT, bold=bold))
        item.setPos(x, y)
        self._plot.addItem(item)

    def _axes(self) -> None:
        palette = self._theme.palette
        bottom, left = self._plot.getAxis("bottom"), self._plot.getAxis("left")
        bottom.setTicks([[(m, f"{m}月") for m in (1, 3, 6, 9, 12)]])
        for axis in (bottom, left):
            axis.setTextPen(QColor(palette.quiet))
            axis.setTickFont(style.figures(tokens.SMALL_PT))
            axis.setPen(pg.mkPen(QColor(palette.line)))
            axis.setStyle(tickLength=0, tickTextOffset=8, hideOverlappingLabels=True)
        left.setTickPen(pg.mkPen(QColor(palette.line)))
        left.setWidth(48)
        bottom.setHeight(AXIS_HEIGHT)
        left.setPen(pg.mkPen(None))
        self._plot.showGrid(x=False, y=True, alpha=0.5)

    def _tell(self, at: QPointF) -> None:
        box = self._plot.getPlotItem().vb
        month = round(box.mapSceneToView(at).x())
        found = next((p for p in self._points if p.month == month), None)
        if found is None or not box.sceneBoundingRect().contains(at):
            QToolTip.hideText()
            return
        lines = [f"{month}月　{self._unit.value}", f"计划 {format_money(found.planned, self._unit)}"]
        if found.done is not None:
            lines.append(f"完成 {format_money(found.done, self._unit)}" + ("" if found.whole else "（未报齐）"))
        elif found.forecast is not None:
            lines.append(f"照目前月均 {format_money(found.forecast, self._unit)}")
        if (own := next((p for p in self._fan if p.month == month and found.done is None), None)) is not None:
            lines.append(f"预计 {format_money(own.mid, self._unit)}（{format_money(own.low, self._unit)} 至 {format_money(own.high, self._unit)}）")
        if month in self._statistics:
            lines.append(f"入统 {format_money(self._statistics[month], self._unit)}")
        QToolTip.showText(self._plot.mapToGlobal(at.toPoint()) + QPoint(12, 12), plain_text("\n".join(lines)), self._plot)

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction("复制数据", self.copy)
        menu.popup(self._plot.mapToGlobal(at))

    def copy(self) -> None:
        """The figures as tab-separated lines, in the chart's unit."""
        def text(value: Yuan | None) -> str:
            return "" if value is None else format_money(value, self._unit, group=False)

        spans = {p.month: p for p in self._fan}
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
