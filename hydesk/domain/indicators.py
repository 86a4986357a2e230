"""The office's indicators: completion rates, sums and ranking, with lamps and starts beside them (domain rules, §4).

Rates are exact decimals (1 = 100 %) and are rounded once, when printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from hydesk.domain.lamps import Lamp, LampMode, LampRule, lamp
from hydesk.domain.meaning import Meaning
from hydesk.domain.money import Yuan, rate
from hydesk.domain.standing import ProjectStanding
from hydesk.domain.starts import Starts

__all__ = [
    "Lamp", "LampMode", "LampRule", "Meaning", "Ranked", "Starts", "Totals", "group_by", "lamp", "rank", "rate",
    "sum_up", "total", "totals_of",
]


def total(amounts: Iterable[Yuan | None]) -> Yuan:
    """The sum of what is known."""
    return sum(a for a in amounts if a is not None)


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over a set of projects, yuan. ``unknown`` names the sums to which no project has a figure: they are
    nothing known, not nothing done."""

    count: int
    total_investment: Yuan
    annual_plan: Yuan
    month_investment: Yuan
    year_investment: Yuan
    total_invested: Yuan
    funds_arrived: Yuan
    statistics_year: Yuan
    unknown: frozenset[str] = frozenset()

    def known(self, name: str) -> Yuan | None:
        """The sum ``name``; None where no project has a figure, which prints as —."""
        amount: Yuan = getattr(self, name)
        return None if name in self.unknown else amount

    @property
    def completion(self) -> Decimal | None:
        """投资完成率: 年初至今完成 / 年度计划; None without a plan or without any figure."""
        return rate(self.known("year_investment"), self.annual_plan)


SUMS = ("total_investment", "annual_plan", "month_investment", "year_investment", "total_invested", "funds_arrived",
        "statistics_year")
"""The amounts of a project that are summed."""


def sum_up(projects: Iterable[ProjectStanding]) -> Totals:
    """Totals of ``projects``; what is not known counts as nothing."""
    items = list(projects)
    held = {name: [a for a in map(attrgetter(name), items) if a is not None] for name in SUMS}
    return totals_of(len(items), {n: sum(held[n]) for n in SUMS}, frozenset(n for n in SUMS if not held[n]))


def totals_of(count: int, sums: Mapping[str, Yuan], unknown: frozenset[str] = frozenset()) -> Totals:
    """Totals of sums that were made elsewhere, by the names of ``SUMS``."""
    s = sums
    return Totals(count, s["total_investment"], s["annual_plan"], s["month_investment"], s["year_investment"],
                  s["total_invested"], s["funds_arrived"], s["statistics_year"], unknown)


@dataclass(frozen=True, slots=True)
class Ranked:
    """One line of a ranking. ``place`` is None for those with no plan or no figures, who are listed but not ranked."""

    name: str
    totals: Totals
    place: int | None

    @property
    def completion(self) -> Decimal | None:
        """投资完成率 of the group."""
        return self.totals.completion


def group_by(
    projects: Iterable[ProjectStanding], key: Callable[[ProjectStanding], str], order: Sequence[str] = ()
) -> dict[str, list[ProjectStanding]]:
    """Projects by ``key``: first the names of ``order`` that occur, then the others as met."""
    groups: dict[str, list[ProjectStanding]] = {name: [] for name in order}
    for p in projects:
        groups.setdefault(key(p), []).append(p)
    return {name: items for name, items in groups.items() if items}


def rank(groups: Iterable[tuple[str, Totals]]) -> list[Ranked]:
    """By annual completion rate, ties by amount done; those with no plan, or of whom no figure is known, last and
    unranked (domain rules, §4).

    Groups equal in both rate and amount share a place.
    """
    items = list(groups)
    planned = [(n, t) for n, t in items if t.completion is not None]
    planned.sort(key=lambda x: (x[1].completion or Decimal(0), x[1].year_investment), reverse=True)
    ranked: list[Ranked] = []
    for index, (name, t) in enumerate(planned, 1):
        last = ranked[-1] if ranked else None
        tied = last is not None and (last.completion, last.totals.year_investment) == (t.completion, t.year_investment)
        ranked.append(Ranked(name, t, last.place if tied and last else index))
    return ranked + [Ranked(n, t, None) for n, t in items if t.completion is None]
