"""What may not be written to a node, and what of its dates is doubtful (docs/rules.md §6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from hydesk.domain.dates import LooseDate
from hydesk.domain.findings import Finding, Level
from hydesk.domain.milestones import (
    ENTERED,
    FINISH,
    HANDLINGS,
    NO_DATES,
    PREPARING,
    START,
    UNNEEDED,
    WHICH_LABELS,
    NodeDates,
    StandardNode,
    earliest,
    is_slip,
)


def refuse_handling(node: StandardNode, new: str | None) -> str | None:
    """Why ``new`` cannot be said of ``node``; None where it can."""
    if new is not None and new not in HANDLINGS:
        return f"{node.shown}的办理情况只能是{'、'.join(HANDLINGS)}，或者空着"
    if new == UNNEEDED and node.name == START:
        return "“开工”不能写“不需办理”"
    return None


def refusal(node: StandardNode, which: str, old: LooseDate | None, new: LooseDate | None, today: date,
            reason: str) -> str | None:
    """Why ``new`` cannot be written, as a sentence for the clerk; None where it can."""
    if new is not None and not 1990 <= new.day.year <= 2199:
        return f"{node.shown}的日期“{new}”不对，请核对年份"
    if which == "actual" and new is not None and earliest(new) > today:
        return f"{node.shown}的实际时间 {new} 还没有到，不能登记；还没做到的请填“预计”"
    if which == "baseline" and is_slip(old, new) and not reason.strip():
        return f"{node.shown}的计划时间由 {old} 后移到 {new}，要写明原因"
    return None


def doubts(nodes: Mapping[str, NodeDates], order: Sequence[StandardNode], on: date) -> list[Finding]:
    """What is doubtful in one project's nodes: done or planned out of order, a part done before works began."""
    found: list[Finding] = []
    for which in ("actual", "baseline"):
        dated = [(n, d) for n in order if (d := nodes.get(n.name, NO_DATES).get(which)) is not None]
        for i, (early, first) in enumerate(dated):
            for late, second in dated[i + 1:]:
                if _ordered(early, late) and second.day < earliest(first):
                    word = WHICH_LABELS[which]
                    found.append(Finding(
                        Level.WARNING, f"node_order_{which}",
                        f"{late.shown}的{word}时间 {second} 早于{early.shown}的 {first}，先后次序不对，请核实"))
    start = nodes.get(START, NO_DATES)
    if start.actual is None:
        for name in (FINISH, "主体封顶", "投产", "达产"):
            if (done := nodes.get(name, NO_DATES).actual) is not None:
                found.append(Finding(
                    Level.WARNING, "node_without_start", f"{name}已于 {done} 完成，但没有登记实际开工时间，请补登"))
                break
    for n in order:
        held = nodes.get(n.name, NO_DATES)
        if held.actual is None and held.forecast is not None and held.forecast.day < on and held.handling != UNNEEDED:
            found.append(Finding(
                Level.NOTE, "forecast_past", f"{n.shown}的预计时间 {held.forecast} 已过而没有完成，请更新预计时间"))
    return found


def _ordered(early: StandardNode, late: StandardNode) -> bool:
    """Whether the two nodes have a fixed order. Permits have none among themselves; 入统 only comes after 开工."""
    if ENTERED in (early.name, late.name):
        return START in (early.name, late.name)
    return not early.stage == late.stage == PREPARING
