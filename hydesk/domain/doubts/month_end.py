"""集中在月末入账: a month's work that, by the unit's own weekly returns, all falls into its last days (docs/rules.md §9.3).

Only units whose weekly returns move are looked at: where they carry the same sum all month they tell no money at all.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterator

from hydesk.dataclass import dataclass
from hydesk.domain.doubts.chance import STRONG, of_many
from hydesk.domain.doubts.doubt import Doubt, DoubtKind, Strength, named, told
from hydesk.domain.doubts.setting import PeriodSetting, UnitLook
from hydesk.domain.money import Yuan
from hydesk.domain.project_year import ProjectYear

_MOST = (0.6, 0.7, 0.8, 0.9)
"""Of a month's amount in its last days: so much is concentrated (the even share is a quarter). The telling one is taken."""
_LAST_DAYS = (3, 11)
"""The last weekly sum of a month lies so many days before its end at least, and at most."""
_WEAK = 2e-2
_LEAST_SHARE = 0.08
_OF_PLAN = 150
"""A month of a project counts from this part of its plan on."""
_TELLS_MONEY = 2
"""One in so many of a unit's weekly sums has moved within the month, or its weekly returns tell no money."""


@dataclass(frozen=True, slots=True)
class _Ending:
    """A project's month: its amount, and what of it came after ``day``."""

    project: ProjectYear
    day: int
    amount: Yuan
    last: Yuan

    @property
    def share(self) -> float:
        return self.last / self.amount


def month_end_leaps(setting: PeriodSetting, told_of: Collection[str]) -> Iterator[Doubt]:
    """Units of a month; those of ``told_of`` were asked about the whole quarter already."""
    now = {name: held for name, unit in setting.units.items() if (held := _endings(unit, setting.year, setting.month))}
    whole = sum(map(len, now.values()))
    for name, held in now.items():
        if name in told_of or len(held) < setting.rules.alike:
            continue
        best: tuple[float, float, float] | None = None
        for most in _MOST:
            count = sum(e.share >= most for e in held)
            if count < setting.rules.alike or count * 5 < len(held) * 2:
                continue
            others = whole - len(held)
            high = sum(e.share >= most for other, own in now.items() if other != name for e in own)
            usual = min(0.95, max(_LEAST_SHARE, (high + 1) / (others + 2) if others else 0.25, _own(setting, name, most)))
            chance = of_many(count, len(held), usual) * len(_MOST)
            if best is None or chance < best[0]:
                best = chance, most, usual
        if best is not None and best[0] <= _WEAK:
            yield _doubt(name, [e for e in held if e.share >= best[1]], len(held), best[2], best[0], setting)


def _endings(unit: UnitLook, year: int, month: int) -> list[_Ending]:
    found, moved = [], 0
    for look in unit.looks:
        own = _ending(look.project, year, month)
        if own is not None:
            found.append(own)
            moved += own.last < own.amount
    return found if moved * _TELLS_MONEY >= len(found) else []


def _ending(p: ProjectYear, year: int, month: int) -> _Ending | None:
    closing = p.year_investment[month - 1]
    before = p.year_investment[month - 2] if month > 1 else 0
    if closing is None or before is None:
        return None
    last = calendar.monthrange(year, month)[1]
    nearest, furthest = _LAST_DAYS
    weeks = [(day, amount) for m, day, amount in p.weeks if m == month and nearest <= last - day <= furthest]
    amount = closing - before
    if not weeks or amount <= 0 or amount * _OF_PLAN < (p.annual_plan or 0):
        return None
    day, held = weeks[-1]
    return _Ending(p, day, amount, closing - held) if before <= held <= closing else None


def _own(setting: PeriodSetting, name: str, most: float) -> float:
    """How many of the unit's projects did so in the months before."""
    unit = setting.units[name]
    shares = [e.share for m in range(1, setting.month) for e in _endings(unit, setting.year, m)]
    return (sum(s >= most for s in shares) + 0.3) / (len(shares) + 3)


def _doubt(unit: str, held: list[_Ending], whole: int, usual: float, chance: float, setting: PeriodSetting) -> Doubt:
    held.sort(key=lambda e: -e.last)
    sure = chance <= STRONG and len(held) > setting.rules.alike and len(held) * 2 >= whole
    last, amount = sum(e.last for e in held), sum(e.amount for e in held)
    day = max(e.day for e in held)
    return Doubt(
        DoubtKind.PERIOD_END_LEAP, unit, tuple(e.project.id for e in held), Strength.STRONG if sure else Strength.WEAK,
        f"{unit}{named([e.project.name for e in held])}{setting.month}月完成{told(amount)}，"
        f"周报到{setting.month}月{day}日只有{told(amount - last)}，其余{told(last)}都在月末几天，其他单位和它前几个月不是这样，请核实各周实际完成数",
        {"projects": len(held), "of": whole, "last_days": last, "month": amount, "week_to": f"{setting.year}-{setting.month:02d}-{day:02d}",
         "usual": f"{usual:.3f}", "chance": f"{chance:.1e}"}, last)
