"""手续办理: how many projects have each permit, from their nodes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hydesk.domain.money import rate
from hydesk.reports.basis import Basis, most
from hydesk.reports.figures import FigureStyle, Part
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintTable
from hydesk.reports.model import Annex, Block, Section
from hydesk.reports.prose import Paragraph
from hydesk.reports.words import count, joined, percent, sentence

PREPARING = "招商引资"
"""The stage that permits belong to."""
BEGUN = "开工"


def permits(basis: Basis) -> Section | None:
    """The permits in the order of a project's life; left out where no project has any planned or done."""
    counted = _counted(basis)
    if counted is None:
        return None
    order, planned, done, late, table = counted
    tabled = basis.has("table:permits")
    see = "其余见下表。" if tabled else "其余见附件。" if basis.has("permits_all") else "。"
    annexed = not tabled and basis.has("permits_all")
    said = _sums(order, planned, done) if annexed else _words(order, planned, done, late, see)
    more = [*_overdue(order, late), "各项办理情况见附件。"] if annexed else _overdue(order, late)
    blocks: list[Block] = [Paragraph((sentence(*said, *more, key="permits.count"),))]
    return Section("手续办理", (*blocks, table) if tabled else tuple(blocks))


def permits_annex(basis: Basis, label: str) -> Annex | None:
    """The same as a table of its own."""
    counted = _counted(basis)
    if counted is None:
        return None
    table = counted[-1]
    return Annex(label, replace(table, key="permits_all", title=f"{table.title}（{basis.period.label}）", place=label))


def _counted(basis: Basis) -> tuple[list[str], Counter[str], Counter[str], Counter[str], PrintTable] | None:
    """The permits in order, how many have each planned, done, overdue, and their table."""
    nodes = [n for n in basis.sources.nodes if n.stage == PREPARING and n.node != BEGUN]
    order = list(dict.fromkeys(n.node for n in nodes))
    if not order:
        return None
    planned, done = Counter(n.node for n in nodes), Counter(n.node for n in nodes if n.actual)
    late = Counter(n.node for n in nodes if not n.actual and n.planned and n.planned.day < basis.period.end)
    rows = tuple(
        PrintRow((
            node, count(planned[node], f"permit:{node}.planned"), count(done[node], f"permit:{node}.done"),
            percent(rate(done[node], planned[node]), f"permit:{node}.rate"), count(late[node], f"permit:{node}.late"),
        ), scope=f"permit:{node}")
        for node in order
    )
    columns = (
        PrintColumn("name", ("手续",), Align.LEFT, weight=1),
        PrintColumn("planned", ("应办", "项目数"), show=FigureStyle.COUNT),
        PrintColumn("done", ("已办结",), show=FigureStyle.COUNT),
        PrintColumn("rate", ("办结率", "（%）"), show=FigureStyle.RATE, ratio=("done", "planned")),
        PrintColumn("late", ("逾期", "未办结"), show=FigureStyle.COUNT),
    )
    note = "注：应办项目数为已排定该手续计划时间或已办结的项目数；办结率=已办结÷应办项目数"
    table = PrintTable("permits", "手续办理情况表", "单位：个", columns, rows, (note,), "手续办理情况表")
    return order, planned, done, late, table


def _words(order: list[str], planned: Counter[str], done: Counter[str], late: Counter[str], see: str) -> list[Part | tuple[Part, ...]]:
    shown = order[:6]
    parts: list[Part | tuple[Part, ...]] = [joined(
        ((f"{node}应办", count(planned[node], f"permit:{node}.planned"), "个、已办结",
          count(done[node], f"permit:{node}.done"), "个") for node in shown), "；"), "。" if len(order) <= 6 or see == "。" else f"；{see}"]
    return parts


def _sums(order: list[str], planned: Counter[str], done: Counter[str]) -> list[Part | tuple[Part, ...]]:
    """All permits together, and the one done least."""
    whole, held = planned.total(), done.total()
    least = min(order, key=lambda node: rate(done[node], planned[node]) or 0)
    return ["各项手续应办", count(whole, "permits.planned"), "件，已办结", count(held, "permits.done"), "件，办结率",
            percent(rate(held, whole), "permits.rate"), f"%；办结率最低的是{least}，", percent(rate(done[least], planned[least]), f"permit:{least}.rate"), "%。"]


def _overdue(order: list[str], late: Counter[str]) -> list[Part | tuple[Part, ...]]:
    parts: list[Part | tuple[Part, ...]] = []
    worst = most(late.elements(), order)
    if worst:
        parts += ["逾期未办结较多的是" if len(worst) > 3 else "逾期未办结的有",
                  joined((node, count(n, f"permit:{node}.late"), "个") for node, n in worst[:3]), "。"]
    return parts
