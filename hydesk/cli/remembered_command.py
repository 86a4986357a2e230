"""hydesk returns remembered: what was answered about units' columns and sheets, and forgetting it (设置 → 记住的判定)."""

from __future__ import annotations

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import option
from hydesk.cli.parameters import NUMBER
from hydesk.cli.returns_commands import returns
from hydesk.cli.terminal import DONE, print_table, say
from hydesk.domain.errors import HydeskError

__all__ = ["returns"]


@returns.command("remembered")
@option("--forget", multiple=True, type=NUMBER, metavar="编号", help="忘记这一条，以后遇到这一列重新问；可以写多次。")
@click.pass_obj
def remembered(location: str, forget: tuple[int, ...]) -> int:
    """列出记住的判定：哪个单位的哪一列是什么、按什么单位、哪张表怎样读；也可以忘记其中几条。"""
    from hydesk.services.returns.remember_decision import MONEY_UNIT, forget_decision, list_decisions
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = list_decisions(held)
        if lost := sorted(set(forget) - {d.id for d in found}):
            raise HydeskError(f"没有编号为 {'、'.join(map(str, lost))} 的判定，一条也没有忘记")
        for number in dict.fromkeys(forget):
            forget_decision(held, number)
    left = [d for d in found if d.id not in forget]
    if left and not forget:
        print_table(["编号", "单位", "表头", "判定", "经手人", "时间"], [
            [d.id, d.unit or "各单位", d.words, f"单位是{d.meaning}" if d.kind == MONEY_UNIT else f"是{d.meaning}", d.actor, f"{d.at:%Y-%m-%d}"] for d in left])
    add_to_answer(remembered=[{"id": d.id, "unit": d.unit, "kind": d.kind, "words": d.words, "meaning": d.meaning, "actor": d.actor,
                               "at": d.at.isoformat(timespec="seconds")} for d in left])
    say(f"已忘记 {len(found) - len(left)} 条，还有 {len(left)} 条。" if forget else f"共 {len(left)} 条，读取报表时照此判定。" if left
        else "还没有。核对报表时指明一列是什么，就记在这里。")
    return DONE
