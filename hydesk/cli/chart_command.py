"""hydesk chart: 作战图 for the wall."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import ChineseCommand, option
from hydesk.cli.parameters import PATH, PERIOD
from hydesk.cli.scoping import scope_in, scope_option
from hydesk.cli.terminal import DONE, LOOK, finish, progress_bar, say
from hydesk.domain.periods import Period

_PAPERS, _TILES = ("A4", "A3", "A2", "A1", "A0"), ("A4", "A3")
_GROUPS = {"单位": "unit", "产业链": "chain", "类别": "category", "不分": ""}


@click.command(cls=ChineseCommand)
@option("--period", required=True, type=PERIOD, metavar="报告期", help="看哪一期，如 2023-06。")
@option("--out", required=True, type=PATH, metavar="文件", help="写到哪个 PDF 文件；写文件夹时自动起名。")
@option("--leader", default="", metavar="姓名", help="只画这一位联系、包联的项目。")
@option("--project", default="", metavar="项目", help="只画一个项目的节点，写编号或名称。")
@scope_option
@option("--paper", type=click.Choice(_PAPERS), metavar="纸张", help="A4 至 A0；不写时一个项目、一位领导 A3，全部项目 A0，其余 A1。")
@option("--tiles", type=click.Choice(_TILES), default=None, metavar="纸张", help="没有大幅面打印机时，分成 A4 或 A3 打印再拼接：有重叠、裁切线和页次。")
@option("--group", type=click.Choice(tuple(_GROUPS)), default="单位", metavar="分组", help="按什么分组：单位、产业链、类别、不分。")
@option("--from", "first", type=PERIOD, metavar="月份", help="时间轴从哪个月按比例画起；不写时是当年1月。")
@option("--to", "last", type=PERIOD, metavar="月份", help="画到哪个月；不写时是次年12月。更早更晚的节点在两侧按先后排列。")
@click.pass_obj
def chart(location: str, period: Period, out: Path, leader: str, project: str, scope: str | None, paper: str | None, tiles: str | None,
          group: str, first: Period | None, last: Period | None) -> int:
    """作战图：一位领导、一个项目、一个范围或全部项目的节点排在时间轴上，A3 到 A0，可分页拼接。"""
    from hydesk.services.pages.wall_chart import ChartWish, chart_file, print_chart, usual_paper, wall_chart
    from hydesk.services.upkeep.open_or_create import opened

    if leader and project:
        raise click.BadParameter("--leader 与 --project 只能写一个", param_hint="--leader")
    begin, end = _month(first, "--from"), _month(last, "--to")
    if begin and end and begin > end:
        raise click.BadParameter("--to 不能早于 --from", param_hint="--to")
    progress = progress_bar()
    with opened(location) as held:
        wish = ChartWish(scope_in(held, period, scope), leader, project, group=_GROUPS[group], first=begin, last=end)
        made = wall_chart(held, period, wish)
        path = out if out.suffix.lower() == ".pdf" else out / chart_file(made)
        printed = print_chart(held, made, path, paper or usual_paper(wish), tiles or "", progress)
    finish(progress)
    add_to_answer(file=str(printed.path), sheets=printed.sheets, pages=printed.pages, rows=made.rows, type_points=printed.size)
    say(f"已写出：{printed.path}（{made.rows} 行，{paper or usual_paper(wish)} 共 {printed.sheets} 张"
        + (f"，分成 {tiles} {printed.pages} 页" if tiles else "") + f"，行内字号 {printed.size:g} 磅）")
    if printed.missing:
        say(f"  有 {len(printed.missing)} 个字所有字体都没有，印作〓：{'、'.join(printed.missing)}。请换用常用字或安装字体。")
        return LOOK
    return DONE


def _month(period: Period | None, name: str) -> date | None:
    if period is None:
        return None
    if not period.is_month:
        raise click.BadParameter(f"要写成月，如 2023-06，不是 {period}", param_hint=name)
    return period.end
