"""hydesk returns import | list | undo | board | mark-up, and hydesk template."""

from __future__ import annotations

from pathlib import Path

import click

from hydesk.cli.chinese import ChineseCommand, ChineseGroup, option
from hydesk.cli.parameters import PERIOD
from hydesk.cli.screen import DONE, LOOK, print_table, say
from hydesk.domain.periods import Period


@click.group(cls=ChineseGroup)
def returns() -> None:
    """报表：收报、列出、撤销、收报情况、退回。"""


@returns.command("import")
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=click.Path(path_type=Path))
@option("--period", required=True, type=PERIOD, metavar="报告期", help="如 2023-06（月）或 2023-W25（周）。")
@option("--unit", metavar="单位", help="填报单位；不写时从标题、填报单位、文件名和项目里认。")
@option("--dry-run", is_flag=True, help="只看会怎样，不写台账。")
@option("--json", "result", type=click.Path(path_type=Path), metavar="文件", help="把读懂的内容写成 JSON。")
@click.pass_obj
def import_files(
    location: str, files: tuple[Path, ...], period: Period, unit: str | None, dry_run: bool, result: Path | None
) -> int:
    """收报：读懂各单位的报表，核对后入库。可给文件、文件夹或压缩包。"""
    from hydesk.cli.take_in import Intake
    from hydesk.services.open_or_create import opened

    with opened(location) as held:
        return Intake(held, period, unit, dry_run).run(files, result)


@returns.command("list")
@option("--period", type=PERIOD, metavar="报告期", help="只列这一期的。")
@click.pass_obj
def list_taken(location: str, period: Period | None) -> int:
    """列出收到的报表和导入的项目清单，编号可用来撤销。"""
    from hydesk.services.list_returns import list_returns
    from hydesk.services.open_or_create import opened

    with opened(location) as held:
        items = list_returns(held, period, kind="return" if period else None)
    rows = [
        [r.id, str(r.period or "项目清单"), r.unit or "（多个单位）", _status(r.status, r.undone, r.superseded_by), r.rows, r.errors,
         r.warnings, f"{r.received_at:%Y-%m-%d %H:%M}", r.actor, r.file]
        for r in items
    ]
    if rows:
        print_table(["编号", "报告期", "单位", "状态", "行", "错误", "提醒", "收到", "经办", "文件"], rows)
    else:
        say("还没有收到报表。")
    return DONE


STATUS_WORDS = {
    "applied": "已入库",
    "partly_applied": "部分入库",
    "unchanged": "无变化",
    "rejected": "已退回",
    "dry_run": "试读",
}


def _status(status: str, undone: bool, superseded_by: int | None) -> str:
    if undone:
        return "已撤销"
    if superseded_by is not None:
        return f"已被 {superseded_by} 号代替"
    return STATUS_WORDS.get(status, status)


@returns.command("undo")
@click.argument("number", metavar="编号", type=int)
@click.pass_obj
def undo(location: str, number: int) -> int:
    """撤销一次导入；之后人改过的保留，并说明。"""
    from hydesk.services.open_or_create import opened
    from hydesk.services.undo_import import undo_import

    with opened(location) as held:
        result = undo_import(held, number)
    say(f"已撤销 {number} 号导入，还原 {result.restored} 处。")
    for edit in result.kept:
        say(f"  保留：{edit}")
    return LOOK if result.kept else DONE


@returns.command("board")
@option("--period", required=True, type=PERIOD, metavar="报告期", help="看哪一期。")
@click.pass_obj
def board(location: str, period: Period) -> int:
    """各单位收报情况：未报、已收待核、已退回、已入库。"""
    from hydesk.services.open_or_create import opened
    from hydesk.services.returns_board import returns_board

    with opened(location) as held:
        lines = returns_board(held, period)
    rows = [
        [line.unit, line.status, line.returns, f"{line.received_at:%Y-%m-%d %H:%M}" if line.received_at else "",
         line.rows, line.errors, line.warnings]
        for line in lines
    ]
    print_table(["单位", "状态", "报送次数", "最近收到", "行", "错误", "提醒"], rows)
    return DONE


@returns.command("mark-up")
@click.argument("number", metavar="编号", type=int)
@option("--out", required=True, type=click.Path(path_type=Path), metavar="文件", help="标注好的表写到哪里。")
@click.pass_obj
def mark_up(location: str, number: int, out: Path) -> int:
    """在单位自己的表上标出有疑问的单元格，供退回修改。"""
    from hydesk.services.mark_up_return import mark_up_return
    from hydesk.services.open_or_create import opened

    with opened(location) as held:
        path, marks = mark_up_return(held, number, out)
    say(f"已写出：{path}（标注 {marks} 处）")
    return DONE


@click.command(cls=ChineseCommand)
@option("--period", required=True, type=PERIOD, metavar="报告期", help="为哪一期做模板。")
@option("--unit", metavar="单位", help="只做一个单位的；不写时每个单位一份。")
@option("--out", required=True, type=click.Path(path_type=Path), metavar="文件夹", help="模板写到哪里。")
@click.pass_obj
def template(location: str, period: Period, unit: str | None, out: Path) -> int:
    """给各单位做预填好的填报模板。"""
    from hydesk.services.make_templates import make_templates
    from hydesk.services.open_or_create import opened

    with opened(location) as held:
        paths = make_templates(held, period, out, unit)
    for path in paths:
        say(f"已写出：{path}")
    return DONE
