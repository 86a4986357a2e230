"""单月猛增: a month far from the project's own months, the season and what is left of its plan (docs/rules.md §9.3)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hydesk.domain.doubts.doubt import Doubt, DoubtKind, Strength, told
from hydesk.domain.doubts.phrases import explains
from hydesk.domain.doubts.setting import PeriodSetting, ProjectLook
from hydesk.domain.money import Yuan, format_percent
from hydesk.domain.project_year import MONTHS, ProjectYear

_STRONG = 1.5
_RARE, _VERY_RARE = 0.1, 0.004
"""How many a unit's month may have of itself by the ledger's earlier years: beyond, the limits are raised."""
_FEW_MONTHS = 2
_SURE = (0.0, 0.0, 0.65, 0.8, 0.9, 1.0)
"""How much a comparison counts by the number of working months it is made with."""
_UNKNOWN_TIMES = 1.25
"""Without earlier years to tell how this city's months vary, the limits are so many times as high."""


def month_leaps(setting: PeriodSetting) -> Iterator[Doubt]:
    """One doubt for each project; ``find`` tells those of a unit together."""
    rules = setting.rules
    weak, strong = _limits(setting)
    for unit in setting.units.values():
        for look in unit.reported:
            amount, plan = look.amount or 0, look.project.annual_plan or 0
            if amount < rules.least or not plan or amount < rules.leap_share * plan * look.span:
                continue
            score = _score(amount, look.span, look.earlier, plan, setting, setting.month)
            if look.done == plan:
                score *= 1.2  # to the yuan what was planned
            words = look.project.progress_text[setting.month - 1]
            why = explains(words)
            # What the words explain is told only where it is far beyond anything usual.
            if score < (strong * 1.5 if why else weak):
                continue
            sure = score >= strong and not why and len([1 for *_, a in look.earlier if a > 0]) >= _FEW_MONTHS
            yield _doubt(unit.name, look, setting, why, Strength.STRONG if sure else Strength.WEAK)


def _score(amount: Yuan, span: int, earlier: tuple[tuple[int, int, Yuan], ...], plan: Yuan, setting: PeriodSetting, month: int) -> float:
    """How far beyond the rule's two limits, 1 being at them: the smaller of times the usual and share of the plan."""
    season, rules = setting.season, setting.rules
    worked = sorted(a / s / max(season[m - 1], 0.3) for m, s, a in earlier if a > 0)
    share = amount / span / (float(rules.leap_share) * plan)
    if len(worked) < _FEW_MONTHS:
        # Nothing of its own to compare with yet: only a whole plan at once speaks.
        return share / 4
    now = amount / span / max(season[month - 1], 0.3)
    usual, most = max(worked[len(worked) // 2], plan / MONTHS * 0.25), worked[-1]
    times = min(now / (float(rules.leap_times) * usual), now / (float(rules.leap_times) / 2 * most))
    # A project that has only begun still gathers speed; a large part of the plan at once needs fewer times the usual.
    return min(times, share) * _SURE[min(len(worked), len(_SURE) - 1)] * min(1.35, max(1.0, share / 1.6))


def _limits(setting: PeriodSetting) -> tuple[float, float]:
    """From which score on a month is doubted, and strongly: such that the ledger's own earlier years hardly had any."""
    late = setting.month >= MONTHS - 1
    scores: list[float] = []
    months = 0
    for held in setting.before.values():
        sample = held[::max(1, len(held) // 1500)]
        months += len({p.unit for p in sample}) * (2 if late else 10)
        for p in sample:
            scores += _of_year(p, setting, late)
    if not months:
        return _UNKNOWN_TIMES, _STRONG * _UNKNOWN_TIMES
    scores.sort(reverse=True)

    def at(often: float) -> float:
        place = int(often * months)
        return scores[place] if place < len(scores) else 0.0

    return max(0.6, at(_RARE)), max(1.2, at(_VERY_RARE) * 1.1)


def _of_year(p: ProjectYear, setting: PeriodSetting, late: bool) -> Iterator[float]:
    plan = p.annual_plan or 0
    if not plan:
        return
    least = max(setting.rules.least, int(setting.rules.leap_share * plan))
    steps = p.steps(MONTHS)
    for at, (month, span, amount) in enumerate(steps):
        if amount >= least * span and (month >= MONTHS - 1) == late and not explains(p.progress_text[month - 1]):
            yield _score(amount, span, tuple(steps[:at]), plan, setting, month)


def _doubt(unit: str, look: ProjectLook, setting: PeriodSetting, why: str, strength: Strength) -> Doubt:
    p, amount = look.project, look.amount or 0
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
