"""hydesk acts | undo | redo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import ChineseCommand, option
from hydesk.cli.parameters import PATH, Parameter
from hydesk.cli.terminal import DONE, LOOK, NOTHING, print_table, say

if TYPE_CHECKING:
    from hydesk.services.acts.undo_acts import ListedAct, Stepped

SCHEMA = "hydesk.acts/1"


class _ActNumber(Parameter):
    name = "操作编号"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        from hydesk.domain.errors import HydeskError
        from hydesk.services.acts.undo_acts import read_number

        if isinstance(value, int):
            return value
        try:
            return read_number(str(value))
        except HydeskError as error:
            return self.fail(str(error), param, ctx)


@click.command(cls=ChineseCommand)
@option("--by", "--actor", "by", metavar="姓名", help="只列这个人的操作。")
@option("--limit", type=click.IntRange(1), metavar="条数", help="只列最近的多少条；不写时全部列出。")
@option("--json", "result", type=PATH, metavar="文件", help="把清单写成 JSON。")
@click.pass_obj
def acts(location: str, by: str | None, limit: int | None, result: Path | None) -> int:
    """列出每一步操作：编号（A123）、时间、谁、做了什么、撤销了没有；最近的在前。"""
    from hydesk.cli.result_json import ResultFile
    from hydesk.services.acts.undo_acts import acts as acts_of
    from hydesk.services.upkeep.open_or_create import opened

    file = None if result is None else ResultFile(result)
    with opened(location) as held:
        lines = acts_of(held, limit=limit, by=by)
    if file is not None:
        file.write({"schema": SCHEMA, "acts": [_entry(a) for a in lines]})
    if lines:
        print_table(["编号", "时间", "操作人", "内容", "状态"], [
            [a.number, f"{a.at:%Y-%m-%d %H:%M}", a.actor, a.title,
             f"已撤销（{a.undone_by}，{a.undone_at:%Y-%m-%d %H:%M}）" if a.undone_at else ""] for a in lines])
    else:
        say("还没有操作。" if by is None else f"没有“{by}”的操作。")
    return DONE


def _entry(a: ListedAct) -> dict[str, Any]:
    return {"act": a.number, "at": a.at.isoformat(timespec="seconds"), "actor": a.actor, "own": a.own, "title": a.title, "kind": a.kind,
            "undone": a.undone, "undone_by": a.undone_by or None,
            "undone_at": a.undone_at.isoformat(timespec="seconds") if a.undone_at else None}


@click.command(cls=ChineseCommand)
@click.argument("number", metavar="编号", type=_ActNumber(), required=False)
@click.pass_obj
def undo(location: str, number: int | None) -> int:
    """撤销一步操作，不论是谁做的，编号如 A123（见 acts）；不写编号时撤销自己最近的一步。之后人改过的保留，并说明。"""
    from hydesk.services.acts.undo_acts import undo_named, undo_newest
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        done = undo_newest(held) if number is None else undo_named(held, number)
    return _say_stepped(done, "已撤销", "没有自己做的、可以撤销的操作；别人的要写编号。", "还原")


@click.command(cls=ChineseCommand)
@click.argument("number", metavar="编号", type=_ActNumber(), required=False)
@click.pass_obj
def redo(location: str, number: int | None) -> int:
    """重做撤销了的一步，编号如 A123（见 acts）；不写编号时重做自己最近撤销的一步。之后人改过的保留，并说明。"""
    from hydesk.services.acts.undo_acts import redo_named, redo_newest
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        done = redo_newest(held) if number is None else redo_named(held, number)
    return _say_stepped(done, "已重做", "没有可以重做的：自己没有撤销过，或撤销以后又做了别的。", "写入")


def _say_stepped(done: Stepped | None, what: str, none: str, wrote: str) -> int:
    """What a step back or forward did, with the values that stay; the exit status."""
    from hydesk.services.acts.undo_acts import show_number

    if done is None:
        say(none)
        return NOTHING
    number = show_number(done.act_id)
    add_to_answer(act=number, title=done.title, actor=done.actor, changed=done.changed, kept=[str(edit) for edit in done.kept])
    whose = "" if done.own else f"（{done.actor} 做的）"
    say(f"{what} {number}“{done.title}”{whose}，{wrote} {done.changed} 处。")
    for edit in done.kept:
        say(f"  保留：{edit}")
    return LOOK if done.kept else DONE
