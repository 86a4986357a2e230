"""Where the year will end: ranges for projects, units, groups and the city (docs/rules.md §10)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field

from hydesk.dataclass import dataclass
from hydesk.domain.forecast.rows import ForecastRow, row_of, unit_pace
from hydesk.domain.forecast.sums import ForecastPart, LooseSpread, Spread, spread_of
from hydesk.domain.forecast.teachers import Lessons, lessons
from hydesk.domain.forecast.unlearnt import Unlearnt
from hydesk.domain.money import Yuan
from hydesk.domain.project_year import MONTHS, ProjectYear, Years


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where the year will end, yuan: four of five times between ``low`` and ``high``, as likely above ``mid`` as below.

    ``done`` is the newest sum known, ``plan`` the year's plan (None without one).
    """

    low: Yuan
    mid: Yuan
    high: Yuan
    plan: Yuan | None
    done: Yuan


@dataclass(frozen=True, slots=True)
class YearEnd:
    """The forecast of a city, or of a scope of its projects, as of ``month``. ``learnt``: how many earlier years it rests on;
    0: its ranges are wide.

    ``city`` is the sum of all that was asked for. ``projects`` by id. A sum's middle is not the sum of its projects' middles: a few large ones run far ahead.
    """

    year: int
    month: int
    learnt: int
    city: Outlook
    groups: Mapping[str, Outlook]
    units: Mapping[str, Outlook]
    projects: Mapping[int, Outlook]
    begun: Mapping[int, Yuan] = field(default_factory=dict)
    """What a project that waits brings in the rest of the year if it begins now, by id."""


def forecast_year_end(years: Years, year: int, month: int, only: Collection[int] | None = None) -> YearEnd:
    """Forecast the end of ``year`` from what was known at the end of ``month``; nothing later is looked at.

    Earlier years are those of ``years`` before ``year`` that were reported to their end. ``month`` 0: nothing is known yet.
    With ``only`` the sums are of those projects (a scope): each is forecast as it is among all, so that a project's range is
    the same whatever else is looked at (docs/rules.md §11.3).
    """
    listed = list(years.get(year, ()))
    earlier = {y: list(held) for y, held in years.items() if y < year and _closed(held)}
    teacher: Lessons | Unlearnt = lessons(earlier, month) if earlier and month < MONTHS else Unlearnt(listed, month)
    pace = unit_pace(listed, month)
    whole = _mean_pace(listed, month)
    rows = [row_of(p, month, pace, whole) for p in listed]
    projects: dict[int, Outlook] = {}
    begun: dict[int, Yuan] = {}
    parts: list[tuple[ForecastRow, ForecastPart]] = []
    for row in rows:
        if only is not None and row.project.id not in only:
            continue
        over = row.at == MONTHS
        low, mid, high = (0.0, 0.0, 0.0) if over else teacher.span(row)
        base = _base(row)
        projects[row.project.id] = Outlook(
            row.done + round(low * base), row.done + round(mid * base), row.done + round(high * base),
            row.project.annual_plan, row.done)
        if row.waiting and row.plan and not over:
            begun[row.project.id] = round(teacher.begun(row) * base)
        mean, variance = (0.0, 0.0) if over else teacher.mean(row)
        parts.append((row, ForecastPart(mean * base, variance * base * base)))
    spread = spread_of(teacher) if isinstance(teacher, Lessons) else teacher.spread
    units = {name: _sum(held, spread, "unit") for name, held in _by(parts, "unit").items()}
    groups = {name: _sum(held, spread, "group") for name, held in _by(parts, "group").items()}
    level = "city" if len(parts) == len(listed) else "unit" if len(units) == 1 else "group"
    return YearEnd(year, month, len(earlier) if month < MONTHS else 0, _sum(parts, spread, level), groups, units, projects, begun)


def _base(row: ForecastRow) -> Yuan:
    """What shares are of: the plan; without one, what was done by now over a year at that pace."""
    return row.plan or (row.done * MONTHS // max(1, row.at) if row.done else 0)


def _closed(held: Sequence[ProjectYear]) -> bool:
    """Whether a year's list was reported to its end: most projects with a plan have a figure of December or November."""
    planned = [p for p in held if p.annual_plan]
    return len(planned) >= 20 and sum(p.newest(MONTHS) >= MONTHS - 1 for p in planned) * 5 >= len(planned) * 4


def _mean_pace(listed: Sequence[ProjectYear], month: int) -> float:
    told = [p for p in listed if p.annual_plan and p.newest(month) == month]
    planned = sum(p.annual_plan or 0 for p in told)
    return sum(p.done(month) for p in told) / planned if planned else month / MONTHS


def _by(parts: Sequence[tuple[ForecastRow, ForecastPart]], name: str) -> dict[str, list[tuple[ForecastRow, ForecastPart]]]:
    found: dict[str, list[tuple[ForecastRow, ForecastPart]]] = {}
    for row, part in parts:
        key = getattr(row.project, name)
        if key:
            found.setdefault(key, []).append((row, part))
    return found


def _sum(parts: Sequence[tuple[ForecastRow, ForecastPart]], spread: Spread | LooseSpread, level: str) -> Outlook:
    done = sum(row.done for row, _ in parts)
    plan = sum(row.plan for row, _ in parts)
    by_unit: dict[str, list[ForecastPart]] = {}
    for row, part in parts:
        by_unit.setdefault(row.project.unit, []).append(part)
    low, mid, high = spread.of(list(by_unit.values()), level)
    low, mid, high = max(0, round(low)), max(0, round(mid)), max(0, round(high))
    return Outlook(done + low, done + max(low, mid), done + max(low, mid, high), plan or None, done)
