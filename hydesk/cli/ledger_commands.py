"""hydesk ledger new | import | export."""

from __future__ import annotations

from pathlib import Path

import click

from hydesk.cli.chinese import ChineseGroup, option
from hydesk.cli.findings import say_findings
from hydesk.cli.parameters import PATH, YEAR
from hydesk.cli.roll_over_command import roll_over
from hydesk.cli.scoping import ids_of, scope_option
from hydesk.cli.screen import DONE, LOOK, NOTHING, finish, progress_bar, say
from hydesk.domain.findings import Level
from hydesk.domain.periods import Period


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
@click.pass_obj
def import_list(location: str, file: Path, year: int) -> int:
    """把一份项目清单（任何合理的表格）读进台账；没有台账就新建。可用 returns undo 撤销。"""
    from hydesk.services.returns.import_projects import import_projects
    from hydesk.services.upkeep.open_or_create import NothingDone, open_or_create

    progress = progress_bar()
    with open_or_create(location) as held:
        result = import_projects(held, file, year, progress=progress).value
        finish(progress)
        say_findings(result.findings)
        if result.rejected:
            say(f"{file.name}：没有导入，台账没有改动。")
            raise NothingDone
        number = "" if result.import_id is None else f"（导入编号 {result.import_id}，撤销用 returns undo {result.import_id}）"
        say(f"{file.name}：新增 {result.added} 个项目，更新 {result.changed} 个，未变 {result.unchanged} 个{number}。")
        return LOOK if any(f.level is not Level.NOTE for f in result.findings) else DONE
    return NOTHING


@ledger.command("export")
@click.argument("file", metavar="文件", type=PATH)
@option("--year", type=YEAR, metavar="年份", help="导出哪一年的计划；不写时用最新一年。")
@option("--with-phones", is_flag=True, help="连联系电话一起导出；不写时不带电话。")
@scope_option
@click.pass_obj
def export_list(location: str, file: Path, year: int | None, with_phones: bool, scope: str | None) -> int:
    """把台账导出成 Excel：清单、退出项目、其他名称、子项目、月度数据、节点；这份文件可以原样再导入。"""
    from hydesk.services.projects.export_ledger import export_ledger
    from hydesk.services.standings.list_standings import ledger_years
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        years = ledger_years(held)
        end = Period.month(year or (years[-1] if years else 2023), 12)
        export_ledger(held, file, year, with_phones=with_phones, only=ids_of(held, end, scope))
    say(f"已导出：{file}")
    return DONE


ledger.add_command(roll_over)
