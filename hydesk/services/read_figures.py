"""What is held of a year's periods, project by project, read in few queries without making objects of rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, func, select

from hydesk.db.models import Progress
from hydesk.db.shelves import chunks
from hydesk.domain.fields import PROGRESS_MONEY, PROGRESS_TEXTS, Field
from hydesk.domain.periods import Period
from hydesk.domain.progress import SERIES
from hydesk.domain.snapshot import PeriodFigures

Figures = dict[int, tuple[list[PeriodFigures], bool]]
"""Per project its periods in order, and whether a return brought figures for the period asked about."""

_FIELDS = PROGRESS_MONEY + PROGRESS_TEXTS
_COLUMNS = [getattr(Progress, f.value) for f in _FIELDS]
_SPLIT = 3 + len(PROGRESS_MONEY)


def figures_of_year(connection: Connection, period: Period) -> Figures:
    """Everything held for the year up to ``period``."""
    return _read(connection, _rows(period), period)


def recent_figures(connection: Connection, period: Period) -> Figures:
    """Enough of the year to tell the newest figures at ``period``.

    That is the last two months that hold anything where they say everything, and the whole year for the projects where
    they do not: a figure that was reported earlier only, or a year-to-date that must be added up from earlier months.
    """
    newest = connection.execute(select(func.max(Progress.ends_on)).where(
        Progress.year == period.year, Progress.ends_on <= period.end)).scalar()
    if newest is None:
        return {}
    start = Period.month(period.year, max(1, min(newest.month, period.last_month.number) - 1)).start
    recent = _read(connection, _rows(period).where(Progress.ends_on >= start), period)
    earlier = (Progress.year == period.year, Progress.ends_on < start)
    counts = connection.execute(select(func.count(), *(func.count(c) for c in _COLUMNS)).where(*earlier)).one()
    if not counts[0]:
        return recent
    known_before = {f for f, count in zip(_FIELDS, counts[1:], strict=True) if count}
    before = connection.execute(select(Progress.project_id).where(*earlier).distinct()).scalars()
    lacking = [p for p in before if p not in recent or not _enough(recent[p][0], known_before)]
    return recent | _read_some(connection, lacking, period)


def _enough(held: list[PeriodFigures], known_before: set[Field]) -> bool:
    money = {f for figures in held for f in figures.money}
    if any(f in known_before and f not in money for f in PROGRESS_MONEY):
        return False
    if not known_before.isdisjoint(PROGRESS_TEXTS) and not any(figures.texts for figures in held):
        return False
    first = next((f for f in held if f.period.is_month), None)
    return first is None or first.period.number == 1 or not any(
        month in first.money and year not in first.money for month, year in SERIES)


def _read_some(connection: Connection, projects: Iterable[int], period: Period) -> Figures:
    wanted = set(projects)
    if len(wanted) > 2000:
        return {p: held for p, held in figures_of_year(connection, period).items() if p in wanted}
    found: Figures = {}
    for ids in chunks(wanted):
        found |= _read(connection, _rows(period).where(Progress.project_id.in_(ids)), period)
    return found


def _rows(period: Period) -> Select[Any]:
    return (
        select(Progress.project_id, Progress.period, Progress.source_id, *_COLUMNS)
        .where(Progress.year == period.year, Progress.ends_on <= period.end)
        .order_by(Progress.project_id, Progress.ends_on)
    )


def _read(connection: Connection, query: Select[Any], period: Period) -> Figures:
    periods: dict[str, Period] = {}
    found: Figures = {}
    own = str(period)
    for row in connection.execute(query).all():
        project_id, name, source = row[:3]
        at = periods.get(name) or periods.setdefault(name, Period.parse(name))
        money = {f: v for f, v in zip(PROGRESS_MONEY, row[3:_SPLIT], strict=True) if v is not None}
        texts = {f: v for f, v in zip(PROGRESS_TEXTS, row[_SPLIT:], strict=True) if v}
        held, reported = found.get(project_id) or found.setdefault(project_id, ([], False))
        held.append(PeriodFigures(at, money, texts))
        if name == own and source is not None and not reported:
            found[project_id] = (held, True)
    return found
