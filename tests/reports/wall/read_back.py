"""A printed chart read back: where words stand on its pages, by another program than the one that drew them."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, points."""


@dataclass(frozen=True)
class Found:
    """A word on a page; ``middle`` and ``line`` are the middle of its box."""

    page: int
    box: Box

    @property
    def middle(self) -> float:
        return (self.box[0] + self.box[2]) / 2

    @property
    def line(self) -> float:
        return (self.box[1] + self.box[3]) / 2


class ReadChart:
    """The text of a PDF with its places."""

    def __init__(self, source: Path | bytes) -> None:
        self._document = pypdfium2.PdfDocument(BytesIO(source) if isinstance(source, bytes) else str(source))
        self.sizes = [tuple(page.get_size()) for page in self._document]
        self._pages = [page.get_textpage() for page in self._document]
        self._texts: list[tuple[str, list[Box]]] = []
        for page in self._pages:
            chars, boxes = [], []
            for i in range(page.count_chars()):
                char = page.get_text_range(i, 1)
                if char.strip():
                    chars.append(char[0])
                    boxes.append(page.get_charbox(i))
            self._texts.append(("".join(chars), boxes))

    def text(self, page: int) -> str:
        return self._texts[page][0]

    def boxes(self, page: int) -> list[Box]:
        return self._texts[page][1]

    def find(self, words: str) -> list[Found]:
        """Every place where ``words`` stand on one line."""
        places = []
        for number, (text, boxes) in enumerate(self._texts):
            at = text.find(words)
            while at >= 0:
                own = boxes[at:at + len(words)]
                if max(b[1] for b in own) - min(b[1] for b in own) < (own[0][3] - own[0][1]):
                    places.append(Found(number, (own[0][0], min(b[1] for b in own), own[-1][2], max(b[3] for b in own))))
                at = text.find(words, at + 1)
        return places
