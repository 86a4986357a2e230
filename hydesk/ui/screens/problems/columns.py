"""The columns of the problem tables: the whole list, the three lists 困难问题 · 解决措施 · 责任分工, and what returns tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtGui import QColor

from hydesk.dataclass import dataclass
from hydesk.domain.problems import ListedProblem, Seen, Status
from hydesk.services.problems.follow_problems import ToldProblem
from hydesk.ui.kit.listing import ListColumn
from hydesk.ui.kit.meant import QUOTED
from hydesk.ui.kit.words import UNIT
from hydesk.ui.style import Theme

VIEWS = ("全部", "困难问题", "解决措施", "责任分工", "报表反映")
TOLD = len(VIEWS) - 1
STATUS_ORDER = {s: i for i, s in enumerate(Status)}
SEEN_MARK = {Seen.NEW: "＋", Seen.AGAIN: "＝", Seen.SAME: "●", Seen.GONE: "○", Seen.SILENT: "—", Seen.SOLVED: "✓", Seen.BACK: "↺"}


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A problem with what is worked out from it once."""

    problem: ListedProblem
    seen: Seen | None
    found: str
    """What the search looks in, in small letters."""

    @property
    def left(self) -> str:
        """剩 12 天, 逾期 3 天, or nothing."""
        days = self.problem.days
        if days is None:
            return ""
        return f"逾期 {-days} 天" if days < 0 else f"剩 {days} 天"

    @property
    def status(self) -> str:
        """办理中; with ■ and 逾期 where it is late."""
        p = self.problem
        return f"■ {p.status.label}·逾期" if p.overdue else p.status.label


def day(value: date | None) -> str:
    """A day as 2023-06-30, nothing for none."""
    return value.isoformat() if value else ""


def seen_text(seen: Seen | None) -> str:
    """What the returns say of a problem now, with its shape."""
    return f"{SEEN_MARK[seen]} {seen.value}" if seen else ""


def status_tone(p: ListedProblem) -> str:
    """The tone that goes with a problem's word."""
    if p.overdue:
        return "serious"
    if p.status is Status.CLOSED:
        return "quiet"
    return ""


def status_color(theme: Theme, p: ListedProblem) -> QColor:
    """The colour that goes with a problem's word."""
    return QColor(getattr(theme.palette, status_tone(p) or "text"))


def columns(view: int, theme: Theme) -> list[ListColumn[ProblemRow]]:
    """The columns of one of ``VIEWS`` but the last."""
    def quiet(_row: ProblemRow) -> QColor:
        return QColor(theme.palette.quiet)

    def color(row: ProblemRow) -> QColor:
        return status_color(theme, row.problem)

    def late(row: ProblemRow) -> QColor | None:
        return QColor(theme.palette.serious) if row.problem.overdue else None

    number = _column("id", "编号", lambda p: str(p.id), 56, lambda p: p.id)
    title = _column("title", "问题", lambda p: p.title, 170, tip=lambda p: p.detail, stretch=True)
    project = _column("project", "项目", lambda p: p.project_name, 160, stretch=True)
    unit = _column("unit", UNIT, lambda p: p.project_unit, 76)
    status = ListColumn("状态", lambda r: r.status, 118, lambda r: STATUS_ORDER[r.problem.status], color=color)
    who = _column("responsible", "责任单位", lambda p: p.responsible, 134)
    due = _column("due", "办结期限", lambda p: day(p.due_on), 96, lambda p: p.due_on)
    left = ListColumn("剩余", lambda r: r.left, 88, lambda r: r.problem.days, color=late)
    raised = _column("raised", "提出日期", lambda p: day(p.raised_on), 96, lambda p: p.raised_on)
    level = _column("level", "级别", lambda p: p.level, 58)
    seen = ListColumn("报表跟踪", lambda r: seen_text(r.seen), 120, color=quiet)
    if view == 1:
        detail = _column("detail", "困难问题", lambda p: p.detail, 200, stretch=True)
        first = _column("first", "首次反映", lambda p: p.first_seen, 84)
        last = _column("last", "最近反映", lambda p: p.last_seen, 84)
        return [number, project, unit, detail, raised, first, last, seen, status]
    if view == 2:
        return [number, project, _column("title", "问题", lambda p: p.title, 200, tip=lambda p: p.detail),
                _column("measures", "解决措施", lambda p: p.measures, 180, stretch=True), who, due, status]
    if view == 3:
        leader = _column("leader", "责任领导", lambda p: p.leader, 84)
        return [number, project, title, who, leader, level, raised, due, left, status]
    return [number, title, project, unit, status, left, who, due, seen]


_WORDS = frozenset({"title", "detail", "measures"})
"""Columns in somebody's own words."""


def _column(key: str, head: str, text: Callable[[ListedProblem], str], width: int,
            order: Callable[[ListedProblem], object] | None = None,
            tip: Callable[[ListedProblem], str] | None = None, *, stretch: bool = False) -> ListColumn[ProblemRow]:
    return ListColumn(
        head, lambda r: text(r.problem), width, (lambda r: order(r.problem)) if order else None,
        tip=(lambda r: tip(r.problem)) if tip else None, stretch=stretch, measure=QUOTED if key in _WORDS else "", key=key)


def told_columns(theme: Theme) -> list[ListColumn[ToldProblem]]:
    """The columns of 报表反映: what the returns of the period tell."""
    def color(t: ToldProblem) -> QColor:
        fresh = t.seen in (Seen.NEW, Seen.AGAIN, Seen.BACK)
        return QColor(theme.palette.accent if fresh else theme.palette.quiet)

    order = {s: i for i, s in enumerate((Seen.BACK, Seen.AGAIN, Seen.NEW, Seen.SAME))}
    return [
        ListColumn("比对", lambda t: seen_text(t.seen), 128, lambda t: order.get(t.seen, 9), color=color),
        ListColumn("报表原文（存在问题）", lambda t: t.text, 240, stretch=True, measure=QUOTED),
        ListColumn("拟采取措施", lambda t: t.measures, 180, measure=QUOTED),
        ListColumn("项目", lambda t: t.project_name, 210),
        ListColumn(UNIT, lambda t: t.project_unit, 86),
        ListColumn("首次反映", lambda t: t.first_seen, 84),
        ListColumn("清单编号", lambda t: str(t.problem_id or ""), 78, lambda t: t.problem_id),
        ListColumn("出处", lambda t: f"{t.sheet} {t.cell}".strip(), 150, color=lambda _t: QColor(theme.palette.quiet)),
    ]
