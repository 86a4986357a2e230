"""Problems on the list (问题清单): their steps from 上报 to 销号, who takes each, and what each needs.

上报 → 受理 → 交办 → 办理 → 反馈 → 核实 → 销号, with 退回 and 升级 on the way and 延期 of the deadline. A problem is
overdue when its deadline is past and it is not 销号. Nothing here knows the database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.says_nothing import says_nothing, says_solved


class Status(Enum):
    """Where a problem stands; ``value`` is what the ledger keeps."""

    REPORTED = "reported"
    SENT_BACK = "sent_back"
    ACCEPTED = "accepted"
    ASSIGNED = "assigned"
    WORKING = "working"
    ANSWERED = "answered"
    VERIFIED = "verified"
    CLOSED = "closed"

    __hash__ = object.__hash__

    @property
    def label(self) -> str:
        """The office's word."""
        return _STATUS[self]

    @property
    def open(self) -> bool:
        """Whether it still has to be dealt with."""
        return self is not Status.CLOSED


_STATUS = {
    Status.REPORTED: "待受理", Status.SENT_BACK: "已退回", Status.ACCEPTED: "已受理",
    Status.ASSIGNED: "已交办", Status.WORKING: "办理中", Status.ANSWERED: "已反馈",
    Status.VERIFIED: "已核实", Status.CLOSED: "已销号",
}


class StepKind(Enum):
    """A step; ``value`` is what the ledger keeps."""

    REPORT = "report"
    ACCEPT = "accept"
    ASSIGN = "assign"
    WORK = "work"
    ANSWER = "answer"
    VERIFY = "verify"
    CLOSE = "close"
    SEND_BACK = "send_back"
    ESCALATE = "escalate"
    EXTEND = "extend"

    __hash__ = object.__hash__

    @property
    def label(self) -> str:
        """上报, 受理, 交办, 办理, 反馈, 核实, 销号, 退回, 升级 or 延期."""
        return _KIND[self]


_KIND = {
    StepKind.REPORT: "上报", StepKind.ACCEPT: "受理", StepKind.ASSIGN: "交办", StepKind.WORK: "办理", StepKind.ANSWER: "反馈",
    StepKind.VERIFY: "核实", StepKind.CLOSE: "销号", StepKind.SEND_BACK: "退回", StepKind.ESCALATE: "升级", StepKind.EXTEND: "延期",
}


class Need(Enum):
    """What a step cannot do without; the value is the word on the form."""

    UNIT = "责任单位"
    DEADLINE = "办结期限"
    WORDS = "说明"


OFFICE, COUNTY, RESPONSIBLE = "重点办", "填报单位", "责任单位"
LEVELS = ("县级", "市级", "省级")
"""Who coordinates; 升级 goes one up."""


@dataclass(frozen=True, slots=True)
class StepRule:
    """A step that is allowed: where it leads, who takes it, what it needs."""

    kind: StepKind
    to: Status
    by: str
    needs: frozenset[Need] = frozenset()


def _rule(kind: StepKind, to: Status, by: str, *needs: Need) -> StepRule:
    return StepRule(kind, to, by, frozenset(needs))


_ASSIGN = _rule(StepKind.ASSIGN, Status.ASSIGNED, OFFICE, Need.UNIT, Need.DEADLINE)


def _side(status: Status) -> tuple[StepRule, ...]:
    """升级 and 延期 leave a problem where it stands."""
    return (_rule(StepKind.ESCALATE, status, OFFICE, Need.WORDS), _rule(StepKind.EXTEND, status, OFFICE, Need.DEADLINE, Need.WORDS))


STEPS: Mapping[Status, tuple[StepRule, ...]] = {
    Status.REPORTED: (_rule(StepKind.ACCEPT, Status.ACCEPTED, OFFICE), _ASSIGN,
                      _rule(StepKind.SEND_BACK, Status.SENT_BACK, OFFICE, Need.WORDS)),
    Status.SENT_BACK: (_rule(StepKind.REPORT, Status.REPORTED, COUNTY),
                       _rule(StepKind.CLOSE, Status.CLOSED, OFFICE, Need.WORDS)),
    Status.ACCEPTED: (_ASSIGN, _rule(StepKind.SEND_BACK, Status.SENT_BACK, OFFICE, Need.WORDS),
                      _rule(StepKind.ESCALATE, Status.ACCEPTED, OFFICE, Need.WORDS)),
    Status.ASSIGNED: (_rule(StepKind.WORK, Status.WORKING, RESPONSIBLE), _rule(StepKind.ANSWER, Status.ANSWERED, RESPONSIBLE, Need.WORDS),
                      _ASSIGN, _rule(StepKind.SEND_BACK, Status.ACCEPTED, RESPONSIBLE, Need.WORDS), *_side(Status.ASSIGNED)),
    Status.WORKING: (_rule(StepKind.ANSWER, Status.ANSWERED, RESPONSIBLE, Need.WORDS), _ASSIGN,
                     _rule(StepKind.SEND_BACK, Status.ACCEPTED, RESPONSIBLE, Need.WORDS), *_side(Status.WORKING)),
    Status.ANSWERED: (_rule(StepKind.VERIFY, Status.VERIFIED, OFFICE), _rule(StepKind.SEND_BACK, Status.WORKING, OFFICE, Need.WORDS),
                      *_side(Status.ANSWERED)),
    Status.VERIFIED: (_rule(StepKind.CLOSE, Status.CLOSED, OFFICE), _rule(StepKind.SEND_BACK, Status.WORKING, OFFICE, Need.WORDS)),
    Status.CLOSED: (_rule(StepKind.SEND_BACK, Status.WORKING, OFFICE, Need.WORDS),),
}
"""For each status the steps that may follow, the usual one first. 已销号 may come back: 退回 to 办理 with the reason."""


def next_steps(status: Status, level: str = "") -> tuple[StepRule, ...]:
    """The steps allowed from ``status``; a problem of the highest level cannot be 升级 any more."""
    return tuple(r for r in STEPS[status] if r.kind is not StepKind.ESCALATE or level_above(level) is not None)


def level_above(level: str) -> str | None:
    """One level up; None at the top. A problem without a level counts as 县级."""
    at = LEVELS.index(level) if level in LEVELS else 0
    return LEVELS[at + 1] if at + 1 < len(LEVELS) else None


def rule_for(status: Status, kind: StepKind, level: str = "") -> StepRule | None:
    """The rule by which ``kind`` may follow ``status``; None where it may not."""
    return next((r for r in next_steps(status, level) if r.kind is kind), None)


def refusal(status: Status, kind: StepKind, *, level: str = "", unit: str = "", due_on: date | None = None,
            words: str = "", on: date, since: date | None = None, today: date | None = None) -> str | None:
    """Why a step cannot be taken, as a sentence for the clerk; None where it can.

    ``on`` is the day of the step, ``since`` the day of the last one before it.
    """
    rule = rule_for(status, kind, level)
    if rule is None:
        if kind is StepKind.ESCALATE and level_above(level) is None:
            return f"已是{level}，不能再升级"
        allowed = "、".join(r.kind.label for r in next_steps(status, level))
        return f"“{status.label}”的问题不能{kind.label}，现在可以：{allowed}"
    if Need.UNIT in rule.needs and not unit.strip():
        return f"{kind.label}要写明责任单位"
    if Need.DEADLINE in rule.needs:
        if due_on is None:
            return f"{kind.label}要写明办结期限"
        if due_on < on:
            return f"办结期限 {due_on} 早于{kind.label}日期 {on}，请核对"
    if Need.WORDS in rule.needs and not words.strip():
        return f"{kind.label}要写明{'原因' if kind in (StepKind.SEND_BACK, StepKind.ESCALATE, StepKind.EXTEND, StepKind.CLOSE) else '办理结果'}"
    if since is not None and on < since:
        return f"{kind.label}日期 {on} 早于上一环节的 {since}，请核对"
    if today is not None and on > today:
        return f"{kind.label}日期 {on} 还没有到，请核对"
    return None


@dataclass(frozen=True, slots=True)
class Step:
    """A step as it was taken."""

    id: int
    kind: StepKind
    on: date
    actor: str
    words: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class ListedProblem:
    """A problem as it stood on the list's day. The three lists are ``detail`` (困难问题), ``measures`` (解决措施)
    and ``responsible``/``leader``/``due_on`` (责任分工)."""

    id: int
    project_id: int
    project_code: str
    project_name: str
    project_unit: str
    title: str
    detail: str
    measures: str
    responsible: str
    leader: str
    level: str
    status: Status
    raised_on: date
    due_on: date | None
    closed_on: date | None
    first_seen: str
    last_seen: str
    """Periods (2023-06) of the first and newest return that named it; empty for one entered by hand."""
    import_id: int | None
    source_text: str
    on: date
    """The day the list is made for."""

    @property
    def overdue(self) -> bool:
        """Past its deadline and not 销号."""
        return self.status.open and self.due_on is not None and self.due_on < self.on

    @property
    def unassigned(self) -> bool:
        """待交办: nobody answers for it yet, and its deadline, if it has one, is not past."""
        return self.status in (Status.REPORTED, Status.ACCEPTED) and not self.overdue

    @property
    def days(self) -> int | None:
        """Days to the deadline; less than zero: days overdue. None without one, or once 销号."""
        return (self.due_on - self.on).days if self.due_on is not None and self.status.open else None

    @property
    def days_late(self) -> int:
        """Days past the deadline; 0 where it is not."""
        return 0 if self.days is None else max(0, -self.days)

    @property
    def age(self) -> int:
        """Days since it was raised, until it was 销号."""
        return ((self.closed_on if not self.status.open and self.closed_on else self.on) - self.raised_on).days


def replay(steps: Sequence[Step]) -> Status:
    """Where a problem stands after ``steps``, the oldest first; steps that were not allowed are an error of the data."""
    status = Status.REPORTED
    for step in steps[1:]:
        rule = rule_for(status, step.kind)
        if rule is not None:
            status = rule.to
    return status


@dataclass(frozen=True, slots=True)
class ProblemCounts:
    """How many problems there are by status, and how many are overdue."""

    total: int
    open: int
    closed: int
    overdue: int
    by_status: Mapping[Status, int]


def count_problems(problems: Iterable[ListedProblem]) -> ProblemCounts:
    """The counts of a list."""
    items = list(problems)
    by = {s: sum(p.status is s for p in items) for s in Status}
    closed = by[Status.CLOSED]
    return ProblemCounts(len(items), len(items) - closed, closed, sum(p.overdue for p in items), by)


_ITEM = re.compile(r"(?:^|(?<=[;；。\n\s]))\s*(?:[（(]?\d{1,2}[)）.、．](?!\d)|[①-⑳]|[一二三四五六七八九十]{1,2}、)\s*")


def split_problems(text: str, nothing: Collection[str] = ()) -> list[str]:
    """The single problems a cell names: 1.… 2.… apart; none where it says nothing, or only that one is solved.

    ``nothing``: the office's own words that say nothing.
    """
    parts = [p.strip(" \t\r\n;；") for p in _ITEM.split(text)]
    parts = [p for p in parts if p]
    return [p for p in parts if not says_nothing(p, nothing) and not says_solved(p)]


_STRAY = re.compile(r"[\s\W_]+")


def problem_key(text: str) -> str:
    """A problem's words without spaces and punctuation, in one width, for comparison."""
    plain = unicodedata.normalize("NFKC", text)
    if not plain.strip() or set(plain.strip()) <= set("-—/.无 "):
        return ""
    return _STRAY.sub("", plain).casefold()


def short_title(text: str, length: int = 24) -> str:
    """A title for a problem told in a sentence: its first clause."""
    first = re.split(r"[。；;！!\n]", text.strip(), maxsplit=1)[0]
    clause = re.split(r"[，,：:]", first, maxsplit=1)[0] if len(first) > length else first
    clause = clause if len(clause) >= 4 else first
    return clause if len(clause) <= length else clause[: length - 1] + "…"


class Seen(Enum):
    """What became of a problem in the newest returns."""

    NEW = "本期新增"
    """The return says it, the list does not hold it, and the return before did not say it."""
    AGAIN = "上期已有"
    """As NEW, but the return before said it too."""
    SAME = "仍然反映"
    """On the list, and the return still says it."""
    GONE = "本期未再反映"
    """On the list, and the project's return no longer says it."""
    SILENT = "本期未报"
    """On the list; the project has no return for the period."""
    SOLVED = "报表称已解决"
    """On the list, and the return says no more than that it is solved: to be closed (销号) once somebody has looked."""
    BACK = "销号后又反映"
    """销号 on the list, and the return says it again."""

    __hash__ = object.__hash__
