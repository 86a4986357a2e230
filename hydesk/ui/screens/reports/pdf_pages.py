"""The pages of a PDF as images, rendered off the UI thread; pypdfium2 is used by one thread at a time."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage

_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height in points (1/72 inch)."""

    width: float
    height: float


class PdfFile:
    """A PDF held in memory. ``close`` it when another takes its place."""

    def __init__(self, content: bytes) -> None:
        import pypdfium2

        with _ONE_AT_A_TIME:
            self._document: Any = pypdfium2.PdfDocument(content)
            self.sizes = [PageSize(*self._document.get_page_size(i)) for i in range(len(self._document))]

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

    def close(self) -> None:
        """Give the memory back."""
        with _ONE_AT_A_TIME:
            if self._document is not None:
                self._document.close()
                self._document = None
