"""A report as a Word document that the clerk goes on editing in Word or WPS: real styles, headings and tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt, RGBColor

from hydesk.domain.written import CONTROL
from hydesk.reports.docx_base import HEI, KAI, TITLE, add_words, draw_plain, set_font, sign
from hydesk.reports.docx_chart import add_chart
from hydesk.reports.docx_closing import add_closing, add_imprint, edge
from hydesk.reports.docx_numbers import no_numbers, number_pages, number_turned
from hydesk.reports.docx_photos import add_photos
from hydesk.reports.docx_styles import (
    BODY,
    CLOSING,
    ISSUE,
    NOTE,
    TABLE,
    landscape_section,
    lay_out,
    new_document,
)
from hydesk.reports.docx_table import table_element
from hydesk.reports.fonts import FontSet, find_fonts
from hydesk.reports.grid import PrintTable
from hydesk.reports.kinds import Look, Manner
from hydesk.reports.model import Annex, Block, Extent, Report
from hydesk.reports.pdf import Ending, ending, fitting_size
from hydesk.reports.pdf_parts import day
from hydesk.reports.photos import PhotoRow
from hydesk.reports.pictures import BarChart, CurveChart
from hydesk.reports.prose import Heading, Paragraph

_LONG_TITLE = 20
"""More characters of 22 pt do not fit on a line; the title is then broken where its words allow."""
_SMALLER = 1.5
"""So many points less than usual the type of a table may be where its columns want it."""
_MANY, _MANY_COLUMNS = 25, 10
"""Rows that go on for pages and tables of many columns are set smaller."""


def print_docx(report: Report, out: Path, fonts: FontSet | None = None) -> None:
    """Write ``report`` to ``out``; ``fonts`` are those that charts are measured with, by default the machine's."""
    fonts = fonts or find_fonts()
    document = new_document()
    sign(document, report.title, report.printed_by, report.issued)
    alone = report.extent is Extent.ANNEX
    match report.look:
        case Look.DOCUMENT if not alone:
            _document(document, report, fonts)
        case Look.SHEET:
            _sheet(document, report, fonts)
    for index, annex in enumerate(report.annexes):
        _annex(document, annex, report, fonts, first=index == 0 and (alone or report.look is Look.LIST))
    if report.look is Look.DOCUMENT and not alone:
        _close(document, report, fonts)
    if report.look is Look.LIST:
        for block in (b for section in report.sections for b in section.blocks):
            _block(document, block, fonts)
    if report.look is Look.LIST and not report.annexes:
        add_words(document, report.title, "Title")
        add_words(document, "本期没有可列的项目。", BODY)
    document.save(str(out))


def _close(document: Any, report: Report, fonts: FontSet) -> None:
    """The imprint closes the last page, an even one, after the annexes (GB/T 9704-2012, 7.3.6, 7.4 and 7.5)."""
    end = Ending.BLANK if report.annexes else ending(report, fonts)
    if end is not Ending.SAME:
        section = document.add_section(WD_SECTION.EVEN_PAGE)
        lay_out(section, landscape=False)
        if end is Ending.BLANK and not report.annexes:
            no_numbers(section)
        else:
            number_pages(section)
    add_imprint(document, report, alone=end is not Ending.SAME)


def _document(document: Any, report: Report, fonts: FontSet) -> None:
    _masthead(document, report)
    title = report.title if len(report.title) <= _LONG_TITLE else "\n".join(report.title_lines)
    add_words(document, title, "Title")
    add_words(document, "", BODY)
    if report.to:
        add_words(document, f"{report.to}：", CLOSING)
    if report.opening is not None:
        _paragraph(document, report.opening)
    for section in report.sections:
        if section.heading and not section.leads:
            add_words(document, section.heading, "Heading 1")
        for index, block in enumerate(section.blocks):
            if section.leads and not index and isinstance(block, Paragraph):
                _paragraph(document, block, section.heading)
            else:
                _block(document, block, fonts)
    add_closing(document, report)


def _sheet(document: Any, report: Report, fonts: FontSet) -> None:
    """A one-page sheet: smaller type and closer lines, more of the paper, no page number. As on paper the type is what
    lets it fit on its page."""
    page = document.sections[0]
    page.top_margin = page.bottom_margin = Mm(18)
    page.left_margin = page.right_margin = Mm(25)
    page.footer_distance = Mm(8)  # a footer, even an empty one, that reaches above the margin would push the text up
    no_numbers(page)
    body = min(fitting_size(report, fonts), 10.0)
    document.styles[NOTE].font.size = Pt(body - 1)
    for name, size in (("Title", 17.0), ("Heading 1", body + 1), (BODY, body)):
        style = document.styles[name]
        style.font.size = Pt(size)
        draw_plain(style)
        style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        style.paragraph_format.line_spacing = Pt(size * 1.45)
        if name != "Title":
            style.paragraph_format.first_line_indent = Pt(size * 2) if name == BODY else Pt(0)
    add_words(document, report.title, "Title")
    _made_by(document, report)
    for section in report.sections:
        add_words(document, section.heading, "Heading 1")
        for block in section.blocks:
            _block(document, block, fonts, small=min(body - 1.0, 8.5))


def _made_by(document: Any, report: Report) -> None:
    remark = f"【{report.masthead.remark}】" if report.masthead.remark else ""
    day = f"{report.issued.year}年{report.issued.month}月{report.issued.day}日"
    line = add_words(document, f"{remark}{report.printed_by}　{report.period.label}　{day}制", NOTE)
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _masthead(document: Any, report: Report) -> None:
    head = report.masthead
    if head.remark:
        set_font(add_words(document, "", ISSUE).add_run(CONTROL.sub("", f"【{head.remark}】")), HEI, 16)
    name = add_words(document, "", ISSUE)
    name.alignment = WD_ALIGN_PARAGRAPH.CENTER
    name.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    official = report.manner is Manner.OFFICIAL
    name.paragraph_format.space_before = Mm(20 if official else 0)
    run = name.add_run(CONTROL.sub("", head.name))
    set_font(run, TITLE, min(36.0, 440 / max(len(head.name), 1)))
    run.font.color.rgb = RGBColor(255, 0, 0)
    line = _document_number(document, report) if official else _issue(document, report)
    edge(line, bottom=12, color="FF0000", space=8)
    add_words(document, "", ISSUE)


def _document_number(document: Any, report: Report) -> Any:
    """The number of a 公文 in the middle; of one that goes up at the left, its signer at the right."""
    head = report.masthead
    add_words(document, "", ISSUE)
    if not head.upward:
        line = add_words(document, head.issue, ISSUE)
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return line
    line = add_words(document, f"　{head.issue}\t签发人：", ISSUE)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(100))
    set_font(line.add_run(CONTROL.sub("", head.signer) or "　　　　"), KAI, 16)
    return line


def _issue(document: Any, report: Report) -> Any:
    """第N期 of a 简报 in the middle, then who issues it and the day."""
    number = add_words(document, report.masthead.issue, ISSUE)
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line = add_words(document, f"　{report.printed_by}\t{day(report.issued)}　", ISSUE)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT)
    return line


def _paragraph(document: Any, paragraph: Paragraph, heading: str = "") -> None:
    """``heading`` is one that stands before the first sentence."""
    if not paragraph.text and not heading:
        return
    made = add_words(document, "", BODY)
    if heading:
        set_font(made.add_run(CONTROL.sub("", f"{heading}。")), HEI)
    if paragraph.lead:
        set_font(made.add_run(CONTROL.sub("", paragraph.lead)), KAI)
    made.add_run(CONTROL.sub("", "".join(s.text for s in paragraph.sentences)))


def _block(document: Any, block: Block, fonts: FontSet, *, small: float = 0.0) -> None:
    """``small`` is the type of tables on a one-page sheet."""
    match block:
        case Paragraph():
            _paragraph(document, block)
        case Heading():
            add_words(document, block.text, "Heading 2" if block.level == 2 else BODY)
        case PrintTable():
            if block.title:
                add_words(document, block.title, "Caption")
            _table(document, block, 156.0, small or 9.0, fonts)
        case BarChart() | CurveChart():
            add_chart(document, block, fonts, small=bool(small))
        case PhotoRow():
            add_photos(document, block)


def _table(document: Any, table: PrintTable, width: float, size: float, fonts: FontSet) -> None:
    style_id = document.styles[TABLE].style_id
    document.element.body._insert_tbl(table_element(table, width, size, style_id, fonts, _SMALLER))
    if not table.rows:
        add_words(document, "本期没有可列的内容。", NOTE)
    for note in table.notes:
        add_words(document, note, NOTE)
    # Two tables that touch would become one.
    add_words(document, "", NOTE).paragraph_format.line_spacing = Pt(8)


def _annex(document: Any, annex: Annex, report: Report, fonts: FontSet, *, first: bool) -> None:
    if first:
        lay_out(document.sections[0], landscape=True)
        if report.look is Look.DOCUMENT:
            number_turned(document.sections[0])
    else:
        landscape_section(document, bound=report.look is Look.DOCUMENT)
    if annex.label:
        set_font(add_words(document, "", ISSUE).add_run(CONTROL.sub("", annex.label)), HEI, 16)
    title = add_words(document, annex.table.title, "Caption")
    set_font(title.runs[0], TITLE, 18)
    if not annex.label:
        _made_by(document, report)
    large = len(annex.table.rows) > _MANY or len(annex.table.columns) > _MANY_COLUMNS
    _table(document, annex.table, 225.0, 7.5 if large else 8.5, fonts)
