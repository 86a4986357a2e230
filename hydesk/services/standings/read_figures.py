"""What is held of a year's periods, project by project, read in few queries and kept as the rows came.

A ledger may hold tens of thousands of projects and a year of months for each, so rows stay tuples: objects are made of
those only that somebody asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from hydesk.db.models import Progress
from hydesk.db.queries import AnySelect
from hydesk.db.shelves import chunks
from hydesk.domain.fields import LINKED_MONEY, PROGRESS_MONEY, PROGRESS_TEXTS, Field
from hydesk.domain.money import Yuan
from hydesk.domain.periods import NEAR_DAYS, Month, Period, Week
from hydesk.domain.progress import SERIES
from hydesk.domain.snapshot import PeriodFigures

_FIELDS = PROGRESS_MONEY + PROGRESS_TEXTS
_COLUMNS = [getattr(Progress, f.value) for f in _FIELDS]
_PERIOD, _SOURCE, _DAY, _MONEY = 1, 2, 3, 4
_TEXTS = _MONEY + len(PROGRESS_MONEY)
_YEAR = _MONEY + PROGRESS_MONEY.index(Field.YEAR_INVESTMENT)
_WEEK = _MONEY + PROGRESS_MONEY.index(Field.WEEK_INVESTMENT)
_MONEY_PLACES = range(_MONEY, _TEXTS)
_SERIES_PLACES = [tuple(_MONEY + PROGRESS_MONEY.index(f) for f in pair) for pair in SERIES]

_LINKED = _MONEY + len(LINKED_MONEY)

Completed = tuple[
    Month | Week, date, Yuan | None, Yuan | None, Yuan | None, Yuan | None, Yuan | None, Yuan | None, Yuan | None,
    *tuple[Yuan | None, ...]]
"""A period, the day as of which its figures hold, and its money in the order of ``PROGRESS_MONEY``, completed as
``complete_year`` does; what no rule links to the rest stands last, as it was reported."""


class Figures(Mapping[int, tuple[list[PeriodFigures], bool]]):
    """Per project its periods in order, and whether a return brought figures for the period asked about."""

    def __init__(self, rows: dict[int, list[Any]], period: Period) -> None:
        self._rows, self._own = rows, str(period)
        self._month = period.is_month
        self._before = str(period.previous())
        self._periods: dict[str, Month | Week] = {}
        self._days: dict[str, date] = {}

    def __getitem__(self, project: int) -> tuple[list[PeriodFigures], bool]:
        rows = self._rows[project]
        return [self._figures(row) for row in rows], self.reported(project)

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def _period(self, name: str) -> Month | Week:
        known = self._periods.get(name)
        return known if known is not None else self._periods.setdefault(name, Period.parse(name))

    def _figures(self, row: Any, money: Iterable[Yuan | None] = ()) -> PeriodFigures:
        """The figures of ``row``, with ``money`` where it has been completed."""
        period = self._period(row[_PERIOD])
        held = {f: v for f, v in zip(PROGRESS_MONEY, money or row[_MONEY:_TEXTS], strict=True) if v is not None}
        return PeriodFigures(period, held, _texts(row), None if row[_DAY] == period.day else row[_DAY])

    def reported(self, project: int) -> bool:
        """Whether a return brought figures for the period itself."""
        own = self._own
        return any(row[_PERIOD] == own and row[_SOURCE] is not None for row in self._rows.get(project, ()))

    def texts(self, project: int) -> tuple[str | None, ...]:
        """The words of the newest period that has any, in the order of ``PROGRESS_TEXTS``; empty where none has."""
        for row in reversed(self._rows.get(project, ())):
            found: tuple[str | None, ...] = tuple(row[_TEXTS:])
            if any(found):
                return found
        return ()

    def own(self, project: int) -> PeriodFigures | None:
        """What is held for the period asked about, as it was reported."""
        row = next((row for row in self._rows.get(project, ()) if row[_PERIOD] == self._own), None)
        return None if row is None else self._figures(row)

    def before(self, project: int, invested_before: Yuan | None) -> Before:
        """What is held beside the period asked about, completed: what its figures are to be compared with."""
        rows = self._rows.get(project)
        if not rows:
            return NOTHING_BEFORE
        last: int | None = None
        held_last, month, week = False, None, None
        done = self.completed(project, invested_before)
        for at, (row, (_, _, *money)) in enumerate(zip(rows, done, strict=True)):
            if row[_PERIOD] == self._own or all(v is None for v in money):
                continue
            holds = money[_YEAR - _MONEY] is not None
            if holds or not held_last:
                last, held_last = at, holds or held_last  # as ``domain.progress.newest`` chooses
            month = at if row[_PERIOD][5] != "W" else month
            week = at if row[_PERIOD] == self._before and not self._month else week

        def figures(at: int | None) -> PeriodFigures | None:
            return None if at is None else self._figures(rows[at], done[at][2:])

        newest = figures(last)
        closing = newest if month == last else figures(month)
        return Before(closing if self._month else newest, newest, closing, figures(week))

    def completed(self, project: int, invested_before: Yuan | None) -> list[Completed]:
        """The money of each period in order, each completed from the one of its kind directly before it.

        The same rule as ``domain.progress.complete_year``, over rows as they were read.
        """
        done: list[Completed] = []
        last, year_before, bureau_before = -1, None, None
        last_week, week_before = -1, None
        for row in self._rows.get(project, ()):
            period = self._periods.get(row[1]) or self._period(row[1])
            _, _, _, day, month, year, since, funds, bureau_month, bureau_year, week, *_ = row
            if row[1][5] != "W":
                number = int(row[1][5:])
                if number == 1:
                    year_before = bureau_before = 0
                elif last != number - 1:
                    year_before = bureau_before = None
                if year_before is not None:
                    if year is None:
                        year = None if month is None else year_before + month
                    elif month is None:
                        month = year - year_before
                if bureau_before is not None:
                    if bureau_year is None:
                        bureau_year = None if bureau_month is None else bureau_before + bureau_month
                    elif bureau_month is None:
                        bureau_month = bureau_year - bureau_before
                own_day = self._days.get(row[1]) or self._days.setdefault(row[1], period.day)
                last, year_before, bureau_before = number if day == own_day else -1, year, bureau_year
            else:
                number = int(row[1][6:])
                if number == 1 and isinstance(period, Week) and period.opens_year:
                    week_before = 0
                elif last_week != number - 1:
                    week_before = None
                if week_before is not None:
                    if year is None:
                        year = None if week is None else week_before + week
                    elif week is None:
                        week = year - week_before
                last_week, week_before = number, year
            if since is None and year is not None and invested_before is not None:
                since = invested_before + year
            done.append((period, day, month, year, since, funds, bureau_month, bureau_year, week, *row[_LINKED:_TEXTS]))
        return done


class Before(NamedTuple):
    """The figures beside those of a period, completed, as ``KnownProject`` has them."""

    previous: PeriodFigures | None
    newest: PeriodFigures | None
    closing: PeriodFigures | None
    week: PeriodFigures | None


NOTHING_BEFORE = Before(None, None, None, None)


def _texts(row: Any) -> dict[Field, str]:
    return {f: v for f, v in zip(PROGRESS_TEXTS, row[_TEXTS:], strict=True) if v}


def figures_of_year(connection: Connection, period: Period) -> Figures:
    """Everything held for the year up to ``period``."""
    return Figures(_read(connection, _rows(period)), period)


def figures_of(connection: Connection, period: Period, projects: set[int]) -> Figures:
    """Everything held for the year up to ``period`` of some projects."""
    return Figures(_read_some(connection, projects, period), period)


def recent_figures(connection: Connection, period: Period) -> Figures:
    """Enough of the year to tell the newest figures at ``period``.

    That is the last two months that hold anything, with their weeks, where they say everything, and the whole year for
    the projects where they do not: a figure that was reported earlier only, or a year-to-date that must be added up from earlier months.
    """
    last = connection.execute(select(func.max(Progress.ends_on)).where(known_by(period))).scalar()
    if last is None:
        return Figures({}, period)
    start = Period.month(period.year, max(1, min(last.month, period.last_month.number) - 1)).start
    recent = _read(connection, _rows(period).where(Progress.ends_on >= start))
    earlier = (Progress.year == period.year, Progress.ends_on < start)
    counts = connection.execute(select(func.count(), *(func.count(c) for c in _COLUMNS)).where(*earlier)).one()
    if counts[0]:
        known_before = [at for at, count in enumerate(counts[1:], _MONEY) if count]
        before = connection.execute(select(Progress.project_id).where(*earlier).distinct()).scalars()
        lacking = {p for p in before if p not in recent or not _enough(recent[p], known_before)}
        recent |= _read_some(connection, lacking, period)
    return Figures(recent, period)


def _enough(held: list[Any], known_before: list[int]) -> bool:
    """Whether ``held`` says everything that any earlier period said of any project."""
    if any(at in _MONEY_PLACES and at != _WEEK and all(row[at] is None for row in held) for at in known_before):
        return False
    if known_before and known_before[0] < _TEXTS and not any(row[at] is not None for row in held for at in _MONEY_PLACES):
        return False
    if known_before and known_before[-1] >= _TEXTS and not any(any(row[_TEXTS:]) for row in held):
        return False
    week = next((row for row in held if row[_PERIOD][5] == "W"), None)
    if week is not None and week[_WEEK] is not None and week[_YEAR] is None and not week[_PERIOD].endswith("W01"):
        return False
    first = next((row for row in held if row[_PERIOD][5] != "W"), None)
    return first is None or first[_PERIOD].endswith("-01") or not any(
        first[month] is not None and first[year] is None for month, year in _SERIES_PLACES)


def _read_some(connection: Connection, projects: set[int], period: Period) -> dict[int, list[Any]]:
    if len(projects) > 2000:
        return {p: held for p, held in _read(connection, _rows(period)).items() if p in projects}
    found: dict[int, list[Any]] = {}
    for ids in chunks(projects):
        found |= _read(connection, _rows(period).where(Progress.project_id.in_(ids)))
    return found


def _rows(period: Period) -> AnySelect:
    # In the index's own order, so that nothing is sorted.
    return (
        select(Progress.project_id, Progress.period, Progress.source_id, Progress.ends_on, *_COLUMNS)
        .where(known_by(period)).order_by(Progress.ends_on)
    )


def known_by(period: Period) -> ColumnElement[bool]:
    """Progress rows of the year whose figures hold by the period's day, and its own even where they state a later day."""
    known = and_(Progress.year == period.year, Progress.ends_on <= period.day)
    if period.is_month:
        return known  # of which none can be later than its end
    return and_(Progress.year == period.year, Progress.ends_on <= period.end + timedelta(days=NEAR_DAYS),
                or_(Progress.ends_on <= period.day, Progress.period == str(period)))


def _read(connection: Connection, query: AnySelect) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    same_day: set[int] = set()
    for row in _plain(connection.execute(query).all()):
        held = found.get(row[0])
        if held is None:
            found[row[0]] = [row]
        else:
            if held[-1][_DAY] == row[_DAY]:
                same_day.add(row[0])
            held.append(row)
    for project in same_day:
        # Of figures that hold on one day weeks come first and the month that closes with them last.
        found[project].sort(key=lambda row: (row[_DAY], row[_PERIOD][5] != "W", row[_PERIOD]))
    return found


def _plain(rows: Iterable[Any]) -> Iterable[Any]:
    """Rows as bare tuples, which unpack several times as fast."""
    return map(tuple, rows)
