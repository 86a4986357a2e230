"""The parts of an official document that stand around its text: masthead, title, closing, imprint."""

from __future__ import annotations

from datetime import date

from reportlab.lib.colors import black, red

from hydesk.reports.fonts import Role
from hydesk.reports.kinds import Manner
from hydesk.reports.model import Report
from hydesk.reports.pdf_flow import Flow
from hydesk.reports.pdf_page import BODY_SIZE, GRID, MM, PITCH, PORTRAIT
from hydesk.reports.pdf_text import ASCENT, LaidText, draw, fitted_lines, lay, lines_of

TITLE_SIZE = 22.0
"""2号."""
_IMPRINT_SIZE = 14.0
_SMALL = 10.5
_IMPRINT_PITCH = 24.0
_BULLETIN_TOP = PITCH + 4 * MM
"""From the block's upper edge to the name of a 简报, below the line that a mark takes."""


def day(value: date) -> str:
    """2023年6月5日: Arabic figures without leading zeros."""
    return f"{value.year}年{value.month}月{value.day}日"


def masthead(flow: Flow, report: Report) -> None:
    """The red name, what stands below it, the red line 4 mm below that."""
    head, page, canvas = report.masthead, flow.page, flow.canvas
    if head.remark:
        draw(canvas, lay(flow.fonts, Role.HEI, f"【{head.remark}】", BODY_SIZE), page.left, flow.baseline())
    official = report.manner is Manner.OFFICIAL
    natural = lay(flow.fonts, Role.TITLE, head.name, 1.0).width or 1.0
    size = min(36.0, page.block_width / natural)
    name = lay(flow.fonts, Role.TITLE, head.name, size)
    top = page.block_top - (35 * MM if official else _BULLETIN_TOP)
    canvas.setFillColor(red)
    draw(canvas, name, page.left + (page.block_width - name.width) / 2, top - ASCENT * size)
    canvas.setFillColor(black)
    flow.y = top - size
    baseline = _document_number(flow, report) if official else _issue(flow, report)
    flow.y -= PITCH
    line = baseline - (1 - ASCENT) * BODY_SIZE - 4 * MM
    canvas.setStrokeColor(red)
    canvas.setLineWidth(1.5)
    canvas.line(page.left, line, page.right, line)
    canvas.setStrokeColor(black)
    flow.y = line


def _document_number(flow: Flow, report: Report) -> float:
    """The number two lines below a 公文's name, in the middle; of one that goes up at the left, the signer at the right
    (GB/T 9704-2012, 7.2.5 and 7.2.6). Answers the baseline."""
    head, page, canvas = report.masthead, flow.page, flow.canvas
    flow.y -= 2 * PITCH
    baseline = flow.baseline()
    number = flow.text(head.issue)
    if not head.upward:
        draw(canvas, number, page.left + (page.block_width - number.width) / 2, baseline)
        return baseline
    draw(canvas, number, page.left + GRID, baseline)
    signer = flow.text("签发人：").then(flow.text(head.signer or "　　　　", Role.KAI))
    draw(canvas, signer, page.right - GRID - signer.width, baseline)
    return baseline


def _issue(flow: Flow, report: Report) -> float:
    """第N期 in the middle below a 简报's name, then who issues it and the day. Answers the last baseline."""
    page, canvas = flow.page, flow.canvas
    flow.y -= PITCH / 4
    number = flow.text(report.masthead.issue)
    draw(canvas, number, page.left + (page.block_width - number.width) / 2, flow.baseline())
    flow.y -= PITCH
    baseline = flow.baseline()
    draw(canvas, flow.text(report.printed_by), page.left + GRID, baseline)
    when = flow.text(day(report.issued))
    draw(canvas, when, page.right - GRID - when.width, baseline)
    return baseline


def title(flow: Flow, report: Report) -> None:
    """小标宋 22 pt, centred, broken where its words allow; two empty lines above and one below, one above in a 简报."""
    flow.y -= (2 if report.manner is Manner.OFFICIAL else 1) * PITCH
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
    names = sum(len(fitted_lines(flow.text(title), room, room)) for title in report.annex_titles)
    signed = 4 if report.manner is Manner.OFFICIAL else 0
    return (signed + (names + 1 if names else 0)) * PITCH


def closing(flow: Flow, report: Report) -> None:
    """附件说明, then the office and the day of a 公文 at the right, four characters in; a 简报 has them in its head."""
    if report.annex_titles:
        flow.skip(1)
        _annex_list(flow, report)
    if report.manner is Manner.BULLETIN:
        return
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
    titles = report.annex_titles
    several = len(titles) > 1
    lead = flow.text("附件：")
    numbers = [flow.text(f"{i}." if several else "") for i, _ in enumerate(titles, 1)]
    start = 2 * GRID + lead.width
    hang = start + max(n.width for n in numbers)
    for index, (title, number) in enumerate(zip(titles, numbers, strict=True)):
        room = flow.page.block_width - hang
        for turn, line in enumerate(fitted_lines(flow.text(title), room, room)):
            flow.need(PITCH)
            baseline = flow.baseline()
            if turn == 0:
                if index == 0:
                    draw(flow.canvas, lead, flow.page.left + 2 * GRID, baseline)
                draw(flow.canvas, number, flow.page.left + start, baseline)
            draw(flow.canvas, line, flow.page.left + hang, baseline)
            flow.y -= PITCH


def _turn_to_last_page(flow: Flow, height: float) -> None:
    """The imprint stands on the last page, an even one (GB/T 9704-2012, 7.4). A blank page before it bears no number, nor
    does its own then (7.5)."""
    if flow.number % 2 == 0 and flow.page is PORTRAIT and height <= flow.room + 0.01:
        return
    blank = flow.number % 2 == 0
    if blank:
        flow.begin_page(PORTRAIT, numbered=False)
    flow.begin_page(PORTRAIT, numbered=not blank)


def imprint_words(report: Report) -> str:
    """Who printed a 公文; who issued a 简报 and who edits it."""
    if report.manner is Manner.OFFICIAL:
        return report.printed_by
    editor = f"　编辑：{report.masthead.editor}" if report.masthead.editor else ""
    return f"编发：{report.printed_by}{editor}"


def imprint(flow: Flow, report: Report) -> None:
    """版记 at the foot of the block: 抄送 and who printed it when, between rules, 14 pt."""
    canvas = flow.canvas
    inner = PORTRAIT.block_width - 2 * _IMPRINT_SIZE
    official = report.manner is Manner.OFFICIAL
    lead = lay(flow.fonts, Role.FANG, "抄送：" if official else "分送：", _IMPRINT_SIZE)
    copies: list[LaidText] = []
    if report.cc:
        names = lay(flow.fonts, Role.FANG, "；".join(report.cc) + "。", _IMPRINT_SIZE)
        copies = lines_of(names, inner - lead.width, inner - lead.width)
    height = (len(copies) + 1) * _IMPRINT_PITCH
    _turn_to_last_page(flow, height + PITCH / 2)
    page = flow.page
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
    by = lay(flow.fonts, Role.FANG, imprint_words(report), _IMPRINT_SIZE)
    draw(canvas, by, page.left + _IMPRINT_SIZE, baseline)
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
