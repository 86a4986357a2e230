"""hydesk archive: issued reports, found again and written as they were printed (报告 → 归档)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import ChineseGroup, option
from hydesk.cli.parameters import FORMATS, NUMBER, PATH, REPORT_PERIOD, YEAR
from hydesk.cli.report_commands import KINDS
from hydesk.cli.terminal import DONE, print_table, say

if TYPE_CHECKING:
    from hydesk.domain.periods import Period
    from hydesk.services.reports.issue_report import IssuedReport


@click.group(cls=ChineseGroup)
def archive() -> None:
    """归档的报告：按期号、种类、报告期查找，按当时印的样子写出文件。归档、出更正件用 report。"""


@archive.command("list")
@option("--kind", type=click.Choice(list(KINDS)), metavar="种类", help="只列一种报告，如 monthly。")
@option("--year", type=YEAR, metavar="年份", help="只列这一年编号的。")
@option("--period", type=REPORT_PERIOD, metavar="报告期", help="只列这一期的，如 2023-06。")
@click.pass_obj
def list_archive(location: str, kind: str | None, year: int | None, period: Period | None) -> int:
    """列出归档的报告，最近的在前；序号用来写出文件，撤销归档用 acts 里的编号。"""
    from hydesk.services.reports.issue_report import list_issues
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = [i for i in list_issues(held, year=year, period=period) if kind in (None, i.kind.value)]
    if found:
        print_table(["序号", "期号", "种类", "报告期", "对象", "归档", "办理人", "状态"], [
            [i.id, f"{i.year}年第{i.number}期", i.kind.label, i.period.label, _over(i), f"{i.issued_at.astimezone():%Y-%m-%d %H:%M}", i.actor, _state(i)]
            for i in found])
    add_to_answer(issues=[
        {"id": i.id, "kind": i.kind.value, "period": str(i.period), "year": i.year, "number": i.number, "title": i.title, "subject": i.subject,
         "scope": i.scope, "issued_at": i.issued_at.isoformat(timespec="seconds"), "actor": i.actor, "corrects": i.corrects,
         "corrected_by": i.corrected_by, "note": i.note} for i in found])
    say(f"{len(found)} 份归档的报告。" if found else "没有归档的报告。")
    return DONE


def _state(issue: IssuedReport) -> str:
    return "已更正" if issue.corrected_by else "更正件" if issue.corrects else ""


def _over(issue: IssuedReport) -> str:
    of = issue.subject or ("" if issue.scope_words else "全市")
    return "，".join(x for x in (of, f"只统计{issue.scope_words}的项目" if issue.scope_words else "") if x)


@archive.command("write")
@click.argument("number", metavar="序号", type=NUMBER)
@option("--out", required=True, type=PATH, metavar="文件夹", help="写到哪个文件夹。")
@option("--format", "formats", default="pdf,docx,xlsx", type=FORMATS, metavar="格式", help="pdf、docx、xlsx，多个用逗号隔开；不写时三种都写。")
@option("--annexes", is_flag=True, help="附件另出：归档时另外印的附件也写出。")
@option("--bound", is_flag=True, help="附件与正文合订在一份里。")
@click.pass_obj
def write(location: str, number: int, out: Path, formats: tuple[str, ...], annexes: bool, bound: bool) -> int:
    """按归档时印的样子写出一份报告的文件，序号见 archive list。"""
    from hydesk.domain.errors import HydeskError
    from hydesk.services.reports.issue_report import list_issues, save_issue
    from hydesk.services.reports.print_report import Binding
    from hydesk.services.upkeep.open_or_create import opened

    if annexes and bound:
        raise click.BadParameter("两项只能写一项：附件要么另出，要么合订", param_hint="--annexes、--bound")
    with opened(location) as held:
        if not any(i.id == number for i in list_issues(held)):
            raise HydeskError(f"没有序号为 {number} 的归档报告，请用 archive list 查")
        paths = save_issue(held, number, out, formats, Binding.APART if annexes else Binding.BOUND if bound else None)
    add_to_answer(files=[str(p) for p in paths])
    for path in paths:
        say(f"已写入 {path}")
    return DONE
