"""省重点建设项目完成情况综合评价: the province's evaluation of the city, worked out from the ledger before it comes.

One subject, scored by rules that are data; every line comes down to the city's figures and, unit by unit, to those
they are the sum of. Where the province gave other points, the appeal stands in a register and its points are added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hydesk.db.ledger import Ledger
from hydesk.domain.assessment import Measured, Scored, ScoreLine, ScoreRule, ScoreWay, assess
from hydesk.domain.errors import HydeskError
from hydesk.domain.indicators import sum_up
from hydesk.domain.money import format_money, format_percent, rate
from hydesk.domain.periods import Period
from hydesk.domain.problems import ListedProblem, Status
from hydesk.domain.standing import ProjectStanding
from hydesk.domain.starts import count_starts
from hydesk.services.list_problems import list_problems
from hydesk.services.list_standings import list_standings, list_units
from hydesk.services.score_rules import given_after_appeal, keep_rules, kept_rules
from hydesk.services.settings import time_progress

CITY = "衡阳市"
CITY_RULES = "province_rules"
CITY_APPEALS = "province_appeals"
CITY_MEASURES = {
    "pace": "投资完成率与时间进度之比", "completion": "年度投资完成率", "start_rate": "新开工项目开工率",
    "funds_rate": "资金到位率", "statistics_rate": "入统率（入统投资÷完成投资）", "solved": "问题销号率",
    "problems_overdue": "逾期未销号的问题个数", "unstarted": "未按期开工的项目个数", "amount": "本年累计完成投资（亿元）",
}
"""What a rule of the province's evaluation can measure."""


@dataclass(frozen=True, slots=True)
class UnitShare:
    """What one unit adds to a measure of the city, in words; worst first where the measure is a rate."""

    unit: str
    value: Decimal | None
    words: str


@dataclass(frozen=True, slots=True)
class CityScore:
    """The city's evaluation, with every line's measure by unit."""

    scored: Scored
    shares: tuple[tuple[UnitShare, ...], ...]
    """In the order of ``scored.lines``."""


def shipped_city_rules() -> tuple[ScoreRule, ...]:
    """A starting set of 100 points; the office edits it to the province's document (our decision, none is public)."""
    d = Decimal
    return (
        ScoreRule("pace", "年度投资完成情况", "pace", ScoreWay.RATIO, d(40)),
        ScoreRule("start", "新开工情况", "start_rate", ScoreWay.RATIO, d(20)),
        ScoreRule("statistics", "入统情况", "statistics_rate", ScoreWay.RATIO, d(15)),
        ScoreRule("funds", "资金到位情况", "funds_rate", ScoreWay.RATIO, d(10), full=d("0.5")),
        ScoreRule("solved", "问题协调解决", "solved", ScoreWay.RATIO, d(10), full=d("0.9")),
        ScoreRule("overdue", "逾期问题", "problems_overdue", ScoreWay.DEDUCT, d(5), d("0.5")),
    )


def city_rules(ledger: Ledger) -> tuple[ScoreRule, ...]:
    """The rules in force."""
    return kept_rules(ledger, CITY_RULES, shipped_city_rules())


def set_city_rules(ledger: Ledger, rules: Sequence[ScoreRule], actor: str | None = None) -> None:
    """Evaluate the city by ``rules`` from now on; can be undone. Raises HydeskError for rules that cannot be used."""
    if any(r.way is ScoreWay.RANK for r in rules):
        raise HydeskError("省对市评价只有本市一家的数字，不能按名次计分，请换一种计分办法")
    keep_rules(ledger, CITY_RULES, rules, CITY_MEASURES, "修改省对市评价规则", actor)


def assess_city(ledger: Ledger, period: Period, rules: Sequence[ScoreRule] | None = None, today: date | None = None) -> CityScore:
    """The city's points at ``period``; ``rules`` other than those in force for a trial run."""
    standings, elapsed = list_standings(ledger, period), time_progress(ledger, period)
    problems = list_problems(ledger, period, today=today, current=True)
    used = tuple(rules or city_rules(ledger))
    whole = _measures(standings, problems, period, elapsed)
    (scored,) = assess(used, {k: {CITY: m} for k, m in whole.items()}, [CITY], given_after_appeal(ledger, period, CITY_APPEALS, CITY))
    parts: dict[str, dict[str, Measured]] = {}
    for unit in [u.name for u in list_units(ledger)]:
        own = [s for s in standings if s.unit == unit]
        if own:
            parts[unit] = _measures(own, [p for p in problems if p.project_unit == unit], period, elapsed)
    return CityScore(scored, tuple(_shares(line, parts) for line in scored.lines))


def _shares(line: ScoreLine, parts: dict[str, dict[str, Measured]]) -> tuple[UnitShare, ...]:
    counted = line.rule.way in (ScoreWay.DEDUCT, ScoreWay.ADD)
    made = [UnitShare(unit, m.value, m.words) for unit, held in parts.items()
            if (m := held[line.rule.measure]).value is not None and not (counted and not m.value)]
    return tuple(sorted(made, key=lambda s: (s.value or Decimal(0)) * (-1 if counted else 1)))


def _measures(own: Sequence[ProjectStanding], problems: Sequence[ListedProblem], period: Period,
              elapsed: Decimal) -> dict[str, Measured]:
    """Every measure of some projects, each in words with the figures it comes from."""
    t, starts = sum_up(own), count_starts(own, period.year, period.end)
    done = f"完成{format_money(t.year_investment)}万元"
    share = rate(t.year_investment, t.annual_plan)
    funds, counted = rate(t.funds_arrived, t.annual_plan), rate(t.statistics_year, t.year_investment)
    closed, late = sum(p.status is Status.CLOSED for p in problems), sum(p.overdue for p in problems)
    return {
        "completion": Measured(share, "没有年度计划" if share is None else (
            f"{done}，计划{format_money(t.annual_plan)}万元，完成率{format_percent(share)}")),
        "pace": Measured(None, "没有年度计划") if share is None or not elapsed else Measured(
            share / elapsed, f"{done}，计划{format_money(t.annual_plan)}万元，完成率{format_percent(share)}，"
                             f"时间进度{format_percent(elapsed)}，两者之比{format_percent(share / elapsed)}"),
        "start_rate": Measured(starts.rate, "没有计划新开工项目" if starts.rate is None else (
            f"计划新开工{starts.planned}个，已开工{starts.started}个，开工率{format_percent(starts.rate)}"), starts.rate is None),
        "unstarted": Measured(Decimal(starts.overdue), f"未按期开工{starts.overdue}个"),
        "funds_rate": Measured(funds, "没有年度计划" if funds is None else (
            f"到位资金{format_money(t.funds_arrived)}万元，计划{format_money(t.annual_plan)}万元，到位率{format_percent(funds)}")),
        "statistics_rate": Measured(counted, "没有完成投资" if counted is None else (
            f"入统{format_money(t.statistics_year)}万元，{done}，入统率{format_percent(counted)}")),
        "solved": Measured(rate(closed, len(problems)), "没有登记问题" if not problems else (
            f"登记问题{len(problems)}个，已销号{closed}个，销号率{format_percent(rate(closed, len(problems)))}"), not problems),
        "problems_overdue": Measured(Decimal(late), f"逾期未销号问题{late}个"),
        "amount": Measured(Decimal(t.year_investment) / 10**8, done),
    }
