"""Annexes that only a 周报 has: the nodes done this week and due next week, the problems due next week, all of them."""

from __future__ import annotations

from dataclasses import replace

from hydesk.domain.standing import ProjectStanding
from hydesk.reports.basis import Basis
from hydesk.reports.figures import Part
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintRowKind, PrintTable
from hydesk.reports.model import Annex
from hydesk.reports.sources import NodeStanding
from hydesk.reports.weekly import MOST, against, done_in, due_after, near, problem_table
from hydesk.reports.words import clean


def week_nodes(basis: Basis, label: str) -> Annex | None:
    """The nodes done and due, each under its heading; none where the text has both tables whole or there are none."""
    done, due = done_in(basis), due_after(basis)[0]
    whole = basis.whole_in_text("table:week_done", len(done), MOST) and basis.whole_in_text("table:week_due", len(due), MOST)
    if whole or not (done or due):
        return None
    own = {p.id: p for p in basis.projects}
    columns = (
        PrintColumn("number", ("序号",), Align.CENTER), PrintColumn("code", ("编号",), Align.CENTER),
        PrintColumn("name", ("项目名称",), Align.LEFT, weight=1), PrintColumn("unit", ("地区",), Align.CENTER),
        PrintColumn("node", ("节点",), Align.CENTER), PrintColumn("planned", ("计划时间",), Align.CENTER),
        PrintColumn("on", ("完成（应完成）", "时间"), Align.CENTER), PrintColumn("state", ("情况",), Align.CENTER))
    rows: list[PrintRow] = []
    if done:
        rows.append(PrintRow((f"本周完成的节点（{len(done)}个）",), PrintRowKind.GROUP))
        done.sort(key=lambda n: (n.actual.day if n.actual else basis.period.end, n.project_id))
        rows += [_row(basis, own[n.project_id], i, n, near(basis, n.actual), against(n.planned, n.actual)) for i, n in enumerate(done, 1)]
    if due:
        rows.append(PrintRow((f"下周到期的节点（{len(due)}个）",), PrintRowKind.GROUP))
        rows += [_row(basis, own[n.project_id], i, n, near(basis, n.due), "未完成") for i, n in enumerate(due, 1)]
    return Annex(label, PrintTable("week_nodes", f"节点情况表（{basis.period.label}）", "", columns, tuple(rows), place=label))


def _row(basis: Basis, p: ProjectStanding, number: int, node: NodeStanding, on: str, state: str) -> PrintRow:
    cells: tuple[Part, ...] = (str(number), p.code, clean(p.name), clean(p.unit), node.node, near(basis, node.planned), on, state)
    return PrintRow(cells, scope=f"project:{p.id}")


def week_problems(basis: Basis, label: str) -> Annex | None:
    """The problems of the list that fall due next week."""
    problems = due_after(basis)[1]
    if not problems or basis.whole_in_text("table:week_due", len(problems), MOST):
        return None
    table = problem_table(basis, problems, len(problems))
    return Annex(label, replace(table, key="week_problems_due", title=f"{table.title}（{basis.period.label}）", place=label))
