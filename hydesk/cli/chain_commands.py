"""hydesk chains: the maps of the industrial chains, looked at, edited and printed (考核与榜单 → 产业链图)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chain_places import (
    NOT_IN_USE,
    chain_named,
    record_numbered,
    segment_named,
    standing_at,
    words_typed,
)
from hydesk.cli.chinese import ChineseGroup, option
from hydesk.cli.parameters import NUMBER, PATH, PERIOD
from hydesk.cli.terminal import DONE, NOTHING, print_table, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period

CommandT = TypeVar("CommandT", bound=Callable[..., Any])
_POSITIONS, _KINDS = ("上游", "中游", "下游"), ("已有", "在建", "缺口")
"""As ``chain_map.POSITIONS`` and ``MARKS``; named here so that the help needs no reading of the services."""
_PERIOD = option("--period", required=True, type=PERIOD, metavar="报告期", help="项目按这一期的台账，如 2023-06。")
_POSITION = option("--position", type=click.Choice(_POSITIONS), metavar="位置", help="上游、中游或下游。")
_PLACE = option("--place", type=click.IntRange(1, 9999), metavar="第几", help="排在第几个；不写就排在最后。")
_LAST = 10_000


def _about(command: CommandT) -> CommandT:
    """What stands in a segment: its enterprise, its project, its kind and a remark."""
    for add in (
        option("--enterprise", metavar="企业", help="企业名称。"), option("--project", metavar="项目", help="台账里的项目，写编号或名称；写 \"\" 即不再对应。"),
        option("--kind", type=click.Choice(_KINDS), metavar="性质", help="已有、在建或缺口。"), option("--remark", metavar="说明", help="说明。"),
    ):
        command = add(command)
    return command


@click.group(cls=ChineseGroup)
def chains() -> None:
    """产业链图谱：列出，看一条链，增加、修改、移动、删除环节和企业、项目，标缺口，打印。从台账取入各项清单用 register draw。"""


@chains.command("list")
@_PERIOD
@click.pass_obj
def list_all(location: str, period: Period) -> int:
    """列出每条产业链：环节、企业和项目、缺口的个数。"""
    from hydesk.services.mechanisms.chain_map import chain_desk
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        desk = chain_desk(held, period)
    maps = {m.chain: m for m in desk.maps}
    told = [{"chain": c, "segments": sum(len(boxes) for _, boxes in maps[c].drawing.columns) if c in maps else 0,
             "records": maps[c].records if c in maps else 0, "gaps": maps[c].gaps if c in maps else 0} for c in desk.chains]
    if told:
        print_table(["产业链", "环节", "条", "缺口"], [list(t.values()) for t in told])
    add_to_answer(chains=told)
    say(f"{len(told)} 条产业链，{len(maps)} 条有图。" if desk.sheet is not None else f"{NOT_IN_USE}。")
    return DONE if desk.sheet is not None else NOTHING


@chains.command("show")
@click.argument("chain", metavar="产业链")
@_PERIOD
@click.pass_obj
def show(location: str, chain: str, period: Period) -> int:
    """一条产业链的图：上、中、下游各环节的企业、项目和缺口，每条带编号；change、move、gap、remove 用这个编号。"""
    from hydesk.services.mechanisms.chain_map import chain_maps, drawn_order
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        sheet, name = chain_named(held, period, chain)
        fields = {f.key: f for f in sheet.definition.fields}
        records = [r for r in drawn_order(sheet.records) if str(r.values.get("chain", "")) == name]
        told = [{"record": r.id, **{k: sheet.text(fields[k], r) for k in ("position", "segment", "kind", "enterprise", "project", "remark") if k in fields},
                 "code": r.values.get("project") or None} for r in records]
        below = next((m.drawing.below for m in chain_maps(held, period) if m.chain == name), None)
    told.sort(key=lambda t: _POSITIONS.index(t["position"]) if t["position"] in _POSITIONS else 1)
    if told:
        print_table(["编号", "位置", "环节", "性质", "企业", "项目", "说明"],
                    [[t["record"], *(t.get(k, "") for k in ("position", "segment", "kind", "enterprise", "project", "remark"))] for t in told])
    add_to_answer(chain=name, records=[t | {"project": t["code"], "project_name": t["project"]} for t in told])
    say(f"{name}：{len(told)} 条，缺口 {sum(t.get('kind') == _KINDS[-1] for t in told)} 处"
        + (f"；{below.name}" if below is not None else "") + "。")
    return DONE


@chains.command("add")
@click.argument("chain", metavar="产业链")
@click.argument("segment", metavar="环节")
@_POSITION
@_about
@_PERIOD
@click.pass_obj
def add(location: str, /, chain: str, segment: str, position: str | None, period: Period, **values: str | None) -> int:
    """在一个环节里加企业、项目或缺口；还没有这个环节就新增（要写 --position）。可以撤销。"""
    from hydesk.services.registers.write_records import RecordChange, write_records
    from hydesk.services.upkeep.open_or_create import opened

    segment = " ".join(segment.split())
    if not segment:
        raise click.BadParameter("请填写环节名称", param_hint="环节")
    with opened(location) as held:
        sheet, name = chain_named(held, period, chain)
        if position is None:
            position = segment_named(sheet, name, segment, None).position
        words = {"chain": name, "position": position, "segment": segment, "kind": "已有", **words_typed(held, period, values)}
        changes = [RecordChange(None, k, t) for k, t in words.items() if t]
        (key,) = write_records(held, sheet.id, changes, period.year, f"“{name}”产业链图：新增").value
    add_to_answer(record=key)
    say(f"{name}的环节“{segment}”（{position}）新增了 {key} 号。")
    return DONE


@chains.command("change")
@click.argument("number", metavar="编号", type=NUMBER)
@_about
@_PERIOD
@click.pass_obj
def change(location: str, /, number: int, period: Period, **values: str | None) -> int:
    """改图上的一条：企业、对应的项目、性质、说明；没有写的不变，写 "" 即清空。换环节用 move。可以撤销。"""
    from hydesk.services.registers.write_records import RecordChange, write_records
    from hydesk.services.upkeep.open_or_create import opened

    if all(v is None for v in values.values()):
        raise click.UsageError("没有写要改什么：--enterprise、--project、--kind、--remark 至少写一个")
    with opened(location) as held:
        sheet, record = record_numbered(held, period, number)
        changes = [RecordChange(number, k, t or None) for k, t in words_typed(held, period, values).items()]
        wrote = write_records(held, sheet.id, changes, period.year, f"“{record.values['chain']}”产业链图：修改").wrote
    say(f"{number} 号已修改。" if wrote else f"{number} 号与原来相同，没有改动。")
    return DONE if wrote else NOTHING


@chains.command("move")
@click.argument("number", metavar="编号", type=NUMBER)
@click.argument("segment", metavar="环节")
@_POSITION
@_PLACE
@_PERIOD
@click.pass_obj
def move(location: str, number: int, segment: str, position: str | None, place: int | None, period: Period) -> int:
    """把图上的一条移到一个环节里，或在环节里换先后。可以撤销。"""
    from hydesk.services.mechanisms.edit_chain_map import move_item
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        sheet, record = record_numbered(held, period, number)
        chain = str(record.values["chain"])
        goal = segment_named(sheet, chain, segment, position)
        wrote = move_item(held, chain, standing_at(record), goal, _LAST if place is None else place - 1).wrote
    say(f"{number} 号已移到环节“{goal.segment}”。" if wrote else f"{number} 号本来就在那里，没有改动。")
    return DONE if wrote else NOTHING


@chains.command("segment")
@click.argument("chain", metavar="产业链")
@click.argument("segment", metavar="环节")
@_POSITION
@option("--rename", metavar="新名称", help="改环节的名称。")
@option("--to", type=click.Choice(_POSITIONS), metavar="位置", help="移到上游、中游或下游。")
@_PLACE
@option("--remove", is_flag=True, help="删除环节和里面的企业、项目、缺口。")
@_PERIOD
@click.pass_obj
def segmentstanding_at(location: str, chain: str, segment: str, position: str | None, rename: str | None, to: str | None, place: int | None,
               remove: bool, period: Period) -> int:
    """改一个环节：改名、移到别的位置、换先后，或删除。每步可以撤销。"""
    from hydesk.services.mechanisms.edit_chain_map import move_segment, rename_segment
    from hydesk.services.registers.write_records import remove_records
    from hydesk.services.upkeep.open_or_create import opened

    if sum((remove, rename is not None, to is not None or place is not None)) != 1:
        raise click.UsageError("改名（--rename）、移动（--to、--place）、删除（--remove）一次写一样")
    with opened(location) as held:
        sheet, name = chain_named(held, period, chain)
        own = segment_named(sheet, name, segment, position)
        if remove:
            keys = [r.id for r in sheet.records if standing_at(r, whole=True) == own and str(r.values.get("chain", "")) == name]
            wrote, said = remove_records(held, sheet.id, keys).wrote, f"已删除环节“{own.segment}”（{len(keys)} 条）"
        elif rename is not None:
            wrote, said = rename_segment(held, name, own, rename, own.position).wrote, f"环节“{own.segment}”已改名为“{' '.join(rename.split())}”"
        else:
            goal = to or own.position
            wrote = move_segment(held, name, own, goal, _LAST if place is None else place - 1).wrote
            said = f"环节“{own.segment}”已移到{goal}"
    say(f"{said}。" if wrote else "与原来相同，没有改动。")
    return DONE if wrote else NOTHING


@chains.command("gap")
@click.argument("numbers", metavar="编号…", type=NUMBER, nargs=-1, required=True)
@option("--off", is_flag=True, help="不再是缺口。")
@_PERIOD
@click.pass_obj
def gap(location: str, numbers: Sequence[int], off: bool, period: Period) -> int:
    """把图上的几条标为缺口，或取消缺口。可以撤销。"""
    from hydesk.services.mechanisms.edit_chain_map import mark_gap
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        of_chain = {str(record_numbered(held, period, n)[1].values["chain"]) for n in numbers}
        if len(of_chain) > 1:
            raise HydeskError(f"这几条不在同一条产业链（{'、'.join(sorted(of_chain))}），请分开做。什么也没有改")
        wrote = mark_gap(held, of_chain.pop(), numbers, gap=not off).wrote
    say(("已取消缺口。" if off else "已标为缺口。") if wrote else "与原来相同，没有改动。")
    return DONE if wrote else NOTHING


@chains.command("remove")
@click.argument("numbers", metavar="编号…", type=NUMBER, nargs=-1, required=True)
@_PERIOD
@click.pass_obj
def remove(location: str, numbers: Sequence[int], period: Period) -> int:
    """从图上删除几条企业、项目或缺口；环节里没有别的了，环节也就没有了。可以撤销。"""
    from hydesk.services.registers.write_records import remove_records
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        sheet = next(s for s, _ in [record_numbered(held, period, n) for n in numbers])
        remove_records(held, sheet.id, sorted(set(numbers)))
    say(f"已删除 {len(set(numbers))} 条。")
    return DONE


@chains.command("print")
@_PERIOD
@option("--out", required=True, type=PATH, metavar="文件", help="写到哪个 PDF 文件；写文件夹时自动起名。")
@option("--chain", "names", multiple=True, metavar="产业链", help="只印这条链，可以写多次；不写就全部。")
@click.pass_obj
def print_out(location: str, period: Period, out: Path, names: Sequence[str]) -> int:
    """把产业链图印成 PDF，一条链一页。"""
    from hydesk.domain.file_names import clean_name
    from hydesk.services.mechanisms.chain_map import print_chain_maps
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        chosen = [chain_named(held, period, n)[1] for n in names]
        title = f"{chosen[0]}产业链图谱" if len(chosen) == 1 else "产业链图谱"
        path = out if out.suffix.lower() == ".pdf" else out / f"{clean_name(title, '产业链图谱')}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        print_chain_maps(held, period, path, chosen)
    add_to_answer(file=str(path))
    say(f"已写出：{path}")
    return DONE
