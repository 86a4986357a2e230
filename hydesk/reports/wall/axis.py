"""Where a day stands: to scale within the window, in order in the zones before and after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from hydesk.dataclass import dataclass
from hydesk.domain.stage_bars import Piece
from hydesk.reports.wall.chart import ChartMark, ChartRow


@dataclass(frozen=True, slots=True)
class Axis:
    """``width`` points for everything; ``before`` and ``after`` of them for the zones outside the window, which may be none."""

    first: date
    last: date
    width: float
    before: float
    after: float

    @property
    def inner(self) -> float:
        """The width of the window."""
        return self.width - self.before - self.after

    def x(self, day: date) -> float:
        """Where a day begins, from the left of the time line; days outside the window at its edges."""
        days = (self.last - self.first).days + 1
        return self.before + self.inner * min(max((day - self.first).days, 0), days) / days

    def inside(self, day: date) -> bool:
        """Whether ``day`` is drawn to scale."""
        return self.first <= day <= self.last

    def months(self) -> Iterator[tuple[date, date]]:
        """The first day of each month of the window, and of the month after it."""
        day = self.first.replace(day=1)
        while day <= self.last:
            following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
            yield max(day, self.first), min(following, self.last + timedelta(1))
            day = following


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A mark with the left edge of its frame and its width, from the left of the time line, and its lane from above."""

    mark: ChartMark
    left: float
    width: float
    lane: int


def place(marks: Sequence[ChartMark], widths: Sequence[float], axis: Axis, gap: float) -> list[PlacedMark]:
    """The marks in lanes, none over another: inside the window centred on their days, outside it in order."""
    free: list[float] = []  # the right edge of what stands in each lane of the window
    placed: list[PlacedMark] = []
    early = [i for i, m in enumerate(marks) if m.day < axis.first]
    late = [i for i, m in enumerate(marks) if m.day > axis.last]
    placed += _in_order(marks, widths, early, 0.0, axis.before, gap)
    placed += _in_order(marks, widths, late, axis.width - axis.after, axis.after, gap)
    for i, mark in enumerate(marks):
        if not axis.inside(mark.day):
            continue
        left = min(max(axis.x(mark.day) - widths[i] / 2, axis.before + 0.3), axis.width - axis.after - widths[i] - 0.3)
        lane = next((n for n, edge in enumerate(free) if edge + gap <= left), len(free))
        free[lane:lane + 1] = [left + widths[i]]
        placed.append(PlacedMark(mark, left, widths[i], lane))
    return placed


def _in_order(marks: Sequence[ChartMark], widths: Sequence[float], wanted: Sequence[int], left: float, room: float, gap: float) -> list[PlacedMark]:
    """One after the other in as many lines as it takes, each read from the left."""
    placed, x, lane = [], left + gap, 0
    for i in wanted:
        if x + widths[i] > left + room and x > left + gap:
            x, lane = left + gap, lane + 1
        placed.append(PlacedMark(marks[i], x, widths[i], lane))
        x += widths[i] + gap
    return placed


def zones(rows: Sequence[ChartRow], widths: Sequence[Sequence[float]], first: date, last: date, gap: float, lanes: int) -> tuple[float, float]:
    """How wide the zones before and after the window must be so that nine rows of ten take no more than ``lanes`` lines there."""
    def needed(outside: Sequence[list[float]]) -> float:
        sums = sorted((sum(w + gap for w in own) + (lanes - 1) * max(own) / 2) / lanes for own in outside if own)
        if not sums:
            return 0.0
        widest = max(w for own in outside for w in own)
        return max(sums[min(len(sums) - 1, len(sums) * 9 // 10)], widest) + 2 * gap

    early = [[w for m, w in zip(r.marks, own, strict=True) if m.day < first] for r, own in zip(rows, widths, strict=True)]
    late = [[w for m, w in zip(r.marks, own, strict=True) if m.day > last] for r, own in zip(rows, widths, strict=True)]
    return needed(early), needed(late)


def shown_pieces(pieces: Sequence[Piece], axis: Axis) -> list[tuple[Piece, float, float]]:
    """The pieces of a row within the window, with where they begin and end."""
    return [(p, left, right) for p in pieces if (left := axis.x(p.begin)) < (right := axis.x(p.end))]
