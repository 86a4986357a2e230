"""形象进度投资远高于入统、到位: money reported far above what the bureau accepted or what was paid (docs/rules.md §9.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from hydesk.domain.doubts.doubt import Doubt, DoubtKind, Strength, told
from hydesk.domain.doubts.setting import PeriodSetting, ProjectLook, UnitLook
from hydesk.domain.money import Yuan
from hydesk.domain.project_year import MONTHS, ProjectYear

_GROWN = 4
"""A project is looked at from so many months after its first money on: the bureau takes some to take it in."""
_LOW_HABIT = 0.3
"""Units whose usual share is below this are not compared: too little of it is told."""
_STRONG = 0.7
_LEAST_TOLD = 5
_RARE, _VERY_RARE = 0.002, 0.0003
"""Of projects: so many may lie below the limits by the ledger's own past."""
_OF_PLAN = Decimal("0.15")

Column = str


def accepted_far_below(setting: PeriodSetting) -> Iterator[Doubt]:
    """入统 far below 形象进度."""
    yield from _behind(setting, "statistics_year", DoubtKind.ACCEPTED_FAR_BELOW)


def paid_far_below(setting: PeriodSetting) -> Iterator[Doubt]:
    """到位资金 far below 形象进度."""
    yield from _behind(setting, "funds_arrived", DoubtKind.PAID_FAR_BELOW)


def _behind(setting: PeriodSetting, column: Column, kind: DoubtKind) -> Iterator[Doubt]:
    rules = setting.rules
    by_unit = {u.name: _told(u, column, setting) for u in setting.units.values()}
    city = _middle([r for held in by_unit.values() for _, r, _ in held])
    if city is None:
        return
    limit, sure_limit = float(rules.below), float(rules.below) * _STRONG
    usual = {name: _usual(setting.units[name], column, held, city) for name, held in by_unit.items()}
    # How widely shares scatter about what is usual, by this city's own earlier years.
    spread = sorted(r / usual[u.name] for u in setting.units.values() if usual[u.name] > _LOW_HABIT for r in _past(u, column))
    if len(spread) >= 300:
        limit = min(limit, spread[int(_RARE * len(spread))])
        sure_limit = min(sure_limit, spread[int(_VERY_RARE * len(spread))] * 0.95)
        limit, sure_limit = max(limit, 0.12), max(sure_limit, 0.08)
    for name, held in by_unit.items():
        if usual[name] <= _LOW_HABIT:
            continue
        for look, share, amount in held:
            part = share / usual[name]
            if part <= limit and look.done >= rules.least:
                yield _doubt(kind, name, look, amount, usual[name], Strength.STRONG if part <= sure_limit else Strength.WEAK)


def _told(unit: UnitLook, column: Column, setting: PeriodSetting) -> list[tuple[ProjectLook, float, Yuan]]:
    """Grown projects of which both figures are told as of the period, with the share of the two."""
    found = []
    for x in unit.reported:
        amount = getattr(x.project, column)[setting.month - 1]
        if amount is None or not x.project.annual_plan or x.done < _OF_PLAN * x.project.annual_plan or not _grown(x, setting.month):
            continue
        found.append((x, amount / x.done, amount))
    return found


def _grown(look: ProjectLook, month: int) -> bool:
    begun = look.project.actual_start
    if look.project.begun:
        return (begun is None and month >= 3) or (begun is not None and
            (look.project.year - begun.year) * MONTHS + month - begun.month > _GROWN)
    first = next((m for m, _, a in look.earlier if a > 0), month)
    return month - max(first, _start_month(look.project)) >= _GROWN


def _start_month(p: ProjectYear) -> int:
    """The month works began: money before it was for land. 0 before the year; past its end where no start is known."""
    if p.actual_start is None:
        return MONTHS if p.planned_start is not None else 0
    return p.actual_start.month if p.actual_start.year == p.year else 0


def _past(unit: UnitLook, column: Column) -> list[float]:
    """Shares of its grown projects in earlier years, by the half and whole year."""
    found = []
    for p in unit.before[::max(1, len(unit.before) // 300)]:
        for month in (6, 9, 12):
            share = _share_at(p, column, month)
            if share is not None:
                found.append(share)
    return found


def _share_at(p: ProjectYear, column: Column, month: int) -> float | None:
    done, amount = p.year_investment[month - 1], getattr(p, column)[month - 1]
    if not done or amount is None or not p.annual_plan or done < _OF_PLAN * p.annual_plan:
        return None
    if not p.begun and not (month - _GROWN >= max(1, _start_month(p)) and (p.year_investment[month - 1 - _GROWN] or 0) > 0):
        return None
    return float(amount / done)


def _usual(unit: UnitLook, column: Column, held: Sequence[tuple[ProjectLook, float, Yuan]], city: float) -> float:
    """What share the unit usually shows: its past years, else its own projects, drawn to the city's where they are few."""
    past = _past(unit, column)
    own = past if len(past) >= _LEAST_TOLD else [r for _, r, _ in held]
    middle = _middle(own)
    if middle is None:
        return city
    weight = min(1.0, len(own) / (3 * _LEAST_TOLD)) if own is past else min(0.5, len(own) / 20)
    return weight * middle + (1 - weight) * city


def _middle(shares: Sequence[float]) -> float | None:
    return sorted(shares)[len(shares) // 2] if shares else None


def _doubt(kind: DoubtKind, unit: str, look: ProjectLook, amount: Yuan, usual: float, strength: Strength) -> Doubt:
    p = look.project
    word = "入统投资" if kind is DoubtKind.ACCEPTED_FAR_BELOW else "到位资金"
    share = Decimal(amount) / look.done
    ask = "请核实未入统的原因和投资数" if kind is DoubtKind.ACCEPTED_FAR_BELOW else "请核实资金来源和投资数"
    return Doubt(
        kind, unit, (p.id,), strength,
        f"“{p.name}”本年报投资{told(look.done)}，{word}只有{told(amount) if amount else '0'}（{round(share * 100)}%，{unit}一般约{round(usual * 100)}%），{ask}",
        {"done": look.done, "told": amount, "share": str(round(share, 4)), "usual": f"{usual:.3f}"}, look.done - amount)


