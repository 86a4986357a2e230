"""One project through time: its months, every change with its source and its returns; and where any single figure came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, select

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.marks import act_is_undone, entry_holds, entry_is_undone
from hydesk.db.models import (
    Act,
    Import,
    ImportRow,
    LogEntry,
    Progress,
    Project,
    ProjectName,
    YearPlan,
)
from hydesk.db.place_words import PlaceWords
from hydesk.db.places import SOURCE, Entity, place_of
from hydesk.db.queries import AnyRow, AnySelect
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import PROGRESS_MONEY, PROGRESS_TEXTS, Field
from hydesk.domain.money import Yuan
from hydesk.domain.periods import Period
from hydesk.domain.progress import complete_year
from hydesk.domain.return_states import IN_FORCE
from hydesk.domain.snapshot import PeriodFigures


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """A month's or week's figures, completed; ``derived`` names those that follow from others and were not reported."""

    period: Period
    money: Mapping[Field, Yuan]
    texts: Mapping[Field, str]
    derived: frozenset[Field]
    day: date
    """The day as of which they hold."""

    @property
    def label(self) -> str:
        """2023年6月; 2023年第28周（截至7月14日）."""
        return self.period.label_at(self.day)


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """One line of the change log; values as the office reads them, money in 万元."""

    at: datetime
    actor: str
    field: str
    period: str
    """The period, year or node it belongs to; empty for facts."""
    old: str | None
    new: str | None
    source: str
    """What brought it: file, sheet and cell, or 手工修改 with the reason."""
    import_id: int | None
    undone: bool
    sheet: str = ""
    cell: str = ""
    words: str = ""
    """What stood in the cell."""
    entity: str = ""
    """The kind of row it belongs to, such as milestone."""
    key: str = ""
    """The field as the log names it."""
    raw: str | None = None
    """The new value as the log holds it."""


@dataclass(frozen=True, slots=True)
class ProjectReturn:
    """A return or list that named the project."""

    import_id: int
    file: str
    period: str | None
    at: datetime
    sheet: str
    row: int
    applied: bool
    undone: bool


@dataclass(frozen=True, slots=True)
class ProjectHistory:
    """Everything that happened to a project, newest change first."""

    project_id: int
    code: str
    name: str
    other_names: tuple[str, ...]
    months: tuple[MonthFigures, ...]
    changes: tuple[LoggedChange, ...]
    returns: tuple[ProjectReturn, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a value came from; ``return_id`` is None for one entered by hand, where ``words`` is the reason given."""

    return_id: int | None
    file: str
    sheet: str
    cell: str
    words: str
    actor: str
    at: datetime


def project_history(ledger: Ledger, project_id: int) -> ProjectHistory:
    """The history of a project. Raises HydeskError where there is none."""
    with ledger.read() as connection:
        return read_history(connection, project_id)


def read_history(connection: Connection, project_id: int) -> ProjectHistory:
    """As ``project_history``, within an open transaction."""
    project = connection.execute(select(Project.code, Project.name).where(Project.id == project_id)).first()
    if project is None:
        raise HydeskError("这个项目已不在台账里，请刷新后再试")
    return history_of(connection, project_id, project.code or "", project.name or "", read_log(connection, project_id))


def history_of(connection: Connection, project_id: int, code: str, name: str, log: Sequence[AnyRow]) -> ProjectHistory:
    """As ``read_history``, of a project whose code, name and ``log`` (``read_log``) are known."""
    names = connection.execute(select(ProjectName.name).where(ProjectName.project_id == project_id)).scalars().all()
    return ProjectHistory(
        project_id, code, name, tuple(names), tuple(_months(connection, project_id)),
        tuple(_changes(connection, log)), tuple(_returns(connection, project_id)))


def provenance(ledger: Ledger, project_id: int, field: Field, period: Period) -> Provenance | None:
    """Who and what brought the value of ``field`` that holds; None where nothing did, or where it was computed."""
    if field is Field.YEARS:
        field = Field.START_YEAR
    place = place_of(field, project_id, period.year, period)
    with ledger.read() as connection:
        found = connection.execute(_log().where(
            LogEntry.project_id == project_id, LogEntry.entity == place.entity.value, LogEntry.scope == place.scope,
            LogEntry.field == place.field, entry_holds()).order_by(LogEntry.id.desc()).limit(1)).first()
    if found is None or found.new is None:
        return None
    words = found.words if found.import_id is not None else found.reason
    return Provenance(found.import_id, found.file or "", found.sheet or "", found.cell or "", words or "", found.actor,
                      found.at.astimezone())


def _log() -> AnySelect:
    return (
        select(LogEntry.entity, LogEntry.scope, LogEntry.field, LogEntry.old, LogEntry.new, LogEntry.sheet,
               LogEntry.cell, LogEntry.words, LogEntry.reason, LogEntry.import_id, entry_is_undone().label("undone"), Act.actor, Act.at,
               Import.file)
        .join(Act, Act.id == LogEntry.act_id)
        .outerjoin(Import, Import.id == LogEntry.import_id)
    )


def _months(connection: Connection, project_id: int) -> list[MonthFigures]:
    columns = [getattr(Progress, f.value) for f in PROGRESS_MONEY + PROGRESS_TEXTS]
    years: dict[int, list[PeriodFigures]] = {}
    for row in connection.execute(select(Progress.period, Progress.day, *columns).where(
            Progress.project_id == project_id).order_by(Progress.ends_on)):
        period = Period.parse(row[0])
        split = 2 + len(PROGRESS_MONEY)
        money = {f: v for f, v in zip(PROGRESS_MONEY, row[2:split], strict=True) if v is not None}
        texts = {f: v for f, v in zip(PROGRESS_TEXTS, row[split:], strict=True) if v}
        years.setdefault(period.year, []).append(PeriodFigures(period, money, texts, row[1]))
    before = dict(connection.execute(select(YearPlan.year, YearPlan.invested_before).where(
        YearPlan.project_id == project_id, YearPlan.present)).tuples().all())
    months = []
    for year, held in years.items():
        reported = {f.period: frozenset(f.money) for f in held}
        months += [MonthFigures(f.period, f.money, f.texts, frozenset(f.money) - reported[f.period], f.day)
                   for f in complete_year(held, before.get(year))]
    return months


def read_log(connection: Connection, project_id: int) -> Sequence[AnyRow]:
    """Every entry of the change log about a project, the oldest first; also those that left all as it was, and those undone."""
    return connection.execute(_log().where(LogEntry.project_id == project_id).order_by(LogEntry.id)).all()


def _changes(connection: Connection, log: Sequence[AnyRow]) -> list[LoggedChange]:
    changes = []
    said = PlaceWords(connection)
    for r in reversed(log):
        if r.field == SOURCE or r.old == r.new:
            continue
        if r.import_id is not None:
            source = " ".join(part for part in (r.file, r.sheet, r.cell) if part)
        else:
            source = "手工修改" + (f"：{r.reason}" if r.reason else "")
        changes.append(LoggedChange(
            r.at.astimezone(), r.actor, said.label(r.entity, r.scope, r.field), "" if r.entity == Entity.COLUMN_VALUE else r.scope.partition("/")[2] if r.entity == Entity.COLUMN_FIGURE else r.scope,
            said.value(r.entity, r.scope, r.field, r.old), said.value(r.entity, r.scope, r.field, r.new), source, r.import_id, bool(r.undone),
            r.sheet or "", r.cell or "", r.words or "", r.entity, r.field, r.new))
    return changes


def _returns(connection: Connection, project_id: int) -> list[ProjectReturn]:
    query = (
        select(Import.id, Import.file, Import.period, Import.at, ImportRow.sheet, ImportRow.row, ImportRow.applied,
               act_is_undone(Import.act_id).label("undone"))
        .join(ImportRow, ImportRow.import_id == Import.id)
        .where(ImportRow.project_id == project_id, Import.status.in_(IN_FORCE)).order_by(Import.id.desc())
    )
    return [ProjectReturn(r.id, r.file, r.period, r.at.astimezone(), r.sheet, r.row, r.applied, bool(r.undone))
            for r in connection.execute(query)]
