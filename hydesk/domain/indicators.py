"""The office's indicators: completion rates, sums and ranking, with lamps and starts beside them (domain rules, §4).

Rates are exact decimals (1 = 100 %) and are rounded once, when printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hydesk.domain.lamps import Lamp, LampMode, LampRule, lamp
from hydesk.domain.meaning import Meaning
from hydesk.domain.money import Yuan, rate
from hydesk.domain.standing import ProjectStanding
from hydesk.domain.starts import Starts

__all__ = [
    "Lamp", "LampMode", "LampRule", "Meaning", "Ranked", "Starts", "Totals", "group_by", "lamp", "rank", "rate",
    "sum_up", "total",
]


def total(amounts: Iterable[Yuan | None]) -> Yuan:
    """The sum of what is known."""
    return sum(a for a in amounts if a is not None)


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over a set of projects, yuan."""

    count: int
    total_investment: Yuan
    annual_plan: Yuan
    month_investment: Yuan
    year_investment: Yuan
    total_invested: Yuan
    funds_arrived: Yuan
    statistics_year: Yuan

    @property
    def completion(self) -> Decimal | None:
        """投资完成率: 年初至今完成 / 年度计划."""
        return rate(self.year_investment, self.annual_plan)


def sum_up(projects: Iterable[ProjectStanding]) -> Totals:
    """Totals of ``projects``; what is not known counts as nothing."""
    items = list(projects)
    return Totals(
        count=len(items),
        total_investment=total(p.total_investment for p in items),
        annual_plan=total(p.annual_plan for p in items),
        month_investment=total(p.month_investment for p in items),
        year_investment=total(p.year_investment for p in items),
        total_invested=total(p.total_invested for p in items),
        funds_arrived=total(p.funds_arrived for p in items),
        statistics_year=total(p.statistics_year for p in items),
    )


@dataclass(frozen=True, slots=True)
class Ranked:
    """One line of a ranking. ``place`` is None for those with no plan, who are listed but not ranked."""

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
    """By annual completion rate, ties by amount done; those with no plan last, unranked (domain rules, §4).

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
