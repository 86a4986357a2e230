"""What own columns hold of one project that several became, and of several that one became (docs/rules.md §8.6).

What adds up is summed and divided with nothing lost; a share or a mark stands only where all say the same; any other
fact is the first's, or where it has none the next one's. The parts of a project keep its facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from hydesk.domain.lists import divide
from hydesk.domain.own_columns import OwnColumn, OwnKind, OwnValue
from hydesk.domain.periods import Month, Period

Told = Sequence[tuple[Period, OwnValue]]
"""What one project told, period by period."""


def merged_value(column: OwnColumn, values: Sequence[OwnValue]) -> OwnValue | None:
    """What the merged project holds; ``values`` are those of the projects that hold one, the one that stays first."""
    if not values:
        return None
    if column.is_figure and all(isinstance(v, int | Decimal) for v in values):
        if column.adds_up:
            return _total(column, values)
        return values[0] if len(set(values)) == 1 else None
    return values[0]


def merged_told(column: OwnColumn, told: Iterable[Told], year: int) -> Mapping[Period, OwnValue]:
    """As ``merged_value`` at each period of ``year`` at which any of them told something, each with the newest it had
    told then; what was told before the year stands at its January, where a list's would."""
    each = [sorted(own, key=lambda line: line[0].sort_key) for own in told]
    periods = {p for own in each for p, _ in own if p.year == year}
    periods |= {Month(year, 1)} if any(p.year < year for own in each for p, _ in own) else set()
    found: dict[Period, OwnValue] = {}
    for period in sorted(periods, key=lambda p: p.sort_key):
        newest = [held[-1] for own in each if (held := [v for p, v in own if p.sort_key <= period.sort_key])]
        value = merged_value(column, newest)
        if value is not None:
            found[period] = value
    return found


def shared_value(column: OwnColumn, value: OwnValue, weights: Sequence[int]) -> list[OwnValue]:
    """What each part holds; ``weights`` are their total investments. Whole numbers stay whole."""
    if not column.adds_up or not isinstance(value, int | Decimal):
        return [value] * len(weights)
    if column.kind.base is OwnKind.MONEY:
        return list(divide(int(value), weights))
    exponent = Decimal(value).as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return [Decimal(part).scaleb(-places) for part in divide(int(Decimal(value).scaleb(places)), weights)]


def _total(column: OwnColumn, values: Sequence[OwnValue]) -> OwnValue:
    figures = [v for v in values if isinstance(v, int | Decimal)]
    if column.kind.base is OwnKind.MONEY:
        return sum(int(v) for v in figures)
    return sum((Decimal(v) for v in figures), Decimal(0))
