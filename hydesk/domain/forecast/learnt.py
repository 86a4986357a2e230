"""What earlier years teach: from a month on, how much of its plan a project like this still did (docs/rules.md §10.2)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from hydesk.dataclass import dataclass
from hydesk.domain.forecast.rows import ForecastRow

HELD, HELD_ALONE = 0.80, 0.835
"""The share of an earlier year's projects that ranges taught by the other years hold. A single year, which can only be
measured with what itself taught, fits itself too well: there a little more is asked for."""
_LEAST_ROWS = 30
_BIN = 60
_MOST_BINS = 12
_KEPT = 500
_RIDGE = 0.02
_TAILS = tuple(0.005 * n for n in range(2, 61))
_MEASURED = 2000
_TINY = 0.004


@dataclass(frozen=True, slots=True)
class Bin:
    """Rows with much the same expectation: what came of them against it."""

    middle: float
    outcomes: tuple[float, ...]
    """Sorted: the rest of the year over the expected rest."""
    mean: float
    variance: float

    def quantile(self, share: float) -> float:
        """The outcome that ``share`` of the rows stay below."""
        held = self.outcomes
        at = share * (len(held) + 1) - 1
        if at <= 0:
            return held[0]
        if at >= len(held) - 1:
            return held[-1]
        low = int(at)
        return held[low] + (at - low) * (held[low + 1] - held[low])


@dataclass(frozen=True, slots=True)
class Learnt:
    """What one month of the earlier years teaches of projects that work, or of those that wait."""

    weights: tuple[float, ...]
    bins: tuple[Bin, ...]
    edges: tuple[float, ...]

    def expected(self, row: ForecastRow) -> float:
        """The rest of the year, of the plan, before what came of such expectations is looked at."""
        return max(_TINY, min(row.room + _TINY, sum(w * x for w, x in zip(self.weights, row.features, strict=True))))

    def bin_of(self, expected: float) -> Bin:
        """The rows that were expected to do about as much."""
        return self.bins[min(bisect_left(self.edges, expected), len(self.bins) - 1)]

    def mean(self, row: ForecastRow) -> tuple[float, float]:
        """The mean rest of the year, of the plan, and its variance: what sums are made of."""
        expected = self.expected(row)
        held = self.bin_of(expected)
        return min(row.room, expected * held.mean), expected * expected * held.variance

    def span(self, row: ForecastRow, tail: float) -> tuple[float, float, float]:
        """Low, middle and high rest of the year, of the plan; ``tail`` is cut off at each end."""
        expected = self.expected(row)
        held = self.bin_of(expected)
        low, middle, high = (expected * held.quantile(q) for q in (tail, 0.5, 1 - tail))
        room = row.room
        return max(0.0, min(low, room)), max(0.0, min(middle, room)), max(0.0, min(high, room))


def learn(rows: Sequence[ForecastRow], rests: Sequence[float]) -> Learnt | None:
    """What ``rows`` of years that are over teach, whose rest of the year was ``rests``; None where they are too few."""
    if len(rows) < _LEAST_ROWS:
        return None
    step = max(1, len(rows) // 6000)
    rows, rests = rows[::step], rests[::step]
    weights = _least_squares([r.features for r in rows], rests)
    bare = Learnt(weights, (), ())
    ordered = sorted(((bare.expected(r), x, r.room) for r, x in zip(rows, rests, strict=True)), key=lambda e: e[0])
    count = max(1, min(_MOST_BINS, len(ordered) // _BIN))
    bins, edges = [], []
    for at in range(count):
        part = ordered[at * len(ordered) // count:(at + 1) * len(ordered) // count]
        bins.append(_bin(part))
        edges.append(part[-1][0])
    return Learnt(weights, tuple(bins), tuple(edges))


def _bin(part: Sequence[tuple[float, float, float]]) -> Bin:
    outcomes = sorted(rest / expected for expected, rest, _ in part)
    whole = sum(e for e, _, _ in part)
    mean = sum(r for _, r, _ in part) / whole
    variance = sum((r - e * mean) ** 2 for e, r, _ in part) / sum(e * e for e, _, _ in part)
    return Bin(whole / len(part), tuple(outcomes[::max(1, len(outcomes) // _KEPT)]), mean, variance)


@dataclass(frozen=True, slots=True)
class Placed:
    """A project of a year that is over, beside what others taught of it: shares of its plan."""

    bin: Bin
    expected: float
    room: float
    came: float


def tail_that_holds(placed: Sequence[Placed], share: float) -> float:
    """The tail by which ranges, cut at what is left of the total and at nought, hold ``share`` of ``placed``."""
    sample = placed[::max(1, len(placed) // _MEASURED)]
    bins = {id(p.bin): p.bin for p in sample}

    def held(tail: float) -> float:
        ends = {key: (b.quantile(tail), b.quantile(1 - tail)) for key, b in bins.items()}
        inside = 0
        for p in sample:
            low, high = ends[id(p.bin)]
            inside += max(0.0, min(p.expected * low, p.room)) - 1e-9 <= p.came <= max(0.0, min(p.expected * high, p.room)) + 1e-9
        return inside / len(sample)

    # The more is cut off the fewer are held: halved like a telephone book.
    first, last = 0, len(_TAILS) - 1
    while last - first > 1:
        at = (first + last) // 2
        first, last = (at, last) if held(_TAILS[at]) >= share else (first, at)
    return min((_TAILS[first], _TAILS[last]), key=lambda tail: abs(held(tail) - share))


def _least_squares(rows: Sequence[Sequence[float]], wanted: Sequence[float]) -> tuple[float, ...]:
    """Weights by least squares, drawn a little to nought so that what never varies does no harm."""
    size = len(rows[0])
    matrix = [[0.0] * size for _ in range(size)]
    right = [0.0] * size
    for x, y in zip(rows, wanted, strict=True):
        for i in range(size):
            xi = x[i]
            if xi:
                right[i] += xi * y
                line = matrix[i]
                for j in range(i, size):
                    line[j] += xi * x[j]
    for i in range(size):
        for j in range(i):
            matrix[i][j] = matrix[j][i]
        if i:
            matrix[i][i] += _RIDGE * len(rows) * 0.05
        else:
            matrix[i][i] += 1e-9
    return _solve(matrix, right)


def _solve(matrix: list[list[float]], right: list[float]) -> tuple[float, ...]:
    size = len(right)
    for i in range(size):
        pivot = max(range(i, size), key=lambda r: abs(matrix[r][i]))
        matrix[i], matrix[pivot], right[i], right[pivot] = matrix[pivot], matrix[i], right[pivot], right[i]
        if abs(matrix[i][i]) < 1e-12:
            matrix[i][i] = 1e-12
        for r in range(i + 1, size):
            factor = matrix[r][i] / matrix[i][i]
            if factor:
                right[r] -= factor * right[i]
                for c in range(i, size):
                    matrix[r][c] -= factor * matrix[i][c]
    found = [0.0] * size
    for i in range(size - 1, -1, -1):
        found[i] = (right[i] - sum(matrix[i][c] * found[c] for c in range(i + 1, size))) / matrix[i][i]
    return tuple(found)
