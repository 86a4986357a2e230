"""How a city's year goes on, from its own months so far and from what years of other cities look like (docs/rules.md §10.6).

Month by month a city brings its year's end × the month's usual share × what is its own: work put off to the year's second
half or done early, a leap in December, quiet holidays, the luck of each month. Before anything is reported each of these is
known as loosely as cities differ; every month that is reported tells some of all of them, and what they say together of
the months to come is the forecast. All are normal on the scale of logarithms, so that this is plain algebra.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from hydesk.dataclass import dataclass
from hydesk.domain.project_year import MONTHS, ProjectYear

SHARES = (0.041, 0.034, 0.072, 0.079, 0.082, 0.091, 0.082, 0.084, 0.092, 0.094, 0.111, 0.138)
"""What part of a year each month usually brings: half years of 44 to 67.5 % of plans that end at 110 to 169 %."""
END, END_SPREAD = 1.2, 0.155
"""Where a year ends, of its plan, and how far cities differ (of the logarithm, as all spreads here)."""
_LATER, _DECEMBER, _HOLIDAYS, _QUARTERS = 0.38, 0.38, 0.30, 0.18
_WANDER, _WANDER_MONTHS = 0.12, 3.0
"""A city's pace wanders by so much, and comes back in about so many months."""
_LUCK, _FIRST_LUCK = 0.14, 0.30
"""The luck of a month; January's and February's, of which returns tell little."""
_LEAST = 0.002


@dataclass(frozen=True, slots=True)
class CityCourse:
    """The year as it is seen at the end of ``month``: shares of plan that the months brought or are expected to bring."""

    month: int
    paces: tuple[float, ...]
    off: float
    """How far what is still to come may be off, of itself (standard deviation)."""
    end: float

    @classmethod
    def of(cls, listed: Sequence[ProjectYear], month: int) -> CityCourse:
        """What the projects reported by ``month`` tell of the year's course."""
        seen = month_paces(listed, month)
        traits = _traits()
        wanted = [math.log(END * s) for s in SHARES]
        told = [m for m, pace in enumerate(seen) if pace is not None]
        ahead = list(range(month, MONTHS))
        # What the months told and those to come have in common tells of these by those.
        among = [[_common(traits, a, b) for b in told] for a in told]
        missed = [math.log(max(_LEAST, seen[m] or 0.0)) - wanted[m] for m in told]
        weights = [solved(among, [_common(traits, a, b) for b in told]) for a in ahead] if told else [[] for _ in ahead]
        expected = [wanted[a] + sum(w * x for w, x in zip(own, missed, strict=True)) for a, own in zip(ahead, weights, strict=True)]
        spread = [[_common(traits, a, b) - sum(w * _common(traits, t, b) for w, t in zip(own, told, strict=True)) for b in ahead]
                  for a, own in zip(ahead, weights, strict=True)]
        bring = [math.exp(e) for e in expected]
        whole = sum(bring)
        variance = sum(x * y * spread[i][j] for i, x in enumerate(bring) for j, y in enumerate(bring)) / whole**2 if whole else 0.0
        paces = tuple([seen[m] or 0.0 for m in range(month)] + bring)
        return cls(month, paces, math.sqrt(variance), sum(paces))

    def between(self, after: int, to: int = MONTHS) -> float:
        """What the months after ``after`` up to ``to`` bring, of the plan."""
        return sum(self.paces[after:to])


def month_paces(listed: Sequence[ProjectYear], month: int) -> list[float | None]:
    """What each month brought, of the plan of the projects that told it; None where nearly nobody did. A report over
    several months brings each of them an even part."""
    brought, planned = [0.0] * month, [0] * month
    for p in listed:
        if p.annual_plan:
            for at, span, amount in p.steps(month):
                for m in range(at - span, at):
                    brought[m] += amount / span
                    planned[m] += p.annual_plan
    most = max(planned, default=0)
    return [b / n if n * 5 > most else None for b, n in zip(brought, planned, strict=True)]


def _traits() -> list[tuple[float, ...]]:
    """By what and how far cities' years differ, month by month; all but the first leave the year's end where it is."""
    later = [(2 * m - MONTHS + 1) / (MONTHS - 1) for m in range(MONTHS)]
    december = [0.0] * 10 + [0.4, 1.0]
    holidays = [1.0, 1.2] + [0.0] * 10
    quarters = [0.5 if m % 3 == 2 else 0.0 for m in range(MONTHS)]
    quarters[5] = 1.0
    found = [tuple([END_SPREAD] * MONTHS)]
    for shape, spread in ((later, _LATER), (december, _DECEMBER), (holidays, _HOLIDAYS), (quarters, _QUARTERS)):
        middle = sum(x * s for x, s in zip(shape, SHARES, strict=True))
        found.append(tuple(spread * (x - middle) for x in shape))
    return found


def _common(traits: Sequence[Sequence[float]], a: int, b: int) -> float:
    shared = sum(t[a] * t[b] for t in traits) + _WANDER**2 * math.exp(-abs(a - b) / _WANDER_MONTHS)
    return shared + ((_FIRST_LUCK if a < 2 else _LUCK) ** 2 if a == b else 0.0)


def solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """The solution of ``matrix`` × x = ``right`` for a positive definite matrix (Cholesky)."""
    size = len(right)
    low = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i][j] - sum(low[i][k] * low[j][k] for k in range(j))
            low[i][j] = math.sqrt(max(rest, 1e-12)) if i == j else rest / low[j][j]
    half = [0.0] * size
    for i in range(size):
        half[i] = (right[i] - sum(low[i][k] * half[k] for k in range(i))) / low[i][i]
    found = [0.0] * size
    for i in range(size - 1, -1, -1):
        found[i] = (half[i] - sum(low[k][i] * found[k] for k in range(i + 1, size))) / low[i][i]
    return found
