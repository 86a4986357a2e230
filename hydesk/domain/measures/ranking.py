"""Ranking of units: those in for the period by completion rate; the others below the line (docs/rules.md §4.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.measures.measured import AsOf
from hydesk.domain.measures.reach import LateUnit, Reach
from hydesk.domain.measures.totals import Totals, sum_up
from hydesk.domain.money import Yuan
from hydesk.domain.standing import ProjectStanding


class RankingWay(Enum):
    """How papers rank units of several groups (docs/rules.md §11.4)."""

    TOGETHER = "together"
    APART = "apart"
    """Each group by itself."""
    BOTH = "both"
    """All together, the place within the group beside it."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One line of a ranking. ``place`` is None for those listed but not ranked: no plan, no figures, or ``late``."""

    name: str
    totals: Totals
    place: int | None
    late: LateUnit | None = None
    """The unit is not in for the period: its figures are of this earlier date."""

    @property
    def completion(self) -> Decimal | None:
        """投资完成率 of the group."""
        return self.totals.completion

    @property
    def as_of(self) -> AsOf | None:
        """As of when a late unit's newest figures are."""
        return None if self.late is None else self.late.as_of


def rank(groups: Iterable[tuple[str, Totals]], late: Mapping[str, LateUnit] | None = None) -> list[Ranked]:
    """By annual completion rate, ties by amount done; below the line, as they come, those of ``late``, then those with
    no plan or of whom no figure is known.

    Groups equal in both rate and amount share a place.
    """
    items, behind = list(groups), late or {}
    placed = [((done, t.year_investment), n, t) for n, t in items if n not in behind and (done := t.completion) is not None]
    placed.sort(key=lambda x: x[0], reverse=True)
    first: dict[tuple[Decimal, Yuan], int] = {}
    ranked = [Ranked(name, t, first.setdefault(by, index)) for index, (by, name, t) in enumerate(placed, 1)]
    rest = [Ranked(n, t, None, behind.get(n)) for n, t in items if n in behind or t.completion is None]
    return ranked + sorted(rest, key=lambda r: r.late is None)


def rank_units(units: Mapping[str, Sequence[ProjectStanding]], reach: Reach) -> list[Ranked]:
    """The units of ``reach`` ranked by the figures of the period shown."""
    return rank(((name, sum_up(items)) for name, items in units.items()), {u.unit: u for u in reach.late})


@dataclass(frozen=True, slots=True)
class GroupRanking:
    """A group of units (分组) and its own ranking: places are those within it."""

    name: str
    ranking: tuple[Ranked, ...]


def rank_groups(units: Mapping[str, Sequence[ProjectStanding]], reach: Reach, groups: Mapping[str, str]) -> list[GroupRanking]:
    """The units ranked within their groups, the groups in the order of ``groups`` (by unit); a unit that is in none of
    them stands in one without a name, last."""
    names = [n for n in dict.fromkeys(groups.values()) if n]
    held: dict[str, dict[str, Sequence[ProjectStanding]]] = {name: {} for name in (*names, "")}
    for unit, items in units.items():
        held[groups.get(unit, "")][unit] = items
    return [GroupRanking(name, tuple(rank_units(own, reach))) for name, own in held.items() if own]


def moves(now: Iterable[Ranked], before: Iterable[Ranked]) -> dict[str, int]:
    """By how many places each unit ranked both times rose (negative: fell), among those ranked both times."""
    return moved_among({r.name: r.place for r in now if r.place is not None},
                       {r.name: r.place for r in before if r.place is not None})


def group_moves(now: Iterable[GroupRanking], before: Iterable[GroupRanking]) -> dict[str, int]:
    """As ``moves``, each unit among those of its group."""
    then = {g.name: g.ranking for g in before}
    return {unit: step for g in now for unit, step in moves(g.ranking, then.get(g.name, ())).items()}


def moved_among(now: Mapping[str, int], before: Mapping[str, int]) -> dict[str, int]:
    """As ``moves``, from places by name: who came or left moves nobody else."""
    both = now.keys() & before.keys()
    return {name: _ahead(name, before, both) - _ahead(name, now, both) for name in now if name in both}


def _ahead(name: str, places: Mapping[str, int], among: Collection[str]) -> int:
    return sum(places[other] < places[name] for other in among)
