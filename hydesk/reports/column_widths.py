"""How wide the columns of a table are on paper: figures whole, words shared so that the rows come out low."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from hydesk.dataclass import dataclass
from hydesk.reports.figures import Part
from hydesk.reports.fonts import FontSet, Role
from hydesk.reports.grid import PrintRowKind, PrintTable

PAD = 2.0
"""Between a cell's border and its words, in points."""
FIGURE_PAD = 3.0
"""Between a figure and the rules beside it, in points: a sum in heavier type must not touch them."""
_WIDEST_PAD = 9.0
"""How far figures stand from the rule at their right where there is room to spare."""
_LEADING = 1.2
_NARROW = 7.6
"""The widest a column of words without weight grows, in characters."""
LEAST = 8.0
"""The narrowest a weighted column may become before the type is made smaller, in characters."""
_SMALLEST = 6.5
_LOOKED_AT = 400
"""So many rows are enough to tell which share of the width keeps a table low."""
_STEPS = (0.32, 0.2, 0.12, 0.06)
"""By which parts of the spare width the shares are tried."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's columns as laid out: the type size and the width of each column, in points."""

    size: float
    widths: tuple[float, ...]
    pads: tuple[float, ...] = ()
    """Between the words of each column and its rules."""

    def pad(self, index: int) -> float:
        """Of the column ``index``."""
        return self.pads[index] if self.pads else PAD

    @property
    def leading(self) -> float:
        """From baseline to baseline within a cell."""
        return self.size * _LEADING

def words(part: Part) -> str:
    """A cell as read."""
    return part if isinstance(part, str) else part.text


def face_of(kind: PrintRowKind) -> Role:
    return Role.SONG if kind in (PrintRowKind.ITEM, PrintRowKind.WIDE) else Role.HEI


def _natural(fonts: FontSet, table: PrintTable, index: int) -> float:
    """The width column ``index`` wants at size 1, without padding."""
    column = table.columns[index]
    head = max(fonts.width(Role.HEI, text) for text in column.head)
    whole = (PrintRowKind.GROUP, PrintRowKind.WIDE) if index else (PrintRowKind.GROUP,)
    body = max(
        (fonts.width(Role.HEI if column.label else face_of(r.kind), words(r.cells[index]))
         for r in table.rows if r.kind not in whole),
        default=0.0,
    )
    return max(head, body if column.show is not None else min(body, _NARROW))


@dataclass(frozen=True, slots=True)
class Needs:
    """What the columns ask for at size 1: figures and short words their width, long words the width of each row's."""

    natural: tuple[float, ...]
    rows: tuple[tuple[float, ...], ...]
    """Of some of the rows, for the columns with weight; none where they keep to their weights."""
    heads: tuple[float, ...]
    """The heads of the columns with weight."""
    part: float
    """How many rows of the table stand behind each of them."""


def needs_of(fonts: FontSet, table: PrintTable) -> Needs:
    """What ``table`` asks for. A table of facts keeps to its weights: its columns stand under each other."""
    natural = tuple(0.0 if c.weight else _natural(fonts, table, i) for i, c in enumerate(table.columns))
    weighted = [i for i, c in enumerate(table.columns) if c.weight]
    items = [r for r in table.rows if r.kind is PrintRowKind.ITEM]
    if table.headless or not weighted or not items:
        return Needs(natural, (), (), 0.0)
    some = items[:: max(len(items) // _LOOKED_AT, 1)]
    # A line is rarely filled to its end: words and figures that stay whole take room.
    rows = tuple(tuple(fonts.width(Role.SONG, words(r.cells[i])) * _FILL for i in weighted) for r in some)
    heads = tuple(max(fonts.width(Role.HEI, text) for text in table.columns[i].head) for i in weighted)
    return Needs(natural, rows, heads, len(items) / len(some))


def measure(fonts: FontSet, table: PrintTable, width: float, size: float, needs: Needs | None = None,
            least: float = LEAST) -> Grid:
    """Widths that fill ``width``: figures get what they need, words share the rest; the type shrinks if it must, while a
    column of words would be narrower than ``least`` characters."""
    needs = needs or needs_of(fonts, table)
    weights = [c.weight for c in table.columns if c.weight]
    pads = [FIGURE_PAD if c.show is not None else PAD for c in table.columns]
    while True:
        fixed = [n * size + 2 * pad if n else 0.0 for n, pad in zip(needs.natural, pads, strict=True)]
        spare = width - sum(fixed)
        if spare >= len(weights) * (least * size + 2 * PAD) or size <= _SMALLEST:
            break
        size -= 0.5
    if weights and spare > 0:
        shared = share_out(needs, weights, spare, size)
        # Words that need less than they were given leave the rest to all columns alike.
        most = [max(column, default=0.0) * size + 2 * PAD for column in zip(*needs.rows, strict=True)] if needs.rows else []
        over = sum(shared) - sum(most) if most and all(m <= s for m, s in zip(most, shared, strict=True)) else 0.0
        each = over / len(table.columns)
        shares = iter(most if each > 0 else shared)
        widths = [(next(shares) if c.weight else fixed[i]) + max(each, 0.0) for i, c in enumerate(table.columns)]
        pads = [min(pad + max(each, 0.0) / 2, _WIDEST_PAD) if c.show is not None else pad for pad, c in zip(pads, table.columns, strict=True)]
    else:
        scale = width / (sum(fixed) or 1.0)
        widths = [w * scale for w in fixed]
    return Grid(size, tuple(widths), tuple(pads))


def measure_dense(fonts: FontSet, table: PrintTable, width: float, room: float, sizes: tuple[float, float]) -> Grid:
    """As ``measure`` in the larger of ``sizes`` where the table then fits into ``room``, or is hardly longer than in
    the smaller one."""
    needs = needs_of(fonts, table)
    large, small = (measure(fonts, table, width, size, needs) for size in sizes)
    height = _height(needs, table, large)
    return large if height <= room or height < _HARDLY * _height(needs, table, small) else small


_HARDLY = 1.2


def _height(needs: Needs, table: PrintTable, grid: Grid) -> float:
    """About how high the rows are."""
    lines = _lines([tuple(w * grid.size for w in row) for row in needs.rows],
                   [w for w, c in zip(grid.widths, table.columns, strict=True) if c.weight]) * needs.part
    return lines * grid.leading + len(table.rows) * 2 * PAD


def share_out(needs: Needs, weights: Sequence[float], spare: float, size: float) -> list[float]:
    """``spare`` points among the columns with weight: by weight, then moved about while that makes the table lower."""
    shares = [spare * weight / sum(weights) for weight in weights]
    wanted = [tuple(w * size for w in row) for row in needs.rows]
    # No column gives up room that its words need, nor keeps what they do not.
    least = [max(head * size, min(max(column), LEAST * size)) + 2 * PAD
             for head, column in zip(needs.heads, zip(*wanted, strict=True), strict=False)]
    best = _cost(wanted, shares)
    for step in _STEPS if wanted and len(shares) > 1 else ():
        better = True
        while better:
            better = False
            for give, take in permutations(range(len(shares)), 2):
                moved = list(shares)
                moved[give] -= spare * step
                moved[take] += spare * step
                if moved[give] >= least[give] and (found := _cost(wanted, moved)) < best - 1e-9:
                    shares, best, better = moved, found, True
    return shares


_FILL = 1.03


def _cost(wanted: Sequence[tuple[float, ...]], shares: Sequence[float]) -> float:
    """How high the rows come out, and a little for how nearly they would come out higher: that leads past places where
    a small step alone gains no line."""
    rooms = [share - 2 * PAD for share in shares]
    filled = [max(w / room for w, room in zip(row, rooms, strict=True)) for row in wanted]
    return sum(map(int, filled)) + _NEARLY * sum(filled)


_NEARLY = 0.3


def _lines(wanted: Sequence[tuple[float, ...]], shares: Sequence[float]) -> int:
    """How many lines the rows take."""
    rooms = [share - 2 * PAD for share in shares]
    return sum(max(int(w / room) + 1 for w, room in zip(row, rooms, strict=True)) for row in wanted)
