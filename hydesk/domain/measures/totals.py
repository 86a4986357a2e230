"""Sums over a set of projects, each knowing over how many of them it is, and the rates of them (docs/rules.md §3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from operator import attrgetter
from typing import Any

from hydesk.dataclass import dataclass
from hydesk.domain.fields import Field, FieldKind
from hydesk.domain.measures.measured import AsOf, Cover, Measured, measured
from hydesk.domain.measures.own_sums import OwnSum, sum_own
from hydesk.domain.money import Yuan, rate
from hydesk.domain.own_columns import OwnColumn, OwnValue
from hydesk.domain.standing import OTHERS, ProjectStanding

__all__ = ["SUMS", "Share", "Totals", "group_by", "rate", "sum_up", "total", "totals_of"]

_NAMED = ("total_investment", "annual_plan", "month_investment", "year_investment", "total_invested", "funds_arrived",
          "statistics_year")
SUMS = _NAMED + tuple(f.value for f in OTHERS if f.kind is FieldKind.MONEY)
"""The amounts of a project that are summed: those that rules ask for by name, then the others that are shown."""

FLOOR = Decimal("0.5")
"""A rate of money is told only where the projects it is over hold at least this share of the scope's plan."""


def total(amounts: Iterable[Yuan | None]) -> Yuan:
    """The sum of what is known."""
    return sum(a for a in amounts if a is not None)


@dataclass(frozen=True, slots=True)
class Share:
    """A rate of money over the same projects above and below the line: those that have both figures.

    ``amount`` and ``base`` are theirs; ``known`` of ``whole`` projects. ``plan`` of ``whole_plan``: how much of the
    scope's plan they hold; below half of it the rate is not told.
    """

    amount: Yuan
    base: Yuan
    known: int
    whole: int
    plan: Yuan
    whole_plan: Yuan

    @property
    def rate(self) -> Decimal | None:
        """The rate, exact; None where nothing is told or too few tell it."""
        if self.whole_plan and Decimal(self.plan) / self.whole_plan < FLOOR:
            return None
        return rate(self.amount, self.base)

    @property
    def note(self) -> str:
        """101／388个项目报了: said beside the rate, or instead of it, where not all tell it."""
        return "" if self.known == self.whole else f"{self.known}／{self.whole}个项目报了"


_NO_SHARE = Share(*[0] * 6)


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over a set of projects, yuan. ``unknown`` names the sums to which no project has a figure: they are
    nothing known, not nothing done. ``told``: how many projects have each."""

    count: int
    total_investment: Yuan
    annual_plan: Yuan
    month_investment: Yuan
    year_investment: Yuan
    total_invested: Yuan
    funds_arrived: Yuan
    statistics_year: Yuan
    unknown: frozenset[str] = frozenset()
    told: Mapping[str, int] = field(default_factory=dict, compare=False)
    columns: Mapping[str, Sequence[Yuan | None]] = field(default_factory=dict, compare=False, repr=False)
    """What was summed, project by project: a rate of money looks at it once it is asked for."""
    others: Mapping[str, Yuan] = field(default_factory=dict)
    """The sums that no rule asks for by name."""
    held: Sequence[Mapping[int, OwnValue]] = field(default=(), compare=False, repr=False)
    """What each project holds in the office's own columns: summed once it is asked for."""

    @property
    def funds(self) -> Share:
        """资金到位率: 到位资金 over the plan of the projects that tell it."""
        return self._share("funds_arrived", "annual_plan")

    @property
    def statistics(self) -> Share:
        """入统率: 入统投资 over the 年初至今完成 of the projects that have both."""
        return self._share("statistics_year", "year_investment")

    def _share(self, amounts: str, bases: str) -> Share:
        if not self.columns:
            return _NO_SHARE
        told = [(a, b, c or 0) for a, b, c in zip(
            self.columns[amounts], self.columns[bases], self.columns["annual_plan"], strict=True)
            if a is not None and b is not None]
        return Share(sum(a for a, _, _ in told), sum(b for _, b, _ in told), len(told), self.count,
                     sum(c for _, _, c in told), self.annual_plan)

    def own(self, column: OwnColumn) -> OwnSum:
        """The sum of a column of the office's own (docs/rules.md §8.3)."""
        return sum_own(column, self.held)

    def sum(self, name: str) -> Yuan:
        """The sum ``name`` of ``SUMS``, nothing known counted as nothing."""
        amount: Yuan = getattr(self, name) if name in _NAMED else self.others.get(name, 0)
        return amount

    def known(self, name: str) -> Yuan | None:
        """The sum ``name``; None where no project has a figure, which prints as —."""
        return None if name in self.unknown else self.sum(name)

    @property
    def completion(self) -> Decimal | None:
        """投资完成率: 年初至今完成 / 年度计划; None without a plan or without any figure."""
        return rate(self.known("year_investment"), self.annual_plan)

    def measured(self, id: str, at: AsOf | None = None) -> Measured:
        """The sum or rate ``id`` (of ``measures.named``) with its cover, as of ``at``."""
        name, value = _VALUES.get(id, (id, lambda t: t.known(id)))
        note = self.funds.note if id == "funds_rate" else self.statistics.note if id == "statistics_rate" else ""
        known = self.count if name is None else self.told.get(name, self.count)
        return measured(id, value(self), at, Cover(known, self.count), note)


_VALUES: dict[str, tuple[str | None, Callable[[Totals], Yuan | Decimal | None]]] = {
    "count": (None, lambda t: t.count),
    "total_investment": ("total_investment", lambda t: t.known("total_investment")),
    "annual_plan": ("annual_plan", lambda t: t.known("annual_plan")),
    "month_investment": ("month_investment", lambda t: t.known("month_investment")),
    "year_investment": ("year_investment", lambda t: t.known("year_investment")),
    "completion": ("year_investment", lambda t: t.completion),
    "total_invested": ("total_invested", lambda t: t.known("total_invested")),
    "funds": ("funds_arrived", lambda t: t.known("funds_arrived")),
    "funds_rate": ("funds_arrived", lambda t: t.funds.rate),
    "statistics": ("statistics_year", lambda t: t.known("statistics_year")),
    "statistics_rate": ("statistics_year", lambda t: t.statistics.rate),
}
"""By the id of a measure: the sum that says how many projects tell it, and the value."""


def sum_up(projects: Iterable[ProjectStanding]) -> Totals:
    """Totals of ``projects``; what is not known counts as nothing."""
    items = list(projects)
    columns: dict[str, list[Any]] = {name: list(map(attrgetter(name), items)) for name in _NAMED}
    columns |= {name: [p.others.get(Field(name)) for p in items] for name in SUMS[len(_NAMED):]}
    held = {name: [a for a in column if a is not None] for name, column in columns.items()}
    return totals_of(
        len(items), {n: sum(held[n]) for n in SUMS}, frozenset(n for n in SUMS if not held[n]),
        {n: len(held[n]) for n in SUMS}, columns, [p.own for p in items])


def totals_of(
    count: int, sums: Mapping[str, Yuan], unknown: frozenset[str] = frozenset(), told: Mapping[str, int] | None = None,
    columns: Mapping[str, Sequence[Yuan | None]] | None = None, own: Sequence[Mapping[int, OwnValue]] = (),
) -> Totals:
    """Totals of sums that were made elsewhere, by the names of ``SUMS``."""
    s = sums
    return Totals(count, s["total_investment"], s["annual_plan"], s["month_investment"], s["year_investment"],
                  s["total_invested"], s["funds_arrived"], s["statistics_year"], unknown, told or {}, columns or {},
                  {name: s[name] for name in SUMS[len(_NAMED):]}, own)


def group_by(
    projects: Iterable[ProjectStanding], key: Callable[[ProjectStanding], str], order: Sequence[str] = ()
) -> dict[str, list[ProjectStanding]]:
    """Projects by ``key``: first the names of ``order`` that occur, then the others as met."""
    groups: dict[str, list[ProjectStanding]] = {name: [] for name in order}
    for p in projects:
        groups.setdefault(key(p), []).append(p)
    return {name: items for name, items in groups.items() if items}
