"""What weekly returns make of the papers, held against a reckoning from the rows alone: no June figure is this week's, no
month is above twelve, no number of months is negative, and the next month's notice is of its own date."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.fields import Field
from hydesk.domain.periods import Period, Week
from hydesk.reports.model import Report
from hydesk.services.reports.compile_report import ReportKind, compile_report
from hydesk.services.returns.apply_return import apply_return
from tests.services.made import code, draft, facts, take_list
from tests.services.reckon_weeks import Told, own_day, standing

WAN = 10_000
PLAN = 20_000
"""Of every project, 万元."""


@dataclass(frozen=True)
class Case:
    """Returns by project (amounts in 万元), the week asked for, and the month whose notice comes next."""

    told: Mapping[int, Sequence[Told]]
    week: str
    month: str


def june(*done: int) -> dict[int, list[Told]]:
    return {n: [Told("2023-06", year=d)] for n, d in enumerate(done, 1)}


def also(base: dict[int, list[Told]], more: Mapping[int, Sequence[Told]]) -> dict[int, list[Told]]:
    return {n: [*told, *more.get(n, ())] for n, told in base.items()}


FOUR = (8_000, 6_000, 4_000, 2_000)
CASES = {
    "sums of one county, first ever": Case(also(june(*FOUR), {
        1: [Told("2023-W28", year=8_300)], 3: [Told("2023-W28", year=4_100)]}), "2023-W28", "2023-07"),
    "this week's amount beside the sums": Case(also(june(*FOUR), {
        1: [Told("2023-W28", done=120, year=8_300)], 3: [Told("2023-W28", done=90, year=4_100)]}), "2023-W28", "2023-07"),
    "only this week's amount, the week before held": Case(also(june(*FOUR), {
        n: [Told("2023-W27", year=d + 50), Told("2023-W28", done=70)] for n, d in enumerate(FOUR, 1)}), "2023-W28", "2023-07"),
    "two weeks of sums": Case(also(june(*FOUR), {
        n: [Told("2023-W27", year=d + 50), Told("2023-W28", year=d + 170)] for n, d in enumerate(FOUR, 1)}), "2023-W28", "2023-07"),
    "a week that ends in the next month, said to be of June's last day": Case({
        n: [Told("2023-05", year=d), Told("2023-W26", year=d + 900, day=date(2023, 6, 30))] for n, d in enumerate(FOUR, 1)},
        "2023-W26", "2023-06"),
    "a week over the month's end": Case(also(june(*FOUR), {
        n: [Told("2023-W26", year=d + 30)] for n, d in enumerate(FOUR, 1)}), "2023-W26", "2023-07"),
    "week 52, then the month closes": Case({
        n: [Told("2023-11", year=d), Told("2023-W52", done=11, year=d + 2_000), Told("2023-12", year=d + 2_050)]
        for n, d in enumerate(FOUR, 1)}, "2023-W52", "2023-12"),
    "the stated day is off by two": Case(also(june(*FOUR), {
        n: [Told("2023-W28", year=d + 200, day=date(2023, 7, 18))] for n, d in enumerate(FOUR, 1)}), "2023-W28", "2023-07"),
    "the stated day is off by five": Case(also(june(*FOUR), {
        n: [Told("2023-W28", year=d + 200, day=date(2023, 7, 21))] for n, d in enumerate(FOUR, 1)}), "2023-W28", "2023-07"),
    "first week of the year, before any month": Case({
        n: [Told("2023-W01", done=30 * n, year=30 * n)] for n in range(1, 5)}, "2023-W01", "2023-01"),
    "nobody reports for the week": Case(june(*FOUR), "2023-W30", "2023-07"),
}


@pytest.fixture(params=list(CASES), ids=lambda k: k.replace(" ", "-"))
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]


@pytest.fixture
def told(ledger: Ledger, case: Case) -> Ledger:
    take_list(ledger, *(facts(n, annual_plan=PLAN * WAN) for n in case.told))
    for name in sorted({t.name for told in case.told.values() for t in told}, key=own_day):
        rows, days = {}, set()
        for n, returns in case.told.items():
            for t in (t for t in returns if t.name == name):
                own = Field.WEEK_INVESTMENT if "W" in name else Field.MONTH_INVESTMENT
                rows[n] = {f: v * WAN for f, v in ((own, t.done), (Field.YEAR_INVESTMENT, t.year)) if v is not None}
                days.add(t.day)
        (day,) = days
        period = Period.parse(name)
        # A day too far from the week is refused where a return is read.
        taken = period.takes(day) if day is not None and isinstance(period, Week) else None
        apply_return(ledger, draft(ledger, period, rows, name=name, day=taken))
    return ledger


def figures(report: Report) -> dict[str, int]:
    return {f.key: int(f.raw) for f in report.figures() if f.key and f.raw is not None}


def sums(case: Case, name: str) -> tuple[str, int]:
    """The period whose figures a paper of ``name`` shows, and the sum of them, 万元."""
    seen = [standing(told, name) for told in case.told.values()]
    if any(s.name == name for s in seen):
        return name, sum(s.year or 0 for s in seen)
    # Nobody is in: the newest period that all had by then (the cases have one).
    periods = sorted({s.name for s in seen if s.name}, key=lambda n: (own_day(n), "W" not in n), reverse=True)
    shown = next(p for p in periods if all(
        s.name and (own_day(s.name), "W" not in s.name) >= (own_day(p), "W" not in p) for s in seen))
    return shown, sum(standing(told, shown).year or 0 for told in case.told.values())


def gain(case: Case, name: str) -> int | None:
    """What the week or month ``name`` brought, 万元; None where nobody can say."""
    number = int(name[-2:])
    before = f"{name[:-2]}{number - 1:02d}"
    found = []
    for told in case.told.values():
        now = standing(told, name)
        if now.name != name or now.year is None:
            continue
        then = standing(told, before) if number > 1 else None
        if number == 1:
            found.append(now.year)
        elif then is not None and then.name == before and then.year is not None:
            found.append(now.year - then.year)
        elif "W" in name:
            found += [now.week] if now.week is not None else []
        else:
            found.append(now.year - ((then.year if then else None) or 0))
    return sum(found) if found else None


def check(case: Case, name: str, report: Report) -> None:
    shown, whole = sums(case, name)
    said = figures(report)
    assert said["all.year"] == whole * WAN
    text = report.title + "\n" + "\n".join(p.text for p in report.paragraphs()) + "\n".join(
        "".join(c.head) + c.group for t in report.tables() for c in t.columns)
    assert all(1 <= int(m) <= 12 for m in re.findall(r"(\d+)月", text)), text
    assert not re.search(r"后-|-\d+个月", text)
    day = own_day(shown)
    wanted = gain(case, name) if shown == name else None
    if wanted is None:
        assert "all.gain" not in said or not said["all.gain"]
    else:
        assert said["all.gain"] == wanted * WAN
    if "W" in shown:
        day = max(s.day for told in case.told.values() if (s := standing(told, shown)).name == shown and s.day)
        assert f"年初至{day.month}月{day.day}日完成投资" in text
        assert "月新增" not in text
    else:
        assert "本周新增完成投资" not in text
        assert f"截至{day.year}年{day.month}月底" in text
    if shown != name:
        assert "尚无单位报送" in text


def test_the_weekly_report_and_the_next_notice_hold_what_the_rows_say(told: Ledger, case: Case) -> None:
    issued = date(2024, 1, 5)
    for name in (case.week, case.month):
        kind = ReportKind.WEEKLY if "W" in name else ReportKind.MONTHLY
        check(case, name, compile_report(told, kind, Period.parse(name), issued=issued))


def test_a_supervision_notice_of_a_week_counts_the_months_from_its_own_day(told: Ledger, case: Case) -> None:
    shown, _ = sums(case, case.week)
    report = compile_report(told, ReportKind.SUPERVISION, Period.parse(case.week), "衡南县", issued=date(2024, 1, 5))
    text = "\n".join(p.text for p in report.paragraphs())
    day = own_day(shown)
    own = [standing(r, shown) for n, r in case.told.items() if n % 2]
    assert figures(report)["unit:衡南县.year"] == sum(s.year or 0 for s in own) * WAN
    ended = day.month if own_day(f"{day.year}-{day.month:02d}") == day else day.month - 1
    assert all(int(m) == 12 - ended for m in re.findall(r"后(\d+)个月", text))
    late = {code(n) for n, r in case.told.items() if n % 2 and behind(standing(r, shown).year, shown)}
    listed = {c for t in report.tables() for row in t.items() for c in row.cells if isinstance(c, str) and c.startswith("HY")}
    assert listed >= late if len(late) > 1 else True


def behind(year: int | None, shown: str) -> bool:
    """Whether ten points or more are lacking of 时间进度 at the period's own day."""
    day = own_day(shown)
    days = 366 if day.year % 4 == 0 else 365
    time = day.month / 12 if "W" not in shown else (day - date(day.year, 1, 1)).days / days + 1 / days
    return year is not None and time - year / PLAN >= 0.1
