"""What a person wrote in place of the program's sentences, laid over a report whose figures may have changed since."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from hydesk.dataclass import dataclass
from hydesk.reports.bound import Bound, BoundText, Figures, followed, loose_amounts, parts_of
from hydesk.reports.figures import Figure, Part
from hydesk.reports.model import Report, Section
from hydesk.reports.prose import WORDS, Paragraph, Sentence, State


@dataclass(frozen=True, slots=True)
class SentenceEdit:
    """A person's words for a sentence and the figures it showed when they were written; empty words leave it out.

    ``bound``: which of its numbers are those figures; None for words kept before that was noted.
    """

    text: str
    basis: Figures
    bound: tuple[Bound, ...] | None = None

    def follows(self, basis: Figures) -> bool:
        """Whether its numbers can be brought to those of ``basis`` without a person looking: some are bound, no other
        amount stands in it, and the words around the figures are what they were."""
        own = BoundText(self.text, self.bound or ())
        return (bool(own.bound) and own.holds(self.basis) and same_words(self.basis, basis)
                and not loose_amounts(own, self.basis))

    def at(self, basis: Figures) -> BoundText | None:
        """Its words on the figures of ``basis``; None where a person has to look at it first."""
        own = BoundText(self.text, self.bound or ())
        if self.basis == basis:
            return own if own.holds(basis) else BoundText(self.text)
        return followed(own, self.basis, basis) if self.follows(basis) else None


@dataclass(frozen=True, slots=True)
class Editable:
    """One sentence as the editor shows it: under which heading, and the sentence itself."""

    heading: str
    sentence: Sentence


def editable(report: Report) -> Iterator[Editable]:
    """All sentences that can be edited, in order."""
    if report.opening is not None:
        yield from (Editable("开头", s) for s in report.opening.sentences if s.key)
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield from (Editable(section.heading, s) for s in block.sentences if s.key)


def lay_over(report: Report, edits: Mapping[str, SentenceEdit]) -> Report:
    """``report`` with a person's sentences in place of the program's; stale where the figures differ from then."""
    if not edits:
        return report
    return _each_sentence(report, lambda s: _edited(s, edits[s.key]) if s.key in edits else s)


def _each_sentence(report: Report, change: Callable[[Sentence], Sentence]) -> Report:
    def paragraph(one: Paragraph) -> Paragraph:
        return replace(one, sentences=tuple(change(s) for s in one.sentences))

    def section(one: Section) -> Section:
        return replace(one, blocks=tuple(paragraph(b) if isinstance(b, Paragraph) else b for b in one.blocks))

    opening = paragraph(report.opening) if report.opening is not None else None
    return replace(report, opening=opening, sections=tuple(section(s) for s in report.sections))


def _edited(own: Sentence, edit: SentenceEdit) -> Sentence:
    now = edit.at(own.basis)
    if now is None:
        state = State.STALE if same_words(own.basis, edit.basis) else State.REWORDED
        return replace(own, parts=(edit.text,), state=state, automatic=own.text)
    parts = with_figures(edit.text, own) if edit.bound is None else parts_of(now, own)
    return replace(own, parts=parts, state=State.EDITED, automatic=own.text)


def same_words(one: Figures, other: Figures) -> bool:
    """Whether only figures differ between two bases: then the old figures may be replaced by the new ones."""
    return [k for k, _ in one] == [k for k, _ in other] and dict(one).get(WORDS) == dict(other).get(WORDS)


def with_figures(text: str, own: Sentence) -> tuple[Part, ...]:
    """``text`` with the figures of ``own`` that it repeats as figures, so that the check covers them."""
    parts: list[Part] = []
    rest = text
    for figure in (p for p in own.parts if isinstance(p, Figure)):
        found = re.search(rf"(?<![\d.]){re.escape(figure.text)}(?![\d.]*\d)", rest)
        if found is None or figure.raw is None:
            continue
        parts += [rest[: found.start()], figure]
        rest = rest[found.end() :]
    parts.append(rest)
    return tuple(p for p in parts if p != "")


def refreshed(text: str, old: Figures, new: Figures) -> str:
    """``text`` with each figure of ``old`` replaced by the one that has its place in ``new``.

    Where the words around them changed too (欠 for 超), the text stays as it is; so do figures that it no longer holds.
    """
    if not same_words(old, new):
        return text
    made, rest = "", text
    for (key, before), (_, after) in zip(old, new, strict=True):
        if key == WORDS:
            continue
        found = re.search(rf"(?<![\d.]){re.escape(before)}(?![\d.]*\d)", rest)
        if found:
            made += rest[: found.start()] + after
            rest = rest[found.end() :]
    return made + rest


_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)(?=亿元|万元|%|个百分点|个)")


def unknown_numbers(report: Report) -> list[str]:
    """Numbers with a unit in a person's sentences that no figure of the report carries, as 3541.6亿元."""
    known = {f.text for f in report.figures()}
    found = []
    for one in editable(report):
        if one.sentence.state is not State.EDITED:
            continue
        for match in _AMOUNT.finditer(one.sentence.text):
            if match[1] not in known:
                unit = re.match("亿元|万元|%|个百分点|个", one.sentence.text[match.end() :])
                found.append(match[1] + (unit[0] if unit else ""))
    return found


def stale_sentences(report: Report) -> list[Editable]:
    """A person's sentences whose figures or words have changed since."""
    return [e for e in editable(report) if e.sentence.state in (State.STALE, State.REWORDED)]
