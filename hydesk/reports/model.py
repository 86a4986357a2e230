"""A report as data: every number, sentence and table of it, once. PDF, Word and Excel print the same value.

A number never stands alone as text: it is a ``Figure`` that carries the exact value it was made from, so that
``hydesk.reports.check`` can prove that text, tables and annexes agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from datetime import date
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.periods import Period
from hydesk.reports.figures import Figure
from hydesk.reports.grid import PrintTable
from hydesk.reports.kinds import KINDS, Look, Manner, ReportKind
from hydesk.reports.photos import PhotoRow
from hydesk.reports.pictures import BarChart, CurveChart
from hydesk.reports.prose import Heading, Paragraph

Block = Paragraph | Heading | PrintTable | BarChart | CurveChart | PhotoRow


@dataclass(frozen=True, slots=True)
class Section:
    """一、总体情况 and the like. An empty heading prints none."""

    heading: str
    blocks: tuple[Block, ...]
    key: str = ""
    run_in: bool = False
    """Whether the heading stands before its first sentence, on the same line."""

    @property
    def leads(self) -> bool:
        """Whether its heading is printed at the beginning of its first paragraph."""
        return self.run_in and bool(self.blocks) and isinstance(self.blocks[0], Paragraph)


@dataclass(frozen=True, slots=True)
class Annex:
    """A table after the text, on landscape pages: ``label`` is 附件1."""

    label: str
    table: PrintTable


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands above the title: the issue's name in red, 第N期, the office and the day, who signs."""

    name: str
    issue: str
    office: str
    signer: str
    remark: str = ""
    """A mark at the top right, such as 演示数据."""
    upward: bool = False
    """Whether it goes up, and so names its signer."""
    editor: str = ""
    """Who edits a 简报."""


class Extent(Enum):
    """What of a report a value is: all of it, its text alone, or one annex alone."""

    WHOLE = "whole"
    BODY = "body"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class Report:
    """All of a report. ``as_of`` is the newest month whose amounts it shows; None where there are none."""

    kind: ReportKind
    period: Period
    as_of: Period | None
    issued: date
    title_lines: tuple[str, ...]
    """The title, with the places where it may be broken over lines."""
    masthead: Masthead
    opening: Paragraph | None
    sections: tuple[Section, ...]
    annexes: tuple[Annex, ...]
    cc: tuple[str, ...] = ()
    printed_by: str = ""
    subject: str = ""
    """The unit or project it is about, where it is about one."""
    to: str = ""
    """主送, where it goes to somebody."""
    rules: tuple[str, ...] = ()
    """The rules in force when it was made, in words; kept with the archived report."""
    standing: str = ""
    """As of when its figures are, over how many projects, who is missing: one line, no full stop."""
    lacking: bool = False
    """Whether units are missing: nobody, or not everybody, has reported for the period asked for."""
    scope: str = ""
    """Over which projects it is, in words; empty for all."""
    left_out: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """Parts and sentences that were asked for and not written because data lack, each with why; and numbers that an office typed
    into its own sentences. Not printed."""
    behind: tuple[tuple[str, tuple[int, ...]], ...] = field(default=(), compare=False, repr=False)
    """The projects behind figures, by the figures' keys, where a sentence does not name its scope in its key alone."""
    manner: Manner = Manner.OFFICIAL
    """公文 or 简报."""
    apart: bool = False
    """Whether its annexes usually go as files of their own."""
    extent: Extent = Extent.WHOLE
    listed: tuple[str, ...] = ()
    """The names of the annexes that go as files of their own, where this is the text alone."""
    stem: str = ""
    """What its files are called, before subject and period; empty in reports archived before it was told: the name in red."""
    seal: str = field(default="", compare=False)
    """The ledger's seal before it was issued, in the PDF's keywords; it says nothing of what the report says."""

    @property
    def look(self) -> Look:
        """How it is set."""
        return KINDS[self.kind].look

    @property
    def title(self) -> str:
        """The title on one line."""
        return "".join(self.title_lines)

    @property
    def file_stem(self) -> str:
        """The name of its files without the ending: 衡阳市重点建设项目月度通报（2023年6月）."""
        about = f"{self.subject}，" if self.subject else ""
        whole = f"{self.stem or self.masthead.name}（{about}{self.period_label}{'，部分项目' if self.scope else ''}）"
        if self.extent is not Extent.ANNEX or not self.annexes:
            return whole
        return f"{whole}{self.annexes[0].label.removeprefix(self.masthead.issue)} {self.annexes[0].table.title.partition('（')[0]}"

    @property
    def period_label(self) -> str:
        """What it is of: 2023年6月, 2023年第26周, 2023年上半年."""
        stretch = KINDS[self.kind].stretch
        return self.period.label if stretch is None else stretch.label(self.period.last_month)

    @property
    def annex_titles(self) -> tuple[str, ...]:
        """What 附件说明 lists: the annexes, bound in or not."""
        return self.listed or tuple(a.table.title for a in self.annexes)

    @property
    def body(self) -> Report:
        """The text alone, which lists its annexes."""
        return replace(self, annexes=(), listed=self.annex_titles, extent=Extent.BODY) if self.annexes else self

    @property
    def annexes_apart(self) -> tuple[Report, ...]:
        """Each annex alone. What is not bound with the text says of which paper it is (GB/T 9704-2012, 7.3.6): 第6期附件1."""
        return tuple(
            replace(self, opening=None, sections=(), annexes=(replace(a, label=f"{self.masthead.issue}{a.label}"),), extent=Extent.ANNEX)
            for a in self.annexes)

    def paragraphs(self) -> Iterator[Paragraph]:
        """All paragraphs in order, the opening first."""
        if self.opening is not None:
            yield self.opening
        for section in self.sections:
            yield from (b for b in section.blocks if isinstance(b, Paragraph))

    def tables(self) -> Iterator[PrintTable]:
        """All tables in order, annexes last."""
        for section in self.sections:
            yield from (b for b in section.blocks if isinstance(b, PrintTable))
        yield from (a.table for a in self.annexes)

    def figures(self) -> Iterator[Figure]:
        """Every figure that is shown anywhere."""
        for paragraph in self.paragraphs():
            for sentence in paragraph.sentences:
                yield from (p for p in sentence.parts if isinstance(p, Figure))
        for table in self.tables():
            for row in table.rows:
                yield from (c for c in row.cells if isinstance(c, Figure))
        for block in (b for section in self.sections for b in section.blocks):
            if isinstance(block, BarChart):
                yield from (b.figure for b in block.bars)
                if block.line is not None:
                    yield block.line
            elif isinstance(block, CurveChart):
                yield from (p for c in block.curves for p in c.points if p is not None)
