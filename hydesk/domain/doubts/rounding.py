"""整数或相同尾数过多: round amounts and repeated endings beyond a unit's own habit (docs/rules.md §9.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hydesk.domain.doubts.chance import STRONG, WEAK, at_least, of_many
from hydesk.domain.doubts.doubt import Doubt, DoubtKind, Strength, names_of, told
from hydesk.domain.doubts.setting import PeriodSetting, ProjectLook, UnitLook
from hydesk.domain.money import Yuan

_BASES: tuple[Yuan, ...] = (10_000_000, 5_000_000, 1_000_000, 500_000, 100_000)
_BY_CHANCE = 0.04
"""Round amounts a unit writes now and then: so many of its amounts at least, whatever its past tells."""
_LEAST_PAST = 12


def round_numbers(setting: PeriodSetting) -> Iterator[Doubt]:
    """Units whose month is rounder than they are used to, or whose amounts end alike."""
    for unit in setting.units.values():
        moved = [x for x in unit.reported if x.amount]
        if len(moved) < setting.rules.alike:
            continue
        doubt = _round(unit, moved, setting) or _endings(unit, moved, setting)
        if doubt is not None:
            yield doubt


def _round(unit: UnitLook, moved: Sequence[ProjectLook], setting: PeriodSetting) -> Doubt | None:
    best: tuple[float, Yuan, list[ProjectLook], int] | None = None
    for base in _BASES:
        large = [x for x in moved if abs(x.brought) >= base]
        round_ones = [x for x in large if x.brought % base == 0]
        if len(round_ones) < setting.rules.alike or len(round_ones) * 5 < len(moved) * 2:
            continue
        usual = _usual_share(unit, base, setting)
        chance = of_many(len(round_ones), len(large), usual) * len(_BASES)
        if best is None or chance < best[0]:
            best = (chance, base, round_ones, len(large))
    if best is None or best[0] > WEAK:
        return None
    chance, base, found, count = best
    known = len(unit.habit) >= _LEAST_PAST
    if not known and (base < 1_000_000 or chance > STRONG):
        return None
    sure = chance <= STRONG and known and len(found) > setting.rules.alike and len(found) * 2 >= len(moved)
    found.sort(key=lambda x: -x.brought)
    amount = sum(x.brought for x in found)
    past = f"，以往这样的只占{round(_share(unit.habit, base) * 100)}%" if known else ""
    return Doubt(
        DoubtKind.ROUND_NUMBERS, unit.name, tuple(x.project.id for x in found), Strength.STRONG if sure else Strength.WEAK,
        f"{unit.name}{setting.month}月{count}个{told(base)}以上的本月数中有{len(found)}个是{told(base)}的整倍数"
        f"（{names_of([x.project.name for x in found])}）{past}，请核实是否估算",
        {"base": base, "round": len(found), "of": count, "usual": str(round(Decimal(_share(unit.habit, base)), 3)), "chance": f"{chance:.1e}"},
        amount)


def _usual_share(unit: UnitLook, base: Yuan, setting: PeriodSetting) -> float:
    """How many of a unit's amounts are multiples of ``base``: by its own past, else by the other units' this month."""
    large = [a for a in unit.habit if a >= base]
    if len(large) >= _LEAST_PAST:
        prior = 6.0
        return min(0.999, (sum(a % base == 0 for a in large) + prior * 2 * _BY_CHANCE) / (len(large) + prior))
    others = [abs(x.amount) for u in setting.units.values() if u is not unit for x in u.reported if x.amount and abs(x.amount) >= base]
    held = [a for a in others if a % base == 0]
    return min(0.6, max(0.3, len(held) / len(others) if others else 0.3))


def _share(amounts: Sequence[Yuan], base: Yuan) -> float:
    large = [a for a in amounts if a >= base]
    return sum(a % base == 0 for a in large) / len(large) if large else 0.0


def _endings(unit: UnitLook, moved: Sequence[ProjectLook], setting: PeriodSetting) -> Doubt | None:
    """Amounts that end in the same two digits, as they are written (in 万元, or its hundredths)."""
    best: tuple[float, str, list[ProjectLook]] | None = None
    for step in (10_000, 100):
        told_ones = [x for x in moved if abs(x.brought) >= 100 * step and (step == 100 or x.brought % step == 0)]
        by_end = Counter(abs(x.brought) // step % 100 for x in told_ones)
        past = Counter(a // step % 100 for a in unit.habit if a >= 100 * step)
        for end, count in by_end.most_common(2):
            if end % 10 == 0 or count < max(5, setting.rules.alike):
                continue
            usual = max(0.01, (past[end] + 0.2) / (sum(past.values()) + 20))
            chance = at_least(count, usual * len(told_ones)) * 100
            if best is None or chance < best[0]:
                said = f"{end:02d}万元" if step == 10_000 else f".{end:02d}万元"
                best = (chance, said, [x for x in told_ones if abs(x.brought) // step % 100 == end])
    if best is None or best[0] > WEAK:
        return None
    chance, end_said, found = best
    found.sort(key=lambda x: -x.brought)
    sure = chance <= STRONG and len(found) * 2 >= len(moved)
    return Doubt(
        DoubtKind.ROUND_NUMBERS, unit.name, tuple(x.project.id for x in found), Strength.STRONG if sure else Strength.WEAK,
        f"{unit.name}{setting.month}月{len(moved)}个本月数中有{len(found)}个尾数都是{end_said}（{names_of([x.project.name for x in found])}），请核实各项目本月实际数",
        {"ending": end_said, "alike": len(found), "of": len(moved), "chance": f"{chance:.1e}"}, sum(x.brought for x in found))
