"""hydesk rules boards | scale | backward: the rules of 红黄榜, 规模榜单 and 倒排工期."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.assessment_rules import rules
from hydesk.cli.chinese import option
from hydesk.cli.kept_lines import change_asked, changed_lines, line_options
from hydesk.cli.parameters import EXACT, PERIOD
from hydesk.cli.terminal import DONE, NOTHING, print_table, say
from hydesk.domain.backward import DONE_FROM, STEPS, BackwardStep
from hydesk.domain.periods import Period

if TYPE_CHECKING:
    from hydesk.services.mechanisms.red_yellow import BoardRule

__all__ = ["rules"]
_WAN, _YI = 10_000, 100_000_000
_STATES = {s.label: s for s in DONE_FROM}
_COUNT = click.IntRange(0, 9999)


@rules.command("boards")
@option("--red", type=_COUNT, metavar="个数", help="红榜（表扬）最多列几个。")
@option("--yellow", type=_COUNT, metavar="个数", help="黄榜（滞后）最多列几个。")
@option("--least-plan", type=EXACT, metavar="万元", help="年度计划投资达到多少万元的才上榜。")
@option("--serious-only/--lagging-too", "serious_only", default=None, help="黄榜只列严重滞后的，还是滞后的也列。")
@option("--red-points", type=EXACT, metavar="分", help="上一次红榜计几分。")
@option("--yellow-points", type=EXACT, metavar="分", help="上一次黄榜计几分，扣分写负数。")
@option("--try", "period", type=PERIOD, metavar="报告期", help="只试算这一期会提哪些项目，不写台账。")
@click.pass_obj
def boards(location: str, /, period: Period | None, **asked: Any) -> int:
    """红黄榜规则：个数、门槛、计分；没写的照旧，不带选项时说出现行的。可以撤销。"""
    from hydesk.services.mechanisms.red_yellow import board_rule, propose, set_board_rule
    from hydesk.services.upkeep.open_or_create import opened

    given = {k: v for k, v in asked.items() if v is not None}
    if "least_plan" in given:
        given["least_plan"] = _whole_yuan(given["least_plan"], _WAN, "--least-plan")
    with opened(location) as held:
        old = board_rule(held)
        new: BoardRule = replace(old, **given)
        if period is not None:
            found = propose(held, period, new)
            print_table(["榜别", "编号", "项目", "单位", "原因"], [
                [p.board, p.project.code, p.project.name, p.project.unit, p.reason] for p in found])
            add_to_answer(proposed=[{"board": p.board, "project": p.project.code, "points": str(p.points)} for p in found])
            say(f"试算：{new.words}。{period.label}会提 {len(found)} 个项目。没有写台账。")
            return DONE
        wrote = new != old and set_board_rule(held, new).wrote
    add_to_answer(rule={"red": new.red, "yellow": new.yellow, "least_plan": new.least_plan, "serious_only": new.serious_only,
                        "red_points": str(new.red_points), "yellow_points": str(new.yellow_points)})
    said = f"{new.words}；上一次红榜计 {new.red_points} 分，黄榜计 {new.yellow_points} 分"
    say(f"{'红黄榜规则已修改' if wrote else '红黄榜规则' if not given else '与原来相同，没有改动'}：{said}。")
    return NOTHING if given and not wrote else DONE


@rules.command("scale")
@option("--least", type=EXACT, metavar="亿元", help="总投资多少亿元起算重大项目。")
@click.pass_obj
def scale(location: str, least: Decimal | None) -> int:
    """规模榜单口径：总投资多少亿元起算重大项目；不带选项时说出现行的。可以撤销。"""
    from hydesk.services.mechanisms.scale_lists import least_major, set_least_major
    from hydesk.services.upkeep.open_or_create import opened

    yuan = None if least is None else _whole_yuan(least, _YI, "--least")
    if yuan is not None and yuan <= 0:
        raise click.BadParameter("应是大于 0 的数字，单位亿元，如 1", param_hint="--least")
    with opened(location) as held:
        old = least_major(held)
        wrote = yuan is not None and yuan != old and set_least_major(held, yuan).wrote
        now = least_major(held)
    add_to_answer(least_total_investment=now)
    say(f"{'规模榜单的口径已修改' if wrote else '规模榜单的口径' if yuan is None else '与原来相同，没有改动'}：总投资 {Decimal(now) / _YI:f} 亿元及以上算重大项目。")
    return NOTHING if yuan is not None and not wrote else DONE


@rules.command("backward")
@click.argument("name", metavar="步骤", required=False)
@option("--rename", metavar="新名称", help="改步骤的名称。")
@option("--share", type=click.IntRange(1, 100), metavar="百分数", help="从交办到办结期限，做完这一步用去百分之几的时间；新增时要写，最后一步是 100。")
@option("--done-from", type=click.Choice(tuple(_STATES)), metavar="环节", help="问题办到哪一环节算做完；新增时不写即最后一个环节。")
@line_options("一步")
@option("--usual", is_flag=True, help="恢复自带的四步。")
@click.pass_obj
def backward(location: str, name: str | None, rename: str | None, share: int | None, done_from: str | None, after: str | None, add: bool,
             remove: bool, usual: bool) -> int:
    """倒排工期：问题从交办到办结分几步、各占多少时间；不带步骤时列出，带步骤时改、新增、删去。可以撤销。"""
    from hydesk.services.milestones.backward_steps import backward_steps, set_backward_steps
    from hydesk.services.upkeep.open_or_create import opened

    change = change_asked(name, add=add, remove=remove, after=after, values=(rename, share, done_from), may="--rename、--share、--done-from")
    if usual and change is not None:
        raise click.UsageError("--usual 不能和步骤一起写")
    if add and share is None:
        raise click.UsageError("新增一步要用 --share 写明占多少时间")

    def made(step: BackwardStep | None) -> BackwardStep:
        one = BackwardStep(str(name).strip(), 100, DONE_FROM[-1]) if step is None else step
        return BackwardStep(one.name if rename is None else " ".join(rename.split()), share or one.share,
                            one.done_from if done_from is None else _STATES[done_from])

    with opened(location) as held:
        old = list(backward_steps(held))
        new = list(STEPS) if usual else old
        if change is not None:
            new = changed_lines(old, change, lambda s: (s.name,), made, "步骤")
            if change.after is None:  # a step stands where its share of the time puts it
                new.sort(key=lambda s: s.share)
        wrote = new != old and set_backward_steps(held, new).wrote
    add_to_answer(steps=[{"name": s.name, "share": s.share, "done_from": s.done_from.value} for s in new])
    if change is None and not usual:
        print_table(["步骤", "用去时间（%）", "办到哪一环节算完成"], [[s.name, s.share, s.done_from.label] for s in new])
        say(f"倒排工期 {len(new)} 步。")
        return DONE
    say("已修改倒排工期，三张清单按它排。" if wrote else "与原来相同，没有改动。")
    return DONE if wrote else NOTHING


def _whole_yuan(amount: Decimal, unit: int, hint: str) -> int:
    yuan = amount * unit
    if yuan % 1 or not 0 <= yuan < 10**16:
        raise click.BadParameter(f"“{amount}”不对，应是 0 或以上、精确到元的金额", param_hint=hint)
    return int(yuan)
