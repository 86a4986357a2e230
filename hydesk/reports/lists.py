"""Lists that are printed on their own: problems, nodes, adjustments of the year's list, the ranking as an annex."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from hydesk.domain.money import NO_FIGURE
from hydesk.domain.problems import Status
from hydesk.domain.standing import ProjectStanding
from hydesk.reports import tables
from hydesk.reports.basis import Basis
from hydesk.reports.card import day, state
from hydesk.reports.figures import FigureStyle
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintRowKind, PrintTable
from hydesk.reports.kinds import KINDS, Look
from hydesk.reports.model import Annex
from hydesk.reports.sources import NodeStanding
from hydesk.reports.words import clean, wan


def _status(status: str) -> str:
    """The office's word for where a problem stands."""
    known = {s.value: s.label for s in Status}
    return known.get(status, status or Status.REPORTED.label)


def _title(basis: Basis, name: str) -> str:
    return f"{clean(basis.subject) or basis.form.whole}{basis.form.subject}{name}（{basis.period.label}）"


def _by_unit(basis: Basis) -> dict[int, ProjectStanding]:
    """The report's projects in the order of units, by id."""
    own = {p.id: p for p in basis.projects}
    return {p.id: own[p.id] for items in basis.units.values() for p in items if p.id in own}


def problem_list(basis: Basis, label: str) -> Annex:
    """The problems on the list; where nothing is listed yet, what the returns say."""
    if not basis.sources.problems:
        table = tables.problem_table(basis.problems, "problem_list", _title(basis, "问题清单"), label or "问题清单")
        return Annex(label, replace(table, notes=("注：问题取自各单位报表",)) if basis.problems else table)
    projects = _by_unit(basis)
    order = {project_id: i for i, project_id in enumerate(projects)}
    columns = (
        PrintColumn("number", ("序号",), Align.CENTER),
        PrintColumn("unit", ("地区",), Align.CENTER),
        PrintColumn("name", ("项目名称",), Align.LEFT, weight=1),
        PrintColumn("detail", ("困难问题",), Align.LEFT, weight=1.5),
        PrintColumn("measures", ("解决措施",), Align.LEFT, weight=1.2),
        PrintColumn("responsible", ("责任单位",), Align.LEFT, weight=0.7),
        PrintColumn("leader", ("责任领导",), Align.CENTER),
        PrintColumn("due", ("办结期限",), Align.CENTER),
        PrintColumn("status", ("状态",), Align.CENTER),
    )
    listed = sorted(basis.sources.problems, key=lambda x: (order[x.project_id], x.id))
    rows = []
    for number, x in enumerate(listed, 1):
        p = projects[x.project_id]
        late = x.closed_on is None and x.due_on is not None and x.due_on < basis.period.end
        word = Status.CLOSED.label if x.closed_on else _status(x.status)
        rows.append(PrintRow((
            str(number), clean(p.unit), clean(p.name), clean(x.detail or x.title), clean(x.measures) or NO_FIGURE,
            clean(x.responsible) or NO_FIGURE, clean(x.leader) or NO_FIGURE, day(x.due_on), f"■逾期，{word}" if late else word,
        ), scope=f"project:{p.id}"))
    still = sum(x.closed_on is None for x in listed)
    note = f"注：共{len(listed)}个问题，未销号{still}个，已销号{len(listed) - still}个；■为超过办结期限尚未销号"
    return Annex(label, PrintTable("problem_list", _title(basis, "问题清单"), "", columns, tuple(rows), (note,), label or "问题清单"))


def node_list(basis: Basis, label: str) -> Annex:
    """The nodes done this period and those that are to be done by the year's end, by unit and project; later ones are counted."""
    columns = (
        PrintColumn("number", ("序号",), Align.CENTER),
        PrintColumn("code", ("编号",), Align.CENTER),
        PrintColumn("name", ("项目名称",), Align.LEFT, weight=1),
        PrintColumn("node", ("节点",), Align.CENTER),
        PrintColumn("planned", ("计划时间",), Align.CENTER),
        PrintColumn("forecast", ("预计时间",), Align.CENTER),
        PrintColumn("actual", ("实际时间",), Align.CENTER),
        PrintColumn("state", ("情况",), Align.CENTER),
    )
    rows: list[PrintRow] = []
    number = 0
    unit: str | None = None
    shown: dict[int, list[NodeStanding]] = {}
    later = 0
    for n in basis.sources.nodes:
        if n.actual is not None and not basis.period.start <= n.actual.day <= basis.period.end:
            continue
        if n.actual is None and (n.due is None or n.due.day.year > basis.period.year):
            later += 1
            continue
        shown.setdefault(n.project_id, []).append(n)
    for p in _by_unit(basis).values():
        for n in shown.get(p.id, ()):
            if p.unit != unit:
                unit = p.unit
                rows.append(PrintRow((clean(p.unit),), PrintRowKind.GROUP))
            number += 1
            rows.append(PrintRow((str(number), p.code, clean(p.name), n.node, day(n.planned), day(n.forecast), day(n.actual),
                             state(basis, n.planned, n.actual)), scope=f"project:{p.id}"))
    note = f"注：列出本期完成的节点和{basis.period.year}年底前应完成而尚未完成的节点；计划时间已过而未完成的为逾期"
    if later:
        note += f"；以后年度到期或未排期的节点{later}项未列"
    return Annex(label, PrintTable("node_list", _title(basis, "节点清单"), "", columns, tuple(rows), (note,), label or "节点清单"))


def adjustment_list(basis: Basis, label: str) -> Annex:
    """What was added to, changed in and dropped from the year's list until the period's end, old and new, with reasons."""
    columns = (
        PrintColumn("number", ("序号",), Align.CENTER),
        PrintColumn("code", ("编号",), Align.CENTER),
        PrintColumn("name", ("项目名称",), Align.LEFT, weight=1.2),
        PrintColumn("unit", ("地区",), Align.CENTER),
        PrintColumn("total", ("总投资",), show=FigureStyle.WAN),
        PrintColumn("plan", ("年度计划",), show=FigureStyle.WAN),
        PrintColumn("kind", ("类型",), Align.CENTER),
        PrintColumn("on", ("日期",), Align.CENTER),
        PrintColumn("before", ("调整前",), Align.LEFT, weight=1),
        PrintColumn("after", ("调整后",), Align.LEFT, weight=1),
        PrintColumn("reason", ("原因",), Align.LEFT, weight=1.1),
        PrintColumn("document", ("文号",), Align.LEFT, weight=0.8),
    )
    lines = [a for a in basis.sources.adjustments if basis.subject in ("", a.unit)]
    rows = tuple(
        PrintRow((str(i), a.code, clean(a.name), clean(a.unit), wan(a.total_investment), wan(a.annual_plan), a.kind, _short_day(a.on),
             clean(a.before) or NO_FIGURE, clean(a.after) or NO_FIGURE,
             clean(a.reason) + (f"（对应项目：{clean(a.other)}）" if a.other else ""), clean(a.document) or NO_FIGURE))
        for i, a in enumerate(lines, 1))
    kinds = Counter(a.kind for a in lines)
    notes = ("注：共" + str(len(lines)) + "项，其中" + "、".join(f"{k}{n}项" for k, n in kinds.items())
             + "；总投资、年度计划为现在的数",) if lines else ()
    title = _title(basis, "调整退出清单")
    return Annex(label, PrintTable("adjustment_list", title, tables.UNIT, columns, rows, notes, label or "调整退出清单"))


def _short_day(on: date) -> str:
    """The list is of one year: 6月5日."""
    return f"{on.month}月{on.day}日"


def ranking_annex(basis: Basis, label: str) -> Annex | None:
    """The ranking of units as a table of its own; none for a single unit."""
    if basis.subject or not basis.ranking:
        return None
    return Annex(label, replace(tables.ranking_table(basis), title=_title(basis, "投资完成情况排名表") if KINDS[basis.kind].look is Look.LIST else f"投资完成情况排名表（{basis.period.label}）",
                                place=label))
