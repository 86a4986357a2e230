"""The charts of a report as data: bars in order, curves over the months."""

from __future__ import annotations

from hydesk.dataclass import dataclass
from hydesk.reports.figures import Figure


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: a rate with its figure as label."""

    label: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class BarChart:
    """Rates, amounts or counts as horizontal bars in order; rates with 时间进度 as a line across."""

    title: str
    bars: tuple[Bar, ...]
    line: Figure | None = None
    line_label: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of a chart; a point is None where nothing is known. ``style`` is solid, dashed or dotted."""

    label: str
    style: str
    points: tuple[Figure | None, ...]


@dataclass(frozen=True, slots=True)
class CurveChart:
    """Amounts over the months of a year."""

    title: str
    ticks: tuple[str, ...]
    curves: tuple[Curve, ...]
    unit: str = "亿元"
