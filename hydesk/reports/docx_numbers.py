"""Page numbers in Word (GB/T 9704-2012, 7.5 and 10): odd at the right, even at the left, one character in; on landscape
pages at the foot that they have when bound."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from hydesk.reports.docx_base import SONG
from hydesk.reports.pdf_page import MM, NUMBER_DROP, NUMBER_SIZE, PORTRAIT

_DEPTH, _LENGTH = 7.0 * MM, 45.0 * MM
"""The frame of a turned number across and along its line, in points."""


def number_pages(section: Any) -> None:
    """The numbers of portrait pages, and of landscape ones that are bound with none."""
    for footer, align in ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)):
        paragraph = _empty(footer)
        paragraph.alignment = align
        form = paragraph.paragraph_format
        form.tab_stops.clear_all()
        if align is WD_ALIGN_PARAGRAPH.RIGHT:
            form.right_indent = Pt(NUMBER_SIZE)
        else:
            form.left_indent = Pt(NUMBER_SIZE)
        for run in _runs():
            paragraph._p.append(run)


def number_turned(section: Any) -> None:
    """The numbers of landscape pages bound with portrait ones: a portrait page is turned a quarter to the right to be read,
    and its foot lies at the left then. A table that floats there, its words running down, is what every program draws."""
    across = PORTRAIT.block_bottom - NUMBER_DROP - _DEPTH / 2
    ends = PORTRAIT.right - NUMBER_SIZE - _LENGTH, PORTRAIT.left + NUMBER_SIZE
    for footer, along, align in zip((section.footer, section.even_page_footer), ends, ("right", "left"), strict=True):
        paragraph = _empty(footer)
        paragraph._p.addprevious(_turned(across, along, align))


def no_numbers(section: Any) -> None:
    """Pages without a number: the imprint's, and the blank one before it."""
    for footer in (section.footer, section.even_page_footer):
        _empty(footer)


def _empty(footer: Any) -> Any:
    """The only paragraph of a footer of its own."""
    footer.is_linked_to_previous = False
    for other in list(footer._element)[1:]:
        footer._element.remove(other)
    paragraph = footer.paragraphs[0]
    for run in paragraph.runs:
        run._r.getparent().remove(run._r)
    return paragraph


def _turned(across: float, along: float, align: str) -> Any:
    """``across`` from the page's left and ``along`` from its top, in points: a cell in which words run down."""
    width, height = round(_DEPTH * 20), round(_LENGTH * 20)
    runs = "".join(_RUNS)
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="page" w:horzAnchor="page" '
        f'w:tblpX="{round(across * 20)}" w:tblpY="{round(along * 20)}"/><w:tblOverlap w:val="never"/><w:tblW w:w="{width}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid><w:tr><w:trPr><w:trHeight w:val="{height}" w:hRule="exact"/></w:trPr>'
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:textDirection w:val="tbRl"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:jc w:val="{align}"/></w:pPr>{runs}</w:p></w:tc></w:tr></w:tbl>')


def _run(inner: str) -> str:
    size = round(NUMBER_SIZE * 2)
    return (f'<w:r><w:rPr><w:rFonts w:ascii="{SONG}" w:hAnsi="{SONG}" w:eastAsia="{SONG}"/><w:sz w:val="{size}"/>'
            f'<w:szCs w:val="{size}"/></w:rPr>{inner}</w:r>')


_RUNS = tuple(map(_run, (
    '<w:t xml:space="preserve">— </w:t>', '<w:fldChar w:fldCharType="begin"/>', '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
    '<w:fldChar w:fldCharType="separate"/>', "<w:t>1</w:t>", '<w:fldChar w:fldCharType="end"/>', '<w:t xml:space="preserve"> —</w:t>')))
"""— 3 —, the number a field that Word works out."""


def _runs() -> list[Any]:
    return [parse_xml(run.replace("<w:r>", f"<w:r {nsdecls('w')}>", 1)) for run in _RUNS]
