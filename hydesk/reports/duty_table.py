"""The annex of a 督办单: each lagging project with its cause, who answers for it, what it needs a month, its schedule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hydesk.domain.money import Yuan, rate, spread
from hydesk.domain.standing import ProjectStanding
from hydesk.reports import tables
from hydesk.reports.basis import Basis, Lagging
from hydesk.reports.figures import FigureStyle, Part
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintRowKind, PrintTable
from hydesk.reports.sources import NodeStanding
from hydesk.reports.words import clean, percent, points, wan

_NODES = 3
"""How many nodes a cell of the schedule names."""


def leaders_of(basis: Basis) -> Mapping[int, str]:
    """Who answers, by project."""
    return {x.project_id: clean(str(x)) for x in basis.sources.leaders}


def needed(project: ProjectStanding, months_left: int) -> Yuan:
    """What the project must do each month to reach its annual plan; a project without figures has done nothing."""
    return spread((project.annual_plan or 0) - (project.year_investment or 0), months_left)


def schedule_of(basis: Basis) -> Mapping[int, str]:
    """The nodes still to be done by project, the first due first: those overdue with by how many days."""
    waiting: dict[int, list[NodeStanding]] = {}
    for node in basis.sources.nodes:
        if node.actual is None and node.due is not None:
            waiting.setdefault(node.project_id, []).append(node)
    return {key: _schedule(basis, nodes) for key, nodes in waiting.items()}


def _schedule(basis: Basis, nodes: list[NodeStanding]) -> str:
    ordered = sorted(((n.due.day, n) for n in nodes if n.due), key=lambda x: x[0])
    named = []
    for due, n in ordered[:_NODES]:
        late = (basis.period.end - due).days
        named.append(f"{n.node}（已逾期{late}天）" if late > 0 else f"{n.node} {due.year}年{due.month}月")
    more = f"；另{len(ordered) - _NODES}项" if len(ordered) > _NODES else ""
    return "；".join(named) + more


def _columns(basis: Basis) -> tuple[PrintColumn, ...]:
    monthly = PrintColumn("needed", (f"后{basis.months_left}个月", "每月需完成"), show=FigureStyle.WAN, summed=True,
                     lack=("plan", "year", basis.months_left))
    return (
        PrintColumn("number", ("序号",), Align.CENTER),
        PrintColumn("code", ("编号",), Align.CENTER),
        PrintColumn("name", ("项目名称",), Align.LEFT, weight=1.3),
        PrintColumn("plan", ("年度", "计划"), show=FigureStyle.WAN, summed=True),
        PrintColumn("year", (basis.span, "完成"), show=FigureStyle.WAN, summed=True),
        PrintColumn("rate", ("完成率", "（%）"), show=FigureStyle.RATE, ratio=("year", "plan")),
        PrintColumn("behind", ("落后", "百分点"), show=FigureStyle.POINTS),
        PrintColumn("meaning", ("预警",), Align.CENTER),
        *((monthly,) if basis.months_left else ()),
        PrintColumn("reason", ("滞后原因",), Align.LEFT, weight=1.1),
        PrintColumn("leader", ("联系领导",), Align.LEFT, weight=0.7),
        PrintColumn("schedule", ("倒排工期",), Align.LEFT, weight=1.2),
    )


def _row(basis: Basis, number: int, item: Lagging, leader: str, schedule: str) -> PrintRow:
    p = item.project
    scope = f"project:{p.id}"
    monthly = (wan(needed(p, basis.months_left), f"{scope}.needed"),) if basis.months_left else ()
    cells: tuple[Part, ...] = (
        str(number), p.code, clean(p.name), wan(p.annual_plan, f"{scope}.plan"), wan(p.year_investment, f"{scope}.year"),
        percent(item.completion, f"{scope}.rate"), points(item.behind, f"{scope}.behind"),
        f"{item.lamp.meaning.mark}{item.lamp.word}", *monthly,
        item.reason or "未报原因", leader or "未明确", schedule or "请填报")
    return PrintRow(cells, scope=scope)


def _total(basis: Basis) -> PrintRow:
    items = [x.project for x in basis.lagging]
    plan, year = (sum(p.annual_plan or 0 for p in items), sum(p.year_investment or 0 for p in items))
    total = sum(needed(p, basis.months_left) for p in items)
    monthly = (wan(total, "total:duty_lagging.needed"),) if basis.months_left else ()
    cells: tuple[Part, ...] = ("", "", f"合计（{len(items)}个）", wan(plan, "lagging.plan"), wan(year, "lagging.year"), percent(rate(year, plan), "lagging.rate"), "", "",
                               *monthly, "", "", "")
    return PrintRow(cells, PrintRowKind.TOTAL)


def duty_table(basis: Basis, place: str) -> PrintTable:
    """The table itself; the notes say how need and schedule are told."""
    leaders, schedules = leaders_of(basis), schedule_of(basis)
    rows = [_row(basis, i, x, leaders.get(x.project.id, ""), schedules.get(x.project.id, ""))
            for i, x in enumerate(basis.lagging, 1)]
    notes = [tables.rule_note(basis)]
    if basis.months_left:
        notes.append("每月需完成=（年度计划－累计完成）÷余下月数；倒排工期列出尚未完成的节点，没有节点计划的请在回复中填报")
    title = f"{clean(basis.subject)}滞后项目清单（{basis.period.label}）"
    table = PrintTable("duty_lagging", title, tables.UNIT, _columns(basis), (*rows, _total(basis)), tuple(notes), place)
    return table if len(basis.lagging) > 1 else replace(table, rows=tuple(rows))
