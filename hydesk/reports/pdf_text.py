"""Text on the canvas: characters with their faces and widths, broken into lines by our own rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from hydesk.reports.fonts import Face, FontSet, Role
from hydesk.reports.line_breaking import break_lines
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
    tracking: float = 0.0

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


def _in_word(char: str) -> bool:
    """Whether ``char`` belongs to a number or Latin word, which is never spaced out."""
    return ord(char) < 0x2000 and not char.isspace()


def _stretches(text: str) -> list[bool]:
    """For each character, whether the gap after it may be widened to justify the line."""
    return [not (_in_word(a) and _in_word(b)) for a, b in pairwise(text)] + [False]


def draw(canvas: Canvas, laid: LaidText, x: float, baseline: float, spread: float = 0.0) -> None:
    """Draw one line from ``x``; ``spread`` points more in every gap that may be widened justify it."""
    if not laid.text:
        return
    pieces = list(_pieces(laid, spread))
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


def _pieces(laid: LaidText, spread: float) -> Iterator[Piece]:
    """The stretches of ``laid`` that have one face and one setting."""
    first = laid.faces[0]
    if not spread and laid.faces.count(first) == len(laid.faces):
        yield first.name, laid.tracking, laid.text
        return
    wide = _stretches(laid.text) if spread else [False] * len(laid.text)
    position = 0
    for (face, stretched), group in groupby(zip(laid.faces, wide, strict=True)):
        length = sum(1 for _ in group)
        yield face.name, laid.tracking + (spread if stretched else 0.0), laid.text[position : position + length]
        position += length


def draw_aligned(canvas: Canvas, laid: LaidText, left: float, width: float, baseline: float, align: str) -> None:
    """Draw one line at the left, center or right of a box."""
    spare = width - laid.width
    shift = {"left": 0.0, "center": spare / 2, "right": spare}[align]
    draw(canvas, laid, left + shift, baseline)


def draw_justified(canvas: Canvas, lines: Sequence[LaidText], x: float, baselines: Sequence[float], first: float,
                   width: float, *, last_ragged: bool = True) -> None:
    """Draw lines of a paragraph, the first ``first`` further right. All fill the width, but for the paragraph's
    last one (``last_ragged`` says whether it is among them)."""
    for index, (line, baseline) in enumerate(zip(lines, baselines, strict=True)):
        left = x + first if index == 0 else x
        room = width - first if index == 0 else width
        gaps = sum(_stretches(line.text))
        last = last_ragged and index == len(lines) - 1
        spread = 0.0 if last or gaps < 1 else (room - line.width) / gaps
        # A line shortened by a long unbreakable word stays ragged rather than being torn apart.
        draw(canvas, line, left, baseline, spread if spread < line.size * 0.5 else 0.0)
