"""The ledger as it stood: a read-only copy rewound along the seals of the change log, for every screen and report.

Every doing, undoing and redoing is a numbered event (``db.seals``). The state after event n is what the log's entries
up to n say, each counted as done or undone as the events up to n left it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime, time, timedelta

from sqlalchemy import (
    Connection,
    and_,
    column,
    delete,
    func,
    insert,
    or_,
    select,
    table,
    text,
    tuple_,
    update,
)

from hydesk.db import marks, seals, sqlite_file
from hydesk.db.carry import copy_to_file
from hydesk.db.journal import settle
from hydesk.db.ledger import Ledger, connect
from hydesk.db.models import (
    Act,
    ActMark,
    Adjustment,
    Import,
    ImportCell,
    ImportFile,
    ImportFinding,
    ImportRow,
    LogEntry,
    LogSeal,
    Progress,
    Remembered,
    ReportIssue,
    ReportIssueFile,
    SparedPart,
)
from hydesk.db.places import Entity, Place
from hydesk.db.shelves import chunks
from hydesk.domain.errors import HydeskError
from hydesk.services.upkeep.open_ledger import open_ledger
from hydesk.temporary import make_folder

PAST = "正在查看过去的台账（只读），不能修改。要修改，请先返回现在"


class PastLedger(Ledger):
    """A ledger as it stood, read-only; its temporary file goes when it is closed. ``said`` tells of when, for a banner."""

    def __init__(self, copy: Ledger, said: str) -> None:
        super().__init__(copy.location, copy.path, copy._engine, read_only=True)
        self.said = said

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Raises HydeskError: what has been cannot be changed."""
        raise HydeskError(PAST)
        yield  # what makes this a context manager

    def close(self) -> None:
        """Give the copy back and delete it."""
        super().close()
        if self.path is not None:
            with suppress(OSError):  # one still held by a reader goes with the temporary folder
                sqlite_file.remove(self.path)
                self.path.parent.rmdir()


def end_of_day(day: date) -> datetime:
    """The last moment of a day here."""
    return datetime.combine(day, time()).astimezone() + timedelta(days=1, microseconds=-1)


def ledger_as_of(
    ledger: Ledger, moment: datetime | date | None = None, act_id: int | None = None
) -> PastLedger:
    """The ledger as it stood at ``moment`` (a date: at its end) or right after the act ``act_id``; to be closed.

    Raises HydeskError where there was nothing yet, or the act is not known.
    """
    with ledger.read() as connection:
        last, said = _place(connection, moment, act_id)
    folder = make_folder()
    path = folder / ("台账.hydesk" if ledger.path is None else ledger.path.name)
    try:
        copy_to_file(ledger, path, passing=True)
        copy = connect(path, passing=True)
        try:
            with copy.write() as connection:
                _rewind(connection, last)
        finally:
            copy.close()
        past = PastLedger(open_ledger(path, read_only=True), said)
        past.beside, past.keeper = ledger.beside, ledger.keeper
        return past
    except BaseException:
        with suppress(OSError):
            sqlite_file.remove(path)
            folder.rmdir()
        raise


def _place(connection: Connection, moment: datetime | date | None, act_id: int | None) -> tuple[int, str]:
    """The last event that counts, and how to call it."""
    if act_id is not None:
        row = connection.execute(select(func.max(LogSeal.id), Act.title, Act.at).join(Act, Act.id == LogSeal.act_id).where(
            LogSeal.act_id == act_id, LogSeal.event.in_(seals.WROTE)).group_by(Act.title, Act.at)).first()
        if row is None:
            raise HydeskError("没有这一步操作，请从列表里重新选择")
        return row[0], f"{row[1]} 之后（{row[2].astimezone():%Y-%m-%d %H:%M}）"
    if moment is None:
        raise HydeskError("请选择日期或某一步操作")
    whole_day = not isinstance(moment, datetime)
    until = moment if isinstance(moment, datetime) else end_of_day(moment)
    last = connection.execute(select(func.max(LogSeal.id)).where(LogSeal.at <= until)).scalar()
    shown = f"{moment:%Y-%m-%d}" if whole_day else f"{moment:%Y-%m-%d %H:%M}"
    if last is None:
        first = connection.execute(select(func.min(LogSeal.at))).scalar()
        since = f"，最早的记录是 {first.astimezone():%Y-%m-%d %H:%M}" if first else ""
        raise HydeskError(f"{shown} 时这本台账还没有任何内容{since}")
    return last, f"{shown}{' 当天结束时' if whole_day else ''}"


_WRITTEN = table("then_written", column("act_id"), column("newest"), column("kept"))
"""Per act the newest entry it had written by the moment, and whether it had been done at all."""
_GONE = table("gone_imports", column("id"))
_LATER = table("later_entries", *map(column, ("id", "entity", "project_id", "scope", "field")))
"""The entries that came later."""
_PLACE = (_LATER.c.entity, _LATER.c.project_id, _LATER.c.scope, _LATER.c.field)
_FIND_LATER = """
    CREATE TEMP TABLE later_entries AS SELECT e.id, e.entity, e.project_id, e.scope, e.field
    FROM then_written t CROSS JOIN change_log e ON e.act_id = t.act_id AND e.id > t.newest"""
"""Act by act (CROSS JOIN keeps SQLite to that order), so that what was there before costs nothing."""


def _rewind(connection: Connection, last: int) -> None:
    """Make the copy what it was after event ``last``; what came later is taken out of it.

    The work goes by what came later: neither the log nor its events are read as a whole.
    """
    _note_written(connection, last)
    undone, marked = _marks_then(connection, last)
    # Of two projects that bore one code at different times both may be present for a moment while values are put back.
    one_code_once = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'uq_projects_code_present'")).scalar()
    connection.execute(text("DROP INDEX IF EXISTS uq_projects_code_present"))
    _drop_later_progress(connection)
    moved = _moved(connection, undone)
    settle(connection, moved, _holding_then(connection, undone))
    _forget_marks(connection, marked)
    _forget_later(connection, last)
    if one_code_once:  # a copy without it would count as one whose tables somebody else made, and be opened as damaged
        connection.exec_driver_sql(one_code_once)


def _note_written(connection: Connection, last: int) -> None:
    connection.execute(text("CREATE TEMP TABLE then_written (act_id INTEGER PRIMARY KEY, newest INTEGER, kept INTEGER)"))
    wrote = and_(LogSeal.act_id == Act.id, LogSeal.id <= last, LogSeal.event.in_(seals.WROTE))
    connection.execute(insert(_WRITTEN).from_select(["act_id", "newest", "kept"], select(
        Act.id, func.coalesce(func.max(LogSeal.last_entry), 0), func.count(LogSeal.id) > 0).join(LogSeal, wrote, isouter=True).group_by(Act.id)))
    connection.execute(text(_FIND_LATER))


def _marks_then(connection: Connection, last: int) -> tuple[dict[int, frozenset[marks.Part]], Counter[int]]:
    """The acts that were undone then, with what was spared; how many marks of undoing and redoing each act had."""
    undone: dict[int, frozenset[marks.Part]] = {}
    marked: Counter[int] = Counter()
    ever = select(LogSeal.act_id).where(LogSeal.event.not_in(seals.WROTE))
    for row in connection.execute(select(LogSeal.act_id, LogSeal.event, LogSeal.spared)
                                  .where(LogSeal.id <= last, LogSeal.act_id.in_(ever)).order_by(LogSeal.id)):
        if row.event not in seals.WROTE:
            marked[row.act_id] += 1
        undone.pop(row.act_id, None)
        if row.event == marks.UNDONE:
            undone[row.act_id] = seals.read_spared(row.spared)
    return undone, marked


def _holding_then(connection: Connection, undone: Mapping[int, frozenset[marks.Part]]) -> marks.Holds:
    """Whether an entry held then; one that came later did not."""
    of_those_acts = marks.holding(undone)
    newest = dict(connection.execute(select(_WRITTEN.c.act_id, _WRITTEN.c.newest)).tuples().all())

    def holds(entry: int, act_id: int, project_id: int, entity: str, scope: str) -> bool:
        return entry <= newest.get(act_id, 0) and of_those_acts(entry, act_id, project_id, entity, scope)

    return holds


_MONTHS = table("later_progress", column("project_id"), column("scope"))
_KNEW = """
    DELETE FROM later_progress WHERE EXISTS (
        SELECT 1 FROM change_log e LEFT JOIN then_written t ON t.act_id = e.act_id
        WHERE e.project_id = later_progress.project_id AND e.entity = 'progress' AND e.scope = later_progress.scope
          AND (e.id <= coalesce(t.newest, 0) OR (e.old IS NOT NULL AND NOT EXISTS (
               SELECT 1 FROM change_log f WHERE f.project_id = e.project_id AND f.entity = e.entity AND f.scope = e.scope
                 AND f.field = e.field AND f.id < e.id))))"""
"""Months of which the log knew something by then, or something from before the log, are left to be settled."""


def _drop_later_progress(connection: Connection) -> None:
    """Take out, all at once, the months and weeks of which every entry came later: nothing of them was held then.

    They are most of what came since, and need not be read value by value.
    """
    connection.execute(text("CREATE TEMP TABLE later_progress (project_id INTEGER, scope TEXT, PRIMARY KEY (project_id, scope)) WITHOUT ROWID"))
    later = select(_LATER.c.project_id, _LATER.c.scope).where(_LATER.c.entity == Entity.PROGRESS.value).distinct()
    connection.execute(insert(_MONTHS).from_select(["project_id", "scope"], later))
    connection.execute(text(_KNEW))
    connection.execute(delete(Progress).where(tuple_(Progress.project_id, Progress.period).in_(select(_MONTHS.c.project_id, _MONTHS.c.scope))))


def _moved(connection: Connection, undone: Mapping[int, frozenset[marks.Part]]) -> set[Place]:
    """The places with an entry that counts otherwise than then, or came later."""
    dropped = and_(_LATER.c.entity == Entity.PROGRESS.value, _MONTHS.c.project_id == _LATER.c.project_id, _MONTHS.c.scope == _LATER.c.scope)
    later = select(*_PLACE).select_from(_LATER.join(_MONTHS, dropped, isouter=True)).where(_MONTHS.c.scope.is_(None))
    moved = {Place(Entity(e), p, s, f) for e, p, s, f in connection.execute(later.distinct())}
    now = {act_id: m.spared for act_id, m in marks.standing(connection).items()}
    then_holds, now_holds = marks.holding(undone), marks.holding(now)
    for ids in chunks({a for a in undone.keys() | now.keys() if undone.get(a) != now.get(a)}):
        for act_id, e, p, s, f in connection.execute(
                select(LogEntry.act_id, LogEntry.entity, LogEntry.project_id, LogEntry.scope, LogEntry.field).where(LogEntry.act_id.in_(ids))):
            if then_holds(0, act_id, p, e, s) != now_holds(0, act_id, p, e, s):
                moved.add(Place(Entity(e), p, s, f))
    return moved


def _forget_marks(connection: Connection, marked: Mapping[int, int]) -> None:
    """Leave of every act as many marks as events had told of by then; those that came later go."""
    left = Counter(marked)
    later = []
    for m in marks.all_marks(connection):
        left[m.act_id] -= 1
        if left[m.act_id] < 0:
            later.append(m.id)
    for ids in chunks(later):
        connection.execute(delete(SparedPart).where(SparedPart.mark_id.in_(ids)))
        connection.execute(delete(ActMark).where(ActMark.id.in_(ids)))


def _forget_later(connection: Connection, last: int) -> None:
    """Take acts, entries, imports and notes that came later out of the copy, each table at once."""
    moment = connection.execute(select(LogSeal.at).where(LogSeal.id == last)).scalar()
    acts = select(_WRITTEN.c.act_id).where(_WRITTEN.c.kept == 0)
    connection.execute(text("CREATE TEMP TABLE gone_imports (id INTEGER PRIMARY KEY)"))
    connection.execute(insert(_GONE).from_select(["id"], select(Import.id).where(Import.act_id.in_(acts))))
    gone = select(_GONE.c.id)
    if connection.execute(gone.limit(1)).first() is not None:
        connection.execute(update(Import).where(Import.superseded_by.in_(gone)).values(superseded_by=None))
        connection.execute(delete(ImportCell).where(ImportCell.row_id.in_(select(ImportRow.id).where(ImportRow.import_id.in_(gone)))))
        for model in (ImportRow, ImportFinding, ImportFile):
            connection.execute(delete(model).where(model.import_id.in_(gone)))
        connection.execute(delete(Import).where(Import.id.in_(gone)))
    connection.execute(delete(LogSeal).where(LogSeal.id > last))
    connection.execute(delete(LogEntry).where(LogEntry.id.in_(select(_LATER.c.id))))
    connection.execute(update(LogEntry).where(LogEntry.import_id.in_(gone)).values(import_id=None))
    connection.execute(delete(Adjustment).where(Adjustment.act_id.in_(acts)))
    connection.execute(delete(Act).where(Act.id.in_(acts)))
    absent = select(ReportIssue.id).where(or_(~ReportIssue.present, ReportIssue.issued_at.is_(None)))
    connection.execute(delete(ReportIssueFile).where(ReportIssueFile.issue_id.in_(absent)))
    connection.execute(delete(Remembered).where(Remembered.at > moment))
