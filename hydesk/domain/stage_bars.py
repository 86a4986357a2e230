"""A project's stages as bars on a time line, and the marks of its nodes (docs/rules.md §6.7).

Nodes are single days; a stage lasts from the end of the stage before it to its own last node. 入统 belongs to no stage of
the works: it may come any time after 开工. A node that needs no doing (不需办理) is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.milestones import ENTERED, UNNEEDED, NodeDates, NodeState, ProjectNodes, StandardNode


class PieceKind(Enum):
    """What a piece of a bar says; each has a pattern of its own besides its colour."""

    DONE = "done"
    WORKING = "working"
    LATE = "late"
    AHEAD = "ahead"

    @property
    def label(self) -> str:
        """已完成, 进行中, 超过计划, 未到."""
        return {"done": "已完成", "working": "进行中", "late": "超过计划", "ahead": "未到"}[self.value]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a bar from ``begin`` to ``end``, which is later."""

    kind: PieceKind
    begin: date
    end: date


@dataclass(frozen=True, slots=True)
class StageBar:
    """One stage: its pieces in order, and from when to when it was first planned, where that is known."""

    stage: str
    pieces: tuple[Piece, ...]
    planned: tuple[date, date] | None

    @property
    def begin(self) -> date:
        """When it began or begins."""
        return self.pieces[0].begin

    @property
    def end(self) -> date:
        """When it ended or is expected to end; never before the day judged by while one of its nodes is overdue."""
        return self.pieces[-1].end


@dataclass(frozen=True, slots=True)
class NodeMark:
    """A date of a node on the time line: which of the three it is, how the node stands, whether it is later than first planned."""

    day: date
    which: str
    state: NodeState
    late: bool


def node_marks(dates: NodeDates, on: date) -> tuple[NodeMark, ...]:
    """The dates of a node that are shown: once done no forecast any more, and no plan that fell on the same day."""
    state = dates.state(on)
    late = (dates.slip(on) or 0) > 0
    shown = [NodeMark(v.day, which, state, late) for which in ("baseline", "forecast", "actual") if (v := dates.get(which)) is not None]
    if dates.actual is not None:
        same = dates.baseline is not None and dates.baseline.day == dates.actual.day
        shown = [m for m in shown if m.which == "actual" or (m.which == "baseline" and not same)]
    return tuple(shown)


def stage_bars(project: ProjectNodes, nodes: Sequence[StandardNode], on: date) -> tuple[StageBar, ...]:
    """The stages of ``project`` that have dates, in their order, as they stand on ``on``; one without length is left out."""
    bars: list[StageBar] = []
    reached: date | None = None
    planned: date | None = None
    for stage, own in _by_stage(project.nodes, nodes).items():
        ends = [_reach(d, on) for d in own]
        known = [e for e in ends if e is not None]
        firsts = [d.first_baseline.day for d in own if d.first_baseline is not None]
        plan = _between(planned, firsts)
        planned = max(firsts, default=planned)
        if (span := _between(reached, known)) is not None:
            bars.append(StageBar(stage, tuple(_pieces(*span, own, firsts, on)), plan))
        reached = max(known, default=reached)
    return tuple(bars)


def _by_stage(held: Mapping[str, NodeDates], nodes: Sequence[StandardNode]) -> dict[str, list[NodeDates]]:
    found: dict[str, list[NodeDates]] = {}
    for node in nodes:
        dates = held.get(node.name)
        if dates is not None and node.name != ENTERED and (dates.handling != UNNEEDED or dates.actual is not None):
            found.setdefault(node.stage, []).append(dates)
    return found


def _reach(dates: NodeDates, on: date) -> date | None:
    """The day a node was reached or is expected to be."""
    if dates.done(on):
        return None if dates.actual is None else dates.actual.day
    expected = dates.expected
    if expected is None:
        return None
    return max(expected.day, on) if dates.state(on) is NodeState.OVERDUE else expected.day


def _between(before: date | None, days: Iterable[date]) -> tuple[date, date] | None:
    """From the end of the stage before (else the first of its own) to the last of ``days``; None where that has no length."""
    own = sorted(days)
    if not own:
        return None
    begin = before if before is not None and before < own[-1] else own[0]
    return (begin, own[-1]) if begin < own[-1] else None


def _pieces(begin: date, end: date, own: Sequence[NodeDates], firsts: Sequence[date], on: date) -> list[Piece]:
    done = all(d.done(on) for d in own)
    if done:
        late, turn = end, min(max(max(firsts, default=end), begin), end)
    else:
        late = min(max(on, begin), end)
        overdue = [limit.day for d in own if d.state(on) is NodeState.OVERDUE and (limit := d.baseline or d.forecast) is not None]
        turn = min(max(min(overdue, default=late), begin), late)
    parts = ((PieceKind.DONE if done else PieceKind.WORKING, begin, turn), (PieceKind.LATE, turn, late), (PieceKind.AHEAD, late, end))
    return [Piece(kind, a, b) for kind, a, b in parts if a < b]
