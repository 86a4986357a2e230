"""What a figure's date and cover are called, the same on screen and on paper (docs/rules.md §2)."""

from __future__ import annotations

from collections.abc import Sequence

from hydesk.domain.measures.measured import AsOf
from hydesk.domain.measures.reach import LateUnit, Reach
from hydesk.domain.periods import Month, Period

NAMED = 3
"""How many units a line names before it says 等."""


def span(at: AsOf, dash: str = "-") -> str:
    """1-6月, of January 1月; of a week 年初至7月16日: what a sum to date covers."""
    if isinstance(at.period, Month):
        return "1月" if at.period.number == 1 else f"1{dash}{at.period.number}月"
    return f"年初至{at.label}"


def gained(period: Period) -> str:
    """6月新增, 本周新增."""
    return f"{period.number}月新增" if isinstance(period, Month) else "本周新增"


def nothing_in(reach: Reach) -> str:
    """7月尚无单位报送投资数，以下为截至6月底的数; empty where somebody has reported."""
    if not reach.nothing_in:
        return ""
    said = f"{reach.asked.short_label}尚无单位报送投资数"
    return f"{said}，以下为截至{reach.as_of.label}的数" if reach.known else said


def late(units: Sequence[LateUnit], named: int = NAMED) -> str:
    """南岳区（按5月底）、高新区（本年未报）等7个单位."""
    told = "、".join(f"{u.unit}（{'本年未报' if u.as_of is None else f'按{u.as_of.label}'}）" for u in units[:named])
    return f"{told}等{len(units)}个单位" if len(units) > named else told


def cover(reach: Reach, told_plan: str = "") -> str:
    """数据截至5月底，6月已报 14／19 单位、计划的 71%: how far a page's figures reach, in short; ``told_plan`` is the share."""
    if reach.nothing_in:
        return nothing_in(reach)
    inside, whole = len(reach.units) - len(reach.late), len(reach.units)
    said = f"数据截至{reach.as_of.label}，{reach.shown.short_label}已报 {inside}／{whole} 单位"
    said += f"、计划的 {told_plan}" if told_plan and reach.unreported else ""
    return said + (f"；提前截止：{reach.closed}" if reach.closed else "")


def standing(reach: Reach) -> str:
    """The line a page bears under its title: as of when, how many, who is missing; one sentence each, no full stop."""
    if reach.nothing_in:
        return nothing_in(reach)
    parts = [f"数据截至{reach.as_of.label}"]
    if reach.unreported:
        parts.append(f"{reach.whole}个项目中{reach.own}个有{reach.shown.short_label}数")
    if reach.late:
        # late() says how many there are where it does not name them all.
        told = late(reach.late)
        parts.append(f"{len(reach.late)}个单位未报：{told}" if len(reach.late) <= NAMED else f"未报：{told}")
    if reach.compare_at is None:
        parts.append("报送不足九成，暂不与时间进度比较")
    if reach.closed:
        parts.append(f"提前截止：{reach.closed}")
    return "；".join(parts)


def moved_words(step: int | None) -> str:
    """↑2, ↓1: places gained or lost; — where it stayed or was not ranked both times."""
    return "—" if not step else f"↑{step}" if step > 0 else f"↓{-step}"
