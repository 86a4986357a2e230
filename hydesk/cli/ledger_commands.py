"""hydesk ledger new | import | export."""

from __future__ import annotations

from pathlib import Path

import click

from hydesk.cli.chinese import ChineseGroup, option
from hydesk.cli.parameters import NUMBER, PATH, YEAR
from hydesk.cli.roll_over_command import roll_over
from hydesk.cli.scoping import end_of_year, ids_of, scope_option
from hydesk.cli.terminal import DONE, LOOK, print_table, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.grid import row_in_file


@click.group(cls=ChineseGroup)
def ledger() -> None:
    """台账：新建、导入项目清单、导出。"""


@ledger.command("new")
@click.pass_obj
def new_ledger(location: str) -> int:
    """新建一本空台账（带县市区、类别等基础数据）。"""
    from hydesk.services.upkeep.open_ledger import create_ledger

    made = create_ledger(location)
    made.close()
    say(f"已新建台账：{made.path or made.location}")
    return DONE


@ledger.command("import")
@click.argument("file", metavar="项目清单", type=PATH)
@option("--year", required=True, type=YEAR, metavar="年份", help="清单是哪一年的，如 2023。")
@option("--dry-run", is_flag=True, help="只看会怎样，不写台账。")
@option("--json", "result", type=PATH, metavar="文件", help="把读懂的内容写成 JSON。")
@click.pass_obj
def import_projects(location: str, file: Path, year: int, dry_run: bool, result: Path | None) -> int:
    """把一份项目清单（任何合理的表格）读进台账；没有台账就新建。可用 returns undo 撤销。

    台账里已有项目时，与上次清单和台账三方比较：清单改了的照写，台账后来改过的保留，两边都改的留待核实。
    """
    from hydesk.cli.import_list import import_list

    return import_list(location, file, year, dry_run, result)


@ledger.command("waits")
@option("--year", required=True, type=YEAR, metavar="年份", help="哪一年的清单。")
@click.pass_obj
def list_waiting(location: str, year: int) -> int:
    """列出最近一份清单待核的地方；序号可用来处理。"""
    from hydesk.services.returns.keep_waits import list_waits
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        waits = list_waits(held, year)
    if not waits:
        say("没有待核的地方。")
        return DONE
    print_table(["序号", "类别", "项目", "栏目", "位置", "说明"], [
        [w.number + 1, w.wait.kind.label, w.wait.name, w.wait.field.label if w.wait.field else "",
         f"{w.wait.sheet}第{row_in_file(w.wait.row)}行" if w.wait.sheet else "", w.wait.why] for w in waits])
    return LOOK


@ledger.command("settle")
@click.argument("numbers", metavar="序号…", nargs=-1, required=True, type=NUMBER)
@option("--year", required=True, type=YEAR, metavar="年份", help="哪一年的清单。")
@option("--how", required=True, type=click.Choice(["take", "keep", "new"]), metavar="take|keep|new",
        help="take 采用清单，keep 保留台账，new 作为新项目。")
@click.pass_obj
def settle(location: str, numbers: tuple[int, ...], year: int, how: str) -> int:
    """处理清单待核的几处，可撤销。"""
    from hydesk.services.returns.keep_waits import list_waits
    from hydesk.services.returns.settle_waits import Settling, settle_waits
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        waits = {w.number + 1: w for w in list_waits(held, year)}
        unknown = [n for n in numbers if n not in waits]
        if unknown:
            raise HydeskError(f"没有待核的第 {unknown[0]} 处，请用 ledger waits --year {year} 查看序号")
        done = settle_waits(held, [waits[n] for n in dict.fromkeys(numbers)], Settling(how))
    say(f"{done.title}，改动 {done.value} 处。")
    return DONE


@ledger.command("export")
@click.argument("file", metavar="文件", type=PATH)
@option("--year", type=YEAR, metavar="年份", help="导出哪一年的计划；不写时用最新一年。")
@option("--with-phones", is_flag=True, help="连联系电话一起导出；不写时不带电话。")
@scope_option
@click.pass_obj
def export_list(location: str, file: Path, year: int | None, with_phones: bool, scope: str | None) -> int:
    """把台账导出成 Excel：清单、退出项目、其他名称、子项目、月度数据、节点；这份文件可以原样再导入。"""
    from hydesk.services.projects.export_ledger import export_ledger
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        export_ledger(held, file, year, with_phones=with_phones, only=ids_of(held, end_of_year(held, year), scope))
    say(f"已导出：{file}")
    return DONE


ledger.add_command(roll_over)
