"""年度结转: which projects go on to the next year's list, with what, and sums that must agree before and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from hydesk.dataclass import dataclass
from hydesk.domain.money import Yuan
from hydesk.domain.periods import Period

PLAN_STEP = 10_000
"""Proposed plans are whole 万元, yuan."""
LAST_MONTH = 12


@dataclass(frozen=True, slots=True)
class YearEndStanding:
    """A project as it stands at the end of the year that is closed. Money in yuan; None where nothing is known."""

    id: int
    code: str
    name: str
    unit: str
    nature: str
    started: bool
    total_investment: Yuan | None
    invested_before: Yuan | None
    year_investment: Yuan | None
    total_invested: Yuan | None
    as_of: Period | None
    finished_on: date | None
    dropped_on: date | None
    last_year: int | None
    """The year in which it is to be finished."""
    listed_next: bool
    """Whether it is on the next year's list already."""


@dataclass(frozen=True, slots=True)
class CarriedProject:
    """What becomes of one project. ``why`` says why it is left out, empty where it goes on; ``doubts`` are to be seen."""

    id: int
    code: str
    name: str
    unit: str
    why: str
    nature: str
    was: str
    """建设性质 in the year that is closed."""
    total_investment: Yuan | None
    invested_before: Yuan | None
    """截至{year}年底累计完成投资: what was done before plus what the year did; None where the earlier years are not known."""
    year_investment: Yuan | None
    proposed_plan: Yuan | None
    doubts: tuple[str, ...] = ()

    @property
    def goes(self) -> bool:
        """Whether it goes on unless a person says otherwise."""
        return not self.why


@dataclass(frozen=True, slots=True)
class RollSums:
    """Sums of the projects that go on, yuan: what must be the same before and after."""

    count: int
    total_investment: Yuan
    before: Yuan
    """截至上年底 of the year that is closed."""
    done: Yuan
    """Done in the year that is closed."""
    after: Yuan
    """截至上年底 of the new year; ``before`` + ``done`` where the December figures are known."""

    @property
    def agrees(self) -> bool:
        """Whether nothing was lost or counted twice."""
        return self.before + self.done == self.after


def propose(standings: Iterable[YearEndStanding], year: int) -> list[CarriedProject]:
    """What becomes of each project of ``year`` in the year after it."""
    return [_carried(s, year) for s in standings]


def _carried(s: YearEndStanding, year: int) -> CarriedProject:
    # What earlier years did and nobody told is unknown, not nothing; a sum since the start that a return told holds it.
    after = s.total_invested
    if s.invested_before is not None:
        after = s.invested_before + (s.year_investment or 0)
    why = _why(s, year)
    nature = "续建" if s.started and s.nature in ("新建", "预备") else s.nature
    plan = None if why else _plan(s, year, after)
    return CarriedProject(s.id, s.code, s.name, s.unit, why, nature, s.nature, s.total_investment, after, s.year_investment,
                   plan, () if why else tuple(_doubts(s, year, after)))


def _why(s: YearEndStanding, year: int) -> str:
    if s.listed_next:
        return f"已在{year + 1}年清单里"
    if s.dropped_on is not None:
        return f"{s.dropped_on:%Y-%m-%d} 已退出{year}年清单"
    if s.finished_on is not None and s.finished_on.year <= year:
        return f"{s.finished_on:%Y-%m-%d} 已竣工"
    return ""


def _doubts(s: YearEndStanding, year: int, after: Yuan | None) -> Iterable[str]:
    if after is None:
        yield "台账没有以前年度的累计完成投资，结转后仍空着，请补填"
    if s.as_of is None or s.year_investment is None:
        yield f"{year}年没有完成投资的数字，按 0 结转"
    elif s.as_of.last_month.number != LAST_MONTH:
        yield f"缺 12 月的数字，按{s.as_of.label}的累计结转"
    if after is not None and s.total_invested is not None and s.total_invested != after:
        yield "与报表里的开工累计不一致，请核对"
    if after is not None and s.total_investment is not None and after >= s.total_investment:
        yield "累计完成已达到总投资，却没有竣工时间"
    if s.last_year is not None and s.last_year <= year:
        yield f"计划{s.last_year}年竣工，没有竣工时间"


def _plan(s: YearEndStanding, year: int, after: Yuan | None) -> Yuan | None:
    """What is left, spread evenly over the years that remain, in whole 万元 (all of it in the last year)."""
    if s.total_investment is None or after is None:
        return None
    left = max(0, s.total_investment - after)
    years = max(1, (s.last_year or year + 1) - year)
    return left if years == 1 else left // years // PLAN_STEP * PLAN_STEP


def sums(carried: Sequence[CarriedProject]) -> RollSums:
    """The check sums of those that go on."""
    return RollSums(
        count=len(carried),
        total_investment=sum(c.total_investment or 0 for c in carried),
        before=sum(c.invested_before - (c.year_investment or 0) for c in carried if c.invested_before is not None),
        done=sum(c.year_investment or 0 for c in carried if c.invested_before is not None),
        after=sum(c.invested_before or 0 for c in carried))
