"""The flow of a report over pages: a cursor that falls down the text block, page after page, numbered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from hydesk.reports.fonts import FontSet, Role
from hydesk.reports.pdf_canvas import PageCanvas
from hydesk.reports.pdf_page import (
    BODY_SIZE,
    GRID,
    LANDSCAPE,
    NUMBER_DROP,
    NUMBER_SIZE,
    PITCH,
    PORTRAIT,
    Geometry,
)
from hydesk.reports.pdf_text import ASCENT, LaidText, draw, draw_aligned, fitted_lines, lay

TRACKING = GRID - BODY_SIZE
"""28 characters of 16 pt stand on 156 mm, a hair closer than their own advance."""
_DASH_HEIGHT = 0.34
"""The middle of the dash above the baseline, in sizes."""

_WITH_TAIL = 2
"""So many lines at least go over to the next page, by themselves or with what must not stand there alone."""



class Flow:
    """Pages being drawn. ``y`` is how far down the next thing may begin, in points from the page's lower edge."""

    def __init__(self, out: Path | BinaryIO, fonts: FontSet, title: str, author: str, *, size: float = BODY_SIZE,
                 pitch: float = PITCH, numbered: bool = True, keywords: str = "", bound_across: bool = False) -> None:
        self.fonts = fonts
        self.size, self.pitch = size, pitch
        """Body type and line pitch, points; official documents keep to the standard's."""
        self.numbered = numbered
        self.bound_across = bound_across
        """Whether landscape pages are bound with portrait ones, and numbered at the foot those have."""
        # Every page begins with one of our own faces: a standard font named but not embedded must not occur.
        face = fonts.chains[Role.FANG][0].name
        self.canvas = PageCanvas(str(out) if isinstance(out, Path) else out, pageCompression=1, invariant=1, initialFontName=face)
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.canvas.setCreator("hydesk")
        if keywords:
            self.canvas.setKeywords(keywords)
        self.number = 0
        self.page = PORTRAIT
        self.y = 0.0
        self._open = False
        self._marks = 0
        self.unnumbered = False
        """Whether the page in hand bears no number though the others do."""
        self._waiting: list[tuple[float, Callable[[], None]]] = []

    def begin_page(self, geometry: Geometry | None = None, *, numbered: bool = True) -> None:
        """End the page in hand, if any, and begin one of ``geometry`` (the same as before when None). What waited for room
        stands at its top."""
        self.end_page()
        self.page = geometry or self.page
        self.canvas.setPageSize((self.page.width, self.page.height))
        self.number += 1
        self.y = self.page.block_top
        self.unnumbered = not numbered
        self._open = True
        while self._waiting and self._waiting[0][0] <= self.room + 0.01:
            self._waiting.pop(0)[1]()

    def place(self, height: float, draw: Callable[[], None]) -> None:
        """Draw what is ``height`` points high and never cut here where it fits; else it waits for the next page, and the
        text goes on meanwhile so that no page stays empty for it. A sheet of one page waits for nothing."""
        if self.size != BODY_SIZE:
            self.need(height)
        if self.size != BODY_SIZE or height > self.page.block_height or (not self._waiting and height <= self.room + 0.01):
            draw()
        else:
            self._waiting.append((height, draw))

    def place_all(self) -> None:
        """Draw what still waits, on pages of its own where it must."""
        while self._waiting:
            height, draw = self._waiting[0]
            if height > self.room + 0.01:
                self.begin_page()
            else:
                self._waiting.pop(0)
                draw()

    def mark(self, words: str) -> None:
        """Enter what begins at the cursor in the file's outline, by which readers of PDF and the screen jump to it."""
        self._marks += 1
        key = f"m{self._marks}"
        self.canvas.bookmarkHorizontal(key, 0, self.y)
        self.canvas.addOutlineEntry(words, key)

    def end_page(self) -> None:
        """Number the page in hand and lay it aside."""
        if not self._open:
            return
        if self.numbered and not self.unnumbered:
            self._number()
        self.canvas.showPage()
        self._open = False

    def _number(self) -> None:
        words = lay(self.fonts, Role.SONG, f"— {self.number} —", NUMBER_SIZE)
        page = PORTRAIT if self.bound_across and self.page is LANDSCAPE else self.page
        baseline = page.block_bottom - NUMBER_DROP - _DASH_HEIGHT * NUMBER_SIZE
        across = page.right - NUMBER_SIZE - words.width if self.number % 2 else page.left + NUMBER_SIZE
        if page is self.page:
            draw(self.canvas, words, across, baseline)
            return
        # The sheet is a portrait one turned a quarter to the right to be read: its number stands at the foot it has when
        # bound, its table's head at the binding on odd pages and at the cut on even ones (GB/T 9704-2012, 10).
        self.canvas.saveState()
        self.canvas.translate(0, self.page.height)
        self.canvas.rotate(-90)
        draw(self.canvas, words, across, baseline)
        self.canvas.restoreState()

    def save(self) -> None:
        """End the last page and write the file."""
        self.place_all()
        self.end_page()
        self.canvas.save()

    @property
    def fresh(self) -> bool:
        """Whether nothing stands on the page in hand yet."""
        return self.y >= self.page.block_top

    @property
    def room(self) -> float:
        """What is left of the block below the cursor."""
        return self.y - self.page.block_bottom

    def need(self, height: float) -> None:
        """Begin a new page unless ``height`` fits on this one."""
        while height > self.room + 0.01:
            self.begin_page()
            if self.fresh:
                break

    def skip(self, lines: float) -> None:
        """Leave lines empty; at the top of a page nothing is left."""
        if not self.fresh:
            self.y -= min(lines * self.pitch, max(self.room, 0.0))

    def text(self, content: str, role: Role = Role.FANG, size: float | None = None) -> LaidText:
        """Body text on the character grid."""
        size = size or self.size
        return lay(self.fonts, role, content, size, TRACKING if size == BODY_SIZE else 0.0)

    def baseline(self, size: float | None = None, pitch: float | None = None) -> float:
        """The baseline of a line that begins at the cursor, its characters in the middle of the pitch."""
        size, pitch = size or self.size, pitch or self.pitch
        return self.y - (pitch - size) / 2 - ASCENT * size

    def line(self, laid: LaidText, align: str = "left", indent: float = 0.0, pitch: float | None = None) -> None:
        """One line, ``indent`` taken from both sides."""
        pitch = pitch or self.pitch
        self.need(pitch)
        width = self.page.block_width - 2 * indent
        draw_aligned(self.canvas, laid, self.page.left + indent, width, self.baseline(laid.size, pitch), align)
        self.y -= pitch

    def paragraph(self, laid: LaidText, indent: float | None = None, keep: int = 1, tail: float = 0.0) -> None:
        """A paragraph whose first line is indented by two characters; its first ``keep`` lines stay together, and no last line
        begins a page alone.

        ``tail`` points that follow it stay on one page with at least its last two lines.
        """
        if indent is None:
            indent = 2 * (GRID if self.size == BODY_SIZE else self.size)
        lines = fitted_lines(laid, self.page.block_width - indent, self.page.block_width)
        self.need(min(keep, len(lines)) * self.pitch)
        first = indent
        start = 0
        while start < len(lines):
            self.need(self.pitch)
            fit = max(int((self.room + 0.01) / self.pitch), 1)
            left = len(lines) - start
            if tail and left <= fit and self.room - left * self.pitch < tail and not self.fresh:
                if left <= _WITH_TAIL + 1:
                    self.begin_page()
                    continue
                fit = left - _WITH_TAIL
            # One line alone would go over: its neighbour goes with it, or where too little stays behind, all of them.
            alone = fit < left < fit + _WITH_TAIL
            if alone:
                fit = left - _WITH_TAIL
                if fit < (min(keep, len(lines)) if not start else 1) and not self.fresh:
                    self.begin_page()
                    continue
                fit = max(fit, 1)
            take = lines[start : start + fit]
            self._draw_lines(take, first)
            start += fit
            first = 0.0
            if alone:
                self.begin_page()

    def goes_over(self, laid: LaidText, above: float, tail: float) -> bool:
        """Whether ``paragraph`` would take all of ``laid``, ``above`` points further down, to the next page for its tail."""
        indent = 2 * (GRID if self.size == BODY_SIZE else self.size)
        lines = len(fitted_lines(laid, self.page.block_width - indent, self.page.block_width))
        return bool(tail) and lines <= _WITH_TAIL + 1 and self.room - above - lines * self.pitch < tail

    def _draw_lines(self, lines: Sequence[LaidText], first: float) -> None:
        for index, line in enumerate(lines):
            draw(self.canvas, line, self.page.left + (0.0 if index else first), self.baseline(line.size))
            self.y -= self.pitch
