"""本期工作: the one query behind the queue, the stations and the badges (docs/rules.md §15)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from hydesk.db.ledger import Ledger
from hydesk.db.models import Import, ReportIssue
from hydesk.domain.milestones import ListedNode, day_of
from hydesk.domain.period_work import (
    PeriodWork,
    ToDo,
    ToDoKind,
    count_badges,
    file_lines,
    in_order,
    together,
    units_in_words,
    unreported_line,
)
from hydesk.domain.periods import Period
from hydesk.domain.problems import ListedProblem
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.shipped_registers import MEETING
from hydesk.reports.kinds import ReportKind
from hydesk.services.acts.one_view import one_view
from hydesk.services.milestones.list_milestones import read_milestones
from hydesk.services.problems.list_problems import read_problems
from hydesk.services.registers.list_registers import list_registers
from hydesk.services.returns.returns_board import NOT_REPORTED, SENT_BACK, BoardLine, returns_board
from hydesk.services.returns.waiting_files import read_waiting_files
from hydesk.services.rules.deadlines import deadline
from hydesk.services.standings.read_scope import ids_in

SOON = 7
"""Days within which a node is named in the queue before it is overdue."""


@one_view
def period_work(ledger: Ledger, period: Period, scope: Scope = WHOLE, today: date | None = None) -> PeriodWork:
    """What waits for ``period``; of nodes and problems those of ``scope``, of returns always all.

    A return that has not come is owed until it comes, so it is judged by ``today``; problems and nodes of a period that
    is long over by its own last day, as their screens do.
    """
    now = today or date.today()
    on = day_of(period, now)
    due = deadline(ledger, period)
    ids = ids_in(ledger, period, scope)
    board = returns_board(ledger, period, now)
    with ledger.read() as connection:
        files = read_waiting_files(connection, period, now)
        number, before = _issues(connection, period)
    lines = [*file_lines(files), *_sent_back(board, now), *unreported_line([b.unit for b in board if b.status == NOT_REPORTED], (due - now).days),
             *_of_problems(ledger, on, ids), *_of_nodes(ledger, period, on, ids, today), *_of_registers(ledger, on), *_of_list(ledger, period)]
    if number is None and any(b.returns for b in board):
        lines.append(ToDo(ToDoKind.REPORT, f"{_kind(period).label}还没有归档", "", "看草稿"))
    queue = in_order(lines)
    return PeriodWork(period, now, due, len(board), sum(b.status != NOT_REPORTED for b in board), queue, SOON, number, before,
                      sum(f.errors + f.warnings for f in files), count_badges(queue), on)


def _kind(period: Period) -> ReportKind:
    return ReportKind.MONTHLY if period.is_month else ReportKind.WEEKLY


def _issues(connection: Connection, period: Period) -> tuple[int | None, str]:
    """第N期 of the period's report, once it is issued, and 上期通报 第5期 6月8日归档 where one came before it this year."""
    rows = connection.execute(select(ReportIssue.period, ReportIssue.number, ReportIssue.issued_at).where(
        ReportIssue.present, ReportIssue.kind == _kind(period).value, ReportIssue.year == period.year).order_by(ReportIssue.id.desc()))
    number, before = None, ""
    for of, counted, at in rows.tuples():
        if of == str(period):
            number = number or counted
        elif not before and at is not None and of and Period.parse(of).end < period.end:
            on = at.astimezone()
            before = f"上期{_kind(period).label} 第{counted}期 {on.month}月{on.day}日归档"
    return number, before


def _sent_back(board: Sequence[BoardLine], on: date) -> list[ToDo]:
    """Each unit whose return went back and has not come again, the longest ago first."""
    back = sorted((b for b in board if b.status == SENT_BACK), key=lambda b: b.received_at or datetime.max.astimezone())
    return [ToDo(ToDoKind.SENT_BACK, f"{b.unit}报表退回后还没有重报", _since(b.received_at, on), "催报", target=b.unit, badge="returns") for b in back]


def _since(at: datetime | None, on: date) -> str:
    if at is None:
        return ""
    days = (on - at.date()).days
    return f"{at.month}月{at.day}日收到" + (f"，{days} 天" if days > 0 else "")


def _of_problems(ledger: Ledger, on: date, ids: Collection[int] | None) -> list[ToDo]:
    with ledger.read() as connection:
        known = [p for p in read_problems(connection, on, current=True) if p.status.open and (ids is None or p.project_id in ids)]
    late = sorted((p for p in known if p.overdue), key=lambda p: (-p.days_late, p.id))
    lines = together([ToDo(ToDoKind.PROBLEM_LATE, f"{_name(p)}　{p.project_name}", _overdue(p.days_late, p.responsible), "打开",
                           target=p.id, badge="problems") for p in late], "还有 {n} 个逾期的问题")
    waiting = [p for p in known if p.unassigned]
    if waiting:
        what = f"{len(waiting)} 个问题待交办" if len(waiting) > 1 else f"{_name(waiting[0])}　{waiting[0].project_name}"
        lines.append(ToDo(ToDoKind.UNASSIGNED, what, "", "交办", len(waiting), waiting[0].id if len(waiting) == 1 else None))
    return lines


def _name(p: ListedProblem) -> str:
    return p.title or p.detail


def _overdue(days: int, who: str = "") -> str:
    return f"逾期 {days} 天" + (f" · {who}" if who else "")


def _of_nodes(ledger: Ledger, period: Period, on: date, ids: Collection[int] | None, today: date | None) -> list[ToDo]:
    with ledger.read() as connection:
        nodes = read_milestones(connection, period, today, waiting_days=SOON)
    listed = [x for x in nodes.listed() if ids is None or x.project.project_id in ids]

    def line(x: ListedNode, kind: ToDoKind, when: str) -> ToDo:
        return ToDo(kind, f"{x.node.shown}　{x.project.name}", when, "打开", target=x.project.project_id, badge=kind.badge)

    late = [line(x, ToDoKind.NODE_LATE, _overdue(x.days_late, x.project.unit)) for x in nodes.overdue(listed)]
    due = [line(x, ToDoKind.NODE_DUE, f"{_day(on + timedelta(days=x.days or 0))} · {x.project.unit}") for x in nodes.due(SOON, listed)]
    return [*together(late, "还有 {n} 个逾期的节点"), *together(due, "还有 {n} 个" + f" {SOON} 天内到期的节点")]


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _of_registers(ledger: Ledger, on: date) -> list[ToDo]:
    return [ToDo(ToDoKind.RECORD_LATE, f"{s.definition.name}　{s.overdue} 条过了期限", "", "打开", s.overdue, s.id,
                 "meeting" if s.definition.key == MEETING else "work")
            for s in list_registers(ledger, on) if s.overdue]


def _of_list(ledger: Ledger, period: Period) -> list[ToDo]:
    with ledger.read() as connection:
        any_list = connection.execute(select(Import.id).where(Import.kind == "projects", Import.year == period.year, Import.decisions.is_not(None))).first()
    if any_list is None:
        return []
    from hydesk.services.returns.keep_waits import list_waits  # most periods have no list to settle

    waits = list_waits(ledger, period.year)
    if not waits:
        return []
    named = units_in_words(list(dict.fromkeys(w.wait.name for w in waits)), "处")
    return [ToDo(ToDoKind.LIST_WAITS, f"项目清单　{named}", "", "去定", len(waits))]
