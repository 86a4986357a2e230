"""hydesk columns list | add | change | rename | retire | restore | values | set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hydesk.cli.chinese import ChineseGroup, option
from hydesk.cli.parameters import PATH, PERIOD, YEAR
from hydesk.cli.scoping import end_of_year, scope_option, within_scope
from hydesk.cli.terminal import DONE, print_table, say

if TYPE_CHECKING:
    from hydesk.domain.own_columns import OwnColumn
    from hydesk.domain.periods import Period
    from hydesk.services.upkeep.open_ledger import Ledger

SCHEMA = "hydesk.columns/1"
VALUES = "hydesk.column-values/1"
KINDS = {"text": "文字", "number": "数字", "money": "金额", "date": "日期", "choice": "选项", "yes_no": "是否", "person": "人员",
         "period_number": "逐期数字", "period_money": "逐期金额"}
"""As ``own_columns.OwnKind``; named here so that the help needs no reading of the domain."""


@click.group(cls=ChineseGroup)
def columns() -> None:
    """自建栏目：列出、新建、改名、停用、恢复，查看和填写。"""


def _called(ledger: Ledger, name: str) -> OwnColumn:
    from hydesk.services.projects.own_columns import column_called
    from hydesk.services.standings.own_columns import list_own_columns

    return column_called(list_own_columns(ledger, retired=True), name)


@columns.command("list")
@option("--json", "result", type=PATH, metavar="文件", help="把栏目写成 JSON。")
@click.pass_obj
def list_all(location: str, result: Path | None) -> int:
    """列出自建栏目，停用的也列出。"""
    from hydesk.cli.result_json import ResultFile
    from hydesk.services.projects.own_columns import count_values
    from hydesk.services.standings.own_columns import list_own_columns
    from hydesk.services.upkeep.open_or_create import opened

    file = None if result is None else ResultFile(result)
    with opened(location) as held:
        found, filled = list_own_columns(held, retired=True), count_values(held)
    if file is not None:
        file.write({"schema": SCHEMA, "columns": [_entry(c, filled.get(c.id, 0)) for c in found]})
    if found:
        print_table(["栏目", "类型", "选项或单位", "已填项目", "其他叫法", "状态"], [
            [c.name, c.kind.label, "、".join(c.choices) or c.measure, filled.get(c.id, 0), "、".join(c.names),
             "停用" if c.retired else "列入填报模板" if c.asked else ""] for c in found])
    else:
        say("还没有自建栏目，可用 columns add 新建。")
    return DONE


def _entry(c: OwnColumn, filled: int) -> dict[str, Any]:
    return {"column": c.id, "name": c.name, "kind": c.kind.value, "choices": list(c.choices), "measure": c.measure or None,
            "names": list(c.names), "retired": c.retired, "in_template": c.asked, "filled": filled}


@columns.command("add")
@click.argument("name", metavar="栏目")
@option("--kind", type=click.Choice(list(KINDS)), default="text", show_default=True, metavar="类型",
        help="、".join(f"{k}（{words}）" for k, words in KINDS.items()) + "。建好后不能再改。")
@option("--choice", "choices", multiple=True, metavar="选项", help="类型为 choice 时的一个选项，可重复。")
@option("--measure", default="", metavar="计量单位", help="类型为 number、period_number 时数的是什么，如 亩、个、%。")
@option("--also", "names", multiple=True, metavar="叫法", help="清单和报表里的另一种叫法，可重复。")
@option("--in-template", "asked", is_flag=True, help="列入填报模板，让各单位填。")
@click.pass_obj
def add(location: str, name: str, kind: str, choices: tuple[str, ...], measure: str, names: tuple[str, ...], asked: bool) -> int:
    """新建一个栏目。"""
    from hydesk.domain.own_columns import OwnColumn, OwnKind
    from hydesk.services.projects.own_columns import add_column
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        add_column(held, OwnColumn(name, OwnKind(kind), choices, measure, names, asked=asked))
    say(f"已新建栏目“{name.strip()}”（{KINDS[kind]}）。")
    return DONE


@columns.command("elements")
@click.pass_obj
def elements(location: str) -> int:
    """加上要素栏目：用地应交、已交（亩），中央资金、专项债、银行贷款、自筹资金的缺口（万元），逐期填报；已有的不重复。可以撤销。"""
    from hydesk.services.projects.own_columns import add_elements
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        made = add_elements(held).value
    say(f"已加上 {len(made)} 个要素栏目：{'、'.join(made)}。" if made else "要素栏目都已经有了。")
    return DONE


@columns.command("notices")
@click.pass_obj
def notices(location: str) -> int:
    """加上通报要用的栏目：集中开工批次，中央预算内、专项债、银行贷款、自筹的到位资金，已支付资金；已有的不重复。可以撤销。"""
    from hydesk.domain.own_columns import NOTICE_COLUMNS
    from hydesk.services.projects.own_columns import add_elements
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        made = add_elements(held, columns=NOTICE_COLUMNS).value
    say(f"已加上 {len(made)} 个栏目：{'、'.join(made)}。" if made else "通报要用的栏目都已经有了。")
    return DONE


@columns.command("rename")
@click.argument("name", metavar="栏目")
@click.argument("new", metavar="新名称")
@click.pass_obj
def rename(location: str, name: str, new: str) -> int:
    """给栏目改名；内容不变，原来的名称在清单和报表里照样认得。"""
    from hydesk.services.projects.own_columns import change_column
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        column = _called(held, name)
        change_column(held, column.id, name=new)
    say(f"栏目“{column.name}”已改名为“{new.strip()}”。")
    return DONE


@columns.command("change")
@click.argument("name", metavar="栏目")
@option("--choice", "choices", multiple=True, metavar="选项", help="全部选项，按次序重复；还有项目在用的不能去掉。")
@option("--measure", metavar="计量单位", help="数的是什么，如 亩、个、%。")
@option("--also", "names", multiple=True, metavar="叫法", help="清单和报表里的其他叫法，全部列出。")
@option("--in-template/--not-in-template", "asked", default=None, help="列入或不列入填报模板。")
@click.pass_obj
def change(location: str, name: str, choices: tuple[str, ...], measure: str | None, names: tuple[str, ...], asked: bool | None) -> int:
    """改栏目的选项、计量单位、其他叫法，或是否列入填报模板；没有写的不变。"""
    from hydesk.services.projects.own_columns import change_column
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        column = _called(held, name)
        done = change_column(held, column.id, choices=choices or None, measure=measure, names=names or None, asked=asked)
    say(f"已修改栏目“{column.name}”。" if done.wrote else f"栏目“{column.name}”没有变化。")
    return DONE


@columns.command("retire")
@click.argument("name", metavar="栏目")
@click.pass_obj
def retire(location: str, name: str) -> int:
    """停用栏目：不再显示，内容都留着，随时可以恢复。"""
    from hydesk.services.projects.own_columns import retire_column
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        column = _called(held, name)
        done = retire_column(held, column.id)
    say(f"已停用栏目“{column.name}”，内容都留着。" if done.wrote else f"栏目“{column.name}”本来就停用着。")
    return DONE


@columns.command("restore")
@click.argument("name", metavar="栏目")
@click.pass_obj
def restore(location: str, name: str) -> int:
    """恢复停用的栏目，连同它的内容。"""
    from hydesk.services.projects.own_columns import restore_column
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        column = _called(held, name)
        done = restore_column(held, column.id)
    say(f"已恢复栏目“{column.name}”。" if done.wrote else f"栏目“{column.name}”没有停用。")
    return DONE


@columns.command("values")
@click.argument("name", metavar="栏目")
@option("--year", type=YEAR, metavar="年份", help="列哪一年清单上的项目；不写时用最新一年。")
@scope_option
@option("--json", "result", type=PATH, metavar="文件", help="把内容写成 JSON（金额按元）。")
@click.pass_obj
def values(location: str, name: str, year: int | None, scope: str | None, result: Path | None) -> int:
    """列出每个项目在这一栏里的内容。"""
    from hydesk.cli.result_json import ResultFile
    from hydesk.domain.own_columns import show_own_value, value_in_json
    from hydesk.services.projects.own_values import list_own_values
    from hydesk.services.upkeep.open_or_create import opened

    file = None if result is None else ResultFile(result)
    with opened(location) as held:
        own = within_scope(held, end_of_year(held, year), scope)
        column, found = list_own_values(held, name, year)
        found = [v for v in found if own is None or v.code in own.codes]
    if file is not None:
        file.write({"schema": VALUES, "column": column.name, "kind": column.kind.value, "values": [
            {"project": v.code, "name": v.name, "unit": v.unit or None, "value": value_in_json(v.value)} for v in found]})
    print_table(["编号", "项目", "填报单位", column.head],
                [[v.code, v.name, v.unit, show_own_value(v.value, exact=True)] for v in found])
    return DONE


@columns.command("set")
@click.argument("name", metavar="栏目")
@click.argument("project", metavar="项目")
@click.argument("words", metavar="内容")
@option("--year", type=YEAR, metavar="年份", help="项目在哪一年的清单上；不写时用最新一年。")
@option("--period", type=PERIOD, metavar="报告期", help="逐期填报的栏目是哪一期的数，如 2023-06。")
@click.pass_obj
def set_value(location: str, name: str, project: str, words: str, year: int | None, period: Period | None) -> int:
    """给一个项目（写市重点编号或全称）填这一栏；内容写 "" 即清空。金额按万元。"""
    from hydesk.services.projects.own_values import set_own_values
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        changed = set_own_values(held, name, {project: words}, year, period=period).value
    say("已写入。" if changed else "没有变化。")
    return DONE
