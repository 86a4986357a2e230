"""Charts in Word as vector pictures (enhanced metafiles), the same drawings that the PDF shows."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.shape import CT_Inline
from docx.shared import Pt

from hydesk.domain.written import CONTROL
from hydesk.reports.docx_base import add_words
from hydesk.reports.docx_styles import NOTE
from hydesk.reports.emf import to_emf
from hydesk.reports.fonts import FontSet
from hydesk.reports.pdf_chart import bar_drawings, bar_note
from hydesk.reports.pdf_curve import HEIGHT, curve_drawing
from hydesk.reports.pictures import BarChart, CurveChart

_WIDTH = 440.0
"""Points: the width of the text block."""


def add_chart(document: Any, chart: BarChart | CurveChart, fonts: FontSet, *, small: bool = False) -> None:
    """The chart with its title above, in as many pictures as the PDF has drawings; ``small`` on a one-page sheet."""
    words = CONTROL.sub("", chart.title)
    title = add_words(document, words, "Caption")
    if small:
        title.runs[0].font.size = Pt(10)
        title.paragraph_format.line_spacing = Pt(14)
    if isinstance(chart, CurveChart):
        drawings = [curve_drawing(fonts, chart, _WIDTH, 95.0 if small else HEIGHT)]
    else:
        drawings = bar_drawings(fonts, chart, _WIDTH)
    for drawing in drawings:
        _picture(document, to_emf(drawing), drawing.width, drawing.height, words)
    if isinstance(chart, BarChart) and bar_note(chart):
        add_words(document, bar_note(chart), NOTE)


def _picture(document: Any, content: bytes, width: float, height: float, title: str) -> None:
    package = document.part.package
    number = sum(1 for p in package.iter_parts() if str(p.partname).startswith("/word/media/")) + 1
    part = Part(PackURI(f"/word/media/chart{number}.emf"), "image/x-emf", content, package)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    inline = CT_Inline.new_pic_inline(document.part.next_id, relation, f"chart{number}.emf", Pt(width), Pt(height))
    inline.docPr.set("descr", title)
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    paragraph.add_run()._r.add_drawing(inline)
