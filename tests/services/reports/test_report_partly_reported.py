"""A month for which few have reported, worked out a second time from the rows alone: who is in, the whole, the ranking above
and below the line, what came in, the lamps at each project's own date, and what the command answers."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from hydesk.cli import main
from hydesk.db.ledger import Ledger
from hydesk.domain.fields import Field
from hydesk.domain.periods import Period
from hydesk.reports.model import Report
from hydesk.services.reports.compile_report import ReportKind, compile_report
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.upkeep.open_ledger import open_ledger
from tests.reports.made import words_of
from tests.services.made import draft, money
from tests.services.reports.test_report_recomputed import (
    Seen,
    cells,
    figures,
    gained,
    half_up,
    look,
    points,
    summed,
    tables,
    wan,
)

JULY = Period.month(2023, 7)
END = date(2023, 7, 31)
WHOLE, NEARLY, HARDLY = ("衡南县", "耒阳市"), "常宁市", "祁东县"
"""Two units with all their projects, one with all but the smallest, one with its three smallest only."""


def july_rows(seen: list[Seen], unit: str) -> dict[int, Mapping[Field, object]]:
    """What a unit reports for July: most go on, some stand still, one falls back to nothing, some amounts of the month differ."""
    chance = Random(unit)
    own = sorted((p for p in seen if p.unit == unit), key=lambda p: (p.plan or 0, p.code))
    own = own[:3] if unit == HARDLY else own[1:] if unit == NEARLY else own
    rows: dict[int, Mapping[Field, object]] = {}
    for i, p in enumerate(own):
        before = p.year or 0
        step = chance.choice([0, 1_234_500, (p.plan or 0) // 7, (p.plan or 0) // 3])
        done = 0 if i == 4 else before + step
        # An amount below nothing never comes in: a sum that falls is told without one for the month.
        rows[int(p.code[-3:])] = money(month=done - before + (10_000 if i % 5 == 2 else 0) if done >= before else None, year=done)
    return rows


@pytest.fixture(scope="module")
def partly(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration with July's returns of four units."""
    path = Path(shutil.copy(demo_file, tmp_path_factory.mktemp("partly") / "台账.hydesk"))
    before = look(path, 7, END)
    with_july = open_ledger(path)
    for unit in (*WHOLE, NEARLY, HARDLY):
        apply_return(with_july, draft(with_july, JULY, july_rows(before, unit), unit=unit, name=f"{unit}.xlsx"))  # type: ignore[arg-type]
    with_july.close()
    return path


@pytest.fixture(scope="module")
def ledger(partly: Path) -> Iterator[Ledger]:
    held = open_ledger(partly)
    yield held
    held.close()


@pytest.fixture(scope="module")
def seen(partly: Path) -> list[Seen]:
    return look(partly, 7, END)


@pytest.fixture(scope="module")
def report(ledger: Ledger) -> Report:
    return compile_report(ledger, ReportKind.MONTHLY, JULY, issued=date(2023, 8, 5))


def by_unit(seen: list[Seen]) -> dict[str, list[Seen]]:
    units: dict[str, list[Seen]] = defaultdict(list)
    for p in seen:
        units[p.unit].append(p)
    return units


def in_for(items: list[Seen], month: int) -> bool:
    """All of a unit's projects, or those with nine tenths of its plan, have figures of the month or a later one."""
    told = [p for p in items if p.months and max(p.months) >= month]
    whole = sum(p.plan or 0 for p in items)
    return bool(told) and (len(told) == len(items) or sum(p.plan or 0 for p in told) * 10 >= whole * 9)


def newest(p: Seen) -> int | None:
    return max(p.months, default=None)


def at(seen: list[Seen], month: int) -> list[Seen]:
    """The same projects as they stood at the end of an earlier month."""
    made = []
    for p in seen:
        months = {n: s for n, s in p.months.items() if n <= month}
        made.append(Seen(p.code, p.unit, p.plan, p.total, p.begun, p.planned, p.new, None, months[max(months)] if months else None, months))
    return made


def meaning(p: Seen) -> str:
    """At the date of its own figures: more than 30 points behind, 10 points or more, ahead, on track."""
    month = newest(p)
    if month is None:
        return "unreported"
    if not p.plan or p.year is None:
        return "no_data"
    gap = Fraction(p.year, p.plan) - Fraction(month, 12)
    if gap <= Fraction(-1, 10):
        return "seriously_lagging" if gap < Fraction(-3, 10) else "lagging"
    return "ahead" if gap > 0 else "on_track"


def places(seen: list[Seen], month: int) -> dict[str, int]:
    keys = {}
    for unit, items in by_unit(seen).items():
        plan, done = summed([p.plan for p in items]), summed([p.year for p in items])
        if plan and done is not None and in_for(items, month):
            keys[unit] = (Fraction(done, plan), done)
    return {u: 1 + sum(k > keys[u] for k in keys.values()) for u in keys}


def test_three_of_nineteen_units_are_in(seen: list[Seen]) -> None:
    units = by_unit(seen)
    assert len(units) == 19
    assert {u for u, items in units.items() if in_for(items, 7)} == {*WHOLE, NEARLY}
    assert sum(7 in p.months for p in units[HARDLY]) == 3


def test_the_whole_is_told_and_not_set_against_time(report: Report, seen: list[Seen]) -> None:
    said = figures(report)
    plan, done = summed([p.plan for p in seen]), summed([p.year for p in seen])
    assert plan is not None
    assert done is not None
    assert (said["all.count"].raw, said["all.plan"].raw, said["all.year"].raw) == (len(seen), plan, done)
    assert said["all.rate"].text == half_up(Fraction(done, plan) * 100, 2)
    assert "all.gap" not in said
    assert "报送不足九成，暂不与时间进度比较" in words_of(report)
    assert "1-7月完成投资" in words_of(report)
    missing = [p for p in seen if 7 not in p.months]
    assert said["all.unreported"].raw == said["meaning.unreported"].raw == len(missing)
    assert said["units.late"].raw == 16


def test_what_came_in_is_that_of_those_who_reported(report: Report, seen: list[Seen]) -> None:
    said = figures(report)
    assert said["all.gain"].raw == summed([gained(p, 7) for p in seen])
    differing = [p for p in seen if p.month is not None and 7 in p.months and 6 in p.months and p.month != p.months[7] - p.months[6]]
    assert differing
    assert said["gain.differing"].raw == len(differing)
    assert said["gain.difference"].raw == abs(sum((p.month or 0) - p.months[7] + p.months[6] for p in differing))
    first = [p for p in seen if 7 in p.months and 6 not in p.months]
    assert (said["gain.first"].raw if first else 0) == len(first)
    fell = [p for p in seen if p.months.get(7) == 0 and p.months.get(6)]
    assert fell  # a sum that falls to nothing takes away


def test_the_ranking_is_of_those_in_and_the_others_stand_below_with_their_date(report: Report, seen: list[Seen]) -> None:
    units, ranked = by_unit(seen), places(seen, 7)
    shown = [cells(tables(report)["ranking_all"], r) for r in tables(report)["ranking_all"].rows]
    assert [r["name"] for r in shown[:3]] == sorted(ranked, key=lambda u: ranked[u])
    assert [r["place"] for r in shown] == [str(ranked[r["name"]]) for r in shown[:3]] + ["—"] * 16 + [""]
    for row in shown[:-1]:
        unit = row["name"].split("（")[0]
        items = units[unit]
        older = [n for p in items if (n := newest(p)) is not None and n < 7]
        assert row["name"] == (unit if unit in ranked else f"{unit}（未报，按{max(older)}月底）")
        plan, done = summed([p.plan for p in items]), summed([p.year for p in items])
        assert plan is not None
        assert done is not None
        assert (row["count"], row["plan"], row["year"], row["rate"], row["gain"]) == (
            str(len(items)), wan(plan), wan(done), half_up(Fraction(done, plan) * 100, 2), wan(summed([gained(p, 7) for p in items])))
    assert {r["name"] for r in shown if "5月底" in r["name"]} == {"南岳区（未报，按5月底）"}


def test_places_move_among_those_ranked_both_times(report: Report, seen: list[Seen]) -> None:
    now, before = places(seen, 7), places(at(seen, 6), 6)
    both = now.keys() & before.keys()
    assert len(both) == 3
    moved = {u: sum(before[v] < before[u] for v in both) - sum(now[v] < now[u] for v in both) for u in both}
    said = figures(report)
    assert (said["ranking.up"].raw if "ranking.up" in said else 0) == max(0, *moved.values())
    assert (said["ranking.down"].raw if "ranking.down" in said else 0) == max(0, *(-m for m in moved.values()))


def test_lamps_are_of_each_projects_own_date_and_the_unreported_apart(report: Report, seen: list[Seen]) -> None:
    said = figures(report)
    told = Counter(meaning(p) for p in seen if 7 in p.months)
    for word in ("ahead", "on_track", "lagging", "seriously_lagging"):
        assert (said[f"meaning.{word}"].raw if told[word] else 0) == told[word], word
    stale = [p for p in seen if 7 not in p.months]
    last = sum(meaning(p) in ("lagging", "seriously_lagging") for p in stale)
    assert last
    assert said["unreported.lagging"].raw == last
    listed = {r["code"] for r in (cells(tables(report)["lagging_all"], r) for r in tables(report)["lagging_all"].rows)}
    assert listed == {p.code for p in seen if 7 in p.months and meaning(p) in ("lagging", "seriously_lagging")}


def test_who_turned_is_among_those_judged_both_times(report: Report, seen: list[Seen]) -> None:
    bad = ("lagging", "seriously_lagging")
    both = [(p, q) for p, q in zip(seen, at(seen, 6), strict=True)
            if 7 in p.months and 6 in q.months and "no_data" not in (meaning(p), meaning(q))]
    fell = sum(meaning(p) in bad and meaning(q) not in bad for p, q in both)
    rose = sum(meaning(p) not in bad and meaning(q) in bad for p, q in both)
    said = figures(report)
    assert fell
    assert said["lagging.new"].raw == fell
    assert (said["lagging.gone"].raw if "lagging.gone" in said else 0) == rose


def test_starts_are_told_as_of_the_months_end(report: Report, seen: list[Seen]) -> None:
    new = [p for p in seen if p.new]
    begun = [p for p in new if p.begun and p.begun <= END]
    said = figures(report)
    assert (said["starts.planned"].raw, said["starts.started"].raw) == (len(new), len(begun))
    assert said["starts.due"].raw == sum(p.planned is not None and p.planned <= END for p in new)
    money_only = [p for p in new if p.year and p not in begun]
    assert (said["starts.money_only"].raw if money_only else 0) == len(money_only)


def test_the_command_prints_it_says_who_is_missing_and_ends_with_status_1(
        partly: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["--ledger", str(partly), "report", "monthly", "--period", "2023-07", "--out", str(tmp_path), "--format", "xlsx"])
    out = capsys.readouterr().err
    assert status == 1
    assert list(tmp_path.glob("*.xlsx"))
    assert "等16个单位" in out
    assert main(["--ledger", str(partly), "report", "monthly", "--period", "2023-08", "--out", str(tmp_path), "--format", "xlsx"]) == 1
    assert "8月尚无单位报送" in capsys.readouterr().err


def test_the_next_month_shows_the_data_date_and_moves_nobody(ledger: Ledger, seen: list[Seen]) -> None:
    report = compile_report(ledger, ReportKind.MONTHLY, Period.month(2023, 8), issued=date(2023, 9, 5))
    said = figures(report)
    assert "8月尚无单位报送投资数，本报告采用截至6月底的数据" in words_of(report)
    assert not {"all.gain", "ranking.up", "ranking.down", "lagging.new", "all.newer"} & said.keys()
    june = at(seen, 6)
    plan, done = summed([p.plan for p in june]), summed([p.year for p in june])
    assert plan is not None
    assert done is not None
    # Nothing of July is mixed into what is shown as June's; who had not reported for June is counted.
    assert said["all.year"].raw == done
    assert said["all.gap"].text == points(Fraction(done, plan), Fraction(1, 2))
    assert said["all.unreported"].raw == sum((newest(p) or 0) < 6 for p in june) > 0


def test_the_rows_are_those_that_were_written(partly: Path) -> None:
    rows = sqlite3.connect(partly)
    (count,) = rows.execute("SELECT count(*) FROM progress WHERE period = '2023-07'").fetchone()
    rows.close()
    assert count == sum(len(july_rows(look(partly, 6, date(2023, 6, 30)), u)) for u in (*WHOLE, NEARLY, HARDLY))
