"""hydesk adjustments list | add | change | split | merge: the dated acts on a year's list (退出/调整清单).

A new name, leaving and coming back are acts on one project: hydesk project rename | exit | readmit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import ChineseGroup, option
from hydesk.cli.parameters import PERIOD, YEAR
from hydesk.cli.project_commands import assigned, ground_of, with_ground
from hydesk.cli.scoping import end_of_year, scope_option, within_scope
from hydesk.cli.terminal import DONE, print_table, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.periods import Period

if TYPE_CHECKING:
    from hydesk.domain.lists import SplitPart
    from hydesk.domain.understanding import ReadValue
    from hydesk.services.upkeep.open_ledger import Ledger

_PERIOD = option("--period", required=True, type=PERIOD, metavar="报告期", help="改哪一年的清单，如 2023-06。")


@click.group(cls=ChineseGroup)
def adjustments() -> None:
    """清单调整：列出，新增、调整、拆分、合并项目；更名、退出、重新列入见 project。"""


@adjustments.command("list")
@option("--year", type=YEAR, metavar="年份", help="只列这一年办理的；不写时全部列出。")
@scope_option
@click.pass_obj
def list_all(location: str, year: int | None, scope: str | None) -> int:
    """列出每一次清单调整：日期、项目、做了什么、前后数字、理由和文号；最近的在前。"""
    from hydesk.services.projects.list_adjustments import list_adjustments
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        own = within_scope(held, end_of_year(held, year), scope, left=True)
        found = [a for a in list_adjustments(held, year) if own is None or a.code in own.codes]
    add_to_answer(adjustments=[{
        "act": f"A{a.act_id}", "on": a.on.isoformat(), "kind": a.kind.value, "label": a.kind.label, "project": a.code, "name": a.name,
        "other": a.other or None, "batch": a.batch or None, "reason": a.reason, "document": a.document or None, "actor": a.actor,
        "changes": [{"field": c.label, "old": c.old, "new": c.new} for c in a.changes]} for a in found])
    if found:
        print_table(["编号", "日期", "项目编号", "项目", "调整", "前后数字", "理由", "文号"], [
            [f"A{a.act_id}", a.on, a.code, a.name, a.kind.label, a.figures, a.reason, a.document] for a in found])
    say(f"共 {len(found)} 次调整。")
    return DONE


@adjustments.command("add")
@click.argument("values", metavar="栏目=内容…", nargs=-1, required=True)
@_PERIOD
@with_ground
@click.pass_obj
def add(location: str, values: Sequence[str], period: Period, day: date | None, reason: str, document: str) -> int:
    """在清单上新增一个项目，如 项目名称=… 填报单位=衡南县 总投资=50000 年度计划投资=8000；金额按万元。可以撤销。"""
    from hydesk.services.projects.adjust_list import add_project
    from hydesk.services.standings.list_standings import list_standings
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        given = {f: v for f, v in _values(held, values, period).items() if v is not None}
        key = add_project(held, period.year, given, ground_of(day, reason, document)).value
        code = next((s.code for s in list_standings(held, period, left=True) if s.id == key), "")
    add_to_answer(project=code)
    say(f"已新增“{given.get(Field.NAME, '')}”，编号 {code}。")
    return DONE


@adjustments.command("change")
@click.argument("name", metavar="项目")
@click.argument("values", metavar="栏目=内容…", nargs=-1, required=True)
@_PERIOD
@with_ground
@click.pass_obj
def change(location: str, name: str, values: Sequence[str], period: Period, day: date | None, reason: str, document: str) -> int:
    """调整清单上一个项目的总投资、年度计划、性质等，记日期、理由和文号。可以撤销。"""
    from hydesk.services.projects.adjust_list import adjust_project
    from hydesk.services.projects.find_project import find_project
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = find_project(held, name, period)
        count = adjust_project(held, found.id, period.year, _values(held, values, period), ground_of(day, reason, document)).value
    add_to_answer(project=found.code, changed=count)
    say(f"已调整“{found.name}”，改了 {count} 处。")
    return DONE


@adjustments.command("split")
@click.argument("name", metavar="项目")
@click.argument("parts", metavar="名称,总投资,年度计划…", nargs=-1, required=True)
@_PERIOD
@with_ground
@click.pass_obj
def split(location: str, name: str, parts: Sequence[str], period: Period, day: date | None, reason: str, document: str) -> int:
    """把一个项目拆成几个，每个写 名称,总投资,年度计划（万元，合计必须与原项目相等），第四项可写编号。可以撤销。"""
    from hydesk.services.projects.find_project import find_project
    from hydesk.services.projects.split_project import split_project
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = find_project(held, name, period)
        made = [_part(words, period) for words in parts]
        split_project(held, found.id, period.year, made, ground_of(day, reason, document))
    say(f"“{found.name}”已拆分为 {len(made)} 个。")
    return DONE


@adjustments.command("merge")
@click.argument("names", metavar="项目…", nargs=-1, required=True)
@option("--name", "called", default="", metavar="名称", help="合并后的名称；不写时用第一个项目的。")
@option("--package", is_flag=True, help="合并成打包项目，原项目作子项目。")
@_PERIOD
@with_ground
@click.pass_obj
def merge(location: str, names: Sequence[str], called: str, package: bool, period: Period, day: date | None, reason: str,
          document: str) -> int:
    """把几个项目合并到第一个，各期数字相加，原编号和名称都还能查到。可以撤销。"""
    from hydesk.services.projects.find_project import find_project
    from hydesk.services.projects.merge_projects import merge_projects
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = [find_project(held, name, period) for name in names]
        merge_projects(held, [p.id for p in found], period.year, ground_of(day, reason, document), name=called, as_package=package)
    add_to_answer(project=found[0].code)
    say(f"已合并 {len(found)} 个项目，合并后是 {found[0].code} {called or found[0].name}。")
    return DONE


def _values(held: Ledger, values: Sequence[str], period: Period) -> dict[Field, ReadValue | None]:
    from hydesk.services.projects.read_typed_values import read_typed_values

    words: dict[Field, str] = {}
    for own, text in (assigned(held, said, code=True) for said in values):
        if not isinstance(own, Field):
            raise HydeskError(f"“{own.name}”是自建栏目，不属于清单调整，请用 hydesk project edit。台账没有改动。")
        words[own] = text
    return read_typed_values(words, period.year)


def _part(words: str, period: Period) -> SplitPart:
    from hydesk.domain.lists import SplitPart
    from hydesk.services.projects.read_typed_values import read_typed_values

    cells = [cell.strip() for cell in words.replace("，", ",").split(",")]
    if not 3 <= len(cells) <= 4:
        raise HydeskError(f"“{words}”要写三项或四项：名称,总投资,年度计划,编号（金额按万元）。台账没有改动。")
    read: dict[Field, Any] = dict(read_typed_values({Field.TOTAL_INVESTMENT: cells[1], Field.ANNUAL_PLAN: cells[2]}, period.year))
    return SplitPart(cells[0], read[Field.TOTAL_INVESTMENT] or 0, read[Field.ANNUAL_PLAN] or 0, cells[3] if len(cells) == 4 else "")
