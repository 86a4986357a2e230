"""The parts of an official document that stand around its text: masthead, title, closing, imprint."""

from __future__ import annotations

from datetime import date

from reportlab.lib.colors import black, red

from hydesk.reports.fonts import Role
from hydesk.reports.model import Report
from hydesk.reports.pdf_flow import Flow
from hydesk.reports.pdf_page import BODY_SIZE, GRID, MM, PITCH
from hydesk.reports.pdf_text import ASCENT, LaidText, draw, lay, lines_of

TITLE_SIZE = 22.0
"""2号."""
_IMPRINT_SIZE = 14.0
_SMALL = 10.5
_IMPRINT_PITCH = 24.0


def day(value: date) -> str:
    """2023年6月5日: Arabic figures without leading zeros."""
    return f"{value.year}年{value.month}月{value.day}日"


def masthead(flow: Flow, report: Report) -> None:
    """The red name 35 mm below the block's upper edge, 第N期 and 签发人, the red line 4 mm below them."""
    head, page, canvas = report.masthead, flow.page, flow.canvas
    if head.remark:
        draw(canvas, lay(flow.fonts, Role.HEI, f"【{head.remark}】", BODY_SIZE), page.left, flow.baseline())
    natural = lay(flow.fonts, Role.TITLE, head.name, 1.0).width or 1.0
    size = min(36.0, page.block_width / natural)
    name = lay(flow.fonts, Role.TITLE, head.name, size)
    top = page.block_top - 35 * MM
    canvas.setFillColor(red)
    draw(canvas, name, page.left + (page.block_width - name.width) / 2, top - ASCENT * size)
    canvas.setFillColor(black)
    flow.y = top - size - 2 * PITCH
    baseline = flow.baseline()
    draw(canvas, flow.text(head.issue), page.left + GRID, baseline)
    signer = flow.text("签发人：").then(flow.text(head.signer or "　　　　", Role.KAI))
    draw(canvas, signer, page.right - GRID - signer.width, baseline)
    flow.y -= PITCH
    line = baseline - (1 - ASCENT) * BODY_SIZE - 4 * MM
    canvas.setStrokeColor(red)
    canvas.setLineWidth(1.5)
    canvas.line(page.left, line, page.right, line)
    canvas.setStrokeColor(black)
    flow.y = line


def title(flow: Flow, report: Report) -> None:
    """小标宋 22 pt, centred, broken where its words allow; two empty lines above and one below."""
    flow.y -= 2 * PITCH
    width = flow.page.block_width
    whole = lay(flow.fonts, Role.TITLE, report.title, TITLE_SIZE)
    parts = [report.title] if whole.width <= width else list(report.title_lines)
    for part in parts:
        for line in lines_of(lay(flow.fonts, Role.TITLE, part, TITLE_SIZE), width, width):
            flow.line(line, "center")
    flow.skip(1)


def closing_height(flow: Flow, report: Report) -> float:
    """About how high ``closing`` is: office and day never stand on a page without some of the text."""
    room = flow.page.block_width - 6 * GRID
    names = sum(len(lines_of(flow.text(a.table.title), room, room)) for a in report.annexes)
    return (4 + (names + 1 if names else 0)) * PITCH


def closing(flow: Flow, report: Report) -> None:
    """附件说明, then the office and the day at the right, four characters in."""
    if report.annexes:
        flow.skip(1)
        _annex_list(flow, report)
    office, when = flow.text(report.printed_by), flow.text(day(report.issued))
    flow.need(4 * PITCH)
    flow.skip(2)
    right = flow.page.right - 4 * GRID
    middle = right - when.width / 2
    left = min(middle - office.width / 2, flow.page.right - GRID - office.width)
    draw(flow.canvas, office, max(left, flow.page.left), flow.baseline())
    flow.y -= PITCH
    draw(flow.canvas, when, right - when.width, flow.baseline())
    flow.y -= PITCH


def _annex_list(flow: Flow, report: Report) -> None:
    """附件：1.… 2.…, the names aligned under each other."""
    several = len(report.annexes) > 1
    lead = flow.text("附件：")
    numbers = [flow.text(f"{i}." if several else "") for i, _ in enumerate(report.annexes, 1)]
    start = 2 * GRID + lead.width
    hang = start + max(n.width for n in numbers)
    for index, (annex, number) in enumerate(zip(report.annexes, numbers, strict=True)):
        room = flow.page.block_width - hang
        for turn, line in enumerate(lines_of(flow.text(annex.table.title), room, room)):
            flow.need(PITCH)
            baseline = flow.baseline()
            if turn == 0:
                if index == 0:
                    draw(flow.canvas, lead, flow.page.left + 2 * GRID, baseline)
                draw(flow.canvas, number, flow.page.left + start, baseline)
            draw(flow.canvas, line, flow.page.left + hang, baseline)
            flow.y -= PITCH


def imprint(flow: Flow, report: Report) -> None:
    """版记 at the foot of the block: 抄送 and who printed it when, between rules, 14 pt."""
    page, canvas = flow.page, flow.canvas
    inner = page.block_width - 2 * _IMPRINT_SIZE
    lead = lay(flow.fonts, Role.FANG, "抄送：", _IMPRINT_SIZE)
    copies: list[LaidText] = []
    if report.cc:
        names = lay(flow.fonts, Role.FANG, "；".join(report.cc) + "。", _IMPRINT_SIZE)
        copies = lines_of(names, inner - lead.width, inner - lead.width)
    height = (len(copies) + 1) * _IMPRINT_PITCH
    flow.need(height + PITCH / 2)
    flow.y = page.block_bottom + height

    def rule(weight: float) -> None:
        canvas.setLineWidth(weight * MM)
        canvas.line(page.left, flow.y, page.right, flow.y)

    rule(0.35)
    for index, line in enumerate(copies):
        baseline = flow.baseline(_IMPRINT_SIZE, _IMPRINT_PITCH)
        if index == 0:
            draw(canvas, lead, page.left + _IMPRINT_SIZE, baseline)
        draw(canvas, line, page.left + _IMPRINT_SIZE + lead.width, baseline)
        flow.y -= _IMPRINT_PITCH
    if copies:
        rule(0.25)
    baseline = flow.baseline(_IMPRINT_SIZE, _IMPRINT_PITCH)
    draw(canvas, lay(flow.fonts, Role.FANG, report.printed_by, _IMPRINT_SIZE), page.left + _IMPRINT_SIZE, baseline)
    when = lay(flow.fonts, Role.FANG, f"{day(report.issued)}印发", _IMPRINT_SIZE)
    draw(canvas, when, page.right - _IMPRINT_SIZE - when.width, baseline)
    flow.y -= _IMPRINT_PITCH
    rule(0.35)


def sheet_head(flow: Flow, report: Report) -> None:
    """The title of a one-page sheet, and who made it when."""
    width, size = flow.page.block_width, flow.size + 7
    text = report.title if len(report.title) <= 60 else report.title[:59] + "…"
    for line in lines_of(lay(flow.fonts, Role.TITLE, text, size), width, width):
        flow.line(line, "center", pitch=size * 1.4)
    made_by(flow, report)


def made_by(flow: Flow, report: Report) -> None:
    """Who made it for which period when, small and centred; 演示数据 where the figures are made up."""
    remark = f"【{report.masthead.remark}】" if report.masthead.remark else ""
    words = f"{remark}{report.printed_by}　{report.period.label}　{day(report.issued)}制"
    flow.line(lay(flow.fonts, Role.SONG, words, _SMALL), "center", pitch=_SMALL * 1.6)
