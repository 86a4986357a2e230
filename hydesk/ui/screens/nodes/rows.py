"""The nodes as the screen holds them: search, filters with counts and groups, worked out once, off the UI thread."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain
from typing import Any

from hydesk.dataclass import dataclass
from hydesk.domain.milestones import ListedNode, Milestones, NodeState, ProjectNodes
from hydesk.domain.pinyin import initials
from hydesk.ui.screens.nodes.lists import DUE, DUE_DAYS, GROUPS, OVERDUE
from hydesk.ui.screens.nodes.marks import TimeLineRow, day_number


@dataclass(frozen=True, slots=True)
class NodeQuery:
    """Which projects and nodes are shown; an empty set of a kind means all."""

    text: str = ""
    units: frozenset[str] = frozenset()
    nodes: frozenset[str] = frozenset()
    states: frozenset[NodeState] = frozenset()


class NodeRows:
    """All projects' nodes. Built in a job, then read by the UI thread only."""

    def __init__(self, milestones: Milestones) -> None:
        self.milestones = milestones
        listed = milestones.listed()
        self.overdue, self.slipped = milestones.overdue(listed), milestones.slipped(listed)
        self.due = {days: milestones.due(days, listed) for days in DUE_DAYS}
        self.any = any(p.nodes for p in milestones.projects)
        self._lines = {p.project_id: TimeLineRow(p.name, p, milestones) for p in milestones.projects}
        self.span = _span(milestones)
        """The first and the last day that the time line reaches, days since 2000."""
        self._found = {p.project_id: f"{p.name}\n{p.code}\n{p.unit}\n{initials(p.name)}".lower() for p in milestones.projects}
        self._states: dict[int, dict[str, NodeState]] = defaultdict(dict)
        for x in listed:
            self._states[x.project.project_id][x.node.shown] = x.state
        self._all: dict[str, Counter[Any]] = {}
        self._late = {i: sum(s is NodeState.OVERDUE for s in held.values()) for i, held in self._states.items()}
        self._kinds = {i: frozenset(held.values()) for i, held in self._states.items()}
        self._all = self.choices(NodeQuery())
        self.dated = Counter(chain.from_iterable(p.nodes for p in milestones.projects))
        """How many projects have dates for each node."""
        self._whole: dict[str, list[TimeLineRow]] = {}
        self.lines(NodeQuery(), GROUPS[0][0])

    def _fits(self, p: ProjectNodes, query: NodeQuery, words: Sequence[str], without: str = "") -> bool:
        if query.units and without != "units" and p.unit not in query.units:
            return False
        if words and not all(w in self._found[p.project_id] for w in words):
            return False
        if not (query.nodes or query.states):
            return True
        held = self._states.get(p.project_id, {})
        return any((not query.nodes or without == "nodes" or n in query.nodes)
                   and (not query.states or without == "states" or s in query.states) for n, s in held.items())

    def projects(self, query: NodeQuery, without: str = "") -> list[ProjectNodes]:
        """The projects that ``query`` asks for: those with a node of that name and state."""
        words = query.text.lower().split()
        if not (query.units or query.nodes or query.states):
            found = self._found
            return [p for p in self.milestones.projects if all(w in found[p.project_id] for w in words)]
        return [p for p in self.milestones.projects if self._fits(p, query, words, without)]

    def lines(self, query: NodeQuery, group: str) -> list[TimeLineRow]:
        """The rows of the time line, under headings of ``group`` (unit, chain, category or none)."""
        if query != NodeQuery():
            return self._lines_of(query, group)
        if group not in self._whole:
            self._whole[group] = self._lines_of(query, group)
        return self._whole[group]

    def _lines_of(self, query: NodeQuery, group: str) -> list[TimeLineRow]:
        projects = self.projects(query)
        wanted = {n.shown: i for i, n in enumerate(self.milestones.nodes)}
        only = {wanted[n] for n in query.nodes if n in wanted}
        if not group:
            return [self._line(p, only) for p in projects]
        groups: dict[str, list[ProjectNodes]] = defaultdict(list)
        for p in projects:
            groups[getattr(p, group) or "（未填）"].append(p)
        made = []
        for name, members in groups.items():
            late = sum(self._late.get(p.project_id, 0) for p in members)
            made.append(TimeLineRow(f"{name}　{len(members):,}" + (f"　■ 逾期 {late:,}" if late else "")))
            made += [self._line(p, only) for p in members]
        return made

    def let_go(self) -> None:
        """Give up what is held bit by bit: half a million dates at once would hold the window up. Called in a job."""
        held: list[list[Any]] = [self.overdue, self.slipped, *self.due.values(), list(self.milestones.projects)]
        self.milestones = Milestones(self.milestones.on, (), ())
        for kept in (self._whole, self._lines, self._found, self._states, self._late, self._kinds):
            kept.clear()
        for one in held:
            step = 50 if one is held[-1] else 1000
            while one:
                del one[-step:]
                time.sleep(0.001)  # the window is painting just now, and asks for its turn hundreds of times

    def _line(self, p: ProjectNodes, only: set[int]) -> TimeLineRow:
        return TimeLineRow(p.name, p, self.milestones, only) if only else self._lines[p.project_id]

    def listed(self, view: int, days: int) -> list[ListedNode]:
        """The nodes of one of the lists."""
        return self.due[days] if view == DUE else self.overdue if view == OVERDUE else self.slipped

    def select_listed(self, query: NodeQuery, nodes: Sequence[ListedNode]) -> list[ListedNode]:
        """Those of ``nodes`` that ``query`` asks for."""
        if query == NodeQuery():
            return list(nodes)
        words = query.text.lower().split()
        return [x for x in nodes if (not query.units or x.project.unit in query.units)
                and (not query.nodes or x.node.shown in query.nodes) and (not query.states or x.state in query.states)
                and all(w in self._found[x.project.project_id] for w in words)]

    def choices(self, query: NodeQuery) -> dict[str, Counter[Any]]:
        """How many projects each choice of each filter would show, given the others."""
        if query == NodeQuery() and self._all:
            return self._all
        shown = self.projects(query)
        units, nodes, states = (self.projects(query, kind) if getattr(query, kind) else shown
                                for kind in ("units", "nodes", "states"))
        held, kinds = self._states, self._kinds
        return {
            "units": Counter(p.unit for p in units),
            "nodes": Counter(chain.from_iterable(held[p.project_id] for p in nodes if p.project_id in held)),
            "states": Counter(chain.from_iterable(kinds[p.project_id] for p in states if p.project_id in kinds)),
        }


def _span(milestones: Milestones) -> tuple[int, int]:
    """The days of all dates and the day judged by, with room on either side."""
    days = {v.day for p in milestones.projects for d in p.nodes.values()
            for v in (d.baseline, d.forecast, d.actual) if v is not None} | {milestones.on}
    return day_number(min(days)) - 30, day_number(max(days)) + 90
