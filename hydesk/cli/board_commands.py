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
from hydesk.cli.screen import DONE, LOOK, NOTHING, print_table, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period

__all__ = ["register"]
T = TypeVar("T")


@register.command("boards")
@option("--period", required=True, type=PERIOD, metavar="报告期", help="按哪一期，如 2023-06。")
@option("--publish", multiple=True, metavar="项目编号", help="把建议里的这个项目公布上榜，可以写多次；写 全部 即都公布。")
@option("--leave", multiple=True, metavar="项目编号", help="让整改到位的这个项目出榜，可以写多次；写 全部 即都出榜。")
@scope_option
@click.pass_obj
def boards(location: str, period: Period, publish: Sequence[str], leave: Sequence[str], scope: str | None) -> int:
    """红黄榜：按规则建议谁上榜、谁整改到位可以出榜，也可以公布、出榜（可以撤销）；有建议没有办的以状态 1 结束。"""
    from hydesk.services.mechanisms.red_yellow import adopt, cured, let_leave, propose
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        within = scope_in(held, period, scope)
        named, healed = propose(held, period, scope=within), cured(held, period, within)
        wanted = _chosen(publish, {p.project.code: p for p in named}, "建议上榜的项目里")
        leaving = _chosen(leave, {c.project.code: c for c in healed}, "可以出榜的项目里")
        new = adopt(held, period, wanted).value if wanted else 0
        if leaving:
            let_leave(held, period, [c.record_id for c in leaving])
    if named:
        print_table(["榜", "编号", "项目", "单位", "理由", "加减分"], [
            [p.board, p.project.code, p.project.name, p.project.unit, p.reason, str(p.points)] for p in named])
    if healed:
        print_table(["可以出榜", "项目", "单位", "上榜", "现在"], [[c.project.code, c.project.name, c.project.unit, c.since, c.reason] for c in healed])
    add_to_answer(proposed=[{"board": p.board, "project": p.project.code, "reason": p.reason, "points": str(p.points)} for p in named],
                  cured=[{"project": c.project.code, "since": c.since, "reason": c.reason} for c in healed], published=new, left=len(leaving))
    say(f"建议上榜 {len(named)} 个，可以出榜 {len(healed)} 个" + (f"；新公布 {new} 个" if publish else "") + (f"；出榜 {len(leaving)} 个" if leave else "") + "。")
    if (publish and not new) and not leaving:
        return NOTHING
    return DONE if publish or leave or not (named or healed) else LOOK


def _chosen(codes: Sequence[str], offered: dict[str, T], where: str) -> list[T]:
    if "全部" in codes:
        return list(offered.values())
    if lost := [c for c in codes if c not in offered]:
        raise HydeskError(f"{where}没有 {'、'.join(lost)}，什么也没有做")
    return [offered[c] for c in dict.fromkeys(codes)]
