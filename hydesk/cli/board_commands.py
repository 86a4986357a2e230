"""hydesk register boards: whom the rule would put on 红榜 and 黄榜, making it public, and who may leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import option
from hydesk.cli.parameters import PERIOD
from hydesk.cli.record_commands import register
from hydesk.cli.scoping import scope_in, scope_option
from hydesk.cli.terminal import DONE, NOTHING, print_table, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period

__all__ = ["register"]
T = TypeVar("T")


@register.command("boards")
@option("--period", required=True, type=PERIOD, metavar="报告期", help="按哪一期，如 2023-06。")
@option("--adopt", is_flag=True, help="把建议上榜、还没有公布的都公布；可以撤销。")
@option("--project", "only", multiple=True, metavar="编号", help="只公布建议里的这个项目，可以写多次。")
@option("--leave", multiple=True, metavar="编号", help="让整改到位的这个项目出榜，可以写多次；写 全部 即都出榜。可以撤销。")
@scope_option
@click.pass_obj
def boards(location: str, period: Period, adopt: bool, only: Sequence[str], leave: Sequence[str], scope: str | None) -> int:
    """红黄榜：按规则建议上榜的项目，整改到位、可以出榜的项目；公布以后用 report boards 出公布的通知。"""
    from hydesk.services.mechanisms.red_yellow import adopt as publish
    from hydesk.services.mechanisms.red_yellow import cured, let_leave, propose
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        within = scope_in(held, period, scope)
        found, healed = propose(held, period, scope=within), cured(held, period, within)
        named = _chosen(only, {p.project.code: p for p in found}, "建议上榜的项目里") if only or adopt else []
        leaving = _chosen(leave, {c.project.code: c for c in healed}, "可以出榜的项目里") if leave else []
        new = publish(held, period, named).value if only or adopt else None
        if leaving:
            let_leave(held, period, [c.record_id for c in leaving])
    add_to_answer(period=str(period), adopted=new, left=len(leaving) if leave else None,
                  proposed=[{"board": p.board, "project": p.project.code, "reason": p.reason, "points": str(p.points)} for p in found],
                  cured=[{"project": c.project.code, "since": c.since, "reason": c.reason} for c in healed])
    if found:
        print_table(["榜别", "编号", "项目", "单位", "原因"], [[p.board, p.project.code, p.project.name, p.project.unit, p.reason] for p in found])
    if healed:
        print_table(["可以出榜", "项目", "单位", "上榜", "现在"], [[c.project.code, c.project.name, c.project.unit, c.since, c.reason] for c in healed])
    say(f"{period.label}：建议上榜 {len(found)} 个项目，可以出榜 {len(healed)} 个" + ("" if new is None else f"，公布了 {new} 个")
        + (f"，出榜 {len(leaving)} 个" if leave else "") + "。")
    return NOTHING if (new is not None or leave) and not new and not leaving else DONE


def _chosen(codes: Sequence[str], offered: dict[str, T], where: str) -> list[T]:
    """Those of ``offered`` that ``codes`` name; all where none is named or 全部 is."""
    if not codes or "全部" in codes:
        return list(offered.values())
    if lost := [c for c in codes if c not in offered]:
        raise HydeskError(f"{where}没有 {'、'.join(lost)}，什么也没有做")
    return [offered[c] for c in dict.fromkeys(codes)]
