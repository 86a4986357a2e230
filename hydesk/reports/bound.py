"""Numbers in a person's sentence that are still the report's: bound to their figures, and following them.

A figure of the automatic sentence that the person left standing is bound; what he typed himself is not, even where it reads
the same. Bound numbers change with their figures as long as the words around them would (docs/rules.md §8.4).
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from hydesk.dataclass import dataclass
from hydesk.reports.figures import Figure, Part
from hydesk.reports.prose import WORDS, Sentence

Figures = tuple[tuple[str, str], ...]
"""Key and text of each figure of a sentence, in order; then the words around them under the key ``WORDS``."""

_AMOUNT = re.compile(r"\d+(?:\.\d+)?(?=亿元|万元|%|个百分点|个)")

_CONTEXT = 2
"""Characters beside a number that must stand as they did: 3个 alone may be part of 连续3个月, typed anew."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A number in a text: where it begins, and which figure of the basis (from 0) it is."""

    start: int
    figure: int


@dataclass(frozen=True, slots=True)
class BoundText:
    """A text with its bound numbers in order."""

    text: str
    bound: tuple[Bound, ...] = ()

    def pieces(self, basis: Figures) -> list[tuple[str, int | None]]:
        """Its words and numbers in order, each number with the figure it is bound to."""
        made: list[tuple[str, int | None]] = []
        at = 0
        for one in self.bound:
            end = one.start + len(basis[one.figure][1])
            made += [(self.text[at : one.start], None), (self.text[one.start : end], one.figure)]
            at = end
        made.append((self.text[at:], None))
        return [x for x in made if x[0]]

    def holds(self, basis: Figures) -> bool:
        """Whether every bound number stands where it is said to stand."""
        at = 0
        for one in self.bound:
            if not (at <= one.start and 0 <= one.figure < len(basis) and basis[one.figure][0] != WORDS
                    and self.text.startswith(basis[one.figure][1], one.start)):
                return False
            at = one.start + len(basis[one.figure][1])
        return True


def joined(pieces: list[tuple[str, int | None]]) -> BoundText:
    """The text that ``pieces`` are the words and numbers of."""
    text, bound = "", []
    for words, figure in pieces:
        if figure is not None:
            bound.append(Bound(len(text), figure))
        text += words
    return BoundText(text, tuple(bound))


def automatic(basis: Figures) -> BoundText:
    """The program's sentence made of ``basis``, every figure bound; nothing bound where its words hold braces of their own."""
    figures = [text for key, text in basis if key != WORDS]
    around = dict(basis).get(WORDS, "").split("{}")
    if len(around) != len(figures) + 1:
        return BoundText("".join(around))
    pieces: list[tuple[str, int | None]] = [(around[0], None)]
    for index, text in enumerate(figures):
        pieces += [(text, index), (around[index + 1], None)]
    return joined(pieces)


def left_standing(text: str, before: BoundText, basis: Figures) -> tuple[Bound, ...]:
    """The bound numbers of ``before`` that whoever made ``text`` of it left as they were."""
    kept: list[Bound] = []
    blocks = SequenceMatcher(None, before.text, text, autojunk=False).get_matching_blocks()
    for one in before.bound:
        end = one.start + len(basis[one.figure][1])
        block = next((b for b in blocks if b.a <= one.start and end <= b.a + b.size and b.size >= end - one.start + _CONTEXT), None)
        if block is None:
            continue
        start = one.start - block.a + block.b
        around = text[max(0, start - 1) : start] + text[start + end - one.start :][:1]
        # A digit typed beside it makes another number of it.
        if not any(c.isdigit() or c in ".," for c in around):
            kept.append(Bound(start, one.figure))
    return tuple(kept)


def loose_amounts(one: BoundText, basis: Figures) -> list[str]:
    """Numbers with a unit that stand in the text but are bound to nothing, as 3541.6 before 亿元."""
    spans = [(b.start, b.start + len(basis[b.figure][1])) for b in one.bound]
    return [m[0] for m in _AMOUNT.finditer(one.text) if not any(s <= m.start() and m.end() <= e for s, e in spans)]


def followed(one: BoundText, old: Figures, new: Figures) -> BoundText:
    """``one`` with each bound number as it is in ``new``; the two bases name the same figures."""
    return joined([(words if figure is None else new[figure][1], figure) for words, figure in one.pieces(old)])


def parts_of(one: BoundText, own: Sentence) -> tuple[Part, ...]:
    """The parts of a sentence of ``one``: its bound numbers are the figures of ``own``."""
    figures = [p for p in own.parts if isinstance(p, Figure)]
    return tuple(words if figure is None else figures[figure] for words, figure in one.pieces(own.basis))
