"""What the office may set about doubts, tried over past months before it is taken (docs/rules.md §9.2)."""

from __future__ import annotations

from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.domain.doubts.doubt import DoubtKind
from hydesk.domain.money import Yuan

SHOWN = 7
"""How many doubts of a period a page shows before the rest is asked for."""


@dataclass(frozen=True, slots=True)
class DoubtRules:
    """The limits of all kinds. Shares are of one (0.25 = 25 %); amounts in yuan."""

    off: frozenset[DoubtKind] = frozenset()
    """Kinds that are not asked about."""
    least: Yuan = 1_000_000
    """Amounts below are never doubted by themselves."""
    unstarted_share: Decimal = Decimal("0.15")
    """Of the year's plan, reported without a start: from here on it is doubted, strongly from twice as much."""
    leap_times: Decimal = Decimal(4)
    """A month is so many times the usual one at least; strongly from half as much again."""
    leap_share: Decimal = Decimal("0.25")
    """…and such a part of the year's plan at least."""
    alike: int = 4
    """So many projects of one unit at least must be alike; strongly from one more and a quarter of the unit's."""
    below: Decimal = Decimal("0.5")
    """入统 or 到位 of a project, over what is usual for its unit: below this part it is doubted, strongly below 0.7 of that."""
    ground_share: Decimal = Decimal("0.25")
    """Of the total investment, while the words tell of levelling or paperwork: from here on it is doubted."""


USUAL = DoubtRules()
