"""hydesk plans list | template | import | spread: the year's plans by month or quarter (序时计划)."""

from __future__ import annotations

from pathlib import Path

import click

from hydesk.cli.chinese import ChineseGroup, option
from hydesk.cli.findings import say_findings
from hydesk.cli.parameters import PATH, PERIOD
from hydesk.cli.scoping import ids_of, scope_in, scope_option
from hydesk.cli.terminal import DONE, LOOK, NOTHING, print_table, say
from hydesk.domain.periods import Period

WAYS = {"even": "EVEN", "season": "SEASON", "last-year": "LAST_YEAR"}


@click.group(cls=ChineseGroup)
def plans() -> None:
    """序时计划：把年度计划分到各月或各季，列出、写模板、导入、按几种办法铺开。"""


@plans.command("list")
@option("--period", required=True, type=PERIOD, metavar="报告期", help="哪一年的计划，截至哪一期看完成，如 2023-06。")
@scope_option
@option("--json", "json_file", type=PATH, metavar="文件", help="把全部内容写成 JSON，金额以元计。")
@click.pass_obj
def list_plans(location: str, period: Period, scope: str | None, json_file: Path | None) -> int:
    """列出各项目的序时计划，和截至这一期应完成多少、完成序时多少。"""
    from hydesk.cli.result_json import ResultFile
    from hydesk.domain.money import MoneyUnit, format_money, format_percent
    from hydesk.services.pages.overview import overview
    from hydesk.services.projects.month_plans import list_month_plans
    from hydesk.services.upkeep.open_or_create import opened

    result = None if json_file is None else ResultFile(json_file)
    with opened(location) as held:
        wanted = scope_in(held, period, scope)
        lines = list_month_plans(held, period, wanted)
        seen = overview(held, period, wanted)
    told = [line for line in lines if line.plan is not None]
    if result is not None:
        result.write({
            "schema": "hydesk.plans/1", "period": str(period), "count": len(lines),
            "schedule_rate": None if seen.schedule is None or seen.schedule.rate is None else str(seen.schedule.rate),
            "plans": [{"project": x.code, "annual_plan": x.annual_plan, "by": x.plan.step.label if x.plan else None,
                       "months": list(x.plan.amounts) if x.plan else None, "difference": x.difference} for x in lines]})
    print_table(["编号", "项目", "年度计划（万元）", "按", "一季度", "二季度", "三季度", "四季度", "与年度计划差"], [
        [x.code, x.name, format_money(x.annual_plan), x.plan.step.label, *map(format_money, x.plan.quarters), format_money(x.difference)]
        for x in told if x.plan is not None])
    say(f"{len(lines)} 个项目中 {len(told)} 个有序时计划，其中 {sum(bool(x.difference) for x in told)} 个合计与年度计划不等。")
    if seen.schedule is not None and seen.schedule.rate is not None:
        say(f"截至{seen.schedule.at.full_label}应完成 {format_money(int(seen.schedule.planned), MoneyUnit.YI, 2)} 亿元，"
            f"完成序时 {format_percent(seen.schedule.rate)}。")
    return LOOK if any(x.difference for x in told) else DONE


@plans.command("template")
@click.argument("file", metavar="文件", type=PATH)
@option("--period", required=True, type=PERIOD, metavar="报告期", help="哪一年的计划，如 2023-01。")
@option("--by", type=click.Choice(["month", "quarter"]), default="month", metavar="分期", help="month 按月（不写时），quarter 按季。")
@scope_option
@click.pass_obj
def template(location: str, file: Path, period: Period, by: str, scope: str | None) -> int:
    """写一份序时计划模板，已有的数填好，改后可以原样导入。"""
    from hydesk.domain.month_plan import PlanStep
    from hydesk.services.projects.import_month_plans import write_plan_template
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        count = write_plan_template(held, file, period, scope_in(held, period, scope), PlanStep.MONTH if by == "month" else PlanStep.QUARTER)
    say(f"已写出 {count} 个项目的序时计划模板：{file}")
    return DONE


@plans.command("import")
@click.argument("file", metavar="计划表", type=PATH)
@option("--period", required=True, type=PERIOD, metavar="报告期", help="哪一年的计划，如 2023-01。")
@option("--reason", default="", metavar="理由", help="改动已有的序时计划时要写明，如 年中调整。")
@option("--dry-run", is_flag=True, help="只看会怎样，不写台账。")
@click.pass_obj
def import_plans(location: str, file: Path, period: Period, reason: str, dry_run: bool) -> int:
    """从一份表（每月一列或每季一列）收序时计划。可以撤销。"""
    from hydesk.services.projects.import_month_plans import import_month_plans
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        made = import_month_plans(held, file, period, reason, dry_run=dry_run).value
    say_findings(made.findings)
    if made.rejected:
        say(f"{file.name}：没有收，台账没有改动。")
        return NOTHING
    say(f"{file.name}：{'会新增' if dry_run else '新增'} {made.added} 个项目的序时计划，更改 {made.changed} 个，没有变化 {made.unchanged} 个，"
        f"没有收的 {made.held_back} 处。")
    return LOOK if made.findings else DONE


@plans.command("spread")
@click.argument("way", metavar="办法", type=click.Choice(list(WAYS)))
@option("--period", required=True, type=PERIOD, metavar="报告期", help="哪一年的计划，如 2023-01。")
@scope_option
@option("--again", is_flag=True, help="已有序时计划的也重新铺开；要写 --reason。")
@option("--reason", default="", metavar="理由", help="重新铺开的理由。")
@click.pass_obj
def spread(location: str, way: str, period: Period, scope: str | None, again: bool, reason: str) -> int:
    """把年度计划铺到各月：even 平均，season 按一般年份的季节，last-year 按上年各月。年内开工的从开工月起。可以撤销。"""
    from hydesk.domain.month_plan import Spreading
    from hydesk.services.projects.month_plans import propose_plans, set_month_plans
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = propose_plans(held, period, Spreading[WAYS[way]], ids_of(held, period, scope), whole=again)
        count = set_month_plans(held, period, found.plans, reason, title=f"{len(found.plans)}个项目的序时计划{Spreading[WAYS[way]].label}铺开").value
    for name, why in found.left[:12]:
        say(f"  没有铺开：{name}，{why}。")
    if len(found.left) > 12:
        say(f"  没有铺开的还有 {len(found.left) - 12} 个。")
    say(f"已铺开 {count} 个项目的序时计划。")
    return LOOK if found.left else DONE if count else NOTHING
