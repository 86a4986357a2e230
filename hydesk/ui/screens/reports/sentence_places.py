"""Where on the pages every sentence stands, so that it can be edited there: told from the text of the pages themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hydesk.dataclass import dataclass
from hydesk.services.reports.read_sentences import EditableSentence, ReadParagraph
from hydesk.ui.kit.pdf_pages import PageMark, PdfFile

_NUMBER = re.compile(r"—\d+—$")
"""The page's number, which is drawn last and may stand between two halves of a sentence."""
_LEAST = 6
"""Shorter sentences are not looked for on their own: they stand in too many places."""

Run = tuple[int, int]
"""A page (from 0), and a character's place on it."""


@dataclass(frozen=True, slots=True)
class FigurePlace:
    """A figure of a sentence on the pages, by its key."""

    key: str
    text: str
    marks: tuple[PageMark, ...]


@dataclass(frozen=True, slots=True)
class SentencePlace:
    """A sentence on the pages: its boxes (a mark for each page it stands on), the paragraph it is of, its figures."""

    sentence: EditableSentence
    paragraph: ReadParagraph
    marks: tuple[PageMark, ...]
    figures: tuple[FigurePlace, ...] = ()


def sentence_places(file: PdfFile, paragraphs: Sequence[ReadParagraph]) -> tuple[SentencePlace, ...]:
    """The places of all sentences found, in order; those left out of the paper, or not found, have none."""
    found: list[tuple[EditableSentence, ReadParagraph, list[Run]]] = []
    stream = _Stream(file)
    for paragraph in paragraphs:
        for sentence, run in _in_paragraph(stream, paragraph):
            if run and sentence.key:
                found.append((sentence, paragraph, run))
    inside = [list(_figures(s, run)) for s, _, run in found]
    boxes = iter(_boxes(file, [*(r for *_, r in found), *(run for own in inside for *_, run in own)]))
    marks = [next(boxes) for _ in found]
    figures = [tuple(FigurePlace(key, text, next(boxes)) for key, text, _ in own) for own in inside]
    return tuple(SentencePlace(s, p, m, f) for (s, p, _), m, f in zip(found, marks, figures, strict=True))


def _figures(sentence: EditableSentence, run: Sequence[Run]) -> Iterator[tuple[str, str, Sequence[Run]]]:
    """The figures of a sentence that stands at ``run``: key, words and where they stand."""
    at = 0
    for words, index in sentence.pieces:
        many = len("".join(words.split()))
        if index is not None and many and at + many <= len(run):
            yield sentence.basis[index][0], words, run[at : at + many]
        at += many


class _Stream:
    """The characters of the pages one after the other, read as far as they are needed."""

    def __init__(self, file: PdfFile) -> None:
        self._file = file
        self._pages = 0
        self._plain = ""
        self._runs: list[Run] = []
        self._at = 0

    def find(self, words: str) -> list[Run]:
        """Where the next ``words`` stand behind what was found last; empty where they do not."""
        wanted = "".join(words.split())
        while True:
            at = self._plain.find(wanted, self._at) if wanted else -1
            if at >= 0:
                self._at = at + len(wanted)
                return self._runs[at : self._at]
            if not wanted or self._pages >= len(self._file.sizes):
                return []
            self._read()

    def _read(self) -> None:
        text, page = self._file.text_of(self._pages), self._pages
        plain = _NUMBER.sub("", text.plain)
        self._plain += plain
        self._runs += [(page, place) for place in text.places[: len(plain)]]
        self._pages += 1


def _in_paragraph(stream: _Stream, paragraph: ReadParagraph) -> list[tuple[EditableSentence, list[Run]]]:
    whole = stream.find(paragraph.text)
    if not whole:  # a character that no font has is drawn as another: what is left is found on its own
        return [(s, stream.find(s.text) if len(s.text) >= _LEAST else []) for s in paragraph.sentences]
    made, at = [], len("".join(paragraph.lead.split()))
    for s in paragraph.sentences:
        many = len("".join(s.text.split()))
        made.append((s, whole[at : at + many]))
        at += many
    return made


def _boxes(file: PdfFile, runs: Sequence[Sequence[Run]]) -> list[tuple[PageMark, ...]]:
    """The marks of every run, page by page."""
    by_page: dict[int, list[tuple[int, list[int]]]] = {}
    for number, run in enumerate(runs):
        for page in dict.fromkeys(p for p, _ in run):
            by_page.setdefault(page, []).append((number, [place for p, place in run if p == page]))
    made: list[list[PageMark]] = [[] for _ in runs]
    for page, ones in sorted(by_page.items()):
        for (number, _), mark in zip(ones, file.marks(page, [places for _, places in ones]), strict=True):
            made[number].append(mark)
    return [tuple(marks) for marks in made]
