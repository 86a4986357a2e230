"""hydesk work: what waits for a period, the queue of the first page (docs/rules.md §15)."""

from __future__ import annotations

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import ChineseCommand, option
from hydesk.cli.parameters import PERIOD
from hydesk.cli.scoping import scope_in, scope_option
from hydesk.cli.terminal import DONE, LOOK, print_table, say
from hydesk.domain.periods import Period


@click.command(cls=ChineseCommand)
@option("--period", required=True, type=PERIOD, metavar="报告期", help="哪一期的工作，如 2023-06。")
@scope_option
@click.pass_obj
def work(location: str, period: Period, scope: str | None) -> int:
    """本期工作：待核的来表、退回未重报、逾期和到期的问题与节点、没有归档的报告，最急的在前；有要办的以状态 1 结束。"""
    from hydesk.services.pages.period_work import period_work
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = period_work(held, period, scope_in(held, period, scope))
    if found.queue:
        print_table(["要办的", "何时", "怎样办"], [[t.what, t.when, t.act] for t in found.queue])
    add_to_answer(period=str(period), on=str(found.on), judged_on=str(found.judged_on), deadline=str(found.deadline), units=found.units, reported=found.reported,
                  issued=found.number, work=[{"kind": t.kind.name.lower(), "what": t.what, "when": t.when, "count": t.count, "target": t.target}
                                             for t in found.queue])
    say(f"{period.label}：{found.units} 个单位报了 {found.reported} 个，期限 {found.deadline}；要办的 {len(found.queue)} 件。")
    return LOOK if found.queue else DONE
