"""The ledger as it stood: a read-only copy rewound along the seals of the change log, for every screen and report.

Every doing, undoing and redoing is a numbered event (``db.seals``). The state after event n is what the log's entries
up to n say, each counted as done or undone as the events up to n left it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, delete, func, or_, select, text, update

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
        copy_to_file(ledger, path)
        copy = connect(path)
        try:
            with copy.write() as connection:
                _rewind(connection, last)
        finally:
            copy.close()
        past = PastLedger(open_ledger(path, read_only=True), said)
        past.beside = ledger.beside
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


def _rewind(connection: Connection, last: int) -> None:
    """Make the copy what it was after event ``last``; what came later is taken out of it."""
    undone: dict[int, frozenset[marks.Part]] = {}
    until: dict[int, int] = {}
    marked: Counter[int] = Counter()
    for row in connection.execute(select(LogSeal.act_id, LogSeal.event, LogSeal.spared, LogSeal.last_entry)
                                  .where(LogSeal.id <= last).order_by(LogSeal.id)):
        if row.event in seals.WROTE:
            until[row.act_id] = max(until.get(row.act_id, 0), row.last_entry)
        else:
            marked[row.act_id] += 1
        undone.pop(row.act_id, None)
        if row.event == marks.UNDONE:
            undone[row.act_id] = seals.read_spared(row.spared)
    # Of two projects that bore one code at different times both may be present for a moment while values are put back.
    one_code_once = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'uq_projects_code_present'")).scalar()
    connection.execute(text("DROP INDEX IF EXISTS uq_projects_code_present"))
    then = _holding_then(undone, until)
    settle(connection, _moved(connection, then, until), then)
    _forget_marks(connection, marked)
    _forget_later(connection, last, set(until), until)
    if one_code_once:  # a copy without it would count as one whose tables somebody else made, and be opened as damaged
        connection.exec_driver_sql(one_code_once)


def _holding_then(undone: Mapping[int, frozenset[marks.Part]], until: Mapping[int, int]) -> marks.Holds:
    """Whether an entry held then; one that came later did not."""
    of_those_acts = marks.holding(undone)

    def holds(entry: int, act_id: int, project_id: int, entity: str, scope: str) -> bool:
        return entry <= until.get(act_id, 0) and of_those_acts(entry, act_id, project_id, entity, scope)

    return holds


def _moved(connection: Connection, then: marks.Holds, until: Mapping[int, int]) -> set[Place]:
    """The places with an entry that counts otherwise than then, or came later."""
    now = marks.holding_now(connection)
    query = select(LogEntry.id, LogEntry.act_id, LogEntry.project_id, LogEntry.entity, LogEntry.scope,
                   LogEntry.field).execution_options(yield_per=5000)
    return {Place(Entity(entity), project_id, scope, field)
            for entry, act_id, project_id, entity, scope, field in connection.execute(query)
            if entry > until.get(act_id, 0)
            or then(entry, act_id, project_id, entity, scope) != now(entry, act_id, project_id, entity, scope)}


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


def _forget_later(connection: Connection, last: int, acts: set[int], until: dict[int, int]) -> None:
    """Take acts, entries, imports and notes that came later out of the copy."""
    moment = connection.execute(select(LogSeal.at).where(LogSeal.id == last)).scalar()
    later_acts = [i for i in connection.execute(select(Act.id)).scalars() if i not in acts]
    imports = list(connection.execute(select(Import.id).where(Import.act_id.in_(select(Act.id).where(
        Act.id.not_in(acts))))).scalars()) if later_acts else []
    for ids in chunks(imports):
        rows = select(ImportRow.id).where(ImportRow.import_id.in_(ids))
        connection.execute(update(Import).where(Import.superseded_by.in_(ids)).values(superseded_by=None))
        connection.execute(delete(ImportCell).where(ImportCell.row_id.in_(rows)))
        connection.execute(update(LogEntry).where(LogEntry.import_id.in_(ids)).values(import_id=None))
        for model in (ImportRow, ImportFinding, ImportFile):
            connection.execute(delete(model).where(model.import_id.in_(ids)))
        connection.execute(delete(Import).where(Import.id.in_(ids)))
    connection.execute(delete(LogSeal).where(LogSeal.id > last))
    for ids in chunks(later_acts):
        connection.execute(delete(LogEntry).where(LogEntry.act_id.in_(ids)))
        connection.execute(delete(Adjustment).where(Adjustment.act_id.in_(ids)))
        connection.execute(delete(Act).where(Act.id.in_(ids)))
    for act_id, newest in until.items():
        if newest:
            connection.execute(delete(LogEntry).where(LogEntry.act_id == act_id, LogEntry.id > newest))
    absent = select(ReportIssue.id).where(or_(~ReportIssue.present, ReportIssue.issued_at.is_(None)))
    connection.execute(delete(ReportIssueFile).where(ReportIssueFile.issue_id.in_(absent)))
    connection.execute(delete(Remembered).where(Remembered.at > moment))
