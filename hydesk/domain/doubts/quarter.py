"""集中在季末、月末入账: a quarter's work that all falls into its last month, unlike elsewhere and before; where weekly returns
tell it, a month's that all falls into its last days (docs/rules.md §9.3)."""

from __future__ import annotations

from collections.abc import Iterator

from hydesk.domain.doubts.chance import STRONG, of_many
from hydesk.domain.doubts.doubt import Doubt, DoubtKind, Strength, named, told
from hydesk.domain.doubts.month_end import month_end_leaps
from hydesk.domain.doubts.setting import PeriodSetting, UnitLook
from hydesk.domain.money import Yuan
from hydesk.domain.project_year import ProjectYear

_MOST = (0.6, 0.7, 0.8, 0.9)
"""Of a quarter's amount in its last month: so much is concentrated (the even share is a third). The telling one is taken:
after the holidays of the first quarter March always has most."""
_WEAK = 2e-2
_LEAST_SHARE = 0.08
_OF_PLAN = 50
"""A quarter of a project counts from one fiftieth of its plan on."""


def period_end_leaps(setting: PeriodSetting) -> Iterator[Doubt]:
    """Units at a quarter's end, and at a month's end those not asked about the quarter."""
    found = list(_quarter_ends(setting))
    yield from found
    yield from month_end_leaps(setting, {d.unit for d in found})


def _quarter_ends(setting: PeriodSetting) -> Iterator[Doubt]:
    month = setting.month
    if month % 3:
        return
    now = {name: [(x.project, _last_share(t), t) for x in unit.looks if (t := thirds(x.project, month)) is not None]
           for name, unit in setting.units.items()}
    whole = sum(map(len, now.values()))
    high = {most: sum(share >= most for held in now.values() for _, share, _ in held) for most in _MOST}
    for name, held in now.items():
        best: tuple[float, float, float] | None = None
        for most in _MOST:
            count = sum(share >= most for _, share, _ in held)
            if count < setting.rules.alike or count * 5 < len(held) * 2:
                continue
            others = whole - len(held)
            beside = (high[most] - count + 1) / (others + 6) if others else 0.25
            usual = min(0.95, max(_LEAST_SHARE, beside, _own(setting.units[name], month, most)))
            chance = of_many(count, len(held), usual) * len(_MOST)
            if best is None or chance < best[0]:
                best = (chance, most, usual)
        if best is not None and best[0] <= _WEAK:
            found = [(p, t) for p, share, t in held if share >= best[1]]
            yield _doubt(name, found, len(held), best[2], best[0], setting)


def thirds(p: ProjectYear, month: int) -> tuple[Yuan, Yuan, Yuan] | None:
    """What the three months that end with ``month`` brought; None where one of them was not reported or all is little."""
    held = p.year_investment
    sums = [held[m - 1] if m > 0 else 0 for m in range(month - 3, month + 1)]
    if any(s is None for s in sums):
        return None
    a, b, c = (int(sums[i + 1] or 0) - int(sums[i] or 0) for i in range(3))
    whole = a + b + c
    if whole <= 0 or min(a, b, c) < 0 or whole * _OF_PLAN < (p.annual_plan or 0):
        return None
    return a, b, c


def _last_share(parts: tuple[Yuan, Yuan, Yuan]) -> float:
    return parts[2] / sum(parts)


def _own(unit: UnitLook, month: int, most: float) -> float:
    """How many of the unit's projects did so in the same quarter of earlier years."""
    shares = [_last_share(t) for p in unit.before[::max(1, len(unit.before) // 400)] if (t := thirds(p, month)) is not None]
    return (sum(s >= most for s in shares) + 0.3) / (len(shares) + 3)


def _doubt(
    unit: str, held: list[tuple[ProjectYear, tuple[Yuan, Yuan, Yuan]]], whole: int, usual: float, chance: float, setting: PeriodSetting,
) -> Doubt:
    held.sort(key=lambda x: -x[1][2])
    sure = chance <= STRONG and len(held) > setting.rules.alike and len(held) * 2 >= whole
    last, quarter = sum(t[2] for _, t in held), sum(sum(t) for _, t in held)
    return Doubt(
        DoubtKind.PERIOD_END_LEAP, unit, tuple(p.id for p, _ in held), Strength.STRONG if sure else Strength.WEAK,
        f"{unit}{named([p.name for p, _ in held])}{setting.month - 2}—{setting.month}月完成{told(quarter)}，"
        f"其中{told(last)}集中在{setting.month}月，其他单位和往年不是这样，请核实各月实际完成数",
        {"projects": len(held), "of": whole, "last_month": last, "quarter": quarter, "usual": f"{usual:.3f}", "chance": f"{chance:.1e}"}, last)
