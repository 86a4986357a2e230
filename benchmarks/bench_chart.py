"""作战图 of the whole demonstration list on A1, from the open ledger to the PDF, beside the sheets drawn again from their layout."""

from __future__ import annotations

import io
import tempfile
from datetime import date
from pathlib import Path

from measuring import report, seconds

from hydesk.domain.periods import Period
from hydesk.reports.fonts import find_fonts
from hydesk.reports.wall.layout import lay_out
from hydesk.reports.wall.wall_pdf import print_sheets
from hydesk.services.demonstration.make_demo import make_demo_ledger
from hydesk.services.milestones.list_milestones import list_milestones
from hydesk.services.pages.wall_chart import ChartWish, print_chart, wall_chart

JUNE, TODAY = Period.month(2023, 6), date(2023, 7, 5)
MOST = 5.0
"""Seconds that a chart on A1 may take."""


def main() -> None:
    """A unit on one sheet, then all 388 projects on as many as they take."""
    fonts = find_fonts()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        ledger = make_demo_ledger(Path(folder) / "演示.hydesk")
        every = [p.project_id for p in list_milestones(ledger, JUNE, TODAY).projects]
        for name, wish in (("wall chart of 30 projects on A1", ChartWish(only=every[:30])), ("wall chart of 388 projects on A1", ChartWish())):
            sheets = lay_out(wall_chart(ledger, JUNE, wish, TODAY), fonts, "A1")
            floor = seconds(lambda s=sheets: print_sheets(s, io.BytesIO(), fonts, "", ""), 3)  # type: ignore[misc]
            figure = seconds(lambda w=wish: print_chart(ledger, wall_chart(ledger, JUNE, w, TODAY), Path(folder) / "图.pdf", "A1"), 3)  # type: ignore[misc]
            report(name, figure, floor, "drawing the sheets alone", MOST)
        ledger.close()


if __name__ == "__main__":
    main()
