"""单位合计正好凑整: a unit's sum on 时间进度, a plain rate or a whole 亿元, carried there by one or two projects (docs/rules.md §9.3)."""

from __future__ import annotations

from collections.abc import Iterator

from hydesk.dataclass import dataclass
from hydesk.domain.doubts.doubt import Doubt, DoubtKind, Strength, named, told
from hydesk.domain.doubts.setting import GRAINS, PeriodSetting, ProjectLook, UnitLook, grain_of
from hydesk.domain.money import Yuan, format_percent, rate
from hydesk.domain.project_year import MONTHS

_YI = 10**8
_LEAST_PROJECTS = 3
_RARE, _VERY_RARE = 0.012, 0.002
"""How often a sum lies so near to any target by chance: a unit's month, weakly and strongly."""
_ODD = 2.5
"""A month so many times the usual one carries a sum."""


@dataclass(frozen=True, slots=True)
class _Target:
    words: str
    amount: Yuan
    chance: float
    off: Yuan


def sums_made_to_fit(setting: PeriodSetting) -> Iterator[Doubt]:
    """Units whose sum is a target to a hair, and the projects that carry it."""
    for unit in setting.units.values():
        moved = [x for x in unit.reported if x.amount]
        if len(unit.reported) < _LEAST_PROJECTS or len(moved) < _LEAST_PROJECTS or not unit.plan:
            continue
        if all(x.done == x.project.annual_plan for x in unit.reported):
            continue
        hit = _hit(unit, setting.month)
        if hit is None or hit.chance > _RARE:
            continue
        carriers = _carriers(moved, unit)
        if carriers or hit.chance <= _VERY_RARE:
            yield _doubt(unit, hit, carriers, _above_usual(moved, carriers), setting)


def _hit(unit: UnitLook, month: int) -> _Target | None:
    """The target the sum lies on, with how often a sum would lie so near to one of its kind."""
    plan, done = unit.plan, unit.done
    grain = max(unit.grain_now, 100)
    coarse = max(grain, _written(unit))
    found = []
    on_time = plan * month // MONTHS
    families = [] if month == MONTHS else [(f"正好是年度计划乘时间进度（{month}/{MONTHS}）", on_time, plan, 0.0)]
    families += [*_rates(plan, done), *_whole(done, plan)]
    for words, amount, apart, _ in families:
        off = abs(done - amount)
        # Every target of its kind lies ``apart``; sums are written in steps, so nothing lies nearer than half of one.
        near = 2 * max(off, coarse / 2) + 1
        density = near / apart if apart < plan else near / (plan * max(0.25, month / MONTHS))
        if off <= max(plan // 20_000, coarse // 2 + grain):
            found.append(_Target(words, amount, min(1.0, density), off))
    return min(found, key=lambda t: t.chance, default=None)


def _rates(plan: Yuan, done: Yuan) -> list[tuple[str, Yuan, Yuan, float]]:
    found = []
    for percent in (10, 5, 1):
        near = round(done * 100 / plan / percent) * percent
        if near > 0 and near != 100:
            found.append((f"正好是年度计划的{near}%", plan * near // 100, plan * percent // 100, 0.0))
    return found


def _whole(done: Yuan, plan: Yuan) -> list[tuple[str, Yuan, Yuan, float]]:
    found = []
    for step in (10 * _YI, _YI):
        near = (done + step // 2) // step * step
        if near > 0 and step * 3 <= plan:
            found.append((f"正好是{near // _YI}亿元", near, step, 0.0))
    return found


def _written(unit: UnitLook) -> Yuan:
    """The step in which most of the unit's sums are written but for a few: 凑 shows as the one odd figure."""
    return grain_of([x.done for x in unit.reported if x.done], 0.97)


def _carriers(moved: list[ProjectLook], unit: UnitLook) -> list[ProjectLook]:
    """The projects that bring the sum there: one month far from its own usual, one odd figure among rounder ones, or
    one that gained to the yuan what another lost."""
    found: dict[int, ProjectLook] = {}
    lost = {-x.brought: x for x in moved if x.brought < 0}
    for x in moved:
        amount = x.brought
        if amount > 0 and amount in lost:
            found[x.project.id] = x
            found[lost[amount].project.id] = lost[amount]
        elif amount < 0 or (amount > _ODD * (x.usual or (x.project.annual_plan or 0) // MONTHS) * x.span and amount * 500 > unit.plan):
            found[x.project.id] = x
    odd = _odd_one(moved)
    if odd is not None:
        found[odd.project.id] = odd
    return sorted(found.values(), key=lambda x: -abs(x.brought))[:3]


def _above_usual(moved: list[ProjectLook], carriers: list[ProjectLook]) -> list[ProjectLook]:
    """Beside the carriers the two projects whose month exceeds their usual one most: where to look next."""
    known = {x.project.id for x in carriers}
    others = [x for x in moved if x.project.id not in known]
    return sorted(others, key=lambda x: x.usual * x.span - x.brought)[:2]


def _odd_one(moved: list[ProjectLook]) -> ProjectLook | None:
    """The single amount written finer than all others."""
    for grain in GRAINS:
        finer = [x for x in moved if x.brought % grain]
        if len(finer) == 1 and len(moved) >= 4:
            return finer[0]
        if len(finer) < 2:
            continue
    return None


def _doubt(unit: UnitLook, hit: _Target, carriers: list[ProjectLook], beside: list[ProjectLook], setting: PeriodSetting) -> Doubt:
    sure = hit.chance <= _VERY_RARE and bool(carriers)
    amount = sum(abs(x.brought) for x in carriers) or hit.off
    by = f"，其中{named([x.project.name for x in carriers])}本月数与平常不同" if carriers else ""
    near = "" if hit.off <= unit.grain_now else "几乎"
    share = rate(unit.done, unit.plan)
    return Doubt(
        DoubtKind.SUM_MADE_TO_FIT, unit.name, tuple(x.project.id for x in (*carriers, *beside)), Strength.STRONG if sure else Strength.WEAK,
        f"{unit.name}1—{setting.month}月合计{told(unit.done)}（{format_percent(share)}），{near}{hit.words}{by}，请核实{'这几个项目' if carriers else '各项目'}的数",
        {"done": unit.done, "plan": unit.plan, "target": hit.amount, "off": hit.off, "chance": f"{hit.chance:.1e}"}, amount)
