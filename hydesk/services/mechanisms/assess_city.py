"""省重点建设项目完成情况综合评价: the province's evaluation of the city, worked out from the ledger before it comes.

One subject, scored by rules that are data; every line comes down to the city's figures and, unit by unit, to those
they are the sum of. Where the province gave other points, the appeal stands in a register and its points are added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.assessment import AssessmentRule, MeasureReading, Scored, ScoreLine, ScoreWay, assess
from hydesk.domain.errors import HydeskError
from hydesk.domain.measures.reach import reach_of
from hydesk.domain.measures.starts import Starts, count_starts
from hydesk.domain.measures.totals import Share, Totals, sum_up
from hydesk.domain.money import format_money, format_percent, rate
from hydesk.domain.periods import Period
from hydesk.domain.problems import ListedProblem, Status
from hydesk.domain.shipped_registers import CITY_APPEALS
from hydesk.domain.standing import ProjectStanding
from hydesk.services.acts.writing import writing
from hydesk.services.mechanisms.score_rules import given_after_appeal, keep_rules, kept_rules
from hydesk.services.problems.list_problems import list_problems
from hydesk.services.standings.list_standings import list_units
from hydesk.services.standings.period_view import PeriodView, view_at

CITY = "衡阳市"
SCOPE = "省重点项目"
"""Over which projects the province evaluates the city, printed with its scores."""
SCOPE_LEVELS = ("省",)
"""How the level (级别) of such a project begins."""
CITY_RULES = "province_rules"
CITY_MEASURES = {
    "pace": "投资完成率与时间进度之比", "completion": "年度投资完成率", "start_rate": "新开工项目开工率",
    "funds_rate": "资金到位率", "statistics_rate": "入统率（入统投资÷完成投资）", "solved": "问题销号率",
    "problems_overdue": "逾期未销号的问题个数", "unstarted": "到期未开工的项目个数", "amount": "本年累计完成投资（亿元）",
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
    projects: int
    """How many projects of ``SCOPE`` the ledger has: all measures are over these."""


def shipped_city_rules() -> tuple[AssessmentRule, ...]:
    """A starting set of 100 points; the office edits it to the province's document (our decision, none is public)."""
    d = Decimal
    return (
        AssessmentRule("pace", "年度投资完成情况", "pace", ScoreWay.RATIO, d(40)),
        AssessmentRule("start", "新开工情况", "start_rate", ScoreWay.RATIO, d(20)),
        AssessmentRule("statistics", "入统情况", "statistics_rate", ScoreWay.RATIO, d(15)),
        AssessmentRule("funds", "资金到位情况", "funds_rate", ScoreWay.RATIO, d(10), full=d("0.5")),
        AssessmentRule("solved", "问题协调解决", "solved", ScoreWay.RATIO, d(10), full=d("0.9")),
        AssessmentRule("overdue", "逾期问题", "problems_overdue", ScoreWay.DEDUCT, d(5), d("0.5")),
    )


def city_rules(ledger: Ledger) -> tuple[AssessmentRule, ...]:
    """The rules in force."""
    return kept_rules(ledger, CITY_RULES, shipped_city_rules())


@writing
def set_city_rules(ledger: Ledger, rules: Sequence[AssessmentRule], actor: Actor | None = None) -> None:
    """Evaluate the city by ``rules`` from now on; can be undone. Raises HydeskError for rules that cannot be used."""
    if any(r.way is ScoreWay.RANK for r in rules):
        raise HydeskError("省对市评价只有本市一家的数字，不能按名次计分，请换一种计分办法")
    keep_rules(ledger, CITY_RULES, rules, CITY_MEASURES, "修改省对市评价规则", actor)


def assess_city(ledger: Ledger, period: Period, rules: Sequence[AssessmentRule] | None = None, today: date | None = None) -> CityScore:
    """The city's points at ``period``; ``rules`` other than those in force for a trial run."""
    view = scoped(view_at(ledger, period))
    standings = view.standings
    within = {s.id for s in standings}
    problems = [p for p in list_problems(ledger, period, today=today, current=True) if p.project_id in within]
    used = tuple(rules or city_rules(ledger))
    whole = city_measures(standings, problems, view)
    (scored,) = assess(used, {k: {CITY: m} for k, m in whole.items()}, [CITY], given_after_appeal(ledger, period, CITY_APPEALS, CITY))
    parts: dict[str, dict[str, MeasureReading]] = {}
    for unit in [u.name for u in list_units(ledger)]:
        own = [s for s in standings if s.unit == unit]
        if own:
            parts[unit] = city_measures(own, [p for p in problems if p.project_unit == unit], view)
    return CityScore(scored, tuple(_shares(line, parts) for line in scored.lines), len(standings))


def scoped(view: PeriodView) -> PeriodView:
    """``view`` over the projects the province evaluates only: 省重点 (docs/rules.md §6.4)."""
    own = tuple(s for s in view.standings if s.level.startswith(SCOPE_LEVELS))
    reach = reach_of(own, view.period, view.rules.closed, shown=view.shown)
    return replace(view, standings=own, reach=reach, yardstick=view.rules.yardstick(reach, schedule=view.yardstick.schedule))


def _shares(line: ScoreLine, parts: dict[str, dict[str, MeasureReading]]) -> tuple[UnitShare, ...]:
    counted = line.rule.way in (ScoreWay.DEDUCT, ScoreWay.ADD)
    made = [UnitShare(unit, m.value, m.words) for unit, held in parts.items()
            if (m := held[line.rule.measure]).value is not None and not (counted and not m.value)]
    return tuple(sorted(made, key=lambda s: (s.value or Decimal(0)) * (-1 if counted else 1)))


def city_measures(own: Sequence[ProjectStanding], problems: Sequence[ListedProblem], view: PeriodView) -> dict[str, MeasureReading]:
    """Every measure of some projects, each in words with the figures it comes from."""
    t, by = sum_up(own), view.yardstick
    starts = count_starts(own, view.period.year, by.on, money_starts=by.money_starts)
    done = t.known("year_investment")
    said = f"完成{format_money(done)}万元"
    share = t.completion
    due = by.expected(own)
    pace = None if done is None or not due else done / due
    closed, late = sum(p.status is Status.CLOSED for p in problems), sum(p.overdue for p in problems)
    rated = f"{said}，计划{format_money(t.annual_plan)}万元，完成率{format_percent(share)}"
    return {
        "completion": MeasureReading(share, _no_money(t) if share is None else rated),
        "pace": MeasureReading(None, _no_money(t)) if share is None or pace is None else MeasureReading(
            pace, f"{rated}，按各项目数据日期的时间进度应完成{format_money(int(due))}万元，两者之比{format_percent(pace)}"),
        "start_rate": start_reading(starts),
        "unstarted": MeasureReading(Decimal(starts.overdue), f"到期未开工{starts.overdue}个"),
        "funds_rate": share_reading(t.funds, "到位资金", "年度计划", "到位率"),
        "statistics_rate": share_reading(t.statistics, "入统", "完成投资", "入统率"),
        "solved": MeasureReading(rate(closed, len(problems)), "没有登记问题" if not problems else (
            f"登记问题{len(problems)}个，已销号{closed}个，销号率{format_percent(rate(closed, len(problems)))}")),
        "problems_overdue": MeasureReading(Decimal(late), f"逾期未销号问题{late}个"),
        "amount": MeasureReading(None if done is None else Decimal(done) / 10**8, said if done is not None else _no_money(t)),
    }


def _no_money(t: Totals) -> str:
    return "没有年度计划" if not t.annual_plan else "尚未报送投资数"


def start_reading(starts: Starts) -> MeasureReading:
    """年度开工率 as a reading, with the numbers it comes from."""
    if starts.year_rate is None:
        return MeasureReading(None, "没有计划新开工项目")
    return MeasureReading(starts.year_rate, f"计划新开工{starts.planned}个，已开工{starts.started}个，年度开工率{format_percent(starts.year_rate)}")


def share_reading(share: Share, above: str, below: str, called: str) -> MeasureReading:
    """A rate of money as a reading: over the projects that tell it, not told where they hold too little."""
    if share.rate is None:
        return MeasureReading(None, f"{above}没有报数" if not share.known else f"只有{share.note}，不足计划一半，不计算{called}")
    among = f"（{share.note}）" if share.note else ""
    return MeasureReading(share.rate, f"{above}{format_money(share.amount)}万元，其{below}{format_money(share.base)}万元{among}，"
                               f"{called}{format_percent(share.rate)}")
