"""A notice as a Word document to go on editing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from hydesk.reports.docx_styles import (
    BODY,
    CLOSING,
    HEI,
    ISSUE,
    NOTE,
    TABLE,
    lay_out,
    new_document,
    set_font,
)
from hydesk.reports.docx_table import table_element
from hydesk.reports.notice import CONTROL, Notice


def print_notice_docx(notice: Notice, out: Path) -> None:
    """Write ``notice`` to ``out``."""
    document = new_document()
    document.core_properties.title = notice.title
    document.core_properties.author = notice.office
    lay_out(document.sections[0], landscape=notice.wide)
    if notice.remark:
        set_font(_words(document, "", ISSUE).add_run(f"【{notice.remark}】"), HEI, 12)
    _words(document, notice.title, "Title")
    if notice.number:
        number = _words(document, notice.number, NOTE)
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _words(document, "", ISSUE)
    if notice.to:
        _words(document, f"{notice.to}：", CLOSING)
    for words in notice.body:
        _words(document, words, BODY)
    if notice.table is not None:
        style = document.styles[TABLE].style_id
        document.element.body._insert_tbl(table_element(notice.table, 225.0 if notice.wide else 156.0, 10.5, style))
        for note in notice.table.notes or ("",):
            _words(document, note, NOTE)
    for words in notice.ending:
        _words(document, words, BODY)
    _closing(document, notice)
    document.save(str(out))


def _closing(document: Any, notice: Notice) -> None:
    _words(document, "", BODY)
    for text, indent in ((notice.office, 16), (notice.day, 64)):
        line = _words(document, text, CLOSING)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.right_indent = Pt(indent)
        line.paragraph_format.keep_with_next = True
    if notice.signers:
        _words(document, "", BODY).paragraph_format.keep_with_next = True
        line = _words(document, "\t".join(f"{name}：" for name in notice.signers), CLOSING)
        share = (225 if notice.wide else 156) / len(notice.signers)
        for index in range(1, len(notice.signers)):
            line.paragraph_format.tab_stops.add_tab_stop(Mm(share * index))


def _words(document: Any, text: str, style: str) -> Any:
    return document.add_paragraph(CONTROL.sub("", text), style=style)
