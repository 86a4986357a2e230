"""hydesk nodes standard: the nodes every project has and their order (节点 → 标准节点)."""

from __future__ import annotations

from dataclasses import replace

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import option
from hydesk.cli.desk_commands import nodes
from hydesk.cli.terminal import DONE, print_table, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.milestones import DEPARTMENTS, STAGES, StandardNode

__all__ = ["nodes"]


@nodes.command("standard")
@click.argument("name", metavar="节点", required=False)
@option("--rename", metavar="新名称", help="改名；已排的时间和记录不变。")
@option("--stage", type=click.Choice(STAGES), metavar="阶段", help=f"{'、'.join(STAGES)}；新增节点要写。")
@option("--department", metavar="部门", help="责任部门；写 \"\" 即按通常的。")
@option("--after", metavar="节点", help="排到哪个节点后面；写 \"\" 即排在最前。")
@option("--add", is_flag=True, help="新增这个节点，不写 --after 就排在最后。")
@option("--remove", is_flag=True, help="删去这个节点；已登记的时间仍留在台账里。")
@click.pass_obj
def standard(location: str, name: str | None, rename: str | None, stage: str | None, department: str | None, after: str | None,
             add: bool, remove: bool) -> int:
    """标准节点：不带节点时列出；带节点时改名称、阶段、责任部门、次序，或新增、删去。可以撤销。"""
    from hydesk.services.milestones.list_milestones import list_standard_nodes, set_standard_nodes
    from hydesk.services.upkeep.open_or_create import opened

    if add and remove:
        raise click.UsageError("--add 和 --remove 只能写一个")
    asked = any(x is not None for x in (rename, stage, department, after)) or add or remove
    if (name is None) == asked:
        raise click.UsageError("没有写是哪个节点" if name is None else "没有写要改什么，可用 --rename、--stage、--department、--after、--add、--remove")
    with opened(location) as held:
        known = list(list_standard_nodes(held))
        if name is not None:
            one = _new(known, name, stage) if add else known.pop(_at(known, name))
            at = len(known) if add else _place(list(list_standard_nodes(held)), name)
            if not remove:
                known.insert(_behind(known, after, at), _changed(one, rename, stage, department))
            set_standard_nodes(held, known)
    if name is None:
        print_table(["次序", "节点", "阶段", "责任部门", "原名"], [
            [i, n.shown, n.stage, n.granted_by, n.name if n.shown != n.name else ""] for i, n in enumerate(known, 1)])
        say(f"{len(known)} 个标准节点。")
    else:
        say(f"标准节点“{name}”已{'新增' if add else '删去' if remove else '修改'}。")
    add_to_answer(nodes=[{"name": n.shown, "key": n.name, "stage": n.stage, "department": n.granted_by} for n in known])
    return DONE


def _place(known: list[StandardNode], name: str) -> int:
    return next(i for i, n in enumerate(known) if name in (n.name, n.shown))


def _at(known: list[StandardNode], name: str) -> int:
    if not any(name in (n.name, n.shown) for n in known):
        raise HydeskError(f"没有“{name}”这个节点，现有：{'、'.join(n.shown for n in known)}")
    return _place(known, name)


def _new(known: list[StandardNode], name: str, stage: str | None) -> StandardNode:
    if any(name in (n.name, n.shown) for n in known):
        raise HydeskError(f"已经有“{name}”这个节点，请换一个名称")
    if stage is None:
        raise click.UsageError("新增节点要用 --stage 写明阶段")
    return StandardNode(name.strip(), stage)


def _behind(known: list[StandardNode], after: str | None, at: int) -> int:
    """Where among ``known`` the node goes: where it was, behind ``after``, or first."""
    if after is None:
        return at
    return 0 if not after.strip() else _at(known, after) + 1


def _changed(node: StandardNode, rename: str | None, stage: str | None, department: str | None) -> StandardNode:
    """As the form in the window keeps it: its own name and usual department need no keeping."""
    if rename is not None:
        if not rename.strip():
            raise HydeskError("节点名称不能为空")
        node = replace(node, label="" if rename.strip() == node.name else rename.strip())
    if stage is not None:
        node = replace(node, stage=stage)
    if department is not None:
        node = replace(node, department="" if department.strip() == DEPARTMENTS.get(node.name, "") else department.strip())
    return node
