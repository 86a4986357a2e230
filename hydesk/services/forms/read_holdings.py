"""What the ledger has to put into forms, read for a period when the first form asks for it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, and_, select

from hydesk.db.ledger import Ledger
from hydesk.db.models import Import, ImportCell, ImportRow, Progress
from hydesk.domain.fields import PROGRESS_MONEY, Field
from hydesk.domain.money import Yuan
from hydesk.domain.periods import Period
from hydesk.domain.understanding import ReadValue
from hydesk.returns.forms.holdings import Holdings, LedgerAt
from hydesk.services.projects.export_ledger import ledger_rows
from hydesk.services.standings.list_standings import ledger_years, read_standings
from hydesk.services.standings.period_view import read_view
from hydesk.services.standings.read_figures import figures_of_year
from hydesk.services.standings.read_scope import read_choices


def read_holdings(ledger: Ledger, period: Period) -> Holdings:
    """Of all projects; other periods than ``period`` are read once a form asks for them."""
    held: dict[Period, LedgerAt | None] = {}
    years = set(ledger_years(ledger))

    def at(wanted: Period) -> LedgerAt | None:
        if wanted not in held:
            with ledger.read() as connection:
                held[wanted] = _read(connection, wanted) if wanted.year in years else None
        return held[wanted]

    now = at(period)
    with ledger.read() as connection:
        return Holdings(at, read_choices(connection, period, () if now is None else now.members))


def _read(connection: Connection, period: Period) -> LedgerAt:
    figures = figures_of_year(connection, period)
    standings = read_standings(connection, period, figures)
    view = read_view(connection, period, figures, standings)
    keys = {s.id: s.code or s.name for s in standings}
    rows: dict[str, Mapping[Field, ReadValue | None]] = {}
    for row in ledger_rows(connection, period.year):
        rows[str(row.get(Field.CODE) or row.get(Field.NAME))] = row
    told: dict[str, dict[Period, Mapping[Field, Yuan]]] = {}
    for s in standings:
        told[keys[s.id]] = {
            at: {f: v for f, v in zip(PROGRESS_MONEY, money, strict=True) if v is not None}
            for at, _, *money in figures.completed(s.id, s.invested_before)}
    return LedgerAt(period, {keys[s.id]: s for s in standings}, rows, told, view.members(connection), view.yardstick,
                    _sources(connection, period, keys), _cells(connection, period, keys))


def _sources(connection: Connection, period: Period, keys: Mapping[int, str]) -> dict[tuple[str, Period], str]:
    """By project and period the file that brought the figures, and by field the cell of those of ``period`` itself."""
    query = select(Progress.project_id, Progress.period, Import.file).join(Import, Import.id == Progress.source_id).where(
        Progress.year == period.year)
    periods: dict[str, Period] = {}
    found: dict[tuple[str, Period], str] = {}
    for project, at, name in connection.execute(query).tuples():
        if project in keys and name:
            found[keys[project], periods.get(at) or periods.setdefault(at, Period.parse(at))] = name
    return found


def _cells(connection: Connection, period: Period, keys: Mapping[int, str]) -> dict[tuple[str, Field], str]:
    """By project and field the sheet and cell that the figure of ``period`` was read from."""
    fields = {f.value: f for f in PROGRESS_MONEY}
    query = (
        select(Progress.project_id, ImportCell.field, ImportRow.sheet, ImportCell.cell)
        .join(ImportRow, and_(ImportRow.import_id == Progress.source_id, ImportRow.project_id == Progress.project_id))
        .join(ImportCell, ImportCell.row_id == ImportRow.id)
        .where(Progress.period == str(period), ImportCell.field.in_(fields), ImportCell.cell.is_not(None)))
    return {(keys[project], fields[field]): f"表“{sheet}”{cell}" for project, field, sheet, cell in connection.execute(query).tuples() if project in keys}
