"""A report as PDF pages in the form of an official document (GB/T 9704-2012)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hydesk.reports import pdf_parts
from hydesk.reports.fonts import FontSet, Role
from hydesk.reports.model import Annex, BarChart, Block, Heading, Paragraph, Report, Section, Table
from hydesk.reports.pdf_chart import draw_chart
from hydesk.reports.pdf_flow import Flow, Progress
from hydesk.reports.pdf_page import LANDSCAPE, PITCH, PORTRAIT
from hydesk.reports.pdf_table import TablePrinter
from hydesk.reports.pdf_text import Laid, lay, lines_of

_TABLE_SIZE = 10.5
"""5号."""
_ANNEX_SIZE = 9.0
"""小5号."""
_TITLE_PITCH = 24.0
_ROWS_PER_REPORT = 25


def print_pdf(report: Report, out: Path, fonts: FontSet, progress: Progress | None = None) -> None:
    """Write ``report`` to ``out``. Characters no font has are noted in ``fonts.missing``.

    ``progress`` is told how far it is while rows are drawn; what it raises leaves no file behind it.
    """
    flow = Flow(out, fonts, report.title, report.printed_by)
    step = _counter(report, progress)
    flow.begin_page(PORTRAIT)
    pdf_parts.masthead(flow, report)
    pdf_parts.title(flow, report)
    flow.paragraph(_words(flow, report.opening))
    for section in report.sections:
        _section(flow, section, step)
    pdf_parts.closing(flow, report)
    pdf_parts.imprint(flow, report)
    for annex in report.annexes:
        _annex(flow, annex, step)
    flow.save()


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


def _section(flow: Flow, section: Section, step: Callable[[], None]) -> None:
    lines = lines_of(flow.text(section.heading, Role.HEI), flow.page.block_width, flow.page.block_width)
    # A heading never stands alone at the foot of a page: the beginning of what follows stays with it.
    first = section.blocks[0] if section.blocks else None
    follow = _beginning(flow, first) if isinstance(first, Table) else 2 * PITCH
    flow.need(len(lines) * PITCH + follow)
    flow.paragraph(flow.text(section.heading, Role.HEI))
    for block in section.blocks:
        _block(flow, block, step)


def _words(flow: Flow, paragraph: Paragraph) -> Laid:
    body = flow.text("".join(s.text for s in paragraph.sentences))
    return flow.text(paragraph.lead, Role.KAI).then(body) if paragraph.lead else body


def _block(flow: Flow, block: Block, step: Callable[[], None]) -> None:
    match block:
        case Paragraph():
            flow.paragraph(_words(flow, block), keep=2)
        case Heading():
            flow.need(2 * PITCH)
            flow.paragraph(flow.text(block.text, Role.KAI if block.level == 2 else Role.FANG))
        case Table():
            _table(flow, block, step)
        case BarChart():
            draw_chart(flow, block)


def _beginning(flow: Flow, table: Table) -> float:
    """The room for a table's title, head and first rows, which stay together."""
    width = flow.page.block_width
    titles = lines_of(lay(flow.fonts, Role.HEI, table.title, 14), width, width)
    head = TablePrinter(flow, table, _TABLE_SIZE, lambda: None).head_height
    return (len(titles) + 3) * _TITLE_PITCH + head


def _table(flow: Flow, table: Table, step: Callable[[], None]) -> None:
    """A table in the text: its title in 黑体, kept with the head and the first rows."""
    width = flow.page.block_width
    printer = TablePrinter(flow, table, _TABLE_SIZE, step)
    titles = lines_of(lay(flow.fonts, Role.HEI, table.title, 14), width, width)
    flow.need(_beginning(flow, table))
    for line in titles:
        flow.line(line, "center", pitch=_TITLE_PITCH)
    printer.draw()


def _annex(flow: Flow, annex: Annex, step: Callable[[], None]) -> None:
    """On landscape pages of its own: 附件 in 黑体 at the upper left, the title centred, the table."""
    flow.begin_page(LANDSCAPE)
    width = flow.page.block_width
    flow.line(flow.text(annex.label, Role.HEI), "left")
    for line in lines_of(lay(flow.fonts, Role.TITLE, annex.table.title, 18), width, width):
        flow.line(line, "center")
    TablePrinter(flow, annex.table, _ANNEX_SIZE, step).draw()
