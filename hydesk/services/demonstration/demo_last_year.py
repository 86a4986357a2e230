"""Last year's list of the demonstration and its months: what went on into this year, and what was finished then.

Made from this year's projects, so that 截至上年底累计 is what was done until last December; nothing of this year is drawn anew.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import Field
from hydesk.domain.ledger_parts import FigureLine, LedgerParts
from hydesk.domain.money import Yuan
from hydesk.domain.periods import Period
from hydesk.domain.understanding import ReadValue
from hydesk.excel.write_ledger import write_ledger
from hydesk.services.demonstration.demo_projects import (
    STEP,
    YEAR,
    DemoProject,
    unit_drafts,
    vocabulary,
)

LAST_YEAR = YEAR - 1
FINISHED_EVERY = 5
"""Of a unit's projects, so many go with each one that was finished last year."""
SEASON = (4, 8, 16, 25, 35, 48, 55, 63, 72, 80, 90, 100)
"""Hundredths of what a project did in the year, by the end of each month."""
TOLD_UNTIL = 10
"""A year told to its end would teach the forecast (docs/rules.md §10.2); this year's ranges shall be those of a ledger that begins."""
CENT = 100
Row = dict[Field, ReadValue | None]


def write_last_year(projects: list[DemoProject], path: Path) -> int:
    """Write last year's list with its months as an exported ledger; how many projects. Raises HydeskError where it cannot be
    written."""
    rng = Random(20220101)
    rows: list[Row] = []
    figures: list[FigureLine] = []
    for project in projects:
        done = _done_last_year(project, rng)
        if done:
            row = _carried(project, done, rng)
            rows.append(row)
            figures += _months(row, done, project.begun, rng)
    for row in _finished(projects, rng):
        done = _money(row, Field.TOTAL_INVESTMENT) - _money(row, Field.INVESTED_BEFORE)
        rows.append(row)
        figures += _months(row, done, None, rng)
    write_ledger(rows, path, LAST_YEAR, LedgerParts(figures=tuple(figures)))
    return len(rows)


def _money(row: Row, field: Field) -> Yuan:
    value = row.get(field)
    return value if isinstance(value, int) else 0


def _done_last_year(project: DemoProject, rng: Random) -> Yuan:
    """What the project did last year: all that was done before this one, or a part of it where it began earlier."""
    if project.begun is None or project.begun.year > LAST_YEAR:
        return 0
    before = project.money(Field.INVESTED_BEFORE)
    share = {0: 100, 1: rng.randint(62, 78)}.get(LAST_YEAR - project.begun.year, rng.randint(52, 66))
    return before * share // 100 // STEP * STEP


def _carried(project: DemoProject, done: Yuan, rng: Random) -> Row:
    """The row of a project that goes on: its facts, and last year's own plan."""
    before = project.money(Field.INVESTED_BEFORE) - done
    plan = min(done * 100 // rng.randint(92, 118), project.money(Field.TOTAL_INVESTMENT) - before) // STEP * STEP
    row: Row = dict(project.values)
    begun = project.begun
    row |= {Field.NATURE: "新建" if begun is not None and begun.year == LAST_YEAR else "续建", Field.INVESTED_BEFORE: before,
            Field.ANNUAL_PLAN: max(plan, STEP), Field.YEAR_GOAL: f"完成投资{max(plan, STEP) // 10_000}万元"}
    return row


def _months(row: Row, done: Yuan, begun: date | None, rng: Random) -> list[FigureLine]:
    """The year to date month by month; a project that began in the year has nothing before it did."""
    first = begun.month if begun is not None and begun.year == LAST_YEAR else 1
    luck = rng.randint(-6, 6)
    found: list[FigureLine] = []
    held = 0
    start = SEASON[first - 2] if first > 1 else 0
    for month in range(1, TOLD_UNTIL + 1):
        share = max(0, (SEASON[month - 1] - start) * 100 // (100 - start)) if month >= first else 0
        year = max(held, done * (share + luck * share * (100 - share) // 2500) // 100 // CENT * CENT)
        values: dict[Field, ReadValue] = {
            Field.MONTH_INVESTMENT: year - held, Field.YEAR_INVESTMENT: year, Field.TOTAL_INVESTED: _money(row, Field.INVESTED_BEFORE) + year}
        found.append(FigureLine(str(row[Field.CODE]), str(Period.month(LAST_YEAR, month)), values))
        held = year
    return found


def _finished(projects: list[DemoProject], rng: Random) -> list[Row]:
    """Projects that were finished last year, under names and codes of their own."""
    words = vocabulary()
    taken = {p.name for p in projects}
    found: list[Row] = []
    for unit in words["units"]:
        drafts = [d for d in unit_drafts(unit, words, taken, rng) if not d["named"]]
        for draft in drafts[:max(1, words["units"][unit]["count"] // FINISHED_EVERY)]:
            found.append(_one_finished(f"HY{LAST_YEAR}-{len(found) + 401:03d}", draft, words, rng))
    return found


def _one_finished(code: str, draft: dict[str, object], words: dict[str, dict[str, object]], rng: Random) -> Row:
    total = rng.randint(1000, 25000) * STEP
    before = total * rng.randint(30, 65) // 100 // STEP * STEP
    planned = date(LAST_YEAR, rng.randint(3, 12), rng.randint(1, 28))
    finish = min(planned + timedelta(days=rng.randint(-45, 70)), date(LAST_YEAR, 12, 28))
    start = date(rng.randint(LAST_YEAR - 3, LAST_YEAR - 1), rng.randint(1, 10), rng.randint(1, 28))
    row: Row = {
        Field.CODE: code, Field.NAME: str(draft["name"]), Field.REPORTING_UNIT: str(draft["unit"]), Field.LOCATION: str(draft["place"]),
        Field.CATEGORY: str(draft["category"]), Field.INDUSTRY: str(draft["industry"]) or None, Field.CHAIN: str(draft["chain"]) or None,
        Field.NATURE: "续建", Field.LEVEL: rng.choices(("国家", "省", "市"), (2, 18, 80))[0],
        Field.INVESTOR_KIND: "社会投资" if draft["category"] == "产业发展" else "政府投资", Field.BUILDER: str(draft["builder"]),
        Field.RESPONSIBLE_UNIT: ("衡阳市" if draft["unit"] == "市直单位" else str(draft["unit"])) + str(words["responsible"][str(draft["category"])]),
        Field.CITY_LEADER: f"市领导{'ABCDEFGH'[int(code[-3:]) % 8]}", Field.START_YEAR: start.year, Field.FINISH_YEAR: LAST_YEAR, Field.BATCH: "第一批",
        Field.TOTAL_INVESTMENT: total, Field.INVESTED_BEFORE: before,
        Field.ANNUAL_PLAN: max(STEP, (total - before) * 100 // rng.randint(98, 122) // STEP * STEP),
        Field.PLANNED_START: LooseDate(start), Field.START_DATE: LooseDate(start), Field.PLANNED_FINISH: LooseDate(planned),
        Field.FINISH_DATE: LooseDate(finish)}
    if draft["category"] != "产业发展":
        return row
    due = min(planned + timedelta(days=60), date(LAST_YEAR, 12, 31))
    use = finish + timedelta(days=rng.randint(10, 60))
    row |= {Field.PLANNED_PRODUCTION: LooseDate(due), Field.PLANNED_CAPACITY: LooseDate(due + timedelta(days=240))}
    if use.year == LAST_YEAR:
        row[Field.PRODUCTION_DATE] = LooseDate(use)
    return row
