"""多个项目同一完成率, 正好等于时间进度: rates of completion that are alike beyond chance (docs/rules.md §9.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from hydesk.domain.doubts.chance import STRONG, WEAK, Cluster, at_least, cluster
from hydesk.domain.doubts.doubt import Doubt, DoubtKind, Strength, named, told
from hydesk.domain.doubts.setting import PeriodSetting, ProjectLook, UnitLook
from hydesk.domain.money import format_percent
from hydesk.domain.project_year import MONTHS

WIDTHS = (0.0, 0.0003, 0.001, 0.004)
"""Bunches of equal rates, and of rates within 0.03, 0.1 and 0.4 points."""


_TOGETHER, _LOTS = 0.002, 6
"""Rates within 0.2 points are together; an undertaking has so many lots at most."""
_TELLING, _AT_TIME_TELLS = 60, 4
"""A plan of fewer of the unit's steps cannot tell one rate from another; where the rate is known beforehand, a quarter will do."""


def same_ratios(setting: PeriodSetting) -> Iterator[Doubt]:
    """Units of which many projects stand at one rate: at 时间进度, or at another."""
    for unit in setting.units.values():
        looks = [x for x in _open(unit) if unit.grain_now * _TELLING <= (x.project.annual_plan or 0) * _AT_TIME_TELLS]
        if len(looks) < setting.rules.alike:
            continue
        rates = [x.done / (x.project.annual_plan or 1) for x in looks]
        rounding = [unit.grain_now / (x.project.annual_plan or 1) for x in looks]
        on_time = _at_time(looks, rates, rounding, setting)
        if on_time is not None:
            yield from _told(unit, looks, on_time, setting, DoubtKind.AT_TIME_PROGRESS)
            held = set(on_time.places)
            rest = [i for i in range(len(looks)) if i not in held]
        else:
            rest = list(range(len(looks)))
        rest = [i for i in rest if rounding[i] * _TELLING <= 1]
        if len(rest) >= setting.rules.alike:
            looks = [looks[i] for i in rest]
            rates, rounding = [rates[i] for i in rest], [rounding[i] for i in rest]
            found = cluster(rates, rounding, WIDTHS, _thinnest(len(looks), setting.month))
            if found is not None:
                yield from _told(unit, looks, found, setting, DoubtKind.SAME_RATIO)


def _open(unit: UnitLook) -> list[ProjectLook]:
    """The projects under way: sums to the yuan of the plan are plans met, nothing odd.

    What one builder reports of the lots of one undertaking may well be shared out evenly: of a few that stand together
    at one rate two are taken; of many all.
    """
    by_builder: dict[str, list[ProjectLook]] = {}
    for x in unit.reported:
        plan = x.project.annual_plan
        if plan and x.done > 0 and x.done != plan:
            by_builder.setdefault(x.project.builder or str(x.project.id), []).append(x)
    return [x for held in by_builder.values() for x in (held if len(held) < 3 else _without_lots(held))]


def _without_lots(held: list[ProjectLook]) -> Iterator[ProjectLook]:
    """One builder's projects, of those that stand together two at most, unless they are more than the lots of one."""
    ordered = sorted(held, key=lambda x: x.done / (x.project.annual_plan or 1))
    group: list[ProjectLook] = []
    for x in ordered:
        if group and x.done / (x.project.annual_plan or 1) - group[0].done / (group[0].project.annual_plan or 1) > _TOGETHER:
            yield from group if len(group) > _LOTS else group[:2]
            group = []
        group.append(x)
    yield from group if len(group) > _LOTS else group[:2]


def _thinnest(count: int, month: int) -> float:
    """Projects per unit of rate, at least: spread over twice what time would have them reach."""
    return count / (2.0 * month / MONTHS + 0.2)


def _at_time(looks: Sequence[ProjectLook], rates: Sequence[float], rounding: Sequence[float], setting: PeriodSetting) -> Cluster | None:
    """The projects at the month's 时间进度, which nobody has to look for: its place is known beforehand."""
    time = setting.month / MONTHS
    thin = _thinnest(len(looks), setting.month)
    best: Cluster | None = None
    for width in (0.0, 0.0001, 0.0005, 0.002):
        places = tuple(i for i, r in enumerate(rates) if abs(r - time) <= width + max(rounding[i] / 2, 5e-7))
        span = 2 * width + sum(rounding) / len(rounding)
        beside = sum(abs(r - time) <= 0.04 for r in rates) - len(places)
        density = max((beside + 0.5) / max(0.08 - span, span), thin)
        chance = at_least(len(places), density * span)
        if len(places) >= 3 and (best is None or chance < best.chance):
            best = Cluster(places, time, chance, width <= 0.0001)
    return best


def _told(unit: UnitLook, looks: Sequence[ProjectLook], found: Cluster, setting: PeriodSetting, kind: DoubtKind) -> Iterator[Doubt]:
    least, count = setting.rules.alike, len(found.places)
    if found.chance > WEAK or count < least:
        return
    sure = found.chance <= STRONG and count > least and count * 4 >= len(unit.reported)
    alike = sorted((looks[i] for i in found.places), key=lambda x: -x.done)
    projects = tuple(x.project.id for x in alike)
    names = named([x.project.name for x in alike])
    rate = format_percent(Decimal(found.middle), 2)
    amount = sum(x.done for x in alike)
    if kind is DoubtKind.AT_TIME_PROGRESS:
        said = f"{names}累计完成都{'正好' if found.exact else '几乎'}等于年度计划乘时间进度（{setting.month}/{MONTHS}，{rate}）"
    else:
        said = f"{names}累计完成都{'正好' if found.exact else '几乎'}是年度计划的{rate}"
    yield Doubt(
        kind, unit.name, projects, Strength.STRONG if sure else Strength.WEAK,
        f"{unit.name}{said}，合计{told(amount)}，请核实是否按比例推算",
        {"count": count, "reported": len(unit.reported), "rate": str(round(Decimal(found.middle), 6)), "amount": amount,
         "chance": f"{found.chance:.1e}"}, amount)
