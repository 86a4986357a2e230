"""What the one-page sheets of a unit and of a leader tell alike: what moved, problems, nodes that are due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from hydesk.domain.dates import LooseDate
from hydesk.domain.money import NO_FIGURE
from hydesk.reports.basis import Basis
from hydesk.reports.figures import Part
from hydesk.reports.prose import Sentence
from hydesk.reports.sources import NodeStanding, ProblemStanding
from hydesk.reports.words import clean, count, money, points, sentence

AHEAD = timedelta(days=31)
"""Nodes due within this time after the period are told."""

_LINE = 14
"""About so many characters stand on a line of a column."""


def short(text: str, most: int) -> str:
    """Words on one line, ``most`` characters of them."""
    plain = clean(text)
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def fitting(names: Sequence[str], lines: int, most: int) -> int:
    """How many rows whose longest cells are ``names`` stand on ``lines`` lines, ``most`` at most: long words take two."""
    for number, name in enumerate(names[:most]):
        lines -= 2 if len(name) > _LINE else 1
        if lines < 0:
            return number
    return min(len(names), most)


def unreported(basis: Basis) -> int:
    """How many of the projects have no figure of the period."""
    return sum(x.lacking for x in (*basis.reach.late, *basis.reach.partly))


def so_far(basis: Basis, whole: str) -> list[Part | tuple[Part, ...]]:
    """Plan, what is done, how that stands beside 时间进度 and who lacks, as they follow a number of projects in a sentence."""
    t, words = basis.totals, list[Part | tuple[Part, ...]]()
    if t.annual_plan:
        words += ["，年度计划投资", money(t.annual_plan, f"{whole}.plan")]
    done = t.known("year_investment")
    if done is not None:
        words += [f"，{basis.span}完成投资", money(done, f"{whole}.year")]
    if basis.gap is not None:
        by = points(basis.shown_gap, f"{whole}.gap")
        near = "持平" if not basis.gap else "基本持平" if not Decimal(by.text) else ""
        words += [f"，与时间进度{near}"] if near else ["，超" if basis.gap > 0 else "，欠", "时间进度", by, "个百分点"]
    if lacking := unreported(basis):
        words += ["；本期未报", count(lacking, "all.unreported"), "个，按其最近一次上报数"]
    return words


def moved(basis: Basis, whole: str, key: str) -> Sentence | None:
    """What the period brought and who turned since the one before; None where neither is known."""
    words: list[Part | tuple[Part, ...]] = []
    gain = basis.gain_over(basis.projects)
    if gain is not None:
        words += [f"{basis.gained}完成投资", money(gain, f"{whole}.gain")]
    if basis.turned is not None:
        fell, rose = basis.turned.fell, basis.turned.rose
        words += ["，" if words else "", "与上期相比，"]
        words += ["新增滞后", count(fell, f"{key}.fell"), "个"] if fell else ["没有项目新增滞后"]
        words += ["，", count(rose, f"{key}.rose"), "个赶上进度"] if rose else []
    return sentence(*words, "。", key=key) if words else None


def open_problems(basis: Basis) -> list[ProblemStanding]:
    """Problems on the list that are not 销号, those over their day first, then by day."""
    still = [x for x in basis.sources.problems if x.closed_on is None]
    return sorted(still, key=lambda x: (not is_late(x, basis), x.due_on or basis.period.end, x.id))


def is_late(x: ProblemStanding, basis: Basis) -> bool:
    """Whether a problem is past its day."""
    return x.due_on is not None and x.due_on < basis.period.end


def overdue_nodes(basis: Basis) -> list[NodeStanding]:
    """Nodes past their planned day (the expected one where none was planned) and not done, the longest overdue first."""
    found = [n for n in basis.sources.nodes if n.actual is None and (limit := limit_of(n)) is not None and limit.day < basis.period.end]
    return sorted(found, key=_when)


def nodes_soon(basis: Basis) -> list[NodeStanding]:
    """Nodes that are not overdue and expected within a month, the nearest first."""
    until, late = basis.period.end + AHEAD, set(map(id, overdue_nodes(basis)))
    found = [n for n in basis.sources.nodes if n.actual is None and id(n) not in late and n.due is not None and n.due.day <= until]
    return sorted(found, key=_when)


def limit_of(n: NodeStanding) -> LooseDate | None:
    """The day a node is held to: the planned one, the expected one where none was planned."""
    return n.planned or n.forecast


def _when(n: NodeStanding) -> tuple[str, int]:
    """By the day that is looked at: the planned one of what is overdue, else the expected one."""
    at = limit_of(n)
    return (str(at.day) if at is not None else "", n.project_id)


def next_nodes(basis: Basis) -> dict[int, str]:
    """The node of each project that comes next or has been due longest."""
    made: dict[int, str] = {}
    for n in sorted((n for n in basis.sources.nodes if n.actual is None and limit_of(n) is not None), key=_when):
        made.setdefault(n.project_id, f"{clean(n.node)} {node_state(n, basis)}")
    return made


def node_state(n: NodeStanding, basis: Basis) -> str:
    """■逾期12天 since it was planned, or 30天后 until it is expected."""
    limit = limit_of(n)
    if limit is not None and limit.day < basis.period.end:
        return f"■逾期{(basis.period.end - limit.day).days}天"
    return f"{(n.due.day - basis.period.end).days}天后" if n.due is not None else NO_FIGURE
