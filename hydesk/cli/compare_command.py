"""hydesk ledger compare: what changed in the ledger between two days, value by value (the page 两日对照)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import option
from hydesk.cli.ledger_commands import ledger
from hydesk.cli.parameters import DAY, PATH, PERIOD
from hydesk.cli.scoping import scope_in, scope_option
from hydesk.cli.terminal import DONE, LOOK, finish, print_table, progress_bar, say
from hydesk.domain.periods import Period

__all__ = ["ledger"]


@ledger.command("compare")
@click.argument("then", metavar="前一个日期", type=DAY)
@click.argument("now", metavar="后一个日期", type=DAY, required=False)
@option("--period", required=True, type=PERIOD, metavar="报告期", help="两边都按哪一期看，如 2023-06。")
@option("--excel", type=PATH, metavar="文件", help="把各处变化写成 Excel。")
@scope_option
@click.pass_obj
def compare(location: str, then: date, now: date | None, period: Period, excel: Path | None, scope: str | None) -> int:
    """两日对照：从前一天到后一天（不写就是现在）哪些项目、哪些数变了；有变化的以状态 1 结束。"""
    from hydesk.domain.money import format_money
    from hydesk.services.pages.compare_days import compare_days, export_compared, said_of
    from hydesk.services.upkeep.open_or_create import opened

    progress = progress_bar()
    with opened(location) as held:
        found = compare_days(held, then, now, period, progress, scope_in(held, period, scope))
    finish(progress)
    values = found.values
    if excel is not None:
        export_compared(found, values, excel)
    if values:
        print_table(["编号", "项目", "单位", "栏目", "原来", "后来", "增减（万元）"], [
            [v.code, v.name, v.unit, v.field, v.then, v.now, "" if v.by is None else format_money(v.by)] for v in values])
    add_to_answer(then=then.isoformat(), now=None if now is None else now.isoformat(), period=str(period),
                  projects=list(found.counts), sums={f: list(pair) for f, pair in found.sums.items()},
                  changes=[{"project": v.code, "name": v.name, "unit": v.unit, "field": v.field, "then": v.then, "now": v.now, "by": v.by}
                           for v in values])
    say(f"{said_of(found)}。" if values else "这两个日期之间，所看的项目没有一处变化。")
    if excel is not None:
        say(f"已写入 {excel}")
    return LOOK if values else DONE
