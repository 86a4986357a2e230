"""与以前月份雷同: a month that repeats an earlier one, as it was or scaled (docs/rules.md §9.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from hydesk.domain.doubts.chance import STRONG, at_least, cluster
from hydesk.domain.doubts.doubt import Doubt, DoubtKind, Strength, named, told
from hydesk.domain.doubts.setting import PeriodSetting, ProjectLook, UnitLook
from hydesk.domain.money import Yuan
from hydesk.domain.project_year import MONTHS, ProjectYear

_LEAST_BLOCK = 3
"""So many months in a row, each unlike its neighbour, are a pattern."""


_TELLING, _REPEATS = 40, 10
"""An amount of fewer of the unit's steps cannot tell one factor from another, nor that it was copied."""


_WEAK = 3e-3
"""Months hardly ever repeat by chance: a smaller coincidence is asked about than of rates."""


def repeated_patterns(setting: PeriodSetting) -> Iterator[Doubt]:
    """Units of which many projects repeat a month, else single projects that repeat several."""
    last_year = {p.id: p for p in setting.before.get(setting.year - 1, ())}
    for unit in setting.units.values():
        moved = [x for x in unit.reported if x.amount and x.amount > 0 and x.span == 1]
        doubt = _of_unit(unit, moved, last_year, setting) if len(moved) >= setting.rules.alike else None
        if doubt is not None:
            yield doubt
        held = set(doubt.projects) if doubt is not None else set()
        for look in moved:
            if look.project.id not in held and (own := _of_project(unit, look, last_year.get(look.project.id), setting)) is not None:
                yield own


def _of_unit(unit: UnitLook, moved: list[ProjectLook], last_year: Mapping[int, ProjectYear], setting: PeriodSetting) -> Doubt | None:
    """The month of this year or the last that most of the unit's amounts repeat."""
    best: tuple[float, int, int, float, list[ProjectLook]] | None = None
    tried = 0
    for year, month, pairs in _earlier_months(moved, last_year, setting):
        least = (unit.grain or unit.grain_now) * _REPEATS
        pairs = [(x, a) for x, a in pairs if a >= least and x.brought >= least]
        if len(pairs) < setting.rules.alike:
            continue
        tried += 1
        same = [x for x, a in pairs if a == x.amount]
        if len(same) >= 3:
            chance = _by_chance(pairs, unit)
            if best is None or chance < best[0]:
                best = (chance, year, month, 1.0, same)
        grain = unit.grain or unit.grain_now
        scaled = [(x, x.brought / a, grain * (1 + x.brought / a) / a) for x, a in pairs
                  if a != x.amount and min(a, x.brought) >= _TELLING * grain]
        if len(scaled) >= setting.rules.alike:
            found = cluster([r for _, r, _ in scaled], [t for *_, t in scaled], (0.0, 0.002), len(scaled) / 3.0)
            if found is not None and (best is None or found.chance < best[0]):
                best = (found.chance, year, month, found.middle, [scaled[i][0] for i in found.places])
    if best is None or best[0] * tried > _WEAK or len(best[4]) < setting.rules.alike:
        return None
    if len(best[4]) * 4 < len(moved) and best[0] * tried > STRONG:
        return None
    chance, year, month, times, found_looks = best
    return _unit_doubt(unit, found_looks, year, month, times, chance * tried, len(moved), setting)


def _earlier_months(
    moved: list[ProjectLook], last_year: Mapping[int, ProjectYear], setting: PeriodSetting,
) -> Iterator[tuple[int, int, list[tuple[ProjectLook, Yuan]]]]:
    by_month: dict[tuple[int, int], list[tuple[ProjectLook, Yuan]]] = {}
    for x in moved:
        for m, span, amount in x.earlier:
            if span == 1 and amount > 0:
                by_month.setdefault((setting.year, m), []).append((x, amount))
        before = last_year.get(x.project.id)
        if before is not None:
            for m, span, amount in before.steps(MONTHS):
                if span == 1 and amount > 0:
                    by_month.setdefault((setting.year - 1, m), []).append((x, amount))
    for (year, month), pairs in by_month.items():
        yield year, month, pairs


_RARENESS = (0.003, 0.03, 0.1, 1.0)
"""Repeats are counted among amounts that come again less often than this: one of eight thousand steps tells more than many
of ten. The least likely count is taken."""


def _by_chance(pairs: Sequence[tuple[ProjectLook, Yuan]], unit: UnitLook) -> float:
    """How likely so many of ``pairs`` are the same by chance."""
    odds = [(_repeats(x, a, unit), a == x.amount) for x, a in pairs]
    least = 1.0
    for rare in _RARENESS:
        held = [(o, same) for o, same in odds if o <= rare]
        least = min(least, at_least(sum(same for _, same in held), sum(o for o, _ in held)) * len(_RARENESS))
    return least


def _repeats(look: ProjectLook, amount: Yuan, unit: UnitLook) -> float:
    """How likely a project repeats an amount: by the step it writes in, and by how often it did so before."""
    grain = unit.grain or unit.grain_now
    told_ones = [a for _, s, a in look.earlier if a > 0 and s == 1]
    repeats = len(told_ones) - len(set(told_ones))
    return min(1.0, grain / (0.5 * amount) + (repeats / len(told_ones) if len(told_ones) > 1 else 0.0))


def _unit_doubt(
    unit: UnitLook, found: list[ProjectLook], year: int, month: int, times: float, chance: float, moved: int, setting: PeriodSetting,
) -> Doubt:
    found.sort(key=lambda x: -x.brought)
    amount = sum(x.brought for x in found)
    when = f"{'' if year == setting.year else '上年'}{month}月"
    said = f"与{when}的数分毫不差" if times == 1.0 else f"都是{when}的{round(Decimal(times), 2).normalize():f}倍"
    sure = chance <= STRONG and len(found) > setting.rules.alike and len(found) * 5 >= moved * 2
    return Doubt(
        DoubtKind.REPEATED_PATTERN, unit.name, tuple(x.project.id for x in found), Strength.STRONG if sure else Strength.WEAK,
        f"{unit.name}{named([x.project.name for x in found])}{setting.month}月完成数{said}，合计{told(amount)}，请核实是否沿用了以前的数",
        {"year": year, "month": month, "times": str(round(Decimal(times), 4)), "alike": len(found), "of": moved, "chance": f"{chance:.1e}"}, amount)


def _of_project(unit: UnitLook, look: ProjectLook, before: ProjectYear | None, setting: PeriodSetting) -> Doubt | None:
    """Its last months repeat those before them, or the same months of last year."""
    steps = [*look.earlier, (setting.month, 1, look.brought)]
    own = [a for _, s, a in steps if s == 1]
    grain = unit.grain or unit.grain_now
    for length in range(len(own) // 2, _LEAST_BLOCK - 1, -1):
        now, then = own[-length:], own[-2 * length:-length]
        if now == then and _a_pattern(now, grain):
            first = setting.month - 2 * length + 1
            return _project_doubt(unit, look, now, f"{first}—{first + length - 1}月", setting)
    if before is not None:
        past = {m: a for m, s, a in before.steps(MONTHS) if s == 1}
        run = 0
        for m, s, a in reversed(steps):
            if s != 1 or past.get(m) != a:
                break
            run += 1
        now = [a for *_, a in steps[-run:]] if run else []
        if run >= _LEAST_BLOCK and _a_pattern(now, grain):
            return _project_doubt(unit, look, now, f"上年{setting.month - run + 1}—{setting.month}月", setting)
    return None


def _a_pattern(amounts: list[Yuan], grain: Yuan) -> bool:
    """Whether the months are told apart by work, so that they would not come again by themselves."""
    unlike = {a for a in amounts if a > 0}
    if len(unlike) < _LEAST_BLOCK:
        return False
    odds = 1.0
    for a in unlike:
        odds *= min(1.0, grain / (0.5 * a))
    return odds < 1e-6


def _project_doubt(unit: UnitLook, look: ProjectLook, amounts: list[Yuan], when: str, setting: PeriodSetting) -> Doubt:
    p, amount = look.project, sum(amounts)
    return Doubt(
        DoubtKind.REPEATED_PATTERN, unit.name, (p.id,), Strength.STRONG,
        f"“{p.name}”{setting.month - len(amounts) + 1}—{setting.month}月各月完成数与{when}逐月相同，合计{told(amount)}，请核实是否沿用了以前的数",
        {"months": len(amounts), "as": when, "amounts": amounts}, amount)
