"""A report as PDF pages in the form of an official document (GB/T 9704-2012)."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import partial
from io import BytesIO
from pathlib import Path

from hydesk.domain.job_progress import Progress
from hydesk.reports import pdf_parts
from hydesk.reports.fonts import FontSet, Role
from hydesk.reports.grid import PrintTable
from hydesk.reports.kinds import KINDS, Look
from hydesk.reports.model import Annex, Block, Extent, Report, Section
from hydesk.reports.pdf_chart import draw_chart
from hydesk.reports.pdf_curve import draw_curves
from hydesk.reports.pdf_flow import Flow
from hydesk.reports.pdf_page import BODY_SIZE, LANDSCAPE, PITCH, PORTRAIT, SHEET
from hydesk.reports.pdf_photos import draw_photos
from hydesk.reports.pdf_table import TablePrinter
from hydesk.reports.pdf_text import LaidText, lay, lines_of
from hydesk.reports.photos import PhotoRow
from hydesk.reports.pictures import BarChart, CurveChart
from hydesk.reports.prose import Heading, Paragraph

_TABLE_SIZE = 10.5
"""5号."""
_ANNEX_SIZES = (9.0, 7.5)
"""小5号 where an annex is short, 6号 where it goes on for pages: hundreds of rows stay readable on few sheets."""
_TITLE_PITCH = 24.0
_ROWS_PER_REPORT = 25


_SHEET_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5)
"""A one-page sheet is set in the largest of these that lets it fit on its page."""


def print_pdf(report: Report, out: Path, fonts: FontSet, progress: Progress | None = None) -> None:
    """Write ``report`` to ``out``. Characters no font has are noted in ``fonts.missing``.

    ``progress`` is told how far it is while rows are drawn; what it raises leaves no file behind it.
    """
    step = _counter(report, progress)
    if report.look is Look.SHEET:
        _sheet(report, out, fonts, fitting_size(report, fonts)).save()
        return
    flow = Flow(out, fonts, report.title, report.printed_by, keywords=report.seal, bound_across=report.look is Look.DOCUMENT)
    alone = report.extent is Extent.ANNEX
    if report.look is Look.DOCUMENT and not alone:
        _document(flow, report, step)
    elif not report.annexes:
        flow.begin_page(LANDSCAPE)
        flow.line(lay(fonts, Role.TITLE, report.title, 18), "center")
        flow.paragraph(flow.text("本期没有可列的项目。"))
    for annex in report.annexes:
        _annex(flow, annex, report, step)
    if report.look is Look.DOCUMENT and not alone:
        # GB/T 9704-2012, 7.3.6: annexes stand before the imprint, which closes the last page.
        pdf_parts.imprint(flow, report)
    if report.look is Look.LIST:
        for block in (b for section in report.sections for b in section.blocks):
            _block(flow, block, step)
    flow.save()


def _document(flow: Flow, report: Report, step: Callable[[], None]) -> None:
    flow.begin_page(PORTRAIT)
    pdf_parts.masthead(flow, report)
    pdf_parts.title(flow, report)
    if report.to:
        flow.line(flow.text(f"{report.to}："), "left")
    if report.opening is not None:
        flow.paragraph(_words(flow, report.opening))
    passes = bool(KINDS[report.kind].exhibits)
    for section in report.sections:
        if not passes:
            flow.place_all()
        _section(flow, section, step, pdf_parts.closing_height(flow, report) if section is report.sections[-1] else 0.0)
    flow.place_all()
    pdf_parts.closing(flow, report)


class Ending(Enum):
    """Where the imprint of a report stands whose text is not followed by annexes."""

    SAME = "same"
    """On the text's last page."""
    NEXT = "next"
    """On the page behind it."""
    BLANK = "blank"
    """On the second page behind it, the one between them blank."""


def ending(report: Report, fonts: FontSet) -> Ending:
    """Where the imprint stands: the text is laid out, and not saved."""
    flow = Flow(BytesIO(), fonts, report.title, report.printed_by)
    _document(flow, report, lambda: None)
    last = flow.number
    pdf_parts.imprint(flow, report)
    return (Ending.SAME, Ending.NEXT, Ending.BLANK)[flow.number - last]


def _sheet(report: Report, out: Path | BytesIO, fonts: FontSet, size: float) -> Flow:
    """A one-page sheet in type of ``size``, drawn but not saved."""
    flow = Flow(out, fonts, report.title, report.printed_by, size=size, pitch=size * 1.5, numbered=False, keywords=report.seal)
    draw_sheet(flow, report)
    return flow


def fitting_size(report: Report, fonts: FontSet) -> float:
    """The largest type in which a one-page sheet fits on its page."""
    return next((s for s in _SHEET_SIZES if _sheet(report, BytesIO(), fonts, s).number == 1), _SHEET_SIZES[-1])


def draw_sheet(flow: Flow, report: Report) -> None:
    """Draw a one-page sheet on a page of its own, in the flow's type."""
    size = flow.size
    flow.begin_page(SHEET)
    pdf_parts.sheet_head(flow, report)
    for section in report.sections:
        if section.heading:
            flow.y -= min(size * 0.5, max(flow.room, 0.0))
            flow.need(3 * flow.pitch)
            flow.line(flow.text(section.heading, Role.HEI, size + 1))
        for block in section.blocks:
            _block(flow, block, lambda: None)


def _counter(report: Report, progress: Progress | None) -> Callable[[], None]:
    """Called after every table row; tells ``progress`` now and then."""
    whole = max(sum(len(t.rows) for t in report.tables()), 1)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if progress and (done % _ROWS_PER_REPORT == 0 or done == whole):
            progress(done / whole, f"正在排版第{done}行，共{whole}行")

    return step


def _section(flow: Flow, section: Section, step: Callable[[], None], tail: float = 0.0) -> None:
    """``tail`` is the height of what must not stand alone on a page after the section's last paragraph."""
    lines = lines_of(flow.text(section.heading, Role.HEI), flow.page.block_width, flow.page.block_width)
    # A heading never stands alone at the foot of a page: the beginning of what follows stays with it.
    first = section.blocks[0] if section.blocks else None
    # Nor is it parted from a table that is the first it has.
    tabled = first if isinstance(first, PrintTable) and section.heading else None
    follow = 2 * PITCH if tabled is None else min(_beginning(flow, tabled), flow.page.block_height - len(lines) * PITCH)
    if section.leads:
        flow.need(2 * PITCH)
        flow.mark(section.heading)
    elif section.heading:
        only = first if isinstance(first, Paragraph) and len(section.blocks) == 1 else None
        # What waits stands at the top of the next page: the text may go on below it.
        while only is not None and not flow.fresh and flow.goes_over(_words(flow, only), len(lines) * PITCH, tail):
            flow.begin_page()
        flow.need(len(lines) * PITCH + follow)
        flow.mark(section.heading)
        flow.paragraph(flow.text(section.heading, Role.HEI))
    if tabled is not None:
        _table(flow, tabled, step)
    for block in section.blocks if tabled is None else section.blocks[1:]:
        heading = section.heading if section.leads and block is first else ""
        _block(flow, block, step, tail if block is section.blocks[-1] else 0.0, heading)


def _words(flow: Flow, paragraph: Paragraph, heading: str = "") -> LaidText:
    body = flow.text("".join(s.text for s in paragraph.sentences))
    words = flow.text(paragraph.lead, Role.KAI).then(body) if paragraph.lead else body
    return flow.text(f"{heading}。", Role.HEI).then(words) if heading else words


def _block(flow: Flow, block: Block, step: Callable[[], None], tail: float = 0.0, heading: str = "") -> None:
    """``heading`` is one that stands before the paragraph's first sentence."""
    match block:
        case Paragraph():
            if block.text or heading:
                flow.paragraph(_words(flow, block, heading), keep=2, tail=tail)
        case Heading():
            flow.need(2 * PITCH)
            flow.paragraph(flow.text(block.text, Role.KAI if block.level == 2 else Role.FANG))
        case PrintTable() if flow.size == BODY_SIZE:
            _placed_table(flow, block, step)
        case PrintTable():
            _table(flow, block, step)
        case BarChart():
            draw_chart(flow, block)
        case CurveChart():
            draw_curves(flow, block)
        case PhotoRow():
            draw_photos(flow, block)


def _beginning(flow: Flow, table: PrintTable, printer: TablePrinter | None = None) -> float:
    """The room for a table's title, head and first rows, which stay together."""
    width = flow.page.block_width
    titles = lines_of(lay(flow.fonts, Role.HEI, table.title, 14), width, width) if table.title else []
    printer = printer or TablePrinter(flow, table, _table_size(flow), lambda: None)
    rows = max(3 * _TITLE_PITCH, printer.first_height)
    # What fits on no page begins where it stands rather than leaving one empty.
    return min(len(titles) * _TITLE_PITCH + printer.head_height + rows, flow.page.block_height)


_MOST_OF_PAGE = 0.92
"""A table higher than this part of the text block goes over pages rather than wait for one of its own."""


def _placed_table(flow: Flow, table: PrintTable, step: Callable[[], None]) -> None:
    """A table of a document's text stands whole on one page where it can; the text goes on before it meanwhile."""
    titles = len(lines_of(lay(flow.fonts, Role.HEI, table.title, 14), flow.page.block_width, flow.page.block_width)) if table.title else 0
    for size in _TEXT_SIZES:
        height = TablePrinter(flow, table, size, lambda: None).whole_height + titles * _TITLE_PITCH
        if height <= _MOST_OF_PAGE * flow.page.block_height:
            flow.place(height, partial(_table, flow, table, step, size))
            return
    _table(flow, table, step)


_TEXT_SIZES = (_TABLE_SIZE, 9.5, 9.0)
"""A table of the text is set in the largest of these in which it stands on one page."""


def _table(flow: Flow, table: PrintTable, step: Callable[[], None], size: float = 0.0) -> None:
    """A table in the text: its title in 黑体, kept with the head and the first rows."""
    width = flow.page.block_width
    printer = TablePrinter(flow, table, size or _table_size(flow), step)
    titles = lines_of(lay(flow.fonts, Role.HEI, table.title, 14), width, width) if table.title else []
    flow.need(_beginning(flow, table, printer))
    for line in titles:
        flow.line(line, "center", pitch=_TITLE_PITCH)
    printer.draw()


def _table_size(flow: Flow) -> float:
    return min(_TABLE_SIZE, flow.size - 0.5)


def _annex(flow: Flow, annex: Annex, report: Report, step: Callable[[], None]) -> None:
    """On landscape pages of its own: 附件 in 黑体 at the upper left, the title centred, the table. A list has no label
    but says who made it when."""
    flow.begin_page(LANDSCAPE)
    flow.mark("　".join(x for x in (annex.label, annex.table.title) if x))
    width = flow.page.block_width
    if annex.label:
        flow.line(flow.text(annex.label, Role.HEI), "left")
    for line in lines_of(lay(flow.fonts, Role.TITLE, annex.table.title, 18), width, width):
        flow.line(line, "center")
    if not annex.label:
        pdf_parts.made_by(flow, report)
    TablePrinter(flow, annex.table, _ANNEX_SIZES, step).draw()
    if not annex.table.rows:
        flow.line(lay(flow.fonts, Role.SONG, "本期没有可列的内容。", 10.5), "center")
