"""The path a target needs, grey dashed, against the values known, accent solid; labelled directly."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from hydesk.domain.register_words import plain_number
from hydesk.domain.targets import Target, path_of
from hydesk.ui import style, tokens
from hydesk.ui.clipboard import put_rows
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.keys import on_copy
from hydesk.ui.style import Theme


class PathChart(QWidget):
    """Ctrl+C copies the years and values."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._target: Target | None = None
        self._measure = ""
        self.plot = pg.PlotWidget(background=None)
        self.plot.setMouseEnabled(False, False)
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        self.plot.setAccessibleName("目标推进曲线")
        on_copy(self, lambda: put_rows(self.lines()))
        in_column(self.plot, on=self, margins=8)

    def show_target(self, target: Target | None, measure: str) -> None:
        """Draw another target; None draws nothing."""
        self._target, self._measure = target, measure
        self._draw()

    def years(self) -> list[int]:
        """The years drawn."""
        t = self._target
        if t is None:
            return []
        return [p.year for p in path_of(t)]

    def lines(self) -> list[list[str]]:
        """Years, needed and actual values, as they are copied."""
        t, made = self._target, [["年份", "应达到", "实际"]]
        for p in path_of(t) if t else []:
            made.append([str(p.year), *(plain_number(v) if v is not None else "" for v in (p.needed, p.actual))])
        return made

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        plot, palette, t = self.plot, self._theme.palette, self._target
        plot.clear()
        years = self.years()
        font = style.figures(tokens.SMALL_PT)
        for side in ("bottom", "left"):
            axis = plot.getAxis(side)
            axis.setPen(QColor(palette.line))
            axis.setTextPen(QColor(palette.quiet))
            axis.setStyle(tickFont=font)
        plot.setVisible(len(years) > 1)
        if t is None or len(years) < 2:
            return
        step = max(1, len(years) // 8)
        plot.getAxis("bottom").setTicks([[(y, str(y)) for y in years[::step]]])
        needed = [(p.year, p.needed) for p in path_of(t) if p.needed is not None]
        if needed:
            pen = pg.mkPen(QColor(palette.quiet), width=1.5, style=Qt.PenStyle.DashLine)
            plot.plot([y for y, _ in needed], [float(v) for _, v in needed], pen=pen)
            self._say(f"应达到 {plain_number(needed[-1][1])}{self._measure}", needed[-1][0], float(needed[-1][1]), palette.quiet, 1.0)
        real = list(t.known.items())
        if real:
            accent = QColor(palette.accent)
            plot.plot([y for y, _ in real], [float(v) for _, v in real], pen=pg.mkPen(accent, width=2.5), symbol="o",
                      symbolBrush=accent, symbolPen=accent, symbolSize=7)
            self._say(f"实际 {plain_number(real[-1][1])}", real[-1][0], float(real[-1][1]), palette.accent, 0.0)
        if not needed and not real:
            return
        plot.setXRange(years[0] - 0.3, years[-1] + 0.3)
        values = [float(v) for _, v in (*needed, *real)]
        low, high = min(values), max(values)
        room = (high - low) or abs(high) or 1.0
        plot.setYRange(low - room * 0.05, high + room * 0.22)  # room for the words above the last point

    def _say(self, text: str, x: int, y: float, color: str, side: float) -> None:
        said = pg.TextItem(text, color=QColor(color), anchor=(side, 1.1))
        said.setFont(style.font(tokens.SMALL_PT))
        said.setPos(x, y)
        self.plot.addItem(said)
