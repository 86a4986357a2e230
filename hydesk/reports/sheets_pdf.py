"""One-page sheets one behind the other in one PDF: of every unit, of every leader."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hydesk.domain.job_progress import Progress
from hydesk.reports.fonts import FontSet
from hydesk.reports.model import Report
from hydesk.reports.pdf import draw_sheet, fitting_size
from hydesk.reports.pdf_flow import Flow


def print_sheets(sheets: Sequence[Report], out: Path, fonts: FontSet, progress: Progress | None = None) -> None:
    """Write ``sheets`` to ``out``, each on a page of its own in the type that fits it, entered in the file's outline."""
    flow = Flow(out, fonts, sheets[0].title, sheets[0].printed_by, numbered=False)
    for number, sheet in enumerate(sheets):
        if progress:
            progress(number / len(sheets), f"正在排版 {sheet.subject or sheet.title}")
        flow.size = fitting_size(sheet, fonts)
        flow.pitch = flow.size * 1.5
        draw_sheet(flow, sheet)
        flow.mark(sheet.subject or sheet.title)
    flow.save()
