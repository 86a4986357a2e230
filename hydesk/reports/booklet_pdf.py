"""A booklet (观摩手册): a cover with the route, then a one-page card of each project."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hydesk.domain.job_progress import Progress
from hydesk.reports.fonts import FontSet, Role
from hydesk.reports.model import Report
from hydesk.reports.notice import NoticePaper
from hydesk.reports.pdf import draw_sheet, fitting_size
from hydesk.reports.pdf_flow import Flow
from hydesk.reports.pdf_page import PORTRAIT
from hydesk.reports.pdf_table import TablePrinter
from hydesk.reports.pdf_text import lay


def print_booklet(cover: NoticePaper, cards: Sequence[Report], out: Path, fonts: FontSet, progress: Progress | None = None) -> None:
    """Write one-page sheets behind a cover with ``cover``'s title and table into one file."""
    flow = Flow(out, fonts, cover.title, cover.office, numbered=False)
    flow.begin_page(PORTRAIT)
    if cover.remark:
        flow.line(lay(fonts, Role.HEI, f"【{cover.remark}】", 12.0), "left", pitch=20)
    flow.line(lay(fonts, Role.TITLE, cover.title, 22), "center", pitch=40)
    flow.line(flow.text(f"{cover.office}　{cover.day}"), "center")
    flow.skip(0.5)
    if cover.table is not None:
        TablePrinter(flow, cover.table, 10.5, lambda: None).draw()
    for number, card in enumerate(cards):
        if progress:
            progress(number / len(cards), f"正在排版 {card.subject or card.title}")
        flow.size = fitting_size(card, fonts)
        flow.pitch = flow.size * 1.5
        draw_sheet(flow, card)
    flow.save()
