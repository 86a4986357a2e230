"""Who has reported, and as of when a scope's figures hold (docs/rules.md §2).

Worked out from the standings alone: a project's figures are as of the newest period it has them for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.domain.measures.measured import AsOf, Cover
from hydesk.domain.money import Yuan
from hydesk.domain.periods import Period
from hydesk.domain.standing import ProjectStanding

ENOUGH = Decimal("0.9")
"""A unit, or a scope, counts as reported once so much of its year's plan has: nine tenths, the edge included."""

def as_of(project: ProjectStanding) -> AsOf | None:
    """As of when a project's newest figures are; None where it has none this year."""
    return None if project.as_of is None else AsOf.of(project.as_of, project.as_of_day)


def has_reported(project: ProjectStanding, period: Period) -> bool:
    """Whether the project's figures are of ``period`` or newer; else it wears 未报."""
    held = as_of(project)
    return held is not None and reaches(held, period)


def reaches(at: AsOf, period: Period) -> bool:
    """Whether figures of ``at`` are of ``period``, whatever day their return states, or newer."""
    return at.period == period or at.key >= AsOf.of(period).key


@dataclass(slots=True)
class _Tally:
    """One unit's projects and plan, whole and by the date of their newest figures."""

    count: int = 0
    plan: Yuan = 0
    told: dict[AsOf, list[int]] = field(default_factory=dict)
    """Per date: number of projects, their plan."""

    def since(self, period: Period) -> tuple[int, Yuan]:
        """How many projects have figures of ``period`` or newer, and their plan."""
        held = [v for at, v in self.told.items() if reaches(at, period)]
        return sum(v[0] for v in held), sum(v[1] for v in held)

    def is_in(self, period: Period) -> bool:
        """Whether projects holding nine tenths of the plan have (of the number, where there is no plan)."""
        return _share(*self.since(period), self.count, self.plan) >= ENOUGH


def _share(count: int, plan: Yuan, whole: int, whole_plan: Yuan) -> Decimal:
    return Decimal(plan) / whole_plan if whole_plan else Decimal(count) / whole


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit of which projects lack figures of the period: how many of how many, as of when the newest of those are."""

    unit: str
    lacking: int
    whole: int
    as_of: AsOf | None


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a period's returns reach over a scope.

    ``shown`` is the period whose figures a page or paper shows: ``asked`` itself, or, while nobody has reported for it,
    the data date's. ``data_date`` is the newest period in which units holding nine tenths of the scope's year plan have
    reported, None where there never was one: the whole is set against time as of it.
    """

    asked: Period
    shown: Period
    as_of: AsOf
    """``shown`` with its day."""
    data_date: AsOf | None
    whole: int
    known: int
    """Projects with any figure of the year."""
    own: int
    """Projects with a figure of ``shown`` or a newer one."""
    newer: int
    """Projects whose figure is newer than ``shown``: a week's, beside a month that all have closed."""
    units: tuple[str, ...]
    late: tuple[LateUnit, ...]
    """Units not in for ``shown``."""
    partly: tuple[LateUnit, ...]
    """Units in for ``shown`` (nine tenths of their plan) of which some projects lack figures."""
    returned: bool
    """Whether any return of ``asked`` has come in, with or without amounts."""
    closed: str
    """Why the office closed ``shown`` with less than nine tenths, where it did."""

    @property
    def nothing_in(self) -> bool:
        """Nobody has reported for the period asked for."""
        return not self.own or self.shown != self.asked

    @property
    def complete(self) -> bool:
        """Units holding nine tenths of the plan are in for ``shown``."""
        return self.data_date is not None and self.data_date.key >= self.as_of.key

    @property
    def compare_at(self) -> AsOf | None:
        """As of when the whole is set against time: the data date, unless some have newer figures and too few do."""
        return self.data_date if self.complete or not self.own else None

    @property
    def unreported(self) -> int:
        """未报: projects without a figure of ``shown``."""
        return self.whole - self.own

    @property
    def cover(self) -> Cover:
        """Over whom sums of the newest figures are."""
        return Cover(self.known, self.whole, tuple(u.unit for u in (*self.late, *self.partly)))

    def is_in(self, unit: str) -> bool:
        """Whether the unit is in for ``shown``: whole, or with nine tenths of its plan."""
        return all(u.unit != unit for u in self.late)


def reach_of(
    standings: Sequence[ProjectStanding], asked: Period, closed: Mapping[Period, str] | None = None, *,
    shown: Period | None = None,
) -> Reach:
    """How far the returns of ``asked`` reach over ``standings``, which are those at ``asked``.

    ``closed``: periods the office closed with less than nine tenths in, with the reason. ``shown``: the period that is
    shown anyhow, where the scope is part of a page that shows it.
    """
    tallies, held = _tally(standings)
    ends = closed or {}
    data = _data_date(tallies, held, ends)
    at = AsOf.of(shown or asked)
    if shown is None and held and asked not in held:
        at = data or max(held.values(), key=lambda h: h.key)
    at = held.get(at.period, at)
    own_period = at.period
    late: list[LateUnit] = []
    partly: list[LateUnit] = []
    for unit, tally in tallies.items():
        lacking = tally.count - tally.since(own_period)[0]
        if lacking:
            older = [x for x in tally.told if not reaches(x, own_period)]
            line = LateUnit(unit, lacking, tally.count, max(older, key=lambda x: x.key, default=None))
            (partly if tally.is_in(own_period) else late).append(line)
    told = [(x, v[0]) for t in tallies.values() for x, v in t.told.items()]
    return Reach(
        asked=asked, shown=own_period, as_of=at, data_date=data, whole=len(standings), known=sum(n for _, n in told),
        own=sum(n for x, n in told if reaches(x, own_period)),
        newer=sum(n for x, n in told if x.period != own_period and reaches(x, own_period)),
        units=tuple(tallies), late=tuple(late), partly=tuple(partly),
        returned=any(p.reported for p in standings), closed=ends.get(own_period, ""))


def scope_date(standings: Iterable[ProjectStanding]) -> AsOf | None:
    """As of when a few projects' figures are: the newest of theirs."""
    return max((h for p in standings if (h := as_of(p)) is not None), key=lambda h: h.key, default=None)


def data_date(standings: Sequence[ProjectStanding], closed: Mapping[Period, str] | None = None) -> AsOf | None:
    """The newest period in which units holding nine tenths of the scope's year plan have reported."""
    return _data_date(*_tally(standings), closed or {})


def _tally(standings: Iterable[ProjectStanding]) -> tuple[dict[str, _Tally], dict[Period, AsOf]]:
    """Tallies by unit, and the periods that occur with the newest day stated for each."""
    tallies: dict[str, _Tally] = {}
    keys: dict[tuple[Period, date | None], AsOf] = {}
    for p in standings:
        tally = tallies.get(p.unit)
        if tally is None:
            tally = tallies[p.unit] = _Tally()
        plan = p.annual_plan or 0
        tally.count += 1
        tally.plan += plan
        if p.as_of is None:
            continue
        at = keys.get((p.as_of, p.as_of_day))
        if at is None:
            at = keys[p.as_of, p.as_of_day] = AsOf.of(p.as_of, p.as_of_day)
        told = tally.told.get(at)
        if told is None:
            tally.told[at] = [1, plan]
        else:
            told[0] += 1
            told[1] += plan
    held: dict[Period, AsOf] = {}
    for at in keys.values():
        held[at.period] = max(at, held.get(at.period, at), key=lambda h: h.key)
    return tallies, held


def _data_date(tallies: Mapping[str, _Tally], held: Mapping[Period, AsOf], closed: Mapping[Period, str]) -> AsOf | None:
    count, plan = sum(t.count for t in tallies.values()), sum(t.plan for t in tallies.values())
    for at in sorted(held.values(), key=lambda h: h.key, reverse=True):
        inside = [t for t in tallies.values() if t.is_in(at.period)]
        if at.period in closed or _share(sum(t.count for t in inside), sum(t.plan for t in inside), count, plan) >= ENOUGH:
            return at
    return None
