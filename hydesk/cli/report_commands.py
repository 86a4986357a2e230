"""hydesk report and hydesk demo."""

from __future__ import annotations

from pathlib import Path

import click

from hydesk.cli.chinese import ChineseCommand, option
from hydesk.cli.parameters import PERIOD
from hydesk.cli.screen import DONE, LOOK, finish, progress_bar, say
from hydesk.domain.periods import Period

FORMATS = ("pdf", "docx", "xlsx")


class FormatsType(click.ParamType):
    """pdf, docx and xlsx, several divided by commas."""

    name = "formats"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        names = tuple(dict.fromkeys(n.strip().lower() for n in str(value).replace("，", ",").split(",") if n.strip()))
        wrong = [n for n in names if n not in FORMATS]
        if wrong or not names:
            self.fail(f"“{value}”不对，可用 {'、'.join(FORMATS)}，多个用逗号隔开", param, ctx)
        return names


@click.command(cls=ChineseCommand)
@click.argument("kind", metavar="weekly|monthly", type=click.Choice(["weekly", "monthly"]))
@option("--period", required=True, type=PERIOD, metavar="报告期", help="月报写 2023-06，周报写 2023-W25。")
@option("--out", required=True, type=click.Path(path_type=Path), metavar="文件夹", help="报告写到哪里。")
@option("--format", "formats", default="pdf", type=FormatsType(), metavar="格式", help="pdf、docx、xlsx，多个用逗号隔开。")
@click.pass_obj
def report(location: str, kind: str, period: Period, out: Path, formats: tuple[str, ...]) -> int:
    """出周报（weekly）或月度通报（monthly）。"""
    if kind == "monthly" and not period.is_month:
        raise click.BadParameter(f"月度通报的报告期要写成月，如 2023-06，不是 {period}", param_hint="--period")
    if kind == "weekly" and period.is_month:
        raise click.BadParameter(f"周报的报告期要写成周，如 2023-W25，不是 {period}", param_hint="--period")
    from hydesk.services.compile_report import ReportKind, compile_report
    from hydesk.services.open_or_create import opened
    from hydesk.services.print_report import print_report

    progress = progress_bar()
    with opened(location) as held:
        compiled = compile_report(held, ReportKind(kind), period)
    printed = print_report(compiled, out, formats, progress=progress)
    finish(progress)
    for path in printed:
        say(f"已写出：{path}")
    for sentence in printed.substitutions:
        say(f"  字体：{sentence}")
    if printed.missing:
        say(f"  有 {len(printed.missing)} 个字所有字体都没有，印作〓：{'、'.join(printed.missing)}。请换用常用字或安装字体。")
        return LOOK
    return DONE


@click.command(cls=ChineseCommand)
@option("--out", default="out", type=click.Path(path_type=Path), metavar="文件夹",
        help="报表和报告写到哪里；不写时是当前文件夹下的 out。")
@click.pass_context
def demo(context: click.Context, out: Path) -> int:
    """建一本 388 个演示项目的台账，收两个月各单位的报表，并由它出报告。"""
    from hydesk.services.make_demo import make_demo

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
    from hydesk.services.make_demo import holds_real_work

    location: str = context.obj
    if not context.meta["named"] and holds_real_work(location):
        return str(out / "演示台账.hydesk")
    return location


