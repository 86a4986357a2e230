"""What every kind of doubt looks at: a period's projects by unit, with what each unit and the city are used to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property

from hydesk.dataclass import dataclass
from hydesk.domain.doubts.rules import DoubtRules
from hydesk.domain.money import Yuan
from hydesk.domain.project_year import MONTHS, ProjectYear, Years

GRAINS: tuple[Yuan, ...] = (10_000_000, 5_000_000, 1_000_000, 500_000, 100_000, 10_000, 1_000, 100, 1)
"""Steps in which units write amounts, coarsest first, yuan."""
_SEEN = 600
"""So many of a unit's earlier amounts tell its habits; of more, as many are taken from all over."""
_LEAST_SEEN = 12
_TELL = 4_000
"""So many projects of a year tell its season."""
USUAL_SEASON = (0.5, 0.45, 1.0, 1.0, 1.0, 1.1, 1.0, 1.0, 1.05, 1.0, 1.25, 1.65)
"""A month against the mean one where the ledger has no earlier year: little about the holidays, much at the year's end
(domain rules: half years 44 to 67 % of plan, whole ones 110 to 169 %)."""


@dataclass(frozen=True, slots=True)
class ProjectLook:
    """A project as a period finds it: its sum, and what the last report brought over ``span`` months."""

    project: ProjectYear
    done: Yuan
    amount: Yuan | None
    """What the period's own report brought; None where it did not report for the period."""
    span: int
    earlier: tuple[tuple[int, int, Yuan], ...]
    """Month, months spanned and amount of each report before."""

    @property
    def brought(self) -> Yuan:
        """The amount; 0 where it did not report for the period."""
        return self.amount or 0

    @property
    def usual(self) -> Yuan:
        """The middle of its earlier working months, per month; 0 where there are none."""
        worked = sorted(a // s for _, s, a in self.earlier if a > 0)
        return worked[len(worked) // 2] if worked else 0


@dataclass
class UnitLook:
    """A unit's projects in a period, and its earlier years."""

    name: str
    looks: list[ProjectLook]
    before: list[ProjectYear]
    """Its projects of earlier years."""
    month: int

    @cached_property
    def reported(self) -> list[ProjectLook]:
        """Those with a figure of the period's own month."""
        return [x for x in self.looks if x.amount is not None]

    @cached_property
    def plan(self) -> Yuan:
        """The unit's plan of the year."""
        return sum(x.project.annual_plan or 0 for x in self.looks)

    @cached_property
    def done(self) -> Yuan:
        """The unit's sum of the year: newest figures."""
        return sum(x.done for x in self.looks)

    @cached_property
    def habit(self) -> list[Yuan]:
        """Amounts it wrote in earlier months and years, nothing of the period's own."""
        found = [abs(a) for x in self.looks for _, _, a in x.earlier if a]
        step = max(1, len(self.before) * MONTHS // _SEEN)
        for p in self.before[::step]:
            found += [abs(a) for _, _, a in p.steps(MONTHS) if a]
        return found[::max(1, len(found) // _SEEN)]

    @cached_property
    def grain(self) -> Yuan | None:
        """The coarsest step in which it is used to write; None where too little is known."""
        return grain_of(self.habit) if len(self.habit) >= _LEAST_SEEN else None

    @cached_property
    def grain_now(self) -> Yuan:
        """The step in which the period's sums are written."""
        return grain_of([x.done for x in self.reported if x.done], 0.95)


def grain_of(amounts: Sequence[Yuan], most: float = 0.85) -> Yuan:
    """The coarsest step of which nearly all ``amounts`` are multiples."""
    for grain in GRAINS:
        if amounts and sum(a % grain == 0 for a in amounts) >= most * len(amounts):
            return grain
    return 1


@dataclass
class PeriodSetting:
    """A period of a city: what was reported by it and how this city usually goes on."""

    year: int
    month: int
    units: dict[str, UnitLook]
    before: Mapping[int, Sequence[ProjectYear]]
    rules: DoubtRules = field(default_factory=DoubtRules)

    @classmethod
    def of(cls, years: Years, year: int, month: int, rules: DoubtRules | None = None) -> PeriodSetting:
        """The period's setting; years after ``year`` and months after ``month`` are not looked at."""
        units: dict[str, UnitLook] = {}
        for p in years.get(year, ()):
            held = units.get(p.unit)
            if held is None:
                held = units[p.unit] = UnitLook(p.unit, [], [], month)
            steps = p.steps(month)
            own = steps[-1] if steps and steps[-1][0] == month else None
            done = p.done(month)
            held.looks.append(ProjectLook(p, done, own[2] if own else None, own[1] if own else 1,
                                   tuple(steps[:-1] if own else steps)))
        before = {y: list(held) for y, held in years.items() if y < year}
        for held_before in before.values():
            for p in held_before:
                if p.unit in units:
                    units[p.unit].before.append(p)
        return cls(year, month, units, before, rules or DoubtRules())

    def looks(self) -> Iterator[ProjectLook]:
        """All projects of the period."""
        for unit in self.units.values():
            yield from unit.looks

    @cached_property
    def season(self) -> tuple[float, ...]:
        """Each month against the mean one, by the city's earlier years; a quarter of it is the usual season."""
        sums = [0] * MONTHS
        for held in self.before.values():
            for p in held[::max(1, len(held) // _TELL)]:
                for month, span, amount in p.steps(MONTHS):
                    if span == 1:
                        sums[month - 1] += max(0, amount)
        whole = sum(sums)
        if not whole:
            return USUAL_SEASON
        return tuple(0.75 * MONTHS * s / whole + 0.25 * u for s, u in zip(sums, USUAL_SEASON, strict=True))
