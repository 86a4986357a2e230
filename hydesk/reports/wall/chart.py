"""What a wall chart shows, as data: rows with their marks and bars under headings. It knows nothing of paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.stage_bars import Piece


class MarkKind(Enum):
    """What a mark on the time line says. Each has a frame of its own, so that it is told apart without colour."""

    DONE = "done"
    DONE_LATE = "done_late"
    PLANNED = "planned"
    FORECAST = "forecast"
    OVERDUE = "overdue"
    PROBLEM = "problem"
    PROBLEM_LATE = "problem_late"

    @property
    def late(self) -> bool:
        """Whether somebody must see it at once; its words end in an exclamation mark."""
        return self in (MarkKind.OVERDUE, MarkKind.PROBLEM_LATE)


class Density(Enum):
    """How much stands on a sheet."""

    FULL = "full"
    """Marks in whole words."""
    SHORT = "short"
    """Marks of one character."""
    DENSE = "dense"
    """Marks of one character, lines and lanes close, rows in the words that they have for it: a whole city on one sheet."""


@dataclass(frozen=True, slots=True)
class ChartMark:
    """A day of a row: what it is in full and in short."""

    day: date
    kind: MarkKind
    words: str
    short: str

    def said(self, full: bool) -> str:
        """The words drawn in the mark."""
        return (self.words if full else self.short) + ("!" if self.kind.late else "")


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A project or a node: what stands beside its time line, and what stands on it."""

    cells: tuple[str, ...]
    marks: tuple[ChartMark, ...] = ()
    pieces: tuple[Piece, ...] = ()
    planned: tuple[tuple[date, date], ...] = ()
    """From when to when its stages were first planned; drawn under the bar."""
    plans: tuple[date, ...] = ()
    """The first planned days of its nodes: ticks on the line of the first plan."""
    moved: tuple[date, ...] = ()
    """Plans that were set and later changed, but for the first of each node."""
    close: tuple[str, ...] = ()
    """Its words where rows stand close, by ``WallChart.close``."""

    def words_in(self, density: Density) -> tuple[str, ...]:
        """What stands beside its time line."""
        return self.close if density is Density.DENSE else self.cells


@dataclass(frozen=True, slots=True)
class ChartGroup:
    """Rows under a heading; one without words has none."""

    heading: str
    rows: tuple[ChartRow, ...]


@dataclass(frozen=True, slots=True)
class ChartColumn:
    """A column of words beside the time line: ``chars`` wide where there is room, never under ``least``."""

    head: str
    chars: float
    least: float
    right: bool = False
    """Whether it stands at the right of the time line."""
    bold: bool = False
    centred: bool = False
    weight: float = 0.0
    """Its share of the room that is to spare."""


@dataclass(frozen=True, slots=True)
class WallChart:
    """A chart as it is wanted; ``first`` and ``last`` are the days drawn to scale, what lies outside stands beside them in order."""

    title: str
    subtitle: str
    on: date
    first: date
    last: date
    columns: tuple[ChartColumn, ...]
    groups: tuple[ChartGroup, ...]
    counts: tuple[tuple[str, str], ...] = ()
    """Labels with their figures, printed large."""
    remark: str = ""
    foot: str = ""
    notes: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    """What the short words of marks stand for."""
    close: tuple[ChartColumn, ...] = ()
    """The columns where rows stand close; none where that is no way to set the chart."""

    def columns_in(self, density: Density) -> tuple[ChartColumn, ...]:
        """The columns beside the time line."""
        return self.close if density is Density.DENSE else self.columns

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(len(g.rows) for g in self.groups)


def short_names(names: Sequence[str]) -> dict[str, str]:
    """One character for each name that no other has: the telling one where it is known, else its own first that is free.

    Where a name has no free character it gets two, at last a number.
    """
    short: dict[str, str] = {}
    for name in names:
        told = _TELLING.get(name, "")
        wanted = [told, *name, *(name[i:i + 2] for i in range(len(name) - 1)), *(str(n) for n in range(1, len(names) + 1))]
        short[name] = next(w for w in wanted if w.strip() and w not in short.values() and (w == told or w not in _PROBLEM))
    return short


_PROBLEM = "问"
_TELLING = {"立项": "立", "用地": "地", "规划许可": "规", "环评": "环", "可研": "研", "初设": "设", "施工许可": "证", "开工": "开",
            "主体封顶": "顶", "设备安装": "装", "竣工": "竣", "投产": "投", "达产": "达", "入统": "统"}
PROBLEM_WORDS, PROBLEM_SHORT = "问题", _PROBLEM
