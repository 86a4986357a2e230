"""The pages of a PDF as images, rendered off the UI thread; pypdfium2 is used by one thread at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage

from hydesk.dataclass import dataclass

_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height in points (1/72 inch)."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PageMark:
    """Words found on ``page``: their boxes in points from the upper left corner, a box for each line."""

    page: int
    boxes: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class PageText:
    """The characters of a page without blanks, each with its place in the page's own text."""

    plain: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A part of the file: its heading, the page it begins on (from 0) and how far down, in points from the upper edge."""

    words: str
    page: int
    top: float


class PdfFile:
    """A PDF held in memory. ``close`` it when another takes its place."""

    def __init__(self, content: bytes) -> None:
        import pypdfium2

        with _ONE_AT_A_TIME:
            self._document: Any = pypdfium2.PdfDocument(content)
            self.sizes = [PageSize(*self._document.get_page_size(i)) for i in range(len(self._document))]
            self.outline = tuple(self._outline())

    def _outline(self) -> Iterator[OutlineEntry]:
        for mark in self._document.get_toc(max_depth=1):
            place = mark.get_dest()
            page = place.get_index() if place is not None else None
            if page is not None and 0 <= page < len(self.sizes):
                at = place.get_view()[1]
                yield OutlineEntry(mark.get_title(), page, self.sizes[page].height - at[1] if len(at) > 1 and at[1] else 0.0)

    def save(self, path: Path) -> None:
        """Write the file to ``path``, beside it first. Raises OSError."""
        beside = path.with_name(f".{path.name}.part")
        with _ONE_AT_A_TIME:
            self._document.save(str(beside))
        beside.replace(path)

    @classmethod
    def open(cls, path: Path) -> PdfFile:
        """The PDF at ``path``, read whole, so that the file can be removed."""
        return cls(path.read_bytes())

    def render(self, page: int, scale: float) -> QImage:
        """Page ``page`` (from 0) with ``scale`` pixels to the point; may be called from any thread."""
        with _ONE_AT_A_TIME:
            if self._document is None:
                return QImage()
            own = self._document[page]
            bitmap = own.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
            image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
            copy = image.copy()
            bitmap.close()
            own.close()
            return copy

    def search(self, words: str, page: int) -> list[PageMark]:
        """Where ``words`` stand on ``page`` (from 0), blanks and case left aside; may be called from any thread."""
        wanted = "".join(words.split()).casefold()
        if not wanted:
            return []
        text = self.text_of(page)
        whole, found, start = "".join(c.casefold()[:1] for c in text.plain), [], 0
        while (at := whole.find(wanted, start)) >= 0:
            found.append(text.places[at : at + len(wanted)])
            start = at + len(wanted)
        return self.marks(page, found)

    def text_of(self, page: int) -> PageText:
        """What stands on ``page`` (from 0); nothing once the file is closed. May be called from any thread."""
        with _ONE_AT_A_TIME:
            if self._document is None:
                return PageText("", ())
            own = self._document[page]
            text = own.get_textpage()
            held = [(i, c) for i, c in enumerate(text.get_text_range()) if not c.isspace()]
            text.close()
            own.close()
        return PageText("".join(c for _, c in held), tuple(i for i, _ in held))

    def marks(self, page: int, runs: Sequence[Sequence[int]]) -> list[PageMark]:
        """The boxes of runs of characters, by their places on ``page``; may be called from any thread."""
        with _ONE_AT_A_TIME:
            if self._document is None or not runs:
                return []
            own = self._document[page]
            text = own.get_textpage()
            made = [self._mark(text, run, page) for run in runs]
            text.close()
            own.close()
            return made

    def _mark(self, text: Any, indexes: Sequence[int], page: int) -> PageMark:
        boxes: list[tuple[float, float, float, float]] = []
        height = self.sizes[page].height
        for index in indexes:
            left, bottom, right, top = text.get_charbox(index, loose=True)
            box = (left, height - top, right, height - bottom)
            last = boxes[-1] if boxes else None
            if last is not None and abs(last[1] - box[1]) < 2 and -2 < box[0] - last[2] < 12:
                boxes[-1] = (last[0], min(last[1], box[1]), box[2], max(last[3], box[3]))
            else:
                boxes.append(box)
        return PageMark(page, tuple(boxes))

    def close(self) -> None:
        """Give the memory back."""
        with _ONE_AT_A_TIME:
            if self._document is not None:
                self._document.close()
                self._document = None
