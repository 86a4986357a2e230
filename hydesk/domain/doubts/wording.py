"""形象进度与投资不符: words of levelling or paperwork beside money of a building (docs/rules.md §9.3)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hydesk.domain.doubts.doubt import Doubt, DoubtKind, Strength, told
from hydesk.domain.doubts.phrases import Stage, explains, of_another_part, stage_of
from hydesk.domain.doubts.setting import PeriodSetting, ProjectLook
from hydesk.domain.money import format_percent

_FACTOR = {Stage.PAPER: Decimal("0.6"), Stage.GROUND: Decimal(1), Stage.BASE: Decimal("2.2")}
"""Of ``ground_share``: paperwork takes less of the total than levelling, foundations more."""
_PLAN_SHARE = {Stage.PAPER: Decimal("0.2"), Stage.GROUND: Decimal("0.4"), Stage.BASE: Decimal("0.8")}
"""…and such a part of the year's plan must have been reported too."""


def words_against_money(setting: PeriodSetting) -> Iterator[Doubt]:
    """One doubt for each project; ``find`` tells those of a unit together."""
    rules = setting.rules
    for unit in setting.units.values():
        for look in unit.reported:
            p = look.project
            words = p.progress_text[setting.month - 1]
            stage = stage_of(words) if words else None
            if stage is None or stage > Stage.BASE or not p.total_investment or not p.annual_plan or look.done < rules.least:
                continue
            since = (p.invested_before or 0) + look.done
            limit = rules.ground_share * _FACTOR[stage]
            share, of_plan = Decimal(since) / p.total_investment, Decimal(look.done) / p.annual_plan
            heavy = of_plan >= _PLAN_SHARE[stage] and (share >= limit or (of_plan >= 2 * _PLAN_SHARE[stage] and share >= limit / 2))
            if not heavy or of_another_part(words):
                continue
            why = next((e for w in p.progress_text[:setting.month] if (e := explains(w))), "")
            begun = p.begun and (p.invested_before or 0) * 2 > since
            sure = share >= limit * Decimal("1.3") and of_plan >= _PLAN_SHARE[stage] and not why and stage is not Stage.BASE and not begun
            if why and share < 2 * limit:
                continue
            yield _doubt(unit.name, look, words, stage, share, of_plan, why, Strength.STRONG if sure else Strength.WEAK)


def _doubt(unit: str, look: ProjectLook, words: str, stage: Stage, share: Decimal, of_plan: Decimal, why: str, strength: Strength) -> Doubt:
    p = look.project
    ask = f"此前写有“{why}”，请核实投资构成" if why else "请核实形象进度或投资数"
    return Doubt(
        DoubtKind.WORDS_AGAINST_MONEY, unit, (p.id,), strength,
        f"“{p.name}”形象进度写“{words[:24]}”，投资已完成总投资的{format_percent(share, 1)}、年度计划的{format_percent(of_plan, 1)}"
        f"（本年{told(look.done)}），{ask}",
        {"words": words, "stage": stage.label, "of_total": str(round(share, 4)), "of_plan": str(round(of_plan, 4)), "done": look.done, "explained": why},
        look.done)
