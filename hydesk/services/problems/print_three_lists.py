"""三张清单 (困难问题, 解决措施, 责任分工) with 倒排工期 as one landscape paper for the meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hydesk.db.ledger import Ledger
from hydesk.domain.backward import BackwardStep, schedule_back
from hydesk.domain.errors import HydeskError
from hydesk.domain.milestones import day_of
from hydesk.domain.periods import Period
from hydesk.domain.problems import ListedProblem
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.written import CONTROL
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintRowKind, PrintTable
from hydesk.reports.notice import NoticePaper
from hydesk.services.milestones.backward_steps import backward_steps
from hydesk.services.problems.list_problems import list_problems
from hydesk.services.reports.print_notice import office_of, remark_of
from hydesk.services.standings.read_scope import ids_in


def three_lists_notice(
    ledger: Ledger, period: Period, scope: Scope = WHOLE, today: date | None = None, only: Sequence[int] = (),
) -> NoticePaper:
    """Every problem of the projects of ``scope`` that is not 销号 (or those of ``only``), by unit, the overdue first: difficulty, measures, who does
    it until when, and the steps reckoned back from the deadline. Raises HydeskError where there is none.
    """
    on, wanted = day_of(period, today or date.today()), ids_in(ledger, period, scope)
    found = [p for p in list_problems(ledger, period, today=today, current=True)
             if p.status.open and (not only or p.id in only) and (wanted is None or p.project_id in wanted)]
    if not found:
        raise HydeskError(f"{period.label}没有未销号的问题，不用打印三张清单")
    plan = backward_steps(ledger)
    units = list(dict.fromkeys(p.project_unit for p in sorted(found, key=lambda p: not p.overdue)))
    columns = (
        PrintColumn("number", ("序号",), Align.CENTER), PrintColumn("project", ("项目名称",), Align.LEFT, weight=1.0),
        PrintColumn("detail", ("困难问题",), Align.LEFT, weight=1.3), PrintColumn("measures", ("解决措施",), Align.LEFT, weight=1.2),
        PrintColumn("who", ("责任分工",), Align.LEFT, weight=0.9),
        *(PrintColumn(f"step{i}", (step.name, "（办结期限）") if step is plan[-1] else (step.name,), Align.CENTER)
          for i, step in enumerate(plan)),
        PrintColumn("state", ("办理情况",), Align.CENTER))
    rows: list[PrintRow] = []
    number = 0
    for unit in units:
        own = sorted((p for p in found if p.project_unit == unit),
                     key=lambda p: (not p.overdue, p.due_on is None, p.due_on or on, p.id))
        rows.append(PrintRow((f"{CONTROL.sub('', unit)}（{len(own)}个）",), PrintRowKind.GROUP))
        for p in own:
            number += 1
            rows.append(PrintRow(tuple(CONTROL.sub("", c) for c in (
                str(number), p.project_name, p.detail or p.title, p.measures or "待责任单位提出", _who(p),
                *steps_of(p, on, plan), f"■ 逾期{(on - p.due_on).days}天" if p.overdue and p.due_on else p.status.label))))
    late, open_ = sum(p.overdue for p in found), sum(p.due_on is None for p in found)
    body = (f"截至{on.year}年{on.month}月{on.day}日，未销号的困难问题{len(found)}个，其中逾期{late}个、未定办结期限{open_}个。"
            "请各责任单位按倒排工期逐项落实，办结一个、销号一个。",)
    shares = "、".join(f"{s.name}{s.share}%" for s in plan)
    notes = ("注：倒排工期从办结期限倒推，每步应在所列日期前完成；● 已完成　◇ 未到期　■ 已过期未完成",
             f"注：各步用时占提出到办结全部时间的比例：{shares}")
    return NoticePaper(f"三张清单（{period.label}）", "重点项目困难问题、解决措施、责任分工清单", "", "", body,
                  PrintTable("three", "", period.label, columns, tuple(rows), notes), (), office_of(ledger), today or date.today(),
                  remark=remark_of(ledger), wide=True)


def _who(p: ListedProblem) -> str:
    parts = [p.responsible or "待明确", f"责任领导：{p.leader}" if p.leader else ""]
    return "；".join(x for x in parts if x)


def steps_of(p: ListedProblem, on: date, plan: Sequence[BackwardStep]) -> tuple[str, ...]:
    """The last day of every step from when the problem was raised to its deadline; — for one that has no day of its own."""
    if p.due_on is None:
        return (*("—" for _ in plan[1:]), "未定")
    days = {s.name: s for s in schedule_back(p.raised_on, p.due_on, on, p.status, plan)}
    return tuple(f"{s.state.value} {s.by.month}月{s.by.day}日" if (s := days.get(step.name)) else "—" for step in plan)
