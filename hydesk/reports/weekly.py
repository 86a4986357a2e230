"""What only a 周报 has: what changed since the week before, and what falls due in the week that follows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hydesk.domain.dates import LooseDate
from hydesk.domain.money import NO_FIGURE
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.basis import Basis
from hydesk.reports.card import day
from hydesk.reports.figures import Part
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintTable
from hydesk.reports.model import Block, Section
from hydesk.reports.prose import Paragraph, Sentence
from hydesk.reports.sources import NodeStanding, ProblemStanding
from hydesk.reports.words import clean, count, joined, money, sentence

MOST = 15
"""How many nodes or projects a table of the text names."""
NAMED = 5
"""How many units a sentence names before it says 等."""
_WEEK = timedelta(days=7)


def week_changes(basis: Basis) -> Section | None:
    """本周变化: new amounts, nodes done, works begun, problems raised and closed."""
    if not basis.projects:
        return None
    done = done_in(basis)
    parts: list[Part | tuple[Part, ...]] = (
        ["本周完成节点", count(len(done), _rows_of("week_done", done)), "个"] if done else ["本周没有完成的节点"])
    begun = sum(n.node == "开工" for n in done)
    if begun:
        parts += ["，其中开工", count(begun, "week.begun"), "个"]
    tabled = basis.has("table:week_done")
    see = "。" if not done else "，见下表。" if tabled else "，见附件。" if basis.has("week_nodes") else "。"
    words = [None if basis.reach.nothing_in else _amounts(basis), sentence(*parts, see, key="week.nodes"), _problems(basis)]
    blocks: list[Block] = [Paragraph(tuple(w for w in words if w is not None))]
    if done and tabled:
        blocks.append(_done_table(basis, done))
    return Section("本周变化", tuple(blocks))


def done_in(basis: Basis) -> list[NodeStanding]:
    """The nodes done in the period."""
    start, end = basis.period.start, basis.period.end
    return [n for n in basis.sources.nodes if n.actual is not None and start <= n.actual.day <= end]


def _amounts(basis: Basis) -> Sentence:
    """What the week brought, over whom, and who has not reported."""
    reach, gain = basis.reach, basis.gain
    if reach.shown.is_month:
        return sentence("本周尚无单位报送投资数", f"，投资数沿用截至{reach.as_of.label}的数据" if basis.as_of else "", "。", key="week.amount")
    if gain is None or not gain.counted:
        return sentence("本周报送的项目没有上周累计，不能计算本周新增。", key="week.amount")
    parts: list[Part | tuple[Part, ...]] = ["本周新增完成投资", money(gain.amount, "all.gain"), "（", count(gain.counted, "gain.counted"), "个项目）"]
    if reach.late:
        parts += ["；", count(len(reach.late), "units.late"), "个单位本周未报，未计入：", "、".join(clean(u.unit) for u in reach.late[:NAMED]),
                  "等" if len(reach.late) > NAMED else ""]
    return sentence(*parts, "。", key="week.amount")


def _problems(basis: Basis) -> Sentence | None:
    listed = basis.sources.problems
    if not listed:
        return None
    start, end = basis.period.start, basis.period.end
    new = sum(x.raised_on is not None and start <= x.raised_on <= end for x in listed)
    closed = sum(x.closed_on is not None and start <= x.closed_on <= end for x in listed)
    still = sum(x.closed_on is None for x in listed)
    moved = [(word, count(n, key), "个") for word, n, key in (
        ("新增", new, "week.problems_new"), ("销号", closed, "week.problems_closed")) if n]
    return sentence("问题清单本周", joined(moved) if moved else "没有新增和销号", "，尚未销号", count(still, "week.problems_open"), "个。",
                    key="week.problems")


def _columns(*last: PrintColumn) -> tuple[PrintColumn, ...]:
    return (
        PrintColumn("number", ("序号",), Align.CENTER),
        PrintColumn("code", ("编号",), Align.CENTER),
        PrintColumn("name", ("项目名称",), Align.LEFT, weight=1),
        PrintColumn("unit", ("地区",), Align.CENTER),
        *last,
    )


def _rows(basis: Basis, nodes: list[NodeStanding], cells: list[tuple[Part, ...]]) -> tuple[PrintRow, ...]:
    own = {p.id: p for p in basis.projects}
    return tuple(
        PrintRow((str(i), own[n.project_id].code, clean(own[n.project_id].name), clean(own[n.project_id].unit), *more),
            scope=f"project:{n.project_id}")
        for i, (n, more) in enumerate(zip(nodes, cells, strict=True), 1))


def near(basis: Basis, value: date | LooseDate | None) -> str:
    """As ``day``, the year left out where it is the report's."""
    return day(value).removeprefix(f"{basis.period.year}年")


def _rows_of(table: str, items: Sequence[object]) -> str:
    """The key of a number of items: where the table shows them all, the check counts its rows."""
    return f"rows:{table}" if len(items) <= MOST else f"{table}.count"


def _first(shown: int, whole: int) -> str:
    return f"（前{shown}个，共{whole}个）" if shown < whole else ""


def _done_table(basis: Basis, done: list[NodeStanding]) -> PrintTable:
    nodes = sorted(done, key=lambda n: (n.actual.day if n.actual else date.max, n.project_id))[:MOST]
    cells: list[tuple[Part, ...]] = [(n.node, near(basis, n.planned), near(basis, n.actual), against(n.planned, n.actual)) for n in nodes]
    columns = _columns(
        PrintColumn("node", ("节点",), Align.CENTER), PrintColumn("planned", ("计划时间",), Align.CENTER),
        PrintColumn("actual", ("完成时间",), Align.CENTER), PrintColumn("state", ("情况",), Align.CENTER))
    title = f"本周完成节点表{_first(len(nodes), len(done))}"
    return PrintTable("week_done", title, "", columns, _rows(basis, nodes, cells), place="本周完成节点表")


def against(planned: LooseDate | None, actual: LooseDate | None) -> str:
    """How a node done stands against its plan."""
    if planned is None or actual is None:
        return "●已完成"
    late = (actual.day - planned.day).days
    return f"●迟{late}天" if late > 0 else "●提前" if late < 0 else "●按时"


def due_after(basis: Basis) -> tuple[list[NodeStanding], list[ProblemStanding]]:
    """Nodes and problems that fall due in the seven days after the period, the first first."""
    until = basis.period.end + _WEEK
    return (sorted(basis.due_next, key=lambda n: (n.due.day if n.due else date.max, n.project_id)),
            [x for x in basis.sources.problems if x.closed_on is None and x.due_on and basis.period.end < x.due_on <= until])


def week_due(basis: Basis) -> Section | None:
    """下周到期事项: nodes, starts and problems that fall due in the seven days after the period."""
    if not basis.projects:
        return None
    nodes, problems = due_after(basis)
    until = basis.period.end + _WEEK
    start = basis.period.end + timedelta(days=1)
    span = f"下周（{start.month}月{start.day}日至{until.month}月{until.day}日）"
    if not nodes and not problems:
        return Section("下周到期事项", (Paragraph((sentence(f"{span}没有到期的节点和问题。", key="due.none"),)),))
    due = [(word, count(len(items), _rows_of(key, items)), "个") for word, items, key in (
        ("节点", nodes, "week_due"), ("问题", problems, "week_problems_due")) if items]
    tabled = basis.has("table:week_due")
    see = "" if tabled else "（见附件）" if basis.has("week_nodes") else ""
    text = sentence(f"{span}到期的有", joined(due), f"{see}，责任单位要提前落实。", key="due.count")
    blocks: list[Block] = [Paragraph((text,))]
    if not tabled:
        return Section("下周到期事项", tuple(blocks))
    if nodes:
        shown = nodes[:MOST]
        cells: list[tuple[Part, ...]] = [(n.node, near(basis, n.planned), near(basis, n.due)) for n in shown]
        columns = _columns(PrintColumn("node", ("节点",), Align.CENTER), PrintColumn("planned", ("计划时间",), Align.CENTER),
                           PrintColumn("due", ("应完成时间",), Align.CENTER))
        blocks.append(PrintTable("week_due", f"下周到期节点表{_first(len(shown), len(nodes))}", "", columns,
                            _rows(basis, shown, cells), place="下周到期节点表"))
    if problems:
        blocks.append(problem_table(basis, problems[:MOST], len(problems)))
    return Section("下周到期事项", tuple(blocks))


def problem_table(basis: Basis, problems: Sequence[ProblemStanding], whole: int) -> PrintTable:
    """Problems of the list that fall due, the first of ``whole``."""
    lines = [(x.project_id, x.title or x.detail, x.responsible, x.due_on) for x in problems]
    own: dict[int, ProjectStanding] = {p.id: p for p in basis.projects}
    columns = (
        PrintColumn("number", ("序号",), Align.CENTER),
        PrintColumn("name", ("项目名称",), Align.LEFT, weight=1),
        PrintColumn("problem", ("困难问题",), Align.LEFT, weight=1.2),
        PrintColumn("responsible", ("责任单位",), Align.LEFT, weight=0.7),
        PrintColumn("due", ("办结期限",), Align.CENTER),
    )
    rows = tuple(PrintRow((str(i), clean(own[key].name), clean(what), clean(who) or NO_FIGURE, near(basis, due)), scope=f"project:{key}")
                 for i, (key, what, who, due) in enumerate(lines, 1))
    return PrintTable("week_problems_due", f"下周到期问题表{_first(len(lines), whole)}", "", columns, rows, place="下周到期问题表")
