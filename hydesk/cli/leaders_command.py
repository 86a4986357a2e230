"""hydesk leaders: whose projects these are, and how they stand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hydesk.cli.chinese import ChineseCommand, option
from hydesk.cli.parameters import FORMATS, PATH, PERIOD
from hydesk.cli.scoping import scope_in, scope_option
from hydesk.cli.terminal import DONE, LOOK, NOTHING, print_table, say
from hydesk.domain.periods import Period

if TYPE_CHECKING:
    from hydesk.services.pages.leaders import LeaderLine, LeadersPage

SCHEMA = "hydesk.leaders/1"


@click.command(cls=ChineseCommand)
@option("--period", required=True, type=PERIOD, metavar="报告期", help="看哪一期，如 2023-06。")
@option("--name", metavar="姓名", help="列出这一位联系、包联的项目；不写时列出每一位。")
@scope_option
@option("--json", "json_file", type=PATH, metavar="文件", help="把全部内容写成 JSON，金额以元计。")
@option("--out", type=PATH, metavar="文件夹", help="与 --name 同用：把这一位的项目清单写到哪里；一页的情况单用 report leader。")
@option("--format", "formats", default="pdf", type=FORMATS, metavar="格式", help="pdf、docx、xlsx，多个用逗号隔开。")
@click.pass_obj
def leaders(location: str, period: Period, name: str | None, scope: str | None, json_file: Path | None,
            out: Path | None, formats: tuple[str, ...]) -> int:
    """联系领导：每一位的项目个数、完成、滞后、问题、逾期节点；或一位的项目清单。"""
    if out is not None and name is None:
        raise click.BadParameter("要与 --name 一起用，写明是哪一位", param_hint="--out")
    from hydesk.cli.result_json import ResultFile
    from hydesk.services.pages.leader_sheet import leader_sheet
    from hydesk.services.pages.leaders import leaders_page
    from hydesk.services.reports.print_notice import print_notice
    from hydesk.services.upkeep.open_or_create import opened

    result = None if json_file is None else ResultFile(json_file)
    with opened(location) as held:
        wanted = scope_in(held, period, scope)
        page = leaders_page(held, period, wanted)
        for path in [] if out is None else print_notice(leader_sheet(held, period, name or "", wanted), out, formats):
            say(f"已写出：{path}")
    if result is not None:
        result.write(_document(page))
    if name is not None:
        return _projects(page, name)
    if not page.lines:
        say(f"{period.year}年的项目都没有填联系领导、包联领导。")
        return NOTHING
    print_table(["姓名", "联系", "项目数", "年度计划（亿元）", "完成（亿元）", "完成率", "滞后", "未销号问题", "逾期节点"],
                [[x.name, "、".join(x.roles), *_amounts(x), x.lagging, x.open_problems, x.overdue_nodes] for x in page.lines])
    say(f"共 {len(page.lines)} 位；没有填领导的项目 {page.nobody} 个。两位领导的项目各算一次，各行相加不等于全部。")
    return LOOK if page.nobody else DONE


def _amounts(x: LeaderLine) -> list[object]:
    from hydesk.domain.money import MoneyUnit, format_money, format_percent

    t = x.totals
    return [t.count, *(format_money(t.known(n), MoneyUnit.YI, 2) for n in ("annual_plan", "year_investment")), format_percent(t.completion)]


def _projects(page: LeadersPage, name: str) -> int:
    from hydesk.domain.money import format_money, format_percent, rate
    from hydesk.services.pages.leader_sheet import leader_called, node_words
    x = leader_called(page, name)
    rows = []
    for p in x.projects:
        s = p.standing
        rows.append([s.code, s.name, s.unit, format_money(s.annual_plan), format_money(s.year_investment),
                     format_percent(rate(s.year_investment, s.annual_plan)), p.lamp.label, len(p.problems),
                     node_words(p)])
    print_table(["编号", "项目", "单位", "年度计划（万元）", "完成（万元）", "完成率", "进度", "问题", "下一节点"], rows)
    say(f"{x.name}：{'、'.join(x.roles)}项目 {x.totals.count} 个，滞后 {x.lagging} 个，未销号问题 {x.open_problems} 个，逾期节点 {x.overdue_nodes} 个。")
    return LOOK if x.lagging or x.late_problems else DONE


def _document(page: LeadersPage) -> dict[str, Any]:
    return {
        "schema": SCHEMA, "period": str(page.period), "as_of": page.at.day.isoformat(), "nobody": page.nobody,
        "leaders": [{
            "name": x.name, "roles": list(x.roles), "count": x.totals.count, "annual_plan": x.totals.known("annual_plan"),
            "year_investment": x.totals.known("year_investment"), "lagging": x.lagging, "open_problems": x.open_problems,
            "late_problems": x.late_problems, "overdue_nodes": x.overdue_nodes,
            "projects": [p.standing.code for p in x.projects]} for x in page.lines]}
