"""What projects hold in columns of the office's own: listed, set one by one, taken in with a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, func, select

from hydesk.dataclass import dataclass
from hydesk.db.journal import Write
from hydesk.db.ledger import Ledger
from hydesk.db.models import Project, Unit, YearPlan
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.ledger_parts import OWN_FIGURES, RETIRED_VALUES, LedgerParts
from hydesk.domain.money import MoneyUnit
from hydesk.domain.own_columns import OwnCell, OwnColumn, OwnValue, read_own_value, same_name
from hydesk.domain.periods import Month, Period
from hydesk.services.acts.writing import writing
from hydesk.services.projects.edit_block import Edit, judge_edits, write_edits
from hydesk.services.projects.own_columns import column_called, column_writes, own_write
from hydesk.services.standings.own_columns import list_own_columns, read_own_columns, read_own_values


@dataclass(frozen=True, slots=True)
class HeldValue:
    """What one project holds in a column; None where it holds nothing."""

    code: str
    name: str
    unit: str
    value: OwnValue | None


def list_own_values(ledger: Ledger, name: str, year: int | None = None) -> tuple[OwnColumn, list[HeldValue]]:
    """The column called ``name`` and what every project on the list of ``year`` (the newest where None) holds in it; of what
    is told by period, the newest by the year's end."""
    with ledger.read() as connection:
        column = column_called(read_own_columns(connection, retired=True), name)
        year = year if year is not None else _newest(connection)
        held = read_own_values(connection, [column], Period.month(year, 12))
        query = select(Project.id, Project.code, Project.name, Unit.name.label("unit")).join(
            YearPlan, YearPlan.project_id == Project.id).outerjoin(Unit, Unit.id == Project.unit_id).where(
            Project.present, YearPlan.present, YearPlan.year == year).order_by(Project.id)
        return column, [HeldValue(r.code or "", r.name or "", r.unit or "", held.get(r.id, {}).get(column.id))
                        for r in connection.execute(query)]


@writing
def set_own_values(
    ledger: Ledger, name: str, values: Mapping[str, str], year: int | None = None, actor: Actor | None = None,
    period: Period | None = None,
) -> int:
    """Let the projects of these codes (or whole names) hold these words in the column called ``name``; how many changed.

    Empty words empty it. One act. ``period`` is needed where the column is told by period. Raises HydeskError where a project
    or the column is not known, or words cannot stand there.
    """
    column = column_called(list_own_columns(ledger), name)
    if column.kind.by_period and period is None:
        raise HydeskError(f"“{column.name}”是逐期填报的，要写明报告期，如 --period 2023-06；没有写入")
    year = period.year if period is not None else year
    with ledger.read() as connection:
        year = year if year is not None else _newest(connection)
        ids = [_project(connection, said, year) for said in values]
    period = period or Period.month(year, 12)
    judged = judge_edits(ledger, [Edit(i, column, words) for i, words in zip(ids, values.values(), strict=True)], period)
    refused = [f"“{j.project}”：{j.refused}" if j.project else j.refused for j in judged if j.refused]
    if refused:
        raise HydeskError("没有写入。" + "；".join(refused))
    return write_edits(ledger, judged, period, actor=actor).value


@writing
def set_own_value(
    ledger: Ledger, project_id: int, column: OwnColumn, words: str, period: Period, reason: str = "", actor: Actor | None = None,
) -> int:
    """Let one project, on the list of the period's year, hold ``words`` in ``column``; how many values changed.

    Raises HydeskError where they cannot stand there.
    """
    (judged,) = judge_edits(ledger, [Edit(project_id, column, words)], period)
    if judged.refused:
        raise HydeskError(judged.refused)
    return write_edits(ledger, [judged], period, reason=reason, actor=actor).value


def _newest(connection: Connection) -> int:
    year = connection.execute(select(func.max(YearPlan.year)).where(YearPlan.present)).scalar()
    if year is None:
        raise HydeskError("台账里还没有项目，请先导入项目清单")
    return year


def _project(connection: Connection, said: str, year: int) -> int:
    query = select(Project.id).join(YearPlan, YearPlan.project_id == Project.id).where(
        Project.present, YearPlan.present, YearPlan.year == year)
    found = connection.execute(query.where(Project.code == said)).scalars().all() or connection.execute(
        query.where(Project.name == said)).scalars().all()
    if len(found) != 1:
        raise HydeskError(f"{year}年清单里{'没有' if not found else '不止一个'}“{said}”，请写市重点编号")
    return int(found[0])


def take_own(
    connection: Connection, shelves: Shelves, rows: Iterable[tuple[int, str, Sequence[OwnCell]]], parts: LedgerParts | None = None,
    codes: Mapping[str, int] | None = None, *, year: int,
) -> list[Write]:
    """What gives projects (id, sheet) the values that stood in their rows, for an act that does more, such as an import.

    A list says of what is told by period how it stood as the year began: it is of the January of ``year``, so that whatever
    was reported since stays the newer.

    A column that is not defined yet (its id is 0) is made, unless one of its name is there; all within the same act.
    ``parts`` is what an export holds beside its list: its columns are made too, and what stands in retired ones is given
    to the projects of ``codes``.
    """
    listed = list(rows)
    known = {same_name(h): c for c in reversed(read_own_columns(connection, retired=True)) for h in reversed(c.heads)}
    wanted = {same_name(c.name): c for c in parts.columns} if parts is not None else {}
    wanted |= {same_name(cell.column.name): cell.column for _, _, cells in listed for cell in cells
               if not cell.column.id and same_name(cell.column.name) not in wanted}
    made, writes = column_writes(connection, shelves, [c for name, c in wanted.items() if name not in known])
    known |= {same_name(c.name): c for c in made}
    for project_id, sheet, cells in listed:
        for cell in cells:
            column = cell.column if cell.column.id else known[same_name(cell.column.name)]
            if cell.value is not None:
                writes.append(own_write(project_id, column, cell.value, Month(year, 1), sheet, cell.cell or None, cell.words or None))
    for code, name, text in parts.retired if parts is not None else ():
        if code in (codes or {}) and (own := known.get(same_name(name))) is not None:
            writes.append(own_write((codes or {})[code], own, read_own_value(own.kind, text), Month(year, 1), RETIRED_VALUES))
    writes += _told(parts, known, codes or {}) if parts is not None else []
    return writes


def _told(parts: LedgerParts, known: Mapping[str, OwnColumn], codes: Mapping[str, int]) -> Iterator[Write]:
    """What an export holds of columns that are told by period; a line that cannot be read is left out."""
    from hydesk.returns.own_values import read_own

    for line in parts.own_figures:
        column = known.get(same_name(line.column))
        if column is None or not column.kind.by_period or line.code not in codes:
            continue
        try:
            period = Period.parse(line.period)
        except ValueError:
            continue
        value, _ = read_own(column, line.digits, period.year, MoneyUnit.WAN)
        if value is not None:
            yield own_write(codes[line.code], column, value, period, OWN_FIGURES)
