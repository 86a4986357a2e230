"""A notice as a Word document to go on editing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from hydesk.reports.column_widths import measure
from hydesk.reports.docx_base import HEI, add_words, set_font
from hydesk.reports.docx_styles import (
    BODY,
    CLOSING,
    ISSUE,
    NOTE,
    TABLE,
    lay_out,
    new_document,
)
from hydesk.reports.docx_table import table_element
from hydesk.reports.fonts import FontSet
from hydesk.reports.notice import NoticePaper
from hydesk.reports.notice_sheets import SIZE, Sheets, sheets_of
from hydesk.reports.pdf_page import LANDSCAPE, MM, PORTRAIT, WIDE_LANDSCAPE


def print_notice_docx(notice: NoticePaper, out: Path, fonts: FontSet | None = None) -> None:
    """Write ``notice`` to ``out``; ``fonts`` measure its table, which without them keeps to A4."""
    document = new_document()
    document.core_properties.title = notice.title
    document.core_properties.author = notice.office
    sheets = Sheets(LANDSCAPE if notice.wide else PORTRAIT, (notice.table,) if notice.table is not None else ())
    if fonts is not None:
        sheets = sheets_of(notice.table, notice.wide, fonts)
    page, parts = sheets.page, sheets.parts
    lay_out(document.sections[0], landscape=page is not PORTRAIT, large=page is WIDE_LANDSCAPE)
    if notice.remark:
        set_font(add_words(document, "", ISSUE).add_run(f"【{notice.remark}】"), HEI, 12)
    add_words(document, notice.title, "Title")
    if notice.number:
        number = add_words(document, notice.number, NOTE)
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_words(document, "", ISSUE)
    if notice.to:
        add_words(document, f"{notice.to}：", CLOSING)
    for words in notice.body:
        add_words(document, words, BODY)
    for number, part in enumerate(parts):
        style, width = document.styles[TABLE].style_id, page.block_width / MM
        if len(parts) > 1:
            heading = add_words(document, part.title, NOTE)
            heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
            heading.paragraph_format.page_break_before = number > 0
        size = SIZE if fonts is None else measure(fonts, part, page.block_width, SIZE, least=sheets.least).size
        document.element.body._insert_tbl(table_element(part, width, size, style, fonts))
        for note in part.notes or ("",):
            add_words(document, note, NOTE)
    for words in notice.ending:
        add_words(document, words, BODY)
    _closing(document, notice, page.block_width / MM)
    document.save(str(out))


def _closing(document: Any, notice: NoticePaper, width: float) -> None:
    add_words(document, "", BODY)
    for text, indent in ((notice.office, 16), (notice.day, 64)):
        line = add_words(document, text, CLOSING)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.right_indent = Pt(indent)
        line.paragraph_format.keep_with_next = True
    if notice.signers:
        add_words(document, "", BODY).paragraph_format.keep_with_next = True
        line = add_words(document, "\t".join(f"{name}：" for name in notice.signers), CLOSING)
        share = width / len(notice.signers)
        for index in range(1, len(notice.signers)):
            line.paragraph_format.tab_stops.add_tab_stop(Mm(share * index))
