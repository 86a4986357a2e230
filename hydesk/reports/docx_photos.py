"""Photographs in Word: a row of pictures with their captions, in a table without lines."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt

from hydesk.domain.written import CONTROL
from hydesk.reports.photos import PhotoRow

_WIDE, _HIGH = 74.0, 44.0
"""The largest a photograph is, millimetres."""


def add_photos(document: Any, row: PhotoRow) -> None:
    """The photographs side by side."""
    if not row.photos:
        return
    cells = document.add_table(rows=1, cols=len(row.photos)).rows[0].cells
    for cell, photo in zip(cells, row.photos, strict=True):
        picture, words = cell.paragraphs[0], cell.add_paragraph()
        scale = min(_WIDE / photo.width, _HIGH / photo.height)
        picture.add_run().add_picture(BytesIO(photo.content), Mm(photo.width * scale), Mm(photo.height * scale))
        picture.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        for line, bold in ((photo.caption, False), (photo.doubt, True)):
            if line:
                run = words.add_run(CONTROL.sub("", line if not bold else f"\n{line}"))
                run.font.size, run.bold = Pt(9), bold
        for one in (picture, words):
            one.alignment = WD_ALIGN_PARAGRAPH.CENTER
            one.paragraph_format.first_line_indent = Pt(0)
        words.paragraph_format.line_spacing = Pt(13)
