"""The lists beside the time line: due, overdue, slipped; and their columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QColor

from hydesk.domain.dates import LooseDate
from hydesk.domain.milestones import ListedNode, Milestones, NodeState, ProjectNodes
from hydesk.ui.kit.listing import ListColumn
from hydesk.ui.kit.words import UNIT
from hydesk.ui.style import Theme

GANTT, DUE, OVERDUE, SLIPPED, STANDARD = range(5)
VIEWS = ("横道图", "近期到期", "逾期", "偏差", "标准节点")
DUE_DAYS = (7, 30, 60)
GROUPS = (("unit", "按单位"), ("chain", "按产业链"), ("category", "按类别"), ("", "不分组"))
STATE_ORDER = {s: i for i, s in enumerate((NodeState.OVERDUE, NodeState.DUE, NodeState.AHEAD, NodeState.UNDATED, NodeState.DONE, NodeState.UNNEEDED))}


def text(value: LooseDate | None) -> str:
    """A date as precise as it was given; — for none."""
    return str(value) if value is not None else "—"


def slip_text(slip: int | None) -> str:
    """+12 (later), −3 (earlier), 0; nothing where there is nothing to compare."""
    if slip is None:
        return ""
    return f"+{slip}" if slip > 0 else f"−{-slip}" if slip < 0 else "0"


def left_text(x: ListedNode) -> str:
    """剩 12 天 or 逾期 3 天."""
    if x.days is None:
        return ""
    return f"逾期 {-x.days} 天" if x.state is NodeState.OVERDUE else "今天" if x.days == 0 else f"剩 {x.days} 天"


def why(x: ListedNode) -> str:
    """The reasons why its baseline was moved, the newest first."""
    return "；".join(f"{m.old}→{m.new or '取消'} {m.reason}" for m in reversed(x.dates.moves))


def columns(theme: Theme, view: int = DUE) -> list[ListColumn[ListedNode]]:
    """The columns of the three lists; of 偏差 with the slip and the first plan in front."""
    def order(value: LooseDate | None) -> object:
        return value.day if value is not None else None

    def color(x: ListedNode) -> QColor:
        names = {NodeState.OVERDUE: "serious", NodeState.DUE: "lagging", NodeState.DONE: "quiet"}
        return QColor(getattr(theme.palette, names.get(x.state, "on_track")))

    def late(x: ListedNode) -> QColor | None:
        return QColor(theme.palette.lagging) if (x.slip or 0) > 0 else None

    made: list[ListColumn[ListedNode]] = [
        ListColumn("项目", lambda x: x.project.name, 200, stretch=True, key="name",
                   tip=lambda x: f"{x.project.name}\n{x.project.code}"),
        ListColumn(UNIT, lambda x: x.project.unit, 80, key="unit"),
        ListColumn("节点", lambda x: x.node.shown, 76, key="node"),
        ListColumn("状态", lambda x: f"{x.state.mark} {x.state.label}", 96, lambda x: STATE_ORDER[x.state], color=color, key="state"),
        ListColumn("剩余", left_text, 92, lambda x: x.days, color=color, key="left"),
        ListColumn("计划", lambda x: text(x.dates.baseline), 94, lambda x: order(x.dates.baseline), key="baseline"),
        ListColumn("预计", lambda x: text(x.dates.forecast), 94, lambda x: order(x.dates.forecast), key="forecast"),
        ListColumn("实际", lambda x: text(x.dates.actual), 94, lambda x: order(x.dates.actual), key="actual"),
        ListColumn("偏差（天）", lambda x: slip_text(x.slip), 86, lambda x: x.slip, right=True, color=late, key="slip",
                   tip=lambda x: "与最初计划相比，正数为晚"),
        ListColumn("计划调整及原因", why, 190, color=lambda _x: QColor(theme.palette.quiet), key="why"),
    ]
    if view != SLIPPED:
        return made
    by = {c.key: c for c in made}
    first: ListColumn[ListedNode] = ListColumn("最初计划", lambda x: text(x.dates.first_baseline), 94, lambda x: order(x.dates.first_baseline), key="first")
    return [by["name"], by["unit"], by["node"], by["slip"], first, by["baseline"], by["forecast"], by["actual"], by["state"], by["why"]]


def table_rows(projects: list[ProjectNodes], milestones: Milestones) -> list[list[str]]:
    """Projects × nodes as rows below their heads, each node's three dates side by side."""
    words: tuple[tuple[str, Callable[[Any], Any]], ...] = (
        ("计划", lambda d: d.baseline), ("预计", lambda d: d.forecast), ("实际", lambda d: d.actual))
    lines = [["编号", "项目名称", "县市区", *(f"{n.shown}{w}" for n in milestones.nodes for w, _ in words)]]
    for p in projects:
        dates = (read(p.node(n.name)) for n in milestones.nodes for _, read in words)
        lines.append([p.code, p.name, p.unit, *(str(d) if d else "" for d in dates)])
    return lines
