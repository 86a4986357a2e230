"""hydesk report and hydesk demo."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hydesk.cli.chinese import ChineseCommand, option
from hydesk.cli.parameters import DAY, FORMATS, NUMBER, PATH, REPORT_PERIOD
from hydesk.cli.scoping import scope_in, scope_option
from hydesk.cli.terminal import DONE, LOOK, finish, progress_bar, say
from hydesk.domain.periods import Period

if TYPE_CHECKING:
    from hydesk.services.reports.print_report import Binding

KINDS = ("weekly", "monthly", "quarterly", "half_year", "yearly", "supervision", "boards", "unit", "leader", "project", "problems", "nodes", "adjustments", "tables")
"""As ``ReportKind``, which is not imported before a report is made: it costs time at every start."""


@click.command(cls=ChineseCommand, epilog=(
    "种类：weekly 周报，monthly 月度通报，quarterly 季度通报，half_year 半年通报，yearly 全年通报，supervision 滞后项目督办单，boards 红黄榜，unit 单位情况单（县市区、园区、市直），leader 联系领导情况单，project 项目卡，problems 问题清单，"
    "nodes 节点清单，adjustments 调整退出清单，tables 附表。"))
@click.argument("kind", metavar="种类", type=click.Choice(KINDS))
@option("--period", required=True, type=REPORT_PERIOD, metavar="报告期",
        help="月报写 2023-06，周报写 2023-W25，季度、半年、全年写 2023-Q2、2023-H1、2023（或它的最后一个月）。")
@option("--out", required=True, type=PATH, metavar="文件夹", help="报告写到哪里。")
@option("--format", "formats", default="pdf", type=FORMATS, metavar="格式", help="pdf、docx、xlsx，多个用逗号隔开。")
@option("--subject", metavar="对象", help="单位名称、领导姓名，或项目的编号、名称：督办单、情况单、项目卡要写，清单可写单位。")
@option("--every", is_flag=True, help="单位情况单、联系领导情况单用：每个单位、每位领导各出一份，不写 --subject。")
@option("--together", is_flag=True, help="与 --every 同用：合成一个 PDF。")
@option("--date", "issued", type=DAY, metavar="日期", help="印在报告上的日期，如 2023-07-05；不写是今天。")
@option("--annexes", is_flag=True, help="附件另出：每个附件一份 PDF、一份 Excel，编号与正文的附件说明一致。")
@option("--bound", is_flag=True, help="附件与正文合订成一份。不写这两项时，通报、周报只出正文，其他报告照旧一份。")
@option("--issue", is_flag=True, help="归档：编期号、冻结数字，并存下正文的三种格式和各个附件。")
@option("--corrects", type=NUMBER, metavar="期号", help="与 --issue 同用：更正同一种类同一年的第几期。")
@option("--note", default="", metavar="说明", help="与 --issue 同用：更正的说明。")
@scope_option
@click.pass_obj
def report(location: str, kind: str, period: Period, out: Path, formats: tuple[str, ...], subject: str | None, every: bool, together: bool,
           issued: date | None, annexes: bool, bound: bool, issue: bool, corrects: int | None, note: str, scope: str | None) -> int:
    """出报告：周报（weekly）、月度通报（monthly）、季度、半年、全年通报（quarterly、half_year、yearly）、督办单、红黄榜、情况单、项目卡和各种清单。"""
    _check_period(kind, period)
    if every and (issue or subject or kind not in ("unit", "leader")):
        raise click.BadParameter("只用于 unit、leader，且不与 --subject、--issue 一起写", param_hint="--every")
    if together and (not every or formats != ("pdf",)):
        raise click.BadParameter("与 --every 一起用，只出 PDF", param_hint="--together")
    if every:
        return _every(location, kind, period, out, formats, together=together, issued=issued, scope=scope)
    if annexes and bound:
        raise click.BadParameter("两项只能写一项：附件要么另出，要么合订", param_hint="--annexes、--bound")
    if not issue and (corrects is not None or note):
        raise click.BadParameter("只能与 --issue 一起用", param_hint="--corrects、--note")
    from hydesk.services.reports.print_report import Binding

    binding = Binding.APART if annexes else Binding.BOUND if bound else None
    if issue:
        return _archive(location, kind, period, out, formats, binding, subject, corrects, note, issued=issued, scope=scope)
    return _print(location, kind, period, out, formats, binding, subject, issued=issued, scope=scope)


def _check_period(kind: str, period: Period) -> None:
    if kind == "monthly" and not period.is_month:
        raise click.BadParameter(f"月度通报的报告期要写成月，如 2023-06，不是 {period}", param_hint="--period")
    if kind == "weekly" and period.is_month:
        raise click.BadParameter(f"周报的报告期要写成周，如 2023-W25，不是 {period}", param_hint="--period")


def _print(location: str, kind: str, period: Period, out: Path, formats: tuple[str, ...], binding: Binding | None, subject: str | None, *,
           issued: date | None, scope: str | None) -> int:
    """One report as the ledger stands now; LOOK where a sign had no font or figures are lacking."""
    from hydesk.services.projects.list_adjustments import later_changes
    from hydesk.services.reports.compile_report import ReportKind, compile_report
    from hydesk.services.reports.print_report import print_report
    from hydesk.services.upkeep.open_or_create import opened

    progress = progress_bar()
    with opened(location) as held:
        compiled = compile_report(held, ReportKind(kind), period, subject, issued=issued, scope=scope_in(held, period, scope))
        later = later_changes(held, period)
    printed = print_report(compiled, out, formats, progress=progress, binding=binding)
    finish(progress)
    for path in (*printed, *printed.annexes):
        say(f"已写出：{path}")
    if later:
        say(f"  说明：{later}（命令行是 --as-of）")
    for lacking in compiled.left_out:
        say(f"  请注意：{lacking}。")
    if printed.substitutions:
        say(f"  字体：{printed.substitutions}。")
    if printed.missing:
        say(f"  有 {len(printed.missing)} 个字所有字体都没有，印作〓：{'、'.join(printed.missing)}。请换用常用字或安装字体。")
        return LOOK
    if compiled.lacking:
        say(f"  请注意：{compiled.standing}。")
        return LOOK
    return DONE


def _archive(location: str, kind: str, period: Period, out: Path, formats: tuple[str, ...], binding: Binding | None, subject: str | None,
             corrects: int | None, note: str, *, issued: date | None, scope: str | None) -> int:
    """The report issued under a number, with the sheet to be signed; LOOK where figures are lacking."""
    from hydesk.services.reports.archived_report import open_issue
    from hydesk.services.reports.compile_report import ReportKind
    from hydesk.services.reports.issue_report import issue_report, number_to_key, save_issue, scope_of_issue
    from hydesk.services.reports.issue_sheet import issue_sheet
    from hydesk.services.reports.print_notice import print_notice
    from hydesk.services.upkeep.open_or_create import opened

    progress = progress_bar()
    with opened(location) as held:
        old = None if corrects is None else number_to_key(held, ReportKind(kind), period.year, corrects)
        over = scope_of_issue(held, old) if old is not None and scope is None else scope_in(held, period, scope)
        made = issue_report(held, ReportKind(kind), period, subject, old, note, issued=issued, progress=progress, scope=over).value
        finish(progress)
        say(f"已归档：{made.label}")
        for path in save_issue(held, made.id, out, formats, binding):
            say(f"已写出：{path}")
        for path in print_notice(issue_sheet(held, made.id), out, ("pdf",)):
            say(f"已写出：{path}（打印签字后另行保管）")
        frozen = open_issue(held, made.id)
        if frozen.lacking:
            say(f"  请注意：{frozen.standing}。")
        return LOOK if frozen.lacking else DONE


def _every(location: str, kind: str, period: Period, out: Path, formats: tuple[str, ...], *, together: bool, issued: date | None,
           scope: str | None) -> int:
    """A sheet about everybody; LOOK where figures of one are lacking."""
    from hydesk.services.reports.compile_report import ReportKind
    from hydesk.services.reports.print_each import print_each
    from hydesk.services.upkeep.open_or_create import opened

    progress = progress_bar()
    with opened(location) as held:
        sheets, paths = print_each(held, ReportKind(kind), period, out, formats, together=together, issued=issued,
                                   scope=scope_in(held, period, scope), progress=progress)
    finish(progress)
    for path in paths:
        say(f"已写出：{path}")
    lacking = [s.subject for s in sheets if s.lacking]
    say(f"共 {len(sheets)} 份。" + (f"其中 {len(lacking)} 份有本期没报的项目，单上写明。" if lacking else ""))
    return LOOK if lacking else DONE


@click.command(cls=ChineseCommand)
@option("--out", default="out", type=PATH, metavar="文件夹",
        help="报表和报告写到哪里；不写时是当前文件夹下的 out。")
@click.pass_context
def demo(context: click.Context, out: Path) -> int:
    """建一本 388 个演示项目的台账，收两个月各单位的报表，并由它出报告。"""
    from hydesk.services.demonstration.make_demo import make_demo

    progress = progress_bar()
    made = make_demo(demo_location(context, out), out, progress)
    finish(progress)
    say(f"演示台账：{made.ledger}（{made.projects} 个项目，数字都是编的）")
    say(f"各单位报表：{made.returns_folder}（{made.files} 份，{made.held_back} 行等人核对）")
    for path in made.reports:
        say(f"报告：{path}")
    return DONE


def demo_location(context: click.Context, out: Path) -> str:
    """Where the demonstration ledger goes: the ledger named, else the default one unless real work is in it."""
    from hydesk.services.demonstration.make_demo import holds_real_work

    location: str = context.obj
    if not context.meta["named"] and holds_real_work(location):
        return str(out / "演示台账.hydesk")
    return location


