"""数据可信度: per unit and year how far its figures gave no cause to ask, with what took from it (docs/rules.md §9.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.domain.doubts.doubt import Doubt, DoubtKind
from hydesk.domain.doubts.find import together

FULL = Decimal(100)
STRONG_COSTS, WEAK_COSTS = Decimal(10), Decimal(2)
"""What a question of a unit's month takes from its measure while it is open."""
MOST_A_MONTH = Decimal(30)
"""No month takes more, however much it holds."""


@dataclass(frozen=True, slots=True)
class Trust:
    """A unit's measure for the year up to a month: 100 less what its open doubts took, a month's standing ones once.

    ``strong`` and ``weak`` count the questions, ``kinds`` the commonest first.
    """

    unit: str
    score: Decimal
    first: int
    month: int
    strong: int
    weak: int
    kinds: tuple[DoubtKind, ...]

    @property
    def words(self) -> str:
        """数据可信度74分：1—6月有重点核实3处、顺带核实2处（多个项目同一完成率、单月猛增），未说明."""
        if not self.strong and not self.weak:
            return f"数据可信度{self.score:f}分：{_span(self.first, self.month)}没有待核实的数"
        parts = [f"{word}{n}处" for word, n in (("重点核实", self.strong), ("顺带核实", self.weak)) if n]
        return f"数据可信度{self.score:f}分：{_span(self.first, self.month)}有{'、'.join(parts)}（{'、'.join(k.label for k in self.kinds[:3])}）未说明"


def _span(first: int, month: int) -> str:
    return f"{month}月" if first == month else f"{first}—{month}月"


def trust_of(units: Iterable[str], by_month: Mapping[int, Sequence[Doubt]]) -> tuple[Trust, ...]:
    """The measure of each of ``units`` over the months of ``by_month``, which holds the doubts open in each of them."""
    seen: set[tuple[DoubtKind, str, tuple[int, ...]]] = set()
    taken: dict[str, Decimal] = {}
    counts: dict[str, list[int]] = {}
    kinds: dict[str, dict[DoubtKind, int]] = {}
    for month in sorted(by_month):
        costs: dict[str, Decimal] = {}
        for d in together(by_month[month]):
            key = (d.kind, d.unit, d.projects)
            if key in seen:
                continue
            seen.add(key)
            costs[d.unit] = costs.get(d.unit, Decimal(0)) + (STRONG_COSTS if d.strong else WEAK_COSTS)
            counts.setdefault(d.unit, [0, 0])[0 if d.strong else 1] += 1
            own = kinds.setdefault(d.unit, {})
            own[d.kind] = own.get(d.kind, 0) + 1
        for unit, cost in costs.items():
            taken[unit] = taken.get(unit, Decimal(0)) + min(MOST_A_MONTH, cost)
    first, last = min(by_month, default=1), max(by_month, default=1)
    found_of = []
    for u in dict.fromkeys(units):
        strong, weak = counts.get(u, [0, 0])
        commonest = tuple(sorted(kinds.get(u, {}), key=lambda k: -kinds[u][k]))
        found_of.append(Trust(u, max(Decimal(0), FULL - taken.get(u, Decimal(0))), first, last, strong, weak, commonest))
    return tuple(found_of)
