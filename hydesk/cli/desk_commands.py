"""hydesk nodes list | import | export | move and hydesk problems list | told | export | add | step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from hydesk.cli.chinese import ChineseGroup, option
from hydesk.cli.findings import say_findings
from hydesk.cli.parameters import DAY, NUMBER, PATH, PERIOD
from hydesk.cli.scoping import ids_of, scope_option
from hydesk.cli.terminal import DONE, LOOK, NOTHING, finish, print_table, progress_bar, say
from hydesk.domain.findings import Level
from hydesk.domain.milestones import WHICH, WHICH_LABELS
from hydesk.domain.periods import Period
from hydesk.domain.problems import LEVELS, StepKind

HANDLED = "办理"
"""What ``nodes move`` takes beside the three dates: whether the node is being handled, or needs none."""


@click.group(cls=ChineseGroup)
def nodes() -> None:
    """节点：到期和逾期的清单，改时间，节点表导入导出。"""


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


@nodes.command("move")
@click.argument("name", metavar="项目")
@click.argument("node", metavar="节点")
@click.argument("which", metavar="哪个", type=click.Choice([*WHICH_LABELS.values(), HANDLED]))
@click.argument("when", metavar="时间")
@option("--period", required=True, type=PERIOD, metavar="报告期", help="项目按这一年的清单认；时间没写年份时是这一年。")
@option("--reason", default="", metavar="理由", help="计划后移要写明理由。")
@click.pass_obj
def move_node(location: str, name: str, node: str, which: str, when: str, period: Period, reason: str) -> int:
    """改一个节点的计划、预计或实际时间，如 2023-9-5、9月底；“办理”写 办理中 或 不需办理；写 "" 即清空。可以撤销。"""
    from hydesk.domain.errors import HydeskError
    from hydesk.domain.milestones import HANDLING, NodeMove
    from hydesk.services.milestones.list_milestones import list_standard_nodes
    from hydesk.services.milestones.move_milestones import move_milestones
    from hydesk.services.projects.find_project import find_project
    from hydesk.services.projects.read_typed_date import read_typed_date
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        known = list_standard_nodes(held)
        found = next((n for n in known if node in (n.name, n.shown)), None)
        if found is None:
            raise HydeskError(f"没有“{node}”这个节点，现有：{'、'.join(n.shown for n in known)}")
        project = find_project(held, name, period)
        if which == HANDLED:
            move = NodeMove(project.id, found.name, HANDLING, when.strip() or None)
        else:
            kind = next(w for w in WHICH if WHICH_LABELS[w] == which)
            move = NodeMove(project.id, found.name, kind, read_typed_date(when, period.year))
        moved = move_milestones(held, [move], reason).value
    say_findings(moved.doubts)
    say(f"{project.name}：{found.shown}{which}" + ("已写入。" if moved.changed else "没有变化。"))
    return LOOK if moved.doubts else DONE


@click.group(cls=ChineseGroup)
def problems() -> None:
    """问题清单：列出、报表反映的、登记、办理、导出。"""


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
@scope_option
@click.pass_obj
def told_problems(location: str, period: Period, adopt: bool, scope: str | None) -> int:
    """报表里写的存在问题，与清单比对：新增、仍然反映、未再反映。"""
    from hydesk.services.problems.follow_problems import adopt_problems, follow_problems
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        following = follow_problems(held, period).about(ids_of(held, period, scope))
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


@problems.command("add")
@click.argument("name", metavar="项目")
@click.argument("detail", metavar="问题")
@option("--period", required=True, type=PERIOD, metavar="报告期", help="项目按这一年的清单认。")
@option("--title", default="", metavar="标题", help="不写时取问题的第一句。")
@option("--measures", default="", metavar="措施", help="拟采取的措施。")
@option("--responsible", default="", metavar="单位", help="责任单位。")
@option("--leader", default="", metavar="姓名", help="责任领导。")
@option("--level", type=click.Choice(LEVELS), default=LEVELS[0], metavar="级别", help=f"{'、'.join(LEVELS)}。")
@option("--on", "day", type=DAY, metavar="日期", help="哪一天提出，不写就是今天。")
@click.pass_obj
def add_problem(location: str, name: str, detail: str, period: Period, title: str, measures: str, responsible: str,
                leader: str, level: str, day: date | None) -> int:
    """登记一个问题（上报）。可以撤销。"""
    from hydesk.services.problems.record_problem import NewProblem, record_problem
    from hydesk.services.projects.find_project import find_project
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        project = find_project(held, name, period)
        number = record_problem(held, NewProblem(project.id, detail, title, measures, responsible, leader, level, day)).value
    say(f"{project.name}：已登记为 {number} 号问题。")
    return DONE


@problems.command("step")
@click.argument("numbers", metavar="编号…", type=NUMBER, nargs=-1, required=True)
@click.argument("kind", metavar="办理", type=click.Choice([k.label for k in StepKind if k is not StepKind.REPORT]))
@option("--on", "day", type=DAY, metavar="日期", help="哪一天办的，不写就是今天。")
@option("--unit", default="", metavar="单位", help="交办给谁。")
@option("--leader", default="", metavar="姓名", help="责任领导。")
@option("--due", type=DAY, metavar="日期", help="办结期限；交办、延期要写。")
@option("--words", default="", metavar="说明", help="反馈、核实、退回、升级、延期的说明。")
@option("--measures", default="", metavar="措施", help="解决措施。")
@click.pass_obj
def step_problem(location: str, numbers: Sequence[int], kind: str, day: date | None, unit: str, leader: str, due: date | None,
                 words: str, measures: str) -> int:
    """办理一个或几个问题：受理、交办、办理、反馈、核实、销号、退回、升级、延期。一次一步，可以撤销。"""
    from hydesk.services.problems.step_problem import step_problems
    from hydesk.services.upkeep.open_or_create import opened

    step = next(k for k in StepKind if k.label == kind)
    with opened(location) as held:
        title = step_problems(held, list(numbers), step, on=day, unit=unit, leader=leader, due_on=due, words=words,
                              measures=measures).value
    say(f"{title}。")
    return DONE
