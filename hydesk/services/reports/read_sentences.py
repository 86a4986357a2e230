"""A report's sentences for whoever edits them, and what is better looked at before it is issued."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hydesk.dataclass import dataclass
from hydesk.reports.bound import BoundText, joined
from hydesk.reports.figures import Figure
from hydesk.reports.grid import PrintTable
from hydesk.reports.meanings import measure_of
from hydesk.reports.model import Report
from hydesk.reports.prose import Paragraph, Sentence, State
from hydesk.reports.texts import editable, stale_sentences, unknown_numbers

__all__ = ["BoundText", "EditableSentence", "ReadParagraph", "State", "joined", "read_paragraphs", "read_pieces", "read_sentences", "remarks"]


@dataclass(frozen=True, slots=True)
class SentenceFigure:
    """A figure of a sentence: as written, its key, its measure in words, the codes of the projects behind it where the sentence
    is one of notices."""

    text: str
    key: str
    meaning: str
    projects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EditableSentence:
    """One sentence. ``automatic`` is what the program writes from the figures now; ``text`` what is printed."""

    heading: str
    key: str
    text: str
    automatic: str
    state: State
    basis: tuple[tuple[str, str], ...]
    figures: tuple[SentenceFigure, ...] = ()
    pieces: tuple[tuple[str, int | None], ...] = ()
    """Its words and numbers in order, each number with the figure of the basis it is bound to."""


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A paragraph as printed: the words before its first sentence, and its sentences in order."""

    lead: str
    sentences: tuple[EditableSentence, ...]

    @property
    def text(self) -> str:
        """As read."""
        return self.lead + "".join(s.text for s in self.sentences)


def figures_in(sentence: Sentence, behind: Mapping[str, tuple[str, ...]]) -> Iterator[SentenceFigure]:
    """The figures of ``sentence``; ``behind``: the codes of projects by the keys of figures."""
    for figure in (p for p in sentence.parts if isinstance(p, Figure)):
        measure = measure_of(figure)
        yield SentenceFigure(figure.text, figure.key, measure.words if measure else "", behind.get(figure.key, ()))


def read_sentences(report: Report, codes: Mapping[int, str] | None = None) -> list[EditableSentence]:
    """All sentences that can be edited, in order; with ``codes`` of projects by id also which stand behind their figures."""
    behind = {key: tuple(codes[i] for i in ids if i in codes) for key, ids in report.behind} if codes else {}
    return [_sentence(e.heading, e.sentence, behind) for e in editable(report)]


def read_paragraphs(report: Report) -> list[ReadParagraph]:
    """All paragraphs with a sentence that can be edited, in order; sentences without a key cannot."""
    headings = {e.sentence.key: e.heading for e in editable(report)}
    return [ReadParagraph(p.lead, tuple(_sentence(headings.get(s.key, ""), s) for s in p.sentences))
            for p in report.paragraphs() if any(s.key for s in p.sentences)]


def _sentence(heading: str, own: Sentence, behind: Mapping[str, tuple[str, ...]] | None = None) -> EditableSentence:
    return EditableSentence(heading, own.key, own.text, own.automatic or own.text, own.state, own.basis,
                            tuple(figures_in(own, behind or {})), tuple(_pieces(own)))


def _pieces(own: Sentence) -> Iterator[tuple[str, int | None]]:
    """The parts of ``own``, its figures told by their places in the basis; figures that read the same are one as good as the other."""
    free = list(range(len(own.basis)))
    for part in own.parts:
        if isinstance(part, str):
            yield part, None
            continue
        index = next((i for i in free if own.basis[i] == (part.key, part.text)), None)
        if index is not None:
            free.remove(index)
        yield part.text, index


def read_pieces(report: Report) -> dict[str, list[tuple[str, str]]]:
    """By the key of a part its sentences and tables, each with its key and its words, so that they can be left out one by one."""
    found: dict[str, list[tuple[str, str]]] = {}
    for section in report.sections:
        own = found.setdefault(section.key, [])
        for block in section.blocks:
            if isinstance(block, Paragraph):
                own += [(s.key, s.text) for s in block.sentences if s.key]
            elif isinstance(block, PrintTable):
                own.append((block.key, f"表：{block.title or block.place}"))
    return found


def remarks(report: Report) -> tuple[str, ...]:
    """What a person should look at: sentences on old figures, numbers that stand nowhere in the report, sentences that were
    asked for and stayed out because data lack."""
    found = [f"“{e.heading}”有一句改过的文字，依据的数字后来变了" for e in stale_sentences(report)]
    unknown = unknown_numbers(report)
    if unknown:
        found.append(f"改过的文字里有报告中查不到的数：{'、'.join(dict.fromkeys(unknown))}")
    return (*found, *report.left_out)
