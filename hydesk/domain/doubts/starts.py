"""未开工先有投资: money of a new project without a start, a permit or land (docs/rules.md §9.3)."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from hydesk.domain.doubts.doubt import Doubt, DoubtKind, Strength, told
from hydesk.domain.doubts.phrases import Stage, explains, stage_of
from hydesk.domain.doubts.setting import PeriodSetting, ProjectLook
from hydesk.domain.money import format_percent

_KEPT = Decimal("0.5")
"""Of new projects with money so many must have a recorded start; below, the ledger does not keep starts."""
_LATE_MONTHS = 2
"""A start is often written down a month or two late: while the words tell of works, so long nothing is asked."""
_EARLIER = 10
"""A 新建 that had a tenth of its total before the year was begun then; less was for land and papers."""
PERMIT = "施工许可"


def starts_before_works(setting: PeriodSetting) -> Iterator[Doubt]:
    """One doubt for each project; ``find`` tells those of a unit together."""
    rules = setting.rules
    last = date(setting.year, setting.month, calendar.monthrange(setting.year, setting.month)[1])
    new = [(unit.name, x) for unit in setting.units.values() for x in unit.looks
           if x.project.nature == "新建" and x.project.annual_plan
           and (x.project.invested_before or 0) * _EARLIER <= (x.project.total_investment or 0)
           and x.done >= max(Decimal(rules.least), rules.unstarted_share * x.project.annual_plan)]
    started = [x for _, x in new if x.project.actual_start is not None and x.project.actual_start <= last]
    kept = len(new) < 6 or len(started) >= _KEPT * len(new)
    for unit, look in new:
        p = look.project
        if p.actual_start is not None and p.actual_start <= last:
            continue
        strength = _strength(look, setting, last, kept)
        if strength is not None:
            yield _doubt(unit, look, last, strength, setting.month)


def _strength(look: ProjectLook, setting: PeriodSetting, last: date, kept: bool) -> Strength | None:
    p, rules = look.project, setting.rules
    plan, whole = p.annual_plan or 0, p.total_investment or 0
    words = [w for w in p.progress_text[:setting.month] if w]
    stage = max((s for w in words if (s := stage_of(w)) is not None), default=None)
    reports = [*look.earlier, *([(setting.month, look.span, look.amount)] if look.amount else [])]
    paid = [(m, a) for m, _, a in reports if a and a > 0]
    reasoned = sum(a for m, a in paid if explains(p.progress_text[m - 1]))
    if reasoned * 2 >= look.done:
        return Strength.WEAK if look.done * 2 > plan and look.done > whole // 4 else None
    since = setting.month - paid[0][0] if paid else 0
    if stage is not None and stage >= Stage.BASE:
        return Strength.WEAK if since >= _LATE_MONTHS else None
    permitted = (day := p.permits.get(PERMIT)) is not None and day <= last
    if permitted and since < _LATE_MONTHS and stage is None:
        return None
    much = look.done >= 2 * rules.unstarted_share * plan or look.done * 7 >= whole > 0
    long = since >= _LATE_MONTHS or look.done * 2 >= plan
    certain = stage is Stage.PAPER or (long and not permitted)
    return Strength.STRONG if kept and much and certain and not permitted else Strength.WEAK if kept or stage is not None else None


def _doubt(unit: str, look: ProjectLook, last: date, strength: Strength, month: int) -> Doubt:
    p = look.project
    plan = p.annual_plan or 0
    words = next((w for w in reversed(p.progress_text[:month]) if w), "")
    lacking = "没有登记开工" + ("和施工许可" if PERMIT not in p.permits else "")
    if p.planned_start is not None:
        lacking += f"（计划{p.planned_start.year}年{p.planned_start.month}月开工）"
    beside = f"，形象进度写“{words[:24]}”" if words else ""
    why = next((e for m, w in enumerate(p.progress_text[:month]) if (e := explains(w))), "")
    ask = f"写有“{why}”，请核实是否属于应列支的投资" if why else "请核实永久性工程是否动工，漏记的补记开工时间"
    return Doubt(
        DoubtKind.START_BEFORE_WORKS, unit, (p.id,), strength,
        f"“{p.name}”{lacking}，已报投资{told(look.done)}，占年度计划{format_percent(Decimal(look.done) / plan, 1)}{beside}，{ask}",
        {"done": look.done, "plan": plan, "share": str(round(Decimal(look.done) / plan, 4)), "words": words,
         "planned_start": str(p.planned_start or ""), "permits": sorted(p.permits), "explained": why}, look.done)
