"""hydesk project attachments | attach | detach | history | put-back | parts | known-as | mentions: what the project's page keeps beside its figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import option
from hydesk.cli.parameters import NUMBER, PATH, PERIOD
from hydesk.cli.project_commands import project
from hydesk.cli.terminal import DONE, LOOK, NOTHING, finish, print_table, progress_bar, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period

if TYPE_CHECKING:
    from hydesk.services.standings.sub_projects import SubProjectLine

__all__ = ["project"]
_PERIOD = option("--period", required=True, type=PERIOD, metavar="报告期", help="项目按这一年的清单认，如 2023-06。")


@project.command("attachments")
@click.argument("name", metavar="项目")
@_PERIOD
@click.pass_obj
def attachments(location: str, name: str, period: Period) -> int:
    """列出一个项目的附件：照片、批复文件；有文件不在了的，以状态 1 结束。"""
    from hydesk.services.projects.attach_file import list_attachments
    from hydesk.services.projects.find_project import find_project
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = list_attachments(held, find_project(held, name, period, left=True).id)
    if found:
        print_table(["编号", "文件", "说明", "大小（KB）", "存入", "办理人", "状态"], [
            [a.id, a.name, a.note, -(-a.size // 1000), f"{a.added_at:%Y-%m-%d %H:%M}", a.actor, "文件不在了" if a.missing else ""] for a in found])
    add_to_answer(attachments=[{"id": a.id, "name": a.name, "note": a.note, "bytes": a.size, "added_at": a.added_at.isoformat(timespec="seconds"),
                                "actor": a.actor, "missing": a.missing, "file": str(a.path)} for a in found])
    say(f"{len(found)} 个附件。" if found else "没有附件。")
    return LOOK if any(a.missing for a in found) else DONE


@project.command("attach")
@click.argument("name", metavar="项目")
@click.argument("files", metavar="文件…", type=PATH, nargs=-1, required=True)
@_PERIOD
@option("--note", default="", metavar="说明", help="附件是什么，如 施工许可证。")
@option("--agree", is_flag=True, help="照片、文档以外的类型也存；程序、脚本从来不存。")
@click.pass_obj
def attach(location: str, name: str, files: Sequence[Path], period: Period, note: str, agree: bool) -> int:
    """把照片、批复文件存到项目名下，一步可以撤销；存过的同一份文件不重复存。"""
    from hydesk.services.projects.attach_file import attach_files, unusual_kinds
    from hydesk.services.projects.find_project import find_project
    from hydesk.services.upkeep.open_or_create import opened

    strange = unusual_kinds([f.name for f in files])
    if strange and not agree:
        raise HydeskError(f"{'、'.join(strange)} 不是常见的照片或文档，确实要存请加 --agree。一个也没有存")
    progress = progress_bar()
    with opened(location) as held:
        found = find_project(held, name, period, left=True)
        done = attach_files(held, found.id, files, note, progress=progress, agreed=agree).value
    finish(progress)
    say(f"{found.name}：存入 {done.added} 个附件。" if done.added else f"{found.name}：没有新的附件。")
    for known in done.known:
        say(f"  已有，没有重复存：{known}")
    return DONE if done.added else NOTHING


@project.command("detach")
@click.argument("numbers", metavar="编号…", type=NUMBER, nargs=-1, required=True)
@click.pass_obj
def detach(location: str, numbers: Sequence[int]) -> int:
    """从项目名下取下附件，编号见 attachments；文件仍留着，可以撤销。"""
    from hydesk.services.projects.attach_file import detach_file
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        for number in numbers:
            detach_file(held, number)
    say(f"已取下 {len(numbers)} 个附件。")
    return DONE


@project.command("history")
@click.argument("name", metavar="项目")
@_PERIOD
@option("--field", metavar="栏目", help="只看一栏，如 年度计划投资。")
@click.pass_obj
def history(location: str, name: str, period: Period, field: str | None) -> int:
    """修改记录：每一次改了什么、由谁、依据哪份报表；序号用来恢复旧值（put-back）。"""
    from hydesk.services.projects.find_project import find_project
    from hydesk.services.projects.project_history import project_history
    from hydesk.services.projects.restore_value import can_restore
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        changes = project_history(held, find_project(held, name, period, left=True).id).changes
    told = [(number, c) for number, c in enumerate(changes, 1) if field is None or c.field == field.strip()]
    if told:
        print_table(["序号", "时间", "经手人", "字段", "期", "原来", "改为", "来源"], [
            [n, f"{c.at:%Y-%m-%d %H:%M}", c.actor, c.field, c.period, c.old, c.new, c.source + ("　已撤销" if c.undone else "")] for n, c in told])
    add_to_answer(changes=[{"number": n, "at": c.at.isoformat(timespec="seconds"), "actor": c.actor, "field": c.field, "period": c.period or None,
                            "old": c.old, "new": c.new, "source": c.source, "sheet": c.sheet or None, "cell": c.cell or None,
                            "undone": c.undone, "can_be_put_back": can_restore(c)} for n, c in told])
    say(f"{len(told)} 次修改。" if told else "没有这样的修改。")
    return DONE


@project.command("put-back")
@click.argument("name", metavar="项目")
@click.argument("number", metavar="序号", type=NUMBER)
@_PERIOD
@click.pass_obj
def put_back(location: str, name: str, number: int, period: Period) -> int:
    """恢复为此值：把修改记录里一行“改为”的值再写进台账，记一条新的修改，可以撤销。序号见 history。"""
    from hydesk.services.projects.find_project import find_project
    from hydesk.services.projects.project_history import project_history
    from hydesk.services.projects.restore_value import restore_value
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = find_project(held, name, period, left=True)
        changes = project_history(held, found.id).changes
        if number > len(changes):
            raise HydeskError(f"没有第 {number} 条修改记录，请用 project history 查")
        change = changes[number - 1]
        wrote = restore_value(held, found.id, change).wrote
    say(f"{found.name}：{change.field}已恢复为 {change.new or '空'}。" if wrote else f"{found.name}：{change.field}已经是这个值，没有改动。")
    return DONE if wrote else NOTHING


@project.command("parts")
@click.argument("name", metavar="项目")
@click.argument("lines", metavar="子项目…", nargs=-1)
@_PERIOD
@option("--none", is_flag=True, help="去掉全部子项目，不再是打包项目。")
@click.pass_obj
def parts(location: str, name: str, lines: Sequence[str], period: Period, none: bool) -> int:
    """打包项目的下列子项目：不写时列出；写了就换成所写的，每个写 名称,总投资,年度计划,建设单位（万元，后面几项可不写）。可以撤销。"""
    from hydesk.domain.money import format_money
    from hydesk.services.projects.find_project import find_project
    from hydesk.services.standings.sub_projects import list_sub_projects, set_sub_projects
    from hydesk.services.upkeep.open_or_create import opened

    if lines and none:
        raise click.UsageError("写了子项目，就不能再写 --none")
    with opened(location) as held:
        found = find_project(held, name, period)
        changed = set_sub_projects(held, found.id, [_part(line) for line in lines]).value if lines or none else None
        held_now = list_sub_projects(held, found.id)
    if held_now:
        print_table(["子项目", "总投资（万元）", "年度计划（万元）", "建设单位"], [
            [p.name, format_money(p.total_investment), format_money(p.annual_plan), p.builder] for p in held_now])
    add_to_answer(parts=[{"name": p.name, "builder": p.builder, "total_investment": p.total_investment, "annual_plan": p.annual_plan,
                          "remark": p.remark} for p in held_now])
    say(f"{found.name}：{len(held_now)} 个子项目" + ("。" if changed is None else f"，改了 {changed} 处。" if changed else "，与原来相同，没有改动。"))
    return NOTHING if changed == 0 else DONE


def _part(said: str) -> SubProjectLine:
    from hydesk.domain.typed_money import read_wan
    from hydesk.services.standings.sub_projects import SubProjectLine

    cells = [c.strip() for c in said.replace("，", ",").split(",")]
    if not 1 <= len(cells) <= 4:
        raise HydeskError(f"“{said}”不对，请写成 名称,总投资,年度计划,建设单位。台账没有改动")
    title, total, plan, builder = (*cells, *[""] * (4 - len(cells)))
    return SubProjectLine(title, builder, read_wan(total, "总投资"), read_wan(plan, "年度计划"))


@project.command("known-as")
@click.argument("name", metavar="项目")
@click.argument("other", metavar="写法")
@_PERIOD
@click.pass_obj
def known_as(location: str, name: str, other: str, period: Period) -> int:
    """记住报表里对一个项目的另一种写法，以后照此认得；项目的名称不变。可以撤销。"""
    from hydesk.services.projects.edit_project import remember_name
    from hydesk.services.projects.find_project import find_project
    from hydesk.services.standings.list_standings import list_standings
    from hydesk.services.upkeep.open_or_create import opened

    other = " ".join(other.split())
    if not other:
        raise click.BadParameter("请写报表里的写法", param_hint="写法")
    with opened(location) as held:
        own = find_project(held, name, period)
        taken = next((p for p in list_standings(held, period, left=True) if p.name == other), None)
        if taken is not None:
            raise HydeskError(f"“{other}”就是项目 {taken.code} 的名称，没有记。" + ("" if taken.id == own.id else "请核对是哪一个项目"))
        wrote = remember_name(held, own.id, other).wrote
    say(f"已记住：报表里的“{other}”就是 {own.code} {own.name}。" if wrote else f"“{other}”已经记住了，没有改动。")
    return DONE if wrote else NOTHING


@project.command("mentions")
@click.argument("name", metavar="项目")
@_PERIOD
@click.pass_obj
def mentions(location: str, name: str, period: Period) -> int:
    """工作机制的各本台账里哪些记录写到这个项目：备案、承诺、观摩、议定事项、红黄榜、产业链等；有逾期的以状态 1 结束。"""
    from hydesk.services.projects.find_project import find_project
    from hydesk.services.registers.project_mentions import project_mentions
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        own = find_project(held, name, period, left=True)
        found = project_mentions(held, own.id, period.end)
    if found:
        print_table(["台账", "编号", "状态", "期限", "内容"], [[m.register, m.record_id, m.state, m.due, m.words] for m in found])
    add_to_answer(project=own.code, mentions=[{
        "register": m.register, "record": m.record_id, "state": m.state, "due": m.due, "overdue": m.overdue, "words": m.words} for m in found])
    late = sum(m.overdue for m in found)
    say(f"{own.code} {own.name}：{len(found)} 条记录，{late} 条逾期。")
    return LOOK if late else DONE
