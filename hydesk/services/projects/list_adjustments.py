"""退出/调整清单: every dated act on a year's list, with what was before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, extract, func, select

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.marks import act_holds
from hydesk.db.models import Act, Adjustment, Batch, LogEntry, Project
from hydesk.db.places import DROPPED, PRESENT, Entity, field_label, show_value
from hydesk.db.shelves import chunks
from hydesk.domain.lists import ListChange, read_ground
from hydesk.domain.periods import Period

SHOWN = (Entity.PROJECT.value, Entity.PLAN.value)


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One field of an act as the office reads it."""

    label: str
    old: str | None
    new: str | None

    def __str__(self) -> str:
        return f"{self.label} {self.old or '空'} → {self.new or '空'}"


@dataclass(frozen=True, slots=True)
class ListedAdjustment:
    """One line of the list. ``other`` is the project it was split from or merged into."""

    act_id: int
    project_id: int
    code: str
    name: str
    kind: ListChange
    on: date
    reason: str
    document: str
    batch: str
    other: str
    changes: tuple[FigureChange, ...]
    actor: str
    at: datetime

    @property
    def figures(self) -> str:
        """Old and new figures in one line."""
        return "；".join(map(str, self.changes))


def list_adjustments(ledger: Ledger, year: int | None = None) -> list[ListedAdjustment]:
    """Dated acts that still hold, newest first; of the acts dated in ``year`` where given."""
    with ledger.read() as connection:
        return read_adjustments(connection, year)


def read_adjustments(connection: Connection, year: int | None = None) -> list[ListedAdjustment]:
    """As ``list_adjustments``, within an open transaction."""
    query = (
        select(Adjustment.project_id, Adjustment.act_id, Adjustment.kind, Adjustment.on, Adjustment.reason,
               Adjustment.other_project_id, Batch.name.label("batch"), Act.actor, Act.at)
        .outerjoin(Act, Act.id == Adjustment.act_id).outerjoin(Batch, Batch.id == Adjustment.batch_id)
        .where(act_holds(Adjustment.act_id))
        .order_by(Adjustment.on.desc(), Adjustment.id.desc())
    )
    if year is not None:
        query = query.where(extract("year", Adjustment.on) == year)
    rows = connection.execute(query).all()
    names = {r.id: (r.code or "", r.name or "") for ids in chunks(
        {r.project_id for r in rows} | {r.other_project_id for r in rows if r.other_project_id})
        for r in connection.execute(select(Project.id, Project.code, Project.name).where(Project.id.in_(ids)))}
    changes: dict[tuple[int, int], list[FigureChange]] = defaultdict(list)
    for ids in chunks({r.act_id for r in rows if r.act_id}):
        entries = select(LogEntry.act_id, LogEntry.project_id, LogEntry.entity, LogEntry.scope, LogEntry.field,
                         LogEntry.old, LogEntry.new).where(and_(
            LogEntry.act_id.in_(ids), LogEntry.entity.in_(SHOWN))).order_by(LogEntry.id)
        for e in connection.execute(entries):
            if e.field not in (PRESENT, DROPPED) and e.old != e.new:
                changes[e.act_id, e.project_id].append(FigureChange(
                    field_label(e.entity, e.scope, e.field), show_value(e.entity, e.field, e.old),
                    show_value(e.entity, e.field, e.new)))
    return [_line(r, names, changes.get((r.act_id, r.project_id), ())) for r in rows]


@dataclass(frozen=True, slots=True)
class LaterChanges:
    """Acts dated after a period's end that nevertheless bear on its figures, and the day of the first."""

    count: int
    first: date

    def __str__(self) -> str:
        day = f"{self.first.year}年{self.first.month}月{self.first.day}日"
        return (f"{day}起有{self.count}项清单调整，项目和计划按调整后的计算；"
                "要当时的数，在“往日台账”打开那时的台账再出")


def later_changes(ledger: Ledger, period: Period) -> LaterChanges | None:
    """What the year's list became after ``period`` and what its figures are reckoned by today; None where it did not change.

    A project that left later still counts before that day, and a new name moves no amount: those two are left out.
    """
    query = (
        select(func.count(), func.min(Adjustment.on))
        .where(act_holds(Adjustment.act_id), Adjustment.on > period.end,
               extract("year", Adjustment.on) == period.year, Adjustment.kind.not_in(_TRUE_TO_THE_DAY))
    )
    with ledger.read() as connection:
        count, first = connection.execute(query).one()
    return LaterChanges(count, first) if count else None


_TRUE_TO_THE_DAY = (ListChange.DROPPED.value, ListChange.RENAMED.value)


def _line(
    row: object, names: dict[int, tuple[str, str]], changes: Iterable[FigureChange]
) -> ListedAdjustment:
    r: Any = row
    kind, (reason, document) = ListChange(r.kind), read_ground(r.reason)
    shown = tuple(changes)
    if kind in (ListChange.ADDED, ListChange.SPLIT) and all(c.old is None for c in shown):
        shown = tuple(c for c in shown if c.label in _MAIN)  # a new project's every fact would be a page
    code, name = names.get(r.project_id, ("", ""))
    other = " ".join(names.get(r.other_project_id, ())) if r.other_project_id else ""
    return ListedAdjustment(r.act_id or 0, r.project_id, code, name, kind, r.on, reason, document, r.batch or "", other,
                            shown, r.actor or "", r.at.astimezone() if r.at else datetime.min)


_MAIN = ("总投资", "年度计划投资", "截至上年底累计完成投资")
