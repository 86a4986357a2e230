"""hydesk returns receive | review | take-in | drop | deadline: returns that wait to be reviewed, and when they are due."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import ChineseCommand, option
from hydesk.cli.parameters import DAY, NUMBER, PATH, PERIOD
from hydesk.cli.terminal import DONE, LOOK, NOTHING, print_table, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.grid import row_in_file
from hydesk.domain.own_columns import key_of
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


@click.command("review", cls=ChineseCommand)
@click.argument("number", metavar="编号", type=NUMBER)
@click.pass_obj
def review(location: str, number: int) -> int:
    """看一份待核报表：核对所见在哪一格、会改什么；有要人决定的以状态 1 结束。决定写在 take-in 里。"""
    from hydesk.services.returns.keep_received import read_received
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        draft = read_received(held, number)
    found, rows = draft.understanding.findings, draft.understanding.rows
    if found:
        print_table(["级别", "表", "行", "格", "项目", "说明"], [
            [f.level.label, f.sheet or "", "" if f.row is None else row_in_file(f.row), f.cell or "", f.project or "", f.message] for f in found])
    add_to_answer(file=draft.name, unit=draft.understanding.unit, period=str(draft.period), findings=[{
        "level": f.level.value, "code": f.code, "sheet": f.sheet, "row": None if f.row is None else row_in_file(f.row), "cell": f.cell,
        "project": f.project, "message": f.message} for f in found], changes=[{
            "sheet": c.sheet, "row": row_in_file(c.row), "cell": c.cell, "project": c.project, "field": key_of(c.field), "kind": c.kind.value,
            "comes_in": c.accepted} for c in draft.changes])
    waiting = sum(not r.accepted for r in rows)
    say(f"{number} 号“{draft.name}”：{len(rows)} 行，其中 {waiting} 行有错误、要人决定；台账会改 {sum(c.accepted for c in draft.changes)} 处。")
    return LOOK if draft.understanding.needs_person else DONE


@click.command("take-in", cls=ChineseCommand)
@click.argument("number", metavar="编号", type=NUMBER)
@option("--correct", multiple=True, metavar="格=值", help="更正一格，如 H7=1234.5；几张表时写 6月!H7=1234.5；写 H7= 即清空。可以写多次。")
@option("--row", "rows", multiple=True, metavar="行=项目", help="指明一行是台账里的哪个项目，如 7=HY2023-001。可以写多次。")
@option("--take", multiple=True, metavar="行", help="这一行照来表采用，有错误、与台账不同的也采用。可以写多次。")
@option("--reason", default="", metavar="理由", help="采用的数与台账里的名称、总投资、计划等不同时要写，记入清单调整。")
@click.pass_obj
def take_in(location: str, number: int, correct: tuple[str, ...], rows: tuple[str, ...], take: tuple[str, ...], reason: str) -> int:
    """把一份待核报表入库；有错误的行仍等人核对，除非更正了或写明采用。可以撤销。"""
    from hydesk.services.projects.find_project import find_project
    from hydesk.services.returns.apply_return import apply_return
    from hydesk.services.returns.correct_draft import correct_draft
    from hydesk.services.returns.decide_rows import cell_named, facts_taken, row_named, taken_rows
    from hydesk.services.returns.keep_received import read_received
    from hydesk.services.upkeep.open_or_create import opened

    typed, meant = _assigned(correct, "格=值"), _assigned(rows, "行=项目")
    with opened(location) as held:
        draft = read_received(held, number)
        if typed or meant:
            draft = correct_draft(held, draft, dict(draft.corrections.values) | {cell_named(draft, c): t for c, t in typed},
                                  dict(draft.corrections.projects) | {row_named(draft, r): find_project(held, p, draft.period).code for r, p in meant})
        accept = taken_rows(draft, [row_named(draft, r) for r in take])
        if not reason.strip() and (facts := facts_taken(draft, accept)):
            raise HydeskError(f"{'、'.join(facts)}与台账不同，采用要用 --reason 写明理由，没有入库")
        done = apply_return(held, draft, accept=accept, reasons=dict.fromkeys(accept, reason)).value
    for why in done.refused:
        say(f"  台账不收：{why}")
    if done.return_id is None:
        raise HydeskError(f"{number} 号报表读不出内容，不能入库。请退回填报单位")
    say(f"已入库 {draft.name}（编号 {done.return_id}），写入 {done.written} 处，{done.held_back} 行等人核对。")
    for cell in done.stale:
        say(f"  读取之后别人改过：{cell}")
    return LOOK if done.held_back else DONE


def _assigned(said: tuple[str, ...], form: str) -> list[tuple[str, str]]:
    """What stands on both sides of each 格=值."""
    pairs = [(left.strip(), right.strip(), sign) for left, sign, right in (s.replace("＝", "=", 1).partition("=") for s in said)]
    for (left, _, sign), whole in zip(pairs, said, strict=True):
        if not sign or not left:
            raise click.BadParameter(f"“{whole}”不对，应写成 {form}", param_hint=form)
    return [(left, right) for left, right, _ in pairs]


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
