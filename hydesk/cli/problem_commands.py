"""hydesk problems show | track | edit | remove: one problem, as its panel in the window shows and changes it."""

from __future__ import annotations

from collections.abc import Sequence

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import option
from hydesk.cli.desk_commands import problems
from hydesk.cli.parameters import NUMBER, PERIOD
from hydesk.cli.terminal import DONE, LOOK, NOTHING, print_table, say
from hydesk.domain.periods import Period
from hydesk.domain.problems import LEVELS

__all__ = ["problems"]


@problems.command("show")
@click.argument("number", metavar="编号", type=NUMBER)
@click.pass_obj
def show_problem(location: str, number: int) -> int:
    """一个问题的全部：内容、措施、责任、每一步办理、依据报表哪一格；今天已逾期的以状态 1 结束。"""
    from hydesk.services.problems.list_problems import problem_detail
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        detail = problem_detail(held, number)
    p, source = detail.problem, detail.source
    cell = "" if source is None else " ".join(x for x in (source.file, source.sheet, source.cell) if x)
    print_table(["栏目", "内容"], [row for row in (
        ["问题", p.title], ["项目", f"{p.project_code} {p.project_name}"], ["县市区", p.project_unit], ["困难问题", p.detail], ["解决措施", p.measures],
        ["责任单位", p.responsible], ["责任领导", p.leader], ["级别", p.level], ["状态", p.status.label], ["提出", p.raised_on], ["办结期限", p.due_on],
        ["报表原文", p.source_text], ["依据", cell]) if row[1] not in (None, "")])
    if detail.steps:
        print_table(["日期", "办理", "办理人", "说明", "期限"], [[s.on, s.kind.label, s.actor, s.words, s.due_on] for s in detail.steps])
    add_to_answer(problem={
        "id": p.id, "project": p.project_code, "unit": p.project_unit, "title": p.title, "detail": p.detail, "measures": p.measures,
        "responsible": p.responsible, "leader": p.leader, "level": p.level, "status": p.status.value, "raised_on": str(p.raised_on),
        "due_on": p.due_on and str(p.due_on), "closed_on": p.closed_on and str(p.closed_on), "overdue": p.overdue,
        "source": cell or None, "next": [rule.kind.label for rule in detail.next],
        "steps": [{"on": str(s.on), "step": s.kind.label, "actor": s.actor, "words": s.words, "due_on": s.due_on and str(s.due_on)}
                  for s in detail.steps]})
    say(f"{number} 号问题{p.status.label}" + ("，已逾期" if p.overdue else "")
        + (f"，下一步可以{'、'.join(rule.kind.label for rule in detail.next)}。" if detail.next else "。"))
    return LOOK if p.overdue else DONE


@problems.command("track")
@option("--period", required=True, type=PERIOD, metavar="报告期", help="哪一期的报表，如 2023-06。")
@click.pass_obj
def track(location: str, period: Period) -> int:
    """登记跟踪：把本期报表仍在反映的问题记为最近反映。新反映的问题列入清单用 told --adopt。可以撤销。"""
    from hydesk.services.problems.follow_problems import note_seen
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        count = note_seen(held, period).value
    add_to_answer(seen=count)
    say(f"{period.label}报表仍然反映的 {count} 个问题已登记。" if count else f"{period.label}没有要登记的，没有改动。")
    return DONE if count else NOTHING


@problems.command("edit")
@click.argument("number", metavar="编号", type=NUMBER)
@option("--title", metavar="标题", help="问题名称。")
@option("--detail", metavar="困难问题", help="问题的内容。")
@option("--measures", metavar="措施", help="解决措施。")
@option("--responsible", metavar="单位", help="责任单位。")
@option("--leader", metavar="姓名", help="责任领导。")
@option("--level", type=click.Choice(LEVELS), metavar="级别", help=f"{'、'.join(LEVELS)}。")
@click.pass_obj
def edit_problem(location: str, /, number: int, **values: str | None) -> int:
    """改一个问题的内容、措施、责任；没有写的不变，写 "" 即清空。状态和期限用 step 办理。可以撤销。"""
    from hydesk.services.problems.record_problem import edit_problem as edit
    from hydesk.services.upkeep.open_or_create import opened

    wanted = {field: text for field, text in values.items() if text is not None}
    if not wanted:
        raise click.UsageError("没有写要改什么：--title、--detail、--measures、--responsible、--leader、--level 至少写一个")
    with opened(location) as held:
        changed = edit(held, number, wanted).value
    say(f"{number} 号问题已修改。" if changed else f"{number} 号问题与原来相同，没有改动。")
    return DONE if changed else NOTHING


@problems.command("remove")
@click.argument("numbers", metavar="编号…", type=NUMBER, nargs=-1, required=True)
@click.pass_obj
def remove_problem(location: str, numbers: Sequence[int]) -> int:
    """把误列的问题移出清单；办结的应当销号（step），不要移出。可以撤销。"""
    from hydesk.services.problems.record_problem import remove_problem as remove
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        for number in numbers:
            remove(held, number)
    say(f"已移出 {len(numbers)} 个问题。")
    return DONE
