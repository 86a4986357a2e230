"""Charts as vectors that lose nothing in black and white: dark bars have reached 时间进度, hollow ones have not."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from itertools import groupby
from math import ceil

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import Color, black, white

from hydesk.reports.figures import Figure, FigureStyle
from hydesk.reports.fonts import FontSet, Role
from hydesk.reports.pdf_flow import Flow
from hydesk.reports.pdf_text import lay
from hydesk.reports.pictures import Bar, BarChart

_BAR = 10.0
_STEP = 15.0
_SIZE = 9.5
_HEAD = 32.0
_FOOT = 22.0
_MOST = 36
"""Bars in one drawing; more go into further drawings."""
_DARK = Color(0.25, 0.25, 0.25)


def put_text(
    drawing: Drawing, fonts: FontSet, text: str, x: float, y: float, align: str = "left", size: float = _SIZE
) -> None:
    """Text in the faces that have its characters, at ``x`` as left, center or right."""
    laid = lay(fonts, Role.SONG, text, size)
    x -= {"left": 0.0, "center": laid.width / 2, "right": laid.width}[align]
    start = 0
    for face, group in groupby(laid.faces):
        length = sum(1 for _ in group)
        part = laid.part(start, start + length)
        drawing.add(String(x, y, part.text, fontName=face.name, fontSize=size))
        x += part.width
        start += length


def _size(figure: Figure | None) -> Decimal:
    """A figure as the axis counts it: per cent, 万元, or things."""
    raw = Decimal(figure.raw or 0) if figure is not None else Decimal(0)
    if figure is None or figure.show in (FigureStyle.COUNT, FigureStyle.NUMBER):
        return raw
    return raw * 100 if figure.show is FigureStyle.RATE else raw / 10_000


def _scale(values: Sequence[Decimal]) -> tuple[int, int]:
    """The axis: its end and the step of its ticks, both round numbers, at most six steps."""
    most = max([*values, Decimal(10)])
    step = next(m * 10**power for power in range(30) for m in (1, 2, 5) if most <= m * 10**power * 6)
    return ceil(most / step) * step, step


def _bars(fonts: FontSet, chart: BarChart, bars: Sequence[Bar], width: float, scale: tuple[int, int]) -> Drawing:
    top, tick = scale
    height = _HEAD + _FOOT + _STEP * len(bars)
    # Without a name of ours the renderer would set its own standard font, which is not embedded.
    drawing = Drawing(width, height, initialFontName=fonts.chains[Role.SONG][0].name)
    labels = min(max((lay(fonts, Role.SONG, b.label, _SIZE).width for b in bars), default=0.0), width * 0.3)
    left, right = labels + 6, width - 60
    span = right - left
    base = _FOOT
    ceiling = base + _STEP * len(bars)
    limit = _size(chart.line)
    percent = bars[0].figure.show is FigureStyle.RATE
    for index, bar in enumerate(bars):
        y = ceiling - _STEP * (index + 1) + (_STEP - _BAR) / 2
        length = span * float(max(_size(bar.figure), Decimal(0)) / top)
        put_text(drawing, fonts, _fit(fonts, bar.label, labels), left - 4, y + 1.5, "right")
        reached = _size(bar.figure) >= limit
        drawing.add(Rect(left, y, length, _BAR, fillColor=_DARK if reached else white, strokeColor=black, strokeWidth=0.6))
        # The label steps aside when the line would run through it.
        end = left + length
        at = left + span * float(limit / top)
        drawing_x = at + 3 if chart.line is not None and end - 2 <= at <= end + 30 else end + 3
        put_text(drawing, fonts, bar.figure.text, drawing_x, y + 1.5)
    _axis(drawing, fonts, left, span, base, (top, tick), percent)
    if chart.line is None:
        return drawing
    x = left + span * float(limit / top)
    drawing.add(Line(x, base, x, ceiling + 4, strokeColor=black, strokeWidth=0.8, strokeDashArray=[3, 2]))
    said = f"{chart.line_label} {chart.line.text}%"
    half = lay(fonts, Role.SONG, said, _SIZE).width / 2
    put_text(drawing, fonts, said, min(max(x, half), width - half), ceiling + 8, "center")
    return drawing


def _fit(fonts: FontSet, text: str, width: float) -> str:
    """``text``, shortened with … when it is too long for its place."""
    if lay(fonts, Role.SONG, text, _SIZE).width <= width:
        return text
    while text and lay(fonts, Role.SONG, text + "…", _SIZE).width > width:
        text = text[:-1]
    return text + "…"


def _axis(drawing: Drawing, fonts: FontSet, left: float, span: float, base: float, scale: tuple[int, int], percent: bool) -> None:
    top, tick = scale
    drawing.add(Line(left, base, left + span, base, strokeColor=black, strokeWidth=0.6))
    for value in range(0, top + 1, tick):
        x = left + span * value / top
        drawing.add(Line(x, base, x, base - 3, strokeColor=black, strokeWidth=0.6))
        put_text(drawing, fonts, f"{value}%" if value == top and percent else str(value), x, base - 14, "center")


def bar_drawings(fonts: FontSet, chart: BarChart, width: float) -> list[Drawing]:
    """The chart ``width`` points wide; long ones come in several drawings with one scale."""
    scale = _scale([*(_size(b.figure) for b in chart.bars), _size(chart.line)])
    return [_bars(fonts, chart, chart.bars[start : start + _MOST], width, scale)
            for start in range(0, len(chart.bars), _MOST)]


def bar_note(chart: BarChart) -> str:
    """How to read it in black and white; empty where all bars are alike."""
    if chart.line is None:
        return ""
    return f"注：实心条为达到或超过{chart.line_label}，空心条为低于{chart.line_label}"


def draw_chart(flow: Flow, chart: BarChart) -> None:
    """The chart with its title above; it is never cut."""
    title_height, legend = 24.0, 15.0

    def draw(drawing: Drawing) -> None:
        flow.line(lay(flow.fonts, Role.HEI, chart.title, 14), "center", pitch=title_height)
        renderPDF.draw(drawing, flow.canvas, flow.page.left, flow.y - drawing.height)
        flow.y -= drawing.height
        if bar_note(chart):
            flow.line(lay(flow.fonts, Role.SONG, bar_note(chart), 10.5), pitch=legend)
        flow.y -= min(8.0, max(flow.room, 0.0))

    for drawing in bar_drawings(flow.fonts, chart, flow.page.block_width):
        flow.place(drawing.height + title_height + legend, partial(draw, drawing))
