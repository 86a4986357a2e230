"""The words of a report: sentences of words and figures, paragraphs, headings, and who wrote each."""

from __future__ import annotations

from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.reports.figures import Part


class State(Enum):
    """Who wrote a sentence."""

    WRITTEN = "written"
    """The program, from the figures."""
    EDITED = "edited"
    """A person; the figures are still those it was written on."""
    STALE = "stale"
    """A person, and its figures have changed since; the words around them would be the same."""
    REWORDED = "reworded"
    """A person, and the program would now say it in other words: 欠 instead of 超, another county ahead."""


WORDS = "#words"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (or clause) of words and figures. ``key`` names it in every report of its kind; what a person wrote
    in its place keeps the automatic words in ``automatic``."""

    parts: tuple[Part, ...]
    key: str = ""
    state: State = State.WRITTEN
    automatic: str = ""
    basis: tuple[tuple[str, str], ...] = ()
    """What it is made of: key and text of each figure, then the words around them under the key ``WORDS``."""

    @property
    def text(self) -> str:
        """As read."""
        return "".join(p if isinstance(p, str) else p.text for p in self.parts)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body; ``lead`` is set in 楷体 before the sentences, as （一）… is."""

    sentences: tuple[Sentence, ...]
    lead: str = ""

    @property
    def text(self) -> str:
        """As read, lead included."""
        return self.lead + "".join(s.text for s in self.sentences)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section: level 2 is （一）, level 3 is 1."""

    text: str
    level: int = 2
