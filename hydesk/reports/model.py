"""A report as data: every number, sentence and table of it, once. PDF, Word and Excel print the same value.

A number never stands alone as text: it is a ``Figure`` that carries the exact value it was made from, so that
``hydesk.reports.check`` can prove that text, tables and annexes agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from hydesk.domain.periods import Period
from hydesk.reports.form import PartForm, ReportForm
from hydesk.reports.kinds import KINDS, About, Look, ReportKind

__all__ = [
    "About", "Align", "Annex", "Bar", "BarChart", "Block", "Column", "Curve", "CurveChart", "Figure", "Heading", "Look",
    "Masthead", "Paragraph", "Part", "PartForm", "Report", "ReportForm", "ReportKind", "Row", "RowKind", "Section",
    "Sentence", "Show", "State", "Table",
]


class Show(Enum):
    """How a figure is written; the raw value is always in yuan, whole things or an exact rate (1 = 100 %)."""

    COUNT = "count"
    WAN = "wan"
    """万元, two decimals: tables and annexes."""
    YI = "yi"
    """亿元, at most two decimals without trailing zeros: sentences."""
    WAN_TEXT = "wan_text"
    """万元, at most two decimals without trailing zeros: small amounts in sentences."""
    RATE = "rate"
    """A rate in per cent with two decimals, the sign written beside it in sentences and in the head of tables."""
    POINTS = "points"
    """A difference of rates in 个百分点, without a sign: the words say 超 or 欠."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as shown and the exact value behind it. ``key`` says what it is, such as ``all.annual_plan``;
    figures with one key must be equal wherever they stand."""

    text: str
    raw: int | Decimal | None
    show: Show
    key: str = ""


Part = str | Figure


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


class Align(Enum):
    """How a column's cells stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``head`` holds the lines of its name; neighbours with the same ``group`` share a head above theirs.
    ``weight`` above zero makes it a text column that shares the width left over by the others."""

    key: str
    head: tuple[str, ...]
    align: Align = Align.RIGHT
    show: Show | None = None
    weight: float = 0.0
    summed: bool = False
    """Whether subtotals and totals of this column are the sums of its items."""
    ratio: tuple[str, str] | None = None
    """The columns this one is the quotient of: done, plan."""
    group: str = ""
    label: bool = False
    """Whether the cells are labels of the cells beside them, set in 黑体."""

    @property
    def name(self) -> str:
        """The head on one line."""
        return "".join(self.head)


class RowKind(Enum):
    """What a row is."""

    ITEM = "item"
    GROUP = "group"
    """A heading over the items that follow, spanning the table."""
    SUBTOTAL = "subtotal"
    """The sums of the items since the last group or subtotal."""
    TOTAL = "total"
    """The sums of all items of the table."""
    WIDE = "wide"
    """A label and words that span the rest of the table."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row, as many cells as the table has columns; a GROUP row has one cell."""

    cells: tuple[Part, ...]
    kind: RowKind = RowKind.ITEM
    scope: str = ""
    """Whose figures these are (all, unit:衡南县 …); with the column's key it makes the cells' keys."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its title above, the unit at the top right, notes (formula, rule) below."""

    key: str
    title: str
    unit_note: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    place: str = ""
    """Where it stands, in words for messages: 第四部分排名表, 附件1."""
    headless: bool = False
    """Facts rather than a list: no head is printed."""

    def column(self, key: str) -> int | None:
        """The index of the column ``key``."""
        return next((i for i, c in enumerate(self.columns) if c.key == key), None)

    def items(self) -> Iterator[Row]:
        """The rows that are neither groups nor sums."""
        return (r for r in self.rows if r.kind is RowKind.ITEM)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: a rate with its figure as label."""

    label: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class BarChart:
    """Rates, amounts or counts as horizontal bars in order; rates with 时间进度 as a line across."""

    title: str
    bars: tuple[Bar, ...]
    line: Figure | None = None
    line_label: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of a chart; a point is None where nothing is known. ``style`` is solid, dashed or dotted."""

    label: str
    style: str
    points: tuple[Figure | None, ...]


@dataclass(frozen=True, slots=True)
class CurveChart:
    """Amounts over the months of a year."""

    title: str
    ticks: tuple[str, ...]
    curves: tuple[Curve, ...]
    unit: str = "亿元"


Block = Paragraph | Heading | Table | BarChart | CurveChart


@dataclass(frozen=True, slots=True)
class Section:
    """一、总体情况 and the like. An empty heading prints none."""

    heading: str
    blocks: tuple[Block, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """A table after the text, on landscape pages: ``label`` is 附件1."""

    label: str
    table: Table


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands above the title: the issue's name in red, 第N期, the office and the day, who signs."""

    name: str
    issue: str
    office: str
    signer: str
    remark: str = ""
    """A mark at the top right, such as 演示数据."""


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
        return f"{self.masthead.name}（{about}{self.period.label}）"

    def paragraphs(self) -> Iterator[Paragraph]:
        """All paragraphs in order, the opening first."""
        if self.opening is not None:
            yield self.opening
        for section in self.sections:
            yield from (b for b in section.blocks if isinstance(b, Paragraph))

    def tables(self) -> Iterator[Table]:
        """All tables in order, annexes last."""
        for section in self.sections:
            yield from (b for b in section.blocks if isinstance(b, Table))
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
