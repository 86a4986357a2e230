"""手续办理: how many projects have each permit, from their nodes."""

from __future__ import annotations

from collections import Counter

from hydesk.domain.money import rate
from hydesk.reports.basis import Basis, most
from hydesk.reports.figures import FigureStyle, Part
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintTable
from hydesk.reports.model import Block, Section
from hydesk.reports.prose import Paragraph
from hydesk.reports.words import count, joined, percent, sentence

PREPARING = "招商引资"
"""The stage that permits belong to."""
BEGUN = "开工"


def permits(basis: Basis) -> Section | None:
    """The permits in the order of a project's life; left out where no project has any planned or done."""
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
    blocks: list[Block] = [Paragraph((sentence(*_words(order, planned, done, late), key="permits.count"),)), table]
    return Section("手续办理", tuple(blocks))


def _words(order: list[str], planned: Counter[str], done: Counter[str], late: Counter[str]) -> list[Part | tuple[Part, ...]]:
    shown = order[:6]
    parts: list[Part | tuple[Part, ...]] = [joined(
        ((f"{node}应办", count(planned[node], f"permit:{node}.planned"), "个、已办结",
          count(done[node], f"permit:{node}.done"), "个") for node in shown), "；"), "。" if len(order) <= 6 else "；其余见下表。"]
    worst = most(late.elements(), order)
    if worst:
        parts += ["逾期未办结较多的是" if len(worst) > 3 else "逾期未办结的有",
                  joined((node, count(n, f"permit:{node}.late"), "个") for node, n in worst[:3]), "。"]
    return parts
