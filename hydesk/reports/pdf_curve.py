"""The year's curve as a vector drawing: lines told apart by dashes, labels at their ends, no colour needed."""

from __future__ import annotations

from decimal import Decimal
from math import ceil

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine
from reportlab.lib.colors import Color, black

from hydesk.reports.fonts import FontSet, Role
from hydesk.reports.pdf_chart import put_text
from hydesk.reports.pdf_flow import Flow
from hydesk.reports.pdf_text import lay
from hydesk.reports.pictures import Curve, CurveChart

HEIGHT = 150.0
_SIZE = 9.0
_FOOT = 18.0
_TOP = 14.0
_DASHES = {"solid": None, "dashed": [4, 3], "dotted": [1, 2]}
_LIGHT = Color(0.75, 0.75, 0.75)
_YI = 100_000_000


def _amounts(curve: Curve) -> list[Decimal | None]:
    return [None if p is None or p.raw is None else Decimal(p.raw) / _YI for p in curve.points]


def _scale(most: Decimal) -> tuple[Decimal, Decimal]:
    """The end of the axis and the step of its ticks, round numbers, at most six steps."""
    steps = (Decimal(m).scaleb(power) for power in range(-4, 12) for m in (1, 2, 5))
    step = next(s for s in steps if most <= s * 6)
    return step * max(ceil(most / step), 1), step


def curve_drawing(fonts: FontSet, chart: CurveChart, width: float, height: float = HEIGHT) -> Drawing:
    """The chart in ``width`` by ``height`` points, its title not included."""
    drawing = Drawing(width, height, initialFontName=fonts.chains[Role.SONG][0].name)
    values = [v for c in chart.curves for v in _amounts(c) if v is not None]
    top, step = _scale(max([*values, Decimal("0.0001")]))
    names = max(lay(fonts, Role.SONG, c.label, _SIZE).width for c in chart.curves)
    left, right = 40.0, width - names - 46
    bottom, ceiling = _FOOT, height - _TOP
    tick = Decimal(0)
    while tick <= top:
        y = bottom + (ceiling - bottom) * float(tick / top)
        drawing.add(Line(left, y, right, y, strokeColor=_LIGHT if tick else black, strokeWidth=0.4 if tick else 0.7))
        put_text(drawing, fonts, f"{tick.normalize():f}", left - 4, y - 3, "right", _SIZE)
        tick += step
    put_text(drawing, fonts, chart.unit, left - 4, height - 8, "right", _SIZE)
    count = max(len(chart.ticks), 2)
    xs = [left + (right - left) * i / (count - 1) for i in range(len(chart.ticks))]
    for x, name in zip(xs, chart.ticks, strict=True):
        drawing.add(Line(x, bottom, x, bottom - 3, strokeColor=black, strokeWidth=0.6))
        put_text(drawing, fonts, name, x, bottom - 13, "center", _SIZE)
    ends: list[float] = []
    for curve in chart.curves:
        _line(drawing, fonts, curve, xs, (bottom, ceiling, float(top)), right, ends)
    return drawing


def _line(drawing: Drawing, fonts: FontSet, curve: Curve, xs: list[float], scale: tuple[float, float, float],
          right: float, ends: list[float]) -> None:
    bottom, ceiling, top = scale
    points = [(x, bottom + (ceiling - bottom) * float(v) / top)
              for x, v in zip(xs, _amounts(curve), strict=True) if v is not None]
    if not points:
        return
    heavy = curve.style == "solid"
    if len(points) > 1:
        flat = [c for point in points for c in point]
        drawing.add(PolyLine(flat, strokeColor=black, strokeWidth=1.6 if heavy else 0.9, strokeDashArray=_DASHES[curve.style]))
    if heavy:
        for x, y in points:
            drawing.add(Circle(x, y, 2, fillColor=black, strokeColor=black, strokeWidth=0.5))
    last = next(p for p in reversed(curve.points) if p is not None)
    x, y = points[-1]
    # The label stands at the right of the plot beside the line's end; two that meet step apart.
    y = min(max(y - 3, bottom), ceiling - 4)
    for other in ends:
        if abs(other - y) < _SIZE + 2:
            y = other - _SIZE - 3 if y <= other else other + _SIZE + 3
    ends.append(y)
    if x < right - 1:
        drawing.add(Line(x + 3, points[-1][1], right + 2, y + 3, strokeColor=_LIGHT, strokeWidth=0.4))
    put_text(drawing, fonts, f"{curve.label} {last.text}", right + 4, y, "left", _SIZE)


def draw_curves(flow: Flow, chart: CurveChart) -> None:
    """The chart with its title above; it is never cut."""
    small = flow.numbered is False
    title = 16.0 if small else 24.0
    height = 110.0 if small else HEIGHT

    def draw() -> None:
        flow.line(lay(flow.fonts, Role.HEI, chart.title, 10.5 if small else 14), "center", pitch=title)
        drawing = curve_drawing(flow.fonts, chart, flow.page.block_width, height)
        renderPDF.draw(drawing, flow.canvas, flow.page.left, flow.y - height)
        flow.y -= height + 6

    flow.place(title + height + 6, draw)
