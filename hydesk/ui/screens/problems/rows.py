"""The problems of a ledger as the screen holds them: search and filters with counts, worked out once, off the UI thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import field
from typing import Any

from hydesk.dataclass import dataclass
from hydesk.domain.periods import Period
from hydesk.domain.pinyin import initials
from hydesk.domain.problems import ListedProblem, ProblemCounts, count_problems
from hydesk.services.problems.follow_problems import Following, ToldProblem
from hydesk.ui.screens.problems.columns import ProblemRow

OVERDUE, OPEN, CLOSED = "逾期", "未销号", "已销号"
NO_ONE = "（未交办）"


@dataclass(frozen=True, slots=True)
class ProblemQuery:
    """Which problems are shown; an empty set of a kind means all."""

    text: str = ""
    units: frozenset[str] = frozenset()
    statuses: frozenset[Any] = frozenset()
    responsible: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    only: frozenset[int] = field(default_factory=frozenset)
    """Just these problems, by number."""

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return self != ProblemQuery()


_READ: dict[str, Callable[[ListedProblem], Any]] = {
    "units": lambda p: p.project_unit, "statuses": lambda p: p.status, "responsible": lambda p: p.responsible or NO_ONE}


def _cases(p: ListedProblem) -> set[str]:
    held = {OPEN if p.status.open else CLOSED}
    return held | {OVERDUE} if p.overdue else held


class ProblemRows:
    """All problems and texts of a period. Built in a job, then read by the UI thread only."""

    def __init__(self, problems: Sequence[ListedProblem], following: Following) -> None:
        self.period: Period = following.period
        self.counts: ProblemCounts = count_problems(problems)
        names: dict[str, str] = {}
        self.rows = [ProblemRow(p, following.of_problem.get(p.id), _found(p, names)) for p in problems]
        self.told = sorted(following.told, key=lambda t: _TOLD_ORDER.index(t.seen.name))
        self._told_found = [_told_found(t, names) for t in self.told]
        self.to_list = len(following.to_list())
        self.responsible: list[str] = []

    def select(self, query: ProblemQuery, without: str = "") -> list[ProblemRow]:
        """The rows that ``query`` asks for; the filter ``without`` is left out."""
        rows = self.rows
        for word in query.text.lower().split():
            rows = [r for r in rows if word in r.found]
        if query.only:
            rows = [r for r in rows if r.problem.id in query.only]
        for kind, read in _READ.items():
            wanted = getattr(query, kind)
            if wanted and kind != without:
                rows = [r for r in rows if read(r.problem) in wanted]
        if query.cases and without != "cases":
            rows = [r for r in rows if query.cases & _cases(r.problem)]
        return rows

    def select_told(self, query: ProblemQuery) -> list[ToldProblem]:
        """Texts of returns by the same search and unit."""
        words = query.text.lower().split()
        return [t for t, found in zip(self.told, self._told_found, strict=True)
                if (not query.units or t.project_unit in query.units) and all(w in found for w in words)]

    def choices(self, query: ProblemQuery) -> dict[str, Counter[Any]]:
        """How many rows each choice of each filter would show, given the other filters."""
        counts: dict[str, Counter[Any]] = {
            kind: Counter(read(r.problem) for r in self.select(query, kind)) for kind, read in _READ.items()}
        counts["cases"] = Counter(c for r in self.select(query, "cases") for c in _cases(r.problem))
        return counts


_TOLD_ORDER = ["BACK", "AGAIN", "NEW", "SAME", "GONE", "SILENT"]


def _short(name: str, names: dict[str, str]) -> str:
    if name not in names:
        names[name] = initials(name)
    return names[name]


def _found(p: ListedProblem, names: dict[str, str]) -> str:
    return "\n".join((p.title, p.detail, p.measures, p.project_name, p.project_code, p.project_unit, p.responsible, p.leader,
                      str(p.id), _short(p.project_name, names), _short(p.project_unit, names))).lower()


def _told_found(t: ToldProblem, names: dict[str, str]) -> str:
    return "\n".join((t.text, t.measures, t.project_name, t.project_code, t.project_unit,
                      _short(t.project_name, names))).lower()
