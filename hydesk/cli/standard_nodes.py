"""hydesk nodes standard: the nodes every project has and their order (节点 → 标准节点)."""

from __future__ import annotations

from dataclasses import replace

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import option
from hydesk.cli.desk_commands import nodes
from hydesk.cli.kept_lines import change_asked, changed_lines, line_options
from hydesk.cli.terminal import DONE, print_table, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.milestones import DEPARTMENTS, STAGES, StandardNode

__all__ = ["nodes"]


@nodes.command("standard")
@click.argument("name", metavar="节点", required=False)
@option("--rename", metavar="新名称", help="改名；已排的时间和记录不变。")
@option("--stage", type=click.Choice(STAGES), metavar="阶段", help=f"{'、'.join(STAGES)}；新增节点要写。")
@option("--department", metavar="部门", help="责任部门；写 \"\" 即按通常的。")
@line_options("个节点")
@click.pass_obj
def standard(location: str, name: str | None, rename: str | None, stage: str | None, department: str | None, after: str | None,
             add: bool, remove: bool) -> int:
    """标准节点：不带节点时列出；带节点时改名称、阶段、责任部门、次序，或新增、删去（已登记的时间仍留在台账里）。可以撤销。"""
    from hydesk.services.milestones.list_milestones import list_standard_nodes, set_standard_nodes
    from hydesk.services.upkeep.open_or_create import opened

    change = change_asked(name, add=add, remove=remove, after=after, values=(rename, stage, department), may="--rename、--stage、--department")
    if add and stage is None:
        raise click.UsageError("新增节点要用 --stage 写明阶段")

    def made(held: StandardNode | None) -> StandardNode:
        return _changed(StandardNode(str(name).strip(), str(stage)) if held is None else held, rename, stage, department)

    with opened(location) as held:
        known = list(list_standard_nodes(held))
        if change is not None:
            known = changed_lines(known, change, lambda n: (n.shown, n.name), made, "节点")
            set_standard_nodes(held, known)
    if change is None:
        print_table(["次序", "节点", "阶段", "责任部门", "原名"], [
            [i, n.shown, n.stage, n.granted_by, n.name if n.shown != n.name else ""] for i, n in enumerate(known, 1)])
        say(f"{len(known)} 个标准节点。")
    else:
        say(f"标准节点“{name}”已{change.done}。")
    add_to_answer(nodes=[{"name": n.shown, "key": n.name, "stage": n.stage, "department": n.granted_by} for n in known])
    return DONE


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
