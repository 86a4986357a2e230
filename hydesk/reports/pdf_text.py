"""Text on the canvas: characters with their faces and widths, broken into lines by our own rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from hydesk.dataclass import dataclass
from hydesk.reports.fonts import Face, FontSet, Role
from hydesk.reports.line_breaking import SQUEEZED_AFTER, SQUEEZED_BEFORE, break_lines, fit_lines
from hydesk.reports.pdf_canvas import PageCanvas, Piece

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

ASCENT = 0.88
"""The height of the em box above the baseline, in sizes; the same for the official fonts within 2 %."""


@dataclass(frozen=True, slots=True)
class LaidText:
    """Characters ready to draw at one size; ``widths`` include the tracking, in points."""

    text: str
    faces: tuple[Face, ...]
    widths: tuple[float, ...]
    size: float
    tracking: float
    less: tuple[float, ...] = ()
    """What is taken off after each character of a squeezed line, in points; empty where nothing is."""

    @property
    def width(self) -> float:
        """The whole advance, without tracking after the last character."""
        return sum(self.widths) - self.tracking if self.widths else 0.0

    def part(self, start: int, end: int) -> LaidText:
        """The characters from ``start`` up to ``end``."""
        return LaidText(self.text[start:end], self.faces[start:end], self.widths[start:end], self.size, self.tracking)

    def then(self, other: LaidText) -> LaidText:
        """This followed by ``other`` of the same size and tracking."""
        return LaidText(self.text + other.text, self.faces + other.faces, self.widths + other.widths, self.size,
                    self.tracking)


def lay(fonts: FontSet, role: Role, text: str, size: float, tracking: float = 0.0) -> LaidText:
    """``text`` in the faces of ``role``, each character in the first face that has it."""
    found = fonts.glyphs(role, text)
    return LaidText(
        "".join(c for c, _, _ in found),
        tuple(face for _, face, _ in found),
        tuple(advance * size + tracking for _, _, advance in found),
        size,
        tracking,
    )


def lines_of(laid: LaidText, first: float, rest: float) -> list[LaidText]:
    """``laid`` broken into lines; room after a line's last character does not count, closer setting does, so that
    exactly 28 characters of body text fill a line."""
    if laid.width <= first and laid.text and not (laid.text[0].isspace() or laid.text[-1].isspace()):
        return [laid]
    spare = max(laid.tracking, 0.0)
    return [laid.part(a, b) for a, b in break_lines(laid.text, laid.widths, first + spare, rest + spare)]


def fitted_lines(laid: LaidText, first: float, rest: float) -> list[LaidText]:
    """``laid`` as lines of body text, marks squeezed where a line would else be too wide or too short."""
    spare = max(laid.tracking, 0.0)
    made = []
    for line in fit_lines(laid.text, laid.widths, first + spare, rest + spare):
        part = laid.part(line.start, line.end)
        made.append(_squeezed(part, line.squeeze) if line.squeeze else part)
    return made


def _squeezed(laid: LaidText, share: float) -> LaidText:
    """``laid`` with ``share`` of the white halves of its marks taken away: of what follows a closing mark, of what stands
    before an opening one."""
    less = [0.0] * len(laid.text)
    for index, (char, width) in enumerate(zip(laid.text, laid.widths, strict=True)):
        if char in SQUEEZED_AFTER:
            less[index] += share * width / 2
        elif char in SQUEEZED_BEFORE and index:
            less[index - 1] += share * width / 2
    return replace(laid, widths=tuple(w - x for w, x in zip(laid.widths, less, strict=True)), less=tuple(less))


def draw(canvas: Canvas, laid: LaidText, x: float, baseline: float) -> None:
    """Draw one line from ``x``."""
    if not laid.text:
        return
    pieces = list(_pieces(laid))
    if isinstance(canvas, PageCanvas):
        canvas.words(x, baseline, laid.size, pieces)
        return
    text = canvas.beginText(x, baseline)
    for face, added, words in pieces:
        text.setFont(face, laid.size)
        if added or len(pieces) > 1:
            text.setCharSpace(added)
        text.textOut(words)
    if pieces[-1][1]:
        text.setCharSpace(0)
    canvas.drawText(text)


def _pieces(laid: LaidText) -> Iterator[Piece]:
    """The stretches of ``laid`` that have one face and one setting."""
    first = laid.faces[0]
    if not laid.less and laid.faces.count(first) == len(laid.faces):
        yield first.name, laid.tracking, laid.text
        return
    less = laid.less or (0.0,) * len(laid.text)
    position = 0
    for (face, taken), group in groupby(zip(laid.faces, less, strict=True)):
        length = sum(1 for _ in group)
        yield face.name, laid.tracking - taken, laid.text[position : position + length]
        position += length


def draw_aligned(canvas: Canvas, laid: LaidText, left: float, width: float, baseline: float, align: str) -> None:
    """Draw one line at the left, center or right of a box."""
    spare = width - laid.width
    shift = {"left": 0.0, "center": spare / 2, "right": spare}[align]
    draw(canvas, laid, left + shift, baseline)
