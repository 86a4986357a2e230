"""hydesk returns receive | take-in | drop | deadline: returns that wait to be reviewed, and when they are due."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from hydesk.cli.chinese import ChineseCommand, option
from hydesk.cli.parameters import DAY, NUMBER, PATH, PERIOD
from hydesk.cli.terminal import DONE, LOOK, NOTHING, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period


@click.command("receive", cls=ChineseCommand)
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=PATH)
@option("--period", required=True, type=PERIOD, metavar="报告期", help="如 2023-06（月）或 2023-W25（周）。")
@option("--unit", metavar="单位", help="填报单位；不写时从表里认。")
@click.pass_obj
def receive(location: str, files: tuple[Path, ...], period: Period, unit: str | None) -> int:
    """只收不入库：留存待核，以后在窗口里核对，或用 take-in 入库。"""
    from hydesk.services.projects.find_unit import find_unit
    from hydesk.services.returns.collect_returns import collect_returns
    from hydesk.services.returns.keep_received import keep_received
    from hydesk.services.returns.know_ledger import know_ledger
    from hydesk.services.returns.read_return import read_return
    from hydesk.services.upkeep.open_or_create import opened

    kept, known = 0, None
    with opened(location) as held:
        unit = unit and find_unit(held, unit)
        for source in collect_returns(files):
            if source.problem is not None:
                say(f"{source.name}：{source.problem}")
                continue
            known = know_ledger(held, period, known)
            draft = read_return(held, (source.name, source.content), period, unit, known=known)
            try:
                number = keep_received(held, draft).value
            except HydeskError as e:
                say(str(e))
                continue
            kept += 1
            say(f"{source.name}：待核（编号 {number}，{draft.understanding.unit or '多个单位'}）")
    say(f"收到 {kept} 份待核。")
    return LOOK if kept else NOTHING


@click.command("take-in", cls=ChineseCommand)
@click.argument("number", metavar="编号", type=NUMBER)
@click.pass_obj
def take_in(location: str, number: int) -> int:
    """把一份待核报表入库；有错误的行仍等人核对。"""
    from hydesk.services.returns.apply_return import apply_return
    from hydesk.services.returns.keep_received import read_received
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        draft = read_received(held, number)
        done = apply_return(held, draft).value
    if done.return_id is None:
        raise HydeskError(f"{number} 号报表读不出内容，不能入库。请退回填报单位")
    say(f"已入库 {draft.name}（编号 {done.return_id}），写入 {done.written} 处，{done.held_back} 行等人核对。")
    for cell in done.stale:
        say(f"  读取之后别人改过：{cell}")
    return LOOK if done.held_back else DONE


@click.command("drop", cls=ChineseCommand)
@click.argument("number", metavar="编号", type=NUMBER)
@click.pass_obj
def drop(location: str, number: int) -> int:
    """移除一份待核报表，不入库也不退回；可以撤销。"""
    from hydesk.services.returns.keep_received import drop_received
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        drop_received(held, number)
    say(f"已移除 {number} 号待核报表。")
    return DONE


@click.command("deadline", cls=ChineseCommand)
@option("--period", required=True, type=PERIOD, metavar="报告期", help="哪一期的。")
@option("--on", "day", type=DAY, metavar="日期", help="改为这一天，如 2023-07-05；不写时只看。")
@option("--usual", is_flag=True, help="恢复为通常的期限。")
@click.pass_obj
def deadline_of(location: str, period: Period, day: date | None, usual: bool) -> int:
    """看或改一期的报送期限。"""
    from hydesk.services.rules.deadlines import deadline, deadline_rule, set_deadline
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        if usual or day is not None:
            set_deadline(held, period, None if usual else day)
        due, rule = deadline(held, period), deadline_rule(held)
    say(f"{period.label}的报送期限是{due.year}年{due.month}月{due.day}日（通常：{rule.label}）。")
    return DONE
