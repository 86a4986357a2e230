"""本期工作: what the office has yet to do for a period, in the order in which a clerk does it, most urgent first.

The five stations of a month, the queue of what waits at them and the counts beside the navigation are all made here from the
same lines, so that none can say another number than the others (docs/rules.md §15). Nothing here knows the database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.periods import Period

NAMED = 3
"""How many units a line names before it says 等."""
SINGLY = 40
"""So many lines of a kind stand one by one; the others stand together in one more, so that a queue can be read."""


class Station(Enum):
    """Where work waits, in the order of a month; the value is the office's word."""

    RECEIVE = "收报"
    REVIEW = "核对"
    CHASE = "催报"
    FOLLOW = "节点与问题"
    REPORT = "报告"


class ToDoKind(Enum):
    """What is to be done, in the order of urgency."""

    ERRORS = "errors"
    SENT_BACK = "sent_back"
    UNREPORTED_LATE = "unreported_late"
    WARNINGS = "warnings"
    UNREPORTED = "unreported"
    PROBLEM_LATE = "problem_late"
    NODE_LATE = "node_late"
    RECORD_LATE = "record_late"
    """Records of a register over their deadline; its screen is that of the register."""
    READY = "ready"
    NODE_DUE = "node_due"
    UNASSIGNED = "unassigned"
    LIST_WAITS = "list_waits"
    DOUBTS = "doubts"
    REPORT = "report"

    @property
    def word(self) -> str:
        """核对, 退回未改 …"""
        return _SAID[self].word

    @property
    def station(self) -> Station | None:
        """Where it waits; None for what belongs to no station of the month."""
        return _SAID[self].station

    @property
    def badge(self) -> str:
        """The screen beside whose name it is counted; empty where it is not."""
        return _SAID[self].badge

    @property
    def late(self) -> bool:
        """Whether it should have been done by now, or cannot be put off."""
        return _SAID[self].late


@dataclass(frozen=True, slots=True)
class _KindSays:
    word: str
    station: Station | None
    badge: str = ""
    late: bool = False


_SAID = {
    ToDoKind.ERRORS: _KindSays("核对", Station.REVIEW, "returns", True),
    ToDoKind.SENT_BACK: _KindSays("退回未改", Station.CHASE, "returns", True),
    ToDoKind.UNREPORTED_LATE: _KindSays("逾期未报", Station.CHASE, "returns", True),
    ToDoKind.WARNINGS: _KindSays("核对", Station.REVIEW, "returns"),
    ToDoKind.UNREPORTED: _KindSays("未报", Station.CHASE, "returns"),
    ToDoKind.PROBLEM_LATE: _KindSays("问题逾期", Station.FOLLOW, "problems", True),
    ToDoKind.NODE_LATE: _KindSays("节点逾期", Station.FOLLOW, "nodes", True),
    ToDoKind.RECORD_LATE: _KindSays("到期未办", None, "", True),
    ToDoKind.READY: _KindSays("可入库", Station.REVIEW, "returns"),
    ToDoKind.NODE_DUE: _KindSays("节点到期", Station.FOLLOW),
    ToDoKind.UNASSIGNED: _KindSays("待交办", Station.FOLLOW),
    ToDoKind.LIST_WAITS: _KindSays("清单待核", None),
    ToDoKind.DOUBTS: _KindSays("请核实", None),
    ToDoKind.REPORT: _KindSays("报告", Station.REPORT),
}
ORDER = {kind: at for at, kind in enumerate(ToDoKind)}


@dataclass(frozen=True, slots=True)
class ToDo:
    """One line of the queue: ``count`` things (files, units, nodes, problems …) that are done by one act.

    ``target`` says what is opened, for the screen that shows it: the number of a received file, a unit, a project's id, a
    problem's, a register's. ``badge`` is the screen beside whose name it is counted.
    """

    kind: ToDoKind
    what: str
    when: str
    act: str
    count: int = 1
    target: int | str | None = None
    badge: str = ""

    @property
    def marked(self) -> str:
        """■ 节点逾期: the word, with the mark of what is late."""
        return f"■ {self.kind.word}" if self.kind.late else self.kind.word


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A received file that waits for 核对: of a unit (or the file's own name), and how many findings nobody settled."""

    id: int
    unit: str
    errors: int
    warnings: int
    received_at: str
    """As the queue says it."""
    first: str = ""
    """Where its first error is, in a few words."""


@dataclass(frozen=True, slots=True)
class PeriodWork:
    """What waits for ``period`` on the day ``on``."""

    period: Period
    on: date
    deadline: date
    units: int
    """How many units owe a return."""
    reported: int
    """How many have sent one."""
    queue: tuple[ToDo, ...]
    due_days: int = 7
    number: int | None = None
    """第N期 of the period's report, once it is issued."""
    before: str = ""
    """The last issue before it, in words."""
    reviewed: int = 0
    """Findings of the waiting files that nobody settled."""
    badges: Mapping[str, int] = field(default_factory=dict)
    """By screen how many things wait there."""
    judged_on: date | None = None
    """The day by which problems and nodes are overdue: ``on``, or the last day of a period long over."""

    def count(self, *kinds: ToDoKind) -> int:
        """How many things of these kinds wait."""
        return sum(x.count for x in self.queue if x.kind in kinds)

    def at(self, station: Station) -> int:
        """How many things wait at a station."""
        return sum(x.count for x in self.queue if x.kind.station is station)

    def first(self, station: Station) -> ToDo | None:
        """What is most urgent at a station."""
        return next((x for x in self.queue if x.kind.station is station), None)

    @property
    def days_left(self) -> int:
        """Days until the deadline; less than zero: since."""
        return (self.deadline - self.on).days

    @property
    def deadline_words(self) -> str:
        """报送期限 7月5日（还有 2 天）."""
        days = self.days_left
        said = f"还有 {days} 天" if days > 0 else "今天到期" if days == 0 else f"已过 {-days} 天"
        year = f"{self.deadline.year}年" if self.deadline.year != self.on.year else ""
        return f"报送期限 {year}{self.deadline.month}月{self.deadline.day}日（{said}）"


def file_lines(files: Sequence[WaitingFile]) -> list[ToDo]:
    """Files with errors one by one; those with warnings only, and those with nothing left to look at, together."""
    lines = [ToDo(ToDoKind.ERRORS, f"{f.unit}报表　{_findings(f)}", f.received_at, "核对", target=f.id, badge="returns")
             for f in sorted(files, key=lambda f: -f.errors) if f.errors]
    some = [f for f in files if not f.errors and f.warnings]
    ready = [f for f in files if not f.errors and not f.warnings]
    if some:
        lines.append(ToDo(ToDoKind.WARNINGS, f"{units_in_words([f.unit for f in some], '份')}　只有提醒 {sum(f.warnings for f in some)} 处",
                          some[0].received_at if len(some) == 1 else "", "逐份看", len(some), some[0].id, "returns"))
    if ready:
        lines.append(ToDo(ToDoKind.READY, f"{units_in_words([f.unit for f in ready], '份')}　没有要核对的", "", "入库", len(ready), None, "returns"))
    return lines


def _findings(f: WaitingFile) -> str:
    told = f"{f.errors} 处错误" + (f"、{f.warnings} 处提醒" if f.warnings else "")
    return f"{told}：{f.first}" if f.first else told


def units_in_words(units: Sequence[str], measure: str) -> str:
    """南岳区、综合保税区; of more than three 衡南县、衡山县、常宁市等 7 份."""
    named = "、".join(units[:NAMED])
    return f"{named}等 {len(units)} {measure}" if len(units) > NAMED else named


def unreported_line(units: Sequence[str], days_left: int) -> list[ToDo]:
    """Those of whom nothing has come, in one line; late once the deadline is past."""
    if not units:
        return []
    kind = ToDoKind.UNREPORTED if days_left >= 0 else ToDoKind.UNREPORTED_LATE
    when = f"期限还有 {days_left} 天" if days_left > 0 else "今天到期" if not days_left else f"逾期 {-days_left} 天"
    return [ToDo(kind, units_in_words(units, "个单位"), when, "催报", len(units), units[0] if len(units) == 1 else None, "returns")]


def together(lines: Sequence[ToDo], rest: str) -> list[ToDo]:
    """The first ``SINGLY`` lines, and the others in one that says ``rest`` (还有 {n} 个 …)."""
    if len(lines) <= SINGLY + 1:
        return list(lines)
    first, others = list(lines[:SINGLY]), lines[SINGLY:]
    count = sum(x.count for x in others)
    return [*first, ToDo(others[0].kind, rest.format(n=f"{count:,}"), "", "看全部", count, None, others[0].badge)]


def in_order(lines: Sequence[ToDo]) -> tuple[ToDo, ...]:
    """By urgency; of one kind as they came."""
    return tuple(sorted(lines, key=lambda x: ORDER[x.kind]))


def count_badges(lines: Sequence[ToDo]) -> dict[str, int]:
    """By screen how many things wait there."""
    counts: dict[str, int] = {}
    for x in lines:
        if x.badge:
            counts[x.badge] = counts.get(x.badge, 0) + x.count
    return counts
