"""The office's indicators: completion rates, ranking, starts and progress meanings (domain rules, §4).

Rates are exact decimals (1 = 100 %) and are rounded once, when printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from hydesk.domain.money import Yuan
from hydesk.domain.standing import ProjectStanding


def rate(done: Yuan | None, plan: Yuan | None) -> Decimal | None:
    """done / plan, or None without a plan or a figure."""
    if done is None or not plan:
        return None
    return Decimal(done) / Decimal(plan)


def total(amounts: Iterable[Yuan | None]) -> Yuan:
    """The sum of what is known."""
    return sum(a for a in amounts if a is not None)


class Meaning(Enum):
    """How a project stands against 时间进度. Colour words mislead between cities, so only meanings are kept."""

    AHEAD = "ahead"
    ON_TRACK = "on_track"
    LAGGING = "lagging"
    SERIOUSLY_LAGGING = "seriously_lagging"
    NO_DATA = "no_data"

    @property
    def label(self) -> str:
        """超前, 正常, 滞后, 严重滞后 or 无数据."""
        return {"ahead": "超前", "on_track": "正常", "lagging": "滞后", "seriously_lagging": "严重滞后",
                "no_data": "无数据"}[self.value]

    @property
    def mark(self) -> str:
        """The shape that always stands with the word, so that black-and-white print loses nothing."""
        return {"ahead": "▲", "on_track": "●", "lagging": "◆", "seriously_lagging": "■", "no_data": "○"}[self.value]


class LampMode(Enum):
    """How lamps compare: by points behind 时间进度, or by the ratio of done to the amount expected by now."""

    POINTS = "points"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class LampRule:
    """The rule set the office edits. Points and ratios are decimals (0.10 = 10 points or 10 %)."""

    mode: LampMode = LampMode.POINTS
    lagging: Decimal = Decimal("0.10")
    """Behind by at least this many points (points mode), or below this ratio of the expected amount."""
    serious: Decimal = Decimal("0.30")
    """Behind by more than this many points, or below this ratio."""
    ahead: Decimal = Decimal("0")
    """Ahead by more than this many points (points mode only; in ratio mode above 100 % of the expected)."""

    @property
    def sentence(self) -> str:
        """The rule in words, printed with every table that uses it."""
        if self.mode is LampMode.POINTS:
            return (f"年度投资完成率低于时间进度{_pct(self.lagging)}（含）至{_pct(self.serious)}个百分点（含）的为滞后，"
                    f"低于{_pct(self.serious)}个百分点以上的为严重滞后")
        return (f"完成投资低于时序应完成额{_pct(self.lagging)}%的为滞后，低于{_pct(self.serious)}%的为严重滞后")


def _pct(value: Decimal) -> str:
    return f"{(value * 100).normalize():f}"


@dataclass(frozen=True, slots=True)
class Lamp:
    """A meaning and why it was given."""

    meaning: Meaning
    reason: str


def lamp(done: Yuan | None, plan: Yuan | None, time_progress: Decimal, rule: LampRule | None = None) -> Lamp:
    """How ``done`` of ``plan`` stands at ``time_progress`` under ``rule``."""
    rule = rule or LampRule()
    r = rate(done, plan)
    if r is None:
        return Lamp(Meaning.NO_DATA, "没有年度计划" if not plan else "尚无完成数")
    gap = r - time_progress
    shown = f"{abs(gap) * 100:.2f}"
    reason = f"完成率{r * 100:.2f}%，{'超' if gap >= 0 else '欠'}时间进度{shown}个百分点"
    if rule.mode is LampMode.POINTS:
        if -gap > rule.serious:
            return Lamp(Meaning.SERIOUSLY_LAGGING, reason)
        if -gap >= rule.lagging:
            return Lamp(Meaning.LAGGING, reason)
        return Lamp(Meaning.AHEAD if gap > rule.ahead else Meaning.ON_TRACK, reason)
    ratio = r / time_progress
    reason = f"完成时序应完成额的{ratio * 100:.2f}%"
    if ratio < rule.serious:
        return Lamp(Meaning.SERIOUSLY_LAGGING, reason)
    if ratio < rule.lagging:
        return Lamp(Meaning.LAGGING, reason)
    return Lamp(Meaning.AHEAD if ratio > 1 else Meaning.ON_TRACK, reason)


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


@dataclass(frozen=True, slots=True)
class Starts:
    """开工情况 of 新建 projects: planned to start this year, started, started early, not started though due."""

    planned: int
    started: int
    early: int
    overdue: int

    @property
    def rate(self) -> Decimal | None:
        """开工率 = 已开工 / 计划新开工."""
        return Decimal(self.started) / self.planned if self.planned else None
