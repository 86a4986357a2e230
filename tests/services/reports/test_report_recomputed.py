"""The demonstration's reports worked out a second time from the rows of the ledger alone, by other code and in fractions."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.periods import Period
from hydesk.reports.figures import Figure
from hydesk.reports.grid import PrintRow, PrintRowKind, PrintTable
from hydesk.reports.model import Report
from hydesk.reports.prose import Paragraph
from hydesk.services.reports.compile_report import ReportKind, compile_report

YEAR = 2023


@dataclass
class Seen:
    """A project by the rows: what is known of it at the period's end."""

    code: str
    unit: str
    plan: int | None
    total: int | None
    begun: date | None
    planned: date | None
    new: bool
    month: int | None = None
    year: int | None = None
    months: dict[int, int] = field(default_factory=dict)


def half_up(value: Fraction, places: int) -> str:
    """As offices round on paper."""
    whole, tail = divmod((abs(value) * 10**places * 2 + 1) // 2, 10**places)
    text = f"{whole}.{tail:0{places}d}" if places else str(whole)
    return f"-{text}" if value < 0 else text


def points(one: Fraction, other: Fraction) -> str:
    """The difference of two rates as whoever subtracts the printed ones finds it."""
    return half_up(Fraction(half_up(one * 100, 2)) - Fraction(half_up(other * 100, 2)), 2)


def parted(text: str) -> str:
    """With a comma between the thousands."""
    whole, dot, tail = text.partition(".")
    return re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", whole) + dot + tail


def wan(amount: int | None) -> str:
    return "—" if amount is None else parted(half_up(Fraction(amount, 10_000), 2))


def yi(amount: int | None) -> str:
    return "—" if amount is None else parted(half_up(Fraction(amount, 100_000_000), 2))


def summed(amounts: list[int | None]) -> int | None:
    known = [a for a in amounts if a is not None]
    return sum(known) if known else None


def look(file: Path, month: int, end: date) -> list[Seen]:
    """Every project of the year by the rows as they stand."""
    rows = sqlite3.connect(file)
    rows.row_factory = sqlite3.Row
    made: dict[int, Seen] = {}
    for r in rows.execute(
        "SELECT p.id, p.code, u.name AS unit, y.annual_plan, p.total_investment, coalesce(y.nature, p.nature) AS nature, p.start_year,"
        " m.baseline, m.actual FROM projects p JOIN year_plans y ON y.project_id = p.id LEFT JOIN units u ON u.id = p.unit_id"
        " LEFT JOIN milestone_types t ON t.name = '开工' LEFT JOIN milestones m ON m.project_id = p.id AND m.type_id = t.id"
        " WHERE y.year = ? AND y.present AND p.present AND (y.dropped_on IS NULL OR y.dropped_on > ?) ORDER BY p.id", (YEAR, str(end))):
        planned, begun = (date.fromisoformat(r[k]) if r[k] else None for k in ("baseline", "actual"))
        new = r["nature"] == "新建" and (planned.year if planned else r["start_year"]) == YEAR
        made[r["id"]] = Seen(r["code"], r["unit"], r["annual_plan"], r["total_investment"], begun, planned, new)
    for r in rows.execute("SELECT * FROM progress WHERE year = ? AND ends_on <= ? AND period NOT LIKE '%W%' ORDER BY ends_on",
                          (YEAR, str(end))):
        if (one := made.get(r["project_id"])) is None:
            continue
        number, until, done = int(r["period"][-2:]), r["year_investment"], r["month_investment"]
        before = 0 if number == 1 else one.months.get(number - 1)
        if until is None and done is not None and before is not None:
            until = before + done
        if done is None and until is not None and before is not None:
            done = until - before
        if until is not None:
            one.months[number], one.year = until, until
        if number == month:
            one.month = done
    rows.close()
    return list(made.values())


def cells(table: PrintTable, row: PrintRow) -> Mapping[str, str]:
    return {c.key: p if isinstance(p, str) else p.text for c, p in zip(table.columns, row.cells, strict=False)}


def check_sums(shown: Mapping[str, str], items: list[Seen], month: int) -> None:
    """A row of 个数, 总投资, 年度计划, 累计完成, 完成率, 新增 against the projects it stands for."""
    plan, done = summed([p.plan for p in items]), summed([p.year for p in items])
    rate = half_up(Fraction(done, plan) * 100, 2) if plan and done is not None else "—"
    if "total" not in shown:  # the text's table
        assert (shown["count"], shown["plan"], shown["year"], shown["rate"]) == (str(len(items)), yi(plan), yi(done), rate), shown["name"]
        return
    assert {k: shown[k] for k in ("count", "total", "plan", "year", "rate")} == {
        "count": str(len(items)), "total": wan(summed([p.total for p in items])), "plan": wan(plan), "year": wan(done), "rate": rate,
    }, shown["name"]
    if "gain" in shown:
        assert shown["gain"] == wan(summed([gained(p, month) for p in items])), shown["name"]


def gained(p: Seen, month: int) -> int | None:
    """This closing sum less the newest one before it; None for one that has not closed the month."""
    if month not in p.months:
        return None
    return p.months[month] - max((n, s) for n, s in [(0, 0), *p.months.items()] if n < month)[1]


def tables(report: Report) -> dict[str, PrintTable]:
    return {t.key: t for t in report.tables()}


def figures(report: Report) -> dict[str, Figure]:
    blocks = [b for s in report.sections for b in s.blocks if isinstance(b, Paragraph)]
    return {p.key: p for b in blocks for s in b.sentences for p in s.parts if isinstance(p, Figure) and p.key}


@pytest.mark.parametrize("name", ["2023-05", "2023-06", "2023-W22", "2023-W25"])
def test_every_number_is_that_of_the_rows(name: str, demo_ledger: Ledger, demo_file: Path) -> None:
    period = Period.parse(name)
    if period.is_month:
        month, end = period.number, date(YEAR, period.number + 1, 1) - timedelta(1)
        elapsed = Fraction(month, 12)
    else:
        # No weekly amounts in the demonstration: the figures are those of the last month, at its own date.
        day = date.fromisocalendar(YEAR, period.number, 7)
        month = day.month if (day + timedelta(1)).month != day.month else day.month - 1
        end = date(YEAR, month + 1, 1) - timedelta(1)
        elapsed = Fraction(month, 12)
    seen = look(demo_file, month, end)
    kind = ReportKind.MONTHLY if period.is_month else ReportKind.WEEKLY
    report = compile_report(demo_ledger, kind, period, issued=date(2023, 7, 5))
    for key in ("ranking", "ranking_all"):
        check_ranking(tables(report)[key], seen, month)
    check_lagging(report, seen, elapsed, month)
    said = figures(report)
    new = [p for p in seen if p.new]
    begun = [p for p in new if p.begun and p.begun <= end]
    late = [p for p in new if p.planned and p.planned <= end and p not in begun]
    assert (said["starts.planned"].raw, said["starts.started"].raw) == (len(new), len(begun))
    assert len(list(tables(report)["overdue_all"].items())) == len(late)
    if period.is_month:
        check_annex(tables(report)["projects"], seen, month)
        assert said["all.gain"].raw == summed([gained(p, month) for p in seen])
        differing = [p for p in seen if p.month is not None and month - 1 in p.months and month in p.months
                     and p.month != p.months[month] - p.months[month - 1]]
        assert ("gain.differing" in said) == bool(differing)
        if differing:
            assert said["gain.differing"].raw == len(differing)
    else:
        assert "all.gain" not in said


def reported(items: list[Seen], month: int) -> bool:
    """Whether a unit is in for the month: all of its projects, or those that hold nine tenths of its plan."""
    told = [p for p in items if month in p.months]
    plan = sum(p.plan or 0 for p in items)
    return bool(told) and (len(told) == len(items) or Fraction(sum(p.plan or 0 for p in told), plan or 1) >= Fraction(9, 10))


def check_ranking(table: PrintTable, seen: list[Seen], month: int) -> None:
    units: dict[str, list[Seen]] = defaultdict(list)
    for p in seen:
        units[p.unit].append(p)
    keys: dict[str, Any] = {}
    for unit, items in units.items():
        plan, done = summed([p.plan for p in items]), summed([p.year for p in items])
        if plan and done is not None and reported(items, month):
            keys[unit] = (Fraction(done, plan), done)
    shown = [cells(table, r) for r in table.rows]
    assert [r["name"] for r in shown[: len(keys)]] == sorted(keys, key=lambda u: keys[u], reverse=True)
    for row in shown[:-1]:
        name = row["name"].split("（")[0]
        check_sums(row, units[name], month)
        assert row["place"] == (str(1 + sum(k > keys[name] for k in keys.values())) if name in keys else "—")
        assert ("未报" in row["name"]) == (not reported(units[name], month))
    check_sums(shown[-1], seen, month)


def check_lagging(report: Report, seen: list[Seen], elapsed: Fraction, month: int) -> None:
    rates = {p.code: Fraction(p.year, p.plan) for p in seen if p.year is not None and p.plan and month in p.months}
    behind = {code: elapsed - rate for code, rate in rates.items()}
    lagging = [p for p in seen if behind.get(p.code, Fraction(-1)) >= Fraction(1, 10)]
    lagging.sort(key=lambda p: (behind[p.code] <= Fraction(3, 10), -behind[p.code], -(p.plan or 0), p.code))
    table = tables(report)["lagging_all"]
    shown = [cells(table, r) for r in table.rows]
    assert [r["code"] for r in shown] == [p.code for p in lagging]
    assert [r["behind"] for r in shown] == [points(elapsed, rates[p.code]) for p in lagging]
    said = figures(report)
    assert said["meaning.seriously_lagging"].raw == sum(b > Fraction(3, 10) for b in behind.values())
    missing = sum(month not in p.months for p in seen)
    assert (said["meaning.unreported"].raw if missing else 0) == missing


def check_annex(table: PrintTable, seen: list[Seen], month: int) -> None:
    by_code = {p.code: p for p in seen}
    shown = [cells(table, r) for r in table.rows if r.kind is PrintRowKind.ITEM]
    assert {r["code"] for r in shown} == set(by_code)
    for row in shown:
        p = by_code[row["code"]]
        assert (row["total"], row["plan"], row["gain"], row["year"]) == (wan(p.total), wan(p.plan), wan(gained(p, month)), wan(p.year))
        rate = half_up(Fraction(p.year, p.plan) * 100, 2) if p.plan and p.year is not None else "—"
        assert row["rate"] == rate
