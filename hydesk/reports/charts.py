"""Charts as data: the year's curve of amounts."""

from __future__ import annotations

from hydesk.domain.money import Yuan
from hydesk.reports.basis import Basis
from hydesk.reports.figures import Figure
from hydesk.reports.pictures import Curve, CurveChart
from hydesk.reports.words import yi


def year_chart(basis: Basis, title: str) -> CurveChart | None:
    """Planned by 时间进度 and done, cumulative, month by month; None where nothing was done yet."""
    points = basis.sources.curve
    if not any(p.done for p in points):
        return None

    def figure(amount: Yuan | None, key: str) -> Figure | None:
        return None if amount is None else yi(amount, key)

    return CurveChart(
        title,
        tuple(f"{p.month}月" for p in points),
        (
            Curve("时序计划", "dashed", tuple(figure(p.planned, f"curve:{p.month}.planned") for p in points)),
            Curve("累计完成", "solid", tuple(figure(p.done, f"curve:{p.month}.done") for p in points)),
        ),
    )
