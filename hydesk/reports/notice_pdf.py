"""A notice as PDF: A4 with the margins and type of official documents, without the red head that is for 文件 only."""

from __future__ import annotations

from pathlib import Path

from hydesk.reports.fonts import FontSet, Role
from hydesk.reports.notice import NoticePaper
from hydesk.reports.notice_sheets import SIZE, sheets_of
from hydesk.reports.pdf_flow import Flow
from hydesk.reports.pdf_page import GRID, PITCH
from hydesk.reports.pdf_table import TablePrinter
from hydesk.reports.pdf_text import draw, lay, lines_of

_SMALL = 12.0


def print_notice_pdf(notice: NoticePaper, out: Path, fonts: FontSet) -> None:
    """Write ``notice`` to ``out``; characters no font has are noted in ``fonts.missing``."""
    flow = Flow(out, fonts, notice.title, notice.office)
    sheets = sheets_of(notice.table, notice.wide, fonts)
    flow.begin_page(sheets.page)
    width = flow.page.block_width
    if notice.remark:
        flow.line(lay(fonts, Role.HEI, f"【{notice.remark}】", _SMALL), "left", pitch=20)
    for line in lines_of(lay(fonts, Role.TITLE, notice.title, 22), width, width):
        flow.line(line, "center", pitch=34)
    if notice.number:
        flow.line(lay(fonts, Role.FANG, notice.number, _SMALL), "center", pitch=20)
    flow.skip(0.5)
    if notice.to:
        for line in lines_of(flow.text(f"{notice.to}："), width, width):
            flow.line(line)
    for words in notice.body:
        flow.paragraph(flow.text(words))
    for number, part in enumerate(sheets.parts):
        if number:
            flow.begin_page()
        flow.skip(0.3)
        if len(sheets.parts) > 1:
            flow.line(lay(fonts, Role.HEI, part.title, _SMALL), "center", pitch=20)
        TablePrinter(flow, part, SIZE, lambda: None, least=sheets.least).draw()
    for words in notice.ending:
        flow.paragraph(flow.text(words))
    _closing(flow, notice)
    _signers(flow, notice)
    flow.save()


def _closing(flow: Flow, notice: NoticePaper) -> None:
    """The office and the day at the right, four characters in, kept together."""
    office, when = flow.text(notice.office), flow.text(notice.day)
    flow.need(3 * PITCH)
    flow.skip(1)
    right = flow.page.right - 4 * GRID
    left = min(right - when.width / 2 - office.width / 2, flow.page.right - GRID - office.width)
    draw(flow.canvas, office, max(left, flow.page.left), flow.baseline())
    flow.y -= PITCH
    draw(flow.canvas, when, right - when.width, flow.baseline())
    flow.y -= PITCH


def _signers(flow: Flow, notice: NoticePaper) -> None:
    """Room to sign by hand, side by side above a rule."""
    if not notice.signers:
        return
    flow.need(2 * PITCH)
    flow.skip(1)
    share = flow.page.block_width / len(notice.signers)
    for index, name in enumerate(notice.signers):
        laid = lay(flow.fonts, Role.FANG, f"{name}：", 14)
        left = flow.page.left + index * share
        base = flow.baseline(14)
        draw(flow.canvas, laid, left, base)
        flow.canvas.setLineWidth(0.5)
        flow.canvas.line(left + laid.width, base - 3, left + share - GRID, base - 3)
    flow.y -= PITCH
