"""Photographs on a page: side by side, none larger than its place, their captions below."""

from __future__ import annotations

from io import BytesIO

from reportlab.lib.utils import ImageReader

from hydesk.reports.fonts import Role
from hydesk.reports.pdf_flow import Flow
from hydesk.reports.pdf_text import LaidText, draw_aligned, lay, lines_of
from hydesk.reports.photos import Photo, PhotoRow

_HIGH = 13.0
"""The height of a photograph's place, in sizes of the body type."""
_GAP = 10.0


def draw_photos(flow: Flow, row: PhotoRow) -> None:
    """Draw a row of photographs; captions in type that can be read, doubts after them in 黑体."""
    if not row.photos:
        return
    size = max(flow.size - 1.5, 8.0)
    pitch = size * 1.35
    width = (flow.page.block_width - (len(row.photos) - 1) * _GAP) / max(len(row.photos), 2)
    high = _HIGH * flow.size
    captions = [_caption(flow, p, size, width) for p in row.photos]
    taken = high + max(map(len, captions)) * pitch + 0.5 * flow.size
    flow.need(taken)
    whole = len(row.photos) * width + (len(row.photos) - 1) * _GAP
    left = flow.page.left + (flow.page.block_width - whole) / 2
    for photo, lines in zip(row.photos, captions, strict=True):
        scale = min(width / photo.width, high / photo.height)
        w, h = photo.width * scale, photo.height * scale
        flow.canvas.drawImage(ImageReader(BytesIO(photo.content)), left + (width - w) / 2, flow.y - h - (high - h) / 2, w, h)
        for i, line in enumerate(lines):
            draw_aligned(flow.canvas, line, left, width, flow.y - high - (i + 1) * pitch + 0.2 * size, "center")
        left += width + _GAP
    flow.y -= taken


def _caption(flow: Flow, photo: Photo, size: float, width: float) -> list[LaidText]:
    lines = lines_of(lay(flow.fonts, Role.SONG, photo.caption, size), width, width)
    return lines + (lines_of(lay(flow.fonts, Role.HEI, photo.doubt, size), width, width) if photo.doubt else [])
