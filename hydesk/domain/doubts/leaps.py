"""单月猛增: a month far from the project's own months, the season and what is left of its plan (docs/rules.md §9.3)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hydesk.domain.doubts.doubt import Doubt, DoubtKind, Strength, told
from hydesk.domain.doubts.phrases import explains
from hydesk.domain.doubts.rules import DoubtRules
from hydesk.domain.doubts.setting import PeriodSetting, ProjectLook
from hydesk.domain.money import Yuan, format_percent
from hydesk.domain.project_year import MONTHS, ProjectYear

_STRONG = 1.5
_RARE, _RARE_LATE, _VERY_RARE = 0.11, 0.28, 0.004
"""How many a unit's month may have of itself by the ledger's earlier years: beyond, the limits are raised. In November and
December, when honest and made-up leaps look alike, more are asked about."""
_FEW_MONTHS = 2
_SURE = (0.0, 0.0, 0.82, 0.86, 0.91, 0.95, 1.0)
"""How much a comparison counts by the number of working months it is made with."""
_BEYOND = 1.25
"""A sum beyond so many plans was not made up to meet one."""
_LEAST_USUAL = 0.25
"""Less than this of an even month is not taken as usual."""
_TIMES = (range(1, 4), range(4, 7), range(7, MONTHS - 1), range(MONTHS - 1, MONTHS + 1))
"""Months that are measured with each other: leaps come more often where less is known and where the year ends."""
_SAMPLE = 1500
_ITSELF = 0.2
"""Earlier years made the season they are measured with: by so much, over their number, a new year stands out more."""
_UNKNOWN_TIMES = 1.1
"""Without earlier years to tell how this city's months vary, the weak limit is so many times as high, the strong one by its
cube."""


def month_leaps(setting: PeriodSetting) -> Iterator[Doubt]:
    """One doubt for each project; ``find`` tells those of a unit together."""
    rules = setting.rules
    weak, strong = _limits(setting)
    season = _season_of([x.project for x in setting.looks()], setting.season, setting.month)
    for unit in setting.units.values():
        for look in unit.reported:
            amount, plan = look.brought, look.project.annual_plan or 0
            if amount < rules.least or not plan or amount < rules.leap_share * plan * look.span:
                continue
            score = _score(amount, look.span, look.earlier, plan, rules, season, setting.month)
            score *= _fitting(look.project, look.done, sum(a > 0 for *_, a in look.earlier))
            words = look.project.progress_text[setting.month - 1]
            why = explains(words)
            # What the words explain is told only where it is far beyond anything usual.
            if score < (strong * 1.5 if why else weak):
                continue
            sure = score >= strong and not why and len([1 for *_, a in look.earlier if a > 0]) >= _FEW_MONTHS
            yield _doubt(unit.name, look, setting, why, Strength.STRONG if sure else Strength.WEAK)


def _season_of(listed: Sequence[ProjectYear], usual: Sequence[float], month: int) -> tuple[float, ...]:
    """The season as this year has it up to ``month``: half the usual one's, half what the city's own months tell; a month
    in which all do more is no leap of one."""
    sums = [0] * MONTHS
    for p in listed[::max(1, len(listed) // _SAMPLE)]:
        for m, span, amount in p.steps(month):
            if span == 1:
                sums[m - 1] += max(0, amount)
    own = [s / u for s, u in zip(sums[:month], usual, strict=False)]
    mean = sum(own) / len(own)
    if not mean:
        return tuple(usual)
    return tuple(u * (0.5 + 0.5 * max(0.5, min(2.0, own[m] / mean))) if m < month else u for m, u in enumerate(usual))


def _score(
    amount: Yuan, span: int, earlier: Sequence[tuple[int, int, Yuan]], plan: Yuan, rules: DoubtRules, season: Sequence[float], month: int,
) -> float:
    """How far beyond the rule's limits, 1 being at them: times the usual, times the best month, share of the plan."""
    worked = sorted(a / s / max(season[m - 1], 0.3) for m, s, a in earlier if a > 0)
    share = amount / span / (float(rules.leap_share) * plan)
    if len(worked) < _FEW_MONTHS:
        # Nothing of its own to compare with yet: only a whole plan at once speaks.
        return share / 4
    now = amount / span / max(season[month - 1], 0.3)
    least = plan / MONTHS * _LEAST_USUAL
    usual, most = max(worked[len(worked) // 2], least), max(worked[-1], least)
    # Times the usual tell most; that the best month so far is left behind, and how much of the plan it is, half as much.
    times, beyond = now / (float(rules.leap_times) * usual), now / (float(rules.leap_times) / 2 * most)
    return math.sqrt(times * math.sqrt(beyond * share)) * _SURE[min(len(worked), len(_SURE) - 1)]


def _fitting(p: ProjectYear, done: Yuan, worked: int) -> float:
    """A leap to the yuan of the plan tells more; one that carries far beyond it less, for nobody makes up what no one asks for;
    and new works that begin with a large month are no more than that."""
    plan = p.annual_plan or 0
    if done == plan:
        return 1.2
    beyond = max(0.5, min(1.0, _BEYOND * plan / done)) if done else 1.0
    return beyond * (0.5 if worked < _FEW_MONTHS and not p.begun else 1.0)


def _limits(setting: PeriodSetting) -> tuple[float, float]:
    """From which score on a month is doubted, and strongly: such that the ledger's own earlier years hardly had any."""
    months = next(span for span in _TIMES if setting.month in span)
    scores: list[float] = []
    unit_months = 0
    for held in setting.before.values():
        sample = held[::max(1, len(held) // _SAMPLE)]
        unit_months += len({p.unit for p in sample}) * len(months)
        season = _season_of(sample, setting.season, MONTHS)
        for p in sample:
            scores += _of_year(p, setting.rules, season, months)
    if not unit_months:
        return _UNKNOWN_TIMES, _STRONG * _UNKNOWN_TIMES**3
    scores.sort(reverse=True)

    def at(often: float) -> float:
        place = int(often * unit_months)
        return scores[place] if place < len(scores) else 0.0

    rare = _RARE_LATE if setting.month >= MONTHS - 1 else _RARE
    surer = 1 + _ITSELF / len(setting.before)
    return max(0.6, at(rare) * surer), max(1.2, at(_VERY_RARE) * 1.1)


def _of_year(p: ProjectYear, rules: DoubtRules, season: Sequence[float], months: range) -> Iterator[float]:
    plan = p.annual_plan or 0
    if not plan:
        return
    least = max(rules.least, int(rules.leap_share * plan))
    steps = p.steps(MONTHS)
    for at, (month, span, amount) in enumerate(steps):
        if amount >= least * span and month in months and not explains(p.progress_text[month - 1]):
            worked = sum(a > 0 for *_, a in steps[:at])
            yield _score(amount, span, steps[:at], plan, rules, season, month) * _fitting(p, p.year_investment[month - 1] or 0, worked)


def _doubt(unit: str, look: ProjectLook, setting: PeriodSetting, why: str, strength: Strength) -> Doubt:
    p, amount = look.project, look.brought
    plan, usual = p.annual_plan or 0, look.usual
    months = f"{setting.month}月一个月" if look.span == 1 else f"{setting.month - look.span + 1}—{setting.month}月"
    beside = f"，平常月份约{told(usual)}" if usual else ""
    ending = f"，累计正好等于全年计划{told(plan)}" if look.done == plan else f"，累计完成计划的{format_percent(Decimal(look.done) / plan, 1)}"
    ask = f"写有“{why}”，请核实是否与当月实际一致" if why else "请核实当月实物工作量"
    return Doubt(
        DoubtKind.MONTH_LEAP, unit, (p.id,), strength,
        f"“{p.name}”{months}报{told(amount)}，占全年计划{format_percent(Decimal(amount) / plan, 1)}{beside}{ending}，{ask}",
        {"amount": amount, "months": look.span, "usual": usual, "plan": plan, "done": look.done,
         "share": str(round(Decimal(amount) / plan, 4)), "season": str(round(Decimal(setting.season[setting.month - 1]), 2)), "explained": why},
        amount)
