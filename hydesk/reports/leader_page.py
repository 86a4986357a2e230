"""领导联系项目情况单: one leader's projects on one page for his folder: figures, what moved, problems, nodes that are due."""

from __future__ import annotations

from hydesk.domain.meaning import Meaning
from hydesk.domain.money import NO_FIGURE, rate
from hydesk.domain.scopes.fields import names_in
from hydesk.domain.standing import ProjectStanding
from hydesk.reports import tables
from hydesk.reports.basis import Basis
from hydesk.reports.card import day
from hydesk.reports.facts import Pair, facts_table
from hydesk.reports.figures import FigureStyle, Part
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintTable
from hydesk.reports.model import Section
from hydesk.reports.one_page import (
    fitting,
    is_late,
    limit_of,
    moved,
    next_nodes,
    node_state,
    nodes_soon,
    open_problems,
    overdue_nodes,
    short,
    so_far,
    unreported,
)
from hydesk.reports.prose import Paragraph, Sentence
from hydesk.reports.words import clean, count, percent, sentence, wan

PROJECTS, PROBLEMS, NODES = 13, 5, 5
"""How many rows of each table the page holds: the worst, those longest overdue."""
_ROOM, _NARROW = 14, 6
"""How many lines the table of projects may take, and those of problems and of nodes."""


def leader_figures(basis: Basis) -> Section | None:
    """Sums over his projects, in a table and a sentence, and what moved since the period before."""
    t, whole = basis.totals, f"leader:{basis.subject}"
    serious = sum(x.lamp.meaning is Meaning.SERIOUSLY_LAGGING for x in basis.lagging)
    pairs: list[Pair] = [
        ("项目个数", count(t.count, f"{whole}.count")), ("滞后项目", count(len(basis.lagging), "leader.lagging")),
        ("其中严重滞后", count(serious, "leader.serious")),
        ("总投资", wan(t.known("total_investment"), f"{whole}.total")), ("年度计划", wan(t.known("annual_plan"), f"{whole}.plan")),
        (basis.gained, wan(basis.gain_over(basis.projects), f"{whole}.gain")),
        (f"{basis.span}完成", wan(t.known("year_investment"), f"{whole}.year")),
        ("完成率（%）", percent(t.completion, f"{whole}.rate")), ("时间进度（%）", percent(basis.time_progress, "time_progress")),
        ("计划新开工", count(basis.starts.planned, f"{whole}.starts")), ("已开工", count(basis.starts.started, f"{whole}.started")),
        ("本期未报", count(unreported(basis), "all.unreported")),
        ("未销号问题", count(len(open_problems(basis)), "leader.problems")), ("逾期节点", count(len(overdue_nodes(basis)), "leader.overdue")),
        ("一个月内到期节点", count(len(nodes_soon(basis)), "leader.soon")),
    ]
    return Section("总体情况", (
        facts_table("leader_facts", "", pairs, unit=tables.UNIT, across=3, align=Align.RIGHT),
        Paragraph(tuple(s for s in (_whole(basis, whole), moved(basis, whole, "leader.moved")) if s is not None))))


def _whole(basis: Basis, whole: str) -> Sentence:
    roles = "、".join(word for word, texts in (
        ("市级联系", [p.city_leader for p in basis.projects]), ("县级包联", [p.county_leader for p in basis.projects]))
        if basis.subject in names_in(*texts))
    words: list[Part | tuple[Part, ...]] = [f"{clean(basis.subject)}{roles}项目", count(basis.totals.count, f"{whole}.count"), "个"]
    words += so_far(basis, whole)
    return sentence(*words, "。", key="leader.whole")


def leader_projects(basis: Basis) -> Section | None:
    """His projects, the lagging ones first, the worst before the others."""
    lagging = {x.project.id: i for i, x in enumerate(basis.lagging)}
    ordered = sorted(basis.projects, key=lambda p: (lagging.get(p.id, len(lagging)), -(p.annual_plan or 0), p.code))
    shown = ordered[: fitting([clean(p.name) for p in ordered], _ROOM, PROJECTS)]
    coming = next_nodes(basis)
    columns = (
        PrintColumn("number", ("序号",), Align.CENTER), PrintColumn("name", ("项目名称",), Align.LEFT, weight=1.6),
        PrintColumn("unit", ("单位",), Align.CENTER), PrintColumn("plan", ("年度计划",), show=FigureStyle.WAN),
        PrintColumn("year", ("已完成",), show=FigureStyle.WAN), PrintColumn("rate", ("完成率", "（%）"), show=FigureStyle.RATE, ratio=("year", "plan")),
        PrintColumn("meaning", ("进度",), Align.CENTER), PrintColumn("node", ("下一节点",), Align.LEFT, weight=0.9))
    rows = tuple(_project(basis, i, p, coming.get(p.id, "")) for i, p in enumerate(shown, 1))
    table = PrintTable("leader_projects", "", tables.UNIT, columns, rows, (tables.rule_note(basis),), "项目表")
    if len(shown) == len(ordered):
        said = sentence("项目", count(len(ordered), "rows:leader_projects"), "个，滞后的在前。", key="leader.projects")
    else:
        said = sentence("项目", count(len(ordered), f"leader:{basis.subject}.count"), f"个，滞后的在前，列出{len(shown)}个；其余",
                        count(len(ordered) - len(shown), "leader.others"), "个见台账。", key="leader.projects")
    return Section("项目进展", (Paragraph((said,)), table))


def _project(basis: Basis, number: int, p: ProjectStanding, node: str) -> PrintRow:
    lamp, scope = basis.lamps[p.id], f"project:{p.id}"
    return PrintRow((
        str(number), short(p.name, 24), short(p.unit, 8), wan(p.annual_plan, f"{scope}.plan"), wan(p.year_investment, f"{scope}.year"),
        percent(rate(p.year_investment, p.annual_plan), f"{scope}.rate"), f"{lamp.meaning.mark}{lamp.word}", node or NO_FIGURE), scope=scope)


def leader_problems(basis: Basis) -> Section | None:
    """Problems of his projects that are not 销号, those over their day first."""
    still = open_problems(basis)
    if not still:
        return Section("未销号的问题", (Paragraph((sentence("问题清单上没有未销号的问题。", key="leader.problems"),)),))
    names = {p.id: p.name for p in basis.projects}
    shown = still[: fitting([max(clean(names.get(x.project_id, "")), clean(x.title or x.detail), key=len) for x in still], _NARROW, PROBLEMS)]
    late = sum(is_late(x, basis) for x in still)
    said = sentence("未销号", count(len(still), "rows:leader_problems" if len(shown) == len(still) else "leader.problems"), "个，逾期",
                    count(late, "leader.problems.late"), "个。" if len(shown) == len(still) else f"个，先列{len(shown)}个。", key="leader.problems")
    columns = (
        PrintColumn("number", ("序号",), Align.CENTER), PrintColumn("name", ("项目名称",), Align.LEFT, weight=1.1),
        PrintColumn("problem", ("问题",), Align.LEFT, weight=1.4), PrintColumn("who", ("责任单位",), Align.LEFT, weight=0.7),
        PrintColumn("due", ("办结期限",), Align.CENTER))
    rows = tuple(PrintRow((
        str(i), short(names.get(x.project_id, ""), 24), short(x.title or x.detail, 30), short(x.responsible, 12) or NO_FIGURE,
        f"{'■逾期 ' if is_late(x, basis) else ''}{x.due_on.month}月{x.due_on.day}日" if x.due_on else NO_FIGURE)) for i, x in enumerate(shown, 1))
    return Section("未销号的问题", (Paragraph((said,)), PrintTable("leader_problems", "", "", columns, rows, place="问题表")))


def leader_nodes(basis: Basis) -> Section | None:
    """Nodes overdue, and those due within a month, in the order of their days."""
    late, soon = overdue_nodes(basis), nodes_soon(basis)
    if not late and not soon:
        return Section("到期节点", (Paragraph((sentence("没有逾期和一个月内到期的节点。", key="leader.nodes"),)),))
    names = {p.id: p.name for p in basis.projects}
    # Half the room stays for what can still be met.
    shown = [*late[: max(NODES - len(soon), NODES // 2)], *soon]
    shown = shown[: fitting([clean(names.get(n.project_id, "")) for n in shown], _NARROW + 1, NODES)]
    said = sentence("逾期", count(len(late), "leader.overdue"), "个，一个月内到期", count(len(soon), "leader.soon"),
                    "个。" if len(shown) == len(late) + len(soon) else f"个，先列{len(shown)}个。", key="leader.nodes")
    columns = (
        PrintColumn("number", ("序号",), Align.CENTER), PrintColumn("name", ("项目名称",), Align.LEFT, weight=1.4),
        PrintColumn("node", ("节点",), Align.LEFT, weight=0.7), PrintColumn("planned", ("计划",), Align.CENTER),
        PrintColumn("state", ("情况",), Align.CENTER))
    rows = tuple(PrintRow((str(i), short(names.get(n.project_id, ""), 24), clean(n.node), day(limit_of(n)), node_state(n, basis)))
                 for i, n in enumerate(shown, 1))
    return Section("到期节点", (Paragraph((said,)), PrintTable("leader_nodes", "", "", columns, rows, place="节点表")))
