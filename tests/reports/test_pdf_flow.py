"""How paragraphs go over pages: no lone last line at the head of one, no lone first line at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pytest

from hydesk.reports.fonts import FontSet, find_fonts
from hydesk.reports.pdf_flow import Flow
from hydesk.reports.pdf_page import PITCH, PORTRAIT
from hydesk.reports.pdf_photos import draw_photos
from hydesk.reports.pdf_text import LaidText
from hydesk.reports.photos import Photo, PhotoRow

FONTS = find_fonts()
BLOCK = 22
"""Lines on a page."""


class Told(Flow):
    """A flow that keeps how many lines went on which page."""

    def __init__(self, fonts: FontSet) -> None:
        super().__init__(BytesIO(), fonts, "", "")
        self.told: list[tuple[int, int]] = []
        self.begin_page(PORTRAIT)

    def _draw_lines(self, lines: Sequence[LaidText], first: float) -> None:
        self.told.append((self.number, len(lines)))
        super()._draw_lines(lines, first)


@pytest.mark.parametrize("tail", [0.0, 3 * PITCH])
def test_no_line_of_a_paragraph_stands_alone_on_a_page(tail: float) -> None:
    words = "行" * 28
    for above in range(BLOCK):
        for count in range(1, 7):
            flow = Told(FONTS)
            flow.y -= above * PITCH
            flow.paragraph(flow.text(words * (count - 1) + "末行。"), indent=0.0, keep=2, tail=tail)
            parts = [lines for _, lines in flow.told]
            assert sum(parts) == count
            assert count == 1 or min(parts) >= 2, (above, count, flow.told)
            assert flow.told[0][0] == 1 or BLOCK - above < count + tail / PITCH, "a page was left without need"


def test_a_long_paragraph_fills_its_pages_but_for_a_line() -> None:
    flow = Told(FONTS)
    flow.paragraph(flow.text("行" * 28 * 44 + "末行。"), indent=0.0, keep=2)
    assert flow.told == [(1, 22), (2, 21), (3, 2)]


@pytest.mark.parametrize("lines", [1, 3])
def test_photographs_ask_for_as_much_room_as_they_and_their_captions_take(lines: int) -> None:
    from reportlab.lib.utils import Image

    image = BytesIO()
    Image.new("RGB", (4, 3)).save(image, "JPEG")
    photo = Photo("a.jpg", "字" * (20 * lines - 10), "", 4, 3, image.getvalue())
    first = Told(FONTS)
    above = first.y
    draw_photos(first, PhotoRow((photo,)))
    taken = above - first.y
    assert taken > 13 * first.size + lines * 8
    for left, page in ((taken, 1), (taken - 1, 2)):
        flow = Told(FONTS)
        flow.y -= flow.room - left
        draw_photos(flow, PhotoRow((photo,)))
        assert flow.number == page
