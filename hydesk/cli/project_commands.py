"""hydesk project show | edit | lamp | rename | exit | readmit: one project, as its page in the window shows and changes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hydesk.cli.chinese import ChineseGroup, option
from hydesk.cli.parameters import DAY, PATH, PERIOD
from hydesk.cli.terminal import DONE, LOOK, NOTHING, print_table, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.lists import Ground
from hydesk.domain.meaning import Meaning
from hydesk.domain.periods import Period

if TYPE_CHECKING:
    from hydesk.domain.own_columns import OwnColumn
    from hydesk.services.pages.project_page import ProjectPage
    from hydesk.services.projects.project_history import Provenance
    from hydesk.services.upkeep.open_ledger import Ledger

SCHEMA = "hydesk.project/1"
LAMPS = {m.label: m for m in (Meaning.AHEAD, Meaning.ON_TRACK, Meaning.LAGGING, Meaning.SERIOUSLY_LAGGING)}
_PERIOD = option("--period", required=True, type=PERIOD, metavar="报告期", help="看或改哪一期，如 2023-06；清单和计划按这一年。")
_REASON = option("--reason", default="", metavar="理由", help="为什么改；改名称、年度计划、总投资要写，列入退出/调整清单。")


@click.group(cls=ChineseGroup)
def project() -> None:
    """单个项目：查看、修改、人工判定、更名、退出和重新列入清单。项目写市重点编号或名称。"""


@project.command("show")
@click.argument("name", metavar="项目")
@_PERIOD
@option("--json", "json_file", type=PATH, metavar="文件", help="把全部内容写成 JSON，金额以元计。")
@click.pass_obj
def show(location: str, name: str, period: Period, json_file: Path | None) -> int:
    """项目情况：基本情况、本期数据、进度判定、节点、问题，每个数来自哪里。"""
    from hydesk.cli.result_json import ResultFile
    from hydesk.domain.own_columns import show_own_value
    from hydesk.services.pages.project_page import project_page
    from hydesk.services.projects.find_project import find_project
    from hydesk.services.upkeep.open_or_create import opened

    result = None if json_file is None else ResultFile(json_file)
    with opened(location) as held:
        page = project_page(held, find_project(held, name, period, left=True).id, period)
    if result is not None:
        result.write(_document(page))
    print_table(["栏目", "内容", "来源"], [
        *([f.label, _said(f, v), _source(page, f)] for f, v in _values(page) if v is not None),
        *([f"{c.head}{f' {at}' if (at := page.own_periods.get(c.id)) else ''}", show_own_value(page.own_values[c.id], exact=True), _told(page.own_sources.get(c.id))] for c in page.own if c.id in page.own_values)])
    lamp = "不在清单上" if page.lamp is None else f"{page.lamp.label}：{page.lamp.reason}"
    late = sum(p.overdue for p in page.problems)
    say(f"{page.period.label} {page.name}：{lamp}")
    say(f"问题 {len(page.problems)} 个，逾期 {late} 个；附件 {len(page.attachments)} 个；改过 {len(page.history.changes)} 次。")
    return LOOK if late else DONE


@project.command("edit")
@click.argument("name", metavar="项目")
@click.argument("values", metavar="栏目=内容…", nargs=-1, required=True)
@_PERIOD
@_REASON
@option("--insist", is_flag=True, help="核对认为有错的也写入。")
@option("--dry-run", is_flag=True, help="只看会怎样，不写台账。")
@click.pass_obj
def edit(location: str, name: str, values: Sequence[str], period: Period, reason: str, insist: bool, dry_run: bool) -> int:
    """修改一个项目的几栏，如 年度计划投资=12000 形象进度=主体封顶；金额按万元，写“栏目=”即清空。与在窗口里改一样核对，可以撤销。"""
    from hydesk.services.projects.edit_block import REASONED, Edit, judge_edits, write_edits
    from hydesk.services.projects.find_project import find_project
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = find_project(held, name, period)
        edits = [Edit(found.id, field, words) for field, words in (assigned(held, said) for said in values)]
        judged = judge_edits(held, edits, period)
        if not reason.strip() and any(j.changes and j.edit.field in REASONED for j in judged):
            raise HydeskError("改名称、年度计划、总投资要用 --reason 写明理由，会列入退出/调整清单。台账没有改动。")
        for j in judged:
            for said in (j.refused, *j.doubts, *j.remarks):
                if said:
                    say(f"  {j.edit.field.label}：{said}")
        taken = [j for j in judged if j.changes and (insist or j.sound)]
        held_back = [j for j in judged if j.refused or (j.changes and j not in taken)]
        written = len(taken) if dry_run or not taken else write_edits(held, taken, period, "", reason).value
    say(f"{found.name}：{'会写入' if dry_run else '已写入'} {written} 处"
        + (f"，没有写入 {len(held_back)} 处" if held_back else "") + "。")
    return DONE if not held_back else LOOK if taken else NOTHING


@project.command("lamp")
@click.argument("name", metavar="项目")
@click.argument("meaning", metavar="判定", type=click.Choice([*LAMPS, "按规则"]))
@_PERIOD
@option("--reason", default="", metavar="理由", help="人工判定的理由，报告和台账一并注明。")
@click.pass_obj
def lamp(location: str, name: str, meaning: str, period: Period, reason: str) -> int:
    """人工判定一个项目全年的进度：超前、正常、滞后、严重滞后；“按规则”取消人工判定。"""
    from hydesk.services.projects.find_project import find_project
    from hydesk.services.projects.override_lamp import override_lamp
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = find_project(held, name, period)
        override_lamp(held, found.id, period.year, LAMPS.get(meaning), reason)
    say(f"{found.name}：{period.year}年" + (f"判定为{meaning}。" if meaning in LAMPS else "按规则判定。"))
    return DONE


_GROUND = (option("--on", "day", type=DAY, metavar="日期", help="哪一天，不写就是今天。"),
           option("--reason", required=True, metavar="理由", help="为什么；列入退出/调整清单。"),
           option("--document", default="", metavar="文号", help="如 衡重办〔2023〕12号。"))


def with_ground(command: Any) -> Any:
    """The options that say when, why and by which document the list is changed."""
    for one in reversed(_GROUND):
        command = one(command)
    return command


@project.command("rename")
@click.argument("name", metavar="项目")
@click.argument("new", metavar="新名称")
@_PERIOD
@with_ground
@click.pass_obj
def rename(location: str, name: str, new: str, period: Period, day: date | None, reason: str, document: str) -> int:
    """项目更名；报表写旧名的仍认得。可以撤销。"""
    from hydesk.services.projects.adjust_list import rename_project

    return _change(location, name, period, lambda held, key: rename_project(held, key, period.year, new, ground_of(day, reason, document)),
                   f"已更名为“{new}”")


@project.command("exit")
@click.argument("name", metavar="项目")
@_PERIOD
@with_ground
@click.pass_obj
def exit_(location: str, name: str, period: Period, day: date | None, reason: str, document: str) -> int:
    """项目退出当年清单；此前各期仍算它。可以撤销。"""
    from hydesk.services.projects.adjust_list import exit_list

    return _change(location, name, period, lambda held, key: exit_list(held, key, period.year, ground_of(day, reason, document)),
                   f"已退出{period.year}年清单")


@project.command("readmit")
@click.argument("name", metavar="项目")
@_PERIOD
@with_ground
@click.pass_obj
def readmit(location: str, name: str, period: Period, day: date | None, reason: str, document: str) -> int:
    """退出的项目重新列入当年清单。可以撤销。"""
    from hydesk.services.projects.adjust_list import readmit_project

    return _change(location, name, period, lambda held, key: readmit_project(held, key, period.year, ground_of(day, reason, document)),
                   f"已重新列入{period.year}年清单", left=True)


def ground_of(day: date | None, reason: str, document: str) -> Ground:
    """What ``with_ground`` asked for; today where no day was named."""
    return Ground(day or date.today(), reason, document)


def _change(location: str, name: str, period: Period, act: Any, said: str, *, left: bool = False) -> int:
    from hydesk.services.projects.find_project import find_project
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = find_project(held, name, period, left=left)
        act(held, found.id)
    say(f"{found.code} {found.name}：{said}。")
    return DONE


def assigned(held: Ledger, said: str, *, code: bool = False) -> tuple[Field | OwnColumn, str]:
    """栏目=内容: a field by its label, or a column of the office's own; the project's code only where ``code`` says so."""
    from hydesk.services.standings.own_columns import list_own_columns

    label, sign, words = said.replace("＝", "=", 1).partition("=")
    label = label.strip()
    if not sign:
        raise HydeskError(f"“{said}”里没有等号，请写成 栏目=内容，如 形象进度=主体封顶。台账没有改动。")
    found: list[Field | OwnColumn] = [f for f in Field if label in _names(f) and (code or f is not Field.CODE)]
    found += [c for c in list_own_columns(held) if label in (c.name, c.head)]
    if not found:
        known = "、".join(f.label for f in Field if label[:2] and label[:2] in f.label)
        raise HydeskError(f"没有“{label}”这一栏" + (f"，相近的有：{known}" if known else "") + "。台账没有改动。")
    return found[0], words.strip()


def _names(field: Field) -> tuple[str, ...]:
    """What a field is called: in full, over its column, in returns."""
    column = field.spec.column
    return (field.label, *field.spec.heads, *((column.head,) if column is not None else ()))


def _values(page: ProjectPage) -> list[tuple[Field, Any]]:
    from hydesk.domain.standing import ATTRIBUTES

    own = dict(page.facts)
    if page.standing is not None:
        own |= {f: getattr(page.standing, name) for f, name in ATTRIBUTES.items()}
        own |= page.standing.others
    return [(f, None if own[f] == "" else own[f]) for f in Field if f in own and not f.spec.private]


def _said(field: Field, value: Any) -> str:
    from hydesk.domain.fields import FieldKind
    from hydesk.domain.money import format_money

    return f"{format_money(value)} 万元" if field.kind is FieldKind.MONEY else " ".join(str(value).split())


def _source(page: ProjectPage, field: Field) -> str:
    found = next((page.sources[k] for k in ((str(page.period), field), (str(page.period.year), field), ("", field)) if k in page.sources), None)
    return _told(found)


def _told(found: Provenance | None) -> str:
    if found is None:
        return ""
    if found.return_id is None:
        return f"{found.actor} {found.at:%Y-%m-%d} 手工"
    return " ".join(p for p in (found.file, found.sheet, found.cell) if p)


def _document(page: ProjectPage) -> dict[str, Any]:
    from hydesk.domain.own_columns import value_in_json

    standing, lamp = page.standing, page.lamp
    return {
        "schema": SCHEMA, "period": str(page.period), "project": standing.code if standing else page.facts.get(Field.CODE),
        "name": page.name, "on_list": standing is not None,
        "lamp": None if lamp is None else {"meaning": lamp.meaning.value, "label": lamp.label, "reason": lamp.reason},
        "values": {f.value: v.isoformat() if isinstance(v, date) else v if v is None or isinstance(v, int) else str(v)
                   for f, v in _values(page)},
        "own": {c.name: value_in_json(page.own_values[c.id]) for c in page.own if c.id in page.own_values},
        "own_periods": {c.name: str(at) for c in page.own if (at := page.own_periods.get(c.id)) is not None},
        "sources": {f.value: s for f, _ in _values(page) if (s := _source(page, f))},
        "nodes": [] if page.nodes is None else [
            {"node": n.name, "planned": _day(d.baseline), "expected": _day(d.forecast), "actual": _day(d.actual), "handling": d.handling or None}
            for n in page.standard if (d := page.nodes.node(n.name)) is not None],
        "problems": [{"id": p.id, "title": p.title, "status": p.status.value, "due": _day(p.due_on), "overdue": p.overdue}
                     for p in page.problems],
    }


def _day(value: Any) -> str | None:
    return None if value is None else str(value)
