"""hydesk nodes list | import | export and hydesk problems list | told | export."""

from __future__ import annotations

from pathlib import Path

import click

from hydesk.cli.chinese import ChineseGroup, option
from hydesk.cli.findings import say_findings
from hydesk.cli.parameters import PATH, PERIOD
from hydesk.cli.scoping import ids_of, scope_option
from hydesk.cli.screen import DONE, LOOK, NOTHING, finish, print_table, progress_bar, say
from hydesk.domain.findings import Level
from hydesk.domain.milestones import WHICH, WHICH_LABELS
from hydesk.domain.periods import Period


@click.group(cls=ChineseGroup)
def nodes() -> None:
    """节点：到期和逾期的清单，节点表导入导出。"""


@nodes.command("list")
@option("--period", required=True, type=PERIOD, metavar="报告期", help="看哪一期，如 2023-06。")
@option("--due", type=click.IntRange(0, 3650), metavar="天数", help="列出多少天内到期的；不写时列逾期的。")
@option("--unit", metavar="单位", help="只列一个单位的。")
@scope_option
@click.pass_obj
def list_nodes(location: str, period: Period, due: int | None, unit: str | None, scope: str | None) -> int:
    """列出逾期的节点，或多少天内到期的。"""
    from hydesk.services.milestones.list_milestones import list_milestones
    from hydesk.services.projects.find_unit import find_unit
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        unit = unit and find_unit(held, unit)
        wanted = ids_of(held, period, scope)
        milestones = list_milestones(held, period)
    found = milestones.overdue() if due is None else milestones.due(due)
    rows = [[x.project.code, x.project.name, x.project.unit, x.node.shown, str(x.dates.baseline or ""), str(x.dates.forecast or ""),
             x.days, x.slip] for x in found
            if (unit is None or x.project.unit == unit) and (wanted is None or x.project.project_id in wanted)]
    say(f"按 {milestones.on} 计，{'逾期' if due is None else f'{due} 天内到期'} {len(rows)} 个节点。")
    if rows:
        print_table(["编号", "项目", "单位", "节点", "计划", "预计", "剩余天数", "偏差天数"], rows)
    return DONE


@nodes.command("import")
@click.argument("file", metavar="节点表", type=PATH)
@option("--period", required=True, type=PERIOD, metavar="报告期", help="哪一期收到的，如 2023-06；项目按这一年的清单认。")
@option("--unsaid", type=click.Choice(list(WHICH_LABELS.values())), metavar="哪个", help="没有写明的列是计划、预计还是实际。")
@option("--all", "take_all", is_flag=True, help="计划与台账不同的也入库（后移的记为偏差，依据是这份表）。")
@option("--dry-run", is_flag=True, help="只看会怎样，不写台账。")
@click.pass_obj
def import_nodes(location: str, file: Path, period: Period, unsaid: str | None, take_all: bool, dry_run: bool) -> int:
    """读懂一份节点表（项目 × 节点），核对后入库。可用 returns undo 撤销。"""
    from hydesk.services.milestones.import_nodes import apply_nodes, read_nodes
    from hydesk.services.upkeep.open_or_create import opened

    which = next((w for w in WHICH if WHICH_LABELS[w] == unsaid), None)
    progress = progress_bar()
    with opened(location) as held:
        draft = read_nodes(held, file, period, which, progress)
        finish(progress)
        say_findings(draft.findings)
        if draft.table.rejected:
            say(f"{file.name}：未入库，台账没有改动。")
            return NOTHING
        taken = [c for c in draft.changes if not c.blocked and (take_all or c.accepted)]
        waiting = [c for c in draft.changes if c not in taken]
        for c in waiting[:20]:
            say(f"  待核 “{c.sheet}”{c.cell}：{c.project_name} {c.what} 台账 {c.old or '空'}，来表 {c.new}。{c.note}")
        result = None if dry_run else apply_nodes(held, draft, taken).value
    written = len(taken) if result is None else result.written
    number = f"（导入编号 {result.import_id}）" if result is not None and result.import_id is not None else ""
    say(f"{file.name}：{'会写入' if dry_run else '已入库'} {written} 处，与台账相同 {draft.unchanged} 处，待核 {len(waiting)} 处{number}。")
    return LOOK if waiting or any(f.level is not Level.NOTE for f in draft.findings) else DONE


@nodes.command("export")
@click.argument("file", metavar="文件", type=PATH)
@option("--period", required=True, type=PERIOD, metavar="报告期", help="导出哪一年清单的项目，如 2023-06。")
@option("--unit", metavar="单位", help="只导一个单位的，可发给它填。")
@scope_option
@click.pass_obj
def export_nodes(location: str, file: Path, period: Period, unit: str | None, scope: str | None) -> int:
    """把节点导出成 Excel，填好后可以原样再导入。"""
    from hydesk.services.milestones.export_nodes import export_nodes as write
    from hydesk.services.projects.find_unit import find_unit
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        count = write(held, file, period, unit and find_unit(held, unit), ids_of(held, period, scope))
    say(f"已导出 {count} 个项目的节点：{file}")
    return DONE


@click.group(cls=ChineseGroup)
def problems() -> None:
    """问题清单：列出、报表反映的、导出。"""


@problems.command("list")
@option("--period", required=True, type=PERIOD, metavar="报告期", help="按哪一期看期限，如 2023-06。")
@option("--overdue", is_flag=True, help="只列逾期的。")
@option("--unit", metavar="单位", help="只列一个县市区的。")
@scope_option
@click.pass_obj
def list_problems(location: str, period: Period, overdue: bool, unit: str | None, scope: str | None) -> int:
    """列出问题清单，带状态、责任单位和期限。"""
    from hydesk.domain.problems import count_problems
    from hydesk.services.problems.list_problems import list_problems as read
    from hydesk.services.projects.find_unit import find_unit
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        unit = unit and find_unit(held, unit)
        wanted = ids_of(held, period, scope)
        found = [p for p in read(held, period) if (unit is None or p.project_unit == unit) and (p.overdue or not overdue)
                 and (wanted is None or p.project_id in wanted)]
    counts = count_problems(found)
    say(f"共 {counts.total} 个问题，未销号 {counts.open}，逾期 {counts.overdue}。")
    if found:
        print_table(["编号", "问题", "项目", "县市区", "状态", "责任单位", "办结期限", "剩余天数"], [
            [p.id, p.title, p.project_name, p.project_unit, p.status.label, p.responsible, p.due_on or "", p.days] for p in found])
    return DONE


@problems.command("told")
@option("--period", required=True, type=PERIOD, metavar="报告期", help="看哪一期的报表。")
@option("--adopt", is_flag=True, help="把还不在清单上的全部列入。")
@click.pass_obj
def told_problems(location: str, period: Period, adopt: bool) -> int:
    """报表里写的存在问题，与清单比对：新增、仍然反映、未再反映。"""
    from hydesk.services.problems.follow_problems import adopt_problems, follow_problems
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        following = follow_problems(held, period)
        fresh = following.to_list()
        if following.told:
            print_table(["比对", "项目", "县市区", "报表原文", "首次反映", "清单编号"], [
                [t.seen.value, t.project_name, t.project_unit, t.text, t.first_seen, t.problem_id] for t in following.told])
        if adopt and fresh:
            adopt_problems(held, fresh)
    say(f"{period.label}报表反映 {len(following.told)} 个问题，"
        + (f"已列入 {len(fresh)} 个。" if adopt else f"不在清单上的 {len(fresh)} 个。"))
    return LOOK if fresh and not adopt else DONE


@problems.command("export")
@click.argument("file", metavar="文件", type=PATH)
@option("--period", required=True, type=PERIOD, metavar="报告期", help="按哪一期看期限。")
@option("--list", "which", type=click.Choice(["全部", "困难问题", "解决措施", "责任分工"]), default="全部", metavar="清单",
        help="全部，或三张清单中的一张：困难问题、解决措施、责任分工。")
@scope_option
@click.pass_obj
def export_problems(location: str, file: Path, period: Period, which: str, scope: str | None) -> int:
    """把问题清单导出成可打印的 Excel。"""
    from hydesk.services.problems.export_problems import export_problems as write
    from hydesk.services.problems.list_problems import list_problems as read
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        wanted = ids_of(held, period, scope)
        only = None if wanted is None else [p.id for p in read(held, period, current=True) if p.project_id in wanted]
        count = write(held, file, period, ["全部", "困难问题", "解决措施", "责任分工"].index(which), only)
    say(f"已导出 {count} 个问题：{file}")
    return DONE
