"""hydesk returns import | list | undo | board | mark-up | send-back | chase | scores | name-columns, and hydesk template."""

from __future__ import annotations

from pathlib import Path

import click

from hydesk.cli.chinese import ChineseCommand, ChineseGroup, option
from hydesk.cli.name_columns import name_columns
from hydesk.cli.parameters import NUMBER, PATH, PERIOD, YEAR, FormatsType
from hydesk.cli.scoping import scope_option, within_scope
from hydesk.cli.terminal import DONE, LOOK, print_table, say
from hydesk.cli.waiting_commands import deadline_of, drop, receive, review, take_in
from hydesk.domain.periods import Period
from hydesk.domain.return_states import state_word


@click.group(cls=ChineseGroup)
def returns() -> None:
    """报表：收报、列出、撤销、收报情况、退回、催报、评分。"""


for _command in (receive, review, take_in, drop, deadline_of, name_columns):
    returns.add_command(_command)


@returns.command("import")
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=PATH)
@option("--period", required=True, type=PERIOD, metavar="报告期", help="如 2023-06（月）或 2023-W25（周）。")
@option("--unit", metavar="单位", help="填报单位；不写时从标题、填报单位、文件名和项目里认。")
@option("--dry-run", is_flag=True, help="只看会怎样，不写台账。")
@option("--json", "result", type=PATH, metavar="文件", help="把读懂的内容写成 JSON。")
@click.pass_obj
def import_files(
    location: str, files: tuple[Path, ...], period: Period, unit: str | None, dry_run: bool, result: Path | None
) -> int:
    """收报：读懂各单位的报表，核对后入库。可给文件、文件夹或压缩包。"""
    from hydesk.cli.take_in import ReturnsImport
    from hydesk.services.projects.find_unit import find_unit
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        return ReturnsImport(held, period, unit and find_unit(held, unit), dry_run).run(files, result)


@returns.command("list")
@option("--period", type=PERIOD, metavar="报告期", help="只列这一期的。")
@click.pass_obj
def list_taken(location: str, period: Period | None) -> int:
    """列出收到的报表和导入的项目清单，编号可用来撤销。"""
    from hydesk.services.returns.list_returns import list_returns
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        items = list_returns(held, period, kind="return" if period else None, waiting=True)
    rows = [
        [r.id, str(r.period or KIND_WORDS.get(r.kind, "—")), r.unit or "（多个单位）", state_word(r.status, undone=r.undone, superseded_by=r.superseded_by), r.rows, r.errors,
         r.warnings, f"{r.received_at:%Y-%m-%d %H:%M}", r.actor, r.file]
        for r in items
    ]
    if rows:
        print_table(["编号", "报告期", "单位", "状态", "行", "错误", "提醒", "收到", "经办", "文件"], rows)
    else:
        say("还没有收到报表。")
    return DONE


KIND_WORDS = {"projects": "项目清单", "nodes": "节点表", "register": "自定义台账"}


@returns.command("undo")
@click.argument("number", metavar="编号", type=NUMBER)
@click.pass_obj
def undo(location: str, number: int) -> int:
    """撤销一次导入；之后人改过的保留，并说明。"""
    from hydesk.services.acts.undo_import import undo_import
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        result = undo_import(held, number)
    say(f"已撤销 {number} 号导入，还原 {result.restored} 处。")
    for edit in result.kept:
        say(f"  保留：{edit}")
    return LOOK if result.kept else DONE


@returns.command("board")
@option("--period", required=True, type=PERIOD, metavar="报告期", help="看哪一期。")
@scope_option
@click.pass_obj
def board(location: str, period: Period, scope: str | None) -> int:
    """各单位收报情况：未报、已收待核、已退回、部分入库、已入库。"""
    from hydesk.services.returns.returns_board import returns_board
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        own = within_scope(held, period, scope)
        lines = [line for line in returns_board(held, period) if own is None or line.unit in own.units]
    rows = [
        [line.unit, line.status + (f"（另有扫描件等 {line.papers} 份）" if line.papers else ""), line.rounds, f"{line.received_at:%Y-%m-%d %H:%M}" if line.received_at else "",
         _lateness(line.days_late, line.rounds > 0), line.rows, line.errors, line.warnings]
        for line in lines
    ]
    print_table(["单位", "状态", "报送次数", "最近收到", "时限", "行", "错误", "提醒"], rows)
    return DONE


@returns.command("mark-up")
@click.argument("number", metavar="编号", type=NUMBER)
@option("--out", required=True, type=PATH, metavar="文件", help="标注好的表写到哪里。")
@click.pass_obj
def mark_up(location: str, number: int, out: Path) -> int:
    """在单位自己的表上标出有疑问的单元格，供退回修改。"""
    from hydesk.services.returns.mark_up_return import mark_up_return
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        path, marks = mark_up_return(held, number, out)
    say(f"已写出：{path}（标注 {marks} 处）")
    return DONE


def _lateness(days: int, reported: bool) -> str:
    """迟报3天, 提前2天; for a unit that has not reported, 逾期3天 or 还有2天."""
    if days == 0:
        return "按时" if reported else "今日到期"
    return f"{'迟报' if reported else '逾期'}{days}天" if days > 0 else f"{'提前' if reported else '还有'}{-days}天"


@returns.command("send-back")
@click.argument("what", metavar="文件或编号", type=str)
@option("--period", type=PERIOD, metavar="报告期", help="给文件时要写明是哪一期的。")
@option("--unit", metavar="单位", help="填报单位；不写时从表里认。")
@option("--note", default="", metavar="意见", help="写给填报单位的退回意见。")
@option("--out", type=PATH, metavar="文件夹", help="把退回单和标注好的原表写到哪里。")
@click.pass_obj
def send_back_one(location: str, what: str, period: Period | None, unit: str | None, note: str, out: Path | None) -> int:
    """退回一份报表：不写台账，留存原件和问题，可出退回单。可给文件，或待核报表的编号。"""
    from hydesk.cli.send_back import send_back_and_print
    from hydesk.services.projects.find_unit import find_unit
    from hydesk.services.upkeep.open_or_create import opened

    if not what.isdigit() and period is None:
        raise click.UsageError("退回文件要用 --period 写明报告期")
    with opened(location) as held:
        return send_back_and_print(held, what, period, unit and find_unit(held, unit), note, out)


@returns.command("slip")
@click.argument("number", metavar="编号", type=NUMBER)
@option("--out", required=True, type=PATH, metavar="文件夹", help="退回单写到哪里。")
@option("--format", "formats", default="pdf,docx,txt", type=FormatsType("pdf", "docx", "txt"), metavar="格式", help="pdf、docx、txt，用逗号隔开。")
@click.pass_obj
def slip(location: str, number: int, out: Path, formats: tuple[str, ...]) -> int:
    """出一份报表的退回单。"""
    from hydesk.services.returns.return_slip import print_slip, return_slip
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        paths = print_slip(return_slip(held, number), out, formats)
    for path in paths:
        say(f"已写出：{path}")
    return DONE


@returns.command("chase")
@option("--period", required=True, type=PERIOD, metavar="报告期", help="催哪一期的。")
@option("--unit", "units", multiple=True, metavar="单位", help="只催这个单位，可写多次。")
@option("--out", type=PATH, metavar="文件夹", help="同时印催报通知到这里。")
@scope_option
@click.pass_obj
def chase(location: str, period: Period, units: tuple[str, ...], out: Path | None, scope: str | None) -> int:
    """催报：写出可发微信、QQ 的催报文字，需要时印通知。"""
    from hydesk.services.projects.find_unit import find_unit
    from hydesk.services.returns.chase_units import chase_text, print_chase_notice
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        own, named = within_scope(held, period, scope), [find_unit(held, u) for u in units]
        wanted = None if own is None and not named else [u for u in named or sorted(own.units if own else ()) if own is None or u in own.units]
        text = chase_text(held, period, units=wanted)
        if not text:
            say(f"{period.label}没有要催的单位。")
            return DONE
        click.echo(text)
        for path in print_chase_notice(held, period, out, units=wanted) if out else ():
            say(f"已写出：{path}")
    return LOOK


@returns.command("scores")
@option("--year", required=True, type=YEAR, metavar="年", help="哪一年的。")
@option("--out", required=True, type=PATH, metavar="文件夹", help="评分表写到哪里。")
@click.pass_obj
def scores(location: str, year: int, out: Path) -> int:
    """各单位全年报送质量评分，出 PDF 和 Excel。"""
    from hydesk.services.mechanisms.score_units import print_scores
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        paths = print_scores(held, year, out)
    for path in paths:
        say(f"已写出：{path}")
    return DONE


@click.command(cls=ChineseCommand)
@option("--period", required=True, type=PERIOD, metavar="报告期", help="为哪一期做模板。")
@option("--unit", metavar="单位", help="只做一个单位的；不写时每个单位一份。")
@option("--out", required=True, type=PATH, metavar="文件夹", help="模板写到哪里。")
@click.pass_obj
def template(location: str, period: Period, unit: str | None, out: Path) -> int:
    """给各单位做预填好的填报模板。"""
    from hydesk.services.projects.find_unit import find_unit
    from hydesk.services.returns.make_templates import make_templates
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        paths = make_templates(held, period, out, unit and find_unit(held, unit))
    for path in paths:
        say(f"已写出：{path}")
    return DONE
