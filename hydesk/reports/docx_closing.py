"""What stands below the text of an official document in Word: 附件说明, office and day, 版记 at the foot of the page."""

from __future__ import annotations

from math import ceil
from typing import Any
from xml.sax.saxutils import escape

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from hydesk.domain.written import CONTROL
from hydesk.reports.docx_base import add_words
from hydesk.reports.docx_styles import BODY, CLOSING, NOTE
from hydesk.reports.kinds import Manner
from hydesk.reports.model import Report
from hydesk.reports.pdf_parts import day, imprint_words

"""What no XML file may hold."""

_EM, _SMALL = 16.0, 14.0
_WIDTH = 8845
"""The text block in twips."""
_BLOCK, _LINE, _SPARE = 637.8, 24.0, 8.0
"""The block's height, a line of the imprint, what is kept for the rules and the last paragraph, in points."""
_COPIES = 26
"""Characters of 14 pt on a line of 抄送."""
_THICK, _THIN = 8, 6
"""0.35 mm and 0.25 mm, in eighths of a point."""


def add_closing(document: Any, report: Report) -> None:
    """附件说明, office and day, which never begin a page: some of the text stays with them."""
    before = document.paragraphs[-1] if document.element.body[-2].tag.endswith("}p") else None
    first = len(document.paragraphs)
    if report.annex_titles:
        add_words(document, "", BODY)
        _annexes(document, report)
    if report.manner is Manner.OFFICIAL:
        add_words(document, "", BODY)
        _signature(document, report)
    for paragraph in ([before] if before is not None else []) + document.paragraphs[first:-1]:
        paragraph.paragraph_format.keep_with_next = True


def _annexes(document: Any, report: Report) -> None:
    """附件：1.… with the names under each other, also where one fills two lines."""
    titles = report.annex_titles
    several = len(titles) > 1
    hang = 5 + several
    for number, title in enumerate(titles, 1):
        lead = "附件：" if number == 1 else ""
        line = add_words(document, f"{lead}{f'{number}.' if several else ''}{title}", CLOSING)
        line.paragraph_format.left_indent = Pt(_EM * hang)
        line.paragraph_format.first_line_indent = Pt(-_EM * (len(lead) + several))


def _em(text: str) -> float:
    """How many characters wide; figures are half as wide."""
    return sum(1.0 if ord(c) > 0x2E7F else 0.5 for c in text)


def _signature(document: Any, report: Report) -> None:
    """The day ends four characters before the block's edge, the office stands centred above it, both stay together."""
    when = day(report.issued)
    out = 4 - (_em(report.printed_by) - _em(when)) / 2
    for text, indent in ((report.printed_by, max(out, 1.0)), (when, 4.0)):
        line = add_words(document, text, CLOSING)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.right_indent = Pt(_EM * indent)


def add_imprint(document: Any, report: Report, *, alone: bool) -> None:
    """抄送 and who printed it when, between rules at the foot of the page: a table that stands there whatever is above, or
    below the day with programs that know no such tables. ``alone``: the page is its own, and its emptiness is set."""
    above = add_words(document, "", NOTE)
    if alone:
        lines = 1 + (ceil(_em("；".join(report.cc)) / _COPIES) if report.cc else 0)
        above.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        above.paragraph_format.line_spacing = Pt(_BLOCK - lines * _LINE - _SPARE)
    copied = "抄送" if report.manner is Manner.OFFICIAL else "分送"
    rows = [_row(_THICK, 0, f"{copied}：{'；'.join(report.cc)}。", f'<w:ind w:left="{_twips(4)}" w:right="{_twips(1)}" w:hanging="{_twips(3)}"/>')
            ] if report.cc else []
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{_WIDTH - _twips(1)}"/></w:tabs>'
    rows.append(_row(_THIN if report.cc else _THICK, _THICK, f"{imprint_words(report)}\t{day(report.issued)}印发",
                     f'<w:ind w:left="{_twips(1)}"/>', tabs))
    document.element.body._insert_tbl(parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr>{"" if alone else _FLOATING}<w:tblW w:w="{_WIDTH}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
        f'</w:tblPr><w:tblGrid><w:gridCol w:w="{_WIDTH}"/></w:tblGrid>{"".join(rows)}</w:tbl>'))
    # A table is never the last thing of a document or section.
    end = add_words(document, "", NOTE)
    end.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    end.paragraph_format.line_spacing = Pt(1)


_FLOATING = (
    '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="margin" w:tblpXSpec="left" '
    'w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/>')


def _twips(characters: int) -> int:
    return round(_SMALL * 20 * characters)


def _row(top: int, bottom: int, text: str, indent: str, tabs: str = "") -> str:
    rules = "".join(f'<w:{where} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
                    for where, size in (("top", top), ("bottom", bottom)) if size)
    fonts = '<w:rFonts w:ascii="仿宋" w:hAnsi="仿宋" w:eastAsia="仿宋"/>'
    size = round(_SMALL * 2)
    words = "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(CONTROL.sub("", t))}</w:t>' for t in text.split("\t"))
    return (f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{_WIDTH}" w:type="dxa"/><w:tcBorders>{rules}</w:tcBorders></w:tcPr>'
            f'<w:p><w:pPr>{tabs}<w:spacing w:line="480" w:lineRule="exact"/>{indent}<w:jc w:val="left"/></w:pPr>'
            f'<w:r><w:rPr>{fonts}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>{words}</w:r></w:p></w:tc></w:tr>')


def edge(paragraph: Any, top: int = 0, bottom: int = 0, color: str = "000000", space: int = 1) -> None:
    """Rules above and below a paragraph, in eighths of a point; Word wants them before tabs, spacing and indents."""
    rules = "".join(f'<w:{where} w:val="single" w:sz="{size}" w:space="{space}" w:color="{color}"/>'
                    for where, size in (("top", top), ("bottom", bottom)) if size)
    paragraph._p.get_or_add_pPr().insert_element_before(
        parse_xml(f"<w:pBdr {nsdecls('w')}>{rules}</w:pBdr>"), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
