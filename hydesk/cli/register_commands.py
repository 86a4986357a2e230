"""hydesk register list | import | export | print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hydesk.cli.chinese import ChineseGroup, option
from hydesk.cli.findings import say_findings
from hydesk.cli.parameters import FORMATS, PATH, PERIOD
from hydesk.cli.scoping import scope_in, scope_option
from hydesk.cli.terminal import DONE, LOOK, NOTHING, finish, print_table, progress_bar, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period

if TYPE_CHECKING:
    from hydesk.services.upkeep.open_ledger import Ledger


@click.group(cls=ChineseGroup)
def register() -> None:
    """工作机制的台账：列出、导入、导出、打印，记录和承诺，台账的栏目。"""


def find_register(ledger: Ledger, name: str) -> int:
    """The register called ``name``, by its name or any single part of it. Raises HydeskError where none or several are."""
    from hydesk.services.registers.list_registers import register_definitions

    held = register_definitions(ledger)
    exact = [key for key, d in held.items() if name in (d.name, d.key)]
    found = exact or [key for key, d in held.items() if name in d.name]
    if len(found) == 1:
        return found[0]
    if not held:
        raise HydeskError("这份台账还没有启用各项机制的台账，请先在窗口的“考核与榜单”里启用，或用 hydesk register enable")
    known = "、".join(held[key].name for key in (found or held))
    raise HydeskError(f"没有名为“{name}”的台账，可用：{known}" if not found else f"“{name}”可指几本台账：{known}，请写全名称")


@register.command("list")
@option("--period", required=True, type=PERIOD, metavar="报告期", help="逾期按这一期算，如 2023-06。")
@click.pass_obj
def list_all(location: str, period: Period) -> int:
    """列出每本台账的记录数和逾期数。"""
    from hydesk.services.registers.list_registers import list_registers
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = list_registers(held, period.end)
    say(f"共 {len(found)} 本台账。")
    if found:
        print_table(["分组", "台账", "记录", "逾期"], [[r.definition.group, r.definition.name, r.records, r.overdue] for r in found])
    return DONE


@register.command("import")
@click.argument("name", metavar="台账")
@click.argument("file", metavar="文件", type=PATH)
@option("--period", required=True, type=PERIOD, metavar="报告期", help="表里写“6月”时指这一年的，如 2023-06。")
@click.pass_obj
def take_in(location: str, name: str, file: Path, period: Period) -> int:
    """把一份 Excel 的记录读进台账：已有的更新，没有的新增，不删除。可以撤销。"""
    from hydesk.services.registers.import_register import import_register
    from hydesk.services.upkeep.open_or_create import opened

    progress = progress_bar()
    with opened(location) as held:
        result = import_register(held, find_register(held, name), file, period.year, progress=progress).value
        finish(progress)
    say_findings(result.findings)
    if result.rejected:
        return NOTHING
    say(f"新增 {result.added} 条，更新 {result.changed} 条，没有变化 {result.unchanged} 条"
        + (f"，{result.held_back} 条未取。" if result.held_back else "。"))
    return LOOK if result.held_back else DONE


@register.command("export")
@click.argument("name", metavar="台账")
@click.argument("file", metavar="文件", type=PATH)
@option("--period", required=True, type=PERIOD, metavar="报告期", help="取自台账的数字是这一期的，如 2023-06。")
@scope_option
@click.pass_obj
def give_out(location: str, name: str, file: Path, period: Period, scope: str | None) -> int:
    """把台账写成 Excel，填好可以原样再导入。"""
    from hydesk.services.registers.export_register import export_register
    from hydesk.services.registers.list_registers import records_in
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        key = find_register(held, name)
        export_register(held, key, period, file, records=records_in(held, key, period, scope_in(held, period, scope)))
    say(f"已写入 {file}")
    return DONE


@register.command("print")
@click.argument("name", metavar="台账")
@option("--period", required=True, type=PERIOD, metavar="报告期", help="取自台账的数字是这一期的，如 2023-06。")
@option("--out", required=True, type=PATH, metavar="文件夹", help="写到哪里。")
@option("--format", "formats", default="pdf", type=FORMATS, metavar="格式", help="pdf、docx、xlsx，多个用逗号隔开。")
@scope_option
@click.pass_obj
def print_out(location: str, name: str, period: Period, out: Path, formats: tuple[str, ...], scope: str | None) -> int:
    """把台账打印成横排的附表。"""
    from hydesk.services.registers.list_registers import records_in
    from hydesk.services.registers.print_register import print_register
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        key = find_register(held, name)
        paths = print_register(held, key, period, out, formats, records=records_in(held, key, period, scope_in(held, period, scope)))
    for path in paths:
        say(f"已写入 {path}")
    return DONE
